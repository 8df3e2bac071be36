"""Tables for other programs: all of a run, every column explained, the same in every kind of file."""

import io
import json

import polars as pl
import pytest

from escalade.report.export_tables import COLUMNS, DICTIONARY, FORMATS, TABLES, dictionary, tables, written
from escalade.report.findings import findings
from escalade.study.run import run
from tests.study.fakes import kernels, tiny_plan


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return findings(run(tiny_plan(), tmp_path_factory.mktemp("tables") / "tiny.run", kernels=kernels()))


@pytest.fixture(scope="module")
def made(found):
    return tables(found)


def test_every_column_of_every_table_is_explained(made):
    explained = set(made[DICTIONARY].select("table", "column").iter_rows())
    for name, frame in made.items():
        assert {(name, column) for column in frame.columns} <= explained
    assert made[DICTIONARY]["what"].str.len_chars().min() > 0


def test_no_words_stand_for_columns_that_no_table_has(made, real_run):
    there = {column for frame in [*made.values(), *tables(findings(real_run)).values()] for column in frame.columns}
    assert COLUMNS.keys() <= there


def test_a_column_without_words_is_an_error(found, made):
    with pytest.raises(KeyError, match="unheard"):
        dictionary(found, {"comparison": made["comparison"].with_columns(unheard=pl.lit(1))})


def test_what_is_not_known_yet_has_no_table(made):
    assert "reasons" not in made
    assert [*made] == [name for name in TABLES if name != "reasons"] + [DICTIONARY]


def test_the_numbers_are_those_of_the_comparison(found, made):
    war = made["differences"].filter((pl.col("quantity") == "war") & (pl.col("clock") == "crisis"))
    for policy, change in war.select("policy", "change").iter_rows():
        assert change == found.comparison.pair(policy).crisis["war"].posterior.mean
    assert made["worlds"].height == found.comparison.candidates
    assert made["worlds"]["weight"].sum() == pytest.approx(1.0)


def test_every_kind_of_file_holds_the_same(made):
    about = {"escalade": "{}"}
    for name, frame in made.items():
        files = {kind: written(frame, kind, about) for kind in FORMATS}
        parquet = pl.read_parquet(io.BytesIO(files["parquet"]))
        assert parquet.columns == frame.columns
        csv = pl.read_csv(io.BytesIO(files["csv"]), infer_schema_length=None)
        rows = json.loads(files["json"])
        assert csv.shape == parquet.shape == (len(rows), frame.width)
        if name == "worlds":
            assert csv["weight"].to_list() == parquet["weight"].to_list() == [row["weight"] for row in rows]


def test_no_number_that_does_not_exist_is_written():
    frame = pl.DataFrame({"a": [1.5, float("nan")]})
    assert json.loads(written(frame, "json", {})) == [{"a": 1.5}, {"a": None}]
    assert written(frame, "csv", {}) == b"a\n1.5\n\n"


def test_parquet_carries_the_provenance(made):
    data = written(made["inputs"], "parquet", {"escalade": '{"seed": 1}'})
    assert pl.read_parquet_metadata(io.BytesIO(data))["escalade"] == '{"seed": 1}'
