"""Checks of who has crises with whom, and of the hosts on whose soil strikes fall."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from escalade.scenario.paths import Path, allowed
from escalade.scenario.raw import Finding, each_side, known, listing, mapping

MOST_FIGHTING = 3
"""Sides that have crises; sides that only host are not counted."""


def pairs_and_hosts(data: dict[str, Any]) -> Iterator[Finding]:
    """All findings about pairs and hosts."""
    sides = list(mapping(data, "sides"))
    wrong = list(_pairs(data))
    for index, pair in enumerate(listing(data, "pairs")):
        wrong += _hosts(pair, ("pairs", index), sides)
    yield from wrong
    yield from _focus_pair(data)
    yield from _patrons(data)
    if not wrong:  # else a side may seem to have no part only because its name is misspelt
        yield from _roles(data)
    yield from _reach(data)


def pair_of_sides(entry: Any, sides: list[str]) -> list[tuple[Path, str]]:
    """What is wrong with the two sides of a pair: where inside the list, and what."""
    members = listing(entry, "sides")
    wrong = [(index, known(member, sides, "side")) for index, member in enumerate(members)]
    found: list[tuple[Path, str]] = [((index,), message) for index, message in wrong if message]
    if not found and len(members) == 2 and members[0] == members[1]:
        found.append(((1,), f"a side has no crises with itself; {allowed(sides)}"))
    return found


def fighting(data: dict[str, Any]) -> list[str]:
    """Sides that have crises, in the order of the file; all sides where no pair can be read."""
    members = [side for pair in listing(data, "pairs") for side in listing(pair, "sides")]
    sides = [name for name, _ in each_side(data)]
    return [name for name in sides if name in members] or sides


def hosts_of(pair: Any) -> Iterator[tuple[str, str]]:
    """Patron and host of every host that a pair names."""
    for patron, hosts in mapping(pair, "hosts").items():
        yield from ((patron, host) for host in (hosts if isinstance(hosts, dict) else {}))


def keys_of(data: dict[str, Any]) -> list[str]:
    """Ids of the pairs: as given, or the ids of their sides."""
    return [_key(pair) for pair in listing(data, "pairs")]


def _key(pair: Any) -> str:
    given = mapping(pair).get("id")
    return given if isinstance(given, str) else "_".join(str(side) for side in listing(pair, "sides"))


def _pairs(data: dict[str, Any]) -> Iterator[Finding]:
    sides, keys = list(mapping(data, "sides")), keys_of(data)
    seen: set[frozenset[str]] = set()
    for index, pair in enumerate(listing(data, "pairs")):
        found = pair_of_sides(pair, sides)
        yield from (Finding(("pairs", index, "sides", *inside), message) for inside, message in found)
        members = frozenset(item for item in listing(pair, "sides") if isinstance(item, str))
        if not found and members in seen:
            yield Finding(("pairs", index, "sides"), "the pair is given twice; allowed: each pair once")
        elif mapping(pair).get("id") is not None and keys[index] in keys[:index]:
            yield Finding(("pairs", index, "id"), f"{keys[index]!r} is given twice; allowed: an id of its own")
        seen.add(members)


def _focus_pair(data: dict[str, Any]) -> Iterator[Finding]:
    wrong = known(data.get("focus_pair"), keys_of(data), "pair")
    if wrong:
        yield Finding(("focus_pair",), wrong)


def _hosts(pair: Any, path: Path, sides: list[str]) -> Iterator[Finding]:
    """Hosts of one pair: known sides, neither of the pair, none for both sides, shares that add up to at most one."""
    members = [side for side in listing(pair, "sides") if isinstance(side, str)]
    patrons: dict[str, str] = {}
    for patron in mapping(pair, "hosts"):
        wrong = known(patron, members, "side of the pair")
        if wrong:
            yield Finding((*path, "hosts", patron), wrong, at_key=True)
    for patron, host in hosts_of(pair):
        here = (*path, "hosts", patron, host)
        others = [side for side in sides if side not in members]
        wrong = known(host, sides, "side") if sides else None
        if wrong:
            yield Finding(here, wrong, at_key=True)
        elif host == patron:
            yield Finding(here, f"a side is no host of its own; {allowed(others)}", at_key=True)
        elif host in members:
            yield Finding(here, f"the side that strikes cannot be the host; {allowed(others)}", at_key=True)
        elif patrons.setdefault(host, patron) != patron:
            message = f"is a host of {patrons[host]} already; allowed: a host of one side of the pair"
            yield Finding(here, message, at_key=True)
    for patron, hosts in mapping(pair, "hosts").items():
        yield from _shares(hosts, (*path, "hosts", patron))


def _shares(hosts: Any, path: Path) -> Iterator[Finding]:
    """Either all hosts have a share or none; fixed shares leave nothing below zero for the side's own soil."""
    given = {host: entry.get("share") for host, entry in mapping(hosts).items() if isinstance(entry, dict)}
    missing = [host for host, share in given.items() if share is None]
    if missing and len(missing) < len(given):
        yield Finding((*path, missing[0]), "has no share, other hosts have; allowed: a share for all or for none")
    fixed = [share for share in given.values() if isinstance(share, int | float) and not isinstance(share, bool)]
    if sum(fixed) > 1.0 + 1e-9:
        yield Finding(path, f"shares of the hosts add up to {sum(fixed):g}; allowed: at most 1")


def _patrons(data: dict[str, Any]) -> Iterator[Finding]:
    """A patron has one belief about a host's shield, in whatever pair."""
    told: dict[tuple[str, str], Any] = {}
    for index, pair in enumerate(listing(data, "pairs")):
        for patron, host in hosts_of(pair):
            belief = mapping(pair, "hosts", patron, host).get("believes")
            if told.setdefault((patron, host), belief) != belief:
                path: Path = ("pairs", index, "hosts", patron, host)
                yield Finding(path, f"another pair has another belief of {patron} about {host}; allowed: the same")


def _roles(data: dict[str, Any]) -> Iterator[Finding]:
    """At most three sides fight, with arms and a tolerance; all others host."""
    fight = fighting(data)
    hosts = {host for pair in listing(data, "pairs") for _, host in hosts_of(pair)}
    for name in fight[MOST_FIGHTING:]:
        yield Finding(("sides", name), f"{len(fight)} sides have crises; allowed: at most {MOST_FIGHTING}", at_key=True)
    for name, side in each_side(data):
        if name not in fight and name not in hosts:
            yield Finding(("sides", name), "has no crises and hosts nobody; allowed: in a pair, or a host", at_key=True)
        elif name in fight and side.get("tolerance") is None:
            message = "is missing; needed: own deaths that a side with crises would accept to win one median stake"
            yield Finding(("sides", name, "tolerance"), message)
        elif name in fight and not mapping(side, "arms"):
            yield Finding(("sides", name, "arms"), "a side with crises needs arms; allowed: at least one")


def _reach(data: dict[str, Any]) -> Iterator[Finding]:
    sides = list(mapping(data, "sides"))
    for name, side in each_side(data):
        for key, arm in mapping(side, "arms").items():
            for at, target in enumerate(listing(arm, "reaches")):
                wrong = known(target, sides, "side")
                if wrong:
                    yield Finding(("sides", name, "arms", key, "reaches", at), wrong)
