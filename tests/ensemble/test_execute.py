"""Chunks: cut the same way always, done once each, saved whatever happens."""

import threading
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalade.ensemble.execute import crisis_chunks, history_parts, require_numbers, run_chunks
from escalade.errors import EscaladeError

drawn = st.lists(st.integers(0, 5), min_size=1, max_size=40).filter(any).map(np.array)


def test_candidates_are_cut_by_64():
    assert [chunk.size for chunk in crisis_chunks(160)] == [64, 64, 32]
    assert np.concatenate(crisis_chunks(160)).tolist() == list(range(160))


@given(drawn, st.integers(1, 50))
def test_every_history_is_in_exactly_one_part(multiplicity, histories):
    parts = history_parts(multiplicity, histories)
    rows = [row for part in parts for row in zip(part.candidate.tolist(), part.history.tolist(), strict=True)]
    expected = [(world, h) for world, copies in enumerate(multiplicity.tolist()) for h in range(copies * histories)]
    assert sorted(rows) == expected
    assert [part.number for part in parts] == list(range(len(parts)))


@given(drawn, st.integers(1, 3), st.integers(1, 3))
def test_more_histories_only_append_parts(multiplicity, blocks, more):
    few, many = (history_parts(multiplicity, 16 * n) for n in (blocks, blocks + more))
    for one, other in zip(few, many, strict=False):
        assert one.number == other.number
        assert one.candidate.tolist() == other.candidate.tolist()
        assert one.history.tolist() == other.history.tolist()


@given(drawn, st.integers(1, 40))
def test_rows_are_ordered_by_candidate_then_history(multiplicity, histories):
    for part in history_parts(multiplicity, histories):
        rows = list(zip(part.candidate.tolist(), part.history.tolist(), strict=True))
        assert rows == sorted(rows)


def test_the_first_block_speaks_for_all_worlds():
    multiplicity = np.array([2, 0, 1] * 10)
    parts = history_parts(multiplicity, 32)
    first = [part for part in parts if part.number < len(parts) // 2]
    assert set(np.concatenate([part.candidate for part in first])) == set(np.flatnonzero(multiplicity))


@pytest.mark.parametrize("workers", [1, 4])
def test_each_chunk_is_done_once(workers):
    done, heard, lock = [], [], threading.Lock()

    def work(chunk):
        with lock:
            done.append(chunk)
        return chunk * chunk

    run_chunks(work, range(23), workers, lambda chunk, result: heard.append((chunk, result)))
    assert sorted(done) == list(range(23))
    assert sorted(heard) == [(n, n * n) for n in range(23)]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, EscaladeError])
def test_chunks_under_way_are_finished_and_others_not_begun(stop):
    begun, saved, lock = [], [], threading.Lock()

    def work(chunk):
        with lock:
            begun.append(chunk)
        time.sleep(0.02 if chunk else 0.0)
        with lock:
            saved.append(chunk)

    def finished(chunk, _):
        raise stop("enough")

    with pytest.raises(stop):
        run_chunks(work, range(100), 2, finished)
    assert sorted(begun) == sorted(saved)
    assert 0 in saved
    assert len(saved) <= 4


def test_an_error_in_a_chunk_comes_out():
    def work(chunk):
        if chunk == 3:
            raise EscaladeError("chunk 3")

    with pytest.raises(EscaladeError, match="chunk 3"):
        run_chunks(work, range(8), 2, lambda *_: None)


def test_memory_of_results_is_bounded_by_the_window():
    waiting = 0
    most = 0
    lock = threading.Lock()

    def chunks():
        nonlocal waiting, most
        for n in range(50):
            with lock:
                waiting += 1
                most = max(most, waiting)
            yield n

    def finished(*_):
        nonlocal waiting
        with lock:
            waiting -= 1

    run_chunks(lambda chunk: None, chunks(), 2, finished)
    assert most <= 4


def test_a_result_that_is_no_number_is_named():
    values = np.array([[0.0, 1.0], [2.0, np.nan]])
    candidate, history = np.array([7, 9]), np.array([0, 12])
    with pytest.raises(EscaladeError, match="history 12 of world 9 under policy shield: war is not a number"):
        require_numbers(values, ["deaths", "war"], "shield", candidate, history)
    with pytest.raises(EscaladeError, match="the exact crisis of world 9 under policy shield: war"):
        require_numbers(values, ["deaths", "war"], "shield", candidate)
    require_numbers(values[:1], ["deaths", "war"], "shield", candidate)
