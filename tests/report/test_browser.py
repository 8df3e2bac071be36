"""The report in a real browser: fetches nothing, needs no script, is read by everybody, on any screen and on paper."""

import re
from itertools import pairwise

import pytest

from escalade.report import page as report
from escalade.study.plan import Effort, plan
from escalade.study.run import run
from tests.report.reports import HOSTILE, hostile_scenario
from tests.study.fakes import kernels

NARROW = {"width": 360, "height": 740}


@pytest.fixture
def open_page(browser, request):
    """Open an address in a fresh window; whatever it asks of the network is refused and noted."""
    contexts = []

    def opened(address, **options):
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.asked = []
        page.on("request", lambda asked: page.asked.append(asked.url))
        context.route(re.compile(r"^(?!file:)"), lambda route: route.abort())
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()


def unfold(page):
    """Open everything that is folded away."""
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")


def test_it_asks_nothing_of_the_network(open_page, address):
    page = open_page(address)
    unfold(page)
    for number in page.locator("button.num").all()[:5]:
        number.click()
        page.keyboard.press("Escape")
    assert page.asked == [address]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 360)])
def test_axe_finds_nothing_serious(open_page, address, scheme, width):
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(address, color_scheme=scheme, viewport={"width": width, "height": 800})
    unfold(page)
    found = Axe().run(page).response["violations"]
    grave = {problem["id"]: [node["html"] for node in problem["nodes"]][:3] for problem in found}
    assert not {problem["id"] for problem in found if problem["impact"] in ("serious", "critical")}, grave


def test_it_is_read_and_its_numbers_open_without_scripts(open_page, address):
    page = open_page(address, java_script_enabled=False)
    assert page.locator("h1").is_visible()
    assert page.locator(".lead strong").inner_text().strip()
    assert page.locator("svg").first.is_visible()
    number = page.locator(".lead button.num").first
    note = page.locator(f"[id='{number.get_attribute('popovertarget')}']")
    assert not note.is_visible()
    number.click()
    assert note.is_visible()
    assert "of" in note.locator("dt").all_inner_texts()
    page.keyboard.press("Escape")
    assert not note.is_visible()


def test_every_number_opens_a_note_that_fits_a_telephone(open_page, address):
    page = open_page(address, viewport=NARROW)
    for number in page.locator("main > .lead button.num, main > .key button.num, main > .levels button.num").all():
        number.click()
        box = page.locator("[popover]:popover-open").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= NARROW["width"]
        page.keyboard.press("Escape")


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_has_to_be_moved_sideways(open_page, address, width):
    page = open_page(address, viewport={"width": width, "height": 800})
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_words_in_pictures_are_large_enough_on_a_telephone(open_page, address):
    page = open_page(address, viewport=NARROW)
    heights = page.evaluate(
        "[...document.querySelectorAll('svg text')].map(text => text.getBoundingClientRect().height)"
    )
    assert heights
    assert min(heights) >= 9.0


def test_dark_and_light_differ_and_paper_is_always_light(open_page, address):
    grounds = {}
    for scheme in ("light", "dark"):
        page = open_page(address, color_scheme=scheme)
        grounds[scheme] = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.emulate_media(media="print", color_scheme=scheme)
        grounds[f"{scheme} paper"] = page.evaluate("getComputedStyle(document.body).color")
    assert grounds["light"] != grounds["dark"]
    assert grounds["light paper"] == grounds["dark paper"]


def test_it_prints_on_a4_and_no_figure_is_cut(open_page, address):
    page = open_page(address)
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= 16
    page.set_viewport_size({"width": 700, "height": 1000})
    page.emulate_media(media="print")
    tall = page.evaluate("[...document.querySelectorAll('.card')].map(card => card.getBoundingClientRect().height)")
    assert max(tall) < 1000  # the height of a sheet less its margins, 271 mm at 96 dots to an inch
    assert page.evaluate(
        "[...document.querySelectorAll('.card')].every(c => getComputedStyle(c).breakInside == 'avoid')"
    )


def test_headings_do_not_skip_a_level_and_landmarks_are_there(open_page, address):
    page = open_page(address)
    levels = page.evaluate("[...document.querySelectorAll('main :is(h1,h2,h3,h4)')].map(head => +head.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.locator("header, main, nav, footer").count() == 4


def test_hostile_names_run_nothing_and_are_shown(open_page, tmp_path):
    done = run(plan(hostile_scenario(tmp_path), effort=Effort(64, 8, 8)), tmp_path / "h.run", kernels=kernels())
    report.write_report(done)
    said = []
    page = open_page((tmp_path / "h.run" / "report.html").as_uri(), viewport=NARROW)
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    unfold(page)
    page.locator("button.num").first.click()
    assert said == []
    assert page.locator("main script, main img, main iframe").count() == 0
    assert HOSTILE in page.locator("main").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
