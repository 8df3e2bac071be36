"""Serving the lab on this machine only: a port, a browser, and a clean end."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

from escalade.errors import EscaladeError

if TYPE_CHECKING:
    from escalade.study.results import StoredRun

LOOPBACK = "127.0.0.1"
MOST_CONNECTIONS = 200
"""Connections that may be open at once."""

IDLE = 5
"""Seconds after which a connection that asks nothing is closed."""


def bound(port: int) -> socket.socket:
    """A socket of this machine's loopback, bound to a port (0: any that is free).

    Raises ``EscaladeError`` if the port is taken or not allowed.
    """
    # Named as TCP: asyncio then sends small answers at once instead of waiting 40 ms for more to send with them.
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":  # elsewhere it would let two programs share the port
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((LOOPBACK, port))
        found.listen(128)  # a browser that comes before the server is up waits
    except OSError as error:
        found.close()
        if error.errno == errno.EADDRINUSE:
            why = "is taken: another lab may be open; give another one with --port, or --port 0 for any"
        else:
            why = f"cannot be used: {error.strerror}; give another one with --port"
        raise EscaladeError(f"port {port} {why}") from None
    return found


def serve(run: StoredRun, port: int, fragment: str, *, say: Callable[[str], None], browser: bool) -> None:
    """Serve the lab of a run until it is interrupted.

    port : on loopback; 0 for any that is free
    fragment : end of the address at which the page opens, or empty
    say : told the address; browser : whether to open it

    Raises ``EscaladeError`` if the port is taken or the run was made by another version of the model, and
    ``KeyboardInterrupt`` never: Ctrl-C is how it ends.
    """
    import threading
    import webbrowser

    import uvicorn

    from escalade.lab.guard import patient_protocol
    from escalade.lab.server import Lab, application

    lab = Lab(run)
    lab.solver.require_same_model()
    place = bound(port)
    number = place.getsockname()[1]
    address = f"http://{LOOPBACK}:{number}/{fragment}"
    settings = uvicorn.Config(
        application(lab, number),
        http=patient_protocol(),
        log_level="critical",
        access_log=False,
        server_header=False,
        date_header=False,
        ws="none",
        lifespan="off",
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=IDLE,
        timeout_graceful_shutdown=2,
        h11_max_incomplete_event_size=16_384,
    )
    threading.Thread(target=_warmed, args=(lab,), daemon=True).start()
    say(f"The lab is open at {address}\nOnly this machine can reach it. Ctrl-C closes it.")
    if browser:
        webbrowser.open(address)
    try:
        uvicorn.Server(settings).run(sockets=[place])
    except KeyboardInterrupt:
        pass
    finally:
        place.close()
    say("The lab is closed.")


def _warmed(lab: object) -> None:
    """Make the page and compile what solves crises, before anybody asks."""
    from escalade.lab.server import Lab

    if isinstance(lab, Lab):
        lab.page  # noqa: B018  # made once, kept
        lab.solve({"request": 0, "worlds": [0], "points": 34})
