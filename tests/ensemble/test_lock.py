"""The lock of a run: one living holder at a time."""

import multiprocessing
import os
import signal

import pytest

from escalade.ensemble.lock import NAME, locked
from escalade.errors import EscaladeError


def _hold(folder, ready, release):
    with locked(folder):
        ready.set()
        release.wait(30)


def _holder(folder):
    context = multiprocessing.get_context("spawn")
    ready, release = context.Event(), context.Event()
    process = context.Process(target=_hold, args=(folder, ready, release))
    process.start()
    assert ready.wait(30)
    return process, release


def test_a_living_holder_refuses_a_second_and_then_lets_go(tmp_path):
    process, release = _holder(tmp_path)
    try:
        with pytest.raises(EscaladeError, match="another process"), locked(tmp_path):
            pass
    finally:
        release.set()
        process.join()
    with locked(tmp_path):
        pass


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_the_lock_of_a_killed_holder_is_free(tmp_path):
    process, _ = _holder(tmp_path)
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert (tmp_path / NAME).exists()
    with locked(tmp_path):
        pass
    assert not (tmp_path / NAME).exists()


def test_two_holders_in_one_process_exclude_each_other(tmp_path):
    with locked(tmp_path), pytest.raises(EscaladeError, match=f"number {os.getpid()}"), locked(tmp_path):
        pass


def test_the_file_is_gone_after_an_error(tmp_path):
    with pytest.raises(ZeroDivisionError), locked(tmp_path):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []
