"""What pages name exists: functions and modules of the package, files of the repository, keys of scenarios."""

import importlib
import re
from pathlib import Path

import pytest

from tests.docs.fences import DOCS, pages

ROOT = DOCS.parent
CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
NAME = re.compile(r"escalade(\.\w+)+")
FILE = re.compile(r"(tests|verification|docs|src|benchmarks)(/[\w.-]+)+")


def named(page: Path) -> list[str]:
    """Inline code of a page; a line break inside it counts as a space."""
    return CODE.findall(page.read_text("utf-8"))


def exists(name: str) -> bool:
    """Whether a dotted name leads to a module or to something in one."""
    parts = name.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for part in parts[cut:]:
            if not hasattr(found, part):
                return False
            found = getattr(found, part)
        return True
    return False


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(DOCS).as_posix())
def test_names_and_files_exist(page):
    code = named(page)
    assert [name for name in code if NAME.fullmatch(name) and not exists(name)] == []
    assert [name for name in code if FILE.fullmatch(name) and not (ROOT / name).exists()] == []


def test_the_architecture_page_names_functions():
    names = [name for name in named(DOCS / "explanation" / "architecture.md") if NAME.fullmatch(name)]
    assert len(names) > 30
    rooms = {name.split(".")[1] for name in names}
    assert {"scenario", "study", "ensemble", "crisis", "history", "raid", "analysis", "report", "cli"} <= rooms


def test_existence_is_told():
    assert exists("escalade.study.run.run")
    assert exists("escalade.ensemble.storage.RunFolder.write_frame")
    assert not exists("escalade.study.run.walk")
    assert not exists("escalade.no_room.at_all")
