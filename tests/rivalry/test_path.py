"""The expected path is the history in which nothing happens."""

from __future__ import annotations

import numpy as np
import pytest

from escalade.crisis.exact import exact_crises
from escalade.rivalry.path import expected_paths, in_year_of
from tests.verification.worlds_by_hand import RACING, bundle, pair_of_worlds

YEARS = 5
ONE = np.array([0])


@pytest.mark.parametrize("name", ["scarce", *RACING])
def test_the_first_year_is_where_the_exact_crisis_begins(name: str) -> None:
    worlds, baseline = (bundle(each) for each in pair_of_worlds(name))
    here = in_year_of(worlds, ONE, expected_paths(worlds, worlds, ONE, 1), 0)
    assert np.array_equal(exact_crises(here, baseline, ONE, 13), exact_crises(worlds, baseline, ONE, 13))


def test_the_path_of_one_world_does_not_depend_on_the_others() -> None:
    pairs = [pair_of_worlds(name)[0] for name in ("race", "plain")]
    both, alone = bundle(*pairs), bundle(pairs[1])
    together = expected_paths(both, both, np.array([0, 1]), YEARS)
    apart = expected_paths(alone, alone, ONE, YEARS)
    for one, other in zip(together.standing, apart.standing, strict=True):
        assert np.array_equal(one[1], other[0])


def test_the_worlds_themselves_stay_as_they_are() -> None:
    worlds = bundle(pair_of_worlds("treaty")[0])
    before = [part.copy() for part in worlds]
    expected_paths(worlds, worlds, ONE, YEARS)
    assert all(np.array_equal(one, other) for one, other in zip(before, worlds, strict=True))
