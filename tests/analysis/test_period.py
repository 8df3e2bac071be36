"""Levels and differences over the years: they add up, and sums claim the error they have."""

import numpy as np
import pytest

from escalade.analysis.period import Years
from tests.analysis.cases import QUANTITIES, crisis_table, period_table

RNG = np.random.default_rng(5)
EXACT = {"shield": RNG.random(12), "none": RNG.random(12)}
DRAWN = {policy: {"war": x + RNG.normal(0, 0.2, 12)} for policy, x in EXACT.items()}


def _years(weight=None):
    return Years(crisis_table(EXACT, weight), period_table(DRAWN), QUANTITIES, "none")


def test_a_policys_level_is_the_baselines_plus_the_difference():
    years = _years()
    level, base, gap = years.level("war", "shield"), years.level("war", "none"), years.difference("war", "shield")
    assert level.mean == pytest.approx(base.mean + gap.mean, rel=1e-14)
    assert level.rest == pytest.approx(base.rest + gap.rest)
    assert level.fitted == 3


def test_without_controls_the_sum_is_the_plain_mean():
    flat = {policy: np.full(12, 0.3) for policy in EXACT}
    years = Years(crisis_table(flat), period_table(DRAWN), QUANTITIES, "none")
    war = DRAWN["shield"]["war"]
    assert years.level("war", "shield").mean == pytest.approx(war.mean())
    assert years.level("war", "shield").estimate().se == pytest.approx(war.std(ddof=1) / np.sqrt(12))


def test_a_policy_equal_to_the_baseline_has_its_level_exactly():
    same = {"shield": EXACT["none"], "none": EXACT["none"]}
    outcomes = {"shield": DRAWN["none"], "none": DRAWN["none"]}
    years = Years(crisis_table(same), period_table(outcomes), QUANTITIES, "none")
    assert years.level("war", "shield").estimate() == years.level("war", "none").estimate()


def test_the_error_of_a_level_is_what_it_claims():
    # Theory: outcomes are exact values plus luck, so that a level errs around the mean exact value of all candidates.
    rng = np.random.default_rng(17)
    means, errors = [], []
    weight = np.full(60, 1 / 60)
    for _ in range(1500):
        exact = {"shield": rng.random(60), "none": rng.random(60)}
        outcomes = {policy: {"war": x + rng.normal(0, 0.3, 60)} for policy, x in exact.items()}
        crisis = crisis_table(exact, weight)
        level = Years(crisis, period_table(outcomes), QUANTITIES, "none").level("war", "shield").estimate()
        means.append(level.mean - exact["shield"].mean())  # the control's known mean is that of these very candidates
        errors.append(level.se)
    means, errors = np.array(means), np.array(errors)
    assert abs(means.mean()) <= 4 * means.std() / np.sqrt(means.size)
    gap = means**2 - errors**2
    assert abs(gap.mean()) <= 4 * gap.std() / np.sqrt(gap.size) + 0.06 * (means**2).mean()
