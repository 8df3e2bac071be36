"""A bundled scenario as its author wrote it: every number by its path, and the conversions of people's units."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

PAGES = Path(__file__).parents[2] / "docs" / "scenarios"

Triple = tuple[float, float, float]
"""Low, mode and high."""


def text(name: str) -> str:
    return (resources.files("escalade") / "scenarios" / f"{name}.yaml").read_text(encoding="utf-8")


@cache
def file(name: str) -> dict[str, Any]:
    data: dict[str, Any] = YAML(typ="safe", pure=True).load(text(name))
    return data


def page(name: str) -> str:
    return (PAGES / f"{name}.md").read_text(encoding="utf-8")


def numbers(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every number written as a mapping, with its dotted path; counts of the record are not inputs."""
    if isinstance(node, dict) and {"fact", "value", "low", "one_of"} & set(node) and "reading" not in node:
        yield path, node
    elif isinstance(node, dict) and {"times", "plus"} & set(node) and "of" not in node:
        change = node.get("times", node.get("plus"))
        written = change if isinstance(change, dict) else {"value": change}
        yield path, {**written, **{key: node[key] for key in ("assumption", "source", "url") if key in node}}
    elif isinstance(node, dict):
        for key, child in node.items():
            yield from numbers(child, f"{path}.{key}" if path else key)
    elif isinstance(node, list):
        for place, child in enumerate(node):
            yield from numbers(child, f"{path}[{place}]")


def triple(number: dict[str, Any]) -> Triple:
    """Low, mode and high; a single value three times."""
    if "value" in number:
        return (number["value"],) * 3
    return number["low"], number["mode"], number["high"]


def scaled(number: Triple, factor: float) -> Triple:
    low, mode, high = number
    return low * factor, mode * factor, high * factor


def shift(share: float) -> float:
    """Logit shift that turns a layer that stops 90 of 100 into one that stops ``share``."""
    return math.log(share / (1 - share)) - math.log(0.9 / 0.1)


def rounding(share: float) -> float:
    """Logits by which a share written with three digits may be off."""
    return 0.0005 / (share * (1 - share)) + 1e-9


def exposed(reach: Triple, alert: Triple) -> Triple:
    """Share of a stock in reach of a disarming strike, less what escapes on alert (high alert with low reach)."""
    return reach[0] * (1 - alert[2]), reach[1] * (1 - alert[1]), reach[2] * (1 - alert[0])
