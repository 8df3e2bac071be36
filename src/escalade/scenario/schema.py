"""The schema of a scenario, version 1: what a user writes, checked and frozen.

Kernels never see it: ``escalade.ensemble`` draws worlds from it. Every field says in its JSON Schema what it means, its
unit, its label and its kind (lever, assumption or text). Checks across fields are in ``escalade.scenario.checks``.
"""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PrivateAttr, Strict, StringConstraints

from escalade.scenario.fields import Part, assumption, lever, text
from escalade.scenario.forms import Form, problem
from escalade.scenario.numbers import Number, default
from escalade.scenario.sides import (
    THREAT,
    Arm,
    Arming,
    Commitment,
    Delivery,
    Foresight,
    Id,
    Layer,
    Limit,
    Positive,
    Share,
    Shelter,
    Shield,
    Side,
    Stakes,
    Step,
    Text,
    ThreatClass,
    Title,
)
from escalade.scenario.written import plain

SCHEMA_VERSION = 1

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=80)]
"""Name of a scenario: small letters, digits and ``-``, so that it can name files."""


def _day(value: Any) -> Any:
    # Left to itself pydantic reads 20250612 as seconds since 1970.
    if isinstance(value, datetime.date) or (isinstance(value, str) and _ISO_DAY.fullmatch(value)):
        return value
    raise problem(f"is {value!s:.40}; allowed: a day, written 2025-06-12")


_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Day = Annotated[datetime.date, Strict(False), BeforeValidator(_day)]
"""A day, written 2025-06-12."""

OutcomeId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$", max_length=80)]
Whole = Annotated[int, Field(ge=0, le=100_000)]
Spread = Annotated[Number, Form(0, 3)]


class Crisis(Part):
    """Rules of the game that a crisis is."""

    waves_per_rung: Annotated[Number, Form(1, 4, whole=True)] = assumption(
        "Strikes that a side can carry out at one rung before it must climb, yield or stand.",
        unit="strikes", label="Waves per rung", default=default(2),
    )  # fmt: skip
    choice_precision: Annotated[Number, Form(0, 1e6)] = assumption(
        "How sharply leaders tell a better option from a worse one (lambda of a logit choice).",
        unit="per stake", label="How rarely leaders misjudge", default=default(20),
    )  # fmt: skip
    stake_spread: Spread = assumption(
        "Spread from crisis to crisis of what is at issue, seen by both (standard deviation of the log).",
        unit="log stakes", label="Spread of public stakes", default=default((0.2, 0.4, 0.8)),
    )  # fmt: skip
    resolve_spread: Spread = assumption(
        "Spread of how much each side cares, known to itself alone (standard deviation of the log).",
        unit="log stakes", label="Spread of private resolve", default=default((0.3, 0.6, 1.0)),
    )  # fmt: skip
    stake_correlation: Annotated[Number, Form(-1, 1)] = assumption(
        "Correlation of the two sides' public stakes.",
        unit="correlation",
        label="Stakes move together",
        default=default(0),
    )
    light_replies: bool = assumption(
        "Whether a struck side may answer at a lower rung's strength.",
        unit="yes or no",
        label="Light replies",
        default=True,
    )
    opener: str = assumption(
        "Which side opens a crisis: a side's id, or either with equal chance.",
        unit="side",
        label="Who opens",
        default="either",
    )


class Rung(Part):
    """One level of violence."""

    id: Id = text("Name of the rung inside the file.", label="Id")
    name: Title = text("Name of the rung for readers.", label="Name")
    concession: Share = assumption(
        "Share of what is left at issue that a side gives up by yielding here.",
        unit="share of the objective", label="Given up by yielding", default=default(0),
    )  # fmt: skip
    autonomous_risk: Share = assumption(
        "Probability, at each arrival here, that the next higher strike happens by itself.",
        unit="probability", label="War by accident", default=default(0),
    )  # fmt: skip
    nuclear: bool = text("Whether nuclear arms may be used here.", unit="yes or no", label="Nuclear", default=False)


class Ladder(Part):
    """The levels of violence, lowest first, and which of them is war."""

    war: Id = text("First rung that counts as war.", unit="rung", label="War rung")
    war_means: Title = text("What counts as war, in words for a sentence.", label="War means")
    rungs: tuple[Rung, ...] = text("The rungs, lowest first.", label="Rungs", min_length=2, max_length=8, strict=False)


