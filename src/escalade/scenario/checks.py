"""Checks across fields: that names mean something, that years, rungs and counts fit together.

They work on plain data, so that they find what they can beside what the schema finds. A part of the wrong type is left
to the schema.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from escalade.scenario.forms import parse_number
from escalade.scenario.pairs import fighting, hosts_of, keys_of, pair_of_sides, pairs_and_hosts
from escalade.scenario.paths import Path, allowed
from escalade.scenario.raw import Check, Finding, each_side, known, listing, mapping, whole


def findings(data: Any) -> Iterator[Finding]:
    """All findings in a scenario's plain data, of any shape."""
    return _found(data, (*CHANGEABLE_CHECKS, _record, _headline))


def changed_findings(data: Any) -> Iterator[Finding]:
    """The findings that changes by a policy can make: it touches neither the record nor the headline."""
    return _found(data, CHANGEABLE_CHECKS)


def _found(data: Any, checks: tuple[Check, ...]) -> Iterator[Finding]:
    for check in checks if isinstance(data, dict) else ():
        yield from check(data)


def _rungs(data: dict[str, Any]) -> list[str]:
    """Ids of the rungs in order; empty if one of them cannot be read."""
    ids = [rung.get("id") if isinstance(rung, dict) else None for rung in listing(data, "ladder", "rungs")]
    return ids if all(isinstance(rung, str) for rung in ids) else []  # type: ignore[return-value]


def _years(data: dict[str, Any]) -> Iterator[Finding]:
    years, reference = whole(data.get("years")), whole(data.get("reference_year"))
    if years is None:
        return
    if reference is not None and reference > years:
        yield Finding(("reference_year",), f"is {reference}, after the period ends; allowed: 1 to {years}")
    for name, side in each_side(data):
        for where in (("shield", "layers"), ("arms",)):
            for key, item in mapping(side, *where).items():
                for dated in ("deliveries", "limits"):
                    yield from _dated(listing(item, dated), ("sides", name, *where, key, dated), years)


def _dated(entries: list[Any], path: Path, years: int) -> Iterator[Finding]:
    for index, entry in enumerate(entries):
        year = whole(entry.get("year")) if isinstance(entry, dict) else None
        if year is not None and year > years:
            yield Finding((*path, index, "year"), f"is {year}, after the period ends; allowed: 1 to {years}")


def _ladder(data: dict[str, Any]) -> Iterator[Finding]:
    rungs = _rungs(data)
    for index, rung in enumerate(rungs):
        if rung in rungs[:index]:
            yield Finding(("ladder", "rungs", index, "id"), f"{rung!r} is given twice; allowed: each rung once")
    war = mapping(data, "ladder").get("war")
    wrong = known(war, rungs, "rung")
    if wrong:
        yield Finding(("ladder", "war"), wrong)
    elif rungs and war == rungs[0]:
        yield Finding(("ladder", "war"), f"the lowest rung cannot be war; {allowed(rungs[1:])}")
    for name, side in each_side(data):
        for rung in mapping(side, "ladder"):
            wrong = known(rung, rungs, "rung")
            if wrong:
                yield Finding(("sides", name, "ladder", rung), wrong, at_key=True)


def _force_in_war(data: dict[str, Any]) -> Iterator[Finding]:
    """Above the rung of war all sides strike: a war is begun by a strike, and is not gone back on by a threat."""
    rungs, war = _rungs(data), mapping(data, "ladder").get("war")
    fight = [(name, side) for name, side in each_side(data) if name in fighting(data)]
    for rung in rungs[rungs.index(war) + 1 :] if war in rungs else ():
        for name, side in fight:
            steps: Path = ("sides", name, "ladder")
            step = mapping(side, "ladder").get(rung)
            if step is None:
                yield Finding(steps, f"no {rung!r}, which is above the rung of war; allowed: a strike, effort above 0")
            elif isinstance(step, dict) and _can_be(step.get("effort", 0), 0.0):
                message = f"can be 0, but {rung!r} is above the rung of war; allowed: a strike, effort above 0"
                yield Finding((*steps, rung, "effort") if "effort" in step else (*steps, rung), message)


