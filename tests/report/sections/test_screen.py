"""The first screen: shares that add up, numbers as the comparison has them."""

import click
import pytest

from escalade.cli.main import main
from escalade.report.page import html
from escalade.report.sections import screen


def test_the_three_shares_add_up_to_a_hundred_and_stand_in_their_order(found):
    shares = screen.shares(found)
    assert [share.kind for share in shares] == ["less", "close", "more"]
    assert sum(share.size for share in shares) == 100
    worlds = found.pair.worlds
    assert abs(shares[0].size - 100 * worlds.lowers) < 1
    assert abs(shares[2].size - 100 * worlds.raises) < 1


def test_the_cases_are_those_of_either_policy(found):
    levels = screen.cases(found).levels
    for level, policy in zip(levels, found.both, strict=True):
        assert level.count == f"{100 * found.comparison.policies[policy].crisis['war'].posterior.mean:.0f}"
        assert level.words == f"war {found.words.policies[policy]}"
    assert [level.kind for level in levels] == ["with", "without"]


def test_pairs_are_first_strikes_and_yields(found):
    pairs = screen.pairs(found)
    assert [pair.key for pair in pairs] == [
        "crisis.first_strike.north",
        "crisis.first_strike.south",
        "crisis.yield.north",
        "crisis.yield.south",
    ]


def test_every_detail_of_the_headline_is_shown_one_way_or_the_other(found):
    shown = screen.section(found).shown
    details = found.said.headline.details
    kept = {str(sentence) for sentence in shown["kinds"]}
    kept |= {f"{line.head}: {said}".replace(": The", ": the") for line in shown["lines"] for said in line.said}
    told = {name for pair in shown["pairs"] for name in (pair.one, pair.other)}
    for sentence in details:
        assert sentence in kept or {sentence.words["one"], sentence.words["other"]} & told


@pytest.mark.parametrize("name", ["cases", "worlds", "pairs", "shares"])
def test_the_plain_answer_goes_with_the_pictures(found, name):
    shown = screen.section(found).shown
    assert shown[name]
    assert found.said.sentences[-1].split()[0] in shown["plain"]


def test_every_button_gives_a_command_that_exists(found):
    known = main.list_commands(click.Context(main))
    for action in screen.actions(found):
        program, command, place, *_ = action.command.split()
        assert (program, place) == ("escalade", ".")
        assert command in known
        options = {option for part in main.get_command(click.Context(main), command).params for option in part.opts}
        assert {word for word in action.command.split() if word.startswith("--")} <= options


def test_buttons_open_boxes_without_any_script(found):
    page = html(found.run)
    for box in ("do.text", *(f"do.{action.id}" for action in screen.actions(found))):
        assert f'popovertarget="{box}"' in page
        assert f'popover id="{box}"' in page
