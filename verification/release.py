"""The package as users get it: built, looked into, installed where nothing else is, used without a network.

``python -m verification.release`` builds wheel and sdist of the working tree, checks what is in them, installs the
wheel with the tested versions (wheels only: no compiler) into an empty virtual environment, and runs commands there in
an empty folder. Where the system allows it (Linux, ``unshare``), the commands have no network at all.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent

SHIPPED = (
    "escalade/py.typed",
    "escalade/schema/scenario-v1.json",
    "escalade/scenarios/iran-june-2025.yaml",
    "escalade/facts/systems.csv",
    "escalade/report/templates/page.html",
)
"""One file of every kind that the package must carry beside its modules."""

IN_SOURCES = (
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
    "constraints.txt",
    "Makefile",
    "tests/conftest.py",
)
"""What the sdist must hold beside the package, so that it can be tested."""

COMMANDS = (
    ("--version",),
    ("doctor",),
    ("facts", "iron dome"),
    ("rate", "90%", "--of", "engaged", "--launched", "1000", "--threatening", "25%"),
    ("raid", "--shield", "arrow_3", "--threats", "ballistic=20"),
    ("check", "iran-june-2025"),
    ("new", "memo.yaml", "--from", "iran-june-2025"),
    ("run", "memo.yaml", "--candidates", "64", "--worlds", "8", "--histories", "16"),
    ("compare", "memo.run"),
    ("why", "memo.run"),
    ("replay", "memo.run", "--show", "longest"),
    ("report", "memo.run"),
)
"""What a new user does first."""


def build(folder: Path) -> tuple[Path, Path]:
    """Build wheel and sdist; paths of both."""
    subprocess.run([sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)], check=True, capture_output=True)
    return next(folder.glob("*.whl")), next(folder.glob("*.tar.gz"))


def modules() -> set[str]:
    """Every file of the package in the working tree that belongs to it."""
    found = (path for path in (ROOT / "src" / "escalade").rglob("*") if path.is_file())
    return {path.relative_to(ROOT / "src").as_posix() for path in found if "__pycache__" not in path.parts}


def missing(wheel: Path, sdist: Path) -> list[str]:
    """Names of files that should have been packed and were not."""
    with zipfile.ZipFile(wheel) as packed:
        carried = set(packed.namelist())
    with tarfile.open(sdist) as packed_sources:
        sources = {name.split("/", 1)[1] for name in packed_sources.getnames() if "/" in name}
    return sorted(({*SHIPPED} | modules()) - carried) + sorted({*IN_SOURCES} - sources)


def install(wheel: Path, folder: Path) -> Path:
    """Install the wheel into an empty environment, from wheels alone; path of its Python."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    quiet = ("--quiet", "--disable-pip-version-check")
    pins = ("--only-binary", ":all:", "-c", str(ROOT / "constraints.txt"))
    subprocess.run([str(python), "-m", "pip", "install", *quiet, *pins, str(wheel)], check=True)
    subprocess.run([str(python), "-m", "pip", "check"], check=True, capture_output=True)
    return python


def offline() -> tuple[str, ...]:
    """What to write before a command so that it has no network; nothing where the system cannot do that."""
    unshare = shutil.which("unshare")
    if unshare and subprocess.run([unshare, "-rn", "true"], capture_output=True, check=False).returncode == 0:
        return (unshare, "-rn")
    return ()


def use(python: Path, folder: Path) -> None:
    """Run the commands in an empty folder; raises ``CalledProcessError`` at the first that fails."""
    folder.mkdir()
    for arguments in COMMANDS:
        subprocess.run(
            [*offline(), str(python), "-m", "escalade", *arguments], cwd=folder, check=True, capture_output=True
        )


def main() -> int:
    """All steps, with one line for each."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        wheel, sdist = build(place / "dist")
        absent = missing(wheel, sdist)
        print(f"{wheel.name}: {wheel.stat().st_size / 1e6:.1f} MB, {sdist.name}: {sdist.stat().st_size / 1e6:.1f} MB")
        print(f"missing: {', '.join(absent) or 'nothing'}")
        python = install(wheel, place / "venv")
        print("installed from wheels alone, pip check clean")
        use(python, place / "work")
        print(f"{len(COMMANDS)} commands {'without a network' if offline() else 'with the network on'}: all fine")
    return int(bool(absent))


if __name__ == "__main__":
    sys.exit(main())
