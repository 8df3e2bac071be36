"""Compile everything that a run calls, before anybody waits for it.

The two large kernels, of crises and of years, are compiled side by side: the
years' in a process of its own, which leaves its machine code in the kernel cache.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from escalade.ensemble.kernels import Kernels
    from escalade.scenario import Scenario
    from escalade.worlds import Worlds

SEED, YEARS = 1, 1


def warm(tell: Callable[[str], None]) -> None:
    """Call every kernel once, on the first bundled scenario; ``tell`` is told of each part before it begins.

    Takes about a minute where this version's kernels are not in the cache, some seconds where they are.
    """
    with years_ahead() as wait:
        tell("crises")
        warm_crises()
        tell("years")
        wait()
        warm_years()


def warm_crises() -> None:
    """Compile or load the kernels of crises."""
    from escalade.study.single import single_crisis

    kernels, here, scenario = _bundled()
    kernels.exact(here, here, np.zeros(0, dtype=np.int64))
    single_crisis(scenario, [scenario.focus])


def warm_years() -> None:
    """Compile or load the kernel of years."""
    kernels, here, _ = _bundled()
    nobody = np.zeros(0, dtype=np.int64)
    kernels.simulate(here, here, nobody, nobody, nobody, YEARS, SEED)


@contextmanager
def years_ahead() -> Iterator[Callable[[], object]]:
    """Begin to compile the kernel of years elsewhere, if no kernel of this version is in the cache yet.

    Yields a function that waits for it. Whatever becomes of that process, the
    kernel is compiled here if it is not in the cache when it is called.
    """
    from escalade.jit import CACHE, is_compiled

    if CACHE is None or is_compiled():
        yield lambda: None
        return
    command = [sys.executable, "-P", "-c", f"from {__name__} import warm_years; warm_years()"]
    child = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_environment()
    )
    try:
        yield child.wait
    finally:
        child.kill()
        child.wait()


def _environment() -> dict[str, str]:
    """Our own, in which the other process finds the package where we did."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


def _bundled() -> tuple[Kernels, Worlds, Scenario]:
    """The kernels, the first bundled scenario and its world at the modes."""
    from escalade.ensemble.build import names, worlds
    from escalade.ensemble.design import modes
    from escalade.ensemble.kernels import compiled
    from escalade.scenario import bundled_names, load_scenario

    scenario = load_scenario(bundled_names()[0])
    base = scenario.policy(scenario.baseline)
    here, _ = worlds(base, base, modes(scenario))
    return compiled(names(scenario)), here, scenario
