"""The lab's server: what it answers, and what it refuses in a sentence, whoever asks."""

import json

import numpy as np
import pytest

from escalade.lab.ask import crises_of
from escalade.lab.guard import MOST_BODY
from tests.lab.serving import asked, served, solved

SOLVE = {"request": 7, "worlds": [0, 5], "points": 233}


@pytest.fixture(scope="module")
def port(real_run):
    with served(real_run) as port:
        yield port


def test_the_page_is_served_and_may_ask_this_server_only(port):
    reply = asked(port, "GET", "/")
    assert reply.status == 200
    policy = reply.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "connect-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "access-control-allow-origin" not in reply.headers
    assert reply.headers["x-content-type-options"] == "nosniff"


def test_solving_gives_the_stored_crises_and_repeats_the_number(port, real_run):
    reply = solved(port, "/solve", **SOLVE).json()
    table = crises_of(real_run)
    war = table.columns.index("war")
    assert reply["request"] == 7
    assert reply["worlds"] == [0, 5]
    assert reply["one"]["top"] == pytest.approx(table.values["as_is"][[0, 5], war], abs=1e-12)
    assert reply["other"]["top"] == pytest.approx(table.values["no_shield"][[0, 5], war], abs=1e-12)


def test_a_lever_changes_the_answer(port):
    still = solved(port, "/solve", **SOLVE).json()
    moved = solved(port, "/solve", **SOLVE | {"levers": {"sides.north.shelter.coverage": 1.0}}).json()
    assert moved["one"] != still["one"]
    assert moved["other"] != still["other"]
    stock = {"sides.north.shield.layers.*.stock": {"times": 0.0}}
    emptied = solved(port, "/solve", **SOLVE | {"levers": stock}).json()
    assert emptied["other"] == still["other"]  # no shield: no stock to empty


def test_a_story_and_its_reasons_are_told(port):
    story = solved(port, "/story", request=1, turn=0).json()["html"]
    assert 'class="twins"' in story
    assert story == solved(port, "/story", request=2, turn=0).json()["html"]
    why = solved(port, "/why", request=3, levers={"sides.north.shelter.coverage": 0.9}).json()["html"]
    assert "<svg" in why


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        ("host", "evil.example", 421),
        ("host", "127.0.0.1", 421),
        ("host", "127.0.0.1:9", 421),
        ("host", "127.0.0.1.evil.example:{port}", 421),
        ("host", "", 421),
        ("origin", "https://evil.example", 403),
        ("origin", "null", 403),
        ("origin", "http://127.0.0.1:9", 403),
        ("content_type", "text/plain", 415),
        ("content_type", "multipart/form-data", 415),
        ("content_type", None, 415),
    ],
)
def test_strangers_are_refused(port, header, value, status):
    told = {header: value and value.format(port=port)}
    reply = asked(port, "POST", "/solve", json.dumps(SOLVE).encode(), **told)
    assert reply.status == status
    assert reply.json()["error"]


def test_its_own_page_may_ask(port):
    for host in ("127.0.0.1", "localhost"):
        own = {"host": f"{host}:{port}", "origin": f"http://{host}:{port}"}
        assert asked(port, "POST", "/solve", json.dumps(SOLVE).encode(), **own).status == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH"])
def test_other_methods_are_refused(port, method):
    assert asked(port, method, "/solve").status == 405


@pytest.mark.parametrize("size", [MOST_BODY + 1, 10_000_000])
def test_large_bodies_are_refused(port, size):
    assert asked(port, "POST", "/solve", b" " * size).status == 413
    told = {"content_length": None, "transfer_encoding": "chunked"}  # how long it is shows only as it comes
    piece = b"10000\r\n" + b" " * 65_536 + b"\r\n"
    assert asked(port, "POST", "/solve", piece * (size // 65_536 + 1) + b"0\r\n\r\n", **told).status == 413


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"request": 1e400}',
        b'{"request": -1}',
        b'{"request": true}',
        b'{"request": 1, "worlds": [0], "points": 34, "levers": {"sides.north.shelter.coverage": 1e400}}',
        b'{"request": 1, "worlds": [0], "points": 34, "levers": {"sides.north.shelter.coverage": NaN}}',
        b'{"request": 1, "worlds": [0], "points": 34, "levers": {"sides.north.shelter.coverage": 2}}',
        b'{"request": 1, "worlds": [0], "points": 34, "levers": {"__proto__": 1}}',
        b'{"request": 1, "worlds": [0], "points": 34, "policy": "../../etc/passwd"}',
        b'{"request": 1, "worlds": [0], "points": 34, "other": 1}',
        b'{"request": 1, "worlds": [0], "points": 377}',
        b'{"request": 1, "worlds": [0], "points": true}',
        b'{"request": 1, "worlds": [64], "points": 34}',
        b'{"request": 1, "worlds": [-1], "points": 34}',
        b'{"request": 1, "worlds": [0.5], "points": 34}',
        b'{"request": 1, "worlds": [], "points": 34}',
        json.dumps({"request": 1, "worlds": [0] * 65, "points": 34}).encode(),
        b'{"request": 1, "worlds": "0", "points": 34}',
        b'{"request": ' + b"9" * 5000 + b"}",
    ],
    ids=lambda content: content[:60].decode("latin-1"),
)
def test_malformed_and_huge_questions_are_told_what_is_wrong(port, content):
    reply = asked(port, "POST", "/solve", content)
    assert reply.status == 400
    assert reply.json()["error"]


@pytest.mark.parametrize("turn", [-1, 1.5, True, "0", 10**7])
def test_stories_are_counted_in_whole_numbers(port, turn):
    assert solved(port, "/story", request=1, turn=turn).status == 400


@pytest.mark.parametrize("path", ["/etc/passwd", "/../escalade", "/page/lab.js", "/solve"])
def test_there_is_nothing_else_to_get(port, path):
    assert asked(port, "GET", path).status in (404, 405)


def test_many_bad_requests_change_nothing(port):
    before = solved(port, "/solve", **SOLVE).json()
    for number in range(300):
        asked(port, "POST", "/solve", b"{" * (number % 7))
    assert solved(port, "/solve", **SOLVE).json() == before


def test_numbers_of_the_reply_are_numbers(port):
    reply = solved(port, "/solve", **SOLVE | {"points": 34}).json()
    assert np.isfinite(reply["one"]["top"]).all()
