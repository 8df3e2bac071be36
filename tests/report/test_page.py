"""The report: whole, honest, self-contained, and safe against what a scenario may say."""

from html.parser import HTMLParser

import pytest

from escalade.report.answer import answer, as_data, as_text, unfinished
from escalade.report.findings import findings
from escalade.report.page import SECTIONS, html, write_report
from escalade.report.sections import screen
from escalade.scenario import canonical_yaml, load_scenario
from escalade.study.plan import Effort, plan
from escalade.study.results import stored
from escalade.study.run import run
from tests.report.reports import HOSTILE, hostile_scenario
from tests.study.fakes import HISTORY, SMALL, TINY, exact, kernels, simulate, tiny_plan
from tests.study.test_run import Stopping

VOID = {"meta", "br", "hr", "img", "input", "link", "line", "circle", "rect"}


class Page(HTMLParser):
    """What a browser would see: nesting, addresses, words."""

    def __init__(self, source):
        super().__init__()
        self.open, self.tags, self.addresses, self.words, self.labels = [], set(), [], [], []
        self.ids, self.targets = [], []
        self.feed(source)
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        for name, value in attributes:
            if name in ("src", "href", "srcset", "action", "data", "xlink:href"):
                self.addresses.append((tag, name, value))
            assert not name.startswith("on")
            self.ids += [value] if name == "id" else []
            self.targets += [value] if name in ("popovertarget", "aria-labelledby") else []
            self.labels += [value] if name == "aria-label" else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    return run(tiny_plan(), tmp_path_factory.mktemp("done") / "tiny.run", kernels=kernels())


def test_the_report_is_one_well_formed_file_that_fetches_nothing(done):
    page = Page(html(done))
    assert not page.tags & {"script", "iframe", "object", "embed", "link", "img", "base", "form"}
    inside = {f"#{name}" for name in page.ids}
    assert all(tag == "a" for tag, _, _ in page.addresses)
    assert all(value.startswith("https://") or value in inside for _, _, value in page.addresses)
    assert "url(" not in html(done)
    assert "@import" not in html(done)


def test_the_report_says_what_the_terminal_says(done):
    page, said = Page(html(done)), answer(done)
    assert done.plan.scenario.question in page.text
    for sentence in said.sentences:
        assert sentence in page.text
    assert "Conditional on assumptions, not a forecast" in page.text


def test_every_number_that_opens_has_its_note(done):
    page = Page(html(done))
    assert len(page.ids) == len(set(page.ids))
    assert page.targets
    assert set(page.targets) <= set(page.ids)


def test_every_input_is_there_with_its_source_or_the_word_assumption(done):
    from escalade.report.inputs import input_rows

    page, rows = Page(html(done)), input_rows(done.plan.scenario, {})
    assert len(rows) > 50
    for row in rows:
        assert row.standing in ("source", "assumption", "default", "choice")
        assert " ".join(row.label.split()) in page.text
        assert " ".join(row.reason.split()) in page.text
    assert "The South Courier, 1 January 2030" in page.text
    assert "assumption: no reason given" in page.text


def test_it_says_whose_figures_are_believed_and_what_that_changes(done):
    believed = "Figures believed: all; 1 input names figures of the library: official ones alone would re-draw 0"
    assert believed in Page(html(done)).text


def test_pictures_are_described_in_words(done):
    page = Page(html(done))
    assert page.tags >= {"svg", "title", "desc"}
    assert len([label for label in page.labels if "of 100" in label]) >= 2
    assert len([label for label in page.labels if "A hundred dots" in label]) == 3


def test_past_crises_stand_beside_the_model(done):
    page = Page(html(done))
    assert "The shield as it is, 2020 to 2029: first strikes, North" in page.text
    assert "3 to 4 of 9" in page.text  # three, and one disputed
    assert "compared only" in page.text
    assert "The North Gazette, 4 January 2030" in page.text


def test_it_says_how_to_do_it_again(done):
    page = Page(html(done))
    assert (
        "escalade run scenario.yaml --out again.run --seed 1 --candidates 128 --worlds 16 --histories 20" in page.text
    )
    assert done.plan.scenario_hash in page.text


def test_the_report_is_the_same_every_time(done, tmp_path):
    again = run(tiny_plan(), tmp_path / "elsewhere.run", workers=3, kernels=kernels())
    assert html(again) == html(done)
    assert html(stored(again.folder.path)) == html(done)
    write_report(again)
    assert (again.folder.path / "report.html").read_text("utf-8") == html(done)


def test_an_interrupted_run_is_honest_about_it(tmp_path):
    folder = tmp_path / "tiny.run"
    with pytest.raises(KeyboardInterrupt):
        run(tiny_plan(), folder, workers=1, kernels=kernels(), progress=Stopping(3))
    part = stored(folder)
    there = part.results.period.parts
    assert 1 <= there < 4
    assert f"This run is not finished: {there} of 4 parts of its years are there." in Page(html(part)).text
    assert "not finished" in as_text(part, answer(part))
    assert as_data(part, answer(part))["unfinished"] == unfinished(part)
    for path in folder.glob("part-*"):
        path.unlink()
    bare = stored(folder)
    assert "no simulated years yet" in Page(html(bare)).text


