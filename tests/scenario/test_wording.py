"""Every kind of error of the schema, with its exact place and its words."""

from tests.scenario.texts import Case, edited, named, only_problem, place, problems


@named("wording")
def test_an_error_has_its_place_and_its_words(case: Case) -> None:
    found = [problem for problem in problems(case.text) if problem.path == case.path]
    assert len(found) == 1
    assert (found[0].file, found[0].line, found[0].column) == ("war.yaml", *place(case.text, case.at))
    assert case.says is None or found[0].message == case.says


def test_a_scenario_has_a_policy() -> None:
    text = edited()
    text = text[: text.index("\npolicies:")] + "\npolicies: {}\n"
    found = next(problem for problem in problems(text) if problem.path == "policies")
    assert (found.line, found.column) == place(text, "policies: |{}")
    assert found.message == "has 0 entries; allowed: at least 1"


def test_a_side_without_a_part_to_play_is_refused() -> None:
    text = edited(("  south:\n    name: South", "  west: {name: West}\n  south:\n    name: South"))
    found = only_problem(text)
    assert (found.line, found.column) == place(text, "|west: {name")
    assert found.message == "has no crises and hosts nobody; allowed: in a pair, or a host"


def test_an_unknown_fact_names_near_ones() -> None:
    assert (
        "did you mean thaad.unit_cost"
        in only_problem(edited(("fact: thaad.unit_cost", "fact: thaad.unit_costs"))).message
    )


def test_text_from_the_file_cannot_reach_the_terminal_raw() -> None:
    text = edited(("opener: either", 'opener: "\\e[31mred"'))
    (problem,) = problems(text)
    assert "\x1b" not in str(problem)
