"""``escalade rate``."""

import json

import pytest
from click.testing import CliRunner, Result

from escalade.cli.main import main


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["rate", *arguments], prog_name="escalade")


def words(result: Result) -> str:
    return " ".join(result.stdout.split())


def test_a_rate_is_one_sentence_and_four_rates() -> None:
    done = run("90%", "--of", "engaged", "--launched", "1000", "--threatening", "25%", "--failed", "10%")
    assert done.exit_code == 0
    assert words(done).startswith("Of 1,000 missiles launched, 100 failed by themselves and 650 were left alone")
    assert "of those launched 225 1,000 22.5 %" in words(done)
    assert "Taken as given, as it was not told: all that threatened were engaged." in words(done)


def test_counts_say_the_same_as_the_rate_that_they_make() -> None:
    by_rate = run("90%", "--of", "engaged", "--failed", "100", "--threatening", "0.3", "--json")
    by_count = run("--launched", "1,000", "--failed", "100", "--left-alone", "600", "--intercepted", "270", "--json")
    first, second = (json.loads(done.stdout) for done in (by_rate, by_count))
    assert first["counts"] == second["counts"]
    assert first["rates"] == second["rates"]
    assert first["sentence"] == second["sentence"]


@pytest.mark.parametrize("written", ["90%", "90 %", "0.9", ".9", "90.0%"])
def test_a_rate_is_written_in_per_cent_or_as_a_share(written: str) -> None:
    assert json.loads(run(written, "--of", "engaged", "--json").stdout)["rates"]["engaged"] == 0.9


def test_a_rate_that_counts_failures_is_told_apart() -> None:
    data = json.loads(run("99%", "--kept-out", "--launched", "320", "--failed", "60", "--json").stdout)
    assert data["kept_out"] == 0.99
    assert data["rates"]["arrived"] < 0.99
    assert data["counts"]["got_through"] == 3


def test_what_was_not_told_is_said() -> None:
    data = json.loads(run("99%", "--of", "launched", "--what", "drones", "--json").stdout)
    assert data["taken"][0] == "1,000 launched, to have a number"
    assert len(data["taken"]) == 4
    assert "1,000 drones launched" in data["sentence"]
    assert json.loads(run("--intercepted", "4", "--json").stdout)["taken"] == [
        "all that threatened were engaged",
        "none failed by itself",
        "none was left alone",
        "none got through",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "give a rate, as in 90% --of engaged, or counts"),
        (("--kept-out", "--intercepted", "4"), "give a rate, as in 90% --of engaged, or counts"),
        (("90%", "--kept-out", "--of", "engaged"), "--of is not for --kept-out, which is of those launched"),
        (("90%",), "say of whom the rate is: --of launched, arrived, threatening or engaged"),
        (("90%", "--of", "engagd"), "did you mean engaged?"),
        (("90", "--of", "engaged"), "did you mean 90%?"),
        (("lots", "--of", "engaged"), "the rate is 'lots'; allowed: 0% to 100%, or 0 to 1"),
        (("120%", "--of", "engaged"), "the rate is 120 %"),
        (("90%", "--of", "engaged", "--launched", "many"), "--launched is 'many'; allowed: a whole number"),
        (("90%", "--of", "engaged", "--failed", "x%"), "--failed is 'x%'; allowed: a number, or a share"),
        (
            ("90%", "--of", "engaged", "--intercepted", "4"),
            "--intercepted is a count, which cannot stand beside a rate",
        ),
        (("--intercepted", "4", "--threatening", "3"), "--threatening is for a rate"),
        (("--intercepted", "4", "--failed", "10%"), "--failed is '10%'; allowed: a whole number"),
        (("99%", "--of", "launched", "--threatening", "50%"), "allowed: at most 50 % of those launched"),
    ],
)
def test_wrong_input_is_a_sentence_and_exit_two(arguments: tuple[str, ...], message: str) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""
