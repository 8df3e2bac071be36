"""When an effect turns, in sentences: conditions, turning points, what matters most, how far it hangs on priors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from escalade.analysis.boxes import FEWEST, FIRM, Limit, Search
from escalade.analysis.priors import Tilt, Weighing, prevailing
from escalade.analysis.turns import Turns
from escalade.quantities import UNIT_WORDS, Quantity, Unit, shown
from escalade.report.amounts import capital, whole_shares
from escalade.report.inputs import plain
from escalade.report.sentence import Sentence
from escalade.scenario.inputs import Input, inputs
from escalade.scenario.numbers import OneOf

if TYPE_CHECKING:
    from escalade.scenario import Scenario

SETS = "sets of assumptions"

BOX = "{Direction} in {density} of 100 sets of assumptions where {limits}; in {base} of 100 of all sets."
BOX_MORE = (
    "These are {mass} of 100 sets, with {coverage} of 100 of those that have {direction}; "
    "in sets that were not looked at expect it in {promised} of 100. "
    "In samples drawn anew the same conditions come back in {again} of 100."
)
RARE = "{Direction} is too rare to look for its conditions: in {base} of 100 sets of assumptions."
NEARLY = "{Direction} nearly everywhere: in {base} of 100 sets of assumptions, whatever the other inputs are."
NO_BOX = "No conditions on up to three inputs tell where there is {direction} better than chance would."
POINT = (
    "Taken alone, {input} turns the expected effect from {below} to {above} at about {at} "
    "(90 % interval {low} to {high})."
)
NO_POINT = "No single input that matters turns the sign of the expected effect."
MATTERS = "{Inputs} explains {share} of 100 parts of the spread of the effect over sets of assumptions."
MATTERS_AND = (
    "{Inputs} explains {share} of 100 parts of the spread of the effect over sets of assumptions; next is {next} with "
    "{second}."
)
NOTHING_MATTERS = (
    "No single input explains more of the spread of the effect than chance would: none of {inputs} can be told "
    "from chance."
)
HALF_SAME = "With any one of {ranges} ranges at half width the verdict stays the same."
HALF_OTHER = "Of {ranges} ranges, {changing} would change the verdict at half width: {named}."
ALL_SAME = "With all ranges at half width the verdict stays the same."
ALL_OTHER = "With all ranges at half width: more in {more}, less in {less}, neither in {neither} of 100 sets."
ALL_NONE = "With all ranges at half width together no set of assumptions is left that could tell."
ALL_FEW = "With all ranges at half width together too few sets are left to tell (worth {effective})."
RECORD_OFF = (
    "Without the record of past crises: more in {more}, less in {less}, neither in {neither} of 100 sets; "
    "with it {more_now}, {less_now} and {neither_now}."
)
TILT = (
    "{Now} prevails; the smallest tilt of one input after which it is {to} moves the mean of {input} "
    "by {shift} of its standard deviations, from {before} to {after}."
)
NO_TILT = "{Now} prevails, and no tilt of one input by up to two of its standard deviations changes that."
MOST_NAMED = 3


@dataclass(frozen=True)
class Told:
    """What sentences about turns need: the result, its quantity, and the inputs by key."""

    found: Turns
    quantity: Quantity
    inputs: Mapping[str, Input]

    @property
    def unit(self) -> Unit:
        """What the effect is counted in."""
        return "count" if self.quantity.crisis is None else self.quantity.crisis.unit

    @property
    def per(self) -> str:
        """What the effect is counted per."""
        return "in 100 crises" if self.unit == "share" else f"{UNIT_WORDS[self.unit]} per crisis"

    @property
    def directions(self) -> tuple[str, str]:
        """What more and less of the outcome are called."""
        if self.quantity.id == "war":
            return "more war", "less war"
        return f'more of "{self.quantity.name}"', f'less of "{self.quantity.name}"'

    def effect(self, value: float) -> str:
        """An effect with its sign."""
        return shown(value, self.unit, signed=True)

    def name(self, key: str) -> str:
        """An input in words: "calm after a quiet night (Iran)"."""
        item = self.inputs[key]
        return lowered(item.label) + (f" ({item.subject})" if item.subject else "")

    def amount(self, key: str, value: float) -> str:
        """A value of an input with its unit; bare numbers for shares and the like."""
        unit = self.inputs[key].unit
        bare = not unit or unit.split()[0] in ("share", "probability", "ratio")
        return plain(float(f"{value:.3g}")) + ("" if bare else f" {unit}")


def told(found: Turns, scenario: Scenario, quantity: Quantity) -> Told:
    """What sentences need; ``quantity`` is the outcome."""
    return Told(found, quantity, {item.key: item for item in inputs(scenario)})


def lowered(label: str) -> str:
    """A label inside a sentence: its first letter small, unless the word is an abbreviation."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def limit_words(of: Told, limit: Limit) -> str:
    """One condition: "calm after a quiet night (Iran) is at least 0.38"."""
    name = of.name(limit.key)
    if limit.kept:
        spec = of.inputs[limit.key].spec
        order = spec.values if isinstance(spec, OneOf) else limit.kept
        return f"{name} is {' or '.join(of.amount(limit.key, value) for value in order if value in limit.kept)}"
    if limit.low is not None:
        return f"{name} is at least {of.amount(limit.key, limit.low)}"
    return f"{name} is at most {of.amount(limit.key, limit.high or 0.0)}"


