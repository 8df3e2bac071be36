"""What a scenario rests on, counted."""

import pytest

from escalade.scenario import inputs, load, parse_scenario
from escalade.scenario.loading import Loaded
from escalade.scenario.reading import read
from escalade.scenario.summary import assumptions, most_won, summary, warnings
from tests.scenario.texts import TINY, TINY_FILE, edited, place


def loaded(text: str) -> Loaded:
    return Loaded(parse_scenario(text), read(text.encode(), "war.yaml"))


def test_every_input_is_counted_once() -> None:
    found = inputs(parse_scenario(TINY))
    counts = summary(parse_scenario(TINY))
    assert counts.policies == ("as_is", "no_shield", "deeper_stocks", "more_shelter")
    assert counts.uncertain + counts.certain == len(found)
    assert counts.sourced + counts.assumptions + counts.choices + counts.defaults == len(found)
    assert counts.assumptions == len(assumptions(found))


def test_a_source_moves_a_number_from_assumed_to_sourced() -> None:
    before = summary(parse_scenario(TINY))
    after = summary(parse_scenario(edited(("    leash: 0.1", "    leash: {value: 0.1, source: The Gazette}"))))
    explained = summary(parse_scenario(edited(("    leash: 0.1", "    leash: {value: 0.1, assumption: judged}"))))
    assert (after.sourced, after.assumptions) == (before.sourced + 1, before.assumptions - 1)
    assert (explained.assumptions, explained.unexplained) == (before.assumptions, before.unexplained - 1)


def test_facts_are_counted_among_the_sourced() -> None:
    assert summary(parse_scenario(TINY)).facts == 1


def test_a_reported_range_that_enters_as_hard_limits_is_worth_a_look() -> None:
    (warning,) = warnings(loaded(TINY))
    assert warning.path == "sides.north.shield.layers.upper.unit_cost"
    assert (warning.line, warning.column) == place(TINY, "unit_cost: |{fact")
    assert warning.message.startswith("the range reported by thaad.unit_cost, 11,000,000 to 13,000,000, enters as hard")


def test_so_is_one_that_a_policy_brings_once() -> None:
    text = edited(
        ("{fact: thaad.unit_cost}", "1"),
        ("sides.north.shelter.coverage: 0.9", "sides.north.shield.layers.*.unit_cost: {fact: thaad.unit_cost}"),
    )
    (warning,) = warnings(loaded(text))
    assert warning.path == "policies.more_shelter.changes[sides.north.shield.layers.*.unit_cost]"


def test_winning_more_than_everything_is_worth_a_look() -> None:
    text = edited(
        ("{fact: thaad.unit_cost}", "1"), ("objective: 0.15", "objective: 0.9"), ("objective: 0.02", "objective: 0.5")
    )
    (warning,) = warnings(loaded(text))
    assert warning.path == "sides.south.ladder"
    # Two waves at each rung: 1 - .1^2 + 1 - .5^2.
    assert "could win 1.74 of the objective" in warning.message


def test_what_a_side_could_win_at_most() -> None:
    south = parse_scenario(TINY).sides["south"]
    assert most_won(south, 1) == pytest.approx(0.02 + 0.15)
    assert most_won(south, 0) == 0


def test_positions_survive_loading_from_a_file() -> None:
    assert [warning.file for warning in warnings(load(TINY_FILE))] == [str(TINY_FILE)]
