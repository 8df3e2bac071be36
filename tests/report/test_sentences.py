"""The numbers in the sentences, and what they open to; how sentences read is in ``test_headlines``."""

import numpy as np
import pytest

from escalade.analysis.compare import compare
from escalade.analysis.verdict import Verdict
from escalade.quantities import RUN_NUMBERS, Vocabulary, catalogue
from escalade.report.sentence import Sentence
from escalade.report.sentences import HEADLINES, PERIOD_ONLY, Wording, alone, headline, so_far
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


def words_of(sentence, *names):
    return tuple(sentence.words[name] for name in names)


@pytest.mark.parametrize(
    ("up", "down", "verdict"),
    [
        (84, 6, Verdict.MORE),
        (5, 70, Verdict.LESS),
        (58, 24, Verdict.DEPENDS),
        (30, 10, Verdict.LEANS_MORE),
        (10, 30, Verdict.LEANS_LESS),
        (3, 4, Verdict.LITTLE),
    ],
    ids=lambda value: value.value if isinstance(value, Verdict) else "",
)
def test_a_headline_counts_sets_of_assumptions(up, down, verdict):
    answer = said(effects(up, down))
    assert answer.verdict is verdict
    assert words_of(answer.body, "raises", "lowers", "neither") == (str(up), str(down), str(100 - up - down))


# 100 worlds, difference .25 with standard deviation 3: standard error .3015 by the closed form of a sample mean
# (z alternates, so sd 3 has a sample variance of 9 * 100/99), Student's t(99) at .95 is 1.6604: half-width .5006,
# to be narrowed to the difference itself: 100 x (.5006/.25)^2 = 401 worlds, said with two digits.
@pytest.mark.parametrize(
    ("mean", "sd", "verdict"),
    [
        (2.0, 3.0, Verdict.MORE),
        (-2.0, 3.0, Verdict.LESS),
        (0.0, 0.0, Verdict.LITTLE),
        (0.25, 3.0, Verdict.NOT_ENOUGH),
    ],
    ids=["more", "less", "little difference", "not enough runs"],
)
def test_headlines_of_an_outcome_that_is_known_per_period_only(mean, sd, verdict):
    period = histories(mean, sd, level=3.0, outcome="interceptors.a.upper")
    answer = said(effects(30, 10), period, outcome="interceptors.a")
    assert answer.verdict is verdict
    if verdict is Verdict.NOT_ENOUGH:
        numbers = words_of(answer.body, "interval", "Needed", "drawn")
        assert numbers == ("0.25 less to 0.75 more", "About 410", "100")


def test_every_verdict_has_a_template():
    assert set(HEADLINES) == set(Verdict)
    assert set(PERIOD_ONLY) < set(Verdict)


def test_levels_on_both_clocks():
    # Difference .08, sd .18: half-width 1.6604 x .18 x sqrt(100/99)/10 = .0300.
    crisis, years, meaning, every = said(effects(84, 6), histories(0.08, 0.18)).levels
    assert words_of(crisis, "many", "one", "other") == ("100", "24", "20")
    assert words_of(years, "many", "one", "other", "change") == ("100", "45", "37", "8 more (90 % interval 5 to 11)")
    assert meaning == '"War" here means open war or worse.'
    assert words_of(every, "interval") == ("10 months",)


def test_opposite_clocks_are_both_told():
    assert said(effects(5, 70), histories(0.08, 0.18)).lead == "Per crisis less likely, over 2 years more likely."
    assert said(effects(70, 5), histories(-0.08, 0.18)).lead == "Per crisis more likely, over 2 years less likely."


def test_too_few_histories_say_how_many_are_needed():
    # Half-width .0300 x .6/.18 = .1001, to be narrowed to the difference .02: 100 x 25.06 worlds.
    answer = said(effects(84, 6), histories(0.02, 0.6))
    assert answer.lead == "More likely."
    assert words_of(answer.levels[1], "change") == ("2 more (90 % interval 8 fewer to 12 more)",)
    assert words_of(answer.levels[2], "needed", "drawn") == ("about 2,600", "100")


def test_numbers_that_do_not_add_up_are_said_to_be_rounded():
    answer = said(effects(84, 6), histories(0.072, 0.18, level=0.374))
    numbers = words_of(answer.levels[1], "one", "other", "change")
    assert numbers == ("45", "37", "7 more (90 % interval 4 to 10; figures rounded)")


def test_a_rare_outcome_is_told_of_a_thousand_or_more():
    war = {"shield": np.full(N, 0.004), "none": np.full(N, 0.002)}
    assert words_of(said(war).levels[0], "many", "one", "other") == ("1,000", "4", "2")
    war = {"shield": np.full(N, 0.0004), "none": np.full(N, 0.0002)}
    answer = said(war, histories(0.0002, 0.0001, level=0.0003))
    assert answer.verdict is Verdict.RARE
    assert words_of(answer.levels[0], "many", "one", "other") == ("10,000", "4", "2")
    assert "fewer than 1 of 1,000" in answer.levels[1]


