"""First-strike stability in words: tables, the 2 x 2 of shield and rival, a curve; and as JSON values."""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalade.quantities import shown
from escalade.report.sentences import CONDITIONAL
from escalade.report.tables import WIDTH, Row, Section, Table, text
from escalade.stability.index import TRULY, PairStability
from escalade.stability.ragged import Ragged
from escalade.study.stability import SETS, Curve, PairFigures, Stability

ABREAST = 4
"""Policies that stand side by side in one table."""

BAR = 40
"""Length of a bar that stands for an index of 1."""

LOW, HIGH = 0.05, 0.95
"""Ends of the ranges over sets of assumptions."""


def as_text(found: Stability) -> str:
    """Everything as lines of at most 80 columns."""
    parts = [found.scenario.title, _about(found), *(text(table) for table in tables(found))]
    if found.curve is not None:
        parts += [curve_chart(found, found.curve, at) for at in range(len(found.curve.pairs))]
    return "\n\n".join([*parts, textwrap.fill(CONDITIONAL, WIDTH)])


def _about(found: Stability) -> str:
    scenario = found.scenario
    rung = scenario.ladder.rungs[-1].name
    return textwrap.fill(
        f'An exchange: one side strikes first at "{rung}", the other answers with what is left, both through the '
        f"other's shield, with the forces of year {scenario.reference_year}. The index is 1 where nobody gains by "
        "going first; the smaller, the more there is to gain by not waiting.",
        WIDTH,
    )


def tables(found: Stability) -> list[Table]:
    """For every pair its figures under all policies, then the 2 x 2 of each shield under each policy."""
    policies = list(found.policies)
    abreast = [policies[start : start + ABREAST] for start in range(0, len(policies), ABREAST)]
    count = len(found.policies[policies[0]])
    figures = [_pair_table(found, some, at) for at in range(count) for some in abreast]
    crossed = [
        _ragged_table(found, policy, pair, side, square)
        for policy in policies
        for pair in found.policies[policy]
        for side, square in pair.ragged.items()
    ]
    return figures + crossed


def _pair_table(found: Stability, policies: list[str], at: int) -> Table:
    pairs = [found.policies[policy][at] for policy in policies]
    names = [_name(found, side) for side in pairs[0].sides]
    whole = [
        Row(("index, as truly is", *[f"{pair.likely.index[TRULY, 0]:.2f}" for pair in pairs])),
        Row((f"  middle 90 % of {SETS} sets", *[_range(pair.drawn.index[TRULY]) for pair in pairs])),
        Row(("index, as both believe it", *[f"{pair.likely.believed_index[0]:.2f}" for pair in pairs])),
        Row(("index, if missiles leave under attack", *[f"{pair.under_attack.index[TRULY, 0]:.2f}" for pair in pairs])),
    ]
    sections = [Section("", tuple(whole))]
    for s, name in enumerate(names):
        rows = (
            Row(("striking first saves, of 100", *[_hundredths(pair.likely.incentive[TRULY, 0, s]) for pair in pairs])),
            Row(("  as it believes", *[_hundredths(pair.likely.believed[0, s]) for pair in pairs])),
            Row(("cost of striking first", *[f"{pair.likely.first[TRULY, 0, s]:.2f}" for pair in pairs])),
            Row(("cost of being struck first", *[f"{pair.likely.second[TRULY, 0, s]:.2f}" for pair in pairs])),
            Row(("destroyed if it strikes first, of 100", *[shown(_first(pair.likely, s), "share") for pair in pairs])),
            Row(("destroyed if struck first, of 100", *[shown(_second(pair.likely, s), "share") for pair in pairs])),
        )
        sections.append(Section(name, rows))
    return Table(
        f"First strikes: {names[0]} and {names[1]}",
        ("", *(found.scenario.policies[policy].name for policy in policies)),
        tuple(sections),
        "Every input at its most likely value. Saved: of the cost of being struck first. Cost: 1 is the loss of all "
        "that the side values, with the rival's loss counted at three tenths (Kent and Thaler 1989).",
    )


def _ragged_table(found: Stability, policy: str, pair: PairFigures, side: str, square: Ragged) -> Table:
    name = _name(found, side)
    rival = _name(found, next(other for other in pair.sides if other != side))
    saves, index = square.incentive[0], square.index[0]
    rows = tuple(
        Row((words, *(f"{_hundredths(saves[s, v])}" for v in (0, 1)), *(f"{index[s, v]:.2f}" for v in (0, 1))))
        for s, words in enumerate((f"without the shield of {name}", "with it"))
    )
    return Table(
        f"{found.scenario.policies[policy].name}: what striking first saves {name}, of 100, and the index, if forces "
        f"of {rival} survive a first strike or can be reached",
        ("", "saves: survive", "saves: reached", "index: survive", "index: reached"),
        (Section("", rows),),
        "A thin shield counts most against a ragged answer: a first strike and a shield are complements.",
    )


