"""Where results come from: complete, plain, and the same at any time and in any folder."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import escalade
from escalade.provenance import LIBRARIES, machine, provenance, software

CODE = """
import json
from escalade.provenance import provenance
print(json.dumps(provenance(scenario="5f2c", seed=0, policies=["as_was"], worlds=8)))
"""


def test_names_the_software_and_the_machine() -> None:
    assert set(software()) == {"escalade", "python", *LIBRARIES}
    assert software()["escalade"] == escalade.__version__
    assert all(software().values())
    assert set(machine()) == {"system", "processor"}


@pytest.mark.parametrize("seed", [0, 1, 2**63 - 1])
def test_survives_being_written_and_read(seed: int) -> None:
    origin = provenance(scenario="5f2c", seed=seed, policies=("as_was", "no_shield"), design={"worlds": 8})
    assert json.loads(json.dumps(origin)) == origin
    assert origin["seed"] == seed
    assert origin["asked"] == {"policies": ["as_was", "no_shield"], "design": {"worlds": 8}}


def test_is_the_same_at_another_time_and_in_another_folder(tmp_path: Path) -> None:
    later = os.environ | {"TZ": "Asia/Tokyo", "HOME": str(tmp_path)}
    here = subprocess.check_output([sys.executable, "-c", CODE], text=True, timeout=60)
    there = subprocess.check_output([sys.executable, "-c", CODE], text=True, timeout=60, cwd=tmp_path, env=later)
    assert here == there


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, Path("run"), object()])
def test_refuses_what_json_cannot_keep(value: Any) -> None:
    with pytest.raises(TypeError, match="JSON"):
        provenance(scenario="5f2c", seed=0, design=[value])


@pytest.mark.parametrize("seed", [-1, 2**63])
def test_refuses_seeds_that_are_no_key(seed: int) -> None:
    with pytest.raises(ValueError, match="seed"):
        provenance(scenario="5f2c", seed=seed)
