"""A replay: told, shown, as rows and as data."""

from __future__ import annotations

import json

import pytest

import escalade


def test_it_tells_a_history_beside_its_twin(real: escalade.Run) -> None:
    told = real.replay("longest")
    text = str(told)
    assert "Lines with a bar are the twin" in text
    assert max(map(len, text.splitlines())) <= 80
    assert str(real.replay(world=told.world, history=told.history)).splitlines()[-3:] == text.splitlines()[-3:]
    assert "Lines with a bar" not in str(real.replay("longest", alone=True))


def test_its_table_has_a_row_for_every_step(real: escalade.Run) -> None:
    told = real.replay("longest")
    table = told.table()
    assert set(table["kind"]) <= {"year", "crisis", "move", "end"}
    assert table["parts"].sum() <= 1
    data = json.loads(json.dumps(told.data(), allow_nan=False))
    assert len(data["sentences"]) == table.height


def test_its_card_has_two_columns(real: escalade.Run) -> None:
    card = real.replay("longest")._repr_html_()
    assert card.count("<table") == 1
    assert 'colspan="2"' in card


def test_what_is_not_there_is_refused(real: escalade.Run) -> None:
    with pytest.raises(escalade.UsageError, match="nothing to show"):
        real.replay("wars")
    with pytest.raises(escalade.UsageError, match="has no histories"):
        real.replay(world=10**6, history=0)
