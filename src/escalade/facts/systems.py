"""Shields and threats by name: what they can engage, and which figure stands for each of their numbers.

Several figures exist for most numbers, and none for many. ``profiles.csv`` names for each number of a shield the figure
that stands for it, with the reason; where nothing usable is public it holds a range of ours, which is labelled an
assumption. So the choice is data that can be read and changed, not a rule hidden in code:

- a single figure, where one fits best (usually the newest that was read, not recalled);
- a pooled group (the lowest low, the median of the modes, the highest high), where figures merely differ;
- a rate *of those engaged*, turned into a probability per shot (``per_shot``): rates are published for whole
  engagements, the model wants shots. Independent shots are supposed, which is generous to the single shot's failures;
- a range of ours, ``is_assumption`` true and no ``facts``.

Look-up::

    from escalade import facts

    arrow = facts.system("arrow_3")              # UnknownSystem for a name that is not one, with near names
    arrow.engages                                # ("ballistic",)
    arrow.kill_probability("ballistic")          # Estimate(low=0.55, mode=0.63, high=0.75, facts=(...), reason=...)
    arrow.shots, arrow.stock                     # Estimate each; shots may be 1.5: round it for a raid
    arrow.unit_cost, arrow.per_battery           # Estimate, or None where no figure is public
    facts.threat("shahed_136").unit_cost         # what one weapon costs the attacker
    facts.threat("drone").name                   # a class of threats stands for its best documented member

``facts_from`` chooses among rival sources: where a row exists for ``official`` or ``independent`` it is used, else the
row for ``all``.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from escalade.errors import ScenarioError
from escalade.facts.library import RIVAL_SOURCES, Fact, admitted, group, pooled, read_table

MANY = 30
"""Names that a message lists at most."""


class UnknownSystem(ScenarioError, LookupError):  # noqa: N818  (read aloud it is the message)
    """No system has this name; the message names near ones.

    ``name`` is the name asked for, ``near`` up to three ids that resemble it.
    """

    def __init__(self, name: str, near: tuple[str, ...], known: Iterable[str], what: str = "system") -> None:
        self.name = name
        self.near = near
        names = tuple(known)
        allowed = ", ".join(names) if len(names) <= MANY else "what `escalade facts` lists"
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        super().__init__(f"there is no {what} {name!r}; allowed: {allowed}{hint}")


@dataclass(frozen=True)
class System:
    """What a figure can be about: ``topic`` is the table of its figures, ``aliases`` are other words for it."""

    id: str
    topic: str
    name: str
    engages: tuple[str, ...]
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class Estimate:
    """One number of a shield or threat, with what it rests on.

    ``low <= mode <= high`` in ``unit``. ``facts`` are the figures that it was taken from; none where it is a range of
    ours. ``reason`` says in a sentence why these, or how it was judged. ``converted`` says that it is a rate of those
    engaged turned into a probability per shot, ``redrawn`` that figures of the kind asked for stand in for those of
    every kind. ``is_assumption`` is true where no published figure stands behind it: it was judged, or rests on figures
    that are themselves assumptions.
    """

    low: float
    mode: float
    high: float
    unit: str
    reason: str
    facts: tuple[Fact, ...]
    converted: bool = False
    redrawn: bool = False

    @property
    def is_assumption(self) -> bool:
        """Whether nothing published stands behind it."""
        return all(fact.is_assumption for fact in self.facts)

    @property
    def basis(self) -> str:
        """The sources in one line, or the word assumption with the reason."""
        if self.is_assumption:
            return f"assumption: {self.reason}"
        return "; ".join(dict.fromkeys(fact.citation for fact in self.facts if not fact.is_assumption))


@dataclass(frozen=True)
class Shield:
    """A shield's numbers for a raid.

    ``kill_probabilities`` by threat class (those that it can engage): probability that one shot stops one threat.
    ``shots`` are interceptors fired at one threat in one engagement, ``stock`` interceptors there are in all,
    ``per_battery`` those of one battery (None: no figure), ``unit_cost`` dollars per interceptor (None: no figure).
    """

    id: str
    name: str
    engages: tuple[str, ...]
    kill_probabilities: dict[str, Estimate]
    shots: Estimate
    stock: Estimate
    per_battery: Estimate | None
    unit_cost: Estimate | None

    def kill_probability(self, threat: str) -> Estimate:
        """Probability that one shot stops one threat of the class; raises ``ScenarioError`` if it engages none."""
        try:
            return self.kill_probabilities[threat]
        except KeyError:
            raise ScenarioError(
                f"{self.name} does not engage the threat class {threat!r}; allowed: {', '.join(self.engages)}"
            ) from None


@dataclass(frozen=True)
class Threat:
    """An attacker's weapon: ``threat`` is its class, ``unit_cost`` dollars per weapon (None: no figure is public)."""

    id: str
    name: str
    threat: str
    unit_cost: Estimate | None


@cache
def all_systems() -> dict[str, System]:
    """Every system that a figure may be about, by id, in the order of the topics."""
    return {
        row["id"]: System(
            row["id"], row["topic"], row["name"], _split(row["engages"], ";"), _split(row["aliases"], " ")
        )
        for row in read_table("systems")
    }


def _split(text: str, mark: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(mark) if part)


def shield_names() -> tuple[str, ...]:
    """Ids of the shields that ``system`` knows, in alphabetical order."""
    return tuple(sorted(found.id for found in all_systems().values() if found.engages))


