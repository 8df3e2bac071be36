"""Soils: what falls where, by what arms reach and by the hosts' shares; and what a scenario with hosts becomes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalade.ensemble.build import Names, logit_shift, worlds
from escalade.ensemble.design import modes
from escalade.ensemble.soils import in_turn
from escalade.scenario import Scenario, parse_scenario
from escalade.worlds import Worlds
from tests.scenario.texts import HOSTED

PATRON, RIVAL, NEIGHBOUR, PORT = range(4)
STRAIT = 1


def built(text: str = HOSTED, policy: str = "as_is") -> tuple[Worlds, Names, Scenario]:
    """The scenario with hosts at the most likely values of its inputs."""
    scenario = parse_scenario(text)
    made, names = worlds(scenario.policy(policy), scenario.policy(scenario.baseline), modes(scenario))
    return made, names, scenario


def shares(made: Worlds, pair: int, s: int) -> np.ndarray:
    """Share of all units of each of the rival's arms that falls on each soil [h, k]."""
    rest, found = np.ones(made.falls.shape[-1]), []
    for part in made.falls[0, pair, s]:
        found.append(rest * part)
        rest = rest * (1 - part)
    return np.array(found)


def test_units_go_to_the_hosts_that_they_reach_by_share_and_the_rest_home() -> None:
    made, names, _ = built()
    assert made.soils["side"][0, STRAIT, 0].tolist() == [NEIGHBOUR, PORT, PATRON]
    missiles, rockets, cruisers = (names.arms[RIVAL].index(arm) for arm in ("missiles", "rockets", "cruisers"))
    found = shares(made, STRAIT, 0)
    assert found[:, missiles] == pytest.approx([0.5 / 0.8, 0.3 / 0.8, 0])
    assert found[:, rockets].tolist() == [1, 0, 0]
    assert found[:, cruisers].tolist() == [0, 0, 1]
    assert shares(made, 0, 1)[0].tolist() == [1, 1, 0]  # of the rival's arms on the neighbour, in its own quarrel


def test_without_hosts_all_falls_at_home_with_full_care() -> None:
    made, _, _ = built()
    assert made.soils["side"][0, STRAIT, 1].tolist() == [RIVAL, -1, -1]
    assert made.soils["care"][0, STRAIT, 1, 0] == 1
    assert made.falls[0, STRAIT, 1, 0, 0] == 1


def test_hosts_share_evenly_and_home_gets_nothing_where_no_share_is_given() -> None:
    text = (
        HOSTED.replace(", share: 0.5", "").replace(", share: 0.3", "").replace("reaches: [patron]", "reaches: [port]")
    )
    made, _, _ = built(text)
    assert made.soils["side"][0, STRAIT, 0].tolist() == [NEIGHBOUR, PORT]
    assert shares(made, STRAIT, 0)[:, 0] == pytest.approx([0.5, 0.5])


def test_care_and_the_patrons_beliefs_are_those_of_the_host() -> None:
    made, _, scenario = built()
    hosts = scenario.pairs[STRAIT].hosts["patron"]
    assert made.soils["care"][0, STRAIT, 0].tolist() == [hosts["neighbour"].care.mode, hosts["port"].care.mode, 1]
    believed = logit_shift(np.array([0.95, 0.9]))
    assert made.beliefs[0, PATRON, [NEIGHBOUR, PORT]] == pytest.approx(believed)  # given; and the port's own
    assert made.beliefs[0, RIVAL, NEIGHBOUR] == made.sides["truth"][0, NEIGHBOUR]
    calm, _, _ = built(policy="no_shields")
    assert calm.beliefs[0, PATRON, NEIGHBOUR] == pytest.approx(0.0)


def test_a_yardstick_counts_the_arms_that_the_pair_can_use() -> None:
    made, names, _ = built()
    war = names.rungs.index("open_war")
    border, strait = made.needs[0, 0, 0, war], made.needs[0, STRAIT, 1, war]  # of the rival in either pair
    assert strait - border == pytest.approx(0.8 * 6 * 5)  # the arm that reaches the patron alone


def test_layers_know_which_side_sent_them() -> None:
    made, names, _ = built()
    sent = names.layers[NEIGHBOUR].index("sent")
    assert made.layers["sender"][0, NEIGHBOUR].tolist()[sent] == PATRON
    assert (made.layers["sender"][0, RIVAL] == -1).all()


def test_names_say_who_fights_in_which_pair() -> None:
    _, names, _ = built()
    assert names.pairs == ("at_the_border", "over_the_strait")
    assert (names.focus, names.matches[names.focus]) == (STRAIT, ("patron", "rival"))
    words = names.vocabulary
    assert words.fighting == ("patron", "rival", "neighbour")
    assert (words.focus, words.hosted) == (("patron", "rival"), ("patron",))
    assert words.pairs == {"at_the_border": "Rival and Neighbour", "over_the_strait": "the patron and its rival"}


reached = st.lists(st.booleans(), min_size=1, max_size=4)


@given(reached, st.data())
def test_all_that_reaches_anything_falls_somewhere(soils: list[bool], data: Any) -> None:
    """In turn: shares of what is left, one on the last; nothing on what is not reached; in proportion to the shares."""
    row = data.draw(st.lists(st.sampled_from([0.0, 0.1, 0.3, 0.5]), min_size=len(soils), max_size=len(soils)))
    mask = np.array(soils)
    turns = in_turn(np.array([row]), mask)[0]
    rest, falls = 1.0, []
    for part in turns:
        falls.append(rest * part)
        rest *= 1 - part
    assert rest == (0.0 if mask.any() else 1.0)
    assert all(fall == 0.0 for fall, there in zip(falls, mask, strict=True) if not there)
    weight = np.where(mask, row, 0.0)
    if weight.sum() > 0:
        assert falls == pytest.approx(weight / weight.sum())
    elif mask.any():
        assert falls == pytest.approx(mask / mask.sum())
