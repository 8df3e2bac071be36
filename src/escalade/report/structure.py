"""How far an answer hangs on the structure of the model: sentences, one table, and the same as plain JSON values."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from escalade.analysis.structure import Row as Tried
from escalade.analysis.structure import Structure
from escalade.analysis.verdict import Verdict
from escalade.quantities import UNIT_WORDS, Unit, shown
from escalade.report.amounts import capital, whole_shares
from escalade.report.sentence import Sentence
from escalade.report.sentences import CONDITIONAL
from escalade.report.tables import WIDTH, Row, Section, Table, text

if TYPE_CHECKING:
    from escalade.scenario import Scenario

GROUPS: Mapping[str, str] = {
    "waves": "strikes of a side at one level, at most",
    "precision": "how sharply leaders choose (lambda)",
    "threats": "levels of mere threat",
    "stake_spread": "how much crises differ (spread of log stakes)",
    "resolve_spread": "how much a side hides of its resolve (the same)",
    "costs": "what a strike costs beyond its dead",
    "opener": "who opens every crisis",
    "light_replies": "light replies to a strike",
    "record": "the record of past crises",
}
"""What a structure is about."""

SHORT: Mapping[str, str] = {
    "waves": "strikes at one level",
    "precision": "how sharply leaders choose",
    "threats": "levels of threat",
    "stake_spread": "how much crises differ",
    "resolve_spread": "hidden resolve",
    "costs": "costs",
    "opener": "opens every crisis",
    "light_replies": "light replies",
    "record": "the record",
}
"""The same in a sentence."""

VALUES: Mapping[tuple[str, str], str] = {
    ("threats", "fewer"): "one fewer",
    ("threats", "more"): "one more",
    ("costs", "0.75"): "three quarters",
    ("costs", "1.5"): "half more",
    ("light_replies", "on"): "allowed",
    ("light_replies", "off"): "not allowed",
    ("record", "off"): "left out",
    ("record", "low"): "lowest counts",
    ("record", "high"): "highest counts",
}
"""Its values in words, where they are no numbers."""

BASE = "as the scenario has it"

DEPENDS = (
    "It depends on the structure of the model: {more} under {ups}, {less} under {downs} of {tried} structures tried "
    "({low} to {high} {per}). {Rarer}: {named}."
)
SAME = "The sign does not hang on the structure of the model: {signed} under all {tried} tried ({low} to {high} {per})."
FADES = (
    "No structure of the model turns the sign: {signed} under {ups}, neither under {neither} of {tried} structures "
    "tried ({low} to {high} {per}). {Rarer}: {named}."
)
NEITHER = "Under none of {tried} structures tried does one sign prevail ({low} to {high} {per})."
LEAD = "{lead} But it depends on the structure."
HOW_TO_READ = (
    "{worlds} sets of assumptions, the same in every row, weighed by the record within each row; one thing changes in "
    "each. Change: mean effect, and the range of 90 of 100 sets; more, less: sets of 100 in which the effect exceeds "
    "the margin. Sign: as the headline counts (both: each in 20 sets or more; close: neither in 20)."
)
MOST_NAMED = 4
"""Structures that a sentence names."""


def sentence(found: Structure, sides: Mapping[str, str]) -> Sentence:
    """Whether the sign is the same under all structures; if not, under which it is the other one.

    sides : names of the sides by id
    """
    up, down, neither = (found.with_sign(sign) for sign in (1, -1, 0))
    low, high = (shown(value, _unit(found), signed=True) for value in found.span)
    more, less = directions(found)
    words = {"tried": str(len(up) + len(down) + len(neither)), "low": low, "high": high, "per": per(found)}
    words |= {"more": more, "less": less, "ups": str(len(up)), "downs": str(len(down)), "neither": str(len(neither))}
    if up and down:
        return Sentence(DEPENDS, {**words, **_rarer(((up, more), (down, less)), sides)})
    signed, rows = (more, up) if up else (less, down)
    if not neither or not rows:
        return Sentence(SAME if rows else NEITHER, {**words, "signed": signed})
    words |= {"signed": signed, "ups": str(len(rows))}
    return Sentence(FADES, {**words, **_rarer(((neither, "neither"), (rows, signed)), sides)})


def _rarer(groups: Sequence[tuple[Sequence[Tried], str]], sides: Mapping[str, str]) -> dict[str, str]:
    """The smaller of two groups of structures: what it finds, and what is in it."""
    rows, words = min(groups, key=lambda group: len(group[0]))
    named = "; ".join(label(row, sides) for row in rows[:MOST_NAMED])
    rest = f"; and {len(rows) - MOST_NAMED} others" if len(rows) > MOST_NAMED else ""
    return {"Rarer": capital(words), "named": named + rest}


def directions(found: Structure) -> tuple[str, str]:
    """What more and less of the outcome are called."""
    if found.outcome.id == "war":
        return "more war", "less war"
    return f'more of "{found.outcome.name}"', f'less of "{found.outcome.name}"'


def label(row: Tried, sides: Mapping[str, str]) -> str:
    """A structure in a few words: "opens every crisis: Iran"."""
    return BASE if row.group == "base" else f"{SHORT[row.group]}: {value(row, sides)}"


def value(row: Tried, sides: Mapping[str, str]) -> str:
    """The value of a structure in words."""
    return VALUES.get((row.group, row.value)) or (
        sides.get(row.value, row.value) if row.group == "opener" else row.value
    )


def table(found: Structure, names: Mapping[str, str], sides: Mapping[str, str]) -> Table:
    """Every structure: levels, effect, shares of sets, sign. ``names`` are those of the policies."""
    groups = dict.fromkeys(row.group for row in found.rows)
    sections = [Section("", (_row(found, found.base, BASE),))]
    for group in groups:
        rows = [_row(found, row, value(row, sides)) for row in found.rows if row.group == group]
        sections.append(Section(capital(GROUPS[group]), tuple(rows)))
    title = f"{capital(found.outcome.name)}, {per(found)}: {names[found.policy]}, less {names[found.baseline]}"
    heads = ("structure", "with", "without", "change", "from", "to", "more", "less", "sign")
    return Table(title, heads, tuple(sections), HOW_TO_READ.format(worlds=found.worlds))


def _row(found: Structure, row: Tried, name: str) -> Row:
    if row.effect is None or row.level is None or row.baseline is None or row.shares is None:
        return Row((name, *("-",) * 8))
    unit = _unit(found)
    more, less, _ = whole_shares([row.shares.raises, row.shares.lowers, row.shares.neither])
    changes = (shown(x, unit, signed=True) for x in (row.effect.mean, row.effect.low, row.effect.high))
    levels = (shown(row.level, unit), shown(row.baseline, unit))
    return Row((name, *levels, *changes, str(more), str(less), sign(row)), key=f"crisis.{found.outcome.id}")


def sign(row: Tried) -> str:
    """What a row says: more, less, both signs, or neither."""
    if row.verdict is Verdict.DEPENDS:
        return "both"
    return {1: "more", -1: "less"}.get(row.sign or 0, "close")


def per(found: Structure) -> str:
    """What the numbers are counted in."""
    measure, unit = found.outcome.crisis, _unit(found)
    if unit != "share":
        return f"{UNIT_WORDS[unit]} per crisis"
    return f"of 100 {measure.of}" if measure is not None and measure.denominator else "in 100 crises"


def _unit(found: Structure) -> Unit:
    return "count" if found.outcome.crisis is None else found.outcome.crisis.unit


def as_text(found: Structure, scenario: Scenario) -> str:
    """Question, sentence and table, no line longer than 80 columns."""
    names = {name: policy.name for name, policy in scenario.policies.items()}
    sides = {name: side.name for name, side in scenario.sides.items()}
    told = [scenario.question, sentence(found, sides), CONDITIONAL]
    wrapped = [textwrap.fill(paragraph, WIDTH, break_on_hyphens=False) for paragraph in told]
    return "\n\n".join([*wrapped, text(table(found, names, sides))])


def as_json(found: Structure, sides: Mapping[str, str]) -> dict[str, Any]:
    """The same as plain JSON values; an outcome that a structure does not have is null in its row."""
    return {
        "policy": found.policy,
        "baseline": found.baseline,
        "outcome": found.outcome.id,
        "unit": _unit(found),
        "margin": found.margin,
        "worlds": found.worlds,
        "sentence": sentence(found, sides),
        "depends": found.depends,
        "rows": [_row_json(row) for row in _all(found)],
    }


def _all(found: Structure) -> Iterable[Tried]:
    return (found.base, *found.rows)


def _row_json(row: Tried) -> dict[str, Any]:
    effect, shares = row.effect, row.shares
    return {
        "group": row.group,
        "value": row.value,
        "level": row.level,
        "baseline": row.baseline,
        "effect": None if effect is None else effect.mean,
        "quantiles": None if effect is None else {"5": effect.low, "50": effect.median, "95": effect.high},
        "shares": None if shares is None else {"more": shares.raises, "less": shares.lowers, "neither": shares.neither},
        "sign": row.sign,
        "effective": row.effective,
    }
