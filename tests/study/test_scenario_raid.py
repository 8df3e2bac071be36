"""One strike of a scenario as a raid."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from escalade.errors import UsageError
from escalade.raid.shield import records
from escalade.scenario import load_scenario
from escalade.study.scenario_raid import scenario_raid
from escalade.worlds import THREAT_CLASSES

TINY = Path(__file__).parents[1] / "scenarios" / "tiny.yaml"


def test_the_strike_at_a_rung_is_a_raid() -> None:
    """South's 30 missiles a raid, three raids, all but a tenth of them, against both of North's layers."""
    raid, words = scenario_raid(load_scenario(str(TINY)), "south", "open_war")
    assert [threat.threat_class for threat in raid.threats] == ["ballistic"]
    assert [layer.name for layer in raid.layers] == ["The ally's upper layer", "North's own lower layer"]
    assert (raid.layers[0].partner, raid.layers[0].commitment, raid.layers[0].reserve) == ("ally", 0.9, 4)
    assert raid.layers[0].kill == {"ballistic": pytest.approx(0.6), "aircraft": 0.0}
    assert np.isinf(raid.layers[1].channels)
    assert raid.sigma > 0.0
    assert words.startswith("Numbers: the most likely values of tiny")


def test_kernels_see_the_world_s_own_records() -> None:
    """Back as records: the numbers of the layers are those that the scenario's worlds hold."""
    from escalade.ensemble.build import worlds
    from escalade.ensemble.design import modes

    scenario = load_scenario(str(TINY))
    raid, _ = scenario_raid(scenario, "south", "open_war", "as_is")
    here, names = worlds(scenario.policy("as_is"), scenario.policy("no_shield"), modes(scenario))
    _, _, layers, kill = records(raid)
    for field in ("reserve", "shots", "looks", "channels", "availability", "discrimination", "unit_cost", "boost"):
        assert layers[field].tolist() == pytest.approx(here.layers[0, 0, :2][field].tolist()), field
    for c, name in enumerate(names.classes):
        assert kill[:, THREAT_CLASSES.index(name)] == pytest.approx(here.kill[0, 0, :2, c])


def test_a_policy_without_the_shield() -> None:
    raid, _ = scenario_raid(load_scenario(str(TINY)), "south", "open_war", "no_shield")
    assert all(layer.salvos == 0 for layer in raid.layers)


@pytest.mark.parametrize(
    ("side", "rung", "message"),
    [
        ("zzz", "open_war", 'no side is called "zzz"; known: north, south'),
        (None, "open_war", "say which side: --from north or south"),
        ("south", "open_wr", 'no rung is called "open_wr"; did you mean "open_war"?'),
        ("south", "talks", "South launches nothing at the rung 'Talks'"),
    ],
)
def test_strikes_that_cannot_be(side: str | None, rung: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        scenario_raid(load_scenario(str(TINY)), side, rung)
    assert str(error.value) == message


HOSTED = str(Path(__file__).parents[1] / "scenarios" / "hosted.yaml")


def test_a_strike_on_a_patron_is_a_raid_on_each_of_its_soils() -> None:
    """Whole units are shared out, none is lost; the shield is the one that stands there."""
    scenario = load_scenario(HOSTED)
    on = {side: scenario_raid(scenario, "rival", "open_war", "as_is", side) for side in ("neighbour", "port", "patron")}
    sent = {side: {threat.name: threat.launched for threat in raid.threats} for side, (raid, _) in on.items()}
    assert sent["neighbour"]["ballistic missiles"] + sent["port"]["ballistic missiles"] == math.floor(0.8 * 60)
    assert sent["neighbour"]["rockets"] == math.floor(0.8 * 120)
    assert sent["patron"] == {"long-range missiles": 4}
    assert [layer.name for layer in on["port"][0].layers] == ["Harbour defence"]
    assert "falls on Port" in on["port"][1]
    assert scenario_raid(scenario, "rival", "open_war", "as_is")[0] == on["neighbour"][0]  # the first that it reaches


def test_a_soil_on_which_nothing_can_fall_is_refused() -> None:
    with pytest.raises(UsageError, match='no soil is called "rival"; known: neighbour, port, patron'):
        scenario_raid(load_scenario(HOSTED), "rival", "open_war", "as_is", "rival")
