"""Seconds from the shell to an answer that needs no model."""

import subprocess
import sys

import pytest
from pytest_benchmark.fixture import BenchmarkFixture


@pytest.mark.benchmark(group="start")
@pytest.mark.parametrize("option", ["--help", "--version"])
def test_command_line_starts(benchmark: BenchmarkFixture, option: str) -> None:
    command = [sys.executable, "-m", "escalade", option]
    assert benchmark(subprocess.check_output, command)
