"""A raid in words: what is allowed, and what kernels see of it."""

from __future__ import annotations

import math
from typing import Any

import pytest

from escalade.errors import UsageError
from escalade.raid.shield import Layer, Raid, Threat, records
from escalade.worlds import THREAT_CLASSES

MISSILES = Threat("missiles", "ballistic", 10)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Threat("x", "balistic", 1), 'no threat class is called "balistic"; did you mean "ballistic"?'),
        (lambda: Threat("x", "??", 1), 'no threat class is called "??"; known: rocket, drone'),
        (lambda: Threat("x", "drone", -1), "x: launched is -1; allowed: whole numbers from 0"),
        (lambda: Threat("x", "drone", 1, reliability=1.2), "x: reliability is 1.2; allowed: 0 to 1"),
        (lambda: Threat("x", "drone", 1, warheads=0), "x: warheads is 0; allowed: whole numbers from 1"),
        (lambda: Threat("x", "drone", 1, decoys=-0.5), "x: decoys is -0.5; allowed: 0 or more"),
        (lambda: Layer("y", {"drone": 1.2}), "y: kill probability against drone is 1.2; allowed: 0 to 1"),
        (lambda: Layer("y", {"dron": 0.2}), 'no threat class is called "dron"; did you mean "drone"?'),
        (lambda: Layer("y", {}, stock=-4), "y: stock is -4; allowed: whole numbers from 0"),
        (lambda: Layer("y", {}, stock=4.5), "y: stock is 4.5; allowed: whole numbers from 0"),
        (lambda: Layer("y", {}, stock=2e6), "y: stock is 2,000,000; allowed: whole numbers from 0 to 1,000,000"),
        (lambda: Layer("y", {}, looks=9), "y: looks is 9; allowed: whole numbers from 1 to 8"),
        (lambda: Layer("y", {}, channels=math.nan), "y: channels is nan; allowed: 0 or more"),
        (lambda: Raid((), ()), "a raid needs threats"),
        (lambda: Raid((MISSILES, MISSILES), ()), 'two threats are called "missiles"; give each a name of its own'),
        (lambda: Raid((MISSILES,), (), sigma=-1.0), "common mode is -1; allowed: 0 or more"),
    ],
)
def test_what_is_not_allowed_says_so(make: Any, message: str) -> None:
    with pytest.raises(UsageError) as error:
        make()
    assert str(error.value).startswith(message)


@pytest.mark.parametrize(
    ("stock", "reserve", "shots", "salvos"), [(11, 4, 2, 3), (3, 5, 1, 0), (math.inf, 9, 2, math.inf)]
)
def test_salvos_above_the_reserve(stock: float, reserve: int, shots: int, salvos: float) -> None:
    assert Layer("y", {}, stock=stock, reserve=reserve, shots=shots).salvos == salvos


def test_classes_are_served_from_the_most_deadly() -> None:
    out = (
        Threat("a", "drone", 1, deaths=1.0),
        Threat("b", "icbm", 1, deaths=9.0),
        Threat("c", "drone", 1, deaths=20.0),
    )
    assert Raid(out, ()).classes == ("drone", "icbm")


def test_records() -> None:
    shield = (
        Layer("own", {"drone": 0.3}, shots=2, stock=7),
        Layer("theirs", {"icbm": 0.4}, partner="Q", commitment=0.5, boost=True),
    )
    arms, serving, layers, kill = records(Raid((Threat("b", "icbm", 5, deaths=9.0, decoys=0.5),), shield))
    assert (arms["stock"][0], arms["decoys"][0], THREAT_CLASSES[serving[0]]) == (5.0, 0.5, "icbm")
    assert list(layers["partner"]) == [0, 1]
    assert list(layers["boost"]) == [0, 1]
    assert (layers["shots"][0], layers["stock"][0], layers["defends"][1]) == (2.0, 7.0, 0.5)
    assert kill[0, THREAT_CLASSES.index("drone")] == 0.3
    assert kill.sum() == pytest.approx(0.7)
