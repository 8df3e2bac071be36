"""Fenced blocks of a documentation page: what is run, written or only read."""

import re
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"

_FENCE = re.compile(r"^(`{3,})(?:\{code-block\} *)?([\w-]*) *$")
_OPTION = re.compile(r"^:([\w-]+): *(.*)$")


@dataclass(frozen=True)
class Block:
    """One block: its language, the file name in its caption (or none), its text and the line where it begins."""

    language: str
    caption: str
    text: str
    line: int


def pages() -> list[Path]:
    """All pages, sorted."""
    return sorted(path for path in DOCS.rglob("*.md") if "_build" not in path.parts)


def blocks(path: Path) -> list[Block]:
    """The fenced blocks of a page, in order."""
    found: list[Block] = []
    lines = iter(enumerate(path.read_text("utf-8").splitlines(), start=1))
    for number, line in lines:
        opened = _FENCE.match(line)
        if opened is None:
            continue
        body: list[str] = []
        for _, inner in lines:
            if inner.rstrip() == opened[1]:
                break
            body.append(inner)
        found.append(_block(opened[2], body, number))
    return found


def _block(language: str, body: list[str], line: int) -> Block:
    options = {}
    while body and (option := _OPTION.match(body[0])):
        options[option[1]] = option[2]
        body = body[1:]
    if options and body and not body[0].strip():
        body = body[1:]
    return Block(language, options.get("caption", ""), "\n".join(body) + "\n", line)
