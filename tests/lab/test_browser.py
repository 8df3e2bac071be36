"""The static lab in a real browser: Python's numbers, by hand or by keyboard, offline, for everybody, on any screen."""

import random
import re

import numpy as np
import pytest

from escalade.errors import UsageError
from escalade.lab.ask import ask
from escalade.lab.bundle import HASH_LETTERS
from escalade.lab.setting import Link, Setting, from_fragment, setting_data, to_fragment
from escalade.raid.exact import exact_raid
from escalade.raid.rates import Amount, from_rate
from escalade.raid.shield import Layer, Raid, Threat
from escalade.report import figures
from tests.lab.pages import NUMBERS, opened, settings

NARROW = {"width": 360, "height": 740}


@pytest.fixture
def open_page(browser, page_file):
    contexts = []
    yield lambda end="", **options: opened(browser, page_file.as_uri() + end, contexts, **options)
    for context in contexts:
        context.close()


def same(here, there):
    assert set(here) == set(there)
    for name, value in there.items():
        assert here[name] == pytest.approx(value, abs=1e-9, rel=1e-9), name


def test_twenty_random_settings_give_the_numbers_and_the_sentence_of_python(open_page, made):
    page, compared = open_page(), 0
    for setting, policy, values in settings(page, random.Random(5), 20):
        here = page.evaluate(NUMBERS, setting)
        try:
            there = ask(made, Setting(policy, values))
        except UsageError:
            assert here is None
            continue
        compared += 1
        same(here["numbers"], there.numbers)
        assert here["sentence"] == there.sentence
    assert compared >= 10


def test_it_asks_nothing_of_the_network_whatever_is_used(open_page, page_file):
    page = open_page(bypass_csp=False)
    for button in page.locator("[data-panel]").all():
        button.click()
    page.locator("#share").click()
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    assert page.asked == [page_file.as_uri()]
    assert page.failed == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 360)])
def test_axe_finds_nothing_serious(open_page, scheme, width):
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 800})
    for button in page.locator("[data-panel]").all():
        button.click()
    page.locator("#guessing").check()
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    found = Axe().run(page).response["violations"]
    grave = {problem["id"]: [node["html"] for node in problem["nodes"]][:3] for problem in found}
    assert not {problem["id"] for problem in found if problem["impact"] in ("serious", "critical")}, grave


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_has_to_be_moved_sideways(open_page, width):
    page = open_page(viewport={"width": width, "height": 800})
    for button in page.locator("[data-panel]").all():
        button.click()
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keyboard_alone_narrows_undoes_and_tells(open_page):
    page = open_page()
    before = page.locator("#left").inner_text()
    handle = page.locator("#assumptions input[type=range]").first
    for _ in range(40):
        if handle.evaluate("node => node === document.activeElement"):
            break
        page.keyboard.press("Tab")
    assert handle.evaluate("node => node === document.activeElement")
    for _ in range(5):
        page.keyboard.press("PageUp")
    after = page.locator("#left").inner_text()
    assert after != before
    assert page.locator("#changed li").count() == 1
    page.keyboard.press("Control+z")
    assert page.locator("#left").inner_text() == before
    page.keyboard.press("Control+Shift+z")
    assert page.locator("#left").inner_text() == after
    turning = page.locator("[data-panel=turn]")
    for _ in range(60):
        page.keyboard.press("Tab")
        if turning.evaluate("node => node === document.activeElement"):
            break
    page.keyboard.press("Enter")
    assert page.locator("#turning tr").count() >= 2
    assert turning.get_attribute("aria-expanded") == "true"


def test_the_numbers_follow_a_handle_that_is_dragged(open_page):
    page = open_page()
    handle = page.locator("#assumptions input[type=range]").nth(1)
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    said, y = set(), box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] - 11, y)
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(box["x"] + box["width"] * (1 - step / 12), y)
        said.add(page.locator("#left").inner_text())
    assert page.evaluate("escaladeLab.past.length") == 0  # nothing is kept before the handle is let go
    page.mouse.up()
    assert len(said) >= 6
    assert page.evaluate("escaladeLab.past.length") == 1
    assert page.locator("#undo").is_enabled()


