"""Every kind of error of the schema, with its exact place and its words."""

import pytest

from tests.scenario.texts import edited, only_problem, place, problems

NORTH = "sides.north"
CASES = [
    # name, what is written instead, path, needle (| marks the column), message
    ("unknown key", ("    pressure: 0.5", "    presure: 0.5"), f"{NORTH}.presure", "    |presure", "is not a known key; allowed: name, people, tolerance, affront, pressure, calm, leash, first_strike_cost, people_at_risk, conviction, saturation_neglect, shelter and 3 more; did you mean pressure?"),
    ("unknown key in a number", ("uniform: [0, 0.6]", "uniform: [0, 0.6], sourse: x"), f"{NORTH}.calm.sourse", "|sourse: x", "is not a known key; allowed: value, low, mode, high, uniform, one_of, fact, times, plus, of, source, assumption and 3 more; did you mean source?"),
    ("missing key", ("        name: strike aircraft\n", ""), f"{NORTH}.arms.squadron.name", "      |squadron", "is missing; needed: name of the means, in the plural"),
    ("missing key of the scenario", ("years: 2\n", ""), "years", "|# A small", "is missing; needed: length of the period"),
    ("missing part of a range", ("calm: {uniform: [0, 0.6]", "calm: {low: 0, high: 0.6"), f"{NORTH}.calm.mode", "    |calm", "is missing; needed: most likely value"),
    ("choice", ("facts_from: all", "facts_from: oficial"), "facts_from", "facts_from: |oficial", "is 'oficial'; allowed: official, independent, all; did you mean official?"),
    ("choice of a class", ("class: aircraft", "class: plane"), f"{NORTH}.arms.squadron.class", "class: |plane", "is 'plane'; allowed: rocket, drone, cruise, ballistic, hypersonic, icbm, slbm, aircraft, ground, tunnel"),
    ("key of a closed mapping", ("stops: {ballistic: {low", "stops: {balistic: {low"), f"{NORTH}.shield.layers.upper.stops.balistic", "stops: {|balistic", "is 'balistic'; allowed: rocket, drone, cruise, ballistic, hypersonic, icbm, slbm, aircraft, ground, tunnel; did you mean ballistic?"),
    ("version", ("escalade: 1", "escalade: 2"), "escalade", "escalade: |2", "is 2; allowed: 1"),
    ("probability", ("coverage: 0.5", "coverage: 1.5"), f"{NORTH}.shelter.coverage", "coverage: |1.5", "is 1.5; allowed: 0 to 1"),
    ("probability of a range", ("high: 0.9, assumption", "high: 1.9, assumption"), f"{NORTH}.shelter.effect.high", "high: |1.9", "can be 1.9; allowed: 0 to 1"),
    ("negative count", ("stock: 60", "stock: -60"), f"{NORTH}.arms.squadron.stock", "stock: |-60", "is -60; allowed: at least 0"),
    ("negative end of an even range", ("uniform: [0, 0.6]", "uniform: [-0.1, 0.6]"), f"{NORTH}.calm.uniform[0]", "uniform: [|-0.1", "can be -0.1; allowed: 0 to 1"),
    ("alternative outside", ("one_of: [0.2, 0, 0.8]", "one_of: [0.2, 0, 1.8]"), f"{NORTH}.saturation_neglect.one_of[2]", "[0.2, 0, |1.8", "can be 1.8; allowed: 0 to 1"),
    ("open limit", ("    believes: 0.9\n      bad_night: 0.85".replace("    b", "  b", 1), "  believes: 1\n      bad_night: 0.85"), "sides.south.shield.believes", "believes: |1\n", "is 1; allowed: more than 0 and less than 1"),
    ("truth above what was built", ("truth: 0.88", "truth: 0.95"), "sides.south.shield.truth", "truth: |0.95", "is 0.95; allowed: more than 0 and at most 0.9"),
    ("order of a range", ("{low: 100, mode: 400", "{low: 500, mode: 400"), f"{NORTH}.tolerance.mode", "low: 500, mode: |400", "400 lies outside 500 to 1500; allowed: low <= mode <= high"),
    ("text for a number", ("    leash: 0.1", "    leash: some"), f"{NORTH}.leash", "leash: |some", "the text 'some' is not a number; a number is written 0.8, {low, mode, high}, {uniform: [a, b]}, {one_of: [a, b, ...]}, {fact: id} or {value: 0.8}"),
    ("percentage", ("coverage: 0.5", "coverage: 50 %"), f"{NORTH}.shelter.coverage", "coverage: |50 %", "the text '50 %' is not a number; shares are written from 0 to 1; did you mean 0.5?"),
    ("nothing for a number", ("    leash: 0.1", "    leash:"), f"{NORTH}.leash", "    |leash:\n", "nothing is not a number; a number is written 0.8, {low, mode, high}, {uniform: [a, b]}, {one_of: [a, b, ...]}, {fact: id} or {value: 0.8}"),
    ("both kinds of reason", ('url: "https://example.org/north"', "assumption: judged"), f"{NORTH}.affront.assumption", "assumption: |judged", "has a source and an assumption; a number is either published or judged"),
    ("unknown fact", ("fact: thaad.unit_cost", "fact: thaad.unit_costs"), f"{NORTH}.shield.layers.upper.unit_cost.fact", "fact: |thaad.unit_costs", None),
    ("yes and no", ("light_replies: true", "light_replies: no"), "crisis.light_replies", "light_replies: |no", "is 'no'; allowed: true or false"),
    ("whole number", ("years: 2", "years: 2.5"), "years", "years: |2.5", "is 2.5; allowed: a whole number"),
    ("whole number in words", ("years: 2", 'years: "2"'), "years", 'years: |"2"', "is '2'; allowed: a whole number"),
    ("whole number too small", ("years: 2", "years: 0"), "years", "years: |0", "is 0; allowed: at least 1"),
    ("whole number too large", ("order: 1\n          partner", "order: 100\n          partner"), f"{NORTH}.shield.layers.upper.order", "order: |100", "is 100; allowed: at most 99"),
    ("number for text", ("title: North and South, an invented quarrel", "title: 12"), "title", "title: |12", "is 12; allowed: text (in quotes if it looks like a number)"),
    ("empty text", ("    people: Northerners", '    people: ""'), f"{NORTH}.people", 'people: |""', "is ''; allowed: text that is not empty"),
    ("name", ("name: tiny", "name: Tiny War"), "name", "name: |Tiny War", "is 'Tiny War'; allowed: small letters, digits and _ (- in a scenario's name), a letter first"),
    ("name of a key", ("      guns:", "      Guns!:"), "sides.south.shield.layers[Guns!]", "      |Guns!", "is 'Guns!'; allowed: small letters, digits and _ (- in a scenario's name), a letter first"),
    ("day", ("as_of: 2030-01-01", "as_of: 20300101"), "as_of", "as_of: |20300101", "is 20300101; allowed: a day, written 2025-06-12"),
    ("day that does not exist", ("as_of: 2030-01-01", "as_of: 2030-02-30"), "as_of", "as_of: |2030-02-30", "is '2030-02-30'; allowed: a day, written 2025-06-12"),
    ("list for a mapping", ("    shelter: {coverage: 0.1, effect: 0.5}", "    shelter: [0.1, 0.5]"), "sides.south.shelter", "shelter: |[0.1", "is a list; allowed: a mapping of keys to values"),
    ("mapping for a list", ("deliveries: []\n    arms", "deliveries: {}\n    arms"), f"{NORTH}.shield.layers.lower.deliveries", "deliveries: |{}", "is a mapping; allowed: a list"),
    ("no policies", None, "policies", "policies: |{}", "has 0 entries; allowed: at least 1"),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "path", "needle", "message"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_an_error_has_its_place_and_its_words(edit: tuple[str, str] | None, path: str, needle: str, message: str) -> None:
    text = edited() if edit is None else edited(edit)
    if edit is None:
        text = text[: text.index("\npolicies:")] + "\npolicies: {}\n"
    found = [problem for problem in problems(text) if problem.path == path]
    assert len(found) == 1
    line, column = place(text, needle)
    assert (found[0].file, found[0].line, found[0].column) == ("war.yaml", line, column)
    assert message is None or found[0].message == message


def test_three_sides_are_not_supported_yet() -> None:
    text = edited(("  south:\n    name: South", "  west: {}\n  south:\n    name: South"))
    found = next(problem for problem in problems(text) if problem.path == "sides")
    assert found.message == "a scenario has exactly two sides for now (three sides, and hosts, are not supported yet)"


def test_an_unknown_fact_names_near_ones() -> None:
    assert "did you mean thaad.unit_cost" in only_problem(edited(("fact: thaad.unit_cost", "fact: thaad.unit_costs"))).message


def test_text_from_the_file_cannot_reach_the_terminal_raw() -> None:
    text = edited(("opener: either", 'opener: "\\e[31mred"'))
    (problem,) = problems(text)
    assert "\x1b" not in str(problem)
