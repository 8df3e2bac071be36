"""``escalade claims``: what others claim about shields and war, tried."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(
    short_help="Try the claims of an article, or your own, in scenarios.",
    epilog="\b\nExamples:\n  escalade claims\n  escalade claims c07 --worlds 64",
)
@click.argument("ids", nargs=-1, metavar="[ID ...]")
@click.option(
    "--file",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Try the claims of this file instead of the bundled ones.",
)
@click.option("--worlds", type=int, help="Sets of assumptions of each trial, a power of two. [default: 256]")
@click.option("--workers", type=click.IntRange(1, 1024), help="Threads; they change no result. [default: all cores]")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def command(ids: tuple[str, ...], path: Path | None, worlds: int | None, workers: int | None, as_json: bool) -> None:
    """List claims about shields and the risk of war with what scenarios make of them.

    With ID one claim in full: each trial with the shares of sets of assumptions in
    which it holds, on what that hangs, and the evidence for and against it. The
    first time this takes a minute or two; what was found is kept.
    """
    import json

    from escalade.cli.progress import listener
    from escalade.evidence.claims_file import bundled, claims_in
    from escalade.report.claims import as_data, as_text
    from escalade.study.claims import WORLDS, named, tried_claims

    read = bundled() if path is None else claims_in(path)
    wanted = named(read, ids)
    progress = listener(lambda _: "")
    try:
        tried = tried_claims(
            read, wanted, worlds=WORLDS if worlds is None else worlds, workers=workers, progress=progress
        )
    finally:
        progress.close()
    origin = read.claims.origin
    if as_json:
        click.echo(json.dumps(as_data(tried, origin), indent=2, allow_nan=False))
    else:
        click.echo(as_text(tried, origin, full=bool(ids)))
