"""The first screen: question, verdict, how high the risks are, and what stands behind it, in text and dots only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from escalade.quantities import Clock
from escalade.report import figures
from escalade.report.amounts import scale, whole_shares, years
from escalade.report.answer import as_text, unfinished
from escalade.report.citations import citations
from escalade.report.figure import Figure, Panel
from escalade.report.findings import Findings
from escalade.report.screen_lines import lines
from escalade.report.section import Section
from escalade.report.sentence import Sentence
from escalade.report.sentences import LABELS

if TYPE_CHECKING:
    from markupsafe import Markup

WORLDS, MOVES = "Every set of assumptions, one dot", "Who moves first, in 100 crises"
"""Titles of two pictures."""


@dataclass(frozen=True)
class Share:
    """One part of the bar of three shares: its style, its size of 100, its words, the note of its number."""

    kind: str
    size: int
    words: str
    key: str


@dataclass(frozen=True)
class Level:
    """A number of cases under one policy, with its picture."""

    kind: figures.Kind
    count: str
    words: str
    key: str
    picture: Markup


@dataclass(frozen=True)
class Cases:
    """A hundred crises, or periods, with the policy and without it."""

    title: str
    levels: tuple[Level, ...]


@dataclass(frozen=True)
class Worlds:
    """Every set of assumptions as a dot."""

    title: str
    picture: Markup
    less: str
    unit: str
    more: str
    caption: str


@dataclass(frozen=True)
class Action:
    """A button: what it is called, what its box says, the command in the box, and texts to be copied."""

    id: str
    name: str
    what: str
    command: str
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pair:
    """Another outcome of a crisis under both policies, of 100."""

    name: str
    key: str
    one: str
    other: str
    picture: Markup


def section(found: Findings) -> Section:
    """The first screen of any run that has an answer."""
    headline, crises, dots, moves = found.said.headline, cases(found), worlds(found), pairs(found)
    shown = {
        "question": found.scenario.question,
        "unfinished": found.at_work or unfinished(found.run),
        "alone": () if headline else found.said.sentences,
        "headline": headline,
        "shares": shares(found),
        "cases": crises,
        "worlds": dots,
        "lines": lines(found),
        "pairs": moves,
        "titles": (WORLDS, MOVES),
        "kinds": _details(found, LABELS),
        "phrases": [found.words.policies[name] for name in found.both],
        "plain": as_text(found.run, found.said),
        "actions": actions(found),
    }
    return Section("screen", "", shown, tuple(pictures(found, crises, dots, moves)))


def pictures(found: Findings, crises: Cases | None, dots: Worlds | None, moves: Sequence[Pair]) -> Iterator[Figure]:
    """The pictures of the first screen, each to stand alone."""
    phrases = tuple(found.words.policies[name] for name in found.both)
    if crises is not None:
        panels = tuple(Panel(f"{level.count} of 100: {level.words}", level.picture) for level in crises.levels)
        yield Figure("cases", crises.title, panels, f"Mean over {found.comparison.candidates:,} sets of assumptions.")
    if dots is not None:
        ends = f"Left of the line: {dots.less}. Right of it: {dots.more}. {dots.caption}"
        yield Figure("sets-of-assumptions", WORLDS, (Panel(dots.title, dots.picture),), ends)
    if moves:
        panels = tuple(Panel(f"{pair.name}: {pair.one} and {pair.other}", pair.picture) for pair in moves)
        yield Figure("first-moves", MOVES, panels, "Of 100 crises; mean over sets of assumptions.", phrases)


def actions(found: Findings) -> list[Action]:
    """What a reader may want to do with the answer: a command for each, in the folder of the report."""
    cited = citations(found.run)
    sources = f"The software, the run and its {len(cited.sources)} sources, each with what it is used for:"
    return [
        Action(
            "figures",
            "Figures",
            "Every picture of this report, with caption, source and conditions inside; one picture says it all:",
            "escalade export . --figures svg,png",
        ),
        Action(
            "data",
            "Data",
            "Everything compared and all sets of assumptions, with a dictionary of the columns:",
            "escalade export . --tables csv,parquet,json",
        ),
        Action(
            "lab",
            "Open in the lab",
            "A page in which assumptions are narrowed and levers moved; with --static FILE it is one file for tablets:",
            "escalade lab .",
        ),
        Action("cite", "Cite", sources, "escalade cite . --bibtex", (f"{cited.software}.", f"{cited.run}.")),
    ]


def _details(found: Findings, *templates: str) -> list[str]:
    """The headline's details that are made from these templates."""
    details = found.said.headline.details if found.said.headline else ()
    return [said for said in details if isinstance(said, Sentence) and said.template in templates]


