"""Look-up of public figures by stable id.

A *figure* is one reported number with its range: ``thaad.interceptors_used.2025_06_cnn`` is
``system.quantity.suffix``. A *group* is all figures of one quantity of one system
(``thaad.interceptors_used``); they share unit and denominator, so that they may be pooled. A point figure
has ``low == mode == high``; a range is what was reported or judged, never a confidence interval.

The figures lie beside this file, one table per topic (``TOPICS``). A *system* is whatever a figure is about: a shield,
a threat, an episode, a people; ``escalade.facts.systems`` has their names and what they are good for.
"""

from __future__ import annotations

import csv
import difflib
import statistics
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources

from escalade.errors import ScenarioError

TOPICS = ("shields", "threats", "episodes", "behaviour")
"""Tables of the library, each a file ``TOPIC.csv``."""

KINDS = ("official_claim", "independent_estimate", "press_report", "test_record", "model_assumption")
"""Kinds of figures. ``model_assumption``: derived here, or recalled and never read; not a source."""

UNITS = (
    "NIS",
    "USD",
    "USD per day",
    "attacks",
    "batteries",
    "days",
    "deaths",
    "deaths per hit",
    "deaths per launch",
    "deaths per strike",
    "drones",
    "drones per year",
    "fraction",
    "gun rounds",
    "hours",
    "impacts",
    "interceptions",
    "interceptors",
    "interceptors per engagement",
    "interceptors per year",
    "launchers",
    "layers",
    "missiles",
    "missiles per day",
    "missiles per year",
    "moves",
    "people",
    "probability",
    "ratio",
    "rockets",
    "rockets per day",
    "satellites",
    "satellites per year",
    "ships",
    "silos",
    "sirens",
    "sites",
    "warheads",
    "weapons",
    "weapons per month",
    "years",
    "yes or no",
)
"""Units that a figure may have. A ``fraction`` says of what in its denominator; ``yes or no`` is 1 or 0."""

RIVAL_SOURCES = {"official": ("official_claim", "test_record"), "independent": ("independent_estimate",), "all": KINDS}
"""Kinds that each reading of rival sources admits (``facts_from`` of a scenario)."""


class UnknownFact(ScenarioError, LookupError):  # noqa: N818  (read aloud it is the message)
    """No figure or group has this id; the message names near ones.

    ``fact_id`` is the id asked for, ``near`` up to three ids that resemble it.
    """

    def __init__(self, fact_id: str, near: tuple[str, ...]) -> None:
        self.fact_id = fact_id
        self.near = near
        hint = f"; did you mean {' or '.join(near)}?" if near else "; `escalade facts` lists them"
        super().__init__(f"no fact is called {fact_id!r}{hint}")


class Entry:
    """What figures and statements have in common: a place in the library, and a kind."""

    system: str
    quantity: str
    kind: str

    @property
    def group_id(self) -> str:
        """Id of the group of figures and statements that it belongs to: ``system.quantity``."""
        return f"{self.system}.{self.quantity}"

    @property
    def is_assumption(self) -> bool:
        """Whether nothing published stands behind it."""
        return self.kind == "model_assumption"


@dataclass(frozen=True)
class Fact(Entry):
    """One public figure, or a pooled group of them.

    ``low <= mode <= high`` in ``unit``. ``denominator`` says of what a fraction is taken, or per what a cost
    counts; empty for plain counts. ``since`` is the day (month, year) from which a count runs, empty where it does not
    run; ``as_of`` the one up to which it runs, or on which the figure stood; for a pooled group the span.
    ``kind`` is one of ``KINDS``, or ``mixed`` for a pooled group of several kinds. ``source`` is the title or
    the derivation, ``publisher`` who printed it, ``url`` where it was read (empty for assumptions).
    """

    id: str
    system: str
    quantity: str
    low: float
    mode: float
    high: float
    unit: str
    denominator: str
    since: str
    as_of: str
    kind: str
    source: str
    publisher: str
    url: str
    note: str

    @property
    def citation(self) -> str:
        """Title, publisher and date in one line."""
        return f"{self.source} ({', '.join(part for part in (self.publisher, self.as_of) if part)})"


@dataclass(frozen=True)
class Statement(Entry):
    """A public statement without a number: what a shield is for, who struck first, that a stock is not public.

    ``id`` is ``system.quantity.suffix``, as for figures; ``text`` is what was said, in our words or quoted; the other
    fields are those of a figure.
    """

    id: str
    system: str
    quantity: str
    text: str
    as_of: str
    kind: str
    source: str
    publisher: str
    url: str
    note: str


_NUMBERS = ("low", "mode", "high")
COLUMNS = tuple(field.name for field in fields(Fact))
"""Columns of the tables of figures, in order."""


