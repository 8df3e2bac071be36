"""Values of reported quantities, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from escalade.evidence.counts import OF_WEAPONS, Counts
from escalade.evidence.episodes import Reported, What

FIGURE = ("gaza_2012.deaths_israel",)


def counts() -> Counts:
    """Two predictions of three days: weapons a and b, layer l, side s; each count has a number of its own."""
    found = Counts.empty(2, 3, weapons=("a", "b"), layers=("l",), sides=("s",))
    for size, name in enumerate(OF_WEAPONS):
        found.weapons[name][:] = 10.0 - size
        found.weapons[name][:, 2, :] = 20.0 - size
    found.used[:], found.deaths[0] = 3.0, 0.5
    return found


def reported(what: What, *of: str, days: tuple[int, int] | None = None) -> Reported:
    return Reported(what=what, of=of, facts=FIGURE, days=days)


def test_counts_add_up_over_days_and_names() -> None:
    assert counts().values(reported("launched", "a")) == pytest.approx([40, 40])
    assert counts().values(reported("launched", "a", "b")) == pytest.approx([80, 80])
    assert counts().values(reported("launched", "a", days=(3, 3))) == pytest.approx([20, 20])
    assert counts().values(reported("used", "l")) == pytest.approx([9, 9])
    assert counts().values(reported("deaths", "s")) == pytest.approx([1.5, 0])


@pytest.mark.parametrize(
    ("what", "share"),
    [
        ("failed_of_launched", 1 - 37 / 40),  # arrived 9 + 9 + 19 of launched 10 + 10 + 20
        ("intercepted_of_launched", 25 / 40),
        ("stopped_of_arrived", 1 - 31 / 37),
        ("stopped_of_threatening", 1 - 31 / 34),
    ],
)
def test_shares_have_the_denominator_that_they_name(what: What, share: float) -> None:
    assert counts().values(reported(what, "a")) == pytest.approx([share, share])


def test_a_rise_of_leakage_is_a_difference_of_shares() -> None:
    late, early = 17 / 19, 14 / 18
    assert counts().values(reported("leakage_rose", "a", days=(3, 3))) == pytest.approx([late - early] * 2)


def test_a_share_of_nothing_is_not_a_number() -> None:
    empty = Counts.empty(1, 1, weapons=("a",), layers=(), sides=())
    assert np.isnan(empty.values(reported("stopped_of_arrived", "a"))).all()


def test_what_is_not_counted_is_refused() -> None:
    with pytest.raises(ValueError, match="not in"):
        counts().values(reported("launched", "c"))
