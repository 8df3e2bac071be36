"""A run: what came out of a case, kept in its folder."""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from escalade.analysis.compare import Comparison as Compared
from escalade.api.case import Case
from escalade.api.shown import Shown
from escalade.errors import EscaladeError
from escalade.study.plan import Plan
from escalade.study.results import StoredRun, stored
from escalade.study.stage_words import stage_words

if TYPE_CHECKING:
    import polars as pl

    from escalade.api.comparison import Comparison
    from escalade.api.replay import Replay
    from escalade.api.structure import Structure
    from escalade.api.turns import Turns
    from escalade.api.why import Why


@dataclass(frozen=True)
class Step:
    """How far a run is: its stage ("crisis", "why", "years" ...), its parts done and planned, and the same in words."""

    stage: str
    done: int
    total: int
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, repr=False)
class Run(Shown):
    """What came out of a case: made by ``Case.run``, or read back by ``open_run``.

    Examples
    --------
    >>> run.baseline
    'no_shield'
    >>> print(run)  # doctest: +ELLIPSIS
    Does Israel's layered shield make war with Iran more or less likely?
    ...
    Change: over 2 years, to No shield.
    """

    stored: StoredRun

    @property
    def case(self) -> Case:
        """The scenario as it was run."""
        return Case(self.stored.plan.scenario)

    @property
    def folder(self) -> Path:
        """Where the run is kept; temporary, if none was named."""
        return self.stored.folder.path

    @property
    def baseline(self) -> str:
        """Id of the policy that the others are compared with, unless another one is named."""
        return self.stored.plan.scenario.baseline

    @property
    def policies(self) -> tuple[str, ...]:
        """Ids of the policies that were computed."""
        return self.stored.plan.policies

    def compare(
        self, policy: str | None = None, baseline: str | None = None, *, outcome: str | None = None
    ) -> Comparison:
        """Compare one policy with another.

        Parameters
        ----------
        policy, baseline
            Ids; the scenario's focus and baseline by default.
        outcome
            Id of the quantity that the headline is about; the scenario's own by default.

        Returns
        -------
        Comparison
            Both levels and their difference, of every outcome, per crisis and over the years.

        Raises
        ------
        UsageError
            For names that the run does not know, or the same policy twice.

        Examples
        --------
        >>> run.compare("as_was", "no_shield").outcome
        'war'
        """
        from escalade.api.comparison import Comparison
        from escalade.report.answer import answer

        return Comparison(self.stored, answer(self.stored, baseline, outcome, policy=policy or self._focus(baseline)))

    def _focus(self, baseline: str | None) -> str:
        """The focus, or the first policy that is not the baseline if that is the focus."""
        scenario = self.stored.plan.scenario
        others = [name for name in (scenario.focus, *self.policies) if name != (baseline or scenario.baseline)]
        if not others:
            raise EscaladeError("this run has one policy only: there is nothing to compare it with")
        return others[0]

    def why(self, policy: str | None = None, *, outcome: str | None = None, workers: int | None = None) -> Why:
        """Say why a policy changes an outcome of the crisis: five reasons, whose parts add up to the effect.

        Parameters
        ----------
        policy
            Id; the scenario's focus by default. It is compared with the scenario's baseline.
        outcome
            Id of a quantity that exists per crisis; the scenario's own by default.
        workers
            Threads; all cores by default.

        Returns
        -------
        Why
            The parts, with their range, and what pairs of reasons do together.

        Raises
        ------
        UsageError
            For names that do not fit.

        Examples
        --------
        >>> run.why("as_was").outcome
        'war'
        """
        from escalade.api.why import Why
        from escalade.study.why import why

        return Why(why(self.stored, policy, outcome, workers=workers), self.stored.plan.scenario)

    def turns(self, policy: str | None = None, *, baseline: str | None = None, outcome: str | None = None) -> Turns:
        """Say when a policy's effect on the crisis turns, what matters most, and how far it hangs on priors.

        Parameters
        ----------
        policy
            Id; the scenario's focus by default.
        baseline
            Id of the policy to compare with; the scenario's own by default.
        outcome
            Id of a quantity that exists per crisis; the scenario's own by default.

        Returns
        -------
        Turns
            Conditions, turning points, shares of the spread, shares under other weights.

        Raises
        ------
        UsageError
            For names that do not fit.

        Examples
        --------
        >>> run.turns("as_was").policy
        'as_was'
        """
        from escalade.api.turns import Turns
        from escalade.study.turns import turns

        found = turns(self.stored, policy, baseline, outcome)
        return Turns(found, self.stored.plan.scenario, self.stored.quantities[found.outcome])

    def structure(
        self, policy: str | None = None, *, outcome: str | None = None, workers: int | None = None
    ) -> Structure:
        """Try a policy's effect on the crisis under other structures of the model.

        Parameters
        ----------
        policy
            Id; the scenario's focus by default. It is compared with the scenario's baseline.
        outcome
            Id of a quantity that exists per crisis; the scenario's own by default.
        workers
            Threads; all cores by default.

        Returns
        -------
        Structure
            Sign and size of the effect, structure by structure.

        Raises
        ------
        UsageError
            For names that do not fit.

        Examples
        --------
        >>> run.structure("as_was").data()["outcome"]
        'war'
        """
        from escalade.api.structure import Structure
        from escalade.study.structure import structure

        return Structure(structure(self.stored, policy, outcome, workers=workers), self.stored.plan.scenario)

    def replay(
        self,
        show: str | None = None,
        *,
        world: int | None = None,
        history: int | None = None,
        policy: str | None = None,
        twin: str | None = None,
        alone: bool = False,
        short: bool = False,
    ) -> Replay:
        """Tell one simulated history, beside its twin: the same quarrels and the same luck under another policy.

        Parameters
        ----------
        show
            Which one: "war", "restraint", "longest" or "turn" (war in one of the
            twins only, and the least else changed), which is the default.
        world, history
            In place of ``show``: number of a set of assumptions, and of a history of it.
        policy, twin
            Ids of the two policies; the scenario's focus and baseline by default.
        alone
            Tell it without a twin.
        short
            Quarrels without war that go the same way in both: one sentence each.

        Returns
        -------
        Replay
            The history in sentences, and everything that happened in it.

        Raises
        ------
        UsageError
            For names and numbers that the run does not have.
        EscaladeError
            If no history is of that kind, or it cannot be made again as it was.

        Examples
        --------
        >>> told = run.replay("longest")
        >>> told.world >= 0
        True
        """
        from escalade.api.replay import Replay
        from escalade.report.story import told
        from escalade.study.replay import replay

        asked = show or ("turn" if world is None and history is None else None)
        one = replay(self.stored, asked, world=world, history=history, policy=policy, twin=twin, alone=alone)
        return Replay(one, told(one, str(self.folder), short=short))

    def report(self, path: str | os.PathLike[str]) -> Path:
        """Write the report: one HTML file that needs neither network nor script.

        Parameters
        ----------
        path
            The file; one that is there is replaced.

        Returns
        -------
        pathlib.Path
            The file.

        Raises
        ------
        EscaladeError
            If it cannot be written.

        Examples
        --------
        >>> run.report("memo.html").name
        'memo.html'
        """
        from escalade.report.page import html

        target, content = Path(path), html(self.stored)
        try:
            target.write_text(content, encoding="utf-8", newline="\n")
        except OSError as error:
            raise EscaladeError(f"{target} cannot be written: {error.strerror or error}") from error
        return target

    def table(self) -> pl.DataFrame:
        """Every outcome under every policy, per crisis and over the years: mean, range, standard error.

        Examples
        --------
        >>> war = run.table().filter(quantity="war", clock="crisis", policy="as_was")
        >>> bool(0 < war["low"].item() <= war["high"].item() < 1)
        True
        """
        from escalade.report.frames import levels

        return levels(self.stored.comparison())

    def sets(self) -> pl.DataFrame:
        """Every set of assumptions: its inputs, its weight by the record, its exact crises under every policy.

        Examples
        --------
        >>> run.sets().height
        32
        """
        from escalade.ensemble.storage import WORLDS

        frame = self.stored.folder.read_frame(WORLDS)
        if frame is None:
            raise EscaladeError(f"{self.folder} has no sets of assumptions yet")
        return frame

    def histories(self) -> pl.LazyFrame:
        """Every simulated history under every policy, as a lazy frame: a large run need not fit into memory.

        Examples
        --------
        >>> run.histories().filter(pl.col("policy") == "as_was").collect().height
        16
        """
        import polars as pl

        parts = sorted(self.folder.glob("part-*.parquet"))
        if not parts:
            raise EscaladeError(f"{self.folder} has no simulated years yet")
        return pl.scan_parquet(parts)

    def __str__(self) -> str:
        from escalade.report.answer import answer, as_text

        return as_text(self.stored, answer(self.stored))

    def _repr_html_(self) -> str:
        from escalade.report.answer import answer
        from escalade.report.cards import answer_card

        return answer_card(self.stored, answer(self.stored))


