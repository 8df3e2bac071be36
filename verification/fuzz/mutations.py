"""Ways to break a text at random."""

import random
import re
from collections.abc import Callable

# Pieces of text, one kind a line, that have broken readers before; parted by blanks, \\ as in Python.
_PIECES = r"""
: - [ ] { } , " ' # & * ! % ? | > ~ . .. [0] &a\x20 *a !t\x20 <<:\x20 :\x20 -\x20 \x20 \n \t \r ---\n ...\n
null true no 1e3 012 1e999 .nan -.inf -1 0 0.5 2 999999999999999999999999999999 1_000 80\x20%
\x00 \x1b[0m \x85 \u2028 \ufeff \xe9 \xb2 \U0001f600
low mode times plus of together:\x20x fact:\x20iron_dome sides north
extends:\x20iran-june-2025\n extends:\x20tiny.yaml\n changes:\x20{years:\x203}\n
{times:\x202} {plus:\x20{low:\x200,mode:\x201,high:\x202}} {uniform:\x20[0,1]} {one_of:\x20[1]}
"""
SCRAPS = ["", *(piece.encode("latin-1").decode("unicode_escape") for piece in _PIECES.split())]
"""What is put into a text."""


def cut(rng: random.Random, text: str) -> str:
    start = rng.randrange(len(text) + 1)
    return text[:start] + text[start + rng.randrange(1, 80) :]


def insert(rng: random.Random, text: str) -> str:
    start = rng.randrange(len(text) + 1)
    return text[:start] + rng.choice(SCRAPS) + text[start:]


def flip(rng: random.Random, text: str) -> str:
    start = rng.randrange(len(text) + 1)
    return text[:start] + chr(rng.choice([rng.randrange(32, 127), rng.randrange(0x110000)])) + text[start + 1 :]


def swap_lines(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    first, second = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return "\n".join(lines)


def drop_line(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    del lines[rng.randrange(len(lines))]
    return "\n".join(lines)


def repeat_line(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    lines.insert(rng.randrange(len(lines)), rng.choice(lines))
    return "\n".join(lines)


def indent_line(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    number = rng.randrange(len(lines))
    lines[number] = " " * rng.randrange(4) + lines[number].lstrip()
    return "\n".join(lines)


def change_value(rng: random.Random, text: str) -> str:
    values = list(re.finditer(r"(?<=[:,\[ ])[^ ,:{}\[\]\n]+", text))
    if not values:
        return text
    chosen = rng.choice(values)
    return text[: chosen.start()] + rng.choice([*SCRAPS, rng.choice(values).group()]) + text[chosen.end() :]


def change_key(rng: random.Random, text: str) -> str:
    found = list(re.finditer(r'[a-z_]+(?="?:)', text))
    if not found:
        return text
    chosen = rng.choice(found)
    return text[: chosen.start()] + rng.choice(found).group() + text[chosen.end() :]


Mutation = Callable[[random.Random, str], str]
MUTATIONS: list[Mutation] = [
    cut,
    insert,
    flip,
    swap_lines,
    drop_line,
    repeat_line,
    indent_line,
    change_value,
    change_value,
    change_key,
    change_key,
]
"""The ways; those that keep the text YAML come twice."""


def broken(rng: random.Random, text: str, times: int = 1) -> str:
    """The text after so many random mutations."""
    for _ in range(times):
        text = rng.choice(MUTATIONS)(rng, text) or rng.choice(SCRAPS)
    return text
