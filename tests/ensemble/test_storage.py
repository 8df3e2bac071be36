"""The folder of a run: whole files, origins, what may be gone on with and what may not."""

import polars as pl
import pytest

from escalade.ensemble.lock import locked
from escalade.ensemble.storage import FORMAT, RunFolder, opened
from escalade.errors import EscaladeError, UsageError

ORIGIN = {"escalade": "1.0", "scenario": "abc", "seed": 1, "candidates": 64, "worlds": 8, "policies": ["a", "b"]}


def _manifest(histories=16, **changed):
    return {"format": FORMAT, "run": {**ORIGIN, **changed}, "histories": histories}


def _open(path, histories=16, **changed):
    return opened(path, {**ORIGIN, **changed}, _manifest(histories, **changed), "escalade: 1\n")


def _frame():
    return pl.DataFrame({"policy": pl.Series(["a", "b"], dtype=pl.Enum(["a", "b"])), "war": [0.25, 1.0]})


def test_a_new_folder_holds_scenario_and_manifest(tmp_path):
    folder = _open(tmp_path / "deep" / "x.run")
    assert folder.file("scenario.yaml").read_text("utf-8") == "escalade: 1\n"
    assert folder.manifest() == _manifest()


def test_files_are_whole_or_missing(tmp_path, monkeypatch):
    folder = RunFolder(tmp_path)
    folder.write("a.txt", b"before")

    def broken(*_):
        raise OSError(28, "no space left")

    monkeypatch.setattr("os.replace", broken)
    with pytest.raises(EscaladeError, match=r"a\.txt cannot be written: no space left"):
        folder.write("a.txt", b"after")
    assert folder.file("a.txt").read_bytes() == b"before"
    folder.sweep()
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_tables_come_back_with_their_origin(tmp_path):
    folder = RunFolder(tmp_path)
    folder.write_frame("t.parquet", _frame(), ORIGIN)
    assert folder.read_frame("t.parquet", ORIGIN).equals(_frame())
    assert folder.read_frame("t.parquet").equals(_frame())
    assert folder.read_frame("t.parquet", {**ORIGIN, "seed": 2}) is None
    assert folder.read_frame("other.parquet", ORIGIN) is None


def test_texts_come_back_and_are_the_same_bytes(tmp_path):
    for name in ("a.parquet", "b.parquet"):
        words = pl.DataFrame({"word": ["".join(["sh", "ield"]), "race"], "worth": [1.5, 2.5]})
        RunFolder(tmp_path).write_frame(name, words, ORIGIN)
    assert RunFolder(tmp_path).read_frame("a.parquet", ORIGIN).equals(words)
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


def test_the_same_table_is_the_same_bytes(tmp_path):
    folder = RunFolder(tmp_path)
    folder.write_frame("one.parquet", _frame(), ORIGIN)
    folder.write_frame("two.parquet", _frame(), ORIGIN)
    assert folder.file("one.parquet").read_bytes() == folder.file("two.parquet").read_bytes()


def test_a_damaged_table_is_never_taken_for_the_real_one(tmp_path):
    folder = RunFolder(tmp_path)
    folder.write_frame("t.parquet", _frame(), ORIGIN)
    good = folder.file("t.parquet").read_bytes()
    for at in range(0, len(good), 7):
        folder.file("t.parquet").write_bytes(good[:at])
        assert folder.read_frame("t.parquet", ORIGIN) is None
        flipped = bytearray(good)
        flipped[at] ^= 0x55
        folder.file("t.parquet").write_bytes(bytes(flipped))
        frame = folder.read_frame("t.parquet", ORIGIN)
        assert frame is None or frame.equals(_frame())


def test_the_same_run_is_gone_on_with_and_may_grow(tmp_path):
    _open(tmp_path / "x.run")
    (tmp_path / "x.run" / "part-00003.parquet.tmp").write_bytes(b"half")
    folder = _open(tmp_path / "x.run", histories=64)
    assert folder.manifest()["histories"] == 64
    assert not list(folder.path.glob("*.tmp"))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"seed": 2}, "seed (1 there, 2 now)"),
        ({"worlds": 16}, "number of worlds (8 there, 16 now)"),
        ({"candidates": 128}, "number of candidates"),
        ({"scenario": "def"}, "it differs in scenario."),
        ({"policies": ["a"]}, "set of policies (a, b there, a now)"),
        ({"escalade": "1.1"}, "version of escalade"),
    ],
)
def test_another_run_is_refused_with_what_differs(tmp_path, changed, words):
    _open(tmp_path / "x.run")
    with pytest.raises(UsageError) as refused:
        _open(tmp_path / "x.run", **changed)
    assert words in str(refused.value)
    assert "--out" in str(refused.value)


def test_fewer_histories_are_refused(tmp_path):
    _open(tmp_path / "x.run", histories=64)
    with pytest.raises(UsageError, match="64 histories"):
        _open(tmp_path / "x.run", histories=16)


def test_somebody_elses_folder_is_left_alone(tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("hello", "utf-8")
    (tmp_path / "file").write_text("", "utf-8")
    for name in ("letters", "file"):
        with pytest.raises(UsageError, match="is not a run"):
            _open(tmp_path / name)
    assert [path.name for path in (tmp_path / "letters").iterdir()] == ["dear.txt"]


def test_a_run_that_died_before_its_manifest_is_begun_again(tmp_path):
    path = tmp_path / "x.run"
    path.mkdir()
    (path / "scenario.yaml").write_text("escalade: 1\n", "utf-8")
    with locked(path):
        assert _open(path).manifest() == _manifest()


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        (None, UsageError, "not the folder of a run"),
        ("{", EscaladeError, "cannot be read"),
        ("[]", UsageError, "another version"),
        ('{"format": 99}', UsageError, "another version"),
    ],
)
def test_what_is_no_run_is_said_plainly(tmp_path, text, error, words):
    if text is not None:
        (tmp_path / "manifest.json").write_text(text, "utf-8")
    with pytest.raises(error, match=words):
        RunFolder(tmp_path).manifest()
