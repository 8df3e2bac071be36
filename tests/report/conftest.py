"""A browser for the tests of the report, and a report with all its sections.

Uses the system's Chromium. Without one the tests that need it are skipped; with ESCALADE_REQUIRE_BROWSER=1 they fail
instead.
"""

import os
import shutil

import pytest

from escalade.report import page as report
from escalade.report.sections import stories
from escalade.report.story import ToldRow, ToldTwins
from escalade.study.run import run
from tests.study.fakes import kernels, tiny_plan

REQUIRED = os.environ.get("ESCALADE_REQUIRE_BROWSER") == "1"
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
TWINS = ToldTwins(
    "How a war comes",
    "North and South, 3 years.",
    "with the shield",
    "without the shield",
    (
        ToldRow(("Year 1.",), ("Year 1.",), "year"),
        ToldRow(("March: a quarrel.",), ("March: a quarrel.",), "crisis"),
        ToldRow(("North strikes.", "Two people die."), ("North stands down.", "Here the paths part."), "move", True),
        ToldRow(("South answers.",), (), "move"),
        ToldRow(("In the end: war.",), ("In the end: no war.",), "end"),
    ),
    "A number in brackets is how likely a step was.",
    "escalade replay tiny.run --world 3 --history 5",
)


def missing(why):
    """Skip for lack of a browser, or fail where one is required."""
    if REQUIRED:
        pytest.fail(f"a browser is required here: {why}")
    pytest.skip(why)


@pytest.fixture(scope="session")
def chromium():
    """Path of the system's browser."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        missing("no Chromium on this machine (Debian: apt-get install chromium)")
    return found


@pytest.fixture(scope="module")
def browser(chromium):
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright is not installed (pip install -e '.[dev]')")
    with sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=chromium, args=list(SWITCHES))
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A report with all its sections, a told pair of twins among them."""
    folder = tmp_path_factory.mktemp("browser") / "tiny.run"
    done = run(tiny_plan(), folder, kernels=kernels())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stories, "told_twins", lambda _: (TWINS,))
        report.write_report(done)
    return (folder / "report.html").as_uri()
