"""Checks of pairs and hosts: each with its place and its words; and what a right scenario with hosts becomes."""

from escalade.scenario import parse_scenario
from escalade.scenario.pairs import fighting, keys_of
from tests.scenario.texts import HOSTED, Case, named, only_problem, place


def edited(case: Case) -> str:
    """The scenario with hosts, broken."""
    text = HOSTED
    for old, new in case.edits:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


@named("pairs")
def test_a_check_has_its_place_and_its_words(case: Case) -> None:
    text = edited(case)
    problem = only_problem(text)
    assert problem.path == case.path
    assert (problem.line, problem.column) == place(text, case.at)
    assert problem.message == case.says


def test_pairs_have_ids_and_one_is_in_focus() -> None:
    scenario = parse_scenario(HOSTED)
    assert [pair.key for pair in scenario.pairs] == ["at_the_border", "over_the_strait"]
    assert scenario.pair_in_focus == 1
    assert scenario.pair_of(("rival", "patron")) == 1
    without = parse_scenario(
        HOSTED.replace("focus_pair: over_the_strait\n", "")
        .replace("sides: [patron, rival]\n      p", "sides: [rival, neighbour]\n      p")
        .replace("{patron: 1, rival: 0}", "{rival: 1, neighbour: 0}")
    )
    assert without.pair_in_focus == 0


def test_a_side_that_only_hosts_does_not_fight() -> None:
    data = {"sides": {"a": {}, "b": {}, "c": {}}, "pairs": [{"sides": ["a", "b"], "hosts": {"a": {"c": {}}}}]}
    assert fighting(data) == ["a", "b"]
    assert keys_of(data) == ["a_b"]
    assert fighting({"sides": data["sides"], "pairs": 3}) == ["a", "b", "c"]
