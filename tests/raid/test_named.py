"""Layers and threats by name, with the figures behind them."""

from __future__ import annotations

import math

import pytest

from escalade import facts
from escalade.errors import UsageError
from escalade.raid.named import common_mode, named_layer, named_threat, supposed
from escalade.worlds import THREAT_CLASSES


@pytest.mark.parametrize("name", facts.shield_names())
@pytest.mark.parametrize("facts_from", ["official", "independent", "all"])
def test_every_shield_makes_a_layer(name: str, facts_from: str) -> None:
    layer, given = named_layer(name, THREAT_CLASSES, {}, facts_from)
    assert set(layer.kill) == set(facts.system(name).engages)
    assert all(0.0 < kill <= 1.0 for kill in layer.kill.values())
    assert len(given) >= len(layer.kill) + 2
    assert all(one.basis and one.value for one in given)


@pytest.mark.parametrize("name", [*facts.threat_names(), *THREAT_CLASSES])
def test_every_threat_makes_units(name: str) -> None:
    threat, _ = named_threat(name, 7, {})
    assert threat.launched == 7
    assert threat.threat_class in THREAT_CLASSES
    if name in THREAT_CLASSES:
        assert threat.threat_class == name


def test_only_classes_that_are_launched_are_engaged() -> None:
    layer, _ = named_layer("davids_sling", ["drone", "icbm"], {})
    assert list(layer.kill) == ["drone"]


def test_what_is_told_replaces_the_figure_and_its_source() -> None:
    layer, given = named_layer("arrow_3", ["ballistic"], {"stock": 60, "looks": 2, "kill": {"ballistic": 0.5}})
    assert (layer.stock, layer.looks, layer.kill) == (60, 2, {"ballistic": 0.5})
    assert not [one for one in given if "stock" in one.what or "shot against" in one.what]
    threat, sources = named_threat("ballistic", 9, {"unit_cost": 5.0, "deaths": 2.0})
    assert (threat.unit_cost, threat.deaths, sources) == (5.0, 2.0, ())


def test_ends_of_the_figures() -> None:
    low, mode, high = (named_layer("arrow_3", ["ballistic"], {}, end=end)[0] for end in ("low", "mode", "high"))
    assert low.kill["ballistic"] < mode.kill["ballistic"] < high.kill["ballistic"]


def test_assumptions_are_called_so() -> None:
    _, given = named_layer("davids_sling", ["ballistic"], {})
    assert any(one.assumed and one.basis.startswith("assumption") for one in given)
    assert any(not one.assumed and "assumption" not in one.basis for one in given)


def test_unknown_names_propose_near_ones() -> None:
    with pytest.raises(UsageError, match='there is no threat "balistic"; did you mean "ballistic"'):
        named_threat("balistic", 1, {})
    with pytest.raises(facts.UnknownSystem, match="did you mean arrow_3"):
        named_layer("arow_3", ["ballistic"], {})


def test_supposed_is_what_nobody_told() -> None:
    everything = {"looks": 1, "channels": 9, "availability": 1, "discrimination": 1}
    assert supposed([everything], [{"reliability": 1, "threatening": 1, "decoys": 0}], sigma=0.5) == []
    assert "no decoys" in supposed([everything], [{"decoys": 0}, {}], sigma=0.5)
    assert any("bad night" in words for words in supposed([everything], [{}], sigma=0.0))


@pytest.mark.parametrize(("bad_night", "sigma"), [(0.9, 0.0), (0.5, math.log(9.0))])
def test_bad_nights(bad_night: float, sigma: float) -> None:
    """What is left of 90 of 100, one standard deviation below: logit(.9) - sigma = logit(left)."""
    assert common_mode(bad_night) == pytest.approx(sigma, abs=1e-12)
