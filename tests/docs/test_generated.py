"""Pages that the package writes itself are complete: every key, symbol, quantity and command stands in them."""

import csv
import sys

import click
import pytest

from escalade import worlds
from escalade.cli.main import main
from escalade.crisis import exact
from escalade.ensemble import parts, storage
from escalade.history import outcomes
from escalade.quantities import REGISTRY
from escalade.report import sentences
from escalade.scenario import lookup
from escalade.scenario.fields import Part
from escalade.scenario.paths import schema_path
from escalade.scenario.schema import Scenario
from escalade.study import plan
from tests.docs.fences import DOCS

sys.path.insert(0, str(DOCS / "_extensions"))

import command_reference
import quantity_reference
import scenario_reference
import symbol_table

REFERENCE = DOCS / "reference"


def inside(model: type[Part]) -> set[type[Part]]:
    """A part of a scenario, and all parts inside it."""
    found = {model}
    for info in model.model_fields.values():
        for inner in scenario_parts(info.annotation):
            found |= inside(inner)
    return found


def scenario_parts(annotation) -> list[type[Part]]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return [annotation]
    return [inner for argument in getattr(annotation, "__args__", ()) for inner in scenario_parts(argument)]


def test_every_part_of_a_scenario_has_a_table():
    text = (REFERENCE / "scenario-file.md").read_text("utf-8")
    paths = [line.partition("}")[2].strip() for line in text.splitlines() if line.startswith("```{scenario-part}")]
    shown = {lookup.place(schema_path(path)).model if path else Scenario for path in paths}
    assert shown == inside(Scenario)
    for model in shown - {Scenario}:
        assert f"(part-{model.__name__.lower()})=" in text


@pytest.mark.parametrize("path", ["", "sides.SIDE", "sides.SIDE.shield.layers.LAYER", "record.crises[0]"])
def test_a_table_has_every_key(path):
    table = scenario_reference.part(path)
    model = lookup.place(schema_path(path)).model if path else Scenario
    for name, info in model.model_fields.items():
        assert f"| `{info.alias or name}` |" in table


def test_defaults_are_those_of_the_schema():
    assert "| `stake_spread` |" in (table := scenario_reference.part("crisis"))
    assert "0.4 (0.2 to 0.8)" in table
    assert "| a whole number, 1 to 4 | strikes | 2 |" in table


def test_every_way_of_writing_a_number_is_listed():
    table = scenario_reference.number_forms()
    assert all(f"`{key}`" in table for key in ("value", "low", "mode", "high", "uniform", "one_of", "fact", "times"))


RECORDS = ("SIDE", "ARM", "LAYER", "STEP", "RUNG", "RULES", "PAIR", "SOIL")


def test_every_field_of_a_world_has_a_line_of_symbols():
    lines = [(symbol.record, symbol.field) for symbol in symbol_table.symbols() if symbol.record]
    records = {name: getattr(worlds, name) for name in RECORDS}
    assert sorted(lines) == sorted((name, field) for name, record in records.items() for field in record.names)


def test_symbols_are_unique_within_a_record():
    for record in {symbol.record for symbol in symbol_table.symbols()}:
        latex = [symbol.symbol for symbol in symbol_table.symbols() if symbol.record == record and symbol.symbol]
        assert len(latex) == len(set(latex)), record


def test_every_line_of_symbols_can_be_shown():
    with (REFERENCE / "symbols.csv").open(encoding="utf-8", newline="") as lines:
        count = sum(1 for _ in csv.DictReader(lines))
    assert sum(len(symbol_table.record(name).splitlines()) - 2 for name in ("", *RECORDS)) == count


def test_every_quantity_and_every_command_is_listed():
    quantities, commands = quantity_reference.quantities(), command_reference.commands()
    assert all(f"| `{quantity.id}` |" in quantities for quantity in REGISTRY)
    names = main.list_commands(click.Context(main))
    assert len(names) > 5
    assert all(f"### {name}\n" in commands for name in names)


def test_help_becomes_markdown():
    commands = command_reference.commands()
    assert "### run" in commands
    assert "`--effort [quick\\|standard\\|deep]`" in commands
    assert "$ escalade run iran-june-2025" in commands


@pytest.mark.parametrize("directive", ["scenario-part", "symbols", "quantities", "commands", "number-forms"])
def test_every_directive_is_used(directive):
    texts = "".join(page.read_text("utf-8") for page in REFERENCE.rglob("*.md"))
    assert f"```{{{directive}}}" in texts


def test_every_stored_column_is_described():
    """Columns of exact crises, of histories and of the worlds' table: each is named on the page that describes them."""
    crisis = (REFERENCE / "model" / "crisis" / "exact.md").read_text("utf-8")
    history = (REFERENCE / "model" / "history.md").read_text("utf-8")
    for column in exact.quantities(["SIDE"], ["RUNG"]) + exact.quantities(["SIDE"], ["RUNG"], ["SIDE"]):
        assert f"`{column}`" in crisis, column
    for column in outcomes.columns(["SIDE"], {"SIDE": ["ARM"]}, {"SIDE": ["LAYER"]}, ["PAIR"]):
        assert f"`{column}`" in history, column
    folder = (REFERENCE / "run-folder.md").read_text("utf-8")
    for name in (parts.CANDIDATE, parts.WEIGHT, parts.MULTIPLICITY, storage.MANIFEST, storage.SCENARIO, storage.REPORT):
        assert f"`{name}`" in folder, name


def test_efforts_are_those_of_the_plan():
    page = (DOCS / "how-to" / "reproduce-and-extend.md").read_text("utf-8")
    for name, effort in plan.EFFORTS.items():
        assert f"| `{name}` | {effort.candidates:,} | {effort.worlds} | {effort.histories} |" in page


def test_verdicts_of_the_report_are_all_explained():
    page = (DOCS / "how-to" / "read-the-report.md").read_text("utf-8")
    for lead, _ in sentences.HEADLINES.values():
        words = lead.format(More="More likely", Less="Less likely", more="more likely", less="less likely")
        assert f"*{words}*" in page


def test_the_glossary_tells_every_quantity_in_alphabetical_order():
    words = quantity_reference.glossary("quantities")
    assert len(words) >= len({entry.name for entry in REGISTRY})
    assert [name.lower() for name, _ in words] == sorted(name.lower() for name, _ in words)
    assert all(meaning.endswith(".") for _, meaning in words + quantity_reference.glossary("raids"))
