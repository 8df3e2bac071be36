"""How long the lab takes to answer, tier by tier, and how large its file is.

Tiers: a handle of an assumption moves (the page re-weighs 1,024 sets of assumptions and draws), a lever is dragged (16
sets at 34 stakes, over HTTP), a lever is let go (64 sets in full, of which a page asks until it has all). Reported are
the 50th and the 90th percentile in milliseconds.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.scenario_worlds import NAME
from escalade.crisis.exact import quantities
from escalade.ensemble.kernels import Kernels
from escalade.lab.page import static_page
from escalade.lab.solved import crises_only
from escalade.scenario import load_scenario
from escalade.study.plan import Effort, plan
from escalade.study.results import StoredRun
from tests.lab.serving import served, solved

ROUNDS = 100
STOCK = "sides.israel.shield.layers.*.stock"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> StoredRun:
    """A run of the bundled scenario with 1,024 sets, whose outcomes are drawn at random: only their number matters."""
    asked = plan(load_scenario(NAME), effort=Effort(1024, 64, 16))
    columns = tuple(quantities(list(asked.names.sides), list(asked.names.rungs)))
    random = np.random.default_rng(1)

    def exact(*arguments: Any) -> np.ndarray[Any, np.dtype[np.float64]]:
        return random.random((len(arguments[2]), len(columns))) / 10

    def never(*_: Any) -> Any:
        raise AssertionError("no years here")

    return crises_only(asked, tmp_path_factory.mktemp("lab") / "lab.run", kernels=Kernels(exact, columns, never, ()))


@pytest.fixture(scope="module")
def port(run: StoredRun) -> Iterator[int]:
    """The port of the live lab."""
    with served(run) as port:
        yield port


def percentiles(benchmark: BenchmarkFixture, function: Callable[[], object]) -> None:
    """Time a function so often, and note the percentiles."""
    function()  # compiles, builds what is kept
    benchmark.pedantic(function, rounds=ROUNDS)
    if benchmark.stats is not None:  # None under --benchmark-disable
        at = np.percentile(benchmark.stats.stats.data, [50, 90]) * 1000
        benchmark.extra_info |= {"p50 ms": round(float(at[0]), 1), "p90 ms": round(float(at[1]), 1)}


def question(count: int, points: int) -> Callable[[int], dict[str, Any]]:
    """A question about so many sets, with another multiple of the stocks every time."""
    worlds = list(range(count))
    return lambda n: {"request": n, "worlds": worlds, "points": points, "levers": {STOCK: {"times": 1 + n / 1000}}}


@pytest.mark.benchmark(group="lab")
@pytest.mark.parametrize(("count", "points"), [(16, 34), (64, 233)], ids=["dragging", "letting go"])
def test_levers(benchmark: BenchmarkFixture, port: int, count: int, points: int) -> None:
    asked, numbers = question(count, points), iter(range(10 * ROUNDS))
    percentiles(benchmark, lambda: solved(port, "/solve", **asked(next(numbers))).json())


@pytest.mark.benchmark(group="lab")
def test_assumptions(benchmark: BenchmarkFixture, run: StoredRun, tmp_path: Path) -> None:
    from playwright.sync_api import sync_playwright

    file = tmp_path / "lab.html"
    file.write_text(static_page(run), "utf-8")
    benchmark.extra_info["file kB"] = round(file.stat().st_size / 1000)
    with sync_playwright() as driver:
        page = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"]).new_page()
        page.goto(file.as_uri())
        moved = """k => {
            const page = escaladeLab, one = page.lab.assumptions[0];
            render(page, with_(page.now, "narrow", one.key, [0, one.edges.length - 1 - (k % 20)]), true);
            document.body.getBoundingClientRect();
        }"""
        numbers = iter(range(10 * ROUNDS))
        percentiles(benchmark, lambda: page.evaluate(moved, next(numbers)))
