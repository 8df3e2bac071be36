"""What ``raid`` and ``campaign`` are told: shields, layers and threats in one small grammar.

A list is parted by commas. In ``--shield`` and ``--threats`` a name begins a layer or a threat, and ``key=value`` after
it changes that one: ``arrow_3,stock=60,davids_sling,looks=2``. A ``--layer`` is a list of ``key=value`` alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from escalade.errors import UsageError

if TYPE_CHECKING:
    from escalade.raid.answer import Range
    from escalade.raid.named import End, Given
    from escalade.raid.shield import Layer, Raid, Threat

LAYER_KEYS = {
    "pk": "kill",
    "shots": "shots",
    "looks": "looks",
    "stock": "stock",
    "reserve": "reserve",
    "channels": "channels",
    "availability": "availability",
    "discrimination": "discrimination",
    "partner": "partner",
    "commitment": "commitment",
    "boost": "boost",
    "cost": "unit_cost",
    "name": "name",
}
"""What may be said of a layer, and the field that it sets."""

THREAT_KEYS = {
    "reliability": "reliability",
    "threatening": "threatening",
    "warheads": "warheads",
    "decoys": "decoys",
    "deaths": "deaths",
    "cost": "unit_cost",
    "name": "name",
}
"""The same of a threat."""

TEXTS = ("name", "partner")
WHOLE = ("shots", "looks", "stock", "reserve", "warheads", "boost")
ENDLESS = ("stock", "channels")
MOST_VALUES = 200


@dataclass
class Item:
    """A name with what was said of it: ``value`` after ``name=`` (None: nothing), ``changes`` by field."""

    name: str
    value: str | None = None
    changes: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """A raid as it was asked for.

    raid : the raid; given : the figures behind it; supposed : what nobody said
    origin : where numbers are from that the user has not given; empty without a scenario
    ends : the same raid with the kill probabilities of figures at the low and at the high end; none without figures
    stocks : how many of a threat the attacker has, by name of the threat, where that was told
    """

    raid: Raid
    given: tuple[Given, ...]
    supposed: tuple[str, ...]
    ends: tuple[Raid, Raid] | None
    stocks: Mapping[str, int]
    origin: str = ""


def question(
    shield: str | None,
    layers: Sequence[str],
    threats: Sequence[str],
    bad_night: str | None,
    facts_from: str,
    *,
    daily: bool = False,
) -> Question:
    """Read what a user told; ``daily``: numbers of threats are per day, and the attacker may have a stock.

    Raises ``UsageError`` and ``ScenarioError`` with a sentence.
    """
    from escalade.facts.library import RIVAL_SOURCES
    from escalade.raid.named import common_mode, supposed
    from escalade.raid.shield import Raid, nearest

    if not threats:
        raise UsageError("name what is launched: --threats ballistic=200")
    if facts_from not in RIVAL_SOURCES:
        raise UsageError(f"--facts-from is {facts_from!r}; {nearest(facts_from, tuple(RIVAL_SOURCES))}")
    keys = THREAT_KEYS | ({"stock": "stock"} if daily else {})
    out = [item for text in threats for item in items(text, keys, "threat")]
    named = [] if shield is None else items(shield, LAYER_KEYS, "layer")
    own = [_layer_item(text, k) for k, text in enumerate(layers, 1)]
    if not named and not own:
        raise UsageError("name a shield: --shield arrow_3,davids_sling, or --layer pk=0.8,shots=2,stock=48")
    sigma = 0.0 if bad_night is None else common_mode(_bad_night(bad_night))
    has = [item.changes.pop("stock", None) for item in out]
    units, figures = _threats(out, facts_from, daily)

    def raid(end: End) -> tuple[Raid, tuple[Given, ...]]:
        stands, found = _layers(named, own, [unit.threat_class for unit in units], facts_from, end)
        return Raid(units, stands, sigma=sigma), found

    at_mode, behind = raid("mode")
    ends = (raid("low")[0], raid("high")[0]) if named else None
    said = supposed([item.changes for item in (*named, *own)], [item.changes for item in out], sigma)
    stocks = {unit.name: stock for unit, stock in zip(units, has, strict=True) if stock is not None}
    given = tuple(one for one in (*figures, *behind) if _used(one, daily, len(at_mode.classes)))
    return Question(at_mode, given, tuple(said), ends, stocks)


def _used(one: Given, daily: bool, classes: int) -> bool:
    """Whether a figure enters what is shown: prices a raid's, deaths a campaign's, or the order of several classes."""
    if one.what.startswith("price of"):
        return not daily
    return one.what != "deaths per hit" or daily or classes > 1


def items(text: str, keys: Mapping[str, str], what: str) -> list[Item]:
    """The names of a list with what is said of each."""
    found: list[Item] = []
    for part in _parts(text):
        key, equals, value = part.partition("=")
        if key.split(".")[0] in keys and equals:
            if not found:
                raise UsageError(f'"{part}" stands before any name; begin with the name of a {what}')
            _set(found[-1], key, value, keys)
        else:
            found.append(Item(key, value if equals else None))
    if not found:
        raise UsageError(f'"{text}" names no {what}')
    return found


def _layer_item(text: str, number: int) -> Item:
    """One ``--layer``."""
    from escalade.raid.shield import nearest

    item = Item(f"layer {number}")
    for part in _parts(text):
        key, equals, value = part.partition("=")
        if not equals or key.split(".")[0] not in LAYER_KEYS:
            raise UsageError(f'--layer says "{part}"; it takes key=value: {nearest(key, tuple(LAYER_KEYS))}')
        _set(item, key, value, LAYER_KEYS)
    if not item.changes.get("kill"):
        raise UsageError(f'--layer "{text}" does not say how well it stops a threat; add pk=0.8')
    return item


def _parts(text: str) -> Iterator[str]:
    yield from (part.strip() for part in text.split(",") if part.strip())


def _set(item: Item, key: str, value: str, keys: Mapping[str, str]) -> None:
    """Take down one key=value of an item."""
    from escalade.raid.shield import known_class

    head, _, threat_class = key.partition(".")
    what = f"{item.name}: {key}"
    if head == "pk":
        if threat_class:
            known_class(threat_class)
        item.changes.setdefault("kill", {})[threat_class or "*"] = number(what, value)
    elif threat_class:
        raise UsageError(f'"{key}" is unknown; only pk is told by threat class, as in pk.drone=0.8')
    elif head in TEXTS:
        item.changes[keys[head]] = value
    elif head in ENDLESS and value in ("inf", "endless"):
        item.changes[keys[head]] = math.inf
    else:
        item.changes[keys[head]] = whole(what, value) if head in WHOLE else number(what, value)


def number(what: str, text: str) -> float:
    """``0.8``, ``80%`` or ``1,5e6`` without the comma. Raises ``UsageError`` where it is no number."""
    plain, per_cent = (text[:-1], 100.0) if text.endswith("%") else (text, 1.0)
    try:
        value = float(plain) / per_cent
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise UsageError(f"{what} is {text!r}; allowed: a number, as 0.8 or 80%")
    return value


def whole(what: str, text: str) -> int:
    """A whole number. Raises ``UsageError`` where it is none."""
    value = number(what, text)
    if value != int(value):
        raise UsageError(f"{what} is {text}; allowed: a whole number")
    return int(value)


def _bad_night(text: str) -> float:
    value = number("--bad-night", text)
    if not 0.0 < value <= 0.9:
        raise UsageError(f"--bad-night is {text}; allowed: above 0% up to 90%, what is then left of a 90 % shield")
    return value


def only_daily(what: str, rate: str) -> None:
    """Raise ``UsageError`` unless a rate is per day, or not said."""
    if rate not in ("", "day"):
        raise UsageError(f'{what} is per "{rate}"; allowed: per day, as in 60/day')


def _threats(out: Sequence[Item], facts_from: str, daily: bool) -> tuple[tuple[Threat, ...], tuple[Given, ...]]:
    from escalade.raid.named import named_threat

    found = []
    for item in out:
        if item.value is None:
            raise UsageError(f"say how many: --threats {item.name}=200")
        launched, _, rate = item.value.partition("/")
        if rate and not daily:
            raise UsageError(f"a raid is one raid: write {item.name}={launched}, or ask escalade campaign")
        only_daily(f"--threats {item.name}", rate)
        count = whole(f"--threats {item.name}", launched)
        found.append(named_threat(item.name, count, item.changes, facts_from))
    return tuple(threat for threat, _ in found), tuple(one for _, given in found for one in given)


def _layers(
    named: Sequence[Item], own: Sequence[Item], classes: Sequence[str], facts_from: str, end: End
) -> tuple[tuple[Layer, ...], tuple[Given, ...]]:
    from escalade.raid.named import named_layer
    from escalade.raid.shield import Layer

    found = []
    for item in named:
        if item.value is not None:
            raise UsageError(f'"{item.name}={item.value}" in --shield: allowed are {", ".join(LAYER_KEYS)}')
        found.append(named_layer(item.name, classes, _by_class(item, classes, engaged=None), facts_from, end))
    stands = tuple(layer for layer, _ in found)
    told = tuple(Layer(**{"name": item.name} | _by_class(item, classes, engaged=classes)) for item in own)
    return (*stands, *told), tuple(one for _, given in found for one in given)


def _by_class(item: Item, classes: Sequence[str], engaged: Sequence[str] | None) -> dict[str, Any]:
    """What was said of a layer, the kill probability of all classes (``pk=``) given to each that it engages."""
    from escalade import facts

    kill = dict(item.changes.get("kill", {}))
    if "*" in kill:
        everyone = kill.pop("*")
        those = facts.system(item.name).engages if engaged is None else engaged
        kill = {c: everyone for c in dict.fromkeys(classes) if c in those} | kill
    return item.changes | ({"kill": kill} if "kill" in item.changes else {})


def sweep_range(text: str) -> Range:
    """``threats=50:500:50``: over what, and the values from the first to the last in steps."""
    from escalade.raid.answer import Range

    what, equals, values = text.partition("=")
    ends = values.split(":")
    if not equals or len(ends) != 3:
        raise UsageError(f"--sweep is {text!r}; allowed: WHAT=FROM:TO:STEP, as in threats=50:500:50")
    first, last, step = (number(f"--sweep {what}", end) for end in ends)
    if step <= 0.0 or last < first:
        raise UsageError(
            f"--sweep {what} runs from {first:g} to {last:g} in steps of {step:g}; steps must lead upwards"
        )
    count = math.floor((last - first) / step + 1e-9) + 1
    if count > MOST_VALUES:
        raise UsageError(f"--sweep {what} has {count:,} values; allowed: up to {MOST_VALUES}")
    return Range(what, tuple(first + k * step for k in range(count)))


def announced() -> None:
    """Say that kernels are about to be compiled, where they are."""
    import click

    from escalade.jit import is_compiled

    if not is_compiled():
        click.echo("compiling the model (once per version) ...", err=True)
