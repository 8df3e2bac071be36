"""``escalade facts``: the library of public figures."""

from __future__ import annotations

import click


@click.command(epilog="Example: escalade facts iron dome rate --kind independent")
@click.argument("words", nargs=-1)
@click.option("--kind", metavar="KIND", help="official, independent, press, test or assumption.")
@click.option("--system", metavar="NAME", help="A shield, a threat or an episode by name.")
@click.option("--as-of", metavar="DATE", help="Only what was known by the end of this year, month or day.")
@click.option("--full", is_flag=True, help="Add titles, notes, addresses and ids.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def command(
    words: tuple[str, ...], kind: str | None, system: str | None, as_of: str | None, full: bool, as_json: bool
) -> None:
    """Search the public figures about shields, missiles and wars.

    Figures of one quantity stand side by side, however they conflict, each with
    its date, its kind and who published it. Without WORDS: what there is.
    """
    import json

    from escalade.facts.search import find
    from escalade.report.facts import as_data, as_text, contents

    if not (words or kind or system or as_of or as_json):
        click.echo(contents())
        return
    figures, statements = find(words, kind, system, as_of)
    if as_json:
        click.echo(json.dumps(as_data(figures, statements), indent=2, ensure_ascii=False))
    else:
        click.echo(as_text(figures, statements, full))