def box_sentence(of: Told, more: bool) -> Sentence:
    """Where there is more (or less) of the outcome, or why no conditions are told."""
    search, direction = (of.found.more if more else of.found.less), of.directions[not more]
    words = {"Direction": capital(direction), "direction": direction, "base": hundred(search.base)}
    opens = dict.fromkeys(("base", "density", "mass", "coverage", "promised", "again"), "run.box")
    if search.box is None:
        return Sentence(_without_box(search), words, opens)
    limits = " and ".join(limit_words(of, limit) for limit in search.box.limits)
    return Sentence(BOX, {**words, "density": hundred(search.box.density), "limits": limits}, opens)


def box_details(of: Told, more: bool) -> Sentence | None:
    """How large and how sure the box is; None without one."""
    box = (of.found.more if more else of.found.less).box
    if box is None:
        return None
    words = {
        "direction": of.directions[not more],
        "mass": hundred(box.mass),
        "coverage": hundred(box.coverage),
        "promised": hundred(box.promised),
        "again": hundred(min(limit.again for limit in box.limits)),
    }
    return Sentence(BOX_MORE, words, dict.fromkeys(words.keys() - {"direction"}, "run.box"))


def _without_box(search: Search) -> str:
    if search.base < FEWEST:
        return RARE
    return NEARLY if search.base > 1 - FEWEST else NO_BOX


def first_line(of: Told) -> tuple[Sentence, ...]:
    """When it turns, for the first screen: firm conditions, else turning points, else that there are none."""
    firm = [
        box_sentence(of, more)
        for more, search in ((True, of.found.more), (False, of.found.less))
        if search.box is not None and min(limit.again for limit in search.box.limits) >= FIRM
    ]
    if firm:
        return tuple(firm)
    if of.found.points:
        return tuple(point_sentences(of)[:1])
    return (Sentence(NOTHING_FIRM, {"inputs": str(of.found.inputs)}, {"inputs": "run.box"}),)


NOTHING_FIRM = "No conditions that hold firmly were found among {inputs} inputs."


def point_sentences(of: Told) -> list[Sentence]:
    """Turning points, or that there is none."""
    if not of.found.points:
        return [Sentence(NO_POINT, {})]
    opens = dict.fromkeys(("at", "low", "high"), "run.turning")
    made = []
    for point in of.found.points:
        more, less = of.directions
        below, above = (more, less) if point.below > 0 else (less, more)
        values = {name: of.amount(point.key, getattr(point, name)) for name in ("at", "low", "high")}
        values["low"] = plain(float(f"{point.low:.3g}"))
        made.append(Sentence(POINT, {"input": of.name(point.key), "below": below, "above": above, **values}, opens))
    return made


