"""Findings of a small run, shared by the tests of all sections."""

import pytest

from escalade.report.findings import findings
from escalade.study.run import run
from tests.study.fakes import kernels, tiny_plan


@pytest.fixture(scope="session")
def found(tmp_path_factory):
    return findings(run(tiny_plan(), tmp_path_factory.mktemp("sections") / "tiny.run", kernels=kernels()))
