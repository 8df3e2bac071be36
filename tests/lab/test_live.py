"""The live lab in a real browser: a lever moves, crises are solved anew, and Python finds the same number."""

import json
import re

import pytest

from escalade.lab.ask import ask
from escalade.lab.setting import from_fragment
from tests.lab.pages import opened
from tests.lab.serving import served
from tests.report.conftest import browser, chromium

__all__ = ["browser", "chromium"]

DONE = "!document.body.classList.contains('rough') && escaladeLab.past.length > 0"


@pytest.fixture(scope="module")
def address(real_run):
    with served(real_run) as port:
        yield f"http://127.0.0.1:{port}/"


@pytest.fixture
def open_page(browser, address):
    contexts = []
    yield lambda end="", **options: opened(browser, address + end, contexts, **options)
    for context in contexts:
        context.close()


def numbers(page):
    return page.evaluate("({with: escaladeLab.shown.with, without: escaladeLab.shown.without})")


def test_a_lever_gives_python_s_number_and_a_link_of_it(open_page, real_run):
    page = open_page()
    before = numbers(page)
    page.locator("[data-path='sides.north.shelter.coverage'] input").press("End")
    page.wait_for_function(DONE)
    assert "100 %" in page.locator("#changed").inner_text()
    page.locator("#share").click()
    page.wait_for_function("location.hash.length > 10")
    there = ask(real_run, from_fragment(page.evaluate("location.hash")).setting)
    here = numbers(page)
    assert here["with"] == pytest.approx(there.numbers["with"], abs=1e-9)
    assert here["without"] == pytest.approx(there.numbers["without"], abs=1e-9)
    assert here != before
    assert page.locator("#sentence").inner_text() in there.sentence
    page.locator("#undo").click()
    assert numbers(page) == before
    elsewhere = open_page(page.evaluate("location.hash"))
    elsewhere.wait_for_function(DONE)
    assert numbers(elsewhere) == here


def test_dragging_solves_few_worlds_and_letting_go_all(open_page):
    page = open_page()
    asked = []
    page.on("request", lambda request: asked.append(json.loads(request.post_data)) if request.post_data else None)
    handle = page.locator("[data-path='sides.north.shelter.coverage'] input")
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, y)
    page.mouse.down()
    for step in range(8):
        page.mouse.move(box["x"] + box["width"] * (0.5 + step / 20), y)
        page.wait_for_timeout(60)
    page.wait_for_function("document.getElementById('left').textContent.includes('Rough')")
    page.mouse.up()
    page.wait_for_function(DONE)
    rough = [question for question in asked if question["points"] == 34]
    full = [question for question in asked if question["points"] == 233]
    assert rough
    assert all(len(question["worlds"]) <= 16 for question in rough)
    assert sorted(world for question in full for world in question["worlds"]) == list(range(64))
    assert [question["request"] for question in asked] == sorted({question["request"] for question in asked})


def test_a_late_reply_is_dropped(open_page):
    page = open_page()
    held = []

    def hold(route):
        question = json.loads(route.request.post_data)
        if not held and question["levers"]:
            held.append(question)
            reply = route.fetch()
            late = reply.json() | {"request": question["request"] - 1}  # as if it answered an older question
            late["one"]["top"] = [0.987] * len(late["worlds"])
            route.fulfill(status=200, content_type="application/json", body=json.dumps(late))
        else:
            route.continue_()

    page.route(re.compile("/solve"), hold)
    page.locator("[data-path='sides.north.shelter.coverage'] input").press("End")
    page.wait_for_timeout(500)
    assert held
    assert not page.evaluate("JSON.stringify([...escaladeLab.server.known(escaladeLab.now).as_is.top])").count("0.987")


def test_stories_and_reasons_come_from_the_server(open_page):
    page = open_page()
    page.locator("[data-panel=story]").click()
    page.wait_for_selector("#told .twins")
    first = page.locator("#told").inner_text()
    page.locator("#another").click()
    page.wait_for_function("text => document.getElementById('told').innerText !== text", arg=first)
    page.locator("[data-panel=why]").click()
    page.locator("#reasons").click()
    page.wait_for_selector("#worked-out svg")


def test_nothing_but_this_machine_is_asked_and_its_policy_holds(open_page, address):
    page = open_page(bypass_csp=False)
    page.locator("[data-path='sides.north.shelter.coverage'] input").press("End")
    page.locator("[data-panel=again]").click()
    page.wait_for_timeout(300)
    assert page.failed == []
    assert all(url.startswith(address) for url in page.asked)
    assert len(page.asked) >= 2
    assert page.evaluate("fetch('http://127.0.0.1:9/').then(() => 'sent', () => 'refused')") == "refused"


def test_a_server_that_is_gone_is_told(open_page):
    page = open_page()
    page.route(re.compile("/solve"), lambda route: route.abort())
    page.locator("[data-path='sides.north.shelter.coverage'] input").press("End")
    page.wait_for_function("!document.getElementById('note').hidden")
    assert page.locator("#note").inner_text()
