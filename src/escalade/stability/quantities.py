"""The registry of numbers about first-strike stability: every one that is shown has its entry here.

Ids are patterns, as in ``escalade.quantities``: ``saves.SIDE`` stands for one number per side of a pair.
"""

from __future__ import annotations

from escalade.quantities import RunNumber

_PLANNED = "Planned, not sampled: expected numbers, as leaders would compute them. Ranges are over sets of assumptions."
_VALUE = "what the side values: its people at risk"

STABILITY_NUMBERS: tuple[RunNumber, ...] = (
    RunNumber(
        "index", "index of first-strike stability",
        "1: nobody gains by striking first; the smaller, the more there is to gain by not waiting.",
        "a pair of sides", "product over both sides of cost_first / cost_second", _PLANNED,
    ),
    RunNumber(
        "index_believed", "the index as both sides believe it",
        "The same, each side's part as that side believes its own costs to be.",
        "a pair of sides", "product over both sides of 1 - saves_believed", _PLANNED,
    ),
    RunNumber(
        "index_under_attack", "the index if missiles leave under attack",
        "The same, if nine in ten exposed land-based missiles of both sides leave before they are hit.",
        "a pair of sides", "product over both sides of cost_first / cost_second", _PLANNED,
    ),
    RunNumber(
        "cost_first.SIDE", "cost of striking first: {side}",
        "Cost of an exchange that the side begins: its own damage, and what its rival is spared.",
        _VALUE, "own^0.75 + 0.3 (1 - rival^0.75), damage as shares of value", _PLANNED,
    ),
    RunNumber(
        "cost_second.SIDE", "cost of being struck first: {side}", "The same, if its rival begins.", _VALUE,
        "own^0.75 + 0.3 (1 - rival^0.75), damage as shares of value", _PLANNED,
    ),
    RunNumber(
        "saves.SIDE", "what striking first saves: {side}",
        "Share of the cost of being struck first that the side spares itself by going first; below 0 it costs more.",
        "the cost of being struck first", "1 - cost_first / cost_second", _PLANNED,
    ),
    RunNumber(
        "saves_believed.SIDE", "what striking first saves, as it believes: {side}",
        "The same as the side itself sees both shields.",
        "the cost of being struck first", "1 - cost_first / cost_second", _PLANNED,
    ),
    RunNumber(
        "destroyed_first.SIDE", "destroyed if it strikes first: {side}",
        "Share of what the side values that its rival's answer destroys.", _VALUE,
        "1 - exp(-deaths without limit / people at risk)", _PLANNED,
    ),
    RunNumber(
        "destroyed_second.SIDE", "destroyed if it is struck first: {side}",
        "Share of what the side values that its rival's first strike destroys.", _VALUE,
        "1 - exp(-deaths without limit / people at risk)", _PLANNED,
    ),
    RunNumber(
        "ragged.SIDE", "what striking first saves, by shield and rival: {side}",
        "The same as saves, without and with the side's shield, against forces that survive a first strike or do not.",
        "the cost of being struck first", "1 - cost_first / cost_second", _PLANNED,
    ),
)  # fmt: skip
"""Numbers of first-strike stability, in the order in which they are shown."""
