"""What the doctor looks at: each check on its own, on healthy and on ailing machines."""

from __future__ import annotations

import ast
import shutil
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

import pytest

import escalade
from escalade import jit
from escalade.cli import checkup
from escalade.cli.checkup import State

PACKAGE = Path(escalade.__file__).parent


@pytest.mark.parametrize(
    ("version", "state"), [((3, 10, 14), State.FAIL), ((3, 11, 0), State.OK), ((4, 0, 0), State.OK)]
)
def test_python(version: tuple[int, ...], state: State) -> None:
    found = checkup.python(version)
    assert found.state is state
    assert found.found.startswith(".".join(map(str, version)))
    assert bool(found.advice) == (state is State.FAIL)


def test_libraries_are_there_missing_or_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checkup.libraries().state is State.OK

    def broken(name: str) -> None:
        raise OSError("undefined symbol: x\nand more")

    monkeypatch.setattr(checkup.importlib, "import_module", broken)
    assert checkup.libraries().found == "numba cannot be loaded: undefined symbol: x"

    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(checkup.metadata, "version", missing)
    found = checkup.libraries()
    assert found.state is State.FAIL
    assert "missing: " in found.found
    assert "polars" in found.found
    assert "pytest" not in found.found


def test_data_are_counted_and_their_loss_is_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert checkup.data().state is State.OK
    monkeypatch.setattr(checkup.resources, "files", lambda _: tmp_path)
    found = checkup.data()
    assert found.state is State.FAIL
    assert "0 templates" in found.found


@pytest.mark.parametrize(("free", "state"), [(1e12, State.OK), (5e8, State.LOOK), (1e6, State.FAIL)])
def test_disk(free: float, state: State, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    assert checkup.disk(tmp_path).state is state


def test_a_folder_that_cannot_be_written_stops_every_run(tmp_path: Path) -> None:
    found = checkup.disk(tmp_path / "nothing")
    assert (found.state, found.advice) == (State.FAIL, "Change to another folder.")


@pytest.mark.parametrize(("size", "state"), [(None, State.OK), (1e9, State.LOOK), (8e9, State.OK)])
def test_memory(size: float | None, state: State) -> None:
    assert checkup.memory(size).state is state


def test_this_machine_tells_its_memory_and_processors() -> None:
    size = checkup.memory_size()
    assert size is None or size > 1e8
    assert checkup.usable_processors() >= 1
    assert [checkup.processors(count).state for count in (1, 2)] == [State.LOOK, State.OK]


def test_the_cache_is_writable_turned_off_or_out_of_reach(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(jit, "CACHE", tmp_path)
    monkeypatch.delenv("ESCALADE_NO_CACHE", raising=False)
    assert checkup.cache().state is State.OK
    monkeypatch.setattr(jit, "CACHE", None)
    assert checkup.cache().found == "cannot be written"
    monkeypatch.setenv("ESCALADE_NO_CACHE", "1")
    assert "turned off" in checkup.cache().found


def test_the_model_is_compiled_in_part_or_not_at_all(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(jit, "CACHE", tmp_path)
    states = [checkup.kernels()]
    for kernel in checkup.ENTRY_KERNELS:
        (tmp_path / kernel).mkdir()
        (tmp_path / kernel / f"{kernel}-1.py311.1.nbc").touch()
        states.append(checkup.kernels())
    assert [found.state for found in states] == [State.LOOK, State.LOOK, State.OK]
    assert [found.found.split(" for")[0] for found in states] == ["not yet compiled", "compiled in part", "compiled"]
    monkeypatch.setattr(jit, "CACHE", None)
    assert checkup.kernels().state is State.LOOK


@pytest.mark.parametrize("kernel", checkup.ENTRY_KERNELS)
def test_entry_kernels_are_kernels(kernel: str) -> None:
    module, _, name = kernel.partition(".")
    (path,) = [path for path in PACKAGE.rglob(f"{module}.py") if "kernel" in path.read_text("utf-8")]
    functions = [node for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)]
    (function,) = [node for node in functions if node.name == name]
    assert any(getattr(decorator, "id", "").startswith("kernel") for decorator in function.decorator_list)


@pytest.mark.parametrize(
    ("interactive", "columns", "encoding", "state", "words"),
    [
        (True, 120, "utf-8", State.OK, "120 columns"),
        (True, 60, "UTF-8", State.LOOK, "60 columns"),
        (True, 80, "cp1252", State.LOOK, "cp1252"),
        (False, 80, "utf8", State.OK, "a file or a program"),
    ],
)
def test_terminal(interactive: bool, columns: int, encoding: str, state: State, words: str) -> None:
    found = checkup.terminal(interactive, columns, encoding)
    assert found.state is state
    assert words in found.found


def test_colour_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "with colour" in checkup.terminal(True, 80, "utf-8").found
    monkeypatch.setenv("NO_COLOR", "1")
    assert "without colour" in checkup.terminal(True, 80, "utf-8").found


def test_a_check_that_breaks_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("no facts\nat all")

    monkeypatch.setattr(checkup, "data", broken)
    findings = {finding.name: finding for finding in checkup.checkup()}
    assert findings["data"] == checkup.Finding("data", State.LOOK, "could not be looked at: no facts")
    assert findings["Python"].state is State.OK


NETWORK = {
    "socket",
    "ssl",
    "urllib.request",
    "http",
    "http.client",
    "ftplib",
    "smtplib",
    "requests",
    "httpx",
    "aiohttp",
}
MAY_LISTEN = ("lab",)
"""Rooms that answer a browser on this machine."""


def test_no_code_can_open_a_connection() -> None:
    """The promise of the network line; the walk through all commands checks it once more while they run."""
    found = []
    for path in PACKAGE.rglob("*.py"):
        if path.relative_to(PACKAGE).parts[0] not in MAY_LISTEN:
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                found += [f"{path.name}: {name}" for name in names if name in NETWORK]
    assert found == []
