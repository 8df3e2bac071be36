"""A sentence that knows which of its words are numbers, and what explains each of them."""

from __future__ import annotations

from collections.abc import Mapping


class Sentence(str):
    """A sentence as people read it, which remembers its template, its words, and what its numbers are.

    ``opens`` names, for every word that is a number, the note that explains it: clock and id of a quantity
    ("crisis.war"), or "run" and the id of a number about the run ("run.raises").
    """

    template: str
    words: Mapping[str, str]
    opens: Mapping[str, str]

    def __new__(cls, template: str, words: Mapping[str, str], opens: Mapping[str, str] | None = None) -> Sentence:
        """The template with its words filled in; words that it does not ask for may be among them."""
        made = super().__new__(cls, template.format(**words))
        made.template, made.words, made.opens = template, dict(words), dict(opens or {})
        return made
