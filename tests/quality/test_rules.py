"""Rules that a machine can check: layers, documentation, pins, what ships."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PINS = [line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if not line.startswith("#")]


def run_tool(name: str, *arguments: str) -> None:
    tool = shutil.which(name, path=Path(sys.executable).parent)
    assert tool, f"{name} is not installed: pip install -e '.[dev]'"
    done = subprocess.run([tool, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def test_rooms_depend_one_way_only() -> None:
    run_tool("lint-imports", "--no-cache")


def test_everything_public_is_documented() -> None:
    run_tool("interrogate", "--quiet", "-v", "src", "tools")


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!; ]", name)[0]).lower()


def test_pins_name_packages_and_versions_only() -> None:
    for pin in PINS:
        assert re.fullmatch(
            r'[A-Za-z0-9_.-]+==[0-9][0-9A-Za-z.]*( ; python_(full_)?version (<|>=) "3(\.\d+)+")?', pin
        ), pin


@pytest.mark.parametrize("group", ["dependencies", *PROJECT["optional-dependencies"]])
def test_every_dependency_is_pinned(group: str) -> None:
    wanted = PROJECT["dependencies"] if group == "dependencies" else PROJECT["optional-dependencies"][group]
    assert {normal(name) for name in wanted} <= {normal(pin) for pin in PINS}


def test_license_is_complete() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "Version 2.0, January 2004" in text
    assert all(f"   {number}. " in text for number in range(1, 10))
    assert "END OF TERMS AND CONDITIONS" in text
    assert "APPENDIX: How to apply" in text


def test_no_test_or_module_hides_a_path_of_somebody_s_machine() -> None:
    pattern = re.compile(r"(/home/|/Users/|/root/|[A-Z]:\\\\Users)")
    folders = ("src", "tools", "tests", "verification", "benchmarks", "docs")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.*") if path.suffix in (".py", ".md")]
    assert [str(path) for path in files if path != Path(__file__) and pattern.search(path.read_text("utf-8"))] == []
