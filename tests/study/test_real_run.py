"""The whole chain with the real model, small: threads change no byte, a policy that changes nothing no number."""

import pytest

from escalade.scenario import canonical_yaml, load_scenario
from escalade.study.plan import Effort, plan
from escalade.study.run import run
from tests.study.fakes import TINY, contents

SIZE = Effort(candidates=64, worlds=8, histories=4)


@pytest.fixture(scope="module")
def twin_file(tmp_path_factory):
    """The tiny scenario, with a policy that changes nothing of the baseline but its name."""
    scenario = load_scenario(TINY)
    again = scenario.policies["no_shield"].model_copy(update={"name": "No shield again", "short": "without it too"})
    scenario = scenario.model_copy(update={"policies": {**scenario.policies, "again": again}})
    path = tmp_path_factory.mktemp("twin") / "twin.yaml"
    path.write_text(canonical_yaml(scenario), "utf-8")
    return path


def test_the_chain_holds_together(twin_file, tmp_path):
    asked = plan(load_scenario(twin_file), effort=SIZE)
    one = run(asked, tmp_path / "one.run", workers=1)
    two = run(asked, tmp_path / "two.run", workers=2)
    assert contents(one.folder.path) == contents(two.folder.path)
    comparison = one.comparison()
    war = comparison.policies["as_is"].crisis["war"].posterior
    assert 0 < war.low < war.mean < war.high < 1
    for difference in comparison.pair("again").period.values():
        assert (difference.mean, difference.se) == (0.0, 0.0)
    for value in comparison.pair("again").crisis.values():
        assert (value.posterior.mean, value.posterior.low, value.posterior.high) == (0.0, 0.0, 0.0)
