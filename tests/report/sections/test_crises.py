"""How crises run: a staircase whose steps add up to all crises."""

import pytest

from escalade.report.sections import crises


@pytest.mark.parametrize("which", [0, 1])
def test_the_steps_of_a_staircase_are_the_rungs_and_add_up(found, which):
    policy = found.both[which]
    table = crises.staircase(found, policy).table
    rungs = found.run.plan.names.vocabulary.rungs
    rows = table.sections[0].rows
    assert [row.cells[0] for row in rows] == list(rungs.values())
    assert [row.key for row in rows] == [f"crisis.highest.{rung}" for rung in rungs]
    lowest = found.comparison.policies[policy].crisis[f"reach.{next(iter(rungs))}"].posterior.mean
    assert sum(float(row.cells[2]) for row in rows) == pytest.approx(100 * lowest, abs=0.2)


def test_the_notes_of_its_rows_exist(found):
    section = crises.section(found)
    for chart, _ in (*section.shown["stairs"], *section.shown["compared"]):
        for row in chart.table.sections[0].rows:
            assert row.key.partition(".")[2] in found.comparison.quantities