def _arms(data: dict[str, Any]) -> Iterator[Finding]:
    rungs = _rungs(data)
    nuclear = [rung["id"] for rung in listing(data, "ladder", "rungs") if rungs and rung.get("nuclear") is True]
    for name, side in each_side(data):
        for key, arm in mapping(side, "arms").items():
            if isinstance(arm, dict):
                path: Path = ("sides", name, "arms", key)
                yield from _arm_rungs(arm, path, rungs, nuclear)
                yield from _reusable(arm, path)


def _arm_rungs(arm: dict[str, Any], path: Path, rungs: list[str], nuclear: list[str]) -> Iterator[Finding]:
    wrong = {end: known(arm.get(end), rungs, "rung") for end in ("from", "to")}
    yield from (Finding((*path, end), message) for end, message in wrong.items() if message)
    low, high = arm.get("from"), arm.get("to")
    if low not in rungs or high not in rungs:
        return
    span = rungs[rungs.index(low) : rungs.index(high) + 1]
    if not span:
        yield Finding((*path, "to"), f"{high!r} is below {low!r}; {allowed(rungs[rungs.index(low) :])}")
    outside = [rung for rung in span if rung not in nuclear]
    if arm.get("nuclear") is True and outside:
        yield Finding((*path, "from"), f"a nuclear arm, but the rung {outside[0]!r} is not nuclear; {allowed(nuclear)}")


def _reusable(arm: dict[str, Any], path: Path) -> Iterator[Finding]:
    if arm.get("reusable") is not True:
        return
    for field, only in (("warheads", 1), ("decoys", 0)):
        if field in arm and not _is(arm[field], only):
            yield Finding((*path, field), f"a reusable arm carries no warheads or decoys; allowed: {only}")


def _is(number: Any, value: float) -> bool:
    """Whether a written number can only be ``value``; also if it cannot be read, which the schema says."""
    try:
        read = parse_number(number)
    except ValidationError:
        return True
    return read.low == read.high == value


def _can_be(number: Any, value: float) -> bool:
    """Whether a written number can be ``value``; not if it cannot be read, which the schema says."""
    try:
        read = parse_number(number)
    except ValidationError:
        return False
    return read.low <= value <= read.high


def _layers(data: dict[str, Any]) -> Iterator[Finding]:
    for name, side in each_side(data):
        orders: dict[int, str] = {}
        for key, layer in mapping(side, "shield", "layers").items():
            if not isinstance(layer, dict):
                continue
            path: Path = ("sides", name, "shield", "layers", key)
            order = whole(layer.get("order"))
            if order in orders:
                yield Finding((*path, "order"), f"is {order}, as in {orders[order]}; allowed: a place of its own")
            elif order is not None:
                orders[order] = key
            if layer.get("partner") is None and "commitment" in layer and not _sure(layer["commitment"]):
                yield Finding((*path, "commitment"), "only a partner's layer has one; add partner: NAME", at_key=True)


def _sure(commitment: Any) -> bool:
    """Whether a commitment says no more than that the layer is there."""
    return isinstance(commitment, dict) and all(_is(value, 1) for value in commitment.values())


def _arming(data: dict[str, Any]) -> Iterator[Finding]:
    """Whom a side deters must be other sides; shelter is built for fear of a number of deaths."""
    for name, side in each_side(data):
        rivals = [other for other in mapping(data, "sides") if other != name]
        for index, rival in enumerate(listing(side, "arming", "deters")):
            wrong = known(rival, rivals, "rival")
            if wrong:
                yield Finding(("sides", name, "arming", "deters", index), wrong)
        shelter = mapping(side, "shelter")
        builds = not _is(shelter.get("build_per_year", 0), 0)
        if builds and mapping(side, "arming").get("acceptable_deaths") is None:
            message = "needs arming.acceptable_deaths: shelter is built as long as more deaths than that are expected"
            yield Finding(("sides", name, "shelter", "build_per_year"), message, at_key=True)


def _references(data: dict[str, Any]) -> Iterator[Finding]:
    policies, sides = list(mapping(data, "policies")), list(mapping(data, "sides"))
    for key in ("baseline", "focus"):
        wrong = known(data.get(key), policies, "policy")
        if wrong:
            yield Finding((key,), wrong)
    opener = mapping(data, "crisis").get("opener")
    wrong = known(opener, ["either", *sides], "side") if sides else None
    if wrong:
        yield Finding(("crisis", "opener"), wrong)


