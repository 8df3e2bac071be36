"""One crisis of a scenario: the same numbers as a run's, told courses, and the two-move kernel of its tables."""

from __future__ import annotations

import math

import numpy as np
import pytest

from escalade.crisis.exact import exact_crises, quantities
from escalade.ensemble.build import worlds
from escalade.ensemble.design import modes
from escalade.errors import ScenarioError
from escalade.scenario import load_scenario
from escalade.study.single import single_crisis, solved_at_medians
from escalade.worlds import World
from tests.study.fakes import TINY
from tests.verification.worlds_by_hand import VARIANTS, bundle, pair_of_worlds


def test_values_are_those_of_the_exact_crisis_at_the_modes() -> None:
    scenario = load_scenario(TINY)
    single = single_crisis(scenario)
    assert list(single.policies) == list(scenario.policies)
    base = scenario.policy(scenario.baseline)
    calm, labels = worlds(base, base, modes(scenario))
    columns = quantities(list(single.pair), list(labels.rungs))
    for name, found in single.policies.items():
        here, _ = worlds(scenario.policy(name), base, modes(scenario))
        row = dict(zip(columns, exact_crises(here, calm, np.array([0]))[0], strict=True))
        assert found.values["war"] == row["war"]
        assert found.values["first_strike"] == pytest.approx(row["first_strike.north"] + row["first_strike.south"])
        if row["struck.north"] > 0:
            assert found.values["restraint.north"] == pytest.approx(row["restrained.north"] / row["struck.north"])


def test_policies_stand_in_the_scenario_s_order_and_alone_say_the_same() -> None:
    scenario = load_scenario(TINY)
    whole, some = single_crisis(scenario), single_crisis(scenario, ["more_shelter", "as_is"])
    assert list(some.policies) == ["as_is", "more_shelter"]
    assert all(some.policies[name] == whole.policies[name] for name in some.policies)


def test_as_many_courses_as_asked_for() -> None:
    single = single_crisis(load_scenario(TINY), ["as_is"], courses=3)
    assert len(single.policies["as_is"].courses) == 3


def test_an_unknown_policy_is_refused() -> None:
    with pytest.raises(ScenarioError, match="did you mean as_is"):
        single_crisis(load_scenario(TINY), ["as_iss"])


def duel(world: World, opener: int, rung: int) -> World:
    """The world's strikes at one rung as a game of two moves: two rungs, one strike each, nothing hidden."""
    arms, steps, rules = world.arms.copy(), world.steps[:, [0, rung]].copy(), world.rules.copy()
    usable = (arms["low"] <= rung) & (rung <= arms["high"])
    arms["low"], arms["high"] = np.where(usable, 0, 1), np.where(usable, 1, 0)
    steps["effort"][:, 0] = 0.0
    steps["may_climb"] = False
    steps["may_climb"][opener, 1] = True
    rungs = world.rungs[[0, rung]].copy()
    rungs["risk"] = 0.0
    rules["war_rung"], rules["waves"], rules["no_yield"], rules["light_replies"] = 1, 1, 1, 0
    rules["stake_spread"] = rules["resolve_spread"] = 0.0
    rules["opener"] = world.sides[opener]["uid"]
    return world._replace(arms=arms, steps=steps, rungs=rungs, rules=rules)


@pytest.mark.parametrize("opener", [0, 1])
@pytest.mark.parametrize("name", sorted(VARIANTS))
def test_two_move_kernel_is_the_game_with_two_moves(name: str, opener: int) -> None:
    """The four formulas and the general solver agree on the same strikes, whatever the world."""
    world, _ = pair_of_worlds(name)
    small = bundle(duel(world, opener, 3))
    kernel = solved_at_medians(small, small, 1, 1)[2][opener]
    row = exact_crises(small, small, np.array([0]), points=3)[0]
    found = dict(zip(quantities(["0", "1"], ["peace", "war"]), row, strict=True))
    if kernel is None:
        assert world.steps[opener, 3]["effort"] == found[f"first_strike.{opener}"] == 0.0
        return
    assert found[f"first_strike.{opener}"] == pytest.approx(kernel.strikes_first, abs=1e-12)
    answered = found[f"strikes.{1 - opener}"]
    assert answered == pytest.approx(kernel.strikes_first * kernel.answers, abs=1e-12)


def test_kernel_of_the_whole_scenario_reads_the_war_rung() -> None:
    scenario = load_scenario(TINY)
    single = single_crisis(scenario)
    assert single.rung == scenario.war_rung
    for found in single.policies.values():
        for game in found.two_moves:
            assert game is None or (0 <= game.strikes_first <= 1 and math.isfinite(game.answers))
