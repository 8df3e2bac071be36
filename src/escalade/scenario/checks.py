"""Checks across fields: that names mean something, that years, rungs and counts fit together.

They work on plain data, so that they find what they can beside what the schema finds. A part of the wrong type is left
to the schema.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from pydantic import ValidationError

from escalade.scenario.forms import parse_number
from escalade.scenario.paths import Path, allowed, near


class Finding(NamedTuple):
    """Something that does not fit: where, what, and whether the key is to blame rather than the value."""

    path: Path
    message: str
    at_key: bool = False


TWO_SIDES = "a scenario has exactly two sides for now (three sides, and hosts, are not supported yet)"


Check = Callable[[dict[str, Any]], Iterator[Finding]]


def findings(data: Any) -> Iterator[Finding]:
    """All findings in a scenario's plain data, of any shape."""
    return _found(data, (*CHANGEABLE_CHECKS, _record, _headline))


def changed_findings(data: Any) -> Iterator[Finding]:
    """The findings that changes by a policy can make: it touches neither the record nor the headline."""
    return _found(data, CHANGEABLE_CHECKS)


def _found(data: Any, checks: tuple[Check, ...]) -> Iterator[Finding]:
    for check in checks if isinstance(data, dict) else ():
        yield from check(data)


def _map(value: Any, *keys: str) -> dict[str, Any]:
    """The mapping below ``keys``; empty if there is none."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def _list(value: Any, *keys: str) -> list[Any]:
    found = _map(value, *keys[:-1]).get(keys[-1])
    return list(found) if isinstance(found, list | tuple) else []


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _rungs(data: dict[str, Any]) -> list[str]:
    """Ids of the rungs in order; empty if one of them cannot be read."""
    ids = [rung.get("id") if isinstance(rung, dict) else None for rung in _list(data, "ladder", "rungs")]
    return ids if all(isinstance(rung, str) for rung in ids) else []  # type: ignore[return-value]


def _sides(data: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from ((name, side) for name, side in _map(data, "sides").items() if isinstance(side, dict))


def _known(name: Any, names: list[str], what: str) -> str | None:
    """What is wrong with a name that should be one of ``names``; None if nothing is, or the schema says it."""
    if not isinstance(name, str) or not names or name in names:
        return None
    return f"there is no {what} {name[:60]!r}; {allowed(names)}{near(name, names)}"


def _years(data: dict[str, Any]) -> Iterator[Finding]:
    years, reference = _whole(data.get("years")), _whole(data.get("reference_year"))
    if years is None:
        return
    if reference is not None and reference > years:
        yield Finding(("reference_year",), f"is {reference}, after the period ends; allowed: 1 to {years}")
    for name, side in _sides(data):
        for where in (("shield", "layers"), ("arms",)):
            for key, item in _map(side, *where).items():
                for dated in ("deliveries", "limits"):
                    yield from _dated(_list(item, dated), ("sides", name, *where, key, dated), years)


def _dated(entries: list[Any], path: Path, years: int) -> Iterator[Finding]:
    for index, entry in enumerate(entries):
        year = _whole(entry.get("year")) if isinstance(entry, dict) else None
        if year is not None and year > years:
            yield Finding((*path, index, "year"), f"is {year}, after the period ends; allowed: 1 to {years}")


def _ladder(data: dict[str, Any]) -> Iterator[Finding]:
    rungs = _rungs(data)
    for index, rung in enumerate(rungs):
        if rung in rungs[:index]:
            yield Finding(("ladder", "rungs", index, "id"), f"{rung!r} is given twice; allowed: each rung once")
    war = _map(data, "ladder").get("war")
    wrong = _known(war, rungs, "rung")
    if wrong:
        yield Finding(("ladder", "war"), wrong)
    elif rungs and war == rungs[0]:
        yield Finding(("ladder", "war"), f"the lowest rung cannot be war; {allowed(rungs[1:])}")
    for name, side in _sides(data):
        for rung in _map(side, "ladder"):
            wrong = _known(rung, rungs, "rung")
            if wrong:
                yield Finding(("sides", name, "ladder", rung), wrong, at_key=True)


def _force_in_war(data: dict[str, Any]) -> Iterator[Finding]:
    """Above the rung of war both sides strike: a war is begun by a strike, and is not gone back on by a threat."""
    rungs, war = _rungs(data), _map(data, "ladder").get("war")
    for rung in rungs[rungs.index(war) + 1 :] if war in rungs else ():
        for name, side in _sides(data):
            steps: Path = ("sides", name, "ladder")
            step = _map(side, "ladder").get(rung)
            if step is None:
                yield Finding(steps, f"no {rung!r}, which is above the rung of war; allowed: a strike, effort above 0")
            elif isinstance(step, dict) and _can_be(step.get("effort", 0), 0.0):
                message = f"can be 0, but {rung!r} is above the rung of war; allowed: a strike, effort above 0"
                yield Finding((*steps, rung, "effort") if "effort" in step else (*steps, rung), message)


def _arms(data: dict[str, Any]) -> Iterator[Finding]:
    rungs = _rungs(data)
    nuclear = [rung["id"] for rung in _list(data, "ladder", "rungs") if rungs and rung.get("nuclear") is True]
    for name, side in _sides(data):
        for key, arm in _map(side, "arms").items():
            if isinstance(arm, dict):
                path: Path = ("sides", name, "arms", key)
                yield from _arm_rungs(arm, path, rungs, nuclear)
                yield from _reusable(arm, path)


def _arm_rungs(arm: dict[str, Any], path: Path, rungs: list[str], nuclear: list[str]) -> Iterator[Finding]:
    wrong = {end: _known(arm.get(end), rungs, "rung") for end in ("from", "to")}
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
    for name, side in _sides(data):
        orders: dict[int, str] = {}
        for key, layer in _map(side, "shield", "layers").items():
            if not isinstance(layer, dict):
                continue
            path: Path = ("sides", name, "shield", "layers", key)
            order = _whole(layer.get("order"))
            if order in orders:
                yield Finding((*path, "order"), f"is {order}, as in {orders[order]}; allowed: a place of its own")
            elif order is not None:
                orders[order] = key
            if layer.get("partner") is None and "commitment" in layer and not _sure(layer["commitment"]):
                yield Finding((*path, "commitment"), "only a partner's layer has one; add partner: NAME", at_key=True)


def _sure(commitment: Any) -> bool:
    """Whether a commitment says no more than that the layer is there."""
    return isinstance(commitment, dict) and all(_is(value, 1) for value in commitment.values())


def _two_sides(data: dict[str, Any]) -> Iterator[Finding]:
    # The schema says so too, but only once every side is right.
    if isinstance(data.get("sides"), dict) and len(data["sides"]) != 2:
        yield Finding(("sides",), TWO_SIDES)


def _arming(data: dict[str, Any]) -> Iterator[Finding]:
    """Whom a side deters must be other sides; shelter is built for fear of a number of deaths."""
    for name, side in _sides(data):
        rivals = [other for other in _map(data, "sides") if other != name]
        for index, rival in enumerate(_list(side, "arming", "deters")):
            wrong = _known(rival, rivals, "rival")
            if wrong:
                yield Finding(("sides", name, "arming", "deters", index), wrong)
        shelter = _map(side, "shelter")
        builds = not _is(shelter.get("build_per_year", 0), 0)
        if builds and _map(side, "arming").get("acceptable_deaths") is None:
            message = "needs arming.acceptable_deaths: shelter is built as long as more deaths than that are expected"
            yield Finding(("sides", name, "shelter", "build_per_year"), message, at_key=True)


def _references(data: dict[str, Any]) -> Iterator[Finding]:
    policies, sides = list(_map(data, "policies")), list(_map(data, "sides"))
    for key in ("baseline", "focus"):
        wrong = _known(data.get(key), policies, "policy")
        if wrong:
            yield Finding((key,), wrong)
    opener = _map(data, "crisis").get("opener")
    wrong = _known(opener, ["either", *sides], "side") if sides else None
    if wrong:
        yield Finding(("crisis", "opener"), wrong)
    seen: set[frozenset[str]] = set()
    for index, pair in enumerate(_list(data, "pairs")):
        found = _pair(pair, sides)
        yield from (Finding(("pairs", index, "sides", *inside), message) for inside, message in found)
        members = frozenset(item for item in _list(pair, "sides") if isinstance(item, str))
        if not found and members in seen:
            yield Finding(("pairs", index, "sides"), "the pair is given twice; allowed: each pair once")
        seen.add(members)


def _pair(entry: Any, sides: list[str]) -> list[tuple[Path, str]]:
    """What is wrong with the two sides of a pair: where inside the list, and what."""
    members = _list(entry, "sides")
    wrong = [(index, _known(member, sides, "side")) for index, member in enumerate(members)]
    found: list[tuple[Path, str]] = [((index,), message) for index, message in wrong if message]
    if not found and len(members) == 2 and members[0] == members[1]:
        found.append(((1,), f"a side has no crises with itself; {allowed(sides)}"))
    return found


def _record(data: dict[str, Any]) -> Iterator[Finding]:
    policies, sides = list(_map(data, "policies")), list(_map(data, "sides"))
    for index, entry in enumerate(_list(data, "record", "crises")):
        if not isinstance(entry, dict):
            continue
        path: Path = ("record", "crises", index)
        wrong = _known(entry.get("policy"), policies, "policy")
        if wrong:
            yield Finding((*path, "policy"), wrong)
        yield from (Finding((*path, "sides", *inside), message) for inside, message in _pair(entry, sides))
        for key, extra in (("wars_begun", []), ("first_strikes", ["disputed"])):
            for side in _map(entry, key):
                wrong = _known(side, sides + extra, "side")
                if wrong:
                    yield Finding((*path, key, side), wrong, at_key=True)
        yield from (Finding((*path, *inside), message) for inside, message in _counts(entry))


def _counts(entry: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    for key in ("crises", "wars"):
        low, read, high = (_whole(_map(entry, key).get(name)) for name in ("low", "reading", "high"))
        if low is not None and read is not None and high is not None and not low <= read <= high:
            yield (key, "reading"), f"is {read}, outside {low} to {high}; allowed: low <= reading <= high"
    crises, wars = (_whole(_map(entry, key).get("reading")) for key in ("crises", "wars"))
    strikes = _whole(entry.get("with_any_strike"))
    yield from _at_most(("wars", "reading"), wars, crises, "crises")
    yield from _at_most(("with_any_strike",), strikes, crises, "crises")
    yield from _at_most(("wars", "reading"), wars, strikes, "crises with a strike")
    begun = [_whole(count) for count in _map(entry, "wars_begun").values()]
    if begun and None not in begun and wars is not None and sum(filter(None, begun)) != wars:
        yield ("wars_begun",), f"adds up to {sum(filter(None, begun))}; allowed: as many as wars, {wars}"
    first = [_whole(count) for count in _map(entry, "first_strikes").values()]
    if first and None not in first:
        limit, of_what = (strikes, "crises with a strike") if strikes is not None else (crises, "crises")
        yield from _at_most(("first_strikes",), sum(filter(None, first)), limit, of_what)


def _at_most(path: Path, count: int | None, limit: int | None, of_what: str) -> Iterator[tuple[Path, str]]:
    if count is not None and limit is not None and count > limit:
        yield path, f"is {count}, more than the {of_what}; allowed: at most {limit}"


def _headline(data: dict[str, Any]) -> Iterator[Finding]:
    from escalade.quantities import Vocabulary, catalogue

    headline = data.get("headline")
    if not isinstance(headline, str) or not _rungs(data) or not _map(data, "sides"):
        return
    ids = {name: {key: key for key in _map(side, "arms")} for name, side in _sides(data)}
    layers = {name: {key: key for key in _map(side, "shield", "layers")} for name, side in _sides(data)}
    words = Vocabulary({name: name for name in ids}, {rung: rung for rung in _rungs(data)}, ids, layers)
    names = [key for key, quantity in catalogue(words).items() if quantity.crisis is not None]
    wrong = _known(headline, names, "outcome of a crisis")
    if wrong:
        yield Finding(("headline",), wrong)


CHANGEABLE_CHECKS: tuple[Check, ...] = (
    _years,
    _two_sides,
    _ladder,
    _force_in_war,
    _arms,
    _layers,
    _arming,
    _references,
)
"""Checks of what policies may change, and of what hangs on it."""
