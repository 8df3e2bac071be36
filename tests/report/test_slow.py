"""What the years add, in words and as JSON."""

import json

from escalade.report.slow import as_json, as_text, sentence, table
from tests.analysis.test_slow import found


def test_one_line_names_all_three_and_says_where_there_is_none() -> None:
    said = str(sentence(found()))
    assert "rivals arm (race) +6.7" in said
    assert "0: nobody in this scenario looks ahead" in said
    assert "leaders learn (wear) 0" in said
    assert said.endswith("in 100 periods of 2 years")


def test_the_text_fits_80_columns() -> None:
    text = as_text(found())
    assert all(len(line) <= 80 for line in text.splitlines())
    assert "with the same" in text


def test_json_says_null_where_nothing_exerts_a_force() -> None:
    data = json.loads(json.dumps(as_json(found()), allow_nan=False))
    assert data["parts"]["windows"] is None
    assert data["parts"]["wear"]["mean"] == 0.0


def test_the_table_has_every_force_and_the_effect() -> None:
    assert len(table(found()).sections[0].rows) == 4
