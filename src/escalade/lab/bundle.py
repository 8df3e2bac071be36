"""What a page of the lab is made of, as plain JSON values: worlds, controls, words and templates.

Arrays travel as base64 of little-endian numbers: weights and outcomes with all their digits, so that the page's
answer is Python's; the place of a world in an input as one byte.
"""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
from numpy.typing import NDArray

import escalade
from escalade.analysis.reweigh import FEWEST, FEWEST_EFFECTIVE
from escalade.analysis.values import crisis_worlds
from escalade.analysis.verdict import MOST, RARE, SOME
from escalade.ensemble.tables import CrisisTable
from escalade.lab.ask import Answer, ask, crises_of
from escalade.lab.assumptions import Assumption, assumptions
from escalade.lab.levers import Control, controls
from escalade.quantities import Quantity
from escalade.report import sentences
from escalade.report.sentences import CONDITIONAL, wording
from escalade.study.results import StoredRun

MOST_POLICIES = 8
"""Policies beside the baseline that a page can switch to."""

HASH_LETTERS = 16
"""Letters of the scenario's hash that a link carries."""


def bundle(run: StoredRun, *, live: bool = False) -> dict[str, Any]:
    """Everything that a page of the lab needs, as plain JSON values.

    live : with the levers, for a page that has a server
    Raises ``EscaladeError`` before the exact crises are there, ``UsageError`` for a run of one policy.
    """
    table, first, scenario = crises_of(run), ask(run), run.plan.scenario
    outcome, effects = first.comparison.outcome, first.pair.effects
    assert effects is not None  # the outcome of a lab is known per crisis
    return {
        "version": escalade.__version__,
        "scenario": scenario.name,
        "hash": run.plan.scenario_hash[:HASH_LETTERS],
        "run": run.folder.path.name,
        "live": live,
        "candidates": table.candidates,
        "weight": _doubles(table.weight),
        "margin": scenario.margin,
        "outcome": _outcome(outcome),
        "baseline": scenario.baseline,
        "focus": first.pair.policy,
        "policies": _policies(run, table, outcome, first.pair.policy),
        "assumptions": [_assumption(one) for one in assumptions(scenario, table, effects)],
        "levers": [_lever(one) for one in controls(scenario)] if live else [],
        "limits": {"worlds": FEWEST, "effective": FEWEST_EFFECTIVE, "some": SOME, "most": MOST, "rare": RARE},
        "templates": _templates(),
        "words": _words(run, first, outcome),
        "more": more_command(run),
        "made": made_by(run),
    }


def made_by(run: StoredRun) -> str:
    """The command that makes the sets of assumptions of a run, whatever else it was asked for."""
    plan, folder = run.plan, run.folder.path.name
    sizes = f"--candidates {plan.effort.candidates} --seed {plan.seed}"
    return f"escalade run {plan.scenario.name} {sizes} --out {folder}"


def more_command(run: StoredRun) -> str:
    """The command that solves four times as many sets of assumptions."""
    candidates = 4 * run.plan.effort.candidates
    name = run.plan.scenario.name
    return f"escalade run {name} --candidates {candidates} --out {name}-{candidates}.run"


def _policies(run: StoredRun, table: CrisisTable, outcome: Quantity, focus: str) -> list[dict[str, Any]]:
    """The baseline, then the focus and up to seven others, each with its outcome in every world."""
    scenario = run.plan.scenario
    others = [name for name in run.plan.shown if name not in (scenario.baseline, focus)]
    words, found = wording(scenario).policies, []
    for name in [scenario.baseline, focus, *others][: MOST_POLICIES + 1]:
        worlds = crisis_worlds(table, outcome, name)
        if worlds is not None:
            arrays = {"top": _doubles(worlds.top)}
            if worlds.bottom is not None:
                arrays["bottom"] = _doubles(worlds.bottom)
            found.append({"id": name, "name": scenario.policies[name].name, "words": words[name], **arrays})
    return found


def _outcome(outcome: Quantity) -> dict[str, Any]:
    """The outcome in words."""
    measure = outcome.crisis
    assert measure is not None  # the outcome of a lab is known per crisis
    event, more, less = sentences.event_words(outcome)
    return {
        "id": outcome.id,
        "name": outcome.name,
        "of": measure.of,
        "ratio": bool(measure.denominator),
        "event": event,
        "more": more,
        "less": less,
        **sentences.named(outcome),
    }


def _assumption(one: Assumption) -> dict[str, Any]:
    return {
        "key": one.key,
        "label": one.label,
        "subject": ", ".join(filter(None, (one.subject, one.policy and f'only under "{one.policy}"'))),
        "unit": one.unit,
        "meaning": one.meaning,
        "edges": list(one.edges),
        "apart": bool((one.places % 2).any()),  # between two edges: ends of a range that meet would hold nothing
        "places": _base64(one.places),
    }


def _lever(one: Control) -> dict[str, Any]:
    return {
        "path": one.path,
        "label": one.label,
        "subject": one.subject,
        "unit": one.unit,
        "meaning": one.meaning,
        "times": one.times,
        "steps": list(one.steps),
        "today": one.today,
        "first": one.first,
    }


def _templates() -> dict[str, Any]:
    """The report's own sentences: the page fills them in as Python does."""
    return {
        "headlines": {verdict.value: list(pair) for verdict, pair in sentences.HEADLINES.items()},
        "share": sentences.CRISIS_SHARE,
        "ratio": sentences.CRISIS_RATIO,
        "hard": sentences.HARD,
    }


def _words(run: StoredRun, first: Answer, outcome: Quantity) -> dict[str, Any]:
    scenario = run.plan.scenario
    meaning = sentences.WAR_MEANS.format(war_means=scenario.ladder.war_means) if "war" in outcome.id else ""
    return {"question": scenario.question, "conditional": CONDITIONAL, "meaning": meaning, "opening": first.sentence}


def _doubles(values: NDArray[np.float64]) -> str:
    return _base64(np.asarray(values, dtype="<f8"))


def _base64(values: NDArray[Any]) -> str:
    return base64.b64encode(np.ascontiguousarray(values).tobytes()).decode()
