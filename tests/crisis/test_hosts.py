"""Patrons and hosts, third sides: what they must and must not change, in exact crises and in histories."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from escalade.crisis.exact import exact_crises, quantities
from escalade.crisis.tree import CLIMB
from escalade.worlds import World
from tests.crisis.cases import exact, solved
from tests.history.cases import histories, names
from tests.verification import worlds_by_hand as by_hand
from tests.verification.worlds_by_hand import PLAIN, bundle, changed, layer, world_of

STAKES = [(own, other) for own in np.linspace(-2, 2, 4) for other in np.linspace(-2, 2, 4)]


def protected(care: float, base: by_hand.Changes = PLAIN, **host: Any) -> by_hand.Changes:
    """A world in which all strikes on the first side fall on a host with the first side's people and shield."""
    home = base["sides"][0]
    return changed(
        base,
        sides=[*base["sides"], {"uid": 2} | {key: home[key] for key in home if key != "uid"} | host],
        arms=[*base["arms"], []],
        layers=[[], base["layers"][1], base["layers"][0]],
        beliefs=[[0.0, 0.0, 0.5], [0.1, 0.3, -0.2], [0.0, 0.0, 0.0]],
        steps=[*base["steps"], base["steps"][0]],
        hosts=[(0, 0, [(2, care, [1.0, 1.0])])],
    )


def allied(joins: float, leash: float = 0.0) -> by_hand.Changes:
    """A host in whose shield a partner's layer stands that comes less readily when the patron has struck first."""
    ally = layer({by_hand.BALLISTIC: 0.8}, partner=1, defends=0.9, joins=joins, stock=60.0, channels=40.0)
    setup = protected(1.0, by_hand.strikes_from_the_start())
    layers = [*setup["layers"][:2], [ally, *setup["layers"][2]]]
    return changed(setup, layers=layers, sides=[setup["sides"][0] | {"leash": leash}, *setup["sides"][1:]])


def test_at_full_care_a_host_like_oneself_is_as_good_as_ones_own_shield() -> None:
    """Every number of a crisis, and every outcome of a history but whose people and interceptors they are."""
    own, hosted = world_of(PLAIN), world_of(protected(1.0))
    assert exact(hosted) == exact(own)
    one, other = histories(own, own, 20), histories(hosted, hosted, 20)
    for column, values in one.items():
        outcome, *place = column.split(".")
        moved = outcome in ("deaths", "interceptors", "interceptors_end") and place[0] == "0"
        if outcome not in ("cost", "spending"):
            there = ".".join([outcome, "2", *place[1:]]) if moved else column
            assert np.array_equal(values, other[there]), column
    total = sum(other[f"cost.{side}"] for side in range(3))
    assert total == pytest.approx(one["cost.0"] + one["cost.1"])


def test_without_care_the_hosts_dead_hold_nobody_back() -> None:
    """More deadly arms, less shelter: more dead, and not one decision that changes."""
    for bare in ({"coverage": 0.0}, {"coverage": 1.0, "effect": 1.0}):
        one, other = exact(world_of(protected(0.0))), exact(world_of(protected(0.0, **bare)))
        assert one["deaths.0"] != other["deaths.0"]
        assert {k: v for k, v in one.items() if k != "deaths.0"} == {k: v for k, v in other.items() if k != "deaths.0"}
    some = exact(world_of(protected(0.5)))
    assert some["war"] != exact(world_of(protected(0.0)))["war"]


def test_what_reaches_no_soil_is_not_used_and_counts_for_no_yardstick() -> None:
    setup = protected(1.0)
    only = world_of(changed(setup, hosts=[(0, 0, [(2, 1.0, [0.0, 1.0])])]))
    found = histories(only, only, 20)
    assert (found["fired.1.0"] == 0).all()
    assert (found["fired.1.1"] > 0).any()
    assert (only.needs[0, 1] < world_of(setup).needs[0, 1])[2:].all()


def test_units_are_shared_out_whole_and_none_is_lost() -> None:
    """Two hosts with the same people and no shield, each with half: as many units as one with all."""
    bare = changed(protected(1.0), layers=[[], PLAIN["layers"][1], []])
    two = changed(
        bare,
        sides=[*bare["sides"], bare["sides"][2] | {"uid": 3}],
        arms=[*bare["arms"], []],
        layers=[*bare["layers"], []],
        beliefs=np.zeros((4, 4)),
        steps=[*bare["steps"], bare["steps"][0]],
        hosts=[(0, 0, [(2, 1.0, [0.5, 0.5]), (3, 1.0, [1.0, 1.0])])],
    )
    one, other = world_of(changed(bare, beliefs=np.zeros((3, 3)))), world_of(two)
    whole, parts = exact(one), exact(other)
    for name, value in whole.items():  # without a limit of people deaths are linear
        assert parts[name] == pytest.approx(value, rel=1e-9, abs=1e-12), name
    found = histories(other, other, 20)
    assert np.array_equal(found["fired.1.0"] % 1, np.zeros(20))


