"""The tiny scenario with figures of the library behind some of its numbers."""

from escalade.scenario import parse_scenario
from escalade.study.plan import plan
from tests.study.fakes import SMALL, TINY

ENTERS = "coverage: {low: 0.2, mode: 0.5, high: 0.7, fact: israel_shelter.coverage, assumption: Invented.}"
"""A number that crises read, with official figures and no independent ones."""

PRICE = "unit_cost: {value: 2e6, fact: arrow_3.unit_cost, assumption: Invented.}"
"""A price, which no crisis reads, with an independent figure and no official one."""


def rival_scenario(*, enters=True, price=True, facts_from="all"):
    text = TINY.read_text("utf-8").replace("facts_from: all", f"facts_from: {facts_from}")
    before, cost = "coverage: 0.5", "unit_cost: {fact: thaad.unit_cost}"
    assert before in text
    assert cost in text
    text = text.replace(before, ENTERS) if enters else text
    return parse_scenario(text.replace(cost, PRICE if price else "unit_cost: 1000000"))


def rival_plan(effort=SMALL, **options):
    return plan(rival_scenario(**options), effort=effort)
