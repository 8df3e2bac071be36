"""Comparisons as tables and as JSON: registry ids, nothing invented, nothing lost."""

import json

import pytest

from escalade.analysis.compare import compare
from escalade.report.comparison import as_json, overview, tables
from escalade.report.tables import WIDTH, text
from tests.analysis.cases import QUANTITIES, crisis_table, period_table

NAMES = {"shield": "The shield as it was", "none": "No shield", "more": "A shield with a very long name indeed"}
WAR = {"shield": [0.3, 0.1, 0.2, 0.4], "none": [0.1, 0.2, 0.2, 0.395], "more": [0.2, 0.2, 0.2, 0.3]}


def compared(**options):
    period = period_table({policy: {"war": [2 * x for x in war]} for policy, war in WAR.items()})
    return compare(crisis_table(WAR), period, QUANTITIES, policies=list(WAR), baseline="none", **options)


def test_json_has_the_shape_that_programs_rely_on():
    result = compared()
    data = json.loads(json.dumps(as_json(result), allow_nan=False))
    war = data["policies"]["shield"]["war"]
    assert war["mean"] == result.policies["shield"].period["war"].mean
    assert war["se"] == result.policies["shield"].period["war"].se
    assert war["crisis"]["mean"] == pytest.approx(0.25)
    pair = data["pairs"][0]
    assert (pair["policy"], pair["baseline"]) == ("shield", "none")
    assert pair["crisis"]["war"]["mean"] == pytest.approx(0.25 - 0.22375)
    assert set(pair["crisis"]["war"]["quantiles"]) == {"5", "50", "95"}
    assert pair["crisis"]["worlds"] == {"raises": 0.25, "lowers": 0.25, "neither": 0.5}
    assert pair["crisis"]["ess"] == pytest.approx(4)
    assert set(pair["period"]["war"]) == {"difference", "se", "interval_90"}
    low, high = pair["period"]["war"]["interval_90"]
    assert low <= pair["period"]["war"]["difference"] <= high


def test_json_speaks_the_registrys_ids_only():
    data = as_json(compared())
    for quantities in data["policies"].values():
        assert set(quantities) <= set(QUANTITIES)
    for pair in data["pairs"]:
        assert set(pair["period"]) <= set(QUANTITIES)
        assert set(pair["crisis"]) - {"worlds", "worlds_prior", "ess"} <= set(QUANTITIES)


def test_an_unknown_error_is_null():
    crisis = crisis_table({policy: [0.2] for policy in WAR})
    period = period_table({policy: {"war": [0.2]} for policy in WAR})
    result = compare(crisis, period, QUANTITIES, policies=list(WAR), baseline="none")
    data = as_json(result)
    assert data["policies"]["none"]["war"]["se"] is None
    assert data["pairs"][0]["period"]["war"] == {"difference": 0.0, "se": None, "interval_90": None}
    assert all("nan" not in text(table).lower() for table in tables(result, NAMES))


def test_what_is_nothing_or_does_not_change_is_left_out_of_tables_only():
    nothing = {policy: [0.0] * 4 for policy in WAR}
    result = compare(crisis_table(WAR, deaths_a=nothing), None, QUANTITIES, policies=list(WAR), baseline="none")
    levels, *pairs = tables(result, NAMES)
    assert "deaths" not in text(levels)
    assert "decisions of Syldavia, just struck" in text(levels)
    assert all("just struck" not in text(pair) for pair in pairs)
    assert as_json(result)["policies"]["shield"]["deaths.a"]["crisis"]["mean"] == 0.0


def test_tables_fit_a_terminal_and_have_every_quantity():
    result = compared()
    made = tables(result, NAMES)
    assert [table.title for table in made] == [
        "Per crisis, exact",
        "Over 2 years, simulated",
        "Per crisis: The shield as it was, less No shield",
        "Over 2 years: The shield as it was, less No shield",
        "Per crisis: A shield with a very long name indeed, less No shield",
        "Over 2 years: A shield with a very long name indeed, less No shield",
    ]
    for table in [*made, overview(result, NAMES)]:
        assert max(map(len, text(table).splitlines())) <= WIDTH
    shown = sum(len(section.rows) for section in made[1].sections)
    assert shown == len(result.policies["none"].period)


def test_seven_policies_stand_in_two_tables():
    war = {f"policy{n}": [0.1, 0.2] for n in range(6)} | {"none": [0.1, 0.1]}
    result = compare(crisis_table(war), None, QUANTITIES, policies=list(war), baseline="none")
    made = tables(result, {name: name for name in war})
    levels = [table for table in made if table.title == "Per crisis, exact"]
    assert [len(table.heads) - 1 for table in levels] == [5, 2]


def test_the_overview_shows_the_baseline_without_a_change():
    rows = overview(compared(), NAMES).sections[0].rows
    assert [row.cells[0] for row in rows] == list(NAMES.values())
    assert rows[1].cells[3:] == ("-", "-", "-")
    assert rows[0].cells[1] == "25.0"


def test_rows_explain_themselves_from_the_registry():
    rows = [row for table in tables(compared(), NAMES) for section in table.sections for row in section.rows]
    assert all(row.note.endswith(".") for row in rows)