def curve_chart(found: Stability, curve: Curve, at: int) -> str:
    """The index by size of the shield as bars."""
    names = [_name(found, side) for side in curve.pairs[at]]
    head = (
        f"{found.scenario.policies[curve.policy].name}: the index of {names[0]} and {names[1]} by interceptors of "
        f"{_name(found, curve.side)}"
    )
    width = max(len("interceptors"), *(len(f"{size:,.0f}") for size in curve.sizes))
    longest = max(1.0, float(curve.index[at].max()))
    lines = [*textwrap.wrap(head, WIDTH), f"{'interceptors':>{width}}  index"]
    for size, index in zip(curve.sizes, curve.index[at], strict=True):
        lines.append(f"{size:>{width},.0f}  {index:>5.2f}  {'#' * round(BAR * index / longest)}".rstrip())
    return "\n".join(lines)


def as_data(found: Stability) -> dict[str, Any]:
    """The same as plain JSON values; ids as in ``stability.quantities``."""
    policies = {name: {"pairs": [_pair_data(pair) for pair in pairs]} for name, pairs in found.policies.items()}
    data: dict[str, Any] = {
        "scenario": found.scenario.name,
        "rung": found.scenario.ladder.rungs[-1].id,
        "year": found.scenario.reference_year,
        "sets": SETS,
        "policies": policies,
    }
    curve = found.curve
    if curve is not None:
        pairs = [
            {
                "sides": list(sides),
                "index": curve.index[at].tolist(),
                **{f"saves.{side}": curve.saves[at, :, s].tolist() for s, side in enumerate(sides)},
            }
            for at, sides in enumerate(curve.pairs)
        ]
        data["curve"] = {
            "policy": curve.policy, "side": curve.side, "interceptors": list(curve.sizes), "pairs": pairs,
        }  # fmt: skip
    return data


def _pair_data(pair: PairFigures) -> dict[str, Any]:
    likely, drawn = pair.likely, pair.drawn
    data: dict[str, Any] = {
        "sides": list(pair.sides),
        "index": _value(likely.index[TRULY], drawn.index[TRULY]),
        "index_believed": _value(likely.believed_index, drawn.believed_index),
        "index_under_attack": {"likely": float(pair.under_attack.index[TRULY, 0])},
    }
    for s, side in enumerate(pair.sides):
        data |= {
            f"cost_first.{side}": _value(likely.first[TRULY, :, s], drawn.first[TRULY, :, s]),
            f"cost_second.{side}": _value(likely.second[TRULY, :, s], drawn.second[TRULY, :, s]),
            f"saves.{side}": _value(likely.incentive[TRULY, :, s], drawn.incentive[TRULY, :, s]),
            f"saves_believed.{side}": _value(likely.believed[:, s], drawn.believed[:, s]),
            f"destroyed_first.{side}": {"likely": _first(likely, s)},
            f"destroyed_second.{side}": {"likely": _second(likely, s)},
        }
    for side, square in pair.ragged.items():
        data[f"ragged.{side}"] = {
            shield: {rival: float(square.incentive[0, s, v]) for v, rival in enumerate(("survivable", "vulnerable"))}
            for s, shield in enumerate(("without", "with"))
        }
    return data


def _value(likely: NDArray[np.float64], drawn: NDArray[np.float64]) -> dict[str, Any]:
    ends = {f"{100 * q:g}": float(np.quantile(drawn, q)) for q in (LOW, 0.5, HIGH)}
    return {"likely": float(likely[0]), "quantiles": ends}


def _first(pair: PairStability, s: int) -> float:
    """Share of a side's value destroyed if it strikes first."""
    return float(pair.exchanges["striker"][TRULY, 0, s])


def _second(pair: PairStability, s: int) -> float:
    """Share of a side's value destroyed if it is struck first."""
    return float(pair.exchanges["struck"][TRULY, 0, 1 - s])


def _range(values: NDArray[np.float64]) -> str:
    low, high = np.quantile(values, (LOW, HIGH))
    return f"{low:.2f} to {high:.2f}"


def _hundredths(share: float) -> str:
    return shown(float(share), "share") if abs(share) >= 5e-4 else "0"


def _name(found: Stability, side: str) -> str:
    return found.scenario.sides[side].name
