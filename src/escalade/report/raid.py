"""A raid in words: what gets through, the three losses apart, what was used and what it cost; and as JSON values."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from escalade.quantities import shown
from escalade.raid.answer import RaidAnswer, together
from escalade.raid.count import Losses, RaidCount
from escalade.raid.distribution import Distribution
from escalade.raid.named import Given, plural
from escalade.raid.requirements import BreakingPoint, CostExchange, Goal, Requirement, Sweep
from escalade.report.tables import WIDTH, Row, Section, Table, text

BARS, BAR = 10, 36
"""Most bars of a chart, and the length of the longest one."""

NOTHING = "-"


def as_text(answer: RaidAnswer) -> str:
    """Everything as lines of at most 80 columns."""
    count = answer.count
    parts = [
        _filled(answer.title),
        *(_filled(line) for line in _asked(answer)),
        _filled(headline(count)),
        chart(count.total),
    ]
    parts += [text(loss_table(name, loss)) for name, loss in count.losses.items()]
    parts += [text(layer_table(count)), *_costs(answer)]
    if answer.swept is not None:
        parts.append(text(sweep_table(answer.swept, answer.goal)))
    parts.append("\n".join(basis(answer.given, answer.supposed, answer.ends)))
    parts += [_filled(idle(answer.count)), _filled(answer.origin)]
    return "\n\n".join(part for part in parts if part)


def headline(count: RaidCount) -> str:
    """How many get through, in one sentence, and how that is known."""
    launched = sum(loss.launched for loss in count.losses.values())
    low, high = count.total.interval()
    spread = f"(90 % range {low:,} to {high:,})" if low < high else f"({low:,} in nearly every raid)"
    none = count.total.at_most(0)
    clear = f"; in {shown(none, 'share')} of 100 raids none does" if none > 5e-5 else ""
    how = "Computed, not sampled." if not count.draws else f"From {count.draws:,} drawn raids: too large to compute."
    mean = shown(count.total.mean, "count")
    return f"Of {_whole(launched)} launched, {mean} get through on average {spread}{clear}. {how}"


def chart(distribution: Distribution) -> str:
    """The distribution as bars: so many of 100 raids."""
    low, high = distribution.quantile(0.001), distribution.quantile(0.999)
    step = distribution.step * _round_up((high - low) / distribution.step / BARS)
    first = step * (low // step)
    edges = list(range(first, high + 1, step))
    shares = [distribution.at_most(edge + step - 1) - distribution.at_most(edge - 1) for edge in edges]
    names = [f"{edge:,}" if step == 1 else f"{edge:,} to {edge + step - 1:,}" for edge in edges]
    width = max(len(name) for name in [*names, "get through"])
    lines = [f"{'get through':>{width}}  of 100 raids"]
    for name, share in zip(names, shares, strict=True):
        bar = "#" * round(BAR * share / max(shares))
        lines.append(f"{name:>{width}}  {shown(share, 'share'):>5}  {bar}".rstrip())
    return "\n".join(lines)


def _round_up(step: float) -> int:
    """The next of 1, 2, 5, 10, 20, 50 ..."""
    return next(int(base * 10**power) for power in range(9) for base in (1, 2, 5) if base * 10**power >= step)


def loss_table(threat_class: str, loss: Losses) -> Table:
    """What becomes of everything launched of one class; the three losses apart, each with its denominators."""
    harmless = loss.intercepted - loss.stopped
    of = {"launched": loss.launched, "arrived": loss.arrived, "threatening": loss.threatening}

    def row(name: str, number: float, *denominators: str) -> Row:
        shares = [_share(number, of[total]) if total in denominators else NOTHING for total in of]
        return Row((name, shown(number, "count"), *shares))

    rows = [row("failed in flight", loss.failed, "launched")]
    if loss.left_alone > 0.0 or loss.threatening < loss.arrived:
        rows.append(row("left alone, would hit nothing", loss.left_alone, "launched", "arrived"))
    rows.append(row("intercepted", loss.stopped, *of))
    if harmless > 5e-4:
        rows.append(row("intercepted, though harmless", harmless, "launched", "arrived"))
    rows.append(row("got through", loss.got_through, *of))
    title = f"What becomes of {_whole(loss.launched)} {plural(threat_class)} launched (expected numbers)"
    heads = ("", "number", *(f"of 100 {total}" for total in of))
    return Table(title, heads, (Section("", tuple(rows)),))


def layer_table(count: RaidCount) -> Table:
    """What each layer used and did, in the order in which threats meet them."""
    rows = []
    for layer in count.raid.layers:
        used, stopped = count.used[layer.name], count.stopped[layer.name]
        low, high = used.interval()
        stock = "endless" if np.isinf(layer.stock) else f"{int(layer.stock):,}"
        rate = _share(stopped, used.mean / layer.shots)
        price = shown(used.mean * layer.unit_cost, "dollars") if layer.unit_cost > 0.0 else NOTHING
        cells = (shown(used.mean, "count"), f"{low:,}", f"{high:,}", stock, shown(stopped, "count"), rate)
        rows.append(Row((layer.name, *cells, shown(count.refused[layer.name], "share"), price)))
    heads = ("", "used", "90 % from", "to", "of a stock of", "stopped", "of 100 engaged", "ran short", "US dollars")
    caption = (
        "Of 100 engaged: threats stopped of 100 tries, each of so many shots. Ran short: had to leave something alone "
        "for want of interceptors or of channels, in so many of 100 raids."
    )
    return Table("Interceptors", heads, (Section("", tuple(rows)),), caption)


def idle(count: RaidCount) -> str:
    """Says so where a layer engages nothing of what is launched; empty where every layer does."""
    names = [
        layer.name for layer in count.raid.layers if not any(layer.kill.get(c, 0.0) > 0.0 for c in count.raid.classes)
    ]
    return f"{together(names)} cannot engage anything of what is launched." if names else ""


def _costs(answer: RaidAnswer) -> list[str]:
    """Price of both sides, and at the margin."""
    count = answer.count
    if count.attack_cost <= 0.0 or count.defence_cost <= 0.0:
        return []
    prices = (
        f"The interceptors used cost {_dollars(count.defence_cost)} US dollars, what was launched "
        f"{_dollars(count.attack_cost)}: {shown(count.defence_cost / count.attack_cost, 'count')} to 1."
    )
    return [_filled(" ".join([prices, *(_exchange(one) for one in answer.exchange if one.defence > 0.0)]))]


def _exchange(one: CostExchange) -> str:
    ratio = "" if one.ratio is None else f": a cost-exchange ratio of {shown(one.ratio, 'count')}"
    return (
        f"One more of the {one.threat}, met like the others, costs the defence {_dollars(one.defence)} and the attack "
        f"{_dollars(one.attack)}{ratio}."
    )


def _asked(answer: RaidAnswer) -> list[str]:
    """Answers to the inverse questions."""
    found = [] if answer.needed is None else [needed_sentence(answer.needed)]
    return found if answer.breaks is None else [*found, breaks_sentence(answer.breaks)]


def needed_sentence(needed: Requirement) -> str:
    """How many interceptors are needed."""
    goal, chance = _goal(needed.goal), shown(needed.chance, "share")
    if needed.stock is None:
        return f"No stock of {needed.layer} is enough: even with endless interceptors, {goal} in {chance} of 100 raids."
    if needed.stock == 0:
        return f"{needed.layer} needs no interceptors: without any {goal} in {chance} of 100 raids."
    return f"{needed.layer} needs {needed.stock:,} interceptors: with them {goal} in {chance} of 100 raids."


def breaks_sentence(breaks: BreakingPoint) -> str:
    """At which raid size the shield breaks."""
    chance = shown(breaks.chance, "share")
    more = f"more than {breaks.goal.at_most:,} get through"
    if breaks.launched is None:
        return f"The shield does not break: at 10,000 {breaks.threat} {more} in {chance} of 100 raids."
    return f"The shield breaks at {breaks.launched:,} {breaks.threat}: then {more} in {chance} of 100 raids."


def _goal(goal: Goal) -> str:
    return "nothing gets through" if goal.at_most == 0 else f"no more than {goal.at_most:,} get through"


def sweep_table(swept: Sweep, goal: Goal) -> Table:
    """A row for each value."""
    rows = []
    for value, count in zip(swept.values, swept.counts, strict=True):
        low, high = count.total.interval()
        used = sum(one.mean for one in count.used.values())
        numbers = (shown(count.total.mean, "count"), f"{low:,}", f"{high:,}", shown(goal.chance(count), "share"))
        price = shown(count.defence_cost, "dollars") if count.defence_cost > 0.0 else NOTHING
        rows.append(Row((f"{value:,g}", *numbers, shown(used, "count"), price)))
    head = f"{swept.what}, {swept.of}" if swept.what != "threats" else swept.of
    limit = "none, of 100" if goal.at_most == 0 else f"at most {goal.at_most:,}, of 100"
    heads = (head, "got through", "90 % from", "to", limit, "interceptors", "their price")
    return Table("The same raid", heads, (Section("", tuple(rows)),))


def basis(given: Sequence[Given], supposed: Sequence[str], ends: tuple[float, float] | None) -> list[str]:
    """Sources and assumptions, one a line or paragraph."""
    lines = ["Sources and assumptions"] if given or supposed else []
    for one in given:
        lines += textwrap.wrap(
            f"{one.of}: {one.what}: {one.value}; {one.basis}", WIDTH, initial_indent="- ", subsequent_indent="  "
        )
    if ends is not None:
        low, high = (shown(value, "count") for value in ends)
        words = f"With every kill probability of a figure at its low end {low} get through, at its high end {high}."
        lines += textwrap.wrap(words, WIDTH, initial_indent="- ", subsequent_indent="  ")
    if supposed:
        words = f"Taken as given, as it was not told: {'; '.join(supposed)}."
        lines += textwrap.wrap(words, WIDTH, initial_indent="- ", subsequent_indent="  ")
    return lines


def as_data(answer: RaidAnswer) -> dict[str, Any]:
    """The same as plain JSON values; ids as in ``raid.quantities``."""
    data: dict[str, Any] = {"title": answer.title, **_count_data(answer.count)}
    data["cost_exchange"] = {one.threat: one.ratio for one in answer.exchange}
    if answer.needed is not None:
        needed = answer.needed
        data["needed"] = {"layer": needed.layer, "stock": needed.stock, "chance": needed.chance} | asdict(needed.goal)
    if answer.breaks is not None:
        breaks = answer.breaks
        data["breaks_at"] = {"threat": breaks.threat, "launched": breaks.launched, "chance": breaks.chance}
        data["breaks_at"] |= asdict(breaks.goal)
    if answer.swept is not None:
        swept = answer.swept
        points = [{"value": v} | _count_data(c) for v, c in zip(swept.values, swept.counts, strict=True)]
        data["sweep"] = {"what": swept.what, "of": swept.of, "points": points}
    data["got_through_by_figures"] = (
        None if answer.ends is None else dict(zip(("low", "high"), answer.ends, strict=True))
    )
    data["origin"] = answer.origin
    data["given"], data["supposed"] = [asdict(one) for one in answer.given], list(answer.supposed)
    return data


def _count_data(count: RaidCount) -> dict[str, Any]:
    return {
        "method": "drawn" if count.draws else "computed",
        "draws": count.draws,
        "got_through": distribution_data(count.total),
        "by_class": {name: distribution_data(one) for name, one in count.leakers.items()},
        "losses": {name: asdict(loss) | {"arrived": loss.arrived} for name, loss in count.losses.items()},
        "used": {name: distribution_data(one) for name, one in count.used.items()},
        "stopped": dict(count.stopped),
        "refused": dict(count.refused),
        "attack_cost": count.attack_cost,
        "defence_cost": count.defence_cost,
    }


def distribution_data(distribution: Distribution) -> dict[str, Any]:
    """Mean, 90 % range and every chance above one in a thousand million."""
    low, high = distribution.interval()
    chances = zip(distribution.counts, distribution.chance, strict=True)
    return {
        "mean": distribution.mean,
        "low": low,
        "high": high,
        "chances": {str(int(count)): float(chance) for count, chance in chances if chance > 1e-9},
    }


def _share(number: float, of: float) -> str:
    return shown(number / of, "share") if of > 0.0 else NOTHING


def _dollars(value: float) -> str:
    return shown(value, "dollars")


def _whole(number: float) -> str:
    return f"{number:,.0f}" if number == round(number) else f"{number:,.1f}"


def _filled(words: str) -> str:
    return textwrap.fill(words, WIDTH)
