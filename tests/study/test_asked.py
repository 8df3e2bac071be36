"""What is asked of a run: names that do not fit are refused with those that do."""

from __future__ import annotations

import pytest

from escalade.errors import UsageError
from escalade.study.asked import named_policy, outcome_of_crisis, require_policy
from escalade.study.results import StoredRun


def test_an_unknown_policy_is_refused(real_run: StoredRun) -> None:
    with pytest.raises(UsageError, match='policy "as_was" is not in this run; it has as_is, no_shield'):
        require_policy(real_run, "as_was")


def test_the_focus_and_the_headline_stand_for_what_is_not_named(real_run: StoredRun) -> None:
    assert named_policy(real_run, None) == real_run.plan.scenario.focus
    assert outcome_of_crisis(real_run, None, "nothing is said").id == real_run.plan.scenario.headline


def test_the_baseline_has_no_effect_of_its_own(real_run: StoredRun) -> None:
    with pytest.raises(UsageError, match='"no_shield" is the baseline; name a policy that is compared with it: as_is'):
        named_policy(real_run, "no_shield")


def test_outcomes_of_the_years_alone_are_refused(real_run: StoredRun) -> None:
    with pytest.raises(UsageError, match='"crises" is not computed per crisis: nothing is said; try war'):
        outcome_of_crisis(real_run, "crises", "nothing is said")
