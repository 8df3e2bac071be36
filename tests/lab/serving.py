"""A lab that is served on a free port of this machine while a test runs."""

import http.client
import json
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import uvicorn

from escalade.lab.guard import patient_protocol
from escalade.lab.serve import bound
from escalade.lab.server import Lab, application


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self):
        return json.loads(self.body)


def asked(port, method, path, body=b"", **headers):
    """The reply to one request; headers by name with ``_`` for ``-``, those that are None left out."""
    host = headers.pop("host", f"127.0.0.1:{port}")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        if method == "POST":
            headers = {"content_type": "application/json", "content_length": str(len(body))} | headers
        for name, value in ({"host": host} | headers).items():
            if value is not None:
                connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        with suppress(OSError):  # refused before all of it was sent
            connection.send(body)
        found = connection.getresponse()
        return Reply(found.status, {name.lower(): value for name, value in found.getheaders()}, found.read())
    finally:
        connection.close()


def solved(port, path, **question):
    """The reply to a question."""
    return asked(port, "POST", path, json.dumps(question).encode())


@contextmanager
def served(run):
    """Port of the lab of a run."""
    place = bound(0)
    port = place.getsockname()[1]
    config = uvicorn.Config(
        application(Lab(run), port), http=patient_protocol(), log_level="critical", lifespan="off", ws="none"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [place]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield port
    finally:
        server.should_exit = True
        thread.join(10)
        place.close()
        assert not thread.is_alive()
