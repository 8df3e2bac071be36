"""The registry of numbers about raids."""

from __future__ import annotations

from escalade.raid.quantities import RAID_NUMBERS


def test_entries_are_complete_and_distinct() -> None:
    assert len({entry.id for entry in RAID_NUMBERS}) == len(RAID_NUMBERS)
    for entry in RAID_NUMBERS:
        assert all((entry.name, entry.sentence, entry.of, entry.formula, entry.error))
