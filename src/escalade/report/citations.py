"""What to cite for a run: the software, the run itself, and every published source that its numbers rest on.

Each source comes with its reason: the inputs that it feeds or that were judged by it, those that it would feed if only
claims of its kind were believed, or the past crises that it counts. Judgements without any source are counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from escalade import facts
from escalade.facts.library import Statement, all_facts, all_statements
from escalade.scenario.inputs import Input, inputs
from escalade.scenario.rivals import READINGS, redrawn_inputs

if TYPE_CHECKING:
    from escalade.study.results import StoredRun

Entry = facts.Fact | Statement

AUTHOR, TITLE = "The escalade contributors", "escalade: missile shields and the risk of war"
"""Who wrote the software, and what it is called."""

IDS = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+")
"""What may be the id of a figure, a group of figures or a statement, in a sentence."""

CLAIMS = {"official": "official claims", "independent": "independent estimates"}
"""Kinds of figures that a reading believes alone, in words."""


@dataclass(frozen=True)
class Source:
    """One published source.

    ``title`` is all that is known of it where a scenario names it in one line; then ``publisher`` and ``date`` are
    empty. ``facts`` are ids of the library's figures that were read there, ``uses`` what it is cited for.
    """

    title: str
    publisher: str
    date: str
    url: str
    facts: tuple[str, ...]
    uses: tuple[str, ...]

    @property
    def words(self) -> str:
        """Title, publisher and date in one line."""
        about = ", ".join(part for part in (self.publisher, self.date) if part)
        return f"{self.title} ({about})" if about else self.title


@dataclass(frozen=True)
class Citations:
    """All that a run should cite.

    ``run`` says in one line which run it is: scenario, its date and hash, seed and sizes. ``assumptions`` counts the
    inputs that nothing published stands behind, ``inputs`` all of them.
    """

    scenario: str
    title: str
    version: str
    run: str
    hash: str
    seed: int
    sources: tuple[Source, ...]
    assumptions: int
    inputs: int

    @property
    def software(self) -> str:
        """The software in one line."""
        return f"{AUTHOR}: {TITLE}, version {self.version}"


def citations(run: StoredRun) -> Citations:
    """What a stored run should cite. Its exact crises need not be there."""
    plan = run.plan
    used = [item for item in inputs(plan.scenario) if item.policy is None or item.policy in plan.policies]
    return Citations(
        scenario=plan.scenario.name,
        title=plan.scenario.title,
        version=str(run.folder.manifest()["run"]["escalade"]),
        run=_run_words(run),
        hash=plan.scenario_hash,
        seed=plan.seed,
        sources=tuple(_joined([*_of_inputs(run, used), *_of_rivals(run, used), *_of_record(run)])),
        assumptions=sum(item.is_assumption for item in used),
        inputs=len(used),
    )


def _run_words(run: StoredRun) -> str:
    plan, effort = run.plan, run.plan.effort
    return (
        f"scenario {plan.scenario.name} (as of {plan.scenario.as_of}, SHA-256 {plan.scenario_hash[:16]}), "
        f"seed {plan.seed}, {effort.candidates:,} sets of assumptions, {effort.worlds:,} of them drawn, "
        f"{effort.histories:,} histories of each"
    )


def _of_inputs(run: StoredRun, used: list[Input]) -> Iterator[Source]:
    """Sources of the inputs: the figures that a number was taken from, what the scenario names, and mentions."""
    reading = run.plan.scenario.facts_from
    for item in used:
        taken = None if item.fact is None else facts.read(item.fact, reading).fact
        if item.fact is not None:
            yield from _figures(facts.figures(item.fact, reading), named(item))
        if item.source is not None and (taken is None or item.source != taken.citation):
            yield Source(item.source, "", "", item.url or "", (), (named(item),))
        yield from _mentioned((item.source, item.assumption, item.note), f"{named(item)} (judged by it)")


def _of_rivals(run: StoredRun, used: list[Input]) -> Iterator[Source]:
    """Figures that stand in where only one kind is believed; a report compares these readings."""
    own = run.plan.scenario.facts_from
    for reading in [reading for reading in READINGS if reading != own]:
        for item in redrawn_inputs(used, reading):
            there = () if item.fact is None else facts.figures(item.fact, own)
            found = [fact for fact in facts.figures(item.rivals or "", reading) if fact not in there]
            yield from _figures(found, f"{named(item)} (if only {CLAIMS[reading]} are believed)")


def _of_record(run: StoredRun) -> Iterator[Source]:
    record = run.plan.scenario.record
    for entry in record.crises if record is not None else ():
        use = f"past crises, {entry.period}"
        if entry.source is not None:
            yield Source(entry.source, "", "", entry.url or "", (), (use,))
        yield from _mentioned((entry.source, entry.note), use)


def _mentioned(texts: Iterable[str | None], use: str) -> Iterator[Source]:
    """Figures and statements whose id, or whose group's id, stands in a text."""
    for name in IDS.findall(" ".join(text or "" for text in texts)):
        yield from _figures(_by_id().get(name, ()), use)


@cache
def _by_id() -> dict[str, tuple[Entry, ...]]:
    """Every figure and statement of the library, by its own id and by that of its group."""
    found: dict[str, tuple[Entry, ...]] = {}
    entries: list[Entry] = [*all_facts(), *all_statements()]
    for entry in entries:
        for name in (entry.id, entry.group_id):
            found[name] = (*found.get(name, ()), entry)
    return found


def _figures(members: Iterable[Entry], use: str) -> Iterator[Source]:
    for entry in members:
        if not entry.is_assumption:
            yield Source(entry.source, entry.publisher, entry.as_of, entry.url, (entry.id,), (use,))


def named(item: Input) -> str:
    """An input as people read it: whose it is, what it is, and the policy that brings it."""
    subject = f"{item.subject}: " if item.subject else ""
    return f"{subject}{item.label[:1].lower()}{item.label[1:]}" + (f" [policy {item.policy}]" if item.policy else "")


def _joined(found: list[Source]) -> list[Source]:
    """Every source once, with all its figures and uses, in the order of their titles.

    What has the same address is the same source; the library's words for it are preferred to a scenario's.
    """
    by_place: dict[tuple[str, ...], Source] = {}
    for source in sorted(found, key=lambda source: not source.facts):
        title = source.title.rstrip(". ")
        place = (source.url,) if source.url else (title, source.publisher, source.date)
        before = by_place.get(place, replace(source, title=title, facts=(), uses=()))
        by_place[place] = replace(
            before,
            facts=tuple(dict.fromkeys((*before.facts, *source.facts))),
            uses=_uses((*before.uses, *source.uses)),
        )
    return sorted(by_place.values(), key=lambda source: (source.title.lower(), source.publisher, source.date))


def _uses(uses: Iterable[str]) -> tuple[str, ...]:
    """Every use once; that an input is fed says more than that it would be, or was judged by it."""
    found = list(dict.fromkeys(uses))
    return tuple(use for use in found if not any(use.startswith(f"{other} (") for other in found))
