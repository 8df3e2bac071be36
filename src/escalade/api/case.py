"""A case: a scenario that can be asked."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from escalade.api.shown import Shown
from escalade.scenario import Scenario, load_scenario

if TYPE_CHECKING:
    import polars as pl

    from escalade.api.crisis import Crisis
    from escalade.api.run import Run, Step
    from escalade.report.tables import Table
    from escalade.study.points import Points


@dataclass(frozen=True, repr=False)
class Case(Shown):
    """A scenario, checked and ready to be asked.

    Parameters
    ----------
    scenario
        As ``escalade.load`` reads it: sides, ladder, policies, all numbers with
        their reasons.

    Examples
    --------
    >>> case = escalade.load("iran-june-2025")
    >>> case.question
    "Does Israel's layered shield make war with Iran more or less likely?"
    >>> case.policies["no_shield"]
    'No shield'
    """

    scenario: Scenario

    @property
    def name(self) -> str:
        """Name of the scenario, as of its file."""
        return self.scenario.name

    @property
    def question(self) -> str:
        """The question that a run answers."""
        return self.scenario.question

    @property
    def policies(self) -> dict[str, str]:
        """Names of the policies for readers, by id, in the scenario's order."""
        return {name: policy.name for name, policy in self.scenario.policies.items()}

    @property
    def baseline(self) -> str:
        """Id of the policy that the others are compared with."""
        return self.scenario.baseline

    @property
    def focus(self) -> str:
        """Id of the policy that the question is about."""
        return self.scenario.focus

    def run(
        self,
        folder: str | os.PathLike[str] | None = None,
        *,
        effort: Literal["quick", "standard", "deep"] = "standard",
        candidates: int | None = None,
        worlds: int | None = None,
        histories: int | None = None,
        seed: int = 1,
        policies: Sequence[str] = (),
        structure: bool | None = None,
        workers: int | None = None,
        progress: Callable[[Step], object] | None = None,
    ) -> Run:
        """Compare the policies: exact crises under many sets of assumptions, then simulated years.

        Parameters
        ----------
        folder
            Where the run is kept, as ``escalade run --out`` keeps it: an unfinished
            run of the same sizes is gone on with, more histories extend it. By
            default it is kept in a temporary folder and gone when the result is.
        effort
            Sizes by name: some seconds, a minute or two, a night.
        candidates, worlds, histories
            In place of the effort's: sets of assumptions of which crises are solved
            (a power of two), sets for which years are simulated, and simulated
            periods of each.
        seed
            Key of all random numbers, 0 to 2^63 - 1: the same seed, the same run.
        policies
            Ids of policies to show beside baseline and focus; all by default.
        structure
            Try the answer under other structures of the model too; by default only with the effort "deep".
        workers
            Threads; all cores by default. Their number changes no result.
        progress
            Called with a ``Step`` after every part, from the thread that called
            ``run`` (notes may come from another). ``progress=print`` tells it in
            words. Quiet by default, also in the minute of the first compilation.

        Returns
        -------
        Run
            What came out.

        Raises
        ------
        UsageError
            For a size, seed or policy that cannot be, or a folder that holds something else.

        Examples
        --------
        >>> run = case.run(candidates=32, worlds=8, histories=2)
        >>> run.case.name
        'iran-june-2025'
        """
        from escalade.api.run import computed
        from escalade.study.plan import effort_named, plan, resized

        sizes = resized(effort_named(effort), candidates, worlds, histories)
        asked = plan(self.scenario, seed=seed, effort=sizes, policies=policies)
        tried = effort == "deep" if structure is None else structure
        return computed(asked, folder, workers, progress, tried)

    def crisis(self, policies: Sequence[str] = ()) -> Crisis:
        """Solve a single crisis exactly, every input at its most likely value.

        Parameters
        ----------
        policies
            Ids of the policies; all by default.

        Returns
        -------
        Crisis
            Who strikes first, how many crises become war and of which kind, who backs down.

        Raises
        ------
        ScenarioError
            For an unknown policy.

        Examples
        --------
        >>> crisis = case.crisis(["as_was"])
        >>> 0 < crisis["as_was"]["war"] < 1
        True
        """
        from escalade.api.crisis import Crisis
        from escalade.study.single import single_crisis

        return Crisis(single_crisis(self.scenario, policies))

    def solve(self, points: Points, policies: Sequence[str] = (), *, workers: int | None = None) -> pl.DataFrame:
        """Solve a crisis exactly at every point of a design of one's own.

        Parameters
        ----------
        points
            Values of inputs, by the keys that ``table()`` lists and in its units: a
            frame (polars or pandas), a mapping of keys to columns, or a list of
            mappings of keys to values. Inputs that are left out keep their most
            likely value, also where the scenario draws them together with one that is
            given. A value may lie outside the input's range, as long as the schema
            allows it; counts are rounded half up, as drawn ones are.
        policies
            Ids of the policies; all by default.
        workers
            Threads; all cores by default. Their number changes no result.

        Returns
        -------
        polars.DataFrame
            One row per policy and point: ``policy``, ``point`` (from 0), the given
            columns, and every quantity of a crisis by its id. Shares run from 0 to 1.

        Raises
        ------
        UsageError
            For a key that is no input, or a value that is no number or out of range: row and key are named.
        ScenarioError
            For an unknown policy.

        Examples
        --------
        >>> points = {"sides.israel.tolerance": [300, 1200, 4800]}
        >>> solved = case.solve(points, ["as_was", "no_shield"])
        >>> solved.filter(policy="as_was")["point"].to_list()
        [0, 1, 2]
        """
        from escalade.report.frames import solved as frame
        from escalade.study.points import solved

        return frame(solved(self.scenario, points, policies, workers=workers))

    def table(self) -> pl.DataFrame:
        """Every number of the scenario and its policies: path, unit, low, mode, high, source or assumption.

        Examples
        --------
        >>> case.table().filter(pl.col("path") == "sides.israel.tolerance")["kind"].item()
        'assumption'
        """
        from escalade.report.frames import inputs

        return inputs(self.scenario)

    def __str__(self) -> str:
        from escalade.report.tables import text

        return f"{self.name}: {self.scenario.title}\n{self.question}\n\n{text(self._policies())}"

    def _repr_html_(self) -> str:
        from escalade.report import cards

        sentences = cards.paragraphs([self.question])
        return cards.card(f"{self.name}: {self.scenario.title}", sentences, cards.table(self._policies()))

    def _policies(self) -> Table:
        from escalade.report.tables import Row, Section, Table
        from escalade.scenario.summary import summary

        marks = {self.baseline: "baseline", self.focus: "focus"}
        rows = tuple(Row((name, key, marks.get(key, ""))) for key, name in self.policies.items())
        counts = summary(self.scenario)
        caption = (
            f"{counts.uncertain} uncertain inputs and {counts.certain} certain ones: {counts.sourced} sourced, "
            f"{counts.assumptions} assumptions, {counts.defaults} defaults."
        )
        return Table("Policies", ("", "id", ""), (Section("", rows),), caption)


def load(where: str | os.PathLike[str]) -> Case:
    """Load a scenario.

    Parameters
    ----------
    where
        The name of a bundled scenario (``escalade new --list`` lists them), or the
        path of a file.

    Returns
    -------
    Case
        The scenario, ready to be asked.

    Raises
    ------
    ScenarioError
        With every problem at once, each with its place in the file.

    Examples
    --------
    >>> escalade.load("iran-june-2025").focus
    'as_was'
    """
    return Case(load_scenario(where if isinstance(where, str) else os.fspath(where)))
