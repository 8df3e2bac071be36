"""Pictures of the README: there, small, described; and made by a script from a report."""

import re
import subprocess
import sys
from pathlib import Path

from tools import readme_pictures

ROOT = Path(__file__).parents[2]


def test_the_readme_shows_both_pictures_with_words_for_those_who_cannot_see_them():
    found = re.findall(r"!\[([^\]]+)\]\(([^)]+)\)", (ROOT / "README.md").read_text("utf-8"))
    assert [Path(path).name for _, path in found] == [readme_pictures.FIRST_SCREEN, readme_pictures.TWIN]
    assert all(len(words) > 60 for words, _ in found)
    assert sum((ROOT / path).stat().st_size for _, path in found) < 300_000


def test_pictures_are_made_from_a_report(chromium, address, tmp_path):
    report = Path(address.removeprefix("file://")).parent
    # In a process of its own: a browser may be driven from here already.
    command = [sys.executable, readme_pictures.__file__, str(report), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    for name in (readme_pictures.FIRST_SCREEN, readme_pictures.TWIN):
        assert (tmp_path / name).read_bytes().startswith(b"\x89PNG")
        assert name in done.stdout


def test_it_says_what_is_missing(tmp_path, capsys):
    assert readme_pictures.main([str(tmp_path)]) == 2
    assert "is not there" in capsys.readouterr().err
    assert readme_pictures.main([]) == 2
