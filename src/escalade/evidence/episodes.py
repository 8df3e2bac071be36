"""The episodes of the back-test: what was known before, what was launched, what was reported afterwards.

They are data (``episodes.yaml``). An *episode* is a raid or a campaign of days whose inputs were known before it, but
for what was launched and for the inputs that it lists as taken from itself. An *exchange* is a sequence of strikes of
a bundled scenario with the scenario's own inputs.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Annotated, Any, Literal

from pydantic import Field, Strict

from escalade.scenario.fields import Part, assumption, text
from escalade.scenario.numbers import Number, default
from escalade.scenario.sides import AtLeastOne, Count, Id, NotNegative, Share, Text, ThreatClass, Title

What = Literal[
    "launched",
    "failed_of_launched",
    "got_through",
    "hit_people",
    "intercepted",
    "intercepted_of_launched",
    "stopped_of_arrived",
    "stopped_of_threatening",
    "leakage_rose",
    "used",
    "deaths",
]
"""What may be reported of an episode; ``WORDS`` says each in words."""

WORDS: dict[What, str] = {
    "launched": "launched",
    "failed_of_launched": "failed in flight, of those launched",
    "got_through": "got through",
    "hit_people": "hit what is valued, not means",
    "intercepted": "intercepted",
    "intercepted_of_launched": "intercepted, of those launched",
    "stopped_of_arrived": "did not get through, of those that arrived",
    "stopped_of_threatening": "stopped, of those that threatened",
    "leakage_rose": "share that got through, more than on the days before",
    "used": "interceptors used",
    "deaths": "deaths",
}
"""Every quantity of the back-test in words; what is "of" something is a share, all else a number."""

Day = Annotated[datetime.date, Strict(False)]
Strike = Annotated[tuple[Id, Id], Strict(False)]


class Weapon(Part):
    """What is launched of one threat class."""

    name: Title = text("Name, in the plural.", label="Name")
    threat_class: ThreatClass = text("Threat class.", label="Threat class", alias="class")
    launched: Count = assumption(
        "Launched over the whole episode: given, not predicted.", unit="units", label="Launched"
    )
    reliability: Share = assumption(
        "Share that does not fail in flight.", unit="share", label="Flies without failing", default=default(1)
    )
    threatening: Share = assumption(
        "Share of what arrives that would hit what is counted as a hit.",
        unit="share", label="Would hit", default=default(1),
    )  # fmt: skip
    deaths_per_hit: NotNegative = assumption(
        "Deaths per hit on people without shelter.", unit="deaths", label="Deaths per hit", default=default(0)
    )


class Defence(Part):
    """One layer of the shield that the episode met."""

    name: Title = text("Name of the system.", label="Name")
    stops: dict[ThreatClass, Share] = assumption(
        "Probability that one shot stops one threat, by class.", unit="probability", label="Stops", min_length=1
    )
    shots: AtLeastOne = assumption("Shots at a threat at once.", unit="interceptors", label="Shots", default=default(1))
    stock: Count | None = assumption(
        "Interceptors at the start; null: more than needed.", unit="interceptors", label="Stock", default=None
    )
    channels: Count | None = assumption(
        "Engagements in one raid; null: no limit.", unit="engagements", label="Engagements a raid", default=None
    )
    availability: Share = assumption(
        "Probability that it works in a raid.", unit="probability", label="Works", default=default(1)
    )
    discrimination: Share = assumption(
        "Probability that a harmless object is left alone.", unit="probability", label="Left alone", default=default(1)
    )


class Shelter(Part):
    """What keeps deaths from being hits times deaths per hit."""

    coverage: Share = assumption("Share of people with shelter.", unit="share", label="Shelter", default=default(0))
    effect: Share = assumption("Share of deaths avoided.", unit="share", label="Avoided", default=default(0))
    aimed_at_means: Share = assumption(
        "Share of hits on means, where nobody is counted.", unit="share", label="Aimed at means", default=default(0)
    )


class Reported(Part):
    """Something that was reported, and of what: a figure's range, or one that is worked out from figures."""

    what: What = text("Which quantity.", label="What")
    of: tuple[str, ...] = text("Of which weapons, layers or sides, added up.", label="Of", min_length=1, strict=False)
    days: tuple[int, int] | None = text("First and last day, from 1.", label="Days", default=None, strict=False)
    facts: tuple[str, ...] = text("Ids of the figures.", label="Figures", min_length=1, strict=False)
    low: float | None = text("Lowest value, where it is worked out from the figures.", label="Low", default=None)
    high: float | None = text("Highest value.", label="High", default=None)
    note: Text | None = text("How it was worked out.", label="Note", default=None)


