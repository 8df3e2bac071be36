"""Inputs: levers and assumptions apart, none left out, counted by what stands behind them."""

from escalade.report.sections import sources


def test_every_input_is_in_one_table(found):
    shown = sources.section(found).shown
    assert sum(len(rows) for _, rows in shown["tables"]) == shown["total"] == len(found.inputs)
    for title, rows in shown["tables"][:2]:
        kind = {"What governments choose": "lever", "What nobody knows": "assumption"}[title]
        assert {row.kind for row in rows} == {kind}


def test_the_counts_add_up(found):
    assert sum(found.standings.values()) == len(found.inputs)
