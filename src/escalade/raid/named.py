"""Layers and threats by name, with the public figures behind their numbers.

What the library of figures has is taken at its most likely value (or at either end of its range); what it has not is a
stated assumption. Every number that enters is listed as ``Given``, so that an answer can say what it rests on.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from escalade import facts
from escalade.errors import UsageError
from escalade.facts.systems import Estimate
from escalade.raid.shield import Layer, Threat, nearest
from escalade.worlds import THREAT_CLASSES

End = Literal["low", "mode", "high"]
"""Which value of a figure's range is taken: the most likely one, or an end."""

IN_ORBIT = ("space_based_interceptor",)
"""Shields that meet threats in the boost phase."""

PLURALS = {
    "icbm": "ICBMs",
    "slbm": "SLBMs",
    "hypersonic": "hypersonic missiles",
    "ballistic": "ballistic missiles",
    "cruise": "cruise missiles",
    "drone": "drones",
    "rocket": "rockets",
    "ground": "ground forces",
    "tunnel": "tunnels",
}
"""Threat classes as people read them, several of each; what is left out is its own plural."""

OF_LAYERS = {
    "looks": "one try per raid",
    "channels": "no limit of threats engaged at once",
    "availability": "every layer works",
    "discrimination": "no harmless object is taken for a threat",
}
"""What is supposed of layers where nobody says otherwise."""

OF_THREATS = {
    "reliability": "nothing fails in flight",
    "threatening": "everything would hit something that matters",
    "decoys": "no decoys",
}
"""The same of threats."""


@dataclass(frozen=True)
class Given:
    """One number that an answer rests on.

    of, what : whose number, and which; value : as people read it
    basis : the sources in one line, or the word assumption and why
    assumed : whether nothing published stands behind it
    """

    of: str
    what: str
    value: str
    basis: str
    assumed: bool


def named_layer(
    name: str, classes: Sequence[str], changes: Mapping[str, Any], facts_from: str = "all", end: End = "mode"
) -> tuple[Layer, tuple[Given, ...]]:
    """A layer from the public figures of a system.

    name : as ``facts.system`` knows it; classes : threat classes that are launched
    changes : fields of ``Layer`` that the caller gives; ``kill`` by class
    facts_from : ``official``, ``independent`` or ``all``; end : of the range of kill probabilities

    Raises ``UnknownSystem`` for an unknown name.
    """
    shield = facts.system(name, facts_from)
    estimates = {c: shield.kill_probabilities[c] for c in classes if c in shield.engages}
    values: dict[str, Any] = {"kill": {c: getattr(one, end) for c, one in estimates.items()}}
    values |= {"shots": _whole(shield.shots), "stock": _whole(shield.stock), "boost": shield.id in IN_ORBIT}
    values["unit_cost"] = 0.0 if shield.unit_cost is None else shield.unit_cost.mode
    given = [
        (f"chance of one shot against {plural(c)}", one)
        for c, one in estimates.items()
        if c not in changes.get("kill", {})
    ]
    given += [(what, one) for key, what, one in (
        ("shots", "interceptors fired at a threat at once", shield.shots),
        ("stock", "interceptors in stock", shield.stock),
        ("unit_cost", "price of an interceptor, US dollars", shield.unit_cost),
    ) if key not in changes and one is not None]  # fmt: skip
    kill = values["kill"] | changes.get("kill", {})
    layer = Layer(**{"name": shield.name} | values | dict(changes) | {"kill": kill})
    return layer, tuple(_given(layer.name, what, one) for what, one in given)


def named_threat(
    name: str, launched: int, changes: Mapping[str, Any], facts_from: str = "all"
) -> tuple[Threat, tuple[Given, ...]]:
    """Units of a weapon, or of a threat class, for which its best documented weapon stands.

    name : as ``facts.threat`` knows it; launched : how many
    changes : fields of ``Threat`` that the caller gives

    Raises ``UsageError`` for an unknown name.
    """
    known = (*THREAT_CLASSES, *facts.threat_names())
    try:
        weapon = facts.threat(name, facts_from)
    except facts.UnknownSystem:
        raise UsageError(f'there is no threat "{name}"; {nearest(name, known)}') from None
    found: dict[str, Estimate | None] = {"unit_cost": weapon.unit_cost, "deaths": _deaths(weapon.id, facts_from)}
    words = {"unit_cost": "price of one, US dollars", "deaths": "deaths per hit"}
    figures = {key: one for key, one in found.items() if one is not None and key not in changes}
    values: dict[str, Any] = {key: one.mode for key, one in figures.items()}
    title = plural(name) if name == weapon.threat else weapon.name
    values |= {"name": title, "threat_class": weapon.threat, "launched": launched}
    threat = Threat(**values | dict(changes))
    of = title if title == weapon.name else f"{title} (as {weapon.name})"
    return threat, tuple(_given(of, words[key], one) for key, one in figures.items())


def supposed(layers: Sequence[Mapping[str, Any]], threats: Sequence[Mapping[str, Any]], sigma: float) -> list[str]:
    """What is supposed of a raid because nobody said otherwise; the changes given for each layer and threat."""
    said = [words for key, words in OF_LAYERS.items() if any(key not in changes for changes in layers)]
    said += [words for key, words in OF_THREATS.items() if any(key not in changes for changes in threats)]
    return said if sigma > 0.0 else [*said, "shots fail one by one, never the whole shield on a bad night"]


def plural(threat_class: str) -> str:
    """A threat class as people read it: "ballistic missiles"."""
    return PLURALS.get(threat_class, threat_class)


def common_mode(bad_night: float) -> float:
    """Standard deviation of the logit shift behind "on a bad night, one in six, of 90 it stops only that share".

    bad_night : inside 0 to 0.9; 0.9 is no common mode
    """
    return math.log(9.0) - math.log(bad_night / (1.0 - bad_night))


def _deaths(weapon: str, facts_from: str) -> Estimate | None:
    """Deaths per hit, where there is a figure."""
    try:
        fact = facts.get(f"{weapon}.deaths_per_impact", facts_from)
    except facts.UnknownFact:
        return None
    return Estimate(fact.low, fact.mode, fact.high, fact.unit, fact.note, (fact,))


def _whole(estimate: Estimate) -> int:
    """The most likely value as a whole number, half up, 1 or more."""
    return max(1, math.floor(estimate.mode + 0.5))


def _given(of: str, what: str, one: Estimate) -> Given:
    spread = "" if one.low == one.high else f" ({_number(one.low)} to {_number(one.high)})"
    return Given(of, what, _number(one.mode) + spread, one.basis, one.is_assumption)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
