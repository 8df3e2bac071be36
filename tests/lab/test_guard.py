"""Crowds and slow clients: dropped or served, never a server that is down."""

import http.client
import socket
import time
from contextlib import ExitStack, suppress

import pytest

from escalade.lab import guard
from tests.lab.serving import asked, served, solved

QUESTION = {"request": 1, "worlds": [0], "points": 34}


HALF_A_HEAD = b"GET / HTTP/1.1\r\nHo"
HALF_A_BODY = (
    b"POST /solve HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"
)


def is_open(connection):
    """Whether the other end has not closed a connection; what it sends is read."""
    connection.settimeout(0.02)
    try:
        return connection.recv(65_536) != b""
    except TimeoutError:
        return True
    except OSError:
        return False


@pytest.mark.parametrize("begun", [HALF_A_HEAD, HALF_A_BODY], ids=["half a head", "half a body"])
def test_a_hundred_slow_clients_are_dropped_and_others_served(made, monkeypatch, begun):
    monkeypatch.setattr(guard, "PATIENCE", 1.0)
    monkeypatch.setattr(guard, "MOST_AT_ONCE", 200)
    with served(made) as port, ExitStack() as open_ones:
        slow = [open_ones.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(100)]
        for connection in slow:
            connection.sendall(begun.replace(b"{port}", str(port).encode()))
        assert asked(port, "GET", "/").status == 200
        until = time.monotonic() + 30
        while slow and time.monotonic() < until:
            slow = [connection for connection in slow if is_open(connection)]
            for connection in slow:
                with suppress(OSError):
                    connection.sendall(b"x")  # a little at a time does not help
        assert not slow
        assert asked(port, "GET", "/").status == 200


def test_a_crowd_is_told_to_come_back(made, monkeypatch):
    monkeypatch.setattr(guard, "MOST_AT_ONCE", 0)
    with served(made) as port:
        reply = asked(port, "GET", "/")
        assert reply.status == 503
        assert "ask again" in reply.json()["error"]


def memory():
    with open("/proc/self/statm") as stream:
        return int(stream.read().split()[1]) * 4096


@pytest.mark.verify
def test_ten_thousand_requests_leave_memory_flat(real_run):
    with served(real_run) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        host = {"Host": f"127.0.0.1:{port}", "Content-Type": "application/json"}

        def some(count):
            for number in range(count):
                body = b'{"request": 1, "worlds": [0], "points": 34}' if number % 50 == 0 else b"{" * (number % 90)
                connection.request("POST", "/solve", body, host)
                connection.getresponse().read()

        some(2_000)
        before = memory()
        some(10_000)
        assert memory() - before < 30e6
        assert solved(port, "/solve", **QUESTION).status == 200
