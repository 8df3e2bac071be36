"""Raids in words: made-up raids, and the sentences that they must give."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from escalade.ensemble.build import logit_shift
from escalade.history.story import Flight, LayerUse, Lesson, Swarm
from escalade.report.narrated_raid import lessons_told, raid_told, stops
from tests.report.tales import LAST_RESORT, LOWER, MISSILES, NORTH, SOUTH, SQUADRON, UPPER, narrator, raid

SALVO = "South sends 96 ballistic missiles: 9 fail in flight, 37 are left alone because they would hit nothing, "
USE = LayerUse(NORTH, LOWER, 100, 71, 71, 44, True, True)
BARE = {"layers": (), "swarms": (Swarm(0, 0, 50, 0, 37, 50),), "deaths": 41.4, "calm_deaths": 41.4}
AIR = {
    "striker": NORTH,
    "struck": SOUTH,
    "lessons": (Lesson(NORTH, SOUTH, 0.0, 0.0, 0.0), Lesson(SOUTH, SOUTH, 0.0, 0.0, 0.0)),
    "layers": (LayerUse(SOUTH, 0, 40, 1, 1, 1, True, True),),
    "calm_deaths": 4.2,
    "flights": (Flight(SQUADRON, 8, 0, 0, 8, 8, 7.0, 1),),
    "swarms": (Swarm(1, 1, 7, 0, 0, 7),),
}

RAIDS: dict[str, tuple[dict[str, Any], str]] = {
    "a raid that is mostly stopped": (
        {},
        SALVO + "44 are intercepted, 6 get through. 4 Northerners die. North uses 71 interceptors: North's own lower "
        "layer. By the same salvo without the shield 41 would have died.",
    ),
    "no shield": (
        BARE,
        "South sends 96 ballistic missiles: 9 fail in flight, 37 hit nothing that matters, 50 get through. "
        "41 Northerners die.",
    ),
    "harmless objects shot down": (
        {"swarms": (Swarm(0, 44, 6, 5, 32, 50),), "calm_deaths": 4.2},
        "South sends 96 ballistic missiles: 9 fail in flight, 32 are left alone because they would hit nothing, 49 are "
        "intercepted (5 of them would have hit nothing), 6 get through. 4 Northerners die. North uses 71 "
        "interceptors: North's own lower layer.",
    ),
    "warheads and decoys": (
        {"flights": (Flight(MISSILES, 10, 1, 2, 21, 14, 2.0, 0),), "swarms": (Swarm(0, 12, 2, 0, 7, 14),)},
        "South sends 10 ballistic missiles: 1 fails in flight, 2 are intercepted before release, the rest release 21 "
        "objects, of which 7 are left alone because they would hit nothing, 12 are intercepted, 2 get through. 4 "
        "Northerners "
        "die. North uses 71 interceptors: North's own lower layer. By the same salvo without the shield 41 "
        "would "
        "have died.",
    ),
    "two arms of a class": (
        {
            "flights": (Flight(MISSILES, 9, 0, 0, 9, 9, 8.0, 0), Flight(LAST_RESORT, 1, 0, 0, 1, 1, 1.0, 0)),
            "swarms": (Swarm(0, 1, 9, 0, 0, 10),),
            "deaths": 0.4,
            "calm_deaths": 0.45,
        },
        "South sends 9 ballistic missiles and 1 of its nuclear missiles: 1 is intercepted, 9 get through. Nobody "
        "dies."
        " North uses 71 interceptors: North's own lower layer.",
    ),
    "everything failed": (
        {
            "flights": (Flight(MISSILES, 2, 2, 0, 0, 0, 0.0, 0),),
            "swarms": (),
            "deaths": 0.0,
            "calm_deaths": 0.0,
            "layers": (),
        },
        "South sends 2 ballistic missiles: 2 fail in flight, none gets through. Nobody dies.",
    ),
    "aircraft lost": (
        AIR | {"soldiers": 0.5},
        "North sends 8 strike aircraft: 1 is intercepted, 7 get through. 4 Southerners die; North loses 1 of its "
        "strike "
        "aircraft and 1 of its own soldiers and crews. South uses 1 interceptor: Air defence.",
    ),
    "one dead, one left alone": (
        {"swarms": (Swarm(0, 85, 1, 0, 1, 2),), "deaths": 1.2, "calm_deaths": 1.4},
        "South sends 96 ballistic missiles: 9 fail in flight, 1 is left alone because it would hit nothing, 85 are "
        "intercepted, 1 gets through. One of the Northerners dies. North uses 71 interceptors: North's own lower "
        "layer.",
    ),
}


@pytest.mark.parametrize("name", RAIDS)
def test_a_raid_in_words(name: str) -> None:
    fields, words = RAIDS[name]
    assert " ".join(raid_told(narrator(), raid(**fields))) == words


def test_the_three_losses_and_the_hits_add_up() -> None:
    made = raid()
    flight, swarm = made.flights[0], made.swarms[0]
    assert flight.failed + swarm.left_alone + swarm.intercepted + swarm.through == flight.launched


@pytest.mark.parametrize(
    ("layers", "fields", "words"),
    [
        ((USE, LayerUse(NORTH, UPPER, 30, 3, 3, 2, True, True)), {},
         "North uses 74 interceptors: 71 of North's own lower layer and 3 of The ally's upper layer."),
        ((replace(USE, before=71),), {}, "North's own lower layer: nothing left to fire."),
        ((LayerUse(NORTH, UPPER, 30, 26, 26, 9, True, True),), {}, "The ally's upper layer: nothing left to fire."),
        ((USE, LayerUse(NORTH, UPPER, 30, 0, 0, 0, True, False)), {},
         "The ally's upper layer: out of service for this raid."),
        ((USE, LayerUse(NORTH, UPPER, 30, 0, 0, 0, False, True)), {"opens": True},
         "The ally's upper layer: the partner stays out of this quarrel."),
        ((USE,), {"night": -0.5},
         "It is a bad night for the whole shield: it stops 85 of 100 where it should stop 90."),
        ((USE,), {"night": 1.0}, "It is a good night for the whole shield: it stops 96 of 100 where it should stop "
                                 "90."),
    ],
)  # fmt: skip
def test_layers_and_nights_in_words(layers: tuple[LayerUse, ...], fields: dict[str, Any], words: str) -> None:
    assert words in list(raid_told(narrator(), raid(layers=layers, **fields)))


def test_what_goes_without_saying_is_not_said() -> None:
    quiet = " ".join(raid_told(narrator(), raid(night=0.1)))
    assert not any(word in quiet for word in ("night", "nothing left", "out of service", "stays out"))
    out = raid(layers=(USE, LayerUse(NORTH, UPPER, 30, 0, 0, 0, False, True)))
    assert "stays out" not in " ".join(raid_told(narrator(), out))
    assert "same salvo" not in " ".join(raid_told(narrator("no_shield"), raid()))


def test_lessons_in_words() -> None:
    lessons = (Lesson(NORTH, NORTH, 0.2, 0.1, 0.0), Lesson(SOUTH, NORTH, 0.0, -0.2, 0.0))
    assert list(lessons_told(narrator(), raid(lessons=lessons))) == [
        "North now believes that its own shield stops 91 of 100 (before: 92, true: 90).",
        "South now believes that North's shield stops 88 of 100 (before: 90, true: 90).",
    ]
    assert list(lessons_told(narrator(), raid(lessons=(Lesson(NORTH, NORTH, 0.1, 0.1001, 0.0),)))) == []


@pytest.mark.parametrize("share", [0.5, 0.85, 0.9, 0.97])
def test_beliefs_are_told_in_the_units_of_scenario_files(share: float) -> None:
    import numpy as np

    assert stops(float(logit_shift(np.array([share]))[0])) == round(100 * share)