@pytest.mark.parametrize("leash", [0.0, 0.2])
def test_t12_a_condition_on_the_patron_leaves_the_rivals_first_strike_alone(leash: float) -> None:
    """T12 with a host: what follows a first strike of the rival is the same, whatever help the patron's would get."""
    worth = []
    for joins in (0.9, 0.2, 0.0):
        game = solved(world_of(allied(joins, leash)), STAKES)
        worth.append(game.utility(game.edge(game.opening(1), CLIMB)))
    for other in worth[1:]:
        assert other == pytest.approx(worth[0], abs=1e-12)


def test_t12_a_condition_lowers_the_patrons_own_first_strikes() -> None:
    """T12 with a host: a patron that alone may begin stands there without the partner, and strikes less."""

    def first(joins: float) -> float:
        setup = allied(joins)
        idle = [step | {"may_climb": 0} for step in setup["steps"][1]]
        steps = [setup["steps"][0], idle, setup["steps"][2]]
        return exact(world_of(changed(setup, steps=steps, rules=setup["rules"] | {"opener": 0})))["first_strike.0"]

    assert first(0.9) > first(0.2) > first(0.0)


def test_layers_that_the_patron_sends_are_its_own() -> None:
    """They come whoever strikes first, and nobody is on a leash for them; for another side they are a partner's."""
    setup = allied(0.2, leash=0.3)
    layers = [*setup["layers"][:2], [one | ({"sender": 0} if one.get("partner") else {}) for one in setup["layers"][2]]]
    sent, sure = changed(setup, layers=layers), allied(1.0)
    certain = [
        *sure["layers"][:2],
        [one | ({"defends": 1.0} if one.get("partner") else {}) for one in sure["layers"][2]],
    ]
    assert exact(world_of(sent)) == exact(world_of(changed(sure, layers=certain)))
    assert exact(world_of(sent)) != exact(world_of(setup))


def crisis_of(world: World, pair: int) -> dict[str, float]:
    """The exact crisis of one pair."""
    columns = quantities(["0", "1"], [str(r) for r in range(len(world.rungs))])
    row = exact_crises(bundle(world), bundle(world), np.array([0]), 13, pair=pair)[0]
    return dict(zip(columns, row.tolist(), strict=True))


def only(pair: int) -> World:
    """Three sides of which one pair has crises."""
    world = world_of(by_hand.three_sides())
    pairs = world.pairs.copy()
    pairs["rate"][[p for p in range(3) if p != pair]] = 0.0
    return world._replace(pairs=pairs)


@pytest.mark.parametrize(("pair", "third"), [(0, 2), (1, 0), (2, 1)])
def test_a_crisis_leaves_the_stocks_of_third_sides_alone(pair: int, third: int) -> None:
    world = only(pair)
    found = histories(world, world, 12)
    assert found["strikes.0"].sum() + found["strikes.1"].sum() + found["strikes.2"].sum() > 0
    for column in (name for name in names(world) if f".{third}" in name[: name.rfind(".") + 2]):
        outcome, side, *_ = column.split(".")
        if int(side) == third and (outcome.endswith("_end") or outcome == "spending"):
            assert (found[column] == found[column][0]).all(), column
        elif int(side) == third and not outcome.endswith("_between") and outcome != "cost":  # it pays for what it lent
            assert (found[column] == 0).all(), column


def test_a_pair_that_never_quarrels_changes_nothing() -> None:
    world = only(0)
    alone = world._replace(pairs=world.pairs[:1], soils=world.soils[:1], falls=world.falls[:1], needs=world.needs[:1])
    assert crisis_of(world, 0) == crisis_of(alone, 0)
    one, other = histories(alone, alone, 12), histories(world, world, 12)
    assert all(np.array_equal(values, other[column]) for column, values in one.items())


def test_third_sides_learn_from_what_they_see() -> None:
    """With the second pair's crises after the first's, a third side that could not learn would behave otherwise."""
    world = world_of(by_hand.three_sides())
    firm = world.sides.copy()
    firm["conviction"][2] = 1e12
    busy, stubborn = histories(world, world, 40), histories(world._replace(sides=firm), world._replace(sides=firm), 40)
    assert any(not np.array_equal(values, stubborn[column]) for column, values in busy.items())
    one, other = only(0), only(0)._replace(sides=firm)  # in a quarrel of others it decides nothing
    assert all(np.array_equal(v, histories(other, other, 12)[k]) for k, v in histories(one, one, 12).items())
