"""T16 and T7: printed and closed-form values of the literature, all from the general exact raid.

The values and where they come from stand in ``verification/reference/raids.json``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import betabinom, binom

from escalade.raid.count import RaidCount
from escalade.raid.exact import exact_raid
from escalade.raid.mixing import (
    Mixing,
    beta_nights,
    everywhere,
    one_factor_nights,
    ordinary_night,
    raid_track,
    warhead_track,
)
from escalade.raid.planned import engagement_kill
from escalade.raid.shield import Layer, Raid, Threat

FILE = Path(__file__).parents[2] / "verification" / "reference" / "raids.json"
CASES: dict[str, Any] = {case["id"].split("-")[0]: case for case in json.loads(FILE.read_text("utf-8"))}


def case(name: str) -> tuple[dict[str, Any], dict[str, Any], Any]:
    """Inputs, outputs, and a way to state that a value is within the case's tolerance of another."""
    found = CASES[name]
    tolerance = found["tolerance"]

    def near(expected: Any) -> Any:
        return pytest.approx(expected, abs=tolerance.get("abs", 0.0), rel=tolerance.get("rel", 0.0))

    return found["inputs"], found["output"], near


def met_by(threats: int, *layers: Layer, **changes: Any) -> Raid:
    return Raid((Threat("warheads", "icbm", threats, **changes),), layers)


def shots(kill: float, number: int = 1, **changes: Any) -> Layer:
    return Layer(f"{number} of {changes}", {"icbm": kill}, shots=number, **changes)


def none_leaks(found: RaidCount) -> float:
    return found.total.at_most(0)


@pytest.mark.parametrize("name", ["A01", "A02"])
def test_t16_salvo_kill(name: str) -> None:
    inputs, output, near = case(name)
    for number, expected in zip(inputs["n"], output["p_kill"], strict=True):
        raid = met_by(1, shots(inputs["sspk"], number))
        assert none_leaks(exact_raid(raid, warhead_track(raid, inputs.get("p_track", 1.0)))) == near(expected)


def test_t16_salvo_kill_at_the_shot_cap() -> None:
    inputs, output, near = case("A16")
    assert none_leaks(exact_raid(met_by(1, shots(inputs["p"], inputs["N"])))) == near(output["p_kill"])


def barrage(raid: Raid, inputs: dict[str, Any]) -> float:
    """Shots at each object, a real number, at which no warhead leaks with the wanted probability."""

    def short_by(number: float) -> float:
        kill = inputs["p_track"] * engagement_kill(inputs["sspk"], number)
        return none_leaks(exact_raid(raid, everywhere(raid, np.ones(1), np.array([kill])))) - inputs["p_all_killed"]

    return float(brentq(short_by, 0.5, 20.0, xtol=1e-10))


def test_t16_wilkening_barrage() -> None:
    inputs, output, near = case("A04")
    raid = met_by(inputs["W"], shots(inputs["sspk"]))
    assert barrage(raid, inputs) * exact_raid(raid).used[raid.layers[0].name].mean == near(output["interceptors"])


def test_t16_wilkening_barrage_with_decoys() -> None:
    """Shots go at all objects that are taken for warheads, the requirement counts warheads."""
    inputs, output, near = case("A05")
    raid = met_by(inputs["W"], shots(inputs["sspk"], discrimination=0.0), decoys=inputs["D"] / inputs["W"])
    engagements = exact_raid(raid).used[raid.layers[0].name].mean
    assert barrage(raid, inputs) * engagements == near(output["interceptors"])


def test_t16_wilkening_track_floor() -> None:
    """With endless shots the track probability alone decides."""
    inputs, output, near = case("A07")
    raid = met_by(inputs["W"], shots(1.0))
    goal = inputs["p_all_killed"]
    track = brentq(lambda t: none_leaks(exact_raid(raid, warhead_track(raid, t))) - goal, 0.5, 1.0)
    assert track == near(output["p_track_min"])


