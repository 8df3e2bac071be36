"""Golden headlines: every verdict and what goes with it, from comparisons made by hand, as text files beside this one.

The numbers in the files follow from the tables below (means of few values; intervals by the closed form that
``test_sentences`` gives); nothing in them is simulated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from escalade.analysis.compare import Comparison, compare
from escalade.analysis.verdict import Verdict
from escalade.ensemble.tables import CrisisTable, PeriodTable
from escalade.report.sentences import CONDITIONAL, Headline, Wording, alone, headline
from tests.analysis.cases import QUANTITIES, crisis_table, period_table
from tests.golden import agrees

GOLDEN = Path(__file__).parent / "golden" / "headlines"
N = 100
WORDS = Wording(
    {"shield": "with the shield", "none": "without the shield"},
    "open war or worse",
    {"a": "Syldavia", "b": "the Bordurian tribes"},
    has_record=True,
)
LONG = replace(
    WORDS,
    policies={
        "shield": 'under "The shield as it stood on the eve of the crisis, partner forces included"',
        "none": 'under "No shield at all, neither its own nor that of any partner"',
    },
)


def effects(up: int, down: int, by: float = 0.05, level: float = 0.2) -> dict[str, Any]:
    """Exact crises: war at ``level`` without the shield; more of it in ``up`` worlds, less in ``down``."""
    effect = np.zeros(N)
    effect[:up], effect[up : up + down] = by, -by
    return {"shield": level + effect, "none": np.full(N, level)}


def years(
    mean: float,
    sd: float,
    level: float = 0.37,
    outcome: str = "war",
    crises: float = 2.5,
    copies: list[int] | None = None,
) -> PeriodTable:
    """Two years: the outcome at ``level`` without the shield; the paired difference has this mean and spread."""
    z, often = np.tile([1.0, -1.0], N // 2), {"crises": np.full(N, crises)}
    with_shield = {outcome: level + mean + sd * z, **often}
    return period_table({"shield": with_shield, "none": {outcome: np.full(N, level), **often}}, copies)


def everything() -> CrisisTable:
    """Crises with all that sentences tell: kinds of war, who strikes first, who backs down; ones and noughts in it."""
    names = ("war", "war_foreseen", "war_misjudged", "war_tremble", "war_accident",
             "first_strike.a", "first_strike.b", "yield.a", "yield.b")  # fmt: skip
    shield = [0.2, 0.002, 0.1, 0.098, 0.0, 0.4, 0.01, 0.0, 0.1]
    none = [0.1, 0.0, 0.1, 0.0, 0.0, 0.3, 0.0, 0.0, 0.01]
    weight, copies = np.full(N, 1 / N), np.ones(N, np.int64)
    values = {"shield": np.tile(shield, (N, 1)), "none": np.tile(none, (N, 1))}
    return CrisisTable(names, values, weight, copies, {})


def compared(table: CrisisTable, period: PeriodTable | None = None, outcome: str = "war") -> Comparison:
    return compare(table, period, QUANTITIES, policies=["shield", "none"], baseline="none", outcome=outcome)


def crises(
    war: Mapping[str, Any], period: PeriodTable | None = None, outcome: str = "war", **columns: Any
) -> Comparison:
    return compared(crisis_table(war, **columns), period, outcome)


def flat(shield: float, none: float) -> dict[str, Any]:
    """The same value in every world."""
    return {"shield": np.full(N, shield), "none": np.full(N, none)}


def lopsided() -> np.ndarray:
    """Weights of which one world has nearly all."""
    weight = np.full(N, 0.001 / (N - 1))
    weight[0] = 0.999
    return weight


ONE_WORLD = [N, *[0] * (N - 1)]
USED = "interceptors.a.upper"
CASES: dict[str, tuple[Verdict | None, Callable[[], Comparison]]] = {
    "more": (Verdict.MORE, lambda: crises(effects(84, 6), years(0.08, 0.18))),
    "less": (Verdict.LESS, lambda: crises(effects(5, 70), years(-0.08, 0.18))),
    "it depends": (Verdict.DEPENDS, lambda: crises(effects(58, 24), years(0.08, 0.18))),
    "leans more": (Verdict.LEANS_MORE, lambda: crises(effects(30, 10), years(0.08, 0.18))),
    "leans less": (Verdict.LEANS_LESS, lambda: crises(effects(10, 30), years(-0.08, 0.18))),
    "little difference": (Verdict.LITTLE, lambda: crises(effects(3, 4), years(0.0, 0.01))),
    "too rare to tell": (Verdict.RARE, lambda: crises(flat(0.0004, 0.0002), years(0.0002, 0.0001, level=0.0003))),
    "not enough runs, years alone": (
        Verdict.NOT_ENOUGH,
        lambda: crises(effects(30, 10), years(0.25, 3.0, level=3.0, outcome=USED), "interceptors.a"),
    ),
    "not enough runs for the years": (Verdict.MORE, lambda: crises(effects(84, 6), years(0.02, 0.6))),
    "not enough runs for an interval": (
        Verdict.MORE,
        lambda: crises(effects(84, 6), years(0.08, 0.0, copies=ONE_WORLD), weight=lopsided(), multiplicity=ONE_WORLD),
    ),
    "clocks opposed, more over the years": (Verdict.LESS, lambda: crises(effects(5, 70), years(0.08, 0.18))),
    "clocks opposed, less over the years": (Verdict.MORE, lambda: crises(effects(70, 5), years(-0.08, 0.18))),
    "figures rounded": (Verdict.MORE, lambda: crises(effects(84, 6), years(0.072, 0.18, level=0.374))),
    "every set of assumptions": (Verdict.MORE, lambda: crises(effects(100, 0), years(0.08, 0.18))),
    "one of everything": (
        Verdict.LITTLE,
        lambda: crises(effects(1, 1, level=0.06), years(0.01, 0.02, level=0.01, crises=2.0)),
    ),
    "war only with the shield": (Verdict.MORE, lambda: crises(flat(0.03, 0.0), years(0.05, 0.02, level=0.0))),
    "no years yet": (Verdict.DEPENDS, lambda: crises(effects(58, 24))),
    "a rare outcome of a thousand": (Verdict.LITTLE, lambda: crises(flat(0.004, 0.002))),
    "record hard to explain": (Verdict.MORE, lambda: crises(effects(84, 6), weight=lopsided())),
    "kinds of war, who strikes, who backs down": (Verdict.MORE, lambda: compared(everything(), years(0.08, 0.18))),
    "another outcome, a share": (
        Verdict.MORE,
        lambda: compared(everything(), None, "first_strike.a"),
    ),
    "another outcome, not enough runs for an interval": (
        Verdict.NOT_ENOUGH,
        lambda: crises(
            effects(30, 10), years(2.0, 0.0, 3.0, USED, copies=ONE_WORLD), "interceptors.a", multiplicity=ONE_WORLD
        ),
    ),
    "another outcome, deaths": (
        Verdict.LESS,
        lambda: crises(
            effects(30, 10), years(-230, 400, 900, "deaths.a"), "deaths.a", deaths_a=flat(120.0, 350.0)
        ),
    ),
    "another outcome, a ratio": (
        Verdict.LESS,
        lambda: crises(
            effects(30, 10), None, "restraint.a",
            struck_a={"shield": np.full(N, 2.0)}, restrained_a={"shield": np.full(N, 1.5)},
        ),
    ),
    "another outcome, over the years alone, more": (
        Verdict.MORE, lambda: crises(effects(30, 10), years(2.0, 3.0, 3.0, USED), "interceptors.a")
    ),
    "another outcome, over the years alone, less": (
        Verdict.LESS, lambda: crises(effects(30, 10), years(-2.0, 3.0, 3.0, USED), "interceptors.a")
    ),
    "another outcome, over the years alone, no difference": (
        Verdict.LITTLE, lambda: crises(effects(30, 10), years(0.0, 0.0, 3.0, USED), "interceptors.a")
    ),
    "another outcome, not computed": (None, lambda: crises(effects(84, 6), None, "reach.war")),
}  # fmt: skip
"""Every golden headline: the verdict that its tables bear out, and the comparison."""


def printed(said: Headline) -> str:
    return "\n".join([*said.sentences, CONDITIONAL, ""])


@pytest.mark.parametrize("name", CASES)
def test_headline(name: str) -> None:
    verdict, made = CASES[name]
    said = headline(made(), "shield", WORDS)
    assert said.verdict is verdict
    assert not agrees(printed(said), GOLDEN / f"{name}.txt")


def test_long_names_of_policies_stay_readable() -> None:
    comparison = compared(everything(), years(0.08, 0.18))
    assert not agrees(printed(headline(comparison, "shield", LONG)), GOLDEN / "long names.txt")


def test_without_a_record() -> None:
    said = headline(crises(effects(84, 6)), "shield", replace(WORDS, has_record=False))
    assert not agrees(printed(said), GOLDEN / "no past crises.txt")


def test_one_policy() -> None:
    comparison = compare(everything(), years(0.08, 0.18), QUANTITIES, policies=["none"], baseline="none")
    said = alone(comparison, WORDS)
    assert not agrees("\n".join([*said, CONDITIONAL, ""]), GOLDEN / "one policy.txt")


def test_every_verdict_has_a_golden_headline() -> None:
    assert {verdict for verdict, _ in CASES.values()} == {*Verdict, None}


def test_no_golden_file_is_left_over() -> None:
    names = {*CASES, "long names", "no past crises", "one policy"}
    assert {path.stem for path in GOLDEN.iterdir()} == names
