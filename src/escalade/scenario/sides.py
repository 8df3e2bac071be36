"""A side of a scenario: its people, its shield, its arms, and what it does at each rung."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from escalade.scenario.fields import Part, assumption, lever, text
from escalade.scenario.forms import Form
from escalade.scenario.numbers import Number, default

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
"""Name of a side, arm, layer, rung or policy inside a file: small letters, digits and ``_``."""

Title = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Text = Annotated[str, StringConstraints(max_length=10_000)]

Share = Annotated[Number, Form(0, 1)]
Positive = Annotated[Number, Form(0, open_low=True)]
NotNegative = Annotated[Number, Form(0)]
Count = Annotated[Number, Form(0, whole=True)]
AtLeastOne = Annotated[Number, Form(1, whole=True)]
Stakes = Annotated[Number, Form(-100, 100)]

MAX_LOOKS = 8
"""Tries per raid that have an address for their luck."""

ThreatClass = Literal[
    "rocket", "drone", "cruise", "ballistic", "hypersonic", "icbm", "slbm", "aircraft", "ground", "tunnel"
]
"""Kind of means that a layer may stop; the same names as ``escalade.worlds.THREAT_CLASSES``."""


class Delivery(Part):
    """Units that arrive at the start of a year, on top of production."""

    year: int = lever("Year of the period in which they arrive, from 1.", unit="year", label="Year", ge=1)
    units: Count = lever("How many arrive.", unit="units", label="Units delivered")


class Limit(Part):
    """A treaty limit on a stock, in force from a year on until the next one."""

    year: int = lever("Year of the period from which it is in force, from 1.", unit="year", label="Year", ge=1)
    units: Count = lever("Most units that may be in stock.", unit="units", label="Units allowed")


class Commitment(Part):
    """How surely a partner takes part with its layers, decided once per crisis."""

    if_struck_first: Share = lever(
        "Probability that the partner takes part when the side was struck first.",
        unit="probability", label="Partner joins if struck first", default=default(1),
    )  # fmt: skip
    if_striking_first: Share = lever(
        "Probability that the partner takes part when the side struck first.",
        unit="probability", label="Partner joins if striking first", default=default(1),
    )  # fmt: skip


class Layer(Part):
    """One defensive system that stands in a side's shield."""

    name: Title = text("Name of the system.", label="Name")
    order: int = text(
        "Place in the order in which threats meet the layers, from 1.", unit="rank", label="Order", ge=1, le=99
    )
    partner: Id | None = text("Whose layer it is, if it is not the side's own.", label="Partner", default=None)
    commitment: Commitment = lever(
        "How surely the partner takes part; only for a partner's layer.",
        unit="probability", label="Partner's commitment", default=Commitment(),
    )  # fmt: skip
    stops: dict[ThreatClass, Share] = assumption(
        "Probability that one shot stops one threat, by threat class; a class left out cannot be engaged.",
        unit="probability per shot", label="Stops one threat per shot", min_length=1,
    )  # fmt: skip
    stock: Count = lever("Interceptors at the start.", unit="interceptors", label="Interceptors in stock")
    reserve: Count = lever(
        "Interceptors that are always kept back.", unit="interceptors", label="Kept in reserve", default=default(0)
    )
    shots: AtLeastOne = lever(
        "Interceptors fired at a threat at once.", unit="interceptors", label="Shots per threat", default=default(1)
    )
    looks: Annotated[Number, Form(1, MAX_LOOKS, whole=True)] = lever(
        "Tries per raid; the second and later ones after a look at what was missed.",
        unit="tries", label="Tries per raid", default=default(1),
    )  # fmt: skip
    channels: Count | None = assumption(
        "Threats that can be engaged in one raid; null: no limit.",
        unit="engagements per raid", label="Engagements per raid", default=None,
    )  # fmt: skip
    availability: Share = assumption(
        "Probability that the layer works in a raid.", unit="probability", label="Works in a raid", default=default(1)
    )
    discrimination: Share = assumption(
        "Probability that a harmless object is recognised as harmless.",
        unit="probability", label="Harmless objects recognised", default=default(1),
    )  # fmt: skip
    boost: bool = text(
        "Whether it meets units before they release what they carry.",
        unit="yes or no",
        label="Boost phase",
        default=False,
    )
    production: Count = lever(
        "Interceptors made per year.", unit="interceptors per year", label="Interceptor production", default=default(0)
    )
    unit_cost: NotNegative = assumption(
        "Price of an interceptor.", unit="US dollars", label="Price of an interceptor", default=default(0)
    )
    deliveries: tuple[Delivery, ...] = lever(
        "Interceptors that arrive on top of production.",
        unit="interceptors",
        label="Deliveries",
        default=(),
        strict=False,
    )
    surge: Count | None = lever(
        "Interceptors made per year if everything is done to make more; null: as many as always.",
        unit="interceptors per year", label="Interceptor production in a surge", default=None,
    )  # fmt: skip
    lead_years: Count = assumption(
        "Years from the decision to make more until the first of them stand.",
        unit="years", label="Lead time of a surge", default=default(2),
    )  # fmt: skip
    limits: tuple[Limit, ...] = lever(
        "Treaty limits on the stock.", unit="interceptors", label="Treaty limits", default=(), strict=False
    )