def _record(data: dict[str, Any]) -> Iterator[Finding]:
    policies, sides = list(mapping(data, "policies")), list(mapping(data, "sides"))
    for index, entry in enumerate(listing(data, "record", "crises")):
        if not isinstance(entry, dict):
            continue
        path: Path = ("record", "crises", index)
        wrong = known(entry.get("policy"), policies, "policy")
        if wrong:
            yield Finding((*path, "policy"), wrong)
        wrong_sides = pair_of_sides(entry, sides)
        yield from (Finding((*path, "sides", *inside), message) for inside, message in wrong_sides)
        members, focus = listing(entry, "sides"), _pair_words(data)[0]
        known_focus = len(focus) == 2 and len({*focus} & {*sides}) == 2
        if not wrong_sides and known_focus and sorted(members) != sorted(focus):
            message = f"these two sides are not the pair in focus, whose crises are weighed; {allowed(focus)}"
            yield Finding((*path, "sides"), message)
        for key, extra in (("wars_begun", []), ("first_strikes", ["disputed"])):
            for side in mapping(entry, key):
                wrong = known(side, sides + extra, "side")
                if wrong:
                    yield Finding((*path, key, side), wrong, at_key=True)
        yield from (Finding((*path, *inside), message) for inside, message in _counts(entry))


def _counts(entry: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    for key in ("crises", "wars"):
        low, read, high = (whole(mapping(entry, key).get(name)) for name in ("low", "reading", "high"))
        if low is not None and read is not None and high is not None and not low <= read <= high:
            yield (key, "reading"), f"is {read}, outside {low} to {high}; allowed: low <= reading <= high"
    crises, wars = (whole(mapping(entry, key).get("reading")) for key in ("crises", "wars"))
    strikes = whole(entry.get("with_any_strike"))
    yield from _at_most(("wars", "reading"), wars, crises, "crises")
    yield from _at_most(("with_any_strike",), strikes, crises, "crises")
    yield from _at_most(("wars", "reading"), wars, strikes, "crises with a strike")
    begun = [whole(count) for count in mapping(entry, "wars_begun").values()]
    if begun and None not in begun and wars is not None and sum(filter(None, begun)) != wars:
        yield ("wars_begun",), f"adds up to {sum(filter(None, begun))}; allowed: as many as wars, {wars}"
    first = [whole(count) for count in mapping(entry, "first_strikes").values()]
    if first and None not in first:
        limit, of_what = (strikes, "crises with a strike") if strikes is not None else (crises, "crises")
        yield from _at_most(("first_strikes",), sum(filter(None, first)), limit, of_what)


def _at_most(path: Path, count: int | None, limit: int | None, of_what: str) -> Iterator[tuple[Path, str]]:
    if count is not None and limit is not None and count > limit:
        yield path, f"is {count}, more than the {of_what}; allowed: at most {limit}"


def _headline(data: dict[str, Any]) -> Iterator[Finding]:
    from escalade.quantities import Vocabulary, catalogue

    headline = data.get("headline")
    if not isinstance(headline, str) or not _rungs(data) or not mapping(data, "sides"):
        return
    ids = {name: {key: key for key in mapping(side, "arms")} for name, side in each_side(data)}
    layers = {name: {key: key for key in mapping(side, "shield", "layers")} for name, side in each_side(data)}
    words = Vocabulary(
        {name: name for name in ids}, {rung: rung for rung in _rungs(data)}, ids, layers, *_pair_words(data)
    )
    names = [key for key, quantity in catalogue(words).items() if quantity.crisis is not None]
    wrong = known(headline, names, "outcome of a crisis")
    if wrong:
        yield Finding(("headline",), wrong)


def _pair_words(data: dict[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Sides of the pair in focus, and which of them have hosts."""
    pairs, keys = listing(data, "pairs"), keys_of(data)
    focus = data.get("focus_pair")
    if not pairs or (focus is not None and focus not in keys):
        return (), ()
    pair = pairs[keys.index(focus) if focus is not None else 0]
    members = tuple(side for side in listing(pair, "sides") if isinstance(side, str))
    return members, tuple(dict.fromkeys(patron for patron, _ in hosts_of(pair)))


CHANGEABLE_CHECKS: tuple[Check, ...] = (
    _years,
    pairs_and_hosts,
    _ladder,
    _force_in_war,
    _arms,
    _layers,
    _arming,
    _references,
)
"""Checks of what policies may change, and of what hangs on it."""