class Host(Part):
    """A side on whose soil strikes on another side of a pair fall: its people, shelter and shield meet them."""

    care: Share = assumption(
        "Weight of a death among the host's people against one of its own to the side that is struck.",
        unit="ratio", label="Care for the host's people",
    )  # fmt: skip
    share: Share | None = assumption(
        "Share that falls here of what can reach all its soils; what hosts leave of one falls on the side's own soil; "
        "null: evenly on all hosts, nothing at home.",
        unit="share of units", label="Share of strikes", default=None,
    )  # fmt: skip
    believes: Annotated[Number, Form(0, 1, open_low=True, open_high=True)] | None = assumption(
        "Share that the struck side's leaders think a 90 % layer of the host's shield stops; null: what the host's "
        "own leaders think.",
        unit="probability", label="Patron believes a 90 % shield stops", default=None,
    )  # fmt: skip


class Pair(Part):
    """Two sides that have crises with each other."""

    id: Id | None = text("Id of the pair; null: the ids of its sides, joined by _.", label="Id", default=None)
    name: Title | None = text("Name for readers; null: the names of its sides.", label="Name", default=None)
    sides: tuple[Id, Id] = text("Their ids.", label="Sides", strict=False)
    crises_per_year: Annotated[Number, Form(0, 1000)] = assumption(
        "Mean number of crises per year.", unit="crises per year", label="Crises per year"
    )
    hosts: dict[Id, dict[Id, Host]] = text(
        "By side of the pair: other sides on whose soil strikes on it fall. Units go to the hosts that they reach, "
        "those that reach none to the side's own soil.",
        label="Hosts", default={}, max_length=2,
    )  # fmt: skip

    @property
    def key(self) -> str:
        """Id of the pair."""
        return self.id or "_".join(self.sides)


class Reading(Part):
    """A count from history with its lowest and highest reading."""

    reading: Whole = text("The count as read.", unit="count", label="As read")
    low: Whole = text("Lowest count that a coding of the sources allows.", unit="count", label="Lowest reading")
    high: Whole = text("Highest count that a coding of the sources allows.", unit="count", label="Highest reading")


class PastCrises(Part):
    """What happened in past crises of a pair while one policy was in force."""

    policy: Id = text("Policy that was in force.", label="Policy")
    sides: tuple[Id, Id] = text("The sides of the pair.", label="Sides", strict=False)
    period: Title = text("From when to when.", label="Period")
    crises: Reading = text("Number of crises.", unit="crises", label="Crises")
    wars: Reading = text("How many of them became war.", unit="wars", label="Wars")
    wars_begun: dict[Id, Whole | None] | None = text(
        "Wars begun by each side; null where unknown.", unit="wars", label="Wars begun by", default=None
    )
    with_any_strike: Whole | None = text(
        "Crises in which anybody struck; null where unknown.", unit="crises", label="Crises with a strike", default=None
    )
    first_strikes: dict[Id, Whole] | None = text(
        "Crises by who struck first, and `disputed`; null where unknown.",
        unit="crises",
        label="First strikes",
        default=None,
    )
    source: Text | None = text("Where the counts come from.", label="Source", default=None)
    url: Text | None = text("Address where they were read.", label="Address", default=None)
    note: Text | None = text("How they were coded.", label="Note", default=None)


class Record(Part):
    """Past crises, by which sets of assumptions are weighed."""

    precision: Annotated[Number, Form(5, 100)] = assumption(
        "How much the record is trusted: worth so many independent crises.",
        unit="crises", label="Weight of the record", default=default(20),
    )  # fmt: skip
    crises: tuple[PastCrises, ...] = text(
        "The counts, one entry per policy and pair.", label="Past crises", min_length=1, strict=False
    )


