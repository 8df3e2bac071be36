"""What a run should cite: everything published that it rests on, each source once, with its reason."""

import json

import pytest

from escalade import facts
from escalade.report.citations import CLAIMS, IDS, citations
from escalade.report.citing import as_data, as_text
from escalade.scenario import bundled_names, load_scenario
from escalade.scenario.inputs import inputs
from escalade.study.plan import EFFORTS, plan
from escalade.study.results import Results, StoredRun
from tests.study.fakes import tiny_plan


class Folder:
    """A folder of a run that knows its manifest only."""

    def manifest(self):
        return {"run": {"escalade": "1.2.3"}}


def cited(of):
    return citations(StoredRun(of, Folder(), Results()))


@pytest.fixture(scope="module", params=bundled_names())
def bundled(request):
    scenario = load_scenario(request.param)
    return scenario, cited(plan(scenario, effort=EFFORTS["quick"]))


def test_every_published_input_is_fed_by_a_source(bundled):
    scenario, found = bundled
    uses = {use for source in found.sources for use in source.uses}
    for item in inputs(scenario):
        if item.source is not None:
            assert any(item.label[1:] in use and item.subject in use for use in uses), item.key
    assert found.inputs == len(inputs(scenario))
    assert found.assumptions == sum(item.is_assumption for item in inputs(scenario))


def test_every_figure_that_a_reason_names_is_cited_once(bundled):
    scenario, found = bundled
    there = [name for source in found.sources for name in source.facts]
    assert len(there) == len(set(there))
    texts = " ".join(text for item in inputs(scenario) for text in (item.source, item.assumption, item.note) if text)
    for fact in facts.all_facts():
        if fact.id in IDS.findall(texts) and not fact.is_assumption:
            assert fact.id in there


def test_no_source_is_listed_twice_and_each_has_a_reason(bundled):
    _, found = bundled
    places = [source.url or source.words for source in found.sources]
    assert len(places) == len(set(places))
    assert all(source.uses and len(set(source.uses)) == len(source.uses) for source in found.sources)


def test_figures_that_other_readings_believe_are_cited_as_such(bundled):
    scenario, found = bundled
    uses = [use for source in found.sources for use in source.uses]
    for reading, words in CLAIMS.items():
        rivals = [item for item in inputs(scenario) if item.rivals and facts.read(item.rivals, reading).redrawn]
        for item in rivals:
            assert any(use.startswith(f"{item.subject}: ") for use in uses)
        if not rivals:
            assert not [use for use in uses if f"only {words}" in use]


def test_the_record_is_cited():
    uses = [use for source in cited(tiny_plan()).sources for use in source.uses]
    assert any(use.startswith("past crises, ") for use in uses)


def test_software_and_run_are_named():
    asked = tiny_plan()
    found = cited(asked)
    assert found.software.endswith("version 1.2.3")
    assert f"SHA-256 {asked.scenario_hash[:16]}" in found.run
    assert f"seed {asked.seed}" in found.run


def test_inputs_of_policies_that_were_not_run_are_not_cited():
    assert cited(tiny_plan(policies=("as_is",))).inputs <= cited(tiny_plan()).inputs


def test_as_text_and_as_data_nothing_is_left_out(bundled):
    _, found = bundled
    text, data = as_text(found), json.loads(json.dumps(as_data(found), allow_nan=False))
    assert all(len(line) <= 80 or len(line.split()) == 1 for line in text.splitlines())
    assert all(source.url in text for source in found.sources)
    assert [source["title"] for source in data["sources"]] == [source.title for source in found.sources]
