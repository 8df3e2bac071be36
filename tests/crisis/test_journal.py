"""The journal of a history: rows, their classes, and what a full one does."""

from __future__ import annotations

import pytest

from escalade.crisis import journal as noted
from escalade.crisis.journal import EVENTS, EndEvent, MoveEvent, new_journal, note


def test_every_kind_has_a_class_of_its_name() -> None:
    for kind, event in enumerate(EVENTS):
        name = event.__name__.removesuffix("Event").upper()
        assert getattr(noted, name) == kind
    assert max(len(event._fields) for event in EVENTS) == noted.WIDTH - 1


def test_fields_are_written_in_their_order() -> None:
    journal = new_journal(2)
    event = MoveEvent(*(float(10 + k) for k in range(len(MoveEvent._fields))))
    note(journal, noted.MOVE, event)
    assert journal.used[0] == 1
    assert journal.rows[0, 0] == noted.MOVE
    assert tuple(journal.rows[0, 1 : 1 + len(event)]) == event
    assert not journal.rows[1].any()


@pytest.mark.parametrize("rows", [1, 3])
def test_a_full_journal_goes_on_counting(rows: int) -> None:
    journal = new_journal(rows)
    for number in range(5):
        note(journal, noted.END, EndEvent(float(number)))
    assert journal.used[0] == 5
    assert list(journal.rows[:, 1]) == [*map(float, range(rows - 1)), 4.0]
