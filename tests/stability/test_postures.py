"""Other shields and other forces, all else unchanged."""

from __future__ import annotations

import numpy as np
import pytest

from escalade.stability import postures
from escalade.stability.index import TRULY
from tests.stability.cases import ICBM, SLBM, found, interceptors, missiles, powers

ARMS = [[missiles(200), missiles(100, cls=SLBM, exposed_launchers=0.2, exposed_stock=0.2)]] * 2
LAYERS = [[interceptors(60, reserve=6.0, channels=30.0), interceptors(40)], [interceptors(10)]]


def test_a_shield_grows_in_proportion() -> None:
    worlds = powers(ARMS, LAYERS)
    twice = postures.with_shield(worlds, 0, 200.0)
    assert postures.interceptors(twice, 0) == pytest.approx([200.0])
    assert twice.layers["stock"][0, 0] == pytest.approx([120.0, 80.0])
    assert twice.layers["reserve"][0, 0] == pytest.approx([12.0, 0.0])
    assert twice.layers["channels"][0, 0].tolist() == [60.0, np.inf]
    assert twice.layers[0, 1].tolist() == worlds.layers[0, 1].tolist()
    same = postures.with_shield(worlds, 0, 100.0)
    assert all((one == other).all() for one, other in zip(same, worlds, strict=True))


def test_a_shield_of_nothing_is_none() -> None:
    worlds = powers(ARMS, LAYERS)
    none = found(postures.without_shield(worlds, 0))
    assert found(postures.with_shield(worlds, 0, 0.0)).index == pytest.approx(none.index)
    assert found(worlds).index[TRULY] != pytest.approx(none.index[TRULY])


def test_what_is_not_there_does_not_grow() -> None:
    with pytest.raises(ValueError, match="no interceptors"):
        postures.with_shield(powers(ARMS), 0, 10.0)


def test_exposure_is_set_for_arms_that_exist() -> None:
    worlds = powers([ARMS[0], ARMS[0][:1]])
    exposed = postures.with_exposure(worlds, 1, 0.7)
    assert exposed.arms["exposed_stock"][0, 1].tolist() == [0.7, 0.0]
    assert exposed.arms["exposed_launchers"][0, 0].tolist() == [1.0, 0.2]


def test_launching_under_attack_saves_land_based_missiles() -> None:
    worlds = powers(ARMS)
    prompt = postures.launching_under_attack(worlds, 1, [ICBM])
    assert prompt.arms["exposed_stock"][0, 1] == pytest.approx([0.1, 0.2])
    assert prompt.arms["exposed_stock"][0, 0] == pytest.approx([1.0, 0.2])
    before, after = found(worlds), found(prompt)
    assert after.exchanges["answered"][TRULY, 0, 0] > before.exchanges["answered"][TRULY, 0, 0]
    assert after.incentive[TRULY, 0, 0] < before.incentive[TRULY, 0, 0]
