"""``escalade new``."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from escalade.cli.main import main
from escalade.scenario import bundled_names, load_scenario
from tests.scenario.texts import TINY


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), prog_name="escalade")


@pytest.mark.parametrize("origin", bundled_names())
def test_a_variant_passes_its_check_as_it_stands(origin: str) -> None:
    done = invoke("new", "my case.yaml", "--from", origin)
    assert done.exit_code == 0
    assert "escalade check" in done.stdout
    assert load_scenario("my case.yaml").name == "my-case"
    assert invoke("check", "my case.yaml").exit_code == 0


def test_nothing_is_overwritten() -> None:
    Path("mine.yaml").write_text("precious", encoding="utf-8")
    done = invoke("new", "mine.yaml", "--from", "iran-june-2025")
    assert done.exit_code == 2
    assert "exists already and is not overwritten" in done.stderr
    assert Path("mine.yaml").read_text(encoding="utf-8") == "precious"


def test_a_file_of_the_same_folder_can_be_the_origin() -> None:
    Path("tiny.yaml").write_text(TINY, encoding="utf-8")
    assert invoke("new", "mine.yaml", "--from", "tiny.yaml").exit_code == 0
    assert load_scenario("mine.yaml").sides == load_scenario("tiny.yaml").sides | load_scenario("mine.yaml").sides
    Path("sub").mkdir()
    done = invoke("new", "sub/mine.yaml", "--from", "tiny.yaml")
    assert done.exit_code == 2
    assert "lies in another folder" in done.stderr
    assert not Path("sub/mine.yaml").exists()


def test_a_variant_is_not_called_like_its_origin() -> None:
    assert invoke("new", "iran-june-2025.yaml", "--from", "iran-june-2025").exit_code == 0
    assert load_scenario("iran-june-2025.yaml").name == "iran-june-2025-variant"


def test_bundled_scenarios_are_listed() -> None:
    done = invoke("new", "--list")
    assert done.exit_code == 0
    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == list(bundled_names())
    assert all(len(line) <= 80 for line in done.stdout.splitlines())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "name the file to write"),
        (["mine.yaml"], "say what to begin from"),
        (["mine", "--from", "iran-june-2025"], "allowed: a file that ends in .yaml"),
        (["mine.yaml", "--from", "iran-jun-2025"], "did you mean iran-june-2025?"),
        (["no/such/folder/mine.yaml", "--from", "iran-june-2025"], "cannot be written"),
    ],
)
def test_wrong_input_is_said_with_exit_code_two(arguments: list[str], words: str) -> None:
    done = invoke("new", *arguments)
    assert done.exit_code == 2
    assert words in done.stderr
    assert list(Path().iterdir()) == []
