"""Serving: on loopback only, on a port that is told, until Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from escalade.errors import EscaladeError
from escalade.lab.serve import bound
from tests.lab.serving import asked


def test_a_port_is_bound_on_this_machine_only():
    place = bound(0)
    assert place.getsockname()[0] == "127.0.0.1"
    assert place.proto == socket.IPPROTO_TCP  # or every answer waits for more to send with it
    place.close()


def test_a_port_that_is_taken_is_refused():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(EscaladeError, match="is taken: another lab may be open"):
            bound(other.getsockname()[1])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal to send")
def test_ctrl_c_ends_it_clean(real_run):
    command = [sys.executable, "-m", "escalade", "lab", str(real_run.folder.path), "--port", "0", "--no-browser"]
    lab = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ)
    try:
        line = lab.stderr.readline()
        port = int(line.rsplit(":", 1)[1].strip(" /\n"))
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                assert asked(port, "GET", "/").status == 200
                break
            except OSError:
                time.sleep(0.1)
        lab.send_signal(signal.SIGINT)
        out, err = lab.communicate(timeout=30)
    finally:
        lab.kill()
    assert lab.returncode == 0
    assert out == ""
    assert err.splitlines()[-1] == "The lab is closed."
    assert "Traceback" not in err
