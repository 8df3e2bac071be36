"""``escalade campaign``: how long stocks last, and what gets through when they do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

    from escalade.raid.shield import Raid


@click.command(
    epilog="\b\nExamples:\n"
    "  escalade campaign --shield arrow_3 --threats ballistic=60/day --days 12\n"
    "  escalade campaign --shield thaad --threats ballistic=20 --resupply 2/day\n"
    "  escalade campaign --layer pk=0.8,stock=90 --threats drone=30/day,stock=200"
)
@click.option("--shield", metavar="NAMES", help="Systems by name, in the order in which threats meet them.")
@click.option("--layer", "layers", multiple=True, metavar="LIST", help="A layer of your own; again for more.")
@click.option("--threats", multiple=True, metavar="LIST", help="What is launched every day: ballistic=60/day.")
@click.option("--days", default="10", metavar="N", help="Days, up to 250. [default: 10]")
@click.option("--resupply", metavar="LIST", help="Interceptors a day: 2/day for each layer, or arrow_3=2/day.")
@click.option("--launchers-lost", metavar="SHARE", help="Launchers that the attacker loses: 10%/day.")
@click.option("--bad-night", metavar="SHARE", help="Of 90 % stopped, one night in six leaves so much. [default: 90%]")
@click.option("--facts-from", default="all", metavar="KIND", help="Figures: official, independent or all.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def command(
    shield: str | None,
    layers: tuple[str, ...],
    threats: tuple[str, ...],
    days: str,
    resupply: str | None,
    launchers_lost: str | None,
    bad_night: str | None,
    facts_from: str,
    as_json: bool,
) -> None:
    """Count days of raids: what gets through, what is used, what is left.

    Systems, layers and threats as in escalade raid; stock=700 after a threat
    is how many the attacker has. Every day is one raid. A layer is empty on
    the first day on which it refuses an engagement for want of interceptors.
    """
    import json

    from escalade.cli.raid_arguments import announced, question, whole
    from escalade.raid.campaign import Campaign
    from escalade.report.campaign import as_data, as_text

    asked = question(shield, layers, threats, bad_night, facts_from, daily=True)
    campaign = Campaign(
        asked.raid,
        whole("--days", days),
        resupply={} if resupply is None else _resupply(resupply, asked.raid),
        stocks=asked.stocks,
        launchers_lost=0.0 if launchers_lost is None else _per_day("--launchers-lost", launchers_lost),
    )
    announced()
    from escalade.raid.campaign_drawn import count_campaign

    count = count_campaign(campaign)
    if as_json:
        click.echo(json.dumps(as_data(count, asked.given, asked.supposed), indent=2, allow_nan=False))
    else:
        click.echo(as_text(count, asked.given, asked.supposed))


def _resupply(text: str, raid: Raid) -> Mapping[str, float]:
    """``2/day`` for every layer, or ``arrow_3=2/day,davids_sling=4/day``."""
    from escalade.errors import UsageError
    from escalade.raid.requirements import sized_layer

    found: dict[str, float] = {}
    for part in text.split(","):
        name, equals, value = part.strip().partition("=")
        if not equals and len(text.split(",")) > 1:
            raise UsageError(f'--resupply says "{part.strip()}"; allowed: 2/day, or arrow_3=2/day for each layer')
        rate = _per_day("--resupply", value if equals else name)
        those = [sized_layer(raid, name).name] if equals else [layer.name for layer in raid.layers]
        found |= dict.fromkeys(those, rate)
    return found


def _per_day(what: str, text: str) -> float:
    """A number or share, per day whether that is said or not."""
    from escalade.cli.raid_arguments import number, only_daily

    value, _, rate = text.partition("/")
    only_daily(what, rate)
    return number(what, value)