class Shield(Part):
    """All layers of a side, and how well they work together.

    The three shares are in people's units: what becomes, today, of a layer that was built to stop 90 of 100.
    """

    truth: Annotated[Number, Form(0, 0.9, open_low=True)] = assumption(
        "Share that a layer built to stop 90 % stops today in truth; below .9 where countermeasures have taken some.",
        unit="probability", label="A 90 % shield truly stops", default=default(0.9),
    )  # fmt: skip
    believes: Annotated[Number, Form(0, 1, open_low=True, open_high=True)] = assumption(
        "Share that the side's leaders think such a layer stops.",
        unit="probability", label="Leaders believe a 90 % shield stops", default=default(0.9),
    )  # fmt: skip
    bad_night: Annotated[Number, Form(0, 0.9, open_low=True)] = assumption(
        "Share that such a layer stops on a bad night, one in six: layers share sensors and command, so they fail "
        "together (one standard deviation of the common mode).",
        unit="probability", label="A 90 % shield stops on a bad night", default=default(0.9),
    )  # fmt: skip
    after_ten_years: Annotated[Number, Form(0, 0.9, open_low=True)] = assumption(
        "Share that such a layer stops after ten years in which rivals see the shield grow or at work, and answer with "
        "countermeasures; what the owner regains is taken off.",
        unit="probability", label="A 90 % shield stops after ten years", default=default(0.9),
    )  # fmt: skip
    layers: dict[Id, Layer] = text("The layers by id.", label="Layers", default={}, max_length=16)


class Shelter(Part):
    """Protection of people that stops nothing."""

    coverage: Share = lever(
        "Share of people with shelter.", unit="share of people", label="People with shelter", default=default(0)
    )
    effect: Share = assumption(
        "Share of deaths that shelter avoids.",
        unit="share of deaths",
        label="Deaths avoided by shelter",
        default=default(0),
    )
    build_per_year: Share = assumption(
        "Share of people who get shelter in a year if the side thinks itself open to a full strike.",
        unit="share of people", label="Shelter built in a year", default=default(0),
    )  # fmt: skip
    decay_per_year: Share = assumption(
        "Share of people whose shelter falls out of use in a year.",
        unit="share of people", label="Shelter lost in a year", default=default(0),
    )  # fmt: skip


class Arming(Part):
    """What a side arms for in the years between crises, and with what money."""

    required_deaths: NotNegative = assumption(
        "Deaths of a rival that retaliation at the highest rung must be expected to cause, after that rival's best "
        "disarming strike; 0: the side does not arm to deter.",
        unit="deaths", label="Retaliation required", default=default(0),
    )  # fmt: skip
    acceptable_deaths: NotNegative | None = assumption(
        "Own deaths that a rival's full strike may be expected to cause; null: no shield is built against it.",
        unit="deaths", label="Deaths held acceptable", default=None,
    )  # fmt: skip
    prudent: Annotated[Number, Form(0.9, 1, open_high=True)] = assumption(
        "What a rival's layer that is believed to stop 90 % is taken to stop when retaliation is planned.",
        unit="probability", label="A rival's 90 % shield, seen with prudence", default=default(0.9),
    )  # fmt: skip
    budget_per_year: NotNegative | None = lever(
        "Money for production of arms and interceptors; null: no limit.",
        unit="US dollars per year", label="Budget", default=None,
    )  # fmt: skip
    deters: tuple[Id, ...] | None = text(
        "Rivals against which the retaliation is required; null: all with whom the side has crises.",
        label="Deters", default=None, strict=False,
    )  # fmt: skip