def test_a_link_shows_the_same_setting_and_number_elsewhere(open_page, made):
    page = open_page()
    page.locator("#assumptions input[type=range]").first.press("PageUp")
    page.locator("#policies input").last.check()
    page.locator("#share").click()
    page.wait_for_function("location.hash.length > 10")
    end, said = page.evaluate("location.hash"), page.locator("#sentence").inner_text()
    elsewhere = open_page(end, viewport=NARROW)
    elsewhere.wait_for_function("escaladeLab.past.length == 1")
    assert elsewhere.locator("#sentence").inner_text() == said
    assert elsewhere.locator("#changed").inner_text() == page.locator("#changed").inner_text()
    assert ask(made, from_fragment(end).setting).sentence.startswith(said)


def test_links_of_python_and_links_that_are_not_deflated_open_too(open_page, made):
    digest = made.plan.scenario_hash[:HASH_LETTERS]
    page = open_page()
    key, edges = page.evaluate("[escaladeLab.lab.assumptions[9].key, escaladeLab.lab.assumptions[9].edges]")
    setting = Setting(None, {key: (edges[1], edges[-2])})
    plain = page.evaluate(
        "data => fragmentOf(escaladeLab.lab, settingFrom(escaladeLab.lab, data).setting, false)", setting_data(setting)
    )
    for end in (plain, to_fragment(Link("tiny", digest, setting))):
        assert from_fragment(end).setting == setting
        there = open_page(end)
        there.wait_for_function("escaladeLab.past.length == 1")
        assert there.evaluate("settingData(escaladeLab.lab, escaladeLab.now)") == setting_data(setting)
        assert not there.locator("#note").is_visible()


@pytest.mark.parametrize(
    ("end", "words"), [("#lab=d.AAAA", "damaged"), (to_fragment(Link("other", "0", Setting())), "another scenario")]
)
def test_links_of_another_kind_are_told(open_page, end, words):
    page = open_page(end)
    page.wait_for_function("!document.getElementById('note').hidden")
    assert words in page.locator("#note").inner_text()
    assert page.locator("#sentence").is_visible()


def test_too_few_sets_are_told_with_the_command_for_more(open_page):
    page = open_page()
    narrow = "(key, last) => jump(escaladeLab, with_(escaladeLab.now, 'narrow', key, [0, last]))"
    page.evaluate(f"({narrow})(escaladeLab.lab.assumptions[0].key, 5)")
    words = page.locator("#thin").inner_text()
    assert "Too few" in words
    assert "escalade run tiny --candidates 2048" in words


def test_a_guess_comes_before_the_answer(open_page):
    page = open_page()
    page.locator("#guessing").check()
    assert not page.locator("#sentence").is_visible()
    assert "more or less likely" in page.locator("#guess-question").inner_text()
    page.locator("#guess-choices input").first.check()
    page.get_by_role("button", name="Show the answer").click()
    assert page.locator("#sentence").is_visible()
    assert page.locator("#verdict").inner_text().startswith('You said "more likely"')
    page.locator("#assumptions input[type=range]").first.press("PageUp")
    assert not page.locator("#sentence").is_visible()
    assert page.locator("#change").inner_text() == "Guess first."


def test_dots_stand_where_the_report_puts_them(open_page, made):
    page = open_page()
    said = ask(made)
    drawn = figures.worlds(said.pair.effects * 100, said.comparison.weight, 1.0, "in 100 crises", "")
    places = [re.findall(r'c[xy]="(-?[\d.]+)"', text) for text in re.findall(r"<circle[^>]*>", drawn)]
    here = page.evaluate(
        "[...document.querySelectorAll('#worlds circle')].map(c => [c.getAttribute('cx'), c.getAttribute('cy')])"
    )
    assert np.array(here, float) == pytest.approx(np.array(places, float), abs=0.11)
    filled = re.findall(r"<(?:circle|rect)[^>]*fill=\"#", figures.cases(round(100 * said.numbers["with"]), "with", ""))
    assert page.locator("#cases .full.with").count() == len(filled)


