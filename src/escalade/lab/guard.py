"""What stands between the lab's server and whoever else can reach this machine's loopback.

A page of any web site may send requests to 127.0.0.1, and may make its own name point there (DNS rebinding). So the
host asked for must be this machine, the origin must be the lab's own page, bodies are small, few requests are at work
at once, and whoever sends slowly is dropped.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BODY = 262_144
"""Bytes of a request's body."""

MOST_AT_ONCE = 32
"""Requests that may be under way at once."""

PATIENCE = 10.0
"""Seconds in which a request must be there, and in which a part of an answer must be taken."""

NAMES = ("127.0.0.1", "localhost")

HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)
"""Sent with every reply."""


class RefusalError(Exception):
    """A request that is not answered: its status and why."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why


class Guard:
    """An application that lets through only what the lab's own page asks on one port.

    app : what answers; port : on which it is served
    """

    def __init__(self, app: ASGIApp, port: int) -> None:
        self.app, self.port, self.under_way = app, port, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it in a sentence."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        self.under_way += 1
        try:
            body = await self._checked(scope, receive)
            await self.app(scope, _given(body), _with_headers(send))
        except RefusalError as refused:
            await _refuse(send, refused)
        except TimeoutError:
            return  # whoever does not read the answer is left alone with it
        finally:
            self.under_way -= 1

    async def _checked(self, scope: Scope, receive: Receive) -> bytes:
        """The body of a request that may be answered. Raises ``RefusalError`` for any other."""
        headers = dict(scope["headers"])
        own = [f"{name}:{self.port}".encode() for name in NAMES]
        if headers.get(b"host") not in own:
            raise RefusalError(421, "this server answers for this machine only")
        origin = headers.get(b"origin")
        if origin is not None and origin not in [b"http://" + host for host in own]:
            raise RefusalError(403, "only the lab's own page may ask")
        if scope["method"] not in ("GET", "HEAD", "POST"):
            raise RefusalError(405, "only GET and POST are answered")
        if self.under_way > MOST_AT_ONCE:
            raise RefusalError(503, "too many requests at once; ask again")
        if scope["method"] != "POST":
            return b""
        if headers.get(b"content-type", b"").split(b";")[0].strip() != b"application/json":
            raise RefusalError(415, "a question is sent as application/json")
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or int(length[:20]) > MOST_BODY:
            raise RefusalError(413, f"a question has at most {MOST_BODY:,} bytes")
        return await _body(receive)


async def _body(receive: Receive) -> bytes:
    """The whole body. Raises ``RefusalError`` if it is too long or too slow to come."""
    parts, size = [], 0
    try:
        async with asyncio.timeout(PATIENCE):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise RefusalError(400, "nobody waits for the answer")
                parts.append(message.get("body", b""))
                size += len(parts[-1])
                if size > MOST_BODY:
                    raise RefusalError(413, f"a question has at most {MOST_BODY:,} bytes")
                if not message.get("more_body", False):
                    return b"".join(parts)
    except TimeoutError:
        raise RefusalError(408, "the question took too long to arrive") from None


def _given(body: bytes) -> Receive:
    """A receiver that hands over a body that is there already."""
    told = False

    async def receive() -> Message:
        nonlocal told
        if told:
            await asyncio.Event().wait()  # nothing more ever comes
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", []), *HEADERS]
        async with asyncio.timeout(PATIENCE):
            await send(message)

    return sending


def patient_protocol() -> type[asyncio.Protocol]:
    """HTTP as uvicorn speaks it, but a request whose head is not whole in time ends its connection."""
    from uvicorn.protocols.http.h11_impl import H11Protocol

    class Patient(H11Protocol):
        """Watches for requests that have begun and do not get on."""

        deadline: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            """Wait for the first request."""
            super().connection_made(transport)
            self._watch()

        def data_received(self, data: bytes) -> None:
            """Take what came, and go on waiting if that was not all."""
            super().data_received(data)
            self._watch()

        def _watch(self) -> None:
            whole = not self._waits()
            if whole and self.deadline is not None:
                self.deadline.cancel()
                self.deadline = None
            elif not whole and self.deadline is None:
                self.deadline = self.loop.call_later(PATIENCE, self._drop)

        def _drop(self) -> None:
            self.deadline = None
            if self._waits():
                self.transport.close()

        def _waits(self) -> bool:
            """Whether the head of a request is not there yet."""
            cycle: Any = self.cycle  # None before the first request, whatever its type says
            return cycle is None or bool(cycle.response_complete)

    return Patient


async def _refuse(send: Send, refused: RefusalError) -> None:
    import json

    body = json.dumps({"error": refused.why}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
        *HEADERS,
    ]
    await send({"type": "http.response.start", "status": refused.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
