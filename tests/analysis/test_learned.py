"""What the record makes of inputs."""

import numpy as np
import pytest

from escalade.analysis.learned import lessons
from escalade.ensemble.tables import CrisisTable


def _lessons(values, weight):
    n = len(weight)
    return lessons(CrisisTable((), {}, np.array(weight), np.ones(n, dtype=np.int64), {"x": np.array(values)}))


def test_equal_weights_teach_nothing():
    lesson = _lessons([1.0, 2.0, 3.0, 4.0], [0.25] * 4)["x"]
    assert lesson.contraction == pytest.approx(0.0, abs=1e-12)
    assert lesson.prior == lesson.posterior
    assert not lesson.learned


def test_contraction_is_the_share_of_variance_taken_away():
    # Before: variance of -1, 0, 0, 1 is 1/2. After, all weight on the two zeros: none.
    lesson = _lessons([-1.0, 0.0, 0.0, 1.0], [0.0, 0.5, 0.5, 0.0])["x"]
    assert lesson.contraction == 1.0
    assert lesson.learned
    # Weights 1/8, 3/8, 3/8, 1/8: variance 1/4.
    assert _lessons([-1.0, 0.0, 0.0, 1.0], [0.125, 0.375, 0.375, 0.125])["x"].contraction == pytest.approx(0.5)


def test_what_does_not_vary_is_left_out():
    assert _lessons([2.0, 2.0], [0.5, 0.5]) == {}
