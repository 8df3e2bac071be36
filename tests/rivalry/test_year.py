"""Countermeasures, shelter and planned changes of a year."""

from __future__ import annotations

import numpy as np
import pytest

from tests.rivalry.cases import NO_SHIELD, path, rivals, shield


def test_a_shield_that_grows_loses_the_same_every_year_and_all_but_its_owner_know() -> None:
    layers = [shield(10.0, 0.5, production=5.0, surge=5.0)], [NO_SHIELD]
    found = path(rivals({"adaptation": 0.2}, {}, ([{}], [{}]), layers), 5).standing
    assert found.truth[:, 0] == pytest.approx(-0.2 * np.arange(5))
    assert found.beliefs[:, 1, 0] == pytest.approx(found.truth[:, 0])
    assert not found.beliefs[:, 0, 0].any()


def test_a_shield_that_stands_still_teaches_nobody() -> None:
    found = path(rivals({"adaptation": 0.2}, {}, ([{}], [{}]), ([shield(10.0, 0.5)], [NO_SHIELD])), 5).standing
    assert not found.truth.any()


def test_what_the_owner_regains_never_makes_a_shield_better_than_built() -> None:
    layers = [shield(10.0, 0.5, production=5.0, surge=5.0)], [NO_SHIELD]
    found = path(rivals({"adaptation": -0.4, "truth": -1.0}, {}, ([{}], [{}]), layers), 5).standing
    assert found.truth[:, 0] == pytest.approx([-1.0, -0.6, -0.2, 0.0, 0.0])


def course_of_shelter(believed: float) -> np.ndarray:
    """Coverage of a side whose people are open to a strike, with a shield believed to be this good."""
    arms = [{}], [{"stock": 100.0, "launch": 100.0}]
    owner = {"acceptable": 5e6, "build": 0.1, "decay": 0.02, "effect": 0.5}
    world = rivals(owner, {}, arms, ([shield(1000.0, 0.5)], [NO_SHIELD]))
    beliefs = world.beliefs.copy()
    beliefs[0, 0] = believed
    return path(world._replace(beliefs=beliefs), 10).standing.coverage[:, 0]


def test_the_more_faith_the_less_concrete() -> None:
    doubt, faith = course_of_shelter(-1.0), course_of_shelter(2.0)
    assert doubt[1] == pytest.approx(0.1 * (1 - 5e6 / (100 * 250_000 / (1 + np.exp(-1.0)))) - 0.02)
    assert (faith[1:] < doubt[1:]).all()


def test_shelter_falls_out_of_use_where_nobody_is_afraid() -> None:
    assert not course_of_shelter(8.0).any()


def test_a_treaty_cuts_stocks_and_launchers_that_are_the_whole_stock() -> None:
    arms = (
        [{"stock": 90.0, "launch": 90.0, "production": 10.0}, {"stock": 90.0, "launch": 90.0, "whole_stock": 0}],
        [{}],
    )
    world = rivals({}, {}, arms, caps=[(0, 0, 0, 1, 50.0), (0, 0, 1, 1, 50.0)])
    found = path(world, 4).standing
    assert found.stock[:, 0].tolist() == [[90.0, 90.0], [50.0, 50.0], [50.0, 50.0], [50.0, 50.0]]
    assert found.launch[:, 0].tolist() == [[90.0, 90.0], [50.0, 90.0], [50.0, 90.0], [50.0, 90.0]]