def test_a_run_of_one_policy_says_that_there_is_nothing_to_compare(tmp_path):
    scenario = load_scenario(TINY)
    only = {"no_shield": scenario.policies["no_shield"]}
    alone = scenario.model_copy(update={"policies": only, "focus": "no_shield", "record": None})
    source = tmp_path / "alone.yaml"
    source.write_text(canonical_yaml(alone), "utf-8")
    done = run(plan(load_scenario(source), effort=SMALL), tmp_path / "alone.run", kernels=kernels())
    page = Page(html(done))
    assert "one policy only" in page.text
    assert "This scenario lists no past crises" in page.text
    assert "one policy only" in as_text(done, answer(done))


def test_hostile_names_are_text_everywhere(tmp_path):
    done = run(plan(hostile_scenario(tmp_path), effort=Effort(64, 8, 8)), tmp_path / "h.run", kernels=kernels())
    page = Page(html(done))
    assert "script" not in page.tags
    assert page.text.count(HOSTILE) > 5
    assert "<script>" not in html(done)
    assert "49" not in page.text.replace("0.49", "").split(HOSTILE)[0]


def test_addresses_that_a_browser_would_run_are_no_links(done):
    from escalade.report.inputs import _row
    from escalade.scenario.inputs import inputs

    item = inputs(done.plan.scenario)[0]
    from dataclasses import replace

    assert _row(replace(item, url="javascript:alert(1)"), "", None).url == ""
    assert _row(replace(item, url="https://example.org"), "", None).url == "https://example.org"


def test_the_answer_fits_a_terminal(done):
    lines = as_text(done, answer(done)).splitlines()
    assert max(map(len, lines)) <= 80


def test_the_answer_as_data_has_sentences_and_verdict(done):
    data = as_data(done, answer(done))
    assert data["scenario"] == "tiny"
    assert data["focus"] == "as_is"
    assert data["headline"] == list(answer(done).sentences)
    assert data["verdict"] in {"more", "less", "depends", "leans more", "leans less", "little difference"}


def with_outcome(scenario, outcome, folder):
    """The scenario with another headline outcome, loaded anew."""
    source = folder / "other.yaml"
    source.write_text(canonical_yaml(scenario.model_copy(update={"headline": outcome})), "utf-8")
    return load_scenario(source)


@pytest.mark.parametrize("outcome", ["deaths.north", "restraint", "first_strike"])
def test_another_headline_outcome_makes_a_whole_report(tmp_path, outcome):
    scenario = with_outcome(load_scenario(TINY), outcome, tmp_path)
    done = run(plan(scenario, effort=Effort(64, 8, 8)), tmp_path / "other.run", kernels=kernels())
    page = Page(html(done))
    for sentence in answer(done).sentences:
        assert sentence in page.text
    assert "more wars" not in page.text
    assert set(page.targets) <= set(page.ids)


def test_a_rare_headline_outcome_is_not_drawn_as_nothing(tmp_path):
    rare = kernels(exact=lambda *arguments: 1e-4 * exact(*arguments), simulate=quiet)
    done = run(tiny_plan(), tmp_path / "rare.run", kernels=rare)
    page = Page(html(done))
    assert "Too rare to tell." in page.text
    assert answer(done).headline.body in page.text
    assert screen.cases(findings(done)) is None


def quiet(*arguments):
    """Histories without any war."""
    rows = simulate(*arguments)
    for column in ("war", "wars", "war_year"):
        rows[:, HISTORY.index(column)] = 0.0
    return rows


def test_an_interrupted_run_leaves_out_what_it_does_not_know(tmp_path):
    folder = tmp_path / "tiny.run"
    run(tiny_plan(), folder, kernels=kernels())
    for path in folder.glob("part-*"):
        path.unlink()
    titles = [section.title for make in SECTIONS if (section := make(findings(stored(folder)))) is not None]
    assert "How crises run" in titles
    assert "Raids and stocks" not in titles
    assert not any(title.startswith("How some years went") for title in titles)


def test_one_policy_alone_has_its_levels_and_nothing_to_compare(tmp_path):
    scenario = load_scenario(TINY)
    only = {"no_shield": scenario.policies["no_shield"]}
    source = tmp_path / "alone.yaml"
    source.write_text(
        canonical_yaml(scenario.model_copy(update={"policies": only, "focus": "no_shield", "record": None})), "utf-8"
    )
    done = run(plan(load_scenario(source), effort=SMALL), tmp_path / "alone.run", kernels=kernels())
    found = findings(done)
    assert screen.shares(found) == screen.pairs(found) == []
    assert screen.worlds(found) is None
    assert len(screen.cases(found).levels) == 1
    assert "one policy only" in Page(html(done)).text


def test_the_report_is_small(done):
    assert len(html(done).encode()) < 1_500_000
