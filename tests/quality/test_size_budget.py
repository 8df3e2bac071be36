"""Files and functions stay small, and the script that says so counts right."""

import pytest

from tools import size_budget
from tools.size_budget import Size, function_sizes, over_budget, percentile

SOURCE = '''
def short(x):
    """Two lines
    of documentation."""
    if x:
        return [y for y in x if y]
    return 0 if x is None else 1


class Thing:
    def outer(self):
        def inner():
            while True:
                pass

        for _ in range(3):
            inner()


def documented_only():
    """Nothing else."""
'''


def test_the_code_is_within_budget(capsys: pytest.CaptureFixture[str]) -> None:
    assert size_budget.main([]) == 0, capsys.readouterr().out


def test_function_sizes() -> None:
    sizes = {size.where.split()[-1]: (size.lines, size.branches) for size in function_sizes(SOURCE, "thing.py")}
    assert sizes == {"short": (3, 3), "outer": (6, 1), "inner": (2, 1), "documented_only": (0, 0)}


@pytest.mark.parametrize(
    ("files", "functions", "excess"),
    [
        pytest.param([Size("a.py", 601)] + [Size("b.py", 10)] * 99, [], "a.py: 601 lines", id="file"),
        pytest.param([Size("a.py", 151)] * 3, [], "median file: 151", id="median"),
        pytest.param([Size("a.py", 10)] * 9 + [Size("b.py", 401)], [], "95th percentile of files", id="files"),
        pytest.param([], [Size("f", 61)] + [Size("g", 1)] * 99, "f: body of 61", id="body"),
        pytest.param([], [Size("f", 36)], "95th percentile of function bodies: 36", id="bodies"),
        pytest.param([], [Size("f", 1, 13)], "f: 13 branches", id="branches"),
    ],
)
def test_over_budget(files: list[Size], functions: list[Size], excess: str) -> None:
    (sentence,) = over_budget(files, functions)
    assert sentence.startswith(excess)


def test_percentile_is_the_nearest_rank() -> None:
    assert percentile([], 95) == 0
    assert percentile([7], 95) == 7
    assert percentile(list(range(1, 101)), 95) == 95
    assert percentile(list(range(1, 21)), 95) == 19