@cache
def all_facts() -> tuple[Fact, ...]:
    """All figures, sorted by id."""
    found = [_fact(row) for topic in TOPICS for row in read_table(topic)]
    return tuple(sorted(found, key=lambda fact: fact.id))


@cache
def all_statements() -> tuple[Statement, ...]:
    """All statements, sorted by id."""
    return tuple(sorted((Statement(**row) for row in read_table("statements")), key=lambda said: said.id))


def read_table(name: str) -> list[dict[str, str]]:
    """Rows of the table ``NAME.csv`` of the library, as texts by column."""
    file = resources.files("escalade.facts") / f"{name}.csv"
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


def _fact(row: dict[str, str]) -> Fact:
    texts = {name: row[name] for name in COLUMNS if name not in _NUMBERS}
    low, mode, high = (float(row[name]) for name in _NUMBERS)
    return Fact(low=low, mode=mode, high=high, **texts)


@cache
def _by_group() -> dict[str, tuple[Fact, ...]]:
    groups: dict[str, list[Fact]] = {}
    for fact in all_facts():
        groups.setdefault(fact.group_id, []).append(fact)
    return {name: tuple(members) for name, members in groups.items()}


def group(fact_id: str) -> tuple[Fact, ...]:
    """Figures side by side: the members of the group, or the one figure if ``fact_id`` names one.

    Raises ``UnknownFact`` if there is neither.
    """
    members = _by_group().get(fact_id)
    if members is None:
        members = tuple(fact for fact in _by_group().get(fact_id.rpartition(".")[0], ()) if fact.id == fact_id)
    if not members:
        raise UnknownFact(fact_id, near_ids(fact_id))
    return members


def get(fact_id: str, facts_from: str = "all") -> Fact:
    """The figure called ``fact_id``, or the pooled figure of the group of that name.

    Pooling takes the lowest low, the median of the modes and the highest high. ``facts_from`` is ``official``,
    ``independent`` or ``all``. With the first two the figures of these kinds are pooled that speak of the same
    quantity, even if ``fact_id`` names another one of them; where there are none, the figure or group stands.

    Raises ``UnknownFact`` for an unknown id and ``ValueError`` for an unknown ``facts_from``.
    """
    return pooled(admitted(fact_id, facts_from) or group(fact_id))


def admitted(fact_id: str, facts_from: str) -> tuple[Fact, ...]:
    """Figures of the quantity that ``fact_id`` is about, of the kinds that a reading of rival sources admits.

    With ``all``: those that ``fact_id`` names. Raises ``UnknownFact`` for an unknown id and ``ValueError`` for an
    unknown ``facts_from``.
    """
    if facts_from not in RIVAL_SOURCES:
        raise ValueError(f"facts_from is {facts_from!r}; allowed: {', '.join(RIVAL_SOURCES)}")
    named = group(fact_id)
    if facts_from == "all":
        return named
    return tuple(fact for fact in group(named[0].group_id) if fact.kind in RIVAL_SOURCES[facts_from])


def pooled(members: tuple[Fact, ...]) -> Fact:
    """One figure for several of one group: the lowest low, the median of the modes, the highest high.

    One figure alone is returned as it is. ``members`` must not be empty.
    """
    first = members[0]
    if len(members) == 1:
        return first
    kinds = _distinct(fact.kind for fact in members)
    dates = sorted(fact.as_of for fact in members)
    urls = _distinct(fact.url for fact in members)
    return Fact(
        id=first.group_id,
        system=first.system,
        quantity=first.quantity,
        low=min(fact.low for fact in members),
        mode=statistics.median(fact.mode for fact in members),
        high=max(fact.high for fact in members),
        unit=first.unit,
        denominator=first.denominator,
        since=first.since if len({fact.since for fact in members}) == 1 else "",
        as_of=dates[0] if dates[0] == dates[-1] else f"{dates[0]} to {dates[-1]}",
        kind=kinds[0] if len(kinds) == 1 else "mixed",
        source="; ".join(_distinct(fact.source for fact in members)),
        publisher="; ".join(_distinct(fact.publisher for fact in members)),
        url=urls[0] if len(urls) == 1 else "",
        note=f"pooled from {len(members)} figures: {', '.join(fact.id for fact in members)}",
    )


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def near_ids(fact_id: str, more: Iterable[str] = ()) -> tuple[str, ...]:
    """Up to three ids of figures, of groups or of ``more`` that resemble an unknown one."""
    known = {*more, *_by_group(), *(fact.id for fact in all_facts())}
    return tuple(difflib.get_close_matches(fact_id, sorted(known), n=3, cutoff=0.6))
