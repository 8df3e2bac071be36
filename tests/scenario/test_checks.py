"""Every check across fields, with its place and its words."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalade.scenario.checks import findings
from tests.scenario.texts import edited, only_problem, place, problems

CASES = [
    # name, edits, path, needle (| marks the column), message
    ("reference year", [("reference_year: 1", "reference_year: 3")], "reference_year", "reference_year: |3", "is 3, after the period ends; allowed: 1 to 2"),
    ("delivery to a layer", [("{year: 2, units: {low: 5", "{year: 5, units: {low: 5")], "sides.north.shield.layers.upper.deliveries[0].year", "{year: |5", "is 5, after the period ends; allowed: 1 to 2"),
    ("delivery of an arm", [("{year: 1, units: 10}", "{year: 3, units: 10}")], "sides.south.arms.missiles.deliveries[0].year", "{year: |3", "is 3, after the period ends; allowed: 1 to 2"),
    ("war rung", [("war: open_war", "war: openwar")], "ladder.war", "war: |openwar", "there is no rung 'openwar'; allowed: talks, border_raid, open_war; did you mean open_war?"),
    ("lowest rung as war", [("war: open_war", "war: talks")], "ladder.war", "war: |talks", "the lowest rung cannot be war; allowed: border_raid, open_war"),
    ("rung of an arm", [("from: border_raid", "from: border_raids")], "sides.north.arms.squadron.from", "from: |border_raids", "there is no rung 'border_raids'; allowed: talks, border_raid, open_war; did you mean border_raid?"),
    ("rungs of an arm in order", [("        from: border_raid\n        to: open_war", "        from: open_war\n        to: border_raid")], "sides.north.arms.squadron.to", "to: |border_raid", "'border_raid' is below 'open_war'; allowed: open_war"),
    ("rung of a side", [("      border_raid: {effort: 0.1", "      border_raids: {effort: 0.1")], "sides.south.ladder.border_raids", "      |border_raids", "there is no rung 'border_raids'; allowed: talks, border_raid, open_war; did you mean border_raid?"),
    ("nuclear arm", [("from: open_war\n        to: open_war", "from: border_raid\n        to: open_war")], "sides.south.arms.last_resort.from", "class: ballistic\n        from: |border_raid\n        to: open_war\n        nuclear: true", "a nuclear arm, but the rung 'border_raid' is not nuclear; allowed: open_war"),
    ("warheads of a reusable arm", [("warheads: 1", "warheads: {low: 1, mode: 1, high: 2}")], "sides.north.arms.squadron.warheads", "warheads: |{low", "a reusable arm carries no warheads or decoys; allowed: 1"),
    ("decoys of a reusable arm", [("decoys: 0", "decoys: 1")], "sides.north.arms.squadron.decoys", "decoys: |1", "a reusable arm carries no warheads or decoys; allowed: 0"),
    ("order of layers", [("order: 2", "order: 1")], "sides.north.shield.layers.lower.order", "own lower layer\n          order: |1", "is 1, as in upper; allowed: a place of its own"),
    ("commitment of one's own layer", [("          partner: ally\n", "")], "sides.north.shield.layers.upper.commitment", "          |commitment", "only a partner's layer has one; add partner: NAME"),
    ("baseline", [("baseline: no_shield", "baseline: noshield")], "baseline", "baseline: |noshield", "there is no policy 'noshield'; allowed: as_is, no_shield, deeper_stocks, more_shelter; did you mean no_shield?"),
    ("focus", [("focus: as_is", "focus: asis")], "focus", "focus: |asis", "there is no policy 'asis'; allowed: as_is, no_shield, deeper_stocks, more_shelter; did you mean as_is?"),
    ("opener", [("opener: either", "opener: nroth")], "crisis.opener", "opener: |nroth", "there is no side 'nroth'; allowed: either, north, south; did you mean north?"),
    ("pair", [("sides: [north, south]\n    crises_per", "sides: [north, west]\n    crises_per")], "pairs[0].sides[1]", "[north, |west]\n    crises_per", "there is no side 'west'; allowed: north, south"),
    ("pair with itself", [("sides: [north, south]\n    crises_per", "sides: [north, north]\n    crises_per")], "pairs[0].sides[1]", "[north, |north]\n    crises_per", "a side has no crises with itself; allowed: north, south"),
    ("pair given twice", [("\nrecord:", "  - {sides: [south, north], crises_per_year: 1}\n\nrecord:")], "pairs[1].sides", "{sides: |[south", "the pair is given twice; allowed: each pair once"),
    ("policy of the record", [("- policy: as_is", "- policy: as_was")], "record.crises[0].policy", "- policy: |as_was", "there is no policy 'as_was'; allowed: as_is, no_shield, deeper_stocks, more_shelter; did you mean as_is?"),
    ("side of the record", [("sides: [north, south]\n      period", "sides: [nroth, south]\n      period")], "record.crises[0].sides[0]", "sides: [|nroth", "there is no side 'nroth'; allowed: north, south; did you mean north?"),
    ("side that began", [("wars_begun: {north: 1, south: 0}", "wars_begun: {north: 1, sout: 0}")], "record.crises[0].wars_begun.sout", "north: 1, |sout", "there is no side 'sout'; allowed: north, south; did you mean south?"),
    ("side that struck", [("south: 2, disputed: 1", "south: 2, unclear: 1")], "record.crises[0].first_strikes.unclear", "south: 2, |unclear", "there is no side 'unclear'; allowed: north, south, disputed"),
    ("reading outside", [("{reading: 9, low: 6", "{reading: 13, low: 6")], "record.crises[0].crises.reading", "reading: |13", "is 13, outside 6 to 12; allowed: low <= reading <= high"),
    ("more wars than crises", [("wars: {reading: 1, low: 1, high: 1}", "wars: {reading: 8, low: 1, high: 8}")], "record.crises[1].wars.reading", "{reading: |8", "is 8, more than the crises; allowed: at most 7"),
    ("more wars than strikes", [("with_any_strike: 6", "with_any_strike: 0"), ("first_strikes: {north: 3, south: 2, disputed: 1}", "first_strikes: null")], "record.crises[0].wars.reading", "wars: {reading: |1", "is 1, more than the crises with a strike; allowed: at most 0"),
    ("more strikes than crises", [("with_any_strike: 6", "with_any_strike: 10")], "record.crises[0].with_any_strike", "strike: |10", "is 10, more than the crises; allowed: at most 9"),
    ("wars begun", [("wars_begun: {north: 1, south: 0}", "wars_begun: {north: 1, south: 1}")], "record.crises[0].wars_begun", "wars_begun: |{north: 1", "adds up to 2; allowed: as many as wars, 1"),
    ("first strikes", [("{north: 3, south: 2, disputed: 1}", "{north: 3, south: 2, disputed: 3}")], "record.crises[0].first_strikes", "first_strikes: |{north: 3", "is 8, more than the crises with a strike; allowed: at most 6"),
    ("headline", [("headline: war", "headline: yield.nroth")], "headline", "headline: |yield.nroth", None),
]  # fmt: skip


@pytest.mark.parametrize(("edits", "path", "needle", "message"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_check_has_its_place_and_its_words(
    edits: list[tuple[str, str]], path: str, needle: str, message: str | None
) -> None:
    text = edited(*edits)
    problem = only_problem(text)
    assert problem.path == path
    assert (problem.line, problem.column) == place(text, needle)
    assert message is None or problem.message == message


def test_a_rung_given_twice() -> None:
    text = edited(("id: border_raid, name", "id: talks, name"))
    found = [problem for problem in problems(text) if problem.path == "ladder.rungs[1].id"]
    assert [problem.message for problem in found] == ["'talks' is given twice; allowed: each rung once"]
    assert (found[0].line, found[0].column) == place(text, "{id: |talks, name: A raid")


def test_an_outcome_proposes_near_ones() -> None:
    problem = only_problem(edited(("headline: war", "headline: yield.nroth")))
    assert problem.message.endswith("did you mean yield.north?")
    assert "stock_end" not in problem.message  # not an outcome of a crisis


def test_what_is_unknown_is_no_contradiction() -> None:
    text = edited(
        ("wars_begun: {north: 1, south: 0}", "wars_begun: {north: 1, south: null}"),
        ("with_any_strike: 6", "with_any_strike: null"),
    )
    assert not list(findings_of(text))


def findings_of(text: str) -> list[Any]:
    from escalade.scenario.reading import read

    return list(findings(read(text.encode(), "war.yaml").data))


def test_all_problems_come_at_once_in_the_order_of_the_file() -> None:
    text = edited(
        ("baseline: no_shield", "baseline: nothing"),
        ("    pressure: 0.5", "    presure: 0.5"),
        ("order: 2", "order: 1"),
        ("reliability: 0.9\n", "reliability: .nan\n"),
        ("coverage: 0.9", "coverage: 9"),
    )
    found = problems(text)
    assert [problem.path for problem in found] == [
        "baseline",
        "sides.north.presure",
        "sides.north.shield.layers.lower.order",
        "sides.south.arms.missiles.reliability",
        "policies.more_shelter.changes[sides.north.shelter.coverage]",
    ]
    assert [problem.line for problem in found] == sorted(problem.line for problem in found)


simple = st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["north", "talks", "either", "x"])
keys = st.sampled_from(
    ["sides", "ladder", "rungs", "id", "arms", "from", "to", "record", "crises", "pairs", "policies", "shield", "layers",
     "order", "years", "deliveries", "year", "reading", "wars", "commitment", "reusable", "warheads", "headline"]
)  # fmt: skip
trees = st.recursive(simple, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=5), max_leaves=30)


@given(trees)
def test_checks_bear_data_of_any_shape(data: Any) -> None:
    for finding in findings(data):
        assert finding.message
