"""Runs the examples of a page as a reader would, and compares what they print in kind: words, not digits."""

import contextlib
import doctest
import io
import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from click.testing import CliRunner

from escalade.cli.main import main
from escalade.report import sentences
from tests.docs.fences import Block

SMALL = ("--candidates", "16", "--worlds", "4", "--histories", "2")
"""Sizes that stand in for an effort, so that a page takes seconds."""

ELSEWHERE = ("python3", "pip", ".", "make", "cd", "git")
"""Commands of the shell that pages show and that are not ours to test."""

_SOMETIMES = (sentences.TOO_FEW, sentences.TOO_FEW_UNKNOWN, sentences.HARD, sentences.YIELDS, sentences.PERIOD_RARE)
"""Sentences that an answer has or has not, depending on its size."""

_LEADS = (sentences.OPPOSED, *(lead for lead, _ in sentences.HEADLINES.values()))
_SIGNS = r"(?:more likely|less likely|higher|lower|\d+ years?)"


@dataclass
class Reader:
    """Somebody who works through a page in an empty folder.

    full : take the efforts of the page as written, instead of small ones
    """

    full: bool = False
    status: int = 0
    names: dict[str, Any] = field(default_factory=dict)

    def follow(self, block: Block) -> None:
        """Do what a block says; what is only to be read is passed over."""
        if block.language == "console":
            for command, expected in commands(block.text):
                self.check(expected, self.run(command), f"line {block.line}: {command}")
        elif block.language == "python":
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(block.text, f"line {block.line}", "exec"), self.names)
        elif block.language == "pycon":
            for example in doctest.DocTestParser().get_examples(block.text):
                self.check(example.want, self.evaluate(example.source), f"line {block.line}: {example.source}")
        elif block.caption:
            Path(block.caption).write_text(block.text, "utf-8")

    def run(self, command: str) -> str:
        """Output of a command; a failure that the page does not ask about (``echo $?``) fails the test."""
        program, *arguments = shlex.split(command)
        if command == "echo $?":
            status, self.status = self.status, 0
            return f"{status}\n"
        assert self.status == 0, f"a command before {command!r} failed with {self.status}"
        if program == "cat":
            return Path(arguments[0]).read_text("utf-8")
        if program in ELSEWHERE:
            return ""
        assert program == "escalade", f"{command!r} is not tested: show a command of escalade"
        with self.shortened(arguments):
            result = CliRunner().invoke(main, self.sized(arguments))
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        self.status = result.exit_code
        return result.output if result.exit_code else result.stdout  # what a command says while it works comes and goes

    def evaluate(self, source: str) -> str:
        """What an interactive Python session prints for one statement."""
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(source, "page", "single"), self.names)
        return printed.getvalue()

    def shortened(self, arguments: list[str]) -> contextlib.AbstractContextManager[Any]:
        """A small run writes no pictures after each stage: they take longer than the run. ``report`` does."""
        if self.full or arguments[:1] != ["run"]:
            return contextlib.nullcontext()
        return mock.patch("escalade.report.page.html", return_value="")

    def sized(self, arguments: list[str]) -> list[str]:
        """The arguments, with small sizes where a run names an effort or none."""
        if self.full or arguments[:1] != ["run"]:
            return arguments
        without = [a for before, a in zip(["", *arguments], arguments, strict=False) if "--effort" not in (before, a)]
        return [*without[:2], *SMALL, *without[2:]]

    def check(self, expected: str, printed: str, where: str) -> None:
        """Compare where the page shows an output."""
        if expected.strip():
            assert agree(expected, printed), f"{where}\n--- the page says\n{expected}\n--- printed\n{printed}"


def commands(text: str) -> list[tuple[str, str]]:
    """Commands of a console block, each with the output that the page shows."""
    found: list[tuple[str, str]] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            found.append((line[2:].strip(), ""))
        elif found and found[-1][0].endswith("\\"):
            found[-1] = (found[-1][0][:-1] + line.strip(), "")
        else:
            assert found, f"output before any command: {line!r}"
            found[-1] = (found[-1][0], f"{found[-1][1]}{line}\n")
    return found


def agree(expected: str, printed: str) -> bool:
    """Whether the printed text is of the expected kind; ``...`` stands for anything."""
    parts = [re.escape(part.strip()) for part in kind(expected).split("...")]
    return re.fullmatch(".*?".join(parts), kind(printed)) is not None


def kind(text: str) -> str:
    """A text without what depends on luck and size: digits, line breaks, verdicts, sentences that come and go."""
    flat = " ".join(text.split())
    for template in _SOMETIMES:
        flat = re.sub(_pattern(template), "", flat)
    for lead in sorted([*(lead for lead, _ in sentences.HEADLINES.values()), sentences.OPPOSED], key=len, reverse=True):
        flat = re.sub(
            _pattern(lead, r"(?:more likely|less likely|higher|lower|\d+ years?)"), "VERDICT", flat, flags=re.I
        )
    flat = re.sub(r"\(90 % interval [^)]*\)", "(INTERVAL)", flat)
    flat = re.sub(r"\bnone\b|\ball\b(?=,| by misjudgement)|\babout (as many( wars)?|the same)\b", "0", flat)
    flat = re.sub(r"\b(more|less) likely\b", "LIKELY", flat)
    flat = re.sub(r" (more|fewer|less)( wars?)?\b(?= \(INTERVAL| in \d| with it| than)", "", flat)
    flat = re.sub(r"[-+<]?\d[\d,.]*\d|[-+<]?\d", "#", flat)
    return " ".join(re.sub(r"-{3,}", "-", flat).split())


def _pattern(template: str, anything: str = r"[^.]*?") -> str:
    return re.sub(r"\\\{\w+\\\}", lambda _: anything, re.escape(template))