def threat_names() -> tuple[str, ...]:
    """Ids of the weapons that ``threat`` knows, in alphabetical order."""
    return tuple(sorted({row["system"] for row in _rows() if all_systems()[row["system"]].topic == "threats"}))


@cache
def _rows() -> tuple[dict[str, str], ...]:
    return tuple(read_table("profiles"))


def system(name: str, facts_from: str = "all") -> Shield:
    """The shield called ``name`` (its id, its name or another word for it) with its numbers.

    ``facts_from`` is ``official``, ``independent`` or ``all``. Raises ``UnknownSystem`` for an unknown name and
    ``ValueError`` for an unknown ``facts_from``.
    """
    if facts_from not in RIVAL_SOURCES:
        raise ValueError(f"facts_from is {facts_from!r}; allowed: {', '.join(RIVAL_SOURCES)}")
    found = all_systems()[resolved(name, shield_names(), "shield")]
    shots = _required(found.id, "shots", "", facts_from, "interceptors per engagement")
    return Shield(
        id=found.id,
        name=found.name,
        engages=found.engages,
        kill_probabilities={
            threat: _required(found.id, "kill_probability", threat, facts_from, "probability per shot", shots.mode)
            for threat in found.engages
        },
        shots=shots,
        stock=_required(found.id, "stock", "", facts_from, "interceptors"),
        per_battery=_number(found.id, "per_battery", "", facts_from, "interceptors"),
        unit_cost=_number(found.id, "unit_cost", "", facts_from, "USD"),
    )


def threat(name: str, facts_from: str = "all") -> Threat:
    """The weapon called ``name``, or the one that stands for the class of that name (``drone``: Shahed-136).

    A class without any priced weapon (``icbm``, ``aircraft``) is returned with its own name and no cost.
    Raises ``UnknownSystem`` for a name that is neither.
    """
    by_class = {row["threat"]: row["system"] for row in _rows() if row["system"] in threat_names()}
    if name in UNPRICED:
        return Threat(name, name, name, None)
    found = by_class.get(name) or resolved(name, threat_names(), "threat")
    row = next(row for row in _rows() if row["system"] == found)
    cost = _number(found, "unit_cost", row["threat"], facts_from, "USD")
    return Threat(found, all_systems()[found].name, row["threat"], cost)


UNPRICED = ("icbm", "slbm", "aircraft", "ground", "tunnel")
"""Threat classes for which no price per weapon is among the figures."""


def resolved(name: str, ids: tuple[str, ...], what: str) -> str:
    """The one of ``ids`` that a name stands for: itself, a spelling of it, the system's name, or another word for it.

    ``what`` says in the message what was looked for. Raises ``UnknownSystem``.
    """
    plain = _plain(name)
    systems = all_systems()
    for words_of in (lambda one: (one.id, one.name), lambda one: one.aliases):
        for found in ids:
            if plain in map(_plain, words_of(systems[found])):
                return found
    near = difflib.get_close_matches(name.lower().replace("-", "_").replace(" ", "_"), ids, n=3, cutoff=0.5)
    raise UnknownSystem(name, tuple(near), ids, what)


def _plain(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


def _required(
    found: str, quantity: str, threat: str, facts_from: str, unit: str, shots: float | None = None
) -> Estimate:
    number = _number(found, quantity, threat, facts_from, unit, shots)
    assert number is not None  # a test holds the table to it
    return number


def _number(
    found: str, quantity: str, threat: str, facts_from: str, unit: str, shots: float | None = None
) -> Estimate | None:
    """The number that ``profiles.csv`` names; None if it has no row, or a row that says there is no figure."""
    rows = [row for row in _rows() if (row["system"], row["quantity"], row["threat"]) == (found, quantity, threat)]
    row = next((row for reading in (facts_from, "all") for row in rows if row["reading"] == reading), None)
    if row is None or not (row["fact"] or row["mode"]):
        return None
    if not row["fact"]:
        low, mode, high = (float(row[name]) for name in ("low", "mode", "high"))
        return Estimate(low, mode, high, unit, row["reason"], ())
    members, redrawn = _members(row, facts_from)
    fact = pooled(members)
    low, mode, high = fact.low, fact.mode, fact.high
    converted = row["per"] == "engagement"
    if converted:
        low, mode, high = (per_shot(value, shots or 1.0) for value in (low, mode, high))
    return Estimate(low, mode, high, unit, row["reason"], members, converted, redrawn)


def _members(row: dict[str, str], facts_from: str) -> tuple[tuple[Fact, ...], bool]:
    """The figures that a row stands for under a reading, and whether they are of the kind asked for."""
    named = group(row["fact"])
    if facts_from == "all":
        return named, False
    if row["reading"] == facts_from and named[0].id == row["fact"]:
        return named, True
    chosen = admitted(row["fact"], facts_from)
    return chosen or named, bool(chosen)


def per_shot(rate: float, shots: float) -> float:
    """Probability per shot behind a rate per engagement: ``1 - (1 - rate) ** (1 / shots)``.

    Independent shots, each as good as the other, are supposed: failures that come together (a bad night of the whole
    shield) would need a higher probability per shot for the same rate. A rate of 1 is taken as 0.99, as no shot is
    certain.
    """
    return 1.0 - math.pow(1.0 - min(rate, 0.99), 1.0 / shots)
