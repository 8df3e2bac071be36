"""``escalade facts``."""

import json

from click.testing import CliRunner, Result

from escalade.cli.main import main
from escalade.facts import all_facts


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["facts", *arguments], prog_name="escalade")


def test_alone_it_says_what_there_is() -> None:
    done = run()
    assert done.exit_code == 0
    assert done.stdout.startswith(f"{len(all_facts())} public figures.")


def test_words_find_figures_with_what_conflicts_with_them() -> None:
    done = run("thaad", "interceptors", "used", "cnn")
    assert done.exit_code == 0
    for publisher in ("CNN via Miami Chronicle", "JINSA", "Stars and Stripes"):
        assert publisher in " ".join(done.stdout.split())


def test_choices_narrow_and_full_tells_more() -> None:
    brief, full = (run("iron", "dome", "--kind", "press", *more) for more in ((), ("--full",)))
    assert " official " not in brief.stdout
    assert "https://" not in brief.stdout
    assert "https://ynetnews.com/business/article/syvv3cdnp" in full.stdout


def test_json_for_programs() -> None:
    data = json.loads(run("--system", "s-300", "--as-of", "2023", "--json").stdout)
    assert {entry["system"] for entry in data["figures"]} == {"s300"}
    assert max(entry["as_of"] for entry in data["figures"]) <= "2023-99"
    assert len(json.loads(run("--json").stdout)["figures"]) == len(all_facts())


def test_wrong_input_is_a_sentence_and_exit_two() -> None:
    for arguments, words in (
        (("irno",), "did you mean iron"),
        (("--kind", "rumour"), "allowed: official, independent, press, test, assumption"),
        (("--system", "thad"), "did you mean thaad"),
        (("--as-of", "soon"), "is not a date"),
    ):
        done = run(*arguments)
        assert done.exit_code == 2
        assert words in done.stderr
        assert len(done.stderr.splitlines()) == 1
        assert done.stdout == ""
