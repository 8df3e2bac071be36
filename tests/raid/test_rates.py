"""A rate and its four totals: round trips, order, whole numbers that add up, sentences for what cannot be."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalade.errors import UsageError
from escalade.raid.rates import TOTALS, Amount, Tally, Total, from_counts, from_kept_out, from_rate

PARTS = tuple(field.name for field in dataclasses.fields(Tally))
counts = st.integers(0, 5_000)
shares = st.fractions(0, 1, max_denominator=997)


@st.composite
def tallies(draw: st.DrawFn) -> Tally:
    """Tallies whose parts are any fractions of a whole number launched."""
    launched = draw(st.integers(1, 5_000))
    weights = [draw(st.integers(0, 100)) for _ in PARTS]
    if not any(weights):
        weights[draw(st.integers(0, len(PARTS) - 1))] = 1
    return Tally(*(Fraction(launched * weight, sum(weights)) for weight in weights))


def share(value: str) -> Amount:
    return Amount(Fraction(value), is_share=True)


@given(tallies())
def test_rates_rise_as_their_total_narrows(tally: Tally) -> None:
    totals = [tally.total(of) for of in TOTALS]
    assert totals == sorted(totals, reverse=True)
    rates = [rate for of in TOTALS if (rate := tally.rate(of)) is not None]
    assert rates == sorted(rates)
    assert all(0 <= rate <= 1 for rate in rates)


@given(tallies())
def test_parts_add_up_to_everything(tally: Tally) -> None:
    assert tally.launched == sum(getattr(tally, part) for part in PARTS)
    assert tally.threatening == tally.intercepted + tally.got_through
    assert tally.kept_out == (tally.failed + tally.left_alone + tally.intercepted) / tally.launched


@given(tallies(), st.sampled_from(TOTALS))
def test_a_rate_of_any_total_gives_the_tally_back(tally: Tally, of: Total) -> None:
    rate = tally.rate(of)
    if rate is None:
        assert tally.intercepted == 0
        return
    amounts = [Amount(value, is_share=False) for value in (tally.threatening, tally.failed, tally.engaged)]
    assert from_rate(rate, of, int(tally.launched), *amounts) == tally


@given(tallies())
def test_what_was_kept_out_gives_the_tally_back(tally: Tally) -> None:
    kept = tally.kept_out
    assert kept is not None
    amounts = [Amount(value, is_share=False) for value in (tally.threatening, tally.failed, tally.engaged)]
    assert from_kept_out(kept, int(tally.launched), *amounts) == tally


def test_ninety_nine_per_cent_that_counts_failures() -> None:
    tally = from_kept_out(Fraction("0.99"), 320, failed=Amount(Fraction(60), is_share=False))
    assert tally.got_through == Fraction("3.2")
    assert tally.rate("arrived") == 1 - Fraction("3.2") / 260


@pytest.mark.parametrize(
    ("rate", "given_values", "message"),
    [
        (
            "0.5",
            {"threatening": Amount(Fraction(40), False)},
            "if 50 % were kept out 50 got through, but 40 threatened",
        ),
        ("1", {"engaged": share("0.9")}, "10 of them not engaged; allowed: 0 % to 90 % kept out"),
        ("1.5", {}, "the rate is 150 %; allowed: 0 to 100 %"),
    ],
)
def test_shares_kept_out_that_cannot_be(rate: str, given_values: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        from_kept_out(Fraction(rate), 100, **given_values)


@given(counts, counts, counts, counts, st.data())
def test_counts_give_the_tally_whichever_one_is_left_out(
    failed: int, left_alone: int, intercepted: int, got_through: int, data: st.DataObject
) -> None:
    launched = failed + left_alone + intercepted + got_through
    if launched == 0:
        return
    given_counts: dict[str, Any] = {
        "failed": failed, "left_alone": left_alone, "intercepted": intercepted, "got_through": got_through,
        "launched": launched,
    }  # fmt: skip
    not_engaged = data.draw(st.integers(0, got_through))
    tally = from_counts(**given_counts, not_engaged=not_engaged)
    assert (tally.failed, tally.left_alone, tally.intercepted) == (failed, left_alone, intercepted)
    assert (tally.got_through, tally.not_engaged, tally.launched) == (got_through, not_engaged, launched)
    del given_counts[data.draw(st.sampled_from(sorted(given_counts)))]
    assert from_counts(**given_counts, not_engaged=not_engaged) == tally


@given(tallies())
def test_whole_numbers_add_up_and_no_part_moves_by_one(tally: Tally) -> None:
    whole = tally.whole()
    for part in PARTS:
        value = getattr(whole, part)
        assert value.denominator == 1
        assert abs(value - getattr(tally, part)) < 1
        assert value >= 0
    assert whole.launched == tally.launched
    assert whole.whole() == whole


def test_largest_remainders_win() -> None:
    tally = Tally(Fraction("0.5"), Fraction("0.2"), Fraction("1.4"), Fraction("0.9"), Fraction(7))
    assert tally.whole() == Tally(*map(Fraction, (1, 0, 1, 1, 7)))


def test_the_example_of_a_quarter_that_threatens() -> None:
    tally = from_rate(Fraction("0.9"), "engaged", 1000, share("0.25"), share("0.1"))
    assert (tally.failed, tally.left_alone, tally.intercepted, tally.got_through) == (100, 650, 225, 25)
    assert [tally.rate(of) for of in TOTALS] == [Fraction("0.225"), Fraction("0.25"), Fraction("0.9"), Fraction("0.9")]
    assert tally.kept_out == Fraction("0.975")


def test_what_is_not_told_is_nothing_or_all() -> None:
    assert from_rate(Fraction("0.99"), "launched", 320).rate("engaged") == Fraction("0.99")
    assert from_counts(intercepted=421, got_through=58).rate("threatening") == Fraction(421, 479)


@pytest.mark.parametrize(
    ("given_values", "message"),
    [
        ({"rate": "1.2"}, "the rate is 120 %; allowed: 0 to 100 %"),
        ({"of": "fired"}, "cannot be of 'fired'; allowed: launched, arrived, threatening, engaged"),
        ({"launched": 0}, "launched is 0; allowed: at least 1"),
        ({"failed": share("1.1")}, "failed is 110 %; allowed: 0 to 100 % of those launched"),
        ({"failed": Amount(Fraction(-3), False)}, "failed is -3; allowed: at least 0"),
        ({"failed": Amount(Fraction(2000), False)}, "failed is 2,000 of 1,000 launched, but only 1,000 launched"),
        (
            {"failed": share("0.8"), "threatening": share("0.3")},
            r"threatening is 300 of 1,000 launched, but only 200 arrived; allowed: at most 200 \(20 % of those",
        ),
        ({"threatening": share("0.3"), "engaged": share("0.4")}, "engaged is 400 of .* but only 300 threatened"),
        (
            {"rate": "0.99", "of": "launched", "threatening": share("0.5")},
            "99 % of those launched means 990 interceptions, but only 500 were engaged; allowed: at most 50 % of those",
        ),
    ],
)
def test_rates_that_cannot_be_are_refused_in_a_sentence(given_values: dict[str, Any], message: str) -> None:
    values: dict[str, Any] = {"rate": "0.9", "of": "engaged", "launched": 1000, **given_values}
    values["rate"] = Fraction(values["rate"])
    with pytest.raises(UsageError, match=message):
        from_rate(**values)


@pytest.mark.parametrize(
    ("given_values", "message"),
    [
        ({"launched": 5, "intercepted": 6, "got_through": 0, "failed": 0}, "are 6 together, but 5 were launched"),
        (
            {"launched": 9, "failed": 1, "left_alone": 2, "intercepted": 3, "got_through": 2},
            "1 failed, 2 were left alone, 3 were intercepted and 2 got through are 8 together, but 9 were launched",
        ),
        ({"launched": 9, "intercepted": 3}, "of 9 launched 3 are accounted for; say how many failed, how many were"),
        ({"got_through": 3}, "say how many were intercepted"),
        ({"intercepted": -1}, "intercepted is -1; allowed: at least 0"),
        ({"intercepted": 0}, "launched is 0; allowed: at least 1"),
        ({"intercepted": 1, "got_through": 2, "not_engaged": 3}, "not engaged is 3, but only 2 got through"),
    ],
)
def test_counts_that_cannot_be_are_refused_in_a_sentence(given_values: dict[str, int], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        from_counts(**given_values)


@given(shares, st.sampled_from(TOTALS), st.integers(1, 2000), st.lists(shares, min_size=3, max_size=3))
def test_any_shares_give_a_tally_or_a_sentence(rate: Fraction, of: Total, launched: int, given_shares: Any) -> None:
    found: object
    try:
        found = from_rate(rate, of, launched, *(Amount(value, is_share=True) for value in given_shares))
    except UsageError as error:
        found = str(error)
    if isinstance(found, Tally):
        assert found.rate(of) in (rate, None)
        assert min(getattr(found, part) for part in PARTS) >= 0
    else:
        assert "allowed: at most" in str(found)