def test_t16_independent_leakage_is_binomial() -> None:
    inputs, output, near = case("A08")
    leakers = exact_raid(met_by(inputs["W"], shots(inputs["k_w"]))).total
    assert leakers.chance == pytest.approx(binom.pmf(range(inputs["W"] + 1), inputs["W"], 1 - inputs["k_w"]), abs=1e-12)
    assert leakers.at_most(0) == near(output["p_zero"])
    assert (leakers.mean, leakers.variance, 1 - leakers.at_most(1)) == (
        near(output["mean"]), near(output["var"]), near(output["p_ge2"]),
    )  # fmt: skip


def test_t16_wilkening_track_of_warheads_and_of_the_raid() -> None:
    """The same mean, a very different tail."""
    inputs, output, near = case("A09")
    raid = met_by(inputs["W"], shots(inputs["sspk"], inputs["n"]))
    alone = exact_raid(raid, warhead_track(raid, inputs["p_track"])).total
    together = exact_raid(raid, raid_track(raid, inputs["p_track"])).total
    assert alone.at_most(0) == near(output["p_zero_per_warhead"])
    assert together.at_most(0) == near(output["p_zero_raidwide"])
    assert alone.mean == near(output["mean_leakers_both"])
    assert together.mean == near(output["mean_leakers_both"])
    missed = (1 - inputs["p_track"]) + inputs["p_track"] * (1 - inputs["sspk"]) ** (inputs["n"] * inputs["W"])
    assert together.chance[-1] == near(missed)
    assert output["p_total_failure_raidwide"] == near(1 - inputs["p_track"])


@pytest.mark.parametrize(("leak", "correlation", "threats"), [(0.2, 0.1, 10), (0.4, 0.5, 30)])
def test_t16_beta_binomial(leak: float, correlation: float, threats: int) -> None:
    raid = met_by(threats, shots(1 - leak))
    found = exact_raid(raid, everywhere(raid, *beta_nights(leak, correlation, nights=threats))).total
    a, b = leak * (1 - correlation) / correlation, (1 - leak) * (1 - correlation) / correlation
    assert found.chance == pytest.approx(betabinom.pmf(range(threats + 1), threats, a, b), abs=1e-10)
    assert found.variance == pytest.approx(threats * leak * (1 - leak) * (1 + (threats - 1) * correlation))


def test_t16_one_factor_correlation() -> None:
    inputs, output, near = case("A11")
    raid = met_by(inputs["W"], shots(1 - inputs["leak"]))
    for correlation, expected in zip(inputs["rho"], output["p_zero"], strict=True):
        nights = one_factor_nights(inputs["leak"], correlation)
        assert none_leaks(exact_raid(raid, everywhere(raid, *nights))) == near(expected)


def test_t16_independent_layers() -> None:
    inputs, output, near = case("A12")
    for number, expected in zip(inputs["layers"], output["leak"], strict=True):
        layers = [Layer(f"layer {l}", {"icbm": 1 - inputs["leak_per_layer"]}) for l in range(number)]
        assert exact_raid(met_by(1, *layers)).total.mean == near(expected)


def test_t16_shoot_look_shoot_against_a_salvo() -> None:
    """Plans of two salvos with a perfect look between them; those of equal size are also two looks of one layer."""
    inputs, output, near = case("A14")
    for plan, expected, leak in zip(inputs["plans"], output["expected_shots"], output["leak"], strict=True):
        two = [Layer(f"{k}", {"icbm": inputs["p"]}, shots=number) for k, number in enumerate(plan)]
        forms = [exact_raid(met_by(1, *two))]
        if plan[0] == plan[1]:
            forms.append(exact_raid(met_by(1, shots(inputs["p"], plan[0], looks=2))))
        for found in forms:
            assert found.total.mean == near(leak)
            assert sum(used.mean for used in found.used.values()) == near(expected)


def test_t16_stock_over_salvo_size() -> None:
    inputs, output, near = case("A18")
    layer = shots(0.5, inputs["shots_per_warhead"], stock=inputs["inventory"])
    used = exact_raid(met_by(100, layer)).used[layer.name]
    assert used.mean / inputs["shots_per_warhead"] == near(output["warheads"])


