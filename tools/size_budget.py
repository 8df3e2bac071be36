"""Check that files and functions stay small: ``python tools/size_budget.py [FOLDER ...]``.

A file counts its lines. A function counts the lines of its body without the
docstring, and its branches: if, for, while, except, case, conditional
expressions and conditions of comprehensions, those of functions inside it apart.
"""

from __future__ import annotations

import ast
import statistics
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("src", "tools", "verification")

FILE_MEDIAN, FILE_95TH, FILE_MOST = 150, 400, 600
BODY_95TH, BODY_MOST = 35, 60
BRANCHES_MOST = 12

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
BRANCHES = (ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.match_case)


class Size(NamedTuple):
    """One file or function: where, how many lines, how many branches (0 for a file)."""

    where: str
    lines: int
    branches: int = 0


def main(folders: Sequence[str]) -> int:
    """Print what is over budget in the folders (those of ``FOLDERS`` if none are named); 1 if anything is, else 0."""
    paths = sorted(path for folder in folders or FOLDERS for path in (ROOT / folder).rglob("*.py"))
    files = [Size(_name(path), len(path.read_text("utf-8").splitlines())) for path in paths]
    functions = [size for path in paths for size in function_sizes(path.read_text("utf-8"), _name(path))]
    excesses = over_budget(files, functions)
    print(*excesses, sep="\n", end="\n" if excesses else "")
    print(f"{len(files)} files, {len(functions)} functions: {len(excesses)} over budget")
    return 1 if excesses else 0


def over_budget(files: Sequence[Size], functions: Sequence[Size]) -> list[str]:
    """What breaks the budget, one sentence each."""
    lines = [file.lines for file in files]
    bodies = [function.lines for function in functions]
    shares = [
        ("median file", statistics.median(lines or [0]), FILE_MEDIAN),
        ("95th percentile of files", percentile(lines, 95), FILE_95TH),
        ("95th percentile of function bodies", percentile(bodies, 95), BODY_95TH),
    ]
    return [
        *(f"{what}: {value:g} lines, budget {most}" for what, value, most in shares if value > most),
        *(f"{file.where}: {file.lines} lines, at most {FILE_MOST}" for file in files if file.lines > FILE_MOST),
        *(f"{one.where}: body of {one.lines} lines, at most {BODY_MOST}" for one in functions if one.lines > BODY_MOST),
        *(
            f"{one.where}: {one.branches} branches, at most {BRANCHES_MOST}"
            for one in functions
            if one.branches > BRANCHES_MOST
        ),
    ]


def percentile(values: Sequence[int], share: int) -> int:
    """The smallest value that ``share`` per cent of the values do not exceed; 0 of none."""
    ordered = sorted(values)
    return ordered[-(-len(ordered) * share // 100) - 1] if ordered else 0


def function_sizes(source: str, name: str) -> list[Size]:
    """Sizes of all functions and methods in ``source``, the text of the file ``name``."""
    return [
        Size(f"{name}:{node.lineno} {node.name}", _body_lines(node), sum(1 for _ in _branches(node)))
        for node in ast.walk(ast.parse(source))
        if isinstance(node, FUNCTIONS)
    ]


def _body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return (node.end_lineno or node.lineno) - body[0].lineno + 1 if body else 0


def _branches(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, FUNCTIONS):
            continue
        if isinstance(child, BRANCHES):
            yield child
        if isinstance(child, ast.comprehension):
            yield from child.ifs
        yield from _branches(child)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