def matters_sentence(of: Told) -> Sentence:
    """What matters most, or that nothing can be told from chance."""
    clear = [matter for matter in of.found.matters.matters if matter.clear]
    opens = dict.fromkeys(("share", "second", "inputs"), "run.matters")
    if not clear:
        return Sentence(NOTHING_MATTERS, {"inputs": str(of.found.inputs)}, opens)
    words = {"Inputs": capital(of.name(clear[0].key)), "share": hundred(clear[0].share)}
    if len(clear) == 1:
        return Sentence(MATTERS, words, opens)
    return Sentence(MATTERS_AND, words | {"next": of.name(clear[1].key), "second": hundred(clear[1].share)}, opens)


def priors_sentences(of: Told) -> list[Sentence]:
    """How far the answer hangs on priors, question by question."""
    return [*_half_sentences(of), *_record_sentences(of), _tilt_sentence(of)]


def _half_sentences(of: Told) -> list[Sentence]:
    base, half = of.found.priors.base, of.found.priors.of("half")
    if not half:
        return []
    opens = dict.fromkeys(("ranges", "changing", "more", "less", "neither", "effective"), "run.weighing")
    changing = [each for each in half if each.verdict is not base.verdict]
    words = {"ranges": str(len(half)), "changing": str(len(changing))}
    named = "; ".join(of.name(each.key) for each in changing[:MOST_NAMED])
    rest = f"; and {len(changing) - MOST_NAMED} others" if len(changing) > MOST_NAMED else ""
    said = [Sentence(HALF_OTHER if changing else HALF_SAME, words | {"named": named + rest}, opens)]
    together = of.found.priors.of("half all")
    if len(half) > 1 and not together:
        said.append(Sentence(ALL_NONE, {}))
    for every in together:
        template = ALL_FEW if not every.enough else ALL_SAME if every.verdict is base.verdict else ALL_OTHER
        said.append(Sentence(template, _shares(every) | {"effective": plain(float(f"{every.effective:.2g}"))}, opens))
    return said


def _record_sentences(of: Told) -> list[Sentence]:
    now = {f"{name}_now": size for name, size in _shares(of.found.priors.base).items()}
    made = [_shares(off) | now for off in of.found.priors.of("record off")]
    return [Sentence(RECORD_OFF, words, dict.fromkeys(words, "run.weighing")) for words in made]


def _shares(weighing: Weighing) -> dict[str, str]:
    shares = weighing.shares
    return dict(
        zip(
            ("more", "less", "neither"),
            map(str, whole_shares([shares.raises, shares.lowers, shares.neither])),
            strict=True,
        )
    )


def _tilt_sentence(of: Told) -> Sentence:
    tilts = of.found.priors.tilts
    now = prevailing_words(of, prevailing(of.found.priors.base.shares))
    if not tilts:
        return Sentence(NO_TILT, {"Now": capital(now)})
    first = tilts[0]
    words = {
        "Now": capital(now),
        "to": prevailing_words(of, first.to),
        "input": of.name(first.key),
        "shift": shift_words(first),
        "before": plain(float(f"{first.before:.3g}")),
        "after": of.amount(first.key, first.after),
    }
    return Sentence(TILT, words, dict.fromkeys(("shift", "before", "after"), "run.tilt"))


def prevailing_words(of: Told, name: str) -> str:
    """What prevails, in words."""
    more, less = of.directions
    return {"more": more, "less": less}.get(name, "too close to tell")


def shift_words(tilt: Tilt) -> str:
    """Size of a tilt with its sign."""
    return f"{tilt.shift:+.2f}"


def hundred(share: float) -> str:
    """A share as so many of 100."""
    return str(round(100 * share))


def sentences(of: Told) -> list[str]:
    """Everything that is said, in order."""
    boxes: list[str] = []
    for more in (True, False):
        boxes += [said for said in (box_sentence(of, more), box_details(of, more)) if said is not None]
    return [*boxes, *point_sentences(of), matters_sentence(of), *priors_sentences(of)]