def _plain_numbers(value: Any) -> Any:
    """Data in which a number is written in one way only: 200 and 200.0 are the same change."""
    if isinstance(value, dict):
        return {key: _plain_numbers(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain_numbers(inner) for inner in value]
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > sys.float_info.max:
        return value
    return plain(float(value))


class Policy(Part):
    """A named change of the scenario."""

    name: Title = text("Name for readers.", label="Name")
    short: Title | None = text("Words for tables and sentences: with the shield.", label="Short name", default=None)
    changes: Annotated[dict[str, Any], AfterValidator(_plain_numbers)] = lever(
        "New values by dotted path; `*` stands for every key; {times: 2} and {plus: 10} change what is there.",
        unit="as the path", label="Changes", default={}, max_length=200,
    )  # fmt: skip
    note: Text | None = text("What a reader should know.", label="Note", default=None)

    @property
    def words(self) -> str:
        """The short name, or the name."""
        return self.short or self.name


class Scenario(Part):
    """A question about shields and the risk of war, with everything that the model needs to answer it."""

    escalade: Literal[1] = text("Version of the schema.", unit="version", label="Schema version")
    name: Slug = text("Name of the scenario for commands and files.", label="Name")
    title: Title = text("Title for readers.", label="Title")
    question: Title = text("The question that it asks.", label="Question")
    summary: Text = text("What it is about, in plain words.", label="Summary", default="")
    as_of: Day = text("Day on which the scenario stands.", unit="date", label="As of")
    years: int = text("Length of the period.", unit="years", label="Years", ge=1, le=100)
    reference_year: int = text(
        "Year whose forces the answer per crisis is computed for, from 1.",
        unit="year",
        label="Reference year",
        default=1,
        ge=1,
    )
    wave_days: Positive = assumption(
        "Days that a wave (a move of a crisis) stands for; informs readers only.",
        unit="days", label="Days per wave", default=default(7),
    )  # fmt: skip
    baseline: Id = text("Policy that the others are compared with.", label="Baseline")
    focus: Id = text("Policy that the headline compares with the baseline.", label="Focus")
    margin: float = text(
        "Difference in a probability that is too small to matter.",
        unit="share",
        label="Practical margin",
        default=0.01,
        ge=0,
        le=1,
    )
    headline: OutcomeId = text("Outcome of the headline.", unit="outcome", label="Headline outcome", default="war")
    facts_from: Literal["official", "independent", "all"] = text(
        "Whose figures to believe where a number is taken from a group of facts.", label="Facts from", default="all"
    )
    crisis: Crisis = text("Rules of a crisis.", label="Crisis", default=Crisis())
    ladder: Ladder = text("The levels of violence.", label="Ladder")
    sides: dict[Id, Side] = text(
        "The two or three sides by id, and sides that only host.", label="Sides", min_length=2, max_length=8
    )
    war_cost: Stakes = assumption(
        "What war itself costs either side in every wave from the war rung up, beyond its dead.",
        unit="median stakes", label="Cost of war itself", default=default(0),
    )  # fmt: skip
    pairs: tuple[Pair, ...] = text("Who has crises with whom.", label="Pairs", min_length=1, max_length=3, strict=False)
    focus_pair: Id | None = text(
        "Pair whose crises the answer per crisis is about; null: the first.", label="Pair in focus", default=None
    )
    record: Record | None = text("Past crises by which worlds are weighed; null: none.", label="Record", default=None)
    policies: dict[Id, Policy] = text("Policies by id.", label="Policies", min_length=1, max_length=64)

    _policy_name: str | None = PrivateAttr(default=None)
    _base: Scenario | None = PrivateAttr(default=None)

    @property
    def policy_name(self) -> str | None:
        """Policy whose changes are applied; none in the scenario as it was loaded."""
        return self._policy_name

    @property
    def base(self) -> Scenario:
        """The scenario as it was loaded, before any policy."""
        return self if self._base is None else self._base

    @property
    def rung_ids(self) -> tuple[str, ...]:
        """Ids of the rungs, lowest first."""
        return tuple(rung.id for rung in self.ladder.rungs)

    @property
    def pair_in_focus(self) -> int:
        """Number of the pair whose crises the answer per crisis is about."""
        keys = [pair.key for pair in self.pairs]
        return keys.index(self.focus_pair) if self.focus_pair else 0

    def pair_of(self, sides: Sequence[str]) -> int:
        """Number of the pair of two sides, in either order; raises ``ValueError`` where they are none."""
        return [set(pair.sides) for pair in self.pairs].index(set(sides))

    @property
    def war_rung(self) -> int:
        """Number of the first rung that counts as war, from 0."""
        return self.rung_ids.index(self.ladder.war)

    def policy(self, name: str) -> Scenario:
        """The scenario under one of its policies; raises ``ScenarioError`` for an unknown name."""
        from escalade.scenario.policies import under_policy

        return under_policy(self, name)


__all__ = [
    "SCHEMA_VERSION",
    "THREAT",
    "Arm",
    "Arming",
    "Commitment",
    "Crisis",
    "Delivery",
    "Foresight",
    "Host",
    "Ladder",
    "Layer",
    "Limit",
    "Pair",
    "PastCrises",
    "Policy",
    "Reading",
    "Record",
    "Rung",
    "Scenario",
    "Shelter",
    "Shield",
    "Side",
    "Step",
    "ThreatClass",
]
