"""What an id of the library stands for, whoever is believed.

Beside figures (``thaad.unit_cost.2025``) and groups of them (``thaad.unit_cost``) an id may be
``SHIELD.stops.CLASS`` (``iron_dome.stops.rocket``): the probability that one shot of the shield stops one threat of
the class, as ``escalade.facts.systems`` chooses or works it out. So a scenario can name a shield's kill probability,
and have it change with whom it believes.
"""

from __future__ import annotations

from dataclasses import dataclass

from escalade.facts.library import Fact, UnknownFact, admitted, group, near_ids, pooled
from escalade.facts.systems import Estimate, all_systems, shield_names, system

STOPS = "stops"
"""The quantity in ids of kill probabilities by shield and class."""


@dataclass(frozen=True)
class Reading:
    """What an id stands for: one (pooled) figure; ``redrawn`` if rival figures of the kind asked for stand in for it.

    With ``facts_from="all"`` nothing is redrawn.
    """

    fact: Fact
    redrawn: bool


def read(fact_id: str, facts_from: str = "all") -> Reading:
    """What ``fact_id`` stands for if only ``official``, only ``independent``, or ``all`` figures are believed.

    Where no figure of the kind speaks of the same quantity, the pooled figure of all kinds stands, not redrawn.
    Raises ``UnknownFact`` for an unknown id and ``ValueError`` for an unknown ``facts_from``.
    """
    shield, _, rest = fact_id.partition(".")
    quantity, _, threat = rest.partition(".")
    if quantity == STOPS and shield in shield_names() and threat in all_systems()[shield].engages:
        estimate = system(shield, facts_from).kill_probability(threat)
        return Reading(_as_fact(fact_id, shield, estimate), estimate.redrawn)
    try:
        chosen = admitted(fact_id, facts_from)
    except UnknownFact:
        raise UnknownFact(fact_id, near(fact_id)) from None
    redrawn = facts_from != "all" and bool(chosen)
    return Reading(pooled(chosen or group(fact_id)), redrawn)


def figures(fact_id: str, facts_from: str = "all") -> tuple[Fact, ...]:
    """The single figures behind what ``read`` says of an id; none where it is a range judged here.

    Raises as ``read`` does.
    """
    shield, _, rest = fact_id.partition(".")
    quantity, _, threat = rest.partition(".")
    if quantity == STOPS and shield in shield_names():
        return system(shield, facts_from).kill_probability(threat).facts
    return admitted(fact_id, facts_from) or group(fact_id)


def near(fact_id: str) -> tuple[str, ...]:
    """Up to three ids that resemble an unknown one; the classes that a shield engages if its name is right."""
    stops = [f"{name}.{STOPS}.{threat}" for name in shield_names() for threat in all_systems()[name].engages]
    own = [name for name in stops if fact_id.startswith(name.rpartition(".")[0] + ".")]
    if own:
        return tuple(own[:3])
    return near_ids(fact_id, stops)


def _as_fact(fact_id: str, shield: str, estimate: Estimate) -> Fact:
    published = [fact for fact in estimate.facts if not fact.is_assumption] or list(estimate.facts)
    kinds = {fact.kind for fact in published} or {"model_assumption"}
    dates = sorted(fact.as_of for fact in published)
    urls = {fact.url for fact in published}
    return Fact(
        id=fact_id,
        system=shield,
        quantity=STOPS,
        low=estimate.low,
        mode=estimate.mode,
        high=estimate.high,
        unit="probability",
        denominator="per shot",
        since="",
        as_of="" if not dates else dates[0] if dates[0] == dates[-1] else f"{dates[0]} to {dates[-1]}",
        kind=kinds.pop() if len(kinds) == 1 else "mixed",
        source=f"{all_systems()[shield].name}: {estimate.reason}",
        publisher="; ".join(dict.fromkeys(fact.publisher for fact in published)) or "own judgement",
        url=urls.pop() if len(urls) == 1 else "",
        note=f"from {', '.join(fact.id for fact in estimate.facts)}" if estimate.facts else "",
    )
