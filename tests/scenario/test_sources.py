"""Where scenarios come from."""

from pathlib import Path

import pytest

from escalade.errors import ScenarioError
from escalade.scenario import bundled_names, load_scenario
from escalade.scenario.limits import MAX_BYTES
from escalade.scenario.sources import locate
from tests.scenario.texts import TINY


def test_bundled_scenarios_are_found_by_name() -> None:
    assert "iran-june-2025" in bundled_names()
    for name in bundled_names():
        source = locate(name)
        assert source.file == f"{name}.yaml"
        assert source.folder is None
        assert load_scenario(name).name == name


def test_files_are_found_by_path(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(TINY, encoding="utf-8")
    assert locate(str(file)).file == str(file)
    assert load_scenario(file).name == "tiny"


def test_a_file_called_like_a_bundled_scenario_needs_its_suffix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "iran-june-2025").write_text(TINY, encoding="utf-8")
    assert load_scenario("iran-june-2025").name == "iran-june-2025"
    assert load_scenario(Path("iran-june-2025")).name == "tiny"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("no-such.yaml", "no-such.yaml  there is no such file"),
        ("no/such", "no/such  there is no such file"),
        ("iran-jun-2025", "iran-jun-2025  there is no such scenario; bundled: "),
    ],
)
def test_what_does_not_exist_is_said(name: str, message: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        locate(name)
    assert str(caught.value).startswith(message)


def test_near_names_are_proposed() -> None:
    with pytest.raises(ScenarioError, match=r"did you mean iran-june-2025\?"):
        locate("iran-jun-2025")


def test_a_folder_is_no_scenario(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="is a folder; allowed: the name of a bundled scenario"):
        locate(tmp_path)


def test_no_more_is_read_than_a_scenario_may_hold(tmp_path: Path) -> None:
    file = tmp_path / "large.yaml"
    file.write_bytes(b"#" * (3 * MAX_BYTES))
    assert len(locate(file).content) == MAX_BYTES + 1
    with pytest.raises(ScenarioError, match="is larger than a scenario may be"):
        load_scenario(file)