class Episode(Part):
    """A raid (one day) or a campaign of days."""

    id: Id = text("Name of the episode.", label="Id")
    title: Title = text("Title for readers.", label="Title")
    begins: Day = text("First day.", label="Begins")
    scenario: str | None = text("Bundled scenario that it belongs to.", label="Scenario", default=None)
    days: int = text("Days, each of them one raid.", unit="days", label="Days", default=1, ge=1, le=200)
    schedule: tuple[Annotated[float, Field(ge=0)], ...] = text(
        "Relative numbers launched on the first days; later days are like the last one given.",
        label="Schedule", default=(1.0,), min_length=1, max_length=200, strict=False,
    )  # fmt: skip
    threats: dict[Id, Weapon] = text("What is launched.", label="Threats", min_length=1)
    layers: dict[Id, Defence] = text("The shield, in the order in which threats meet it.", label="Layers", default={})
    bad_night: Share = assumption(
        "Share that a layer built to stop 90 of 100 stops on a bad night, one in six.",
        unit="share", label="Bad night", default=default((0.668, 0.832, 0.881)),
    )  # fmt: skip
    shelter: Shelter = text("Shelter of its people.", label="Shelter", default=Shelter())
    same_episode: dict[str, Text] = text(
        "Inputs taken from the episode itself, and why.", label="Not before", default={}
    )
    reported: tuple[Reported, ...] = text("What was reported.", label="Reported", min_length=1, strict=False)
    lesson: Text = text("What a miss teaches.", label="Lesson")

    @property
    def daily(self) -> tuple[float, ...]:
        """Relative numbers launched on each day."""
        return (*self.schedule, *(self.schedule[-1],) * (self.days - len(self.schedule)))[: self.days]

    def numbers(self) -> Iterator[tuple[str, Number]]:
        """Every input with its dotted path."""
        yield from _numbers(self, "")


class Exchange(Part):
    """Strikes of a bundled scenario, one after the other."""

    id: Id = text("Name of the exchange.", label="Id")
    title: Title = text("Title for readers.", label="Title")
    scenario: str = text("Bundled scenario.", label="Scenario")
    policy: Id = text("Policy in force.", label="Policy")
    strikes: tuple[Strike, ...] = text("Side and rung of each strike.", label="Strikes", min_length=1, strict=False)
    same_episode: Text = text("Which of the scenario's inputs were taken from the episode.", label="Not before")
    reported: tuple[Reported, ...] = text("What was reported.", label="Reported", min_length=1, strict=False)
    lesson: Text = text("What a miss teaches.", label="Lesson")


class Unanswered(Part):
    """Of the crises of a record in which a side was struck, in how many it left the first strike on it unanswered."""

    scenario: str = text("Bundled scenario.", label="Scenario")
    side: Id = text("Side that was struck.", label="Side")
    unanswered: int = text("Left unanswered.", label="Unanswered", ge=0)
    of: int = text("Crises in which it was struck.", label="Of", ge=1)


class Series(Part):
    """A published series of many small rounds: which share of them was left unanswered."""

    scenario: str = text("Bundled scenario.", label="Scenario")
    fact: str = text("Id of the figure.", label="Figure")
    of: Title = text("Of what, in words.", label="Of")


class _File(Part):
    episodes: tuple[Episode, ...] = Field(strict=False)
    exchanges: tuple[Exchange, ...] = Field(strict=False)
    unanswered: tuple[Unanswered, ...] = Field(strict=False)
    series: tuple[Series, ...] = Field(strict=False)


@cache
def _file() -> _File:
    from ruamel.yaml import YAML

    text_ = (resources.files("escalade.evidence") / "episodes.yaml").read_text(encoding="utf-8")
    return _File.model_validate(YAML(typ="safe", pure=True).load(text_))


def episodes(scenario: str | None = None) -> tuple[Episode, ...]:
    """All episodes, or those that belong to a bundled scenario, in the order of time."""
    found = (one for one in _file().episodes if scenario in (None, one.scenario))
    return tuple(sorted(found, key=lambda one: one.begins))


def exchanges(scenario: str | None = None) -> tuple[Exchange, ...]:
    """All exchanges, or those of a bundled scenario."""
    return tuple(one for one in _file().exchanges if scenario in (None, one.scenario))


def unanswered(scenario: str) -> tuple[Unanswered, ...]:
    """What the record of a bundled scenario says of first strikes that were left unanswered."""
    return tuple(one for one in _file().unanswered if one.scenario == scenario)


def series(scenario: str) -> Series | None:
    """The published series that belongs to a bundled scenario, if there is one."""
    return next((one for one in _file().series if one.scenario == scenario), None)


def _numbers(node: Any, path: str) -> Iterator[tuple[str, Number]]:
    """The numbers below a part or mapping, with their dotted paths."""
    if isinstance(node, Number):
        yield path, node
    elif isinstance(node, Part):
        for name in type(node).model_fields:
            yield from _numbers(getattr(node, name), f"{path}.{name}" if path else name)
    elif isinstance(node, dict):
        for name, child in node.items():
            yield from _numbers(child, f"{path}.{name}")
