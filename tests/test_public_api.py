"""The public names: frozen here, found in their rooms, and free until used."""

import subprocess
import sys

import pytest

import escalade

NAMES = ["EscaladeError", "ScenarioError", "__version__", "load"]


def test_names_are_those_promised() -> None:
    assert escalade.__all__ == NAMES
    assert dir(escalade) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_name_exists(name: str) -> None:
    assert getattr(escalade, name) is getattr(escalade, name)


def test_other_names_do_not() -> None:
    with pytest.raises(AttributeError, match="no attribute 'laod'"):
        _ = escalade.laod


def test_import_imports_no_room() -> None:
    code = "import sys, escalade; print(sorted(name for name in sys.modules if name.startswith(('escalade', 'numpy'))))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True, timeout=60) == "['escalade']\n"
