"""How crises run: a staircase whose steps add up to all crises."""

import pytest

from escalade.report.findings import findings
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


def test_ways_of_ending_add_up_to_those_that_go_no_higher(real_run):
    real = findings(real_run)
    for policy in real.both:
        ways, answers = crises.endings(real, policy), real.comparison.policies[policy].crisis
        assert list(ways) == list(real.run.plan.names.vocabulary.rungs)
        for rung, parts in ways.items():
            assert sum(parts) == pytest.approx(100 * answers[f"highest.{rung}"].posterior.mean, abs=1e-9)
        table = crises.staircase(real, policy).table
        assert table.heads[3:] == crises.way_words(real)
        assert all(len(row.cells) == 6 for row in table.sections[0].rows)


def test_a_run_without_them_shows_the_rungs_alone(found):
    assert crises.endings(found, "as_is") == {}
    assert len(crises.staircase(found, "as_is").table.heads) == 3
    assert "From dark to light" not in crises.section(found).shown["climb"]
