"""``escalade replay``: one simulated history told in sentences, beside its twin under another policy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from escalade.cli.arguments import POLICY, RUN
from escalade.cli.progress import patient

if TYPE_CHECKING:
    from escalade.study.results import StoredRun

KINDS = ("war", "restraint", "longest", "turn")


@click.command(
    short_help="Tell how one history went, beside its twin.",
    epilog="\b\nExamples:\n  escalade replay iran-june-2025.run --show war\n"
    '  escalade replay iran-june-2025.run --list --where "war = 1 and twin.war = 0"',
)
@click.argument("run", type=RUN)
@click.option(
    "--show",
    type=click.Choice(KINDS),
    help="war: the war in the middle by deaths. restraint: no war, and most restraint bought by the protection. "
    "longest: most strikes. turn: war in one of the twins only, and the fewest outcomes that differ. [default: turn]",
)
@click.option("--world", type=int, metavar="W", help="The history of this set of assumptions, with --history.")
@click.option("--history", type=int, metavar="H", help="Number of the history, with --world.")
@click.option(
    "--policy", type=POLICY, metavar="POLICY", help="Tell it under this policy. [default: the scenario's focus]"
)
@click.option(
    "--twin", type=POLICY, metavar="POLICY", help="Beside it, this policy. [default: the scenario's baseline]"
)
@click.option("--alone", is_flag=True, help="Without a twin.")
@click.option("--short", is_flag=True, help="Quarrels without war that go the same way in both: one sentence each.")
@click.option("--list", "as_list", is_flag=True, help="List histories, with --where; alone: what --where may name.")
@click.option("--where", metavar="EXPR", help="Which histories to list; twin.NAME is the other policy's outcome.")
@click.option("--most", type=click.IntRange(min=1), default=20, show_default=True, help="Histories to list at most.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def command(run: Path, short: bool, as_list: bool, where: str | None, most: int, as_json: bool, **asked: Any) -> None:
    """Tell one history of RUN, the folder of a run, in plain sentences.

    It is made again with the same luck, together with its twin: the same
    quarrels and the same luck under another policy. Where the paths part, it
    says so and why.
    """
    from escalade.errors import UsageError
    from escalade.study.results import stored

    if where is not None and not as_list:
        raise UsageError("--where goes with --list")
    found = stored(run)
    click.echo(_listed(found, where, most, as_json, **asked) if as_list else _told(found, short, as_json, **asked))


def _told(run: StoredRun, short: bool, as_json: bool, **asked: Any) -> str:
    import json
    import shutil

    from escalade.report.story import told
    from escalade.report.story_data import as_data
    from escalade.report.story_text import as_text
    from escalade.study.replay import replay

    named = asked["world"] is not None or asked["history"] is not None
    with patient():
        one = replay(run, **{**asked, "show": asked["show"] or (None if named else "turn")})
    twins = told(one, str(run.folder.path), short=short)
    if as_json:
        return json.dumps(as_data(one, twins), indent=2, allow_nan=False)
    return as_text(twins, shutil.get_terminal_size().columns)


def _listed(run: StoredRun, where: str | None, most: int, as_json: bool, **asked: Any) -> str:
    import json

    from escalade.report.histories import columns_text, columns_told, listing_data, listing_text
    from escalade.study.histories import condition_columns, matching
    from escalade.study.replay import twin_policies
    from escalade.study.where import condition

    policy, twin = twin_policies(run, asked["policy"], asked["twin"])
    if where is None:
        told = columns_told(run)
        return json.dumps(told, indent=2) if as_json else columns_text(told)
    holds = condition(where, condition_columns(run))
    found = matching(run, policy, twin or policy, holds, most)
    if as_json:
        return json.dumps(listing_data(policy, twin, holds.text, found), indent=2, allow_nan=False)
    return listing_text(str(run.folder.path), policy, holds.text, found)
