"""Inputs in words."""

import pytest

from escalade.analysis.learned import Lesson
from escalade.analysis.weighted import Spread
from escalade.report.inputs import _learned, in_words, plain
from escalade.scenario.numbers import Fixed, OneOf, Pert, Uniform


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        (Fixed(0.85), "0.85"),
        (Fixed(1_500_000.0), "1,500,000"),
        (Pert(200.0, 1200.0, 5000.0), "200 to 5,000, most likely 1,200"),
        (Uniform(0.0, 0.6), "0 to 0.6, all alike"),
        (OneOf((0.2, 0.0, 0.8)), "0.2 or 0 or 0.8"),
    ],
)
def test_distributions_in_words(spec, words):
    assert in_words(spec) == words


def test_numbers_have_no_needless_digits():
    assert [plain(x) for x in (0.1 + 0.2, 1 / 3, 1e-5, 2e16)] == ["0.3", "0.3333", "1e-05", "2e+16"]


def test_only_what_was_narrowed_is_told():
    before, after = Spread(0.5, 0.1, 0.5, 0.9), Spread(0.6, 0.5, 0.6, 0.7)
    assert _learned(Lesson("x", before, after, 0.8, 0.1)) == "0.1 to 0.9 became 0.5 to 0.7"
    assert _learned(Lesson("x", before, after, 0.2, 0.1)) == ""
    assert _learned(None) == ""
