"""Compile everything that a run calls, before anybody waits for it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

SEED, YEARS = 1, 1


def warm(tell: Callable[[str], None]) -> None:
    """Call every kernel once, on the first bundled scenario; ``tell`` is told of each part before it begins.

    Takes one to two minutes where this version's kernels are not in the cache,
    some seconds where they are.
    """
    from escalade.ensemble.build import names, worlds
    from escalade.ensemble.design import modes
    from escalade.ensemble.kernels import compiled
    from escalade.scenario import bundled_names, load_scenario
    from escalade.study.single import single_crisis

    scenario = load_scenario(bundled_names()[0])
    base = scenario.policy(scenario.baseline)
    here, _ = worlds(base, base, modes(scenario))
    kernels, nobody = compiled(names(scenario), scenario.pairs[0].sides), np.zeros(0, dtype=np.int64)
    tell("crises")
    kernels.exact(here, here, nobody)
    single_crisis(scenario, [scenario.focus])
    tell("years")
    kernels.simulate(here, here, nobody, nobody, nobody, YEARS, SEED)
