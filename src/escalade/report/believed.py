"""Whom you believe, in words: one sentence, a table, notes, and the same as plain JSON values."""

from __future__ import annotations

from typing import Any

from escalade.analysis.believed import Belief, Believed
from escalade.quantities import UNIT_WORDS, Unit, shown
from escalade.report.sentence import Sentence
from escalade.report.tables import Row, Section, Table

NAMES = {
    "official": "official claims only",
    "independent": "independent estimates only",
    "all": "all sources",
}
"""Readings as people call them."""

NO_FIGURES = "no input of this scenario names figures of the library, so that no reading changes any"
HOW_TO_READ = (
    "Under each reading the inputs that have figures of its kind are drawn from these alone; all others keep what they "
    "have. 90 of 100 sets of assumptions lie between from and to. Inputs: how many have figures of the kind, and how "
    "many of these change thereby."
)


def sentence(found: Believed) -> Sentence:
    """The effect under every reading in which it differs, with the number of inputs that change."""
    if not found.having:
        return Sentence(NO_FIGURES, {})
    parts, words, opens = [], {}, {}
    for belief in found.beliefs:
        if belief.effect is None or not (belief.own or belief.enters):
            parts.append(f"{NAMES[belief.reading]}: {standing(belief)}")
            continue
        name = belief.reading
        words[name] = value_words(found, belief)
        opens[name] = "run.believed"
        counted = "" if belief.own else f", {_inputs(len(belief.changed))} changed"
        parts.append(f"{NAMES[name]} {{{name}}}{counted}")
    return Sentence("; ".join(parts) + f" {unit_words(found)}", words, opens)


def value_words(found: Believed, belief: Belief) -> str:
    """The effect and its range: "+0.8 (-1.2 to +5.4)"."""
    if belief.effect is None:
        return "unknown"
    unit, effect = _unit(found), belief.effect
    mean, low, high = (shown(x, unit, signed=True) for x in (effect.mean, effect.low, effect.high))
    return f"{mean} ({low} to {high})"


def unit_words(found: Believed) -> str:
    """What the effects are counted in."""
    unit = _unit(found)
    return "in 100 crises" if unit == "share" else f"{UNIT_WORDS[unit]} per crisis"


def standing(belief: Belief) -> str:
    """Why a reading gives the run's own effect, or none."""
    if belief.problem:
        return "cannot be drawn"
    if not belief.redrawn:
        return "no input has figures of that kind"
    if not belief.changed:
        return f"{_inputs(len(belief.redrawn))} with figures of that kind, which say the same"
    if not belief.enters:
        which = "it does not enter" if len(belief.changed) == 1 else "they do not enter"
        return f"the same, as {_inputs(len(belief.changed))} changed but {which} a crisis"
    return f"{_inputs(len(belief.changed))} changed"


def _inputs(count: int) -> str:
    return f"{count} input" + ("" if count == 1 else "s")


def _unit(found: Believed) -> Unit:
    return "count" if found.outcome.crisis is None else found.outcome.crisis.unit


def table(found: Believed, names: tuple[str, str]) -> Table:
    """All readings; ``names`` are those of the policy and of the baseline."""
    rows = tuple(Row((NAMES[belief.reading], *_cells(found, belief)), key="run.believed") for belief in found.beliefs)
    heads = ("believed", *names, "effect", "from", "to", "inputs")
    return Table(f"{found.outcome.name.capitalize()}, {unit_words(found)}", heads, (Section("", rows),), HOW_TO_READ)


def _cells(found: Believed, belief: Belief) -> tuple[str, ...]:
    inputs = "as run" if belief.own else f"{len(belief.redrawn)}, {len(belief.changed)}"
    if belief.effect is None or belief.levels is None:
        return ("", "", "unknown", "", "", inputs)
    if not (belief.own or belief.enters):
        return ("", "", "the same", "", "", inputs)
    unit, effect = _unit(found), belief.effect
    levels = (shown(level, unit) for level in belief.levels)
    return (*levels, *(shown(x, unit, signed=True) for x in (effect.mean, effect.low, effect.high)), inputs)


def note_rows(found: Believed) -> list[tuple[str, str]]:
    """The readings and their effects, for the note of a number."""
    return [(NAMES[belief.reading], value_words(found, belief)) for belief in found.beliefs]


def as_json(found: Believed) -> dict[str, Any]:
    """Everything as plain JSON values; shares from 0 to 1."""
    return {
        "policy": found.policy,
        "baseline": found.baseline,
        "outcome": found.outcome.id,
        "unit": _unit(found),
        "sentence": str(sentence(found)),
        "inputs_with_figures": found.having,
        "readings": {belief.reading: _belief_json(belief) for belief in found.beliefs},
    }


def _belief_json(belief: Belief) -> dict[str, Any]:
    effect, levels = belief.effect, belief.levels
    quantiles = None if effect is None else {"5": effect.low, "50": effect.median, "95": effect.high}
    return {
        "own": belief.own,
        "effect": None if effect is None else effect.mean,
        "quantiles": quantiles,
        "level": None if levels is None else levels[0],
        "baseline": None if levels is None else levels[1],
        "redrawn": list(belief.redrawn),
        "changed": list(belief.changed),
        "enters_a_crisis": belief.enters,
        "effective": belief.effective,
        "problem": belief.problem or None,
    }