def test_t16_even_allocation_of_a_stock() -> None:
    """No look: some warheads are met by one shot more than the others; two classes of the same raid."""
    inputs, output, near = case("A19")
    for threats, leakers, none in zip(inputs["W"], output["expected_leakers"], output["p_no_leak"], strict=True):
        few, lucky = divmod(inputs["inventory"], threats)
        groups = [("icbm", lucky, few + 1), ("slbm", threats - lucky, few)]
        layers = tuple(
            Layer(name, {name: inputs["p"]}, shots=number, stock=number * count)
            for name, count, number in groups
            if number
        )
        found = exact_raid(Raid(tuple(Threat(name, name, count) for name, count, _ in groups), layers))
        assert found.total.mean == near(leakers)
        assert none_leaks(found) == near(none)


def test_t16_markov_chain_of_menq_tuan_and_liu() -> None:
    inputs, output, near = case("A24")
    layer = shots(inputs["p"], looks=inputs["stages"])
    found = exact_raid(met_by(inputs["threats"], layer))
    assert found.total.chance == near(output["dist_after"])
    assert none_leaks(found) == near(output["p_none"])
    assert found.used[layer.name].mean == near(output["expected_shots"])


@pytest.mark.parametrize("stock", [7, 18, 25])
def test_t16_markov_chain_with_a_stock(stock: int) -> None:
    """State: threats live and interceptors left; the product of transition matrices, by hand."""
    threats, kill, looks = 12, 0.6, 3
    states = {(threats, stock): 1.0}
    for _ in range(looks):
        following: dict[tuple[int, int], float] = {}
        for (live, left), chance in states.items():
            engaged = min(live, left)
            for killed in range(engaged + 1):
                state = live - killed, left - engaged
                following[state] = following.get(state, 0.0) + chance * binom.pmf(killed, engaged, kill)
        states = following
    layer = shots(kill, looks=looks, stock=stock)
    found = exact_raid(met_by(threats, layer))
    for count, chance in enumerate(found.total.chance):
        assert chance == pytest.approx(sum(p for (live, _), p in states.items() if live == count), abs=1e-12)
    for count, chance in enumerate(found.used[layer.name].chance):
        assert chance == pytest.approx(sum(p for (_, left), p in states.items() if stock - left == count), abs=1e-12)


def test_t16_objects_engaged_after_discrimination() -> None:
    """Wilkening's W*: no shot can hit an untracked warhead; one decoy in ten is taken for a warhead."""
    inputs, output, near = case("A37")
    layer = shots(inputs["sspk"], inputs["shots_per_object"], discrimination=1 - inputs["p_dw"])
    raid = met_by(inputs["W"], layer, decoys=inputs["D"] / inputs["W"])
    found = exact_raid(raid, warhead_track(raid, inputs["p_ww"]))
    untracked = inputs["W"] * (1 - inputs["p_ww"]) * inputs["shots_per_object"]
    assert found.used[layer.name].mean - untracked == near(output["shots"])
    assert none_leaks(found) == near(output["p_zero_leak"])


def test_t9_offset_of_a_subtractive_defence() -> None:
    """Attackers needed for a number of penetrators against n shots at each: the exact raid's mean, solved for them."""
    inputs, output, near = case("D06")
    for stock, expected in zip(inputs["interceptors"], output["attackers"], strict=True):
        layer = shots(inputs["p"], inputs["n"], stock=stock)
        assert exact_raid(met_by(int(round(expected)), layer)).total.mean == near(inputs["required"])


@pytest.mark.parametrize("place", range(4))
def test_t7_ragged_retaliation(place: int) -> None:
    """What survives a first strike meets a thin defence: negligible against many, large against few."""
    inputs, output, near = case("E08")
    layer = shots(inputs["p"], inputs["shots"], stock=inputs["interceptors"])
    found = exact_raid(met_by(inputs["arsenal"], layer, reliability=inputs["p_survive"][place])).total
    assert found.mean == near(output["expected_penetrators"][place])
    assert found.at_most(0) == near(output["p_none"][place])


def test_t16_a_table_of_one_night_is_the_raid_itself() -> None:
    raid = met_by(9, shots(0.7, looks=2, stock=11))
    assert isinstance(ordinary_night(raid), Mixing)
    assert exact_raid(raid, ordinary_night(raid)).total.chance == pytest.approx(exact_raid(raid).total.chance)
