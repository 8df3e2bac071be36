"""Golden sentences: every headline, both clocks, and what goes with them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalade.analysis.clustered import Estimate
from escalade.analysis.compare import compare
from escalade.analysis.verdict import Verdict
from escalade.quantities import Vocabulary, catalogue
from escalade.report.sentences import HEADLINES, Wording, change, headline, scale, so_far, whole_shares, years
from tests.analysis.cases import QUANTITIES, crisis_table, period_table

WORDS = Wording(
    {"shield": "with the shield", "none": "without the shield"},
    "open war or worse",
    {"a": "Syldavia", "b": "Borduria"},
    has_record=True,
)
N = 100


def effects(up, down):
    """Exact crises: war in 20 of 100 without the shield; 5 more with it in ``up`` worlds, 5 fewer in ``down``."""
    effect = np.zeros(N)
    effect[:up], effect[up : up + down] = 0.05, -0.05
    return {"shield": 0.2 + effect, "none": np.full(N, 0.2)}


def histories(mean, sd, level=0.37, outcome="war"):
    """Periods: the outcome at ``level`` without the shield; the paired difference has this mean and spread."""
    z = np.tile([1.0, -1.0], N // 2)
    crises = {"crises": np.full(N, 2.5)}
    return period_table(
        {"shield": {outcome: level + mean + sd * z, **crises}, "none": {outcome: np.full(N, level), **crises}}
    )


def said(war, period=None, outcome="war", words=WORDS, **options):
    result = compare(
        crisis_table(war, **options), period, QUANTITIES, policies=list(war), baseline="none", outcome=outcome
    )
    return headline(result, "shield", words)


WORLDS = (
    "Of 100 sets of assumptions that we hold plausible, war is more likely with the shield than without the shield "
    "in {}, less likely in {}, and in {} the difference is too small to tell."
)


@pytest.mark.parametrize(
    ("war", "verdict", "lead", "body"),
    [
        (effects(84, 6), Verdict.MORE, "More likely.", WORLDS.format(84, 6, 10)),
        (effects(5, 70), Verdict.LESS, "Less likely.", WORLDS.format(5, 70, 25)),
        (effects(58, 24), Verdict.DEPENDS, "It depends.", WORLDS.format(58, 24, 18)),
        (
            effects(30, 10),
            Verdict.LEANS_MORE,
            "Mostly too close to tell; where it differs, more likely.",
            WORLDS.format(30, 10, 60),
        ),
        (
            effects(10, 30),
            Verdict.LEANS_LESS,
            "Mostly too close to tell; where it differs, less likely.",
            WORLDS.format(10, 30, 60),
        ),
        (effects(3, 4), Verdict.LITTLE, "Little difference.", WORLDS.format(3, 4, 93)),
        (
            {"shield": np.full(N, 0.0004), "none": np.full(N, 0.0002)},
            Verdict.RARE,
            "Too rare to tell.",
            "War: fewer than 1 in 1,000 crises both with the shield and without the shield, "
            "too few to tell the two apart.",
        ),
    ],
    ids=lambda value: value.value if isinstance(value, Verdict) else "",
)
def test_headlines_per_crisis(war, verdict, lead, body):
    answer = said(war)
    assert (answer.verdict, answer.lead, answer.body) == (verdict, lead, body)


USED = 'The figure "interceptors used by Syldavia" over 2 years'


# 100 worlds, difference .25 with standard deviation 3: standard error .3015 by the closed form of a sample mean
# (z alternates, so sd 3 has a sample variance of 9 * 100/99), Student's t(99) at .95 is 1.6604: half-width .5006.
@pytest.mark.parametrize(
    ("mean", "sd", "verdict", "lead", "body"),
    [
        (
            2.0,
            3.0,
            Verdict.MORE,
            "Higher.",
            f"{USED} is higher with the shield than without the shield.",
        ),
        (
            -2.0,
            3.0,
            Verdict.LESS,
            "Lower.",
            f"{USED} is lower with the shield than without the shield.",
        ),
        (
            0.0,
            0.0,
            Verdict.LITTLE,
            "Little difference.",
            f"{USED} is about the same with the shield and without the shield.",
        ),
        (
            0.25,
            3.0,
            Verdict.NOT_ENOUGH,
            "Not enough runs to tell.",
            f"{USED}: the 90 % interval of the difference, "
            "0.25 less to 0.75 more, holds zero; about 410 sets of assumptions would tell, 100 were run.",
        ),
    ],
    ids=["more", "less", "little difference", "not enough runs"],
)
def test_headlines_of_an_outcome_that_is_known_per_period_only(mean, sd, verdict, lead, body):
    period = histories(mean, sd, level=3.0, outcome="interceptors.a.upper")
    answer = said(effects(30, 10), period, outcome="interceptors.a")
    assert (answer.verdict, answer.lead, answer.body) == (verdict, lead, body)


def test_every_verdict_has_a_template():
    assert set(HEADLINES) == set(Verdict)


def test_levels_on_both_clocks():
    # Difference .08, sd .18: half-width 1.6604 x .18 x sqrt(100/99)/10 = .0300.
    answer = said(effects(84, 6), histories(0.08, 0.18))
    assert answer.levels == (
        "Of 100 crises: war in 24 with the shield and 20 without the shield.",
        "Over 2 years: war in 45 of 100 with the shield and 37 without the shield; 8 more (90 % interval 5 to 11).",
        '"War" here means open war or worse.',
        "A serious crisis comes about every 10 months.",
    )


def test_opposite_clocks_are_both_told():
    answer = said(effects(5, 70), histories(0.08, 0.18))
    assert answer.lead == "Per crisis less likely, over 2 years more likely."
    answer = said(effects(70, 5), histories(-0.08, 0.18))
    assert answer.lead == "Per crisis more likely, over 2 years less likely."
    assert "29 of 100 with the shield and 37 without the shield; 8 fewer (90 % interval 5 to 11)" in answer.levels[1]


def test_too_few_histories_say_how_many_are_needed():
    # Half-width .0300 x .6/.18 = .1001, to be narrowed to the difference .02: 100 x 25.06 worlds.
    answer = said(effects(84, 6), histories(0.02, 0.6))
    assert answer.lead == "More likely."
    assert answer.levels[1:3] == (
        "Over 2 years: war in 39 of 100 with the shield and 37 without the shield; "
        "2 more (90 % interval 8 fewer to 12 more).",
        "For the years there are not enough runs to tell: about 2,600 sets of assumptions would do, 100 were run.",
    )


def test_numbers_that_do_not_add_up_are_said_to_be_rounded():
    answer = said(effects(84, 6), histories(0.072, 0.18, level=0.374))
    assert answer.levels[1] == (
        "Over 2 years: war in 45 of 100 with the shield and 37 without the shield; "
        "7 more (90 % interval 4 to 10; figures rounded)."
    )


def test_a_rare_outcome_is_told_of_a_thousand_or_more():
    war = {"shield": np.full(N, 0.004), "none": np.full(N, 0.002)}
    assert said(war).levels[0] == "Of 1,000 crises: war in 4 with the shield and 2 without the shield."
    war = {"shield": np.full(N, 0.0004), "none": np.full(N, 0.0002)}
    answer = said(war, histories(0.0002, 0.0001, level=0.0003))
    assert answer.levels[0] == "Of 10,000 crises: war in 4 with the shield and 2 without the shield."
    assert answer.levels[1] == (
        "Over 2 years: war in fewer than 1 of 1,000 histories both with the shield and without the shield."
    )


def test_an_outcome_that_is_no_share_is_told_in_its_own_unit():
    deaths = {"shield": np.full(N, 120.0), "none": np.full(N, 350.0)}
    answer = said(effects(30, 10), outcome="deaths.a", deaths_a=deaths)
    assert answer.lead == "Lower."
    assert answer.levels == (
        'Per crisis: the figure "deaths, Syldavia" is 120 with the shield and 350 without the shield.',
    )


def test_a_ratio_is_told_of_a_hundred():
    struck = {"struck_a": {"shield": np.full(N, 2.0)}, "restrained_a": {"shield": np.full(N, 1.5)}}
    answer = said(effects(30, 10), outcome="restraint.a", **struck)
    assert answer.levels == (
        'Per crisis: the figure "restraint of Syldavia" is 75.0 of 100 with the shield and 100.0 of 100 '
        "without the shield.",
    )


def test_another_share_is_named_as_the_case_that_is_counted():
    quantities = catalogue(Vocabulary({"a": "Syldavia"}, {}, {}, {}))
    table = crisis_table({"shield": [0.2], "none": [0.1]})
    values = {"shield": np.array([[0.2, 0.4]]), "none": np.array([[0.1, 0.3]])}
    table = type(table)(("war", "first_strike.a"), values, table.weight, table.multiplicity, {})
    result = compare(table, None, quantities, policies=["shield", "none"], baseline="none", outcome="first_strike.a")
    answer = headline(result, "shield", WORDS)
    assert answer.lead == "Higher."
    assert answer.levels == (
        'Of 100 crises: "Syldavia strikes first" in 40 with the shield and 30 without the shield.',
    )


def test_an_outcome_that_was_not_computed_is_no_answer():
    assert said(effects(84, 6), outcome="reach.war").lead == "No answer."


def test_kinds_of_war_who_strikes_and_who_backs_down():
    sides = {"a": "Syldavia", "b": "Borduria"}
    quantities = catalogue(Vocabulary(sides, {}, {}, {}))
    table = crisis_table({"shield": [0.2, 0.4], "none": [0.1, 0.1]})
    names = ("war", "war_foreseen", "war_misjudged", "war_tremble", "war_accident", "first_strike.a", "yield.b")
    values = {
        "shield": np.array([[0.2, 0.05, 0.1, 0.05, 0.0, 0.4, 0.1], [0.4, 0.1, 0.2, 0.1, 0.0, 0.5, 0.2]]),
        "none": np.array([[0.1, 0.03, 0.03, 0.03, 0.01, 0.3, 0.3], [0.1, 0.03, 0.03, 0.03, 0.01, 0.3, 0.3]]),
    }
    table = type(table)(names, values, table.weight, table.multiplicity, {})
    result = compare(table, None, quantities, policies=["shield", "none"], baseline="none")
    assert headline(result, "shield", WORDS).details == (
        "Of 100 wars with the shield, 25 are foreseen, 50 misjudged, 25 trembles and 0 accidents.",
        "Of 100 wars without the shield, 30 are foreseen, 30 misjudged, 30 trembles and 10 accidents.",
        "Syldavia strikes first in 45 of 100 crises with the shield and 30 without the shield.",
        "Borduria backs down in 15 of 100 crises with the shield and 30 without the shield.",
        "What past crises say: 20 more in 100 crises without the record, 20 more with it; "
        "2 sets of assumptions have the weight of 2.",
    )


def test_a_record_that_is_hard_to_explain_is_a_warning():
    weight = np.full(N, 0.001 / (N - 1))
    weight[0] = 0.999
    assert said(effects(84, 6), weight=weight).warnings == (
        "Beware: the record is hard to explain under these assumptions; 100 sets of them have the weight of "
        "no more than 1.",
    )
    assert said(effects(84, 6)).warnings == ()


def test_without_a_record_it_says_so():
    bare = Wording(WORDS.policies, WORDS.war_means, WORDS.sides, has_record=False)
    answer = said(effects(84, 6), words=bare)
    assert answer.details == ("No past crises are on record: all 100 sets of assumptions count the same.",)


def test_the_answer_so_far_has_its_interval():
    result = compare(crisis_table(effects(84, 6)), None, QUANTITIES, policies=["shield"], baseline="none")
    assert so_far(result, "shield", WORDS) == (
        "Of 100 crises: war in 24 with the shield and 20 without the shield; "
        "+3.9 (-5.0 to +5.0 in 90 of 100 sets of assumptions)."
    )
    period = histories(0.08, 0.18)
    result = compare(crisis_table(effects(84, 6)), period, QUANTITIES, policies=["shield"], baseline="none")
    assert so_far(result, "shield", WORDS) == (
        "Over 2 years: war in 45 of 100 with the shield and 37 without the shield; 8 more (90 % interval 5 to 11)."
    )


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6).filter(lambda shares: sum(shares) > 1e-6))
def test_whole_shares_sum_to_a_hundred_and_are_near(shares):
    whole = whole_shares(shares)
    assert sum(whole) == 100
    assert all(abs(n - 100 * share / sum(shares)) < 1 + 1e-6 for n, share in zip(whole, shares, strict=True))


@pytest.mark.parametrize(("values", "many"), [([0.2, 0.1], 100), ([0.009, 0.0], 1000), ([0.0002], 10_000)])
def test_scale_makes_the_larger_number_at_least_one(values, many):
    assert scale(values) == many


def test_one_year_is_one_year():
    assert (years(1), years(2)) == ("1 year", "2 years")


def test_an_unknown_interval_is_said_to_be_unknown():
    assert change(Estimate(0.08, None, None), QUANTITIES["war"], 100) == "8 more (90 % interval unknown)"
