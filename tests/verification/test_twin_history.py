"""Exact crises, crises and histories of the readable twin, on worlds made by hand."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from escalade.worlds import World
from tests.verification.worlds_by_hand import (
    BALLISTIC,
    PLAIN,
    SETUPS,
    VARIANTS,
    bundle,
    changed,
    each_side,
    layer,
    pair_of_worlds,
    steps_with,
    world_of,
)
from verification.twin import exact_crisis, run, take
from verification.twin.crisis import Minds, play
from verification.twin.exact import ENDINGS
from verification.twin.luck import Luck
from verification.twin.reading import read
from verification.twin.strike import initial_forces
from verification.twin.tables import PlanningTables, Situation

FIXED = ("rungs", "rules", "pairs", "soils", "falls", "needs")


def mirror(world: World) -> World:
    """The same world with its sides in the other order; ids stay with their owners."""
    swapped = {name: array[::-1] for name, array in world._asdict().items() if name not in FIXED}
    swapped |= {"falls": world.falls[:, ::-1], "needs": world.needs[:, ::-1]}
    return world._replace(**swapped | {"beliefs": world.beliefs[::-1, ::-1]})


UNSIDED = ("reach", "first_strike_rung", "end_stand_off", "end_settled", "crises_between", "war_between")


def mirrored(outcomes: dict[str, float]) -> dict[str, float]:
    """Outcomes with the sides exchanged in their names."""
    exchanged = {}
    for key, value in outcomes.items():
        parts = key.split(".")
        if len(parts) > 1 and parts[0] not in UNSIDED:
            parts[1] = str(1 - int(parts[1]))
        exchanged[".".join(parts)] = value
    return exchanged


@pytest.mark.parametrize("name", VARIANTS)
def test_histories_keep_their_books(name: str) -> None:
    world, baseline = pair_of_worlds(name)
    for history in range(3):
        out = run(world, baseline, 5, 0, history, 3)
        assert out["war"] == (out["wars"] > 0) == (out["war_year"] > 0)
        assert sum(out[f"war_{label}"] for label in ("foreseen", "misjudged", "tremble", "accident")) == out["war"]
        assert out["war_by.0"] + out["war_by.1"] == out["war"]
        assert out["wars"] <= out["first_strike.0"] + out["first_strike.1"] <= out["crises"]
        assert out["yield.0"] + out["yield.1"] <= out["crises"]
        for i in (0, 1):
            assert 0 <= out[f"restrained.{i}"] <= out[f"struck.{i}"] <= out[f"strikes.{1 - i}"]
            for k, arm in enumerate(world.arms[i]):
                given = arm["stock"] + world.arm_deliveries[i, k, :3].sum() + 3 * arm["production"]
                gone = given - out[f"stock_end.{i}.{k}"]
                assert gone >= (0 if arm["reusable"] else out[f"fired.{i}.{k}"])
            for l, interceptors in enumerate(world.layers[i]):
                given = interceptors["stock"] + world.layer_deliveries[i, l, :3].sum() + 3 * interceptors["production"]
                assert out[f"interceptors_end.{i}.{l}"] == given - out[f"interceptors.{i}.{l}"]


def test_the_variants_reach_strikes_wars_yields_restraint_and_accidents() -> None:
    """The worlds made by hand are worth testing on."""
    happened = dict.fromkeys(("wars", "strikes.0", "strikes.1", "yield.1", "restrained.0", "restrained.1"), 0.0)
    happened |= dict.fromkeys(
        ("war_accident", "war_misjudged", "war_foreseen", "war_tremble", "restraint_bought.0"), 0.0
    )
    for name in ("neglect", "coin_toss"):
        for history in range(12):
            out = run(*pair_of_worlds(name), 5, 0, history, 3)
            happened = {key: total + out[key] for key, total in happened.items()}
    assert all(total > 0.0 for total in happened.values()), happened


@pytest.mark.parametrize("name", VARIANTS)
def test_protection_that_is_the_baselines_buys_no_restraint(name: str) -> None:
    world, _ = pair_of_worlds(name)
    for history in range(2):
        out = run(world, world, 5, 0, history, 3)
        assert out["restraint_bought.0"] == out["restraint_bought.1"] == 0.0


@pytest.mark.parametrize("name", ["partner", "exchanged_ids", "coin_toss"])
def test_relabelled_sides_live_the_mirrored_history(name: str) -> None:
    world, baseline = pair_of_worlds(name)
    for history in range(3):
        here = run(world, baseline, 5, 0, history, 3)
        there = run(mirror(world), mirror(baseline), 5, 0, history, 3)
        assert mirrored(there) == pytest.approx(here, abs=1e-11)


def test_a_history_depends_on_its_address_only() -> None:
    world, baseline = pair_of_worlds("plain")
    again = [run(world, baseline, 5, 0, 8, 3) for _ in range(2)]
    assert again[0] == again[1]
    assert run(take(bundle(baseline, world), 1), baseline, 5, 0, 8, 3) == again[0]
    assert any(run(world, baseline, 5, 0, h, 3) != again[0] for h in range(5))


@pytest.fixture(scope="module")
def partner_answer() -> dict[str, float]:
    return exact_crisis(*pair_of_worlds("partner"))


def test_exact_crisis_adds_up(partner_answer: dict[str, float]) -> None:
    a = partner_answer
    labels = [a[f"war_{name}"] for name in ("foreseen", "misjudged", "tremble", "accident")]
    assert sum(labels) == pytest.approx(a["war"])
    assert a["war_by.0"] + a["war_by.1"] == pytest.approx(a["war"])
    struck = a["first_strike.0"] + a["first_strike.1"]
    assert sum(a[f"first_strike_rung.{r}"] for r in range(5)) == pytest.approx(struck)
    assert a["reach.0"] == pytest.approx(1.0)
    assert all(a[f"reach.{r + 1}"] <= a[f"reach.{r}"] for r in range(4))
    assert a["reach.3"] == pytest.approx(a["war"])  # the war rung is reached by strikes only
    assert a["war"] <= struck <= 1.0 - a["stand_off"]
    for r in range(5):
        ends = sum(a[f"{way}.{r}"] for way in ENDINGS)
        assert ends == pytest.approx(a[f"reach.{r}"] - a.get(f"reach.{r + 1}", 0.0), abs=1e-12)
    assert sum(a[f"end_stand_off.{r}"] for r in range(5)) == pytest.approx(a["stand_off"], abs=1e-12)
    for i in (0, 1):
        assert sum(a[f"end_yield.{i}.{r}"] for r in range(5)) == pytest.approx(a[f"yield.{i}"], abs=1e-12)
    assert a["restraint_bought.0"] > abs(a["restraint_bought.1"])
    for i in (0, 1):
        assert a[f"restrained.{i}"] <= a[f"struck.{i}"] <= a[f"strikes.{1 - i}"] + 1e-12


def test_exact_crisis_of_relabelled_sides_is_mirrored(partner_answer: dict[str, float]) -> None:
    world, baseline = pair_of_worlds("partner")
    assert mirrored(exact_crisis(mirror(world), mirror(baseline))) == pytest.approx(partner_answer, abs=1e-12)


def test_t12_a_partner_that_only_joins_the_defence_changes_nothing_for_the_rival() -> None:
    """T12: g_off below g_def leaves what the rival's first strike pays at the opening as it is."""
    setup = SETUPS["partner"]()
    joined = [[l | ({"joins": l["defends"]} if "joins" in l else {}) for l in row] for row in setup["layers"]]
    cells = []
    for layers in (setup["layers"], joined):
        world = read(world_of(changed(setup, layers=layers)))
        tables = PlanningTables(world, Situation(initial_forces(world), 0, (0, 0), world.beliefs))
        cells.append(tables[1, 1, 1, 2, 0, 0])
    assert cells[0] == cells[1]