class Foresight(Part):
    """How far leaders look beyond the year at hand when they ask whether now is the time."""

    years: Annotated[Number, Form(0, 30, whole=True)] = assumption(
        "Years that leaders look ahead; 0: not at all.", unit="years", label="Years looked ahead", default=default(0)
    )
    patience: Share = assumption(
        "Weight of next year against this one.", unit="ratio", label="Weight of next year", default=default(0.9)
    )


class Arm(Part):
    """A kind of offensive means of one threat class."""

    name: Title = text("Name of the means, in the plural.", label="Name")
    threat_class: ThreatClass = text("Threat class: which layers can engage it.", label="Threat class", alias="class")
    lowest: Id = text("Lowest rung at which it may be used.", unit="rung", label="From rung", alias="from")
    highest: Id = text("Highest rung at which it may be used.", unit="rung", label="To rung", alias="to")
    reusable: bool = text(
        "Whether the same unit flies again unless it is intercepted.", unit="yes or no", label="Reusable", default=False
    )
    nuclear: bool = text(
        "Whether it is a nuclear arm; only for nuclear rungs.", unit="yes or no", label="Nuclear", default=False
    )
    reaches: tuple[Id, ...] | None = text(
        "Sides whose soil it can hit; null: that of all.", label="Reaches", default=None, min_length=1, strict=False
    )
    stock: Count = lever("Units at the start.", unit="units", label="Units in stock")
    launch_limit: Count | None = assumption(
        "Units that can be launched in one raid; null: the whole stock.",
        unit="units per raid", label="Launched at once", default=None,
    )  # fmt: skip
    reliability: Share = assumption(
        "Probability that a unit does not fail in flight.",
        unit="probability",
        label="Flies without failing",
        default=default(1),
    )
    threatening: Share = assumption(
        "Share of what arrives that would hit something that matters.",
        unit="share of arrivals", label="Would hit something that matters", default=default(1),
    )  # fmt: skip
    warheads: AtLeastOne = assumption(
        "Objects released per unit after the boost phase.",
        unit="objects",
        label="Warheads per unit",
        default=default(1),
    )
    decoys: NotNegative = assumption(
        "Harmless objects released per unit.", unit="objects", label="Decoys per unit", default=default(0)
    )
    deaths_per_hit: NotNegative = assumption(
        "Deaths per unopposed hit on people without shelter.", unit="deaths", label="Deaths per hit"
    )
    counterforce_per_hit: NotNegative = assumption(
        "Launch units destroyed per hit aimed at means, when targets are plentiful.",
        unit="launch units", label="Launchers destroyed per hit", default=default(0),
    )  # fmt: skip
    value_per_hit: NotNegative | None = assumption(
        "What a hit counts toward the objective; null: as much as its deaths.",
        unit="as deaths", label="Worth of a hit", default=None,
    )  # fmt: skip
    crew: NotNegative = assumption(
        "Own deaths per unit intercepted.", unit="deaths", label="Crew lost per unit", default=default(0)
    )
    exposed_launchers: Share = assumption(
        "Share of launchers exposed to a disarming strike.",
        unit="share of launchers",
        label="Launchers exposed",
        default=default(0),
    )
    exposed_stock: Share = assumption(
        "Share of the stock exposed to a disarming strike.",
        unit="share of stock",
        label="Stock exposed",
        default=default(0),
    )
    repair_per_year: NotNegative = assumption(
        "Rate at which lost launch limits come back.", unit="per year", label="Launchers repaired", default=default(0)
    )
    production: Count = lever(
        "Units made per year.", unit="units per year", label="Arms production", default=default(0)
    )
    unit_cost: NotNegative = assumption(
        "Price of a unit.", unit="US dollars", label="Price of a unit", default=default(0)
    )
    deliveries: tuple[Delivery, ...] = lever(
        "Units that arrive on top of production.", unit="units", label="Deliveries", default=(), strict=False
    )
    surge: Count | None = lever(
        "Units made per year if everything is done to make more; null: as many as always.",
        unit="units per year", label="Arms production in a surge", default=None,
    )  # fmt: skip
    lead_years: Count = assumption(
        "Years from the decision to make more until the first of them arrive.",
        unit="years", label="Lead time of a surge", default=default(2),
    )  # fmt: skip
    limits: tuple[Limit, ...] = lever(
        "Treaty limits on the stock.", unit="units", label="Treaty limits", default=(), strict=False
    )


