"""One story under a setting: a history that is simulated now, and its twin without the policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from escalade.analysis.reweigh import reweigh
from escalade.ensemble.kernels import kept_columns, made_again
from escalade.history.story import story
from escalade.history.twins import parting
from escalade.lab.ask import chosen_policy
from escalade.lab.setting import Setting
from escalade.lab.solver import Solver
from escalade.report.sections.stories import Story
from escalade.report.sections.stories import story as laid_out
from escalade.report.story import ToldTwins, told
from escalade.study.replay import Replay, Told
from escalade.study.results import StoredRun
from escalade.worlds import Worlds, world_at

LOOKED_AT = 40
"""Histories that are made until one is worth telling."""


def one_story(solver: Solver, setting: Setting, turn: int) -> ToldTwins:
    """A history and its twin in which war comes to one of the two only; else the one with the most strikes.

    turn : number of the story; every number tells another one, the same number always the same
    Raises ``UsageError`` for a setting that the run does not have or that nothing matches.
    """
    policy = chosen_policy(solver.run, setting.policy)
    best, words = None, ""
    for looked, (one, strikes) in enumerate(_histories(solver, setting, policy, turn), 1):
        assert one.twin is not None  # made below, with its twin
        if one.told.outcome["war"] != one.twin.outcome["war"]:
            best, words = (one, strikes), f"the first of {looked} looked at in which war comes to one twin only"
            break
        if best is None or strikes > best[1]:
            best, words = (
                (one, strikes),
                f"of {LOOKED_AT} looked at, none of them with war in one twin only, the one with the most strikes",
            )
    assert best is not None  # at least one was looked at
    said = told(best[0], solver.run.folder.path.name, short=True)
    return replace(said, title="One story", opening=f"{said.opening.rstrip('.')}: {words}.", command="")


def _histories(solver: Solver, setting: Setting, policy: str, turn: int) -> Iterator[tuple[Replay, float]]:
    """Histories of worlds that match, drawn by their weight, each with its twin and the strikes of both."""
    run = solver.run
    plan, names, table = run.plan, run.plan.names, solver.table
    weight = reweigh(table, setting.narrow)[0].weight
    chance = np.random.Generator(np.random.Philox(np.random.SeedSequence([plan.seed % 2**32, turn])))
    every = np.arange(table.candidates, dtype=np.int64)
    here, calm = solver.first_year(policy, setting.levers, every)
    for world in chance.choice(table.candidates, LOOKED_AT, p=weight):
        address = (int(world), turn)
        one = _told(run, policy, here, calm, address)
        other = _told(run, plan.scenario.baseline, calm, calm, address)
        apart = parting(one.story, other.story)
        strikes = sum(
            value for each in (one, other) for key, value in each.outcome.items() if key.startswith("strikes.")
        )
        yield Replay(plan.scenario, names, None, *address, plan.seed, one, other, apart), strikes


def _told(run: StoredRun, policy: str, here: Worlds, calm: Worlds, address: tuple[int, int]) -> Told:
    plan = run.plan
    row, journal = made_again(plan.names, here, calm, *address, plan.scenario.years, plan.seed)
    outcome = dict(zip(kept_columns(plan.names), row.tolist(), strict=True))
    return Told(policy, world_at(here, address[0]), outcome, story(journal))


def story_html(twins: ToldTwins, run: StoredRun) -> str:
    """A story as the report shows it."""
    from escalade.lab.page import template

    found: list[Story] = [laid_out(twins)]
    return template("sections/told.html", run.plan.scenario).render(stories=found)
