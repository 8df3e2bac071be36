"""Every example of the documentation runs, page by page, and prints what the page shows, in kind."""

from pathlib import Path

import pytest

from tests.docs.examples import SMALL, Reader, agree, commands, kind
from tests.docs.fences import DOCS, blocks, pages

STARTS_WITH_A_RUN = "% starts with iran-june-2025.run"
"""First line (a comment) of a page whose examples read a finished run."""

RUN_BY = ("console", "python", "pycon")
PAGES = [page for page in pages() if any(block.language in RUN_BY for block in blocks(page))]
TUTORIAL = DOCS / "tutorial" / "first-answer.md"


def work_through(page: Path, reader: Reader) -> None:
    for block in blocks(page):
        reader.follow(block)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_examples_run(page, tmp_path, monkeypatch, request):
    if page.read_text("utf-8").startswith(STARTS_WITH_A_RUN):
        request.getfixturevalue("with_small_run")
    monkeypatch.chdir(tmp_path)
    work_through(page, Reader())


@pytest.mark.verify
def test_the_tutorial_runs_word_for_word(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    work_through(TUTORIAL, Reader(full=True))


def test_the_tutorial_changes_two_lines(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Reader().run("escalade new my-case.yaml --from iran-june-2025")
    written = Path("my-case.yaml").read_text("utf-8").splitlines()
    shown = next(block.text for block in blocks(TUTORIAL) if block.caption == "my-case.yaml").splitlines()
    assert len(written) == len(shown)
    assert sum(one != other for one, other in zip(written, shown, strict=True)) == 2


def test_blocks_of_a_page(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        "Text\n\n```console\n$ escalade a\nout\n```\n\n"
        "```{code-block} yaml\n:caption: x.yaml\n:emphasize-lines: 1\n\na: 1\n```\n",
        "utf-8",
    )
    first, second = blocks(page)
    assert (first.language, first.caption, first.text, first.line) == ("console", "", "$ escalade a\nout\n", 3)
    assert (second.language, second.caption, second.text) == ("yaml", "x.yaml", "a: 1\n")


def test_commands_of_a_block():
    assert commands("$ one \\\n  two\nout\n$ three\n") == [("one two", "out\n"), ("three", "")]


@pytest.mark.parametrize(
    ("expected", "printed", "same"),
    [
        ("war in 7 of 100", "war  in 12\nof 100", True),
        ("war in 7 of 100", "peace in 7 of 100", False),
        ("a\n...\nc", "a b\nb c", True),
        ("a\n...\nc", "a b", False),
        ("It depends. Of 100", "More likely. Of 100", True),
        ("3 more (90 % interval 2 to 5).", "4 fewer (90 % interval 10 fewer to 2 more).", True),
        ("----\n+3.1", "--------\n-0.2", True),
        ("all", "all of it", False),
    ],
)
def test_outputs_are_compared_in_kind(expected, printed, same):
    assert agree(expected, printed) is same


def test_kind_keeps_the_words():
    assert kind("Report: my-case.run/report.html") == "Report: my-case.run/report.html"


@pytest.mark.parametrize(
    ("written", "taken"),
    [
        ("run x --effort quick", ["run", "x", *SMALL]),
        ("run x", ["run", "x", *SMALL]),
        ("run x --effort quick --histories 8", ["run", "x", *SMALL, "--histories", "8"]),
        ("compare x.run", ["compare", "x.run"]),
    ],
)
def test_runs_are_made_small(written, taken):
    assert Reader().sized(written.split()) == taken
    assert Reader(full=True).sized(written.split()) == written.split()
