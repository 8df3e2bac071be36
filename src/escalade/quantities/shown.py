"""Values and lists as people read them."""

from __future__ import annotations

from collections.abc import Sequence

from escalade.quantities.kinds import Unit

SMALLEST_SHOWN = 0.01
"""Smaller values are said to be below this; smaller differences are shown as nothing."""


def shown(value: float, unit: Unit, *, signed: bool = False) -> str:
    """A value as people read it: shares as so many of 100, large numbers with thousands, no needless digits."""
    scaled = 100.0 * value if unit == "share" else value
    if unit == "dollars":
        return _dollars(scaled, signed)
    size = abs(scaled)
    if not signed and 0 < size < SMALLEST_SHOWN / 2:
        return f"<{SMALLEST_SHOWN}"
    if unit in ("share", "year"):
        digits = 1 if size >= 0.1 or size == 0 else 2
    else:
        digits = 0 if size >= 100 else 1 if size >= 10 else 2
    text = f"{scaled:{'+' if signed else ''},.{digits}f}"
    return "0" if float(text.replace(",", "")) == 0 else text


def _dollars(value: float, signed: bool) -> str:
    sign = "+" if signed else ""
    for size, word in ((1e12, " tn"), (1e9, " bn"), (1e6, " m")):
        if abs(value) >= size:
            return f"{value / size:{sign}.1f}{word}"
    return f"{value:{sign},.0f}" if abs(value) >= 0.5 else "0"


def listed(items: Sequence[str], word: str = "and") -> str:
    """Items with commas and a word before the last one: "a, b and c"; nothing for none."""
    return f" {word} ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
