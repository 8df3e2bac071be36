"""A replay as plain JSON values: every event, with the scenario's ids in place of numbers, and the sentences."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from escalade.crisis.tree import ACTION_NAMES
from escalade.ensemble.build import Names, stopping_share
from escalade.history.story import Crisis, Move, Option, Raid, Story, Year
from escalade.report.narration import month
from escalade.report.partings import parting_told
from escalade.report.story import ToldTwins, narrators
from escalade.study.replay import Replay, Told

HOW = ("open", "struck", "struck lightly", "stood")
"""How a mover came to move, by its number."""
LABELS = ("foreseen", "misjudged", "tremble", "accident")
"""Kinds of war, by their number."""


def as_data(one: Replay, twins: ToldTwins) -> dict[str, Any]:
    """Everything about a replay. Years count from 1, crises and moves from 0 as in their addresses."""
    return {
        "scenario": one.scenario.name,
        "world": one.world,
        "history": one.history,
        "seed": one.seed,
        "show": one.show,
        "years": one.scenario.years,
        "told": _told(one, one.told),
        "twin": None if one.twin is None else _told(one, one.twin),
        "parting": _parting(one),
        "sentences": [
            {"kind": row.kind, "parts": row.parts, "left": list(row.left), "right": list(row.right)}
            for row in twins.rows
        ],
        "command": twins.command,
    }


def _parting(one: Replay) -> dict[str, Any] | None:
    parting = one.parting
    if parting is None:
        return None
    year, pair, crisis = parting.address
    return {
        "year": year + 1,
        "pair": pair,
        "crisis": crisis,
        "move": parting.at,
        "ground": parting.ground,
        "sentence": parting_told(*narrators(one), parting),
    }


def _told(one: Replay, told: Told) -> dict[str, Any]:
    return {"policy": told.policy, "outcome": dict(told.outcome), "story": story_data(told.story, one.names)}


def story_data(story: Story, names: Names) -> list[dict[str, Any]]:
    """The years of a story, sides, arms, layers, classes and rungs by their ids."""
    return [_year(year, names) for year in story.years]


def _year(year: Year, names: Names) -> dict[str, Any]:
    forces = {
        side: {
            "stock": dict(zip(names.arms[i], year.stock[i], strict=False)),
            "launch_limit": dict(zip(names.arms[i], year.launch[i], strict=False)),
            "interceptors": dict(zip(names.layers[i], year.interceptors[i], strict=False)),
        }
        for i, side in enumerate(names.sides)
    }
    return {"year": year.number + 1, "forces": forces, "crises": [_crisis(crisis, names) for crisis in year.crises]}


def _crisis(crisis: Crisis, names: Names) -> dict[str, Any]:
    sides = [names.sides[side] for side in crisis.sides]
    return {
        "pair": crisis.pair,
        "crisis": crisis.number,
        "date": crisis.date,
        "month": month(crisis),
        "sides": sides,
        "opener": names.sides[crisis.opener],
        "stakes": dict(zip(sides, crisis.stakes, strict=True)),
        "resolve": dict(zip(sides, crisis.resolve, strict=True)),
        "tolerance": dict(zip(sides, crisis.tolerance, strict=True)),
        "moves": [_move(move, names) for move in crisis.moves],
    }


def _move(move: Move, names: Names) -> dict[str, Any]:
    return {
        "side": names.sides[move.side],
        "rung": names.rungs[move.rung],
        "how": HOW[move.how],
        "strikes": {names.sides[move.side]: move.strikes[0], names.sides[move.other]: move.strikes[1]},
        "action": ACTION_NAMES[move.action],
        "chosen": move.chosen,
        "options": [_option(option, names) for option in move.options],
        "pressure": move.pressure,
        "pressure_under_baseline": move.calm_pressure,
        "restraint_bought": move.bought,
        "war": None if move.label is None else LABELS[move.label],
        "raid": None if move.raid is None else _raid(move.raid, names),
    }


def _option(option: Option, names: Names) -> dict[str, Any]:
    data = asdict(option)
    data["action"] = ACTION_NAMES[option.action]
    for name in ("rung", "strike", "reply"):
        number = data[name]
        data[name] = None if number is None else names.rungs[number]
    return data | {"utility": option.utility}


def _raid(raid: Raid, names: Names) -> dict[str, Any]:
    striker, struck = raid.striker, raid.struck
    data = asdict(raid) | {
        "striker": names.sides[striker],
        "struck": names.sides[struck],
        "strike": names.rungs[raid.strike],
    }
    data["deaths_under_baseline"], data["stopped_under_baseline"] = data.pop("calm_deaths"), data.pop("calm_stopped")
    data["flights"] = [each | {"arm": names.arms[striker][each["arm"]]} for each in data["flights"]]
    data["swarms"] = [
        {"class": names.classes[each.pop("cls")], "through_under_baseline": each.pop("through_calm"), **each}
        for each in data["swarms"]
    ]
    data["soils"] = [each | {"side": names.sides[each["side"]]} for each in data["soils"]]
    data["layers"] = [
        each | {"owner": names.sides[each["owner"]], "layer": names.layers[each["owner"]][each["layer"]]}
        for each in data["layers"]
    ]
    data["lessons"] = [
        {"observer": names.sides[lesson.observer], "owner": names.sides[lesson.owner]}
        | {name: float(stopping_share(getattr(lesson, name))) for name in ("before", "after", "truth")}
        for lesson in raid.lessons
    ]
    return data
