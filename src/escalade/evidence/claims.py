"""Claims about shields and war as data: what is claimed, how a scenario can try it, what speaks for and against it.

A claim is in our own words. Its *trials* each compare two policies of a scenario, which it may make up itself in the
syntax of policies. The bundled claims are those of one article (``claims.yaml``); anybody can write a file of others.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, StringConstraints

from escalade.facts import library
from escalade.quantities import Clock
from escalade.scenario.fields import Part, lever, text
from escalade.scenario.schema import OutcomeId
from escalade.scenario.sides import Id, Text, Title

Expects = Literal["more", "less", "same"]
"""What a claim expects of an outcome under the policy: more of it, less, or no difference that matters."""

Reason = Literal["denial", "impunity", "restraint", "survival", "delusion"]
Where = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Evidence(Part):
    """Something that speaks for a claim, or against it."""

    speaks: Literal["for", "against", "either way"] = text("Which way it speaks.", label="Speaks")
    says: Text = text("What it says.", label="Says")
    source: Text | None = text("Who published it, and when.", label="Source", default=None)
    assumption: Text | None = text("Why it is said, where nothing published says it.", label="Assumption", default=None)
    url: Text | None = text("Address where it was read.", label="Address", default=None)
    facts: tuple[Text, ...] = text("Ids in the library of figures.", label="Figures", default=(), strict=False)


def _named(value: Any) -> Any:
    """A policy's name alone stands for that policy."""
    return {"policies": [value]} if isinstance(value, str) else value


class Side(Part):
    """A policy of the scenario, several at once, or one that the claim makes up."""

    name: Title | None = text("Name for readers; that of the policy by default.", label="Name", default=None)
    policies: tuple[Id, ...] = text(
        "Policies of the scenario whose changes it makes, in order.", label="Policies", default=(), strict=False
    )
    changes: dict[str, Any] = lever(
        "Further changes, as in a policy of a scenario.",
        unit="as the path",
        label="Changes",
        default={},
        max_length=200,
    )

    @property
    def single(self) -> str | None:
        """The policy of the scenario that it is, if it is just one."""
        return self.policies[0] if len(self.policies) == 1 and not self.changes else None


Compared = Annotated[Side, BeforeValidator(_named)]


class Trial(Part):
    """Two policies compared in one outcome, of a crisis or of the scenario's years."""

    tries: Title = text("What is compared, in words.", label="Tries")
    scenario: Where = text("Bundled scenario, or a .yaml file in the same folder.", label="Scenario")
    policy: Compared | None = text("What the claim is about.", label="Policy", default=None)
    baseline: Compared | None = text("What it is compared with.", label="Baseline", default=None)
    clock: Clock = text(
        "crisis: an outcome of one crisis, exact; period: of the scenario's years, simulated.",
        label="Clock",
        default="crisis",
    )
    outcome: OutcomeId = text("Outcome, by its id.", label="Outcome", default="war")
    per: OutcomeId | None = text(
        "Count the outcome of this one, and not of all crises (struck.SIDE: decisions of a struck side).",
        label="Counted of",
        default=None,
    )
    expects: Expects = text("What the claim expects of the outcome under the policy.", label="Expects")
    reason: Reason | None = text("Count only what this reason does alone.", label="Reason", default=None)
    beside: bool = text(
        "Shown beside the claim and not counted in its verdict: a step inside the evidence.",
        label="Shown beside",
        default=False,
    )
    waits: Text | None = text("Why it cannot be tried yet.", label="Waits for", default=None)
    note: Text | None = text("What a reader should know.", label="Note", default=None)


class Claim(Part):
    """One claim."""

    title: Title = text("The claim in a few words.", label="Title")
    says: Text = text("The claim in our own words.", label="Says")
    place: Title | None = text("Where in the source it stands.", label="Place", default=None)
    by_construction: Text | None = text(
        "Why the model can give no other answer, so that its answer supports nothing.",
        label="True by construction",
        default=None,
    )
    not_testable: Text | None = text("Why this model cannot try it at all.", label="Not testable", default=None)
    trials: tuple[Trial, ...] = text("How scenarios try it.", label="Trials", default=(), strict=False)
    evidence: tuple[Evidence, ...] = text(
        "What speaks for it and against it.", label="Evidence", default=(), strict=False
    )


class Origin(Part):
    """Where claims were made."""

    author: Title = text("Who made them.", label="Author")
    title: Title = text("Title.", label="Title")
    published: Title = text("Where and when.", label="Published")
    url: Text | None = text("Address.", label="Address", default=None)
    note: Text | None = text("What a reader should know.", label="Note", default=None)

    @property
    def citation(self) -> str:
        """Author, title, place and day in one line."""
        return f"{self.author}, {self.title}, {self.published}"


class Claims(Part):
    """A file of claims."""

    escalade_claims: Literal[1] = text("Version of the format.", unit="version", label="Version")
    origin: Origin = text("Where the claims were made.", label="Origin")
    claims: dict[Id, Claim] = text("The claims by id.", label="Claims", min_length=1, max_length=200)


def citation(fact: str) -> str:
    """Source of a figure or a statement of the library, or of a group of figures; marked if it is an assumption.

    Raises ``UnknownFact`` if there is none.
    """
    said = next((one for one in library.all_statements() if one.id == fact), None)
    figure = library.get(fact) if said is None else None
    found = said or figure
    assert found is not None
    text_ = figure.citation if figure is not None else f"{found.source} ({found.publisher}, {found.as_of})"
    return f"assumption: {text_}" if found.is_assumption else text_
