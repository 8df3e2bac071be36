"""Scenarios for tests of the report: with names that would do harm in a page that does not escape them."""

from escalade.scenario import load_scenario
from tests.study.fakes import TINY

HOSTILE = '<script>alert("1")</script>{{ 7 * 7 }}&amp; \U0001f680 \u05e9\u05dc\u05d5\u05dd'
"""Markup, a template's expression, an entity, an emoji, and letters that run from right to left."""


def hostile_scenario(folder):
    """The tiny scenario with hostile, and with very long, names wherever a name is shown."""
    quoted, long = "'" + HOSTILE + "'", "'" + "Longword" * 12 + " and more'"
    text = TINY.read_text("utf-8")
    for before, after in (
        ("name: The shield as it is", f"name: {quoted}"),
        ("name: North\n", f"name: {quoted}\n"),
        ("name: South\n", f"name: {long}\n"),
        ("short: with the shield", f"short: {quoted}"),
        ("war_means: open war", f"war_means: {quoted}"),
        ("question: Does North's", f"question: {quoted[:-1]} Does North''s"),
        ("more or less likely?", "more or less likely?'"),
        ("source: The North Gazette, 4 January 2030", f"source: {quoted}"),
    ):
        assert before in text, before
        text = text.replace(before, after)
    source = folder / "hostile.yaml"
    source.write_text(text, "utf-8")
    return load_scenario(source)
