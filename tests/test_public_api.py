"""The public names: frozen here with their signatures, found in their rooms, and free until used."""

import inspect
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import escalade
from tests.golden import agrees

SURFACE = Path(__file__).parent / "public_api.txt"


def surface() -> Iterator[str]:
    """Every public name, and every public member of its classes, with its signature."""
    for name in escalade.__all__:
        value = getattr(escalade, name)
        if not callable(value):
            yield name
        elif not inspect.isclass(value):
            yield f"{name}{inspect.signature(value)}"
        elif issubclass(value, Exception):
            yield f"{name}({value.__base__.__name__ if value.__base__ else ''})"
        else:
            yield name
            yield from (f"  {line}" for line in _members(value))


def _members(kind: type) -> Iterator[str]:
    for base in reversed([base for base in kind.__mro__ if base.__module__.startswith("escalade")]):
        for name, value in vars(base).items():
            if name.startswith("_") and name not in ("__getitem__", "_repr_html_"):
                continue
            if isinstance(value, property):
                yield f"{name}: {inspect.signature(value.fget).return_annotation}" if value.fget else name
            elif inspect.isfunction(value) and not getattr(value, "__isabstractmethod__", False):
                yield f"{name}{inspect.signature(value)}"
        yield from (f"{name}: {kind}" for name, kind in vars(base).get("__annotations__", {}).items())


def test_names_and_signatures_are_those_promised() -> None:
    difference = agrees("\n".join(surface()) + "\n", SURFACE)
    assert not difference, f"{difference}\nA change of the public names needs a line in CHANGELOG.md."


def test_only_public_names_are_listed() -> None:
    assert dir(escalade) == sorted(escalade.__all__)


@pytest.mark.parametrize("name", escalade.__all__)
def test_every_name_exists(name: str) -> None:
    assert getattr(escalade, name) is getattr(escalade, name)


def test_other_names_do_not() -> None:
    with pytest.raises(AttributeError, match="no attribute 'laod'"):
        _ = escalade.laod


def test_import_imports_no_room() -> None:
    code = "import sys, escalade; print(sorted(name for name in sys.modules if name.startswith(('escalade', 'numpy'))))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True, timeout=60) == "['escalade']\n"


def test_loading_a_scenario_loads_neither_the_model_nor_frames() -> None:
    heavy = ("numba", "polars", "scipy.stats", "altair", "rich", "jinja2")
    code = f"import sys, escalade; escalade.load('iran-june-2025'); print([x for x in {heavy} if x in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True, timeout=60) == "[]\n"
