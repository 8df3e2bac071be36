"""The answer in Python: that of the run where nothing is changed, and what a range does to it."""

import numpy as np
import pytest

from escalade.errors import UsageError
from escalade.lab import at
from escalade.lab.ask import ask, crises_of, lab_outcome
from escalade.lab.setting import Setting
from escalade.report.answer import answer


def test_at_first_it_says_what_the_report_says(made):
    said, whole = ask(made), answer(made)
    assert said.sentence.startswith(f"{whole.headline.lead} {whole.headline.body}")
    assert said.numbers["worlds"] == made.plan.effort.candidates


def test_a_range_is_the_mean_over_the_worlds_in_it(made):
    table, key = crises_of(made), "sides.north.tolerance"
    said = ask(made, Setting(None, {key: (200.0, 500.0)}))
    there = (table.inputs[key] >= 200) & (table.inputs[key] <= 500)
    wars = table.values["as_is"][there, table.columns.index("war")]
    assert said.numbers["with"] == pytest.approx(np.average(wars, weights=table.weight[there]))
    assert said.numbers["worlds"] == there.sum()


def test_the_folder_of_a_run_is_enough(made):
    assert at(made.folder.path, narrow={"sides.north.tolerance": (200, 500)}).numbers["worlds"] < 512


def test_levers_solve_anew(real_run):
    still = ask(real_run).numbers
    moved = ask(real_run, Setting(None, {}, {"sides.north.shelter.coverage": 0.5}))
    assert moved.numbers == pytest.approx(still)  # where shelter stands already
    assert ask(real_run, Setting(None, {}, {"sides.north.shelter.coverage": 1.0})).numbers["with"] != still["with"]


def test_the_outcome_is_a_share_of_crises(made):
    assert lab_outcome(made).id == "war"


@pytest.mark.parametrize("policy", ["no_shield", "nonsense"])
def test_a_policy_that_cannot_be_compared_is_refused(made, policy):
    with pytest.raises(UsageError, match=f'"{policy}"'):
        ask(made, Setting(policy))
