"""The switchboard: what exists is listed, nothing heavy is imported, every error ends in a message and a code."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any, NoReturn

import click
import pytest
from click.testing import CliRunner, Result

import escalade
from escalade.cli import main as switchboard
from escalade.errors import EscaladeError, ScenarioError, UsageError

HEAVY = ("numba", "scipy", "polars", "altair", "rich", "pydantic", "jinja2", "ruamel")


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(switchboard.main, arguments, prog_name="escalade")


def existing() -> list[str]:
    return switchboard.main.list_commands(click.Context(switchboard.main))


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], Result]:
    """Run a command that raises the given error."""

    def run(error: BaseException) -> Result:
        @click.command()
        def command() -> NoReturn:
            raise error

        monkeypatch.setattr(switchboard.Switchboard, "list_commands", lambda *_: ["run"])
        monkeypatch.setattr(switchboard.importlib, "import_module", lambda _: type("Module", (), {"command": command}))
        return invoke("run")

    return run


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], []], ids=["help", "version", "alone"])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys\n"
        "from escalade.cli.main import main\n"
        f"main({arguments!r}, standalone_mode=False)\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr.strip() == "[]"


def test_help_lists_every_existing_command_under_its_question() -> None:
    text = invoke("--help").output
    for question, names in switchboard.GROUPS.items():
        shown = [name for name in names if name in existing()]
        assert (f"{question}:" in text) == bool(shown)
        assert all(f"\n  {name} " in text for name in shown)


@pytest.mark.parametrize("name", existing())
def test_every_command_has_help_and_a_one_line_summary(name: str) -> None:
    result = invoke(name, "--help")
    assert result.exit_code == 0
    assert result.output.startswith(f"Usage: escalade {name}")
    command = switchboard.main.get_command(click.Context(switchboard.main), name)
    assert command is not None
    assert command.get_short_help_str()


def test_alone_asks_the_questions_that_can_be_answered() -> None:
    result = invoke()
    assert result.exit_code == 0
    for name, question, command in switchboard.QUESTIONS:
        assert (question in result.output and command in result.output) == (name in existing())


def test_version() -> None:
    assert invoke("--version").output == f"escalade {escalade.__version__}\n"


def test_unknown_command_proposes_a_near_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(switchboard.Switchboard, "list_commands", lambda *_: ["compare", "run"])
    result = invoke("compair")
    assert result.exit_code == 2
    assert 'no command "compair"; did you mean "compare"?' in result.stderr


def test_unknown_command_without_a_near_one_points_to_the_list() -> None:
    result = invoke("xyzzy")
    assert result.exit_code == 2
    assert "escalade --help" in result.stderr


def test_unknown_option_is_a_usage_error() -> None:
    assert invoke("--nonsense").exit_code == 2


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        pytest.param(EscaladeError("no such run"), 1, "no such run\n", id="failed"),
        pytest.param(ScenarioError("a.yaml:3:1  pairs: missing"), 2, "a.yaml:3:1  pairs: missing\n", id="input"),
        pytest.param(UsageError("worlds: at least 1"), 2, "worlds: at least 1\n", id="usage"),
        pytest.param(KeyboardInterrupt(), 130, "\ninterrupted\n", id="interrupted"),
    ],
)
def test_errors_become_a_message_and_a_code(failing: Any, error: BaseException, code: int, message: str) -> None:
    result = failing(error)
    assert (result.exit_code, result.stderr, result.stdout) == (code, message, "")


def test_python_dash_m() -> None:
    command = [sys.executable, "-m", "escalade", "--version"]
    assert subprocess.check_output(command, text=True, timeout=60) == f"escalade {escalade.__version__}\n"