def test_an_outcome_that_is_no_share_is_told_in_its_own_unit():
    deaths = {"shield": np.full(N, 120.0), "none": np.full(N, 350.0)}
    answer = said(effects(30, 10), outcome="deaths.a", deaths_a=deaths)
    assert answer.lead == "Lower."
    assert words_of(answer.levels[0], "one", "other") == ("120", "350")


def test_a_ratio_is_told_of_a_hundred():
    struck = {"struck_a": {"shield": np.full(N, 2.0)}, "restrained_a": {"shield": np.full(N, 1.5)}}
    answer = said(effects(30, 10), outcome="restraint.a", **struck)
    assert words_of(answer.levels[0], "one", "other", "of") == ("75", "100", "decisions of Syldavia when struck")
    assert words_of(answer.details[0], "before", "after") == ("25 fewer", "25 fewer")


def test_an_outcome_that_was_not_computed_is_no_answer():
    answer = said(effects(84, 6), outcome="reach.war")
    assert (answer.verdict, answer.lead, answer.levels) == (None, "No answer.", ())


def told():
    """A comparison with kinds of war, who strikes first, and who backs down, in two worlds."""
    names = ("war", "war_foreseen", "war_misjudged", "war_tremble", "war_accident", "first_strike.a", "yield.b")
    values = {
        "shield": np.array([[0.2, 0.05, 0.1, 0.05, 0.0, 0.4, 0.1], [0.4, 0.1, 0.2, 0.1, 0.0, 0.5, 0.2]]),
        "none": np.array([[0.1, 0.03, 0.03, 0.03, 0.01, 0.3, 0.3], [0.1, 0.03, 0.03, 0.03, 0.01, 0.3, 0.3]]),
    }
    table = crisis_table({"shield": [0.2, 0.4], "none": [0.1, 0.1]})
    table = type(table)(names, values, table.weight, table.multiplicity, {})
    quantities = catalogue(Vocabulary({"a": "Syldavia", "b": "Borduria"}, {}, {}, {}))
    return compare(table, None, quantities, policies=["shield", "none"], baseline="none")


def test_kinds_of_war_who_strikes_and_who_backs_down():
    with_shield, without, strikes, yields, record = headline(told(), "shield", WORDS).details
    kinds = ("policy", "foreseen", "misjudged", "tremble", "accident")
    assert words_of(with_shield, *kinds) == ("with the shield", "25", "50", "25", "none")
    assert words_of(without, *kinds) == ("without the shield", "30", "30", "30", "10")
    assert words_of(strikes, "side", "one", "other") == ("Syldavia", "45", "30")
    assert words_of(yields, "side", "one", "other") == ("Borduria", "15", "30")
    numbers = words_of(record, "before", "after", "candidates", "effective")
    assert numbers == ("20 more wars", "20 more", "2", "2")


def test_one_policy_has_levels_and_kinds_of_war():
    first, level, meaning, kinds = alone(told(), WORDS)
    assert "one policy only" in first
    assert words_of(level, "many", "one", "policy") == ("100", "10", "without the shield")
    assert "open war" in meaning
    assert words_of(kinds, "accident") == ("10",)


def test_every_number_opens_to_something_that_the_registry_knows():
    runs = {f"run.{number.id}" for number in RUN_NUMBERS}
    quantities = catalogue(Vocabulary({"a": "", "b": ""}, {}, {}, {}))
    for answer in (said(effects(58, 24), histories(0.02, 0.6)), headline(told(), "shield", WORDS)):
        for sentence in (answer.body, *answer.levels, *answer.details):
            assert isinstance(sentence, Sentence)
            for slot, key in sentence.opens.items():
                if "{" + slot + "}" in sentence.template:
                    assert key in runs or key.partition(".")[2] in quantities


def test_a_record_that_is_hard_to_explain_is_a_warning():
    weight = np.full(N, 0.001 / (N - 1))
    weight[0] = 0.999
    (warning,) = said(effects(84, 6), weight=weight).warnings
    assert words_of(warning, "candidates", "effective") == ("100", "1")
    assert said(effects(84, 6)).warnings == ()


def test_without_a_record_it_says_so():
    bare = Wording(WORDS.policies, WORDS.war_means, WORDS.sides, has_record=False)
    (detail,) = said(effects(84, 6), words=bare).details
    assert "No past crises are on record" in detail


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


def test_before_anything_is_known_the_answer_so_far_is_empty():
    result = compare(
        crisis_table(effects(1, 1)), None, QUANTITIES, policies=["shield"], baseline="none", outcome="wars"
    )
    assert so_far(result, "shield", WORDS) == ""
