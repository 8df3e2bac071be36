"""The kernel cache: a changed source is never served old machine code, and trouble with the folder stops nobody."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from escalade import jit

KERNELS = """
from escalade.jit import CACHE, kernel

@kernel
def double(x: float) -> float:
    return 2.0 * x
"""

RUN = "import kernels, logging; print(kernels.double(21.0)); print(kernels.CACHE)"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package whose kernel calls a kernel in another file, which reads a constant in a third."""
    root = tmp_path / "toy"
    (root / "deep").mkdir(parents=True)
    (root / "jit.py").write_text("")
    (root / "constants.py").write_text("TEN = 10\n")
    (root / "deep" / "__init__.py").write_text("")
    (root / "deep" / "inner.py").write_text("import toy.jit\nfrom toy.constants import TEN\n")
    (root / "outer.py").write_text("from toy.jit import kernel\nfrom toy.deep import inner\n")
    (root / "words.py").write_text("GREETING = 'hello'\n")
    return root


def run_kernel(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``double`` in a fresh interpreter whose user cache is ``folder / 'cache'``."""
    (folder / "kernels.py").write_text(KERNELS)
    home = {"XDG_CACHE_HOME": str(folder / "cache"), "LOCALAPPDATA": str(folder / "cache"), "HOME": str(folder)}
    variables = os.environ | home | {"PYTHONPATH": str(folder)} | environment
    command = [sys.executable, "-c", RUN]
    return subprocess.run(command, env=variables, capture_output=True, text=True, check=True, timeout=120)


def test_kernel_sources_are_the_importers_of_jit_and_what_they_import(package: Path) -> None:
    names = {path.relative_to(package).as_posix() for path in jit.kernel_sources(package)}
    assert names == {"jit.py", "constants.py", "deep/__init__.py", "deep/inner.py", "outer.py"}


def test_worlds_and_luck_are_kernel_sources() -> None:
    names = {path.relative_to(jit.PACKAGE).as_posix() for path in jit.kernel_sources(jit.PACKAGE)}
    assert {"luck/philox.py", "luck/draws.py", "luck/streams.py"} <= names
    assert not {name for name in names if name.startswith(("cli/", "report/", "scenario/", "study/"))}


@pytest.mark.parametrize("changed", ["jit.py", "constants.py", "deep/inner.py", "outer.py"])
def test_fingerprint_changes_when_any_kernel_source_changes(package: Path, changed: str) -> None:
    before = jit.fingerprint(package, ["numba 1"])
    path = package / changed
    path.write_text(path.read_text() + "# changed\n")
    assert jit.fingerprint(package, ["numba 1"]) != before


def test_fingerprint_ignores_other_files_but_not_versions(package: Path) -> None:
    before = jit.fingerprint(package, ["numba 1"])
    (package / "words.py").write_text("GREETING = 'goodbye'\n")
    assert jit.fingerprint(package, ["numba 1"]) == before
    assert jit.fingerprint(package, ["numba 2"]) != before


def test_kernels_keep_their_documentation_and_compute() -> None:
    @jit.kernel
    def half(x: float) -> float:
        """Half of x."""
        return x / 2.0

    assert half(3.0) == 1.5
    assert half.__doc__ == "Half of x."


def test_cache_holds_compiled_kernels(tmp_path: Path) -> None:
    answer, folder = run_kernel(tmp_path).stdout.split()
    assert answer == "42.0"
    assert Path(folder).is_relative_to(tmp_path)
    assert list(Path(folder).rglob("*.nbc"))
    assert not list(tmp_path.glob("__pycache__/*.nb?"))


def test_no_cache_when_asked(tmp_path: Path) -> None:
    done = run_kernel(tmp_path, ESCALADE_NO_CACHE="1")
    assert done.stdout.split() == ["42.0", "None"]
    assert done.stderr == ""
    assert not list(tmp_path.rglob("*.nbc"))


def test_unwritable_cache_is_bypassed_with_one_line(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    done = run_kernel(tmp_path)
    assert done.stdout.split() == ["42.0", "None"]
    assert done.stderr.count("\n") == 1
    assert "no kernel cache" in done.stderr


@pytest.mark.parametrize("ending", ["nbi", "nbc"])
def test_damaged_cache_is_rebuilt_with_one_line(tmp_path: Path, ending: str) -> None:
    run_kernel(tmp_path)
    for path in (tmp_path / "cache").rglob(f"*.{ending}"):
        path.write_bytes(path.read_bytes()[:40])
    damaged, mended = run_kernel(tmp_path), run_kernel(tmp_path)
    assert damaged.stdout.split()[0] == mended.stdout.split()[0] == "42.0"
    assert damaged.stderr.count("\n") == 1
    assert "damaged kernel cache" in damaged.stderr
    assert mended.stderr == ""


def test_import_compiles_nothing(tmp_path: Path) -> None:
    code = "import escalade.luck.draws as d; assert not d.binomial.signatures"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