def shares(found: Findings) -> list[Share]:
    """The three shares of the bar, which add up to 100."""
    if found.pair is None or found.pair.worlds is None:
        return []
    worlds = found.pair.worlds
    more, less, close = whole_shares([worlds.raises, worlds.lowers, worlds.neither])
    words = ("less likely", "more likely") if found.comparison.outcome.id == "war" else ("lower", "higher")
    return [
        Share("less", less, words[0], "run.lowers"),
        Share("close", close, "too close to tell", "run.neither"),
        Share("more", more, words[1], "run.raises"),
    ]


def cases(found: Findings) -> Cases | None:
    """The headline outcome in a hundred crises; in a hundred periods where it has no crises."""
    outcome = found.comparison.outcome
    answers = [found.comparison.policies[name] for name in found.both]
    crisis = [answer.crisis[outcome.id].posterior.mean for answer in answers if outcome.id in answer.crisis]
    period = [answer.period[outcome.id].mean for answer in answers if outcome.id in answer.period]
    if outcome.crisis is not None and len(crisis) == len(found.both):
        return _cases(found, "crisis", "A hundred crises", crisis)
    if outcome.period is not None and len(period) == len(found.both):
        return _cases(found, "period", f"A hundred times {years(found.comparison.years)}", period)
    return None


def _cases(found: Findings, clock: Clock, title: str, values: Sequence[float]) -> Cases | None:
    outcome = found.comparison.outcome
    measure = outcome.on(clock)
    if measure is None or measure.unit != "share" or measure.denominator or scale(values) > 100:
        return None
    levels = []
    for policy, value, kind in zip(found.both, values, ("with", "without"), strict=False):
        count, words = round(100 * min(1.0, max(0.0, value))), f"{outcome.name} {found.words.policies[policy]}"
        picture = figures.cases(count, "with" if kind == "with" else "without", f"{count} of 100: {words}")
        levels.append(
            Level("with" if kind == "with" else "without", str(count), words, f"{clock}.{outcome.id}", picture)
        )
    same_luck = ", the same luck twice" if len(levels) == 2 and clock == "period" else ""
    return Cases(title + same_luck, tuple(levels))


def worlds(found: Findings) -> Worlds | None:
    """The effect of the policy per crisis under every set of assumptions."""
    comparison, pair = found.comparison, found.pair
    outcome = comparison.outcome
    if pair is None or pair.effects is None or outcome.crisis is None:
        return None
    share = outcome.crisis.unit == "share"
    factor, unit = (100.0, "in 100 crises") if share else (1.0, "per crisis")
    war = outcome.id == "war"
    less, more = ("fewer wars", "more wars") if war else ("lower", "higher")
    margin = comparison.margin["crisis"] * factor
    title = f"Change of {outcome.name} {unit} under every set of assumptions."
    picture = figures.worlds(pair.effects * factor, comparison.weight, margin, unit, title)
    caption = (
        f"Each dot is a hundredth of the weight of {comparison.candidates:,} sets of assumptions. "
        f"Shaded: a difference of at most {figures.signed(margin).lstrip('+')} {unit}, too close to tell."
    )
    return Worlds(title, picture, less, unit, more, caption)


def pairs(found: Findings) -> list[Pair]:
    """Who strikes first and who backs down, where it happens at all."""
    if len(found.both) < 2:
        return []
    answers = [found.comparison.policies[name].crisis for name in found.both]
    made = []
    for quantity in found.comparison.quantities.values():
        if not quantity.id.startswith(("first_strike.", "yield.")) or not all(quantity.id in each for each in answers):
            continue
        values = [100 * each[quantity.id].posterior.mean for each in answers]
        if max(values) < 0.5:
            continue
        one, other = (f"{value:.0f}" for value in values)
        title = f"{quantity.name}: {one} of 100 crises with, {other} without."
        picture = figures.two_levels(values[0], values[1], 100.0, title)
        made.append(Pair(quantity.name, f"crisis.{quantity.id}", one, other, picture))
    return made
