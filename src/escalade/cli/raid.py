"""``escalade raid``: what a raid does to a shield, and the other way round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from escalade.cli.arguments import SCENARIO

if TYPE_CHECKING:
    from escalade.cli.raid_arguments import Question
    from escalade.raid.answer import RaidAnswer

CONFIDENCE = "0.9"


@click.command(
    epilog="\b\nExamples:\n"
    "  escalade raid --shield arrow_3,davids_sling --threats ballistic=200\n"
    "  escalade raid --layer pk=0.8,shots=2,stock=48 --threats drone=40\n"
    "  escalade raid --shield thaad --threats ballistic=60 --at-most 5\n"
    "  escalade raid --shield gmd --threats icbm=20 --sweep threats=5:25:5\n"
    "  escalade raid iran-june-2025 --from iran --rung missile_war"
)
@click.argument("scenario", required=False, type=SCENARIO)
@click.option("--shield", metavar="NAMES", help="Systems by name, in the order in which threats meet them.")
@click.option("--layer", "layers", multiple=True, metavar="LIST", help="A layer of your own; again for more.")
@click.option("--threats", multiple=True, metavar="LIST", help="What is launched: ballistic=200,drone=100.")
@click.option("--bad-night", metavar="SHARE", help="Of 90 % stopped, one night in six leaves so much. [default: 90%]")
@click.option("--facts-from", default="all", metavar="KIND", help="Figures: official, independent or all.")
@click.option("--from", "striker", metavar="SIDE", help="With SCENARIO: the side that strikes.")
@click.option("--rung", metavar="NAME", help="With SCENARIO: the rung of its strike.")
@click.option("--policy", metavar="NAME", help="With SCENARIO: under this policy.")
@click.option("--on", metavar="SIDE", help="With SCENARIO: on whose soil, where there are hosts.")
@click.option("--at-most", metavar="K", help="Interceptors needed so that no more than K get through.")
@click.option("--break", "breaks", is_flag=True, help="Raid size at which more than --at-most K (or 0) get through.")
@click.option("--confidence", default=CONFIDENCE, metavar="Q", help="With that probability. [default: 0.9]")
@click.option("--vary", metavar="NAME", help="Layer or threat whose number is asked for.")
@click.option("--sweep", metavar="WHAT=FROM:TO:STEP", help="A row for each value of threats, stock, looks, shots ...")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def command(scenario: str | None, as_json: bool, **asked: Any) -> None:
    """Count what gets through a shield in one raid, and what that takes.

    The whole distribution of what gets through and of interceptors used is
    computed, not sampled, unless the raid is too large. Systems are those of
    the library of public figures (escalade facts); what no figure tells is
    listed as an assumption. After a name, key=value changes it: arrow_3,stock=60,looks=2;
    ballistic=200,reliability=0.85. A layer takes pk, shots, looks, stock,
    reserve, channels, availability, discrimination, cost and others; pk.drone
    is for drones alone.
    """
    import json

    from escalade.report.raid import as_data, as_text

    answer = _answer(scenario, asked)
    click.echo(json.dumps(as_data(answer), indent=2, allow_nan=False) if as_json else as_text(answer))


def _answer(scenario: str | None, asked: dict[str, Any]) -> RaidAnswer:
    """Read what was asked, and answer it."""
    from escalade.cli.raid_arguments import announced, number, question, sweep_range, whole
    from escalade.errors import UsageError
    from escalade.raid.requirements import Goal

    told = {key: asked.pop(key) for key in ("striker", "rung", "policy", "on")}
    if scenario is not None:
        if asked["shield"] or asked["layers"] or asked["threats"]:
            raise UsageError(
                "a scenario has shields and arms of its own; --shield, --layer, --threats stand without one"
            )
        found = _of_scenario(scenario, **told)
    elif any(value is not None for value in told.values()):
        raise UsageError(
            "--from, --rung, --policy and --on belong to a scenario: escalade raid iran-june-2025 --from iran"
        )
    else:
        found = question(*(asked[key] for key in ("shield", "layers", "threats", "bad_night", "facts_from")))
    goal = Goal(
        0 if asked["at_most"] is None else whole("--at-most", asked["at_most"]),
        number("--confidence", asked["confidence"]),
    )
    swept = None if asked["sweep"] is None else sweep_range(asked["sweep"])
    announced()
    from escalade.raid.answer import answer

    return answer(
        found.raid,
        goal,
        given=found.given,
        supposed=found.supposed,
        origin=found.origin,
        ends=found.ends,
        needed=asked["at_most"] is not None and not asked["breaks"] and swept is None,
        breaks=asked["breaks"],
        swept=swept,
        vary=asked["vary"],
    )


def _of_scenario(name: str, striker: str | None, rung: str | None, policy: str | None, on: str | None) -> Question:
    from escalade.cli.raid_arguments import Question, announced
    from escalade.scenario import load_scenario

    scenario = load_scenario(name)
    announced()
    from escalade.study.scenario_raid import scenario_raid

    raid, words = scenario_raid(scenario, striker, rung, policy, on)
    return Question(raid, (), (), None, {}, words)
