"""Small made-up crises, moves and raids, and a narrator of the tiny scenario, for tests of sentences."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from escalade.crisis.ladder import OPEN
from escalade.crisis.tree import CLIMB, STAND
from escalade.ensemble.build import names, worlds
from escalade.ensemble.design import modes
from escalade.history.story import Crisis, Flight, LayerUse, Lesson, Move, Option, Raid, Soil, Swarm
from escalade.report.narration import Narrator
from escalade.scenario import load_scenario
from escalade.worlds import world_at
from tests.study.fakes import TINY

NORTH, SOUTH = 0, 1
TALKS, BORDER_RAID, OPEN_WAR = 0, 1, 2
SQUADRON, MISSILES, LAST_RESORT = 0, 0, 1
UPPER, LOWER = 0, 1


@cache
def narrator(policy: str = "as_is") -> Narrator:
    """Tells about the tiny scenario at its most likely values."""
    scenario = load_scenario(TINY)
    base = scenario.policy(scenario.baseline)
    built = worlds(scenario.policy(policy), base, modes(scenario))[0]
    return Narrator(scenario, names(scenario), policy, world_at(built, 0))


def option(action: int, **fields: Any) -> Option:
    """An option that is one of two equally likely ones, and nothing more."""
    return replace(Option(action, TALKS, None, 0.5, 0.5, *([0.0] * 5), None, *([0.0] * 7)), **fields)


def move(*options: Option, chosen: int = 0, **fields: Any) -> Move:
    """A decision of North at the lowest rung."""
    known = options or (option(STAND), option(CLIMB, rung=BORDER_RAID, strike=BORDER_RAID))
    blank = Move(0, NORTH, SOUTH, TALKS, OPEN, (0, 0), known[chosen].action, known, chosen, 0.0, 0.0, 0.0, None, None)
    return replace(blank, **fields)


def crisis(*moves: Move, **fields: Any) -> Crisis:
    """A quarrel in March of the first year."""
    blank = Crisis(0, 0, 0, 0.2, (NORTH, SOUTH), NORTH, (1.3, 0.8), (1.0, 2.04), (400.0, 800.0), moves or (move(),))
    return replace(blank, **fields)


def raid(**fields: Any) -> Raid:
    """A salvo of South: 96 missiles, 9 fail, 37 are left alone, 44 are stopped, 6 get through.

    ``night`` : logit shift of North's shield; deaths are all on North's soil.
    """
    night = fields.pop("night", 0.0)
    if "soils" not in fields:
        fields["soils"] = (Soil(fields.get("struck", NORTH), fields.get("deaths", 4.2), night),)
    blank = Raid(
        striker=SOUTH,
        struck=NORTH,
        strike=BORDER_RAID,
        opens=False,
        deaths=4.2,
        stopped=0.88,
        calm_deaths=41.4,
        calm_stopped=0.0,
        soldiers=0.0,
        gain=0.1,
        disarmed=0.0,
        soils=(Soil(NORTH, 4.2, 0.0),),
        flights=(Flight(MISSILES, 96, 9, 0, 87, 50, 6.0, 0),),
        swarms=(Swarm(0, 44, 6, 0, 37, 50),),
        layers=(LayerUse(NORTH, UPPER, 30, 0, 0, 0, True, True), LayerUse(NORTH, LOWER, 100, 71, 71, 44, True, True)),
        lessons=(Lesson(NORTH, NORTH, 0.2, 0.1, 0.0), Lesson(SOUTH, NORTH, 0.0, 0.0, 0.0)),
    )
    return replace(blank, **fields)