def open_run(path: str | os.PathLike[str]) -> Run:
    """Read back a run from its folder, whole or interrupted.

    Parameters
    ----------
    path
        The folder, as ``escalade run`` or ``Case.run`` made it.

    Returns
    -------
    Run
        What is there.

    Raises
    ------
    UsageError
        If it is not the folder of a run.

    Examples
    --------
    >>> escalade.open_run(run.folder).policies == run.policies
    True
    """
    return Run(stored(Path(path)))


def computed(
    asked: Plan,
    folder: str | os.PathLike[str] | None,
    workers: int | None,
    progress: Callable[[Step], object] | None,
    structure: bool = False,
) -> Run:
    """The run of a plan, in a folder or in a temporary one that goes when the run does."""
    from escalade.study.run import run

    path = Path(tempfile.mkdtemp(prefix="escalade-")) if folder is None else Path(folder)
    try:
        told = None if progress is None else _Listener(progress)
        done = Run(run(asked, path, workers=workers, progress=told, structure=structure))
    except BaseException:
        if folder is None:
            shutil.rmtree(path, ignore_errors=True)
        raise
    if folder is None:
        weakref.finalize(done.stored, shutil.rmtree, path, ignore_errors=True)
    return done


class _Listener:
    """Turns what a run tells into calls of a user's function."""

    def __init__(self, call: Callable[[Step], object]) -> None:
        self.call = call
        self.name, self.done, self.total = "", 0, 0

    def stage(self, name: str, done: int, total: int) -> None:
        """A stage begins."""
        self.name, self.done, self.total = name, done, total
        if done < total:
            self._tell()

    def advance(self, answer: Callable[[], Compared | None]) -> None:
        """One more part is there."""
        self.done += 1
        self._tell()

    def note(self, text: str) -> None:
        """Something that explains a wait."""
        self.call(Step(self.name, self.done, self.total, text))

    def _tell(self) -> None:
        text = f"{stage_words(self.name)}: {self.done} of {self.total} parts"
        self.call(Step(self.name, self.done, self.total, text))
