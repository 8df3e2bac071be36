"""One exchange: what a first strike does, what is left to answer with, and the aim that costs the striker least."""

from __future__ import annotations

import numpy as np
import pytest

from escalade.stability.cost import cost
from escalade.stability.index import TRULY
from tests.stability.cases import PEOPLE, SLBM, day_alert, found, interceptors, missiles, powers

AIM = 0.4


def test_an_exchange_by_hand() -> None:
    """Two arms, one out of reach, through both shields, which take the first class first; to rounding."""
    forces = [missiles(300, counterforce=0.9), missiles(100, cls=SLBM, exposed_launchers=0.0, exposed_stock=0.0)]
    result = found(powers([forces, forces], [[interceptors(50)], [interceptors(80, kill=0.5)]]), aim=AIM)
    seen = result.exchanges[TRULY, 0, 0]
    hits = 400 - 80 * 0.5
    destroyed = 1 - np.exp(-AIM * (0.9 * (300 - 80 * 0.5) + 1.0 * 100) / 300)
    answer = 300 * (1 - destroyed) + 100 - 50
    assert seen["hits"] == pytest.approx(hits)
    assert seen["disarmed"] == pytest.approx(destroyed)
    assert seen["answered"] == pytest.approx(answer)
    assert seen["struck"] == pytest.approx(1 - np.exp(-hits * (1 - AIM) * 1e5 / PEOPLE))
    assert seen["striker"] == pytest.approx(1 - np.exp(-answer * 1e5 / PEOPLE))


def test_shelter_spares_both() -> None:
    forces = [missiles(300)]
    bare, sheltered = (found(powers([forces, forces], coverage=share, effect=0.5), aim=AIM) for share in (0.0, 0.6))
    for name in ("struck", "striker"):
        assert np.log1p(-sheltered.exchanges[name]) == pytest.approx(0.7 * np.log1p(-bare.exchanges[name]))


@pytest.mark.parametrize("name", ["E02a", "E02b"])
def test_no_other_aim_costs_the_striker_less(name: str) -> None:
    forces, _ = day_alert(name)
    worlds = powers([forces, forces])
    best = found(worlds)
    others = [found(worlds, aim=aim).first[TRULY, 0, 0] for aim in np.linspace(0.0, 1.0, 101)]
    assert best.first[TRULY, 0, 0] <= min(others) + 1e-12
    assert min(others) - best.first[TRULY, 0, 0] < 1e-3  # the grid comes near it


def test_of_aims_that_cost_the_same_the_striker_takes_the_one_that_hurts_most() -> None:
    """Nothing of the rival can be reached: hits on forces are wasted, for all it cares about."""
    forces = [missiles(200, exposed_launchers=0.0, exposed_stock=0.0)]
    assert found(powers([forces, forces])).exchanges["aim"] == pytest.approx(0.0, abs=1e-6)


def test_forces_that_are_gone_do_not_answer() -> None:
    ample, bare = [missiles(5000)], [missiles(50)]
    seen = found(powers([ample, bare]), aim=1.0).exchanges[TRULY, 0, 0]
    assert seen["answered"] == pytest.approx(0.0, abs=1e-6)
    assert cost(float(seen["striker"]), float(seen["struck"])) == pytest.approx(0.3)
