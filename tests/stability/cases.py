"""Strategic forces by hand: two sides whose top rung is an exchange, and worlds of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from escalade.stability.exchange import BEST_AIM
from escalade.stability.index import PairStability, pair_stability
from escalade.worlds import THREAT_CLASSES, Worlds
from tests.verification.worlds_by_hand import bundle, world_of
from tests.verification.worlds_by_hand import layer as a_layer

FILE = Path(__file__).parents[2] / "verification" / "reference" / "stability.json"
CASES: dict[str, Any] = {case["id"].split("-")[0]: case for case in json.loads(FILE.read_text("utf-8"))}
ICBM, SLBM = THREAT_CLASSES.index("icbm"), THREAT_CLASSES.index("slbm")
PEOPLE = 1e8
TOP = 1

Changes = dict[str, Any]


def case(name: str) -> tuple[Changes, Changes, Any]:
    """Inputs, outputs, and a way to state that a value is within the case's tolerance of another."""
    found = CASES[name]
    tolerance = found["tolerance"]

    def near(expected: Any) -> Any:
        return pytest.approx(expected, abs=tolerance.get("abs", 0.0), rel=tolerance.get("rel", 0.0))

    return found["inputs"], found["output"], near


def missiles(stock: float, **changes: Any) -> Changes:
    """Missiles that all fly, arrive and matter, all in reach of a first strike unless changed."""
    sure = {"cls": ICBM, "low": TOP, "high": TOP, "reliability": 1.0, "threatening": 1.0, "counterforce": 1.0}
    exposed = {"exposed_launchers": 1.0, "exposed_stock": 1.0, "deaths": 1e5}
    return sure | exposed | {"stock": float(stock), "launch": float(stock)} | changes


def interceptors(stock: float, kill: float = 1.0, **changes: Any) -> Changes:
    """A layer without limits but its stock."""
    sure = {"shots": 1.0, "reserve": 0.0, "channels": np.inf, "availability": 1.0, "discrimination": 1.0}
    return a_layer({ICBM: kill, SLBM: kill}, **(sure | {"stock": float(stock)} | changes))


def powers(
    arms: list[list[Changes]],
    layers: list[list[Changes]] | None = None,
    people: tuple[float, ...] = (PEOPLE, PEOPLE),
    beliefs: list[list[float]] | None = None,
    **side: Any,
) -> Worlds:
    """One world of two sides with these arms and layers by side."""
    plain = {"coverage": 0.0, "sigma": 0.0, "truth": 0.0} | side
    strike = {"effort": 1.0, "objective": 0.3, "counterforce": 0.5, "cost": 0.0}
    quiet = {"effort": 0.0, "objective": 0.0, "cost": 0.0}
    return bundle(
        world_of(
            {
                "sides": [plain | {"uid": i, "people": number} for i, number in enumerate(people)],
                "arms": arms,
                "layers": layers or [[interceptors(0)], [interceptors(0)]],
                "beliefs": beliefs or [[0.0, 0.0], [0.0, 0.0]],
                "steps": [[quiet, strike]] * 2,
                "rungs": [(0.0, 0.0), (1.0, 0.0)],
                "rules": {"war_rung": 1},
                "rate": 1.0,
                "deliveries": [],
            }
        )
    )


def found(worlds: Worlds, aim: float = BEST_AIM, **rule: Any) -> PairStability:
    """First strikes of the two sides."""
    return pair_stability(worlds, 0, aim=aim, **rule)


def day_alert(name: str, **survivable: Any) -> tuple[list[Changes], float]:
    """Forces of Kent and Thaler's notional postures, and the share of a first strike that goes at forces.

    A warhead at each silo and base destroys nine tenths of the forces in reach: the constant of the general formula
    follows from that. Four tenths of the survivable warheads lie at bases; a striker uses nine tenths of all of them.
    """
    inputs, output, _ = case(name)
    fixed, boats, spent = inputs["fixed"], inputs["survivable"], output["spent_on_forces"]
    assert spent == inputs["silos"] + inputs["bases"]
    uses = inputs["striker_uses_survivable"]
    every = {
        "deaths": PEOPLE * np.log(5.0) / inputs["w80"],
        "counterforce": -np.log1p(-inputs["kill"]) * fixed / spent,
    }
    at_sea = {"cls": SLBM, "launch": uses * boats, "exposed_launchers": 0.0, "exposed_stock": inputs["off"]}
    return [missiles(fixed, **every), missiles(boats, **(every | at_sea | survivable))], spent / (fixed + uses * boats)