def unchanging() -> dict[str, Any]:
    """T13: strikes leave forces as they were: endless stocks, no disarming, g = 0, probabilities 0 or 1."""
    arm = {
        "stock": 1e9,
        "launch": 20.0,
        "reliability": 1.0,
        "threatening": 1.0,
        "exposed_launchers": 0.0,
        "exposed_stock": 0.0,
        "low": 1,
    }
    sure: dict[str, Any] = {"stock": 1e9, "shots": 1.0, "availability": 1.0, "discrimination": 1.0}
    reward = {"cost": -0.05, "effort": 0.5, "objective": 0.0, "audience": 0.05, "raids": 1.0, "soldiers": 0.0}
    steps = steps_with(r1=reward, r2=reward | {"cost": 0.05}, r3=reward | {"cost": 0.1, "effort": 1.0})[:4]
    layers = [[layer({BALLISTIC: 1.0}, **sure, channels=6.0)], [layer({BALLISTIC: 1.0}, **sure, channels=2.0)]]
    return changed(
        PLAIN,
        arms=[[arm], [arm]],
        layers=layers,
        steps=[steps, steps],
        sides=each_side(PLAIN, {"sigma": 0.0, "truth": 0.0}),
        beliefs=[[0.0, 0.0], [0.0, 0.0]],
        rungs=[(0.0, 0.0), (0.15, 0.02), (0.3, 0.05), (0.6, 0.0)],
        rules={"war_rung": 2, "precision": 6.0},
    )


@pytest.mark.parametrize("n", [150, pytest.param(2000, marks=pytest.mark.verify)])
def test_t13_planned_is_realised_where_strikes_leave_all_as_it_was(n: int) -> None:
    """T13: frequencies of first strike, war, yield and each rung are the exact probabilities."""
    world = read(world_of(unchanging()))
    expected = exact_crisis(world, world)
    found = dict.fromkeys(expected, 0.0)
    for history in range(n):
        minds = Minds([list(shifts) for shifts in world.beliefs], [[20.0, 20.0], [20.0, 20.0]])
        outcome = play(world, world, initial_forces(world), minds, Luck(3, 0, history))
        if outcome.first is not None:
            found[f"first_strike.{outcome.first}"] += 1 / n
        if outcome.war is not None:
            found["war"] += 1 / n
            found[outcome.war] += 1 / n
        for rung in range(outcome.highest_rung + 1):
            found[f"reach.{rung}"] += 1 / n
        for side in (0, 1):
            found[f"yield.{side}"] += outcome.totals[f"yield.{side}"] / n
    checked = ["first_strike.0", "first_strike.1", "war", "war_misjudged", "war_accident", "yield.0", "yield.1"]
    for key in [*checked, "reach.1", "reach.2", "reach.3"]:
        p = expected[key]
        assert abs(found[key] - p) <= 4 * math.sqrt(p * (1 - p) / n), key
    assert min(expected[key] for key in ("first_strike.0", "first_strike.1", "war", "yield.1")) > 0.02


def test_worlds_by_hand_have_the_shapes_that_kernels_read() -> None:
    worlds = bundle(*(pair_of_worlds(name)[0] for name in ("plain", "three_waves")))
    assert worlds.sides.shape == (2, 2)
    assert worlds.kill.shape[:2] == (2, 2)
    assert all(np.array_equal(a, b) for a, b in zip(take(worlds, 0), pair_of_worlds("plain")[0], strict=True))