RAIDS = [
    {"launched": 60, "pk": 0.7, "shots": 2, "looks": 1, "stock": 100, "reliability": 0.9, "badNight": 0.832},
    {"launched": 40, "pk": 0.5, "shots": 1, "looks": 3, "stock": 70, "reliability": 1.0, "badNight": 0.9},
    {"launched": 200, "pk": 0.85, "shots": 1, "looks": 1, "stock": 150, "reliability": 0.8, "badNight": 0.5},
    {"launched": 25, "pk": 0.0, "shots": 3, "looks": 2, "stock": 10, "reliability": 0.5, "badNight": 0.7},
    {"launched": 120, "pk": 0.6, "shots": 2, "looks": 2, "stock": 500, "reliability": 0.95, "badNight": 0.7},
]


@pytest.mark.parametrize("asked", RAIDS, ids=lambda asked: f"{asked['launched']} launched")
def test_a_raid_counted_in_the_page_is_python_s(open_page, asked):
    here = open_page().evaluate("asked => { const r = raidOf(asked); return {...r, through: [...r.through]}; }", asked)
    odds = np.log(0.9 / 0.1) - np.log(asked["badNight"] / (1 - asked["badNight"]))
    threat = Threat("missiles", "ballistic", asked["launched"], reliability=asked["reliability"])
    layer = Layer("layer", {"ballistic": asked["pk"]}, asked["shots"], asked["looks"], asked["stock"])
    there = exact_raid(Raid((threat,), (layer,), sigma=max(0.0, float(odds))), tolerance=1e-12)
    chances = np.zeros(asked["launched"] + 1)
    chances[: there.total.chance.size] = there.total.chance
    assert np.array(here["through"]) == pytest.approx(chances, abs=1e-9)
    assert here["mean"] == pytest.approx(there.total.mean, abs=1e-9)
    used = there.used["layer"].mean if asked["pk"] else here["used"]
    assert here["used"] == pytest.approx(used, abs=1e-7)
    assert (here["low"], here["high"]) == (there.total.quantile(0.05), there.total.quantile(0.95))


def test_a_rate_counted_in_the_page_is_python_s(open_page):
    from fractions import Fraction

    page, chance = open_page(), random.Random(2)
    for _ in range(60):
        launched = chance.randint(1, 3000)
        failed = chance.randint(0, launched)
        threatening = chance.randint(0, launched - failed)
        engaged = chance.randint(0, threatening)
        rate, of = Fraction(chance.randint(0, 100), 100), chance.choice(["engaged", "threatening", "arrived"])
        asked = {"rate": float(rate), "of": of, "launched": launched, "failed": failed}
        asked |= {"threatening": threatening, "engaged": engaged}
        here = page.evaluate(
            "asked => { try { return tallyOf(asked); } catch (error) { return error.message; } }", asked
        )
        amounts = [Amount(Fraction(n), is_share=False) for n in (threatening, failed, engaged)]
        try:
            there = from_rate(rate, of, launched, *amounts)
        except UsageError:
            assert isinstance(here, str)
            continue
        whole = there.whole()
        assert here["counts"]["intercepted"] == whole.intercepted
        assert here["counts"]["got_through"] == whole.got_through
        assert here["counts"]["failed"] == whole.failed
        for total, value in here["rates"].items():
            assert value == (None if there.rate(total) is None else pytest.approx(float(there.rate(total)), abs=1e-9))


def test_what_it_says_to_type_and_to_run_gives_its_number(open_page, made, monkeypatch, capsys):
    import shlex

    from click.testing import CliRunner

    from escalade.cli.main import main

    page = open_page()
    page.locator("#policies input").last.check()
    page.locator("#assumptions input[type=range]").first.press("PageUp")
    page.locator("[data-panel=again]").click()
    page.wait_for_function("document.getElementById('terminal').textContent.includes('#lab=')")
    said = page.locator("#sentence").inner_text()
    monkeypatch.chdir(made.folder.path.parent)
    exec(compile(page.locator("#python").inner_text(), "page", "exec"), {})
    assert capsys.readouterr().out.startswith(said)
    *_, line = page.locator("#terminal").inner_text().strip().splitlines()
    done = CliRunner().invoke(main, shlex.split(line)[1:])
    assert done.exit_code == 0, done.output
    assert " ".join(done.stdout.split()).startswith(said)
