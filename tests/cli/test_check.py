"""``escalade check``."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from escalade.cli.main import main
from escalade.scenario.export import shipped_schema
from tests.scenario.texts import TINY, TINY_FILE, place


def check(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", *arguments], prog_name="escalade")


def narrow(text: str) -> bool:
    """Whether every line fits 80 columns, or is one word that does not."""
    return all(len(line) <= 80 or len(line.split()) == 1 for line in text.splitlines())


def test_a_good_file_is_counted() -> None:
    done = check(str(TINY_FILE))
    assert done.exit_code == 0
    assert done.stdout.startswith("tiny is a valid scenario\n")
    assert "policies          4: as_is (focus), no_shield (baseline)," in done.stdout
    for word in (
        "uncertain inputs", "certain inputs", "sourced numbers", "assumptions", "figures believed", "defaults"
    ):  # fmt: skip
        assert f"\n  {word}" in done.stdout
    assert "enters as hard limits" in " ".join(done.stdout.split())
    assert narrow(done.stdout)


def test_a_bundled_name_is_enough() -> None:
    done = check("iran-june-2025")
    assert done.exit_code == 0
    assert narrow(done.stdout)


def test_assumptions_are_listed_with_their_reasons() -> None:
    done = check(str(TINY_FILE), "--assumptions")
    assert "  sides.north.tolerance: 100 to 1500, most likely 400 [assumption]\n    Invented.\n" in done.stdout
    assert "  sides.north.leash: 0.1 [assumption]\n    no reason given\n" in done.stdout
    assert "(policy deeper_stocks)" in done.stdout
    assert "sides.north.affront" not in done.stdout
    assert narrow(done.stdout)


def test_all_problems_are_shown_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = TINY.replace("    pressure: 0.5", "    presure: 0.5").replace("coverage: 0.1", "coverage: 10 %")
    Path("war.yaml").write_text(text, encoding="utf-8")
    done = check("war.yaml")
    assert done.exit_code == 2
    assert done.stdout == ""
    for needle, path in (("    |presure", "sides.north.presure"), ("coverage: |10 %", "sides.south.shelter.coverage")):
        line, column = place(text, needle)
        assert f"war.yaml:{line}:{column}  {path}:" in done.stderr
    assert "did you mean pressure?" in " ".join(done.stderr.split())
    assert done.stderr.endswith("2 problems\n")
    assert "Traceback" not in done.stderr
    assert narrow(done.stderr)


def test_json_for_programs() -> None:
    done = check(str(TINY_FILE), "--json")
    found = json.loads(done.stdout)
    assert done.exit_code == 0
    assert found["valid"] is True
    assert found["policies"] == ["as_is", "no_shield", "deeper_stocks", "more_shelter"]
    assert len(found["assumption_list"]) == found["assumptions"]
    entry = next(item for item in found["assumption_list"] if item["path"] == "sides.north.tolerance")
    assert (entry["low"], entry["mode"], entry["high"]) == (100, 400, 1500)
    assert [warning["path"] for warning in found["warnings"]] == ["sides.north.shield.layers.upper.unit_cost"]


def test_json_of_a_bad_file(tmp_path: Path) -> None:
    file = tmp_path / "war.yaml"
    file.write_text(TINY.replace("\nyears: 2\n", "\nyears: two\n"), encoding="utf-8")
    done = check(str(file), "--json")
    assert done.exit_code == 2
    found = json.loads(done.stdout)
    assert found["valid"] is False
    (problem,) = found["problems"]
    assert set(problem) == {"file", "line", "column", "path", "message"}
    assert problem["path"] == "years"


def test_the_schema_is_printed() -> None:
    done = check("--schema")
    assert done.exit_code == 0
    assert done.stdout == shipped_schema()


@pytest.mark.parametrize("arguments", [[], ["nothing.yaml"], ["no-such-name"], ["--nonsense"]])
def test_wrong_input_is_said_with_exit_code_two(arguments: list[str]) -> None:
    done = check(*arguments)
    assert done.exit_code == 2
    assert done.stderr
    assert "Traceback" not in done.output
