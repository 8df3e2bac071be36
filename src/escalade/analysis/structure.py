"""How far an answer hangs on the structure of the model: sign and size of the effect under each structure.

Nothing is sampled here beyond the sets of assumptions, and these are the same under all structures: rows differ
by the structure alone. Each structure weighs the sets by the record anew, within itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from escalade.analysis.compare import Comparison, WorldShares, compared
from escalade.analysis.verdict import Verdict, judge
from escalade.analysis.weighted import Spread
from escalade.ensemble.tables import CrisisTable
from escalade.quantities import Quantity

SIGNS: Mapping[Verdict, int] = {
    Verdict.MORE: 1,
    Verdict.LEANS_MORE: 1,
    Verdict.LESS: -1,
    Verdict.LEANS_LESS: -1,
}
"""Signs of verdicts that have one."""


@dataclass(frozen=True)
class Case:
    """Exact crises under one structure: its group, its value in it, and the table with the weights that it gives."""

    group: str
    value: str
    table: CrisisTable


@dataclass(frozen=True)
class Row:
    """The effect under one structure.

    level, baseline : means under the policy and under the baseline; effect : their difference over sets
    shares : of sets with more, with less, with neither; effective : effective number of sets
    sign : 1 and -1 where the verdict is, or leans to, more and less; 0 where it is neither
    All but the names are None where the outcome does not exist under the structure.
    """

    group: str
    value: str
    level: float | None = None
    baseline: float | None = None
    effect: Spread | None = None
    shares: WorldShares | None = None
    verdict: Verdict | None = None
    sign: int | None = None
    effective: float | None = None


@dataclass(frozen=True)
class Structure:
    """The effect of a policy on one outcome of the crisis under every structure.

    base : as the scenario has it, on the same sets of assumptions; margin : an effect within it is too small to tell
    """

    policy: str
    baseline: str
    outcome: Quantity
    margin: float
    worlds: int
    base: Row
    rows: tuple[Row, ...]

    @property
    def distinct(self) -> tuple[Row, ...]:
        """The base, and the rows that differ from it: some try what the scenario has anyhow."""
        return (
            self.base,
            *(row for row in self.rows if (row.effect, row.level) != (self.base.effect, self.base.level)),
        )

    @property
    def depends(self) -> bool:
        """Whether one structure says more and another less."""
        return {-1, 1} <= {row.sign for row in self.distinct}

    @property
    def span(self) -> tuple[float, float]:
        """Smallest and largest mean effect under any structure."""
        means = [row.effect.mean for row in self.distinct if row.effect is not None]
        return min(means), max(means)

    def with_sign(self, sign: int) -> tuple[Row, ...]:
        """The distinct rows, the base first, of that sign: 1 more, -1 less, 0 neither."""
        return tuple(row for row in self.distinct if row.sign == sign)


def judged(
    base: CrisisTable,
    cases: Sequence[Case],
    quantity: Quantity,
    *,
    policy: str,
    baseline: str,
    margin: float,
) -> Structure:
    """The effect of a policy on a quantity of the crisis under every structure.

    Parameters
    ----------
    base
        Exact crises as the scenario has them, with policy and baseline among their values.
    cases
        The same sets of assumptions under every other structure.
    quantity
        What is compared; it must exist per crisis.
    policy, baseline
        Ids.
    margin
        The scenario's: as it is for shares, and times the baseline's level for anything else.
    """
    both = (policy, baseline)
    middle = compared(base, None, quantity, both, margin)
    rows = tuple(_row(case.group, case.value, compared(case.table, None, quantity, both, margin)) for case in cases)
    first = _row("base", "", middle)
    return Structure(policy, baseline, quantity, middle.margin["crisis"], base.candidates, first, rows)


def _row(group: str, value: str, found: Comparison) -> Row:
    pair, outcome = found.pairs[0], found.outcome.id
    if outcome not in pair.crisis:
        return Row(group, value)
    effect = pair.crisis[outcome].posterior
    return Row(
        group,
        value,
        level=found.policies[pair.policy].crisis[outcome].posterior.mean,
        baseline=found.policies[pair.baseline].crisis[outcome].posterior.mean,
        effect=effect,
        shares=pair.worlds,
        verdict=(verdict := judge(found, pair.policy).crisis),
        sign=SIGNS.get(verdict, 0) if verdict else None,
        effective=found.effective,
    )
