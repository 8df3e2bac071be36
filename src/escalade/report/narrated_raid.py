"""A raid in plain sentences: three losses kept apart, deaths, interceptors, what was learned, what might have been."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from escalade.ensemble.build import stopping_share
from escalade.history.story import Flight, Lesson, Raid, Soil, Swarm
from escalade.quantities import listed
from escalade.report.amounts import capital
from escalade.report.narration import Narrator, people

NOTABLE = 5
"""Of 100: a night that differs by less from what a shield should do is a night like any other."""


def raid_told(tell: Narrator, raid: Raid) -> Iterator[str]:
    """The sentences of one strike."""
    yield from _salvos(tell, raid)
    yield _toll(tell, raid)
    yield from _interceptors(tell, raid)
    yield from _night(tell, raid)
    yield from _might_have_been(tell, raid)


def lessons_told(tell: Narrator, raid: Raid) -> Iterator[str]:
    """What both sides now believe of the shields that the strike met, where that is new."""
    for lesson in raid.lessons:
        before, after, truth = (stops(shift) for shift in (lesson.before, lesson.after, lesson.truth))
        if before != after and lesson.observer in (raid.striker, raid.struck):
            yield _lesson(tell, lesson, f"{after} of 100 (before: {before}, true: {truth})")


def stops(shift: float) -> int:
    """How many of 100 a shield stops that was built to stop 90, after a shift of its logit."""
    return round(100.0 * stopping_share(shift))


def _lesson(tell: Narrator, lesson: Lesson, strength: str) -> str:
    observer, owner = tell.sides[lesson.observer], tell.sides[lesson.owner]
    shield = "its own shield" if lesson.observer == lesson.owner else f"{owner}'s shield"
    return f"{observer} now believes that {shield} stops {strength}."


def _salvos(tell: Narrator, raid: Raid) -> Iterator[str]:
    """What was launched and what became of it, class by class."""
    classes: dict[int, list[Flight]] = {}
    for flight in raid.flights:
        classes.setdefault(int(tell.world.arms[raid.striker, flight.arm]["cls"]), []).append(flight)
    swarms = {swarm.cls: swarm for swarm in raid.swarms}
    for cls, flights in classes.items():
        yield _salvo(tell, raid, flights, swarms.get(cls, Swarm(cls, 0, 0, 0, 0, 0)))


def _salvo(tell: Narrator, raid: Raid, flights: Sequence[Flight], swarm: Swarm) -> str:
    launched = listed([counted(flight.launched, tell.arm(raid.striker, flight.arm)) for flight in flights])
    failed = sum(flight.failed for flight in flights)
    early = sum(flight.stopped_early for flight in flights)
    units = sum(flight.launched for flight in flights) - failed - early
    objects = sum(flight.objects for flight in flights)
    fates = [(failed, "in flight", "fails", "fail"), (early, "before release", "is intercepted", "are intercepted")]
    parts = [f"{count:,} {one if count == 1 else many} {how}" for count, how, one, many in fates if count]
    if objects != units:
        rest = "the rest" if parts else "they"
        parts.append(f"{rest} release {objects:,} objects, of which")
    parts += _fates(raid, swarm)
    return f"{tell.sides[raid.striker]} sends {launched}: {_joined(parts)}."


def _fates(raid: Raid, swarm: Swarm) -> list[str]:
    """What becomes of the objects of a class."""
    parts = []
    if swarm.left_alone:
        one = swarm.left_alone == 1
        if raid.interceptors:
            parts.append(f"{swarm.left_alone:,} {'is' if one else 'are'} left alone because {'it' if one else 'they'} "
                         "would hit nothing")  # fmt: skip
        else:
            parts.append(f"{swarm.left_alone:,} {'hits' if one else 'hit'} nothing that matters")
    shot = swarm.intercepted + swarm.harmless_shot
    if shot:
        idle = f" ({_idle(swarm.harmless_shot, shot)} would have hit nothing)" if swarm.harmless_shot else ""
        parts.append(f"{shot:,} {'is' if shot == 1 else 'are'} intercepted{idle}")
    parts.append(
        f"{swarm.through:,} {'gets' if swarm.through == 1 else 'get'} through" if swarm.through else "none gets through"
    )
    return parts


def _joined(parts: Sequence[str]) -> str:
    """Parts in a row; what follows "of which" follows it without a comma."""
    text = parts[0]
    for at, part in enumerate(parts[1:], 1):
        text += (" " if parts[at - 1].endswith("of which") else ", ") + part
    return text


def _toll(tell: Narrator, raid: Raid) -> str:
    """Who died and what the striker lost."""
    soils = [soil for soil in raid.soils if people(soil.deaths) != "nobody"] or raid.soils[:1]
    dead = listed([_dead(tell, soil) for soil in soils])
    lost = [counted(each.downed, tell.arm(raid.striker, each.arm)) for each in raid.flights if each.downed]
    lost += [f"{people(raid.soldiers)} of its own soldiers and crews"] if people(raid.soldiers) != "nobody" else []
    price = f"; {tell.sides[raid.striker]} loses {listed(lost)}" if lost else ""
    return f"{capital(dead)}{price}."


def _dead(tell: Narrator, soil: Soil) -> str:
    """Who died on one soil: "12 Israelis die", "12 people die in Israel" where its people have no name."""
    count, where = people(soil.deaths), f" in {tell.sides[soil.side]}"
    called = tell.scenario.sides[tell.names.sides[soil.side]].people
    many = f"{count} people die{where}" if called is None else f"{count} {called} die"
    one = f"1 person dies{where}" if called is None else f"one of the {called} dies"
    return {"nobody": f"nobody dies{where if called is None else ''}", "1": one}.get(count, many)


def counted(count: int, name: str) -> str:
    """So many units of an arm, whose name is a plural."""
    return f"1 of its {name}" if count == 1 else f"{count:,} {name}"


def _idle(harmless: int, shot: int) -> str:
    """Which of the objects shot down were harmless."""
    if shot == harmless:
        return "it" if shot == 1 else "all of them"
    return f"{harmless:,} of them"


def _interceptors(tell: Narrator, raid: Raid) -> Iterator[str]:
    """Interceptors used, by layer; which layers are empty now, which partners stay out."""
    for soil in raid.soils:
        used = [
            (use.used, tell.layer(use.owner, use.layer)) for use in raid.layers if use.used and use.owner == soil.side
        ]
        if used:
            by_layer = listed([f"{count:,} of {name}" for count, name in used]) if len(used) > 1 else used[0][1]
            count = sum(number for number, _ in used)
            total = "1 interceptor" if count == 1 else f"{count:,} interceptors"
            yield f"{tell.sides[soil.side]} uses {total}: {by_layer}."
    for use in raid.layers:
        name = tell.layer(use.owner, use.layer)
        layer = tell.world.layers[use.owner, use.layer]
        if not use.takes_part:
            if raid.opens:
                yield f"{capital(name)}: the partner stays out of this quarrel."
        elif not use.works:
            yield f"{capital(name)}: out of service for this raid."
        elif use.used and use.before - use.used - layer["reserve"] < layer["shots"]:
            yield f"{capital(name)}: nothing left to fire."


def _night(tell: Narrator, raid: Raid) -> Iterator[str]:
    """That a whole shield has a good or a bad night, where it fires and that makes a difference."""
    for soil in raid.soils:
        fires = any(use.used for use in raid.layers if use.owner == soil.side)
        truth = next(lesson.truth for lesson in raid.lessons if lesson.owner == soil.side)
        tonight, usual = stops(soil.night), stops(truth)
        if fires and abs(tonight - usual) >= NOTABLE:
            kind = "good" if tonight > usual else "bad"
            shield = "the whole shield" if len(raid.soils) == 1 else f"the whole shield of {tell.sides[soil.side]}"
            yield f"It is a {kind} night for {shield}: it stops {tonight} of 100 where it should stop {usual}."


def _might_have_been(tell: Narrator, raid: Raid) -> Iterator[str]:
    """What the same salvo would have done behind the baseline's protection, where that is another number."""
    here, there = people(raid.deaths), people(raid.calm_deaths)
    if tell.without is not None and here != there and max(raid.deaths, raid.calm_deaths) >= 0.5:
        yield f"By the same salvo {tell.without} {there} would have died."
