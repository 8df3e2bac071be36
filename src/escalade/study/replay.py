"""Replay: one stored history made again and told, beside its twin under another policy.

The kernel that simulated the history makes it once more, this time with a
journal. Its outcome must equal the stored row in every column, or nothing is
told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from escalade.ensemble.build import Names, worlds
from escalade.ensemble.design import Design
from escalade.errors import EscaladeError, UsageError
from escalade.study.asked import require_policy
from escalade.study.histories import Floats, Rows, outcome_columns, stored_row, stored_rows
from escalade.worlds import World, Worlds, world_at

if TYPE_CHECKING:
    from escalade.history.story import Story
    from escalade.history.twins import Parting
    from escalade.scenario import Scenario
    from escalade.study.results import StoredRun


@dataclass(frozen=True)
class Rule:
    """How a history is picked: among those with a score (nan: none), the highest, the lowest or the middle one."""

    words: str
    score: Callable[[Rows], Floats]
    take: Literal["highest", "lowest", "middle"]
    none: str


def _where(eligible: NDArray[np.bool_], score: Floats) -> Floats:
    return np.where(eligible, score, np.nan)


def _war(rows: Rows) -> Floats:
    return _where(rows.column("war") > 0, rows.total("deaths"))


def _restraint(rows: Rows) -> Floats:
    bought = rows.total("restraint_bought")
    return _where((rows.column("war") == 0) & (bought > 0), bought)


def _longest(rows: Rows) -> Floats:
    strikes = rows.total("strikes")
    return _where(strikes > 0, strikes)


def _turn(rows: Rows) -> Floats:
    different = (rows.mine != rows.twin).sum(axis=1).astype(np.float64)
    return _where(rows.column("war") != rows.column("twin.war"), different)


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "war": Rule(
            "of all histories with war, the one in the middle by deaths",
            _war,
            "middle",
            'no history of this run has a war under policy "{policy}"',
        ),
        "restraint": Rule(
            "of all histories without war, the one in which the protection bought most restraint",
            _restraint,
            "highest",
            'in no history of this run does the protection buy restraint without war under policy "{policy}"',
        ),
        "longest": Rule(
            "the history with the most strikes",
            _longest,
            "highest",
            'nobody strikes in any history of this run under policy "{policy}"',
        ),
        "turn": Rule(
            "of all histories with war in one of the twins only, the one that differs in the fewest outcomes",
            _turn,
            "lowest",
            'no history of this run has war under one of "{policy}" and "{twin}" and not under the other',
        ),
    }
)
"""Kinds of histories that can be asked for. In a tie: the lowest world, then the lowest history."""


@dataclass(frozen=True)
class Told:
    """A history under one policy: its world, its outcome by column, its story."""

    policy: str
    world: World
    outcome: Mapping[str, float]
    story: Story


@dataclass(frozen=True)
class Replay:
    """A history told, and its twin.

    show : the rule by which it was picked, None if it was named; world, history : its address; seed : of the run
    twin, parting : None without a twin, or where twins never part
    """

    scenario: Scenario
    names: Names
    show: str | None
    world: int
    history: int
    seed: int
    told: Told
    twin: Told | None
    parting: Parting | None


@dataclass(frozen=True)
class Teller:
    """Makes histories of a run again; keeps the worlds that it has built."""

    run: StoredRun

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Outcomes that the run keeps."""
        return outcome_columns(self.run)

    def require_outcomes(self) -> None:
        """Raise ``EscaladeError`` if the run has no histories yet, or keeps other outcomes than this version."""
        from escalade.ensemble.kernels import kept_columns

        if self.columns != kept_columns(self.names):
            raise EscaladeError(
                f"{self.run.folder.path} keeps other outcomes than this version of escalade: "
                "its histories cannot be told; run it again"
            )

    @cached_property
    def names(self) -> Names:
        """What the indices of the worlds stand for."""
        return self.run.plan.names

    @cached_property
    def _worlds(self) -> dict[str, Worlds]:
        return {}

    def worlds(self, policy: str) -> Worlds:
        """All candidate worlds under a policy."""
        if policy not in self._worlds:
            plan, crisis = self.run.plan, self.run.results.crisis
            if crisis is None:
                raise EscaladeError(f"{self.run.folder.path} has no sets of assumptions yet")
            design = Design(plan.seed, plan.effort.candidates, crisis.inputs, ())
            baseline = plan.scenario.policy(plan.scenario.baseline)
            self._worlds[policy] = worlds(plan.scenario.policy(policy), baseline, design)[0]
        return self._worlds[policy]

    def tell(self, policy: str, world: int, history: int, stored: Floats) -> Told:
        """One history under one policy, told. Raises ``EscaladeError`` if it is not the stored one in every column."""
        from escalade.ensemble.kernels import made_again
        from escalade.history.story import story

        plan, here = self.run.plan, self.worlds(policy)
        calm = self.worlds(plan.scenario.baseline)
        row, journal = made_again(self.names, here, calm, world, history, plan.scenario.years, plan.seed)
        self._require_same(policy, world, history, row, stored)
        return Told(policy, world_at(here, world), dict(zip(self.columns, row.tolist(), strict=True)), story(journal))

    def _require_same(self, policy: str, world: int, history: int, row: Floats, stored: Floats) -> None:
        differ = np.flatnonzero(row != stored)
        if differ.size:
            c = int(differ[0])
            raise EscaladeError(
                f"history {history} of world {world} under policy {policy} cannot be told: made again it has "
                f"{self.columns[c]} = {row[c]:g}, the run has {stored[c]:g}. The run was made by other code, or on "
                "another kind of machine; run it again here"
            )


