"""A campaign in words: when stocks run out, what gets through day by day, and a curve; and as JSON values."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

from escalade.quantities import shown
from escalade.raid.answer import together
from escalade.raid.campaign import Campaign, CampaignCount, Day, limited
from escalade.raid.named import Given
from escalade.report.raid import BAR, basis, distribution_data
from escalade.report.tables import WIDTH, Row, Section, Table, text

ABREAST = 3
"""Layers that stand side by side in one table."""


def as_text(count: CampaignCount, given: Sequence[Given], supposed: Sequence[str]) -> str:
    """Everything as lines of at most 80 columns."""
    parts = [_filled(title(count.campaign)), "\n".join(map(_filled, reserve_sentences(count)))]
    parts += [_filled(total_sentence(count)), curve(count), text(day_table(count)), *map(text, stock_tables(count))]
    parts.append("\n".join(basis(given, supposed, None)))
    return "\n\n".join(part for part in parts if part)


def title(campaign: Campaign) -> str:
    """What meets what, and for how long."""
    out = together([f"{threat.launched:,} {threat.name}" for threat in campaign.raid.threats])
    layers = together([layer.name for layer in campaign.raid.layers])
    days = f"{campaign.days:,} days" if campaign.days != 1 else "one day"
    return f"{out} a day for {days} against {layers}"


def reserve_sentences(count: CampaignCount) -> list[str]:
    """For every layer of finite stock, the first day on which it refuses for want of interceptors."""
    return [f"{layer.name}: {reserve_words(count, layer.name)}." for layer in limited(count.campaign)]


def reserve_words(count: CampaignCount, layer: str) -> str:
    """``empty on day 6 (5 to 9)``: the median and the 90 % range of the day of reserve."""
    days = count.campaign.days
    early, middle, late = (count.reserve_day(layer, share) for share in (0.05, 0.5, 0.95))
    chance = float(count.reserve[layer].sum())
    if middle is None:
        if early is None:
            return f"lasts {days:,} days in {shown(1.0 - chance, 'share')} of 100 campaigns"
        return (
            f"empty within {days:,} days in {shown(chance, 'share')} of 100 campaigns, at the earliest on day {early}"
        )
    spread = f"{early} to {late if late is not None else 'later'}"
    return f"empty on day {middle}" + (f" ({spread})" if early != late else "")


def total_sentence(count: CampaignCount) -> str:
    """Everything launched and what of it gets through, in all."""
    launched = sum(sum(day.launched.values()) for day in count.days)
    deaths = f" and kill {shown(count.deaths, 'deaths')} people" if count.deaths > 0.0 else ""
    how = "Computed, not sampled." if not count.draws else f"From {count.draws:,} drawn campaigns."
    return (
        f"In all {launched:,} are launched; {shown(count.leakers, 'count')} get through{deaths} on average. Empty "
        f"means: the first day on which a layer has to refuse for want of interceptors. {how}"
    )


def curve(count: CampaignCount) -> str:
    """What gets through day by day, as bars."""
    most = max([day.leakers.mean for day in count.days] + [1e-9])
    lines = ["day  got through"]
    for number, day in enumerate(count.days, 1):
        bar = "#" * round(BAR * day.leakers.mean / most)
        lines.append(f"{number:>3}  {shown(day.leakers.mean, 'count'):>11}  {bar}".rstrip())
    return "\n".join(lines)


def day_table(count: CampaignCount) -> Table:
    """Launched, got through and deaths by day."""
    dead = count.deaths > 0.0
    heads = ("day", "launched", "got through", "90 % from", "to", *(("deaths", "90 % from", "to") if dead else ()))
    return Table(
        "Day by day", heads, (Section("", tuple(_day_row(k, day, dead) for k, day in enumerate(count.days, 1))),)
    )


def _day_row(number: int, day: Day, dead: bool) -> Row:
    low, high = day.leakers.interval()
    cells = [str(number), f"{sum(day.launched.values()):,}", shown(day.leakers.mean, "count"), f"{low:,}", f"{high:,}"]
    if dead:
        cells += [shown(value, "deaths") for value in (day.deaths, *day.deaths_range)]
    return Row(tuple(cells))


def stock_tables(count: CampaignCount) -> list[Table]:
    """Interceptors used and left by day, ``ABREAST`` layers at a time."""
    layers = [layer.name for layer in count.campaign.raid.layers]
    return [_stock_table(count, layers[start : start + ABREAST]) for start in range(0, len(layers), ABREAST)]


def _stock_table(count: CampaignCount, layers: Sequence[str]) -> Table:
    rows = []
    for number, day in enumerate(count.days, 1):
        cells = [str(number)]
        for layer in layers:
            left = shown(day.stock[layer].mean, "count") if layer in day.stock else "endless"
            cells += [shown(day.used[layer].mean, "count"), left]
        rows.append(Row(tuple(cells)))
    heads = ("day", *(head for layer in layers for head in (f"{layer}: used", "left")))
    return Table("Interceptors, expected numbers", heads, (Section("", tuple(rows)),))


def as_data(count: CampaignCount, given: Sequence[Given], supposed: Sequence[str]) -> dict[str, Any]:
    """The same as plain JSON values; ids as in ``raid.quantities``."""
    return {
        "title": title(count.campaign),
        "method": "drawn" if count.draws else "computed",
        "draws": count.draws,
        "day_of_reserve": {
            name: {
                "words": reserve_words(count, name),
                "day": count.reserve_day(name, 0.5),
                "low": count.reserve_day(name, 0.05),
                "high": count.reserve_day(name, 0.95),
                "chances": [float(chance) for chance in chances],
                "never": max(0.0, 1.0 - float(chances.sum())),
            }
            for name, chances in count.reserve.items()
        },
        "got_through": count.leakers,
        "deaths": count.deaths,
        "days": [_day_data(number, day) for number, day in enumerate(count.days, 1)],
        "given": [vars(one) for one in given],
        "supposed": list(supposed),
    }


def _day_data(number: int, day: Day) -> dict[str, Any]:
    low, high = day.deaths_range
    return {
        "day": number,
        "launched": dict(day.launched),
        "got_through": distribution_data(day.leakers),
        "deaths": {"mean": day.deaths, "low": low, "high": high},
        "used": {name: distribution_data(used) for name, used in day.used.items()},
        "stock": {name: distribution_data(stock) for name, stock in day.stock.items()},
    }


def _filled(words: str) -> str:
    return textwrap.fill(words, WIDTH)