class Step(Part):
    """What a side does at one rung. A rung that a side leaves out is a threat: no effort and no cost."""

    effort: Share = lever(
        "Share of what could be launched that goes into a strike; 0: the rung is a threat.",
        unit="share", label="Effort of a strike", default=default(0),
    )  # fmt: skip
    counterforce: Share = lever(
        "Share of hits aimed at the other's means.", unit="share of hits", label="Aimed at means", default=default(0)
    )
    objective: Share = assumption(
        "Share of what is left of the objective that one strike wins if everything hits.",
        unit="share of the objective", label="Objective won by a strike", default=default(0),
    )  # fmt: skip
    cost: Stakes = assumption(
        "International, economic and alliance cost of one strike; negative where striking has its own reward.",
        unit="median stakes", label="Cost of a strike", default=default(0),
    )  # fmt: skip
    soldiers_lost: NotNegative = assumption(
        "Own soldiers lost per strike.", unit="deaths", label="Soldiers lost per strike", default=default(0)
    )
    audience_cost: NotNegative = assumption(
        "Price of backing down at this rung.", unit="median stakes", label="Price of backing down", default=default(0)
    )
    raids: Annotated[Number, Form(1, 1000, whole=True)] = lever(
        "Raids in one strike.", unit="raids", label="Raids per strike", default=default(1)
    )
    may_climb: bool = lever(
        "Whether the side may begin this rung; it may always answer at it.",
        unit="yes or no",
        label="May begin it",
        default=True,
    )


class Side(Part):
    """A state or coalition. One that only hosts has crises with nobody: it needs no arms, tolerance or ladder."""

    name: Title = text("Name of the side.", label="Name")
    short: Title | None = text(
        "What stories call it: a name that goes with a verb in the singular.", label="Short name", default=None
    )
    people: Title | None = text("What its people are called.", label="People", default=None)
    tolerance: Positive | None = assumption(
        "Own deaths that the side would accept to win one median stake; null only for a side that only hosts.",
        unit="deaths",
        label="Losses it would accept",
        default=None,
    )
    affront: NotNegative = assumption(
        "Pressure to answer that being struck creates even if nothing got through.",
        unit="median stakes", label="Affront of being struck", default=default(0),
    )  # fmt: skip
    pressure: NotNegative = assumption(
        "Weight of a death just suffered against a death expected.",
        unit="ratio",
        label="Weight of the fallen",
        default=default(0),
    )
    calm: Share = assumption(
        "Share of the affront that a strike stopped in full takes away.",
        unit="share",
        label="Calm after a quiet night",
        default=default(0),
    )
    leash: NotNegative = assumption(
        "Extra cost of striking once partner layers have fired for the side.",
        unit="median stakes", label="Partners' leash", default=default(0),
    )  # fmt: skip
    first_strike_cost: Stakes = assumption(
        "Extra cost of the first strike of a crisis.",
        unit="median stakes",
        label="Cost of striking first",
        default=default(0),
    )
    people_at_risk: Positive | None = assumption(
        "People who can be hit at all; null: no limit.", unit="people", label="People at risk", default=None
    )
    conviction: Positive = assumption(
        "How firmly leaders hold what they believe about shields.",
        unit="informative engagements", label="Conviction", default=default(20),
    )  # fmt: skip
    saturation_neglect: Share = assumption(
        "How far planning forgets that shots and channels run out.",
        unit="share",
        label="Forgets that shots run out",
        default=default(0),
    )
    shelter: Shelter = lever("Shelter of its people.", unit="share", label="Shelter", default=Shelter())
    shield: Shield = text("Its shield.", label="Shield", default=Shield())
    arms: dict[Id, Arm] = text("Its arms by id.", label="Arms", default={}, max_length=16)
    ladder: dict[Id, Step] = text("What it does at each rung, by rung id.", label="Ladder", default={})
    objective_value: NotNegative = assumption(
        "What its whole objective is worth to the side in a typical crisis.",
        unit="median stakes", label="Worth of its objective", default=default(1),
    )  # fmt: skip
    objective_loss: NotNegative = assumption(
        "What the side loses in a typical crisis if the other attains its whole objective.",
        unit="median stakes", label="Loss if the other wins", default=default(1),
    )  # fmt: skip
    arming: Arming = assumption("What it arms for.", unit="deaths", label="Arming", default=Arming())
    foresight: Foresight = assumption(
        "How far its leaders look ahead.", unit="years", label="Foresight", default=Foresight()
    )

    def step(self, rung: str) -> Step:
        """What the side does at a rung: a threat if the scenario leaves it out."""
        return self.ladder.get(rung, THREAT)


THREAT = Step()
"""The step of a rung that a side leaves out."""
