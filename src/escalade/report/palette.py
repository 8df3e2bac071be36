"""Colours of the report: one for *with* the policy and for *more*, one for *without* and *less*, the same everywhere.

The two are told apart by the colour-blind (orange-brown against blue, of unlike
lightness) and never stand alone: filled against hollow, or a side of a line, says
the same. Pictures are drawn in the light colours; the style sheet replaces them in
the dark, so that every picture is also right on its own.
"""

from __future__ import annotations

from collections.abc import Mapping

LIGHT: Mapping[str, str] = {
    "ink": "#1d2327",
    "muted": "#5d666d",
    "rule": "#d5d0c6",
    "paper": "#fbf9f4",
    "card": "#ffffff",
    "with": "#b5482a",
    "without": "#2f6690",
    "neutral": "#77726a",
    "pale": "#efebe2",
}
"""Colours by role, on a light ground."""

DARK: Mapping[str, str] = {
    "ink": "#ece8df",
    "muted": "#a9a498",
    "rule": "#45423b",
    "paper": "#191815",
    "card": "#211f1b",
    "with": "#e58a68",
    "without": "#7fb3dc",
    "neutral": "#9d978a",
    "pale": "#2f2c26",
}
"""The same roles on a dark ground."""

FONT = 'system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif'
"""Fonts that are there without being fetched."""
