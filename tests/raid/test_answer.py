"""Answers about one raid: what is asked is answered, and nothing else."""

from __future__ import annotations

import pytest

from escalade.raid.answer import Range, answer, title, together
from escalade.raid.requirements import Goal
from escalade.raid.shield import Layer, Raid, Threat

RAID = Raid(
    (Threat("missiles", "ballistic", 1_200, unit_cost=2.0), Threat("drones", "drone", 3)),
    (Layer("upper", {"ballistic": 0.7}, stock=900, unit_cost=9.0), Layer("guns", {"drone": 0.5})),
)


def test_titles() -> None:
    assert title(RAID) == "1,200 missiles and 3 drones against upper and guns"
    assert together(["a", "b", "c"]) == "a, b and c"


def test_only_what_is_asked() -> None:
    plain = answer(RAID, Goal(0, 0.9))
    assert (plain.needed, plain.breaks, plain.swept, plain.ends) == (None, None, None, None)
    assert [one.threat for one in plain.exchange] == ["missiles"]
    more = answer(RAID, Goal(500, 0.9), needed=True, swept=Range("looks", (1.0, 2.0)), ends=(RAID, RAID), vary="upper")
    assert more.needed is not None
    assert more.swept is not None
    assert len(more.swept.counts) == 2
    assert more.ends == pytest.approx((plain.count.total.mean,) * 2)
    assert answer(RAID, Goal(500, 0.9), breaks=True, vary="ballistic").breaks is not None