def replay(
    run: StoredRun,
    show: str | None = None,
    *,
    world: int | None = None,
    history: int | None = None,
    policy: str | None = None,
    twin: str | None = None,
    alone: bool = False,
) -> Replay:
    """A history of a stored run, and its twin.

    Parameters
    ----------
    run
        Whole or interrupted: what is there can be told.
    show
        One of ``RULES``; or
    world, history
        its address: number of a candidate world that has histories, number of the history in it.
    policy, twin
        Policies under which both are told: the scenario's focus and its baseline
        by default (the focus as twin of the baseline).
    alone
        Tell it without a twin.

    Raises ``UsageError`` for names and numbers that the run does not have, ``EscaladeError``
    if nothing in it is of that kind, or the history cannot be made again as it was.
    """
    mine, theirs = twin_policies(run, policy, twin)
    teller = Teller(run)
    teller.require_outcomes()
    if (show is None) == (world is None and history is None):
        raise UsageError(f"say which history: a kind ({', '.join(RULES)}), or world and history")
    if show is not None:
        world, history = picked(run, show, mine, theirs or mine)
    if world is None or history is None:
        raise UsageError("a history is named by two numbers: world and history")
    return _replay(teller, show, (world, history), mine, theirs, alone)


def replays(run: StoredRun, shows: Sequence[str], policy: str, twin: str) -> Iterator[Replay]:
    """Histories of several kinds and their twins, those kinds left out of which there is none.

    Raises ``EscaladeError`` as ``replay`` does.
    """
    teller = Teller(run)
    teller.require_outcomes()
    for show, address in picks(run, shows, policy, twin).items():
        yield _replay(teller, show, address, policy, twin, False)


def _replay(
    teller: Teller, show: str | None, address: tuple[int, int], policy: str, twin: str | None, alone: bool
) -> Replay:
    from escalade.history.twins import parting

    plan = teller.run.plan
    rows = _stored(teller.run, policy, twin or policy, *address)
    told = teller.tell(policy, *address, rows[0])
    other = None if alone or twin is None else teller.tell(twin, *address, rows[1])
    apart = None if other is None else parting(told.story, other.story)
    return Replay(plan.scenario, teller.names, show, *address, plan.seed, told, other, apart)


def twin_policies(run: StoredRun, policy: str | None, twin: str | None) -> tuple[str, str | None]:
    """The policies of a history and of its twin; the scenario's focus and baseline where none are named.

    The twin is None in a run of one policy. Raises ``UsageError`` for unknown names.
    """
    scenario = run.plan.scenario
    mine = require_policy(run, policy or scenario.focus)
    if twin is not None:
        return mine, require_policy(run, twin)
    others = [name for name in (scenario.baseline, scenario.focus, *run.plan.policies) if name != mine]
    return mine, others[0] if others else None


def picked(run: StoredRun, show: str, policy: str, twin: str) -> tuple[int, int]:
    """World and history that a rule picks.

    Raises ``UsageError`` for an unknown rule, ``EscaladeError`` if no history fits it.
    """
    if show not in RULES:
        raise UsageError(f'nothing to show by the name "{show}"; there are {", ".join(RULES)}')
    found = picks(run, [show], policy, twin)
    if show not in found:
        others = ", ".join(name for name in RULES if name != show)
        raise EscaladeError(f"{RULES[show].none.format(policy=policy, twin=twin)}; other kinds are {others}")
    return found[show]


def picks(run: StoredRun, shows: Sequence[str], policy: str, twin: str) -> dict[str, tuple[int, int]]:
    """World and history that each of some rules picks, in one reading of the run; none where no history fits."""
    fitting: dict[str, list[Floats]] = {show: [] for show in shows}
    for rows in stored_rows(run, policy, twin):
        for show in shows:
            score = RULES[show].score(rows)
            fitting[show].append(np.column_stack([score, rows.world, rows.history])[~np.isnan(score)])
    scored = {show: np.concatenate(parts) for show, parts in fitting.items() if parts}
    return {show: _taken(RULES[show], values) for show, values in scored.items() if len(values)}


def _taken(rule: Rule, scored: Floats) -> tuple[int, int]:
    """World and history that a rule takes of [history, (score, world, history)]."""
    sign = -1.0 if rule.take == "highest" else 1.0
    order = np.lexsort((scored[:, 2], scored[:, 1], sign * scored[:, 0]))
    at = order[(len(order) - 1) // 2 if rule.take == "middle" else 0]
    return int(scored[at, 1]), int(scored[at, 2])


def _stored(run: StoredRun, policy: str, twin: str, world: int, history: int) -> tuple[Floats, Floats]:
    """The stored outcomes of a history under both policies."""
    rows = stored_row(run, policy, twin, world, history)
    if rows is not None:
        return rows
    multiplicity = run.results.crisis.multiplicity if run.results.crisis is not None else np.zeros(0, np.int64)
    drawn = np.flatnonzero(multiplicity)
    if world not in drawn:
        near = ", ".join(str(drawn[at]) for at in sorted(np.argsort(abs(drawn - world), kind="stable")[:3]))
        raise UsageError(f"set of assumptions {world} has no histories in this run; near it are {near}")
    last = run.plan.effort.histories * int(multiplicity[world]) - 1
    raise UsageError(f"set of assumptions {world} has no history {history} in this run; there are 0 to {last}")
