"""The exact crisis under every combination of reasons: both ends, places that protection does not reach, sums."""

from __future__ import annotations

import numpy as np
import pytest

from escalade.analysis import why
from escalade.analysis.shapley import shapley
from escalade.crisis.exact import exact_crises, with_protection_of
from escalade.crisis.reasons import COMBINATIONS, REASONS, crises_by_reason, variants
from escalade.ensemble.build import worlds as build
from escalade.ensemble.design import draw
from escalade.scenario import bundled_names, load_scenario
from escalade.worlds import Reals, World
from tests.verification.worlds_by_hand import VARIANTS, bundle, pair_of_worlds

POINTS = 5
EVERY = COMBINATIONS - 1


def solved(policy: World, baseline: World) -> Reals:
    """All combinations of one world [combination, q]."""
    return crises_by_reason(bundle(policy), bundle(baseline), np.array([0]), POINTS)[0]


def parts(policy: World, baseline: World) -> dict[str, Reals]:
    """What each reason adds to every quantity."""
    return dict(zip(REASONS, shapley(solved(policy, baseline)), strict=True))


def with_fields(world: World, **fields: float) -> World:
    """A world with fields of its sides or steps replaced, on both sides and all rungs."""
    sides, steps = world.sides.copy(), world.steps.copy()
    for name, value in fields.items():
        (sides if name in (sides.dtype.names or ()) else steps)[name] = value
    return world._replace(sides=sides, steps=steps)


def test_reasons_are_named_alike_where_they_are_computed_and_explained() -> None:
    assert REASONS == why.REASONS


@pytest.mark.parametrize("name", VARIANTS)
def test_all_on_is_the_policy_and_all_off_the_baselines_protection(name: str) -> None:
    policy, baseline = pair_of_worlds(name)
    found, one = solved(policy, baseline), np.array([0])
    under = exact_crises(bundle(policy), bundle(baseline), one, POINTS)[0]
    assert np.array_equal(found[EVERY], under)
    calm = with_protection_of(policy, baseline)
    without = exact_crises(bundle(calm), bundle(baseline), one, POINTS)[0]
    if not (policy.layers["partner"].any() and policy.sides["leash"].any()):  # the leash is the policy's in all of them
        np.testing.assert_allclose(found[0], without, rtol=0.0, atol=1e-12)


@pytest.mark.parametrize("name", bundled_names())
def test_parts_and_what_is_left_add_up_in_every_scenario(name: str) -> None:
    scenario = load_scenario(name)
    base = scenario.policy(scenario.baseline)
    design, index = draw(scenario, 4, seed=3), np.array([1, 2])
    baseline = build(base, base, design)[0]
    worlds = build(scenario.policy(scenario.focus), base, design)[0]
    found = np.moveaxis(crises_by_reason(worlds, baseline, index, POINTS), 1, 0)
    under, without = (exact_crises(each, baseline, index, POINTS) for each in (worlds, baseline))
    assert np.array_equal(found[EVERY], under)
    other = found[0] - without
    np.testing.assert_allclose(shapley(found).sum(axis=0) + other, under - without, rtol=0.0, atol=1e-12)


@pytest.mark.parametrize("name", ["plain", "partner", "neglect", "scarce"])
def test_a_policy_like_its_baseline_has_no_reasons(name: str) -> None:
    policy, _ = pair_of_worlds(name)
    assert all(np.all(part == 0.0) for part in parts(policy, policy).values())


@pytest.mark.parametrize(
    ("reason", "fields"),
    [
        ("survival", {"counterforce": 0.0}),  # nothing is aimed at means
        ("restraint", {"pressure": 0.0}),  # nothing presses to answer
        ("delusion", {"neglect": 0.0}),  # and all believe the same, below
    ],
)
def test_a_place_that_protection_does_not_reach_gets_exactly_nothing(reason: str, fields: dict[str, float]) -> None:
    policy, baseline = (with_fields(world, **fields) for world in pair_of_worlds("neglect"))
    if reason == "delusion":
        baseline = baseline._replace(beliefs=policy.beliefs)
    found = parts(policy, baseline)
    assert np.all(found[reason] == 0.0)
    assert any(np.abs(part).max() > 1e-6 for part in found.values())


def test_owners_who_only_believe_otherwise_change_nothing_but_by_delusion() -> None:
    policy, _ = pair_of_worlds("neglect")
    beliefs = policy.beliefs.copy()
    np.fill_diagonal(beliefs, 0.0)
    found = parts(policy, with_fields(policy, neglect=0.0)._replace(beliefs=beliefs))
    assert np.abs(found.pop("delusion")).max() > 1e-6
    assert all(np.all(part == 0.0) for part in found.values())


def test_shelter_alone_saves_lives_and_nothing_else() -> None:
    """Shelters stop no warhead: what the rival wins, and what is destroyed, are the same."""
    policy, _ = pair_of_worlds("plain")
    found = parts(policy, with_fields(policy, coverage=0.0))
    for reason in ("denial", "survival", "delusion"):
        assert np.all(found[reason] == 0.0)
    assert min(np.abs(found[reason]).max() for reason in ("impunity", "restraint")) > 1e-6


def test_what_protection_saves_of_means_is_survival_alone() -> None:
    """A rival whose strikes win nothing, kill nobody and only disarm: no other place of the game notices a shield."""
    policy, baseline = pair_of_worlds("plain")
    for world in (policy, baseline):
        world.steps["objective"][1], world.steps["counterforce"][1] = 0.0, 1.0
        world.sides["calm"] = 0.0
        world.beliefs[:] = 0.0
    found = parts(policy, baseline)
    assert np.abs(found.pop("survival")).max() > 1e-6
    assert all(np.all(part == 0.0) for part in found.values())


def test_variants_change_protection_and_belief_apart() -> None:
    policy, baseline = pair_of_worlds("neglect")
    every = variants(policy, baseline)
    assert np.array_equal(every[1, 1].layers, policy.layers)
    assert np.array_equal(every[0, 1].layers, baseline.layers)
    assert every[0, 1].beliefs[0, 0] == policy.beliefs[0, 0]
    assert every[1, 0].beliefs[0, 0] == baseline.beliefs[0, 0]
    assert every[1, 0].beliefs[1, 0] == policy.beliefs[1, 0]


def test_worlds_do_not_depend_on_those_solved_before() -> None:
    """Tables keep what an earlier world wrote where a strike is impossible: it must never be read."""
    rich, poor = (pair_of_worlds("plain") for _ in range(2))
    for world in poor:
        world.arms["stock"] *= 0.06
    policy, baseline = (bundle(rich[k], poor[k]) for k in (0, 1))
    alone, after = (crises_by_reason(policy, baseline, np.array(order), POINTS)[-1] for order in ([1], [0, 1]))
    assert np.array_equal(alone, after)
