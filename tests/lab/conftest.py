"""A run by made-up kernels, and its lab as one file; a browser as for the report."""

import pytest

from escalade.lab.page import static_page
from escalade.study.plan import Effort
from escalade.study.run import run
from tests.report.conftest import browser, chromium
from tests.study.fakes import kernels, tiny_plan

__all__ = ["browser", "chromium"]


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A run of 512 sets of assumptions, with years."""
    folder = tmp_path_factory.mktemp("lab") / "tiny.run"
    return run(tiny_plan(Effort(candidates=512, worlds=16, histories=4)), folder, kernels=kernels())


@pytest.fixture(scope="session")
def page_file(made, tmp_path_factory):
    """The static lab of that run."""
    path = tmp_path_factory.mktemp("page") / "lab.html"
    path.write_text(static_page(made), "utf-8")
    return path
