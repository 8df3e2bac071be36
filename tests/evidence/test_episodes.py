"""The data of the back-test: complete, sourced, and with inputs that do not know the outcome."""

from __future__ import annotations

import re

import pytest

from escalade import facts
from escalade.evidence.episodes import Episode, Exchange, Reported, episodes, exchanges, series, unanswered
from escalade.scenario import bundled_names, load_scenario

EPISODES = episodes()
EXCHANGES = exchanges()
REPORTED = [(one.id, reported) for one in (*EPISODES, *EXCHANGES) for reported in one.reported]


def figures_in(text: str | None) -> list[str]:
    """Ids after ``Facts:`` in a note."""
    found = re.findall(r"[Ff]acts:\s*((?:[\w.]+\.[\w.]+[,\s]*)+)", text or "")
    return [name.strip(".") for name in re.split(r"[,\s]+", " ".join(found)) if name.strip(".")]


def figures_behind(episode: Episode) -> list[tuple[str, str]]:
    """Every figure behind an input, with the input's path."""
    return [
        (path, figure)
        for path, number in episode.numbers()
        for figure in ([number.fact] if number.fact else []) + figures_in(number.note)
    ]


@pytest.mark.parametrize("episode", EPISODES, ids=lambda one: one.id)
def test_every_input_has_a_source_or_a_reason(episode: Episode) -> None:
    assert all(number.source or number.assumption for _, number in episode.numbers())
    assert len(episode.lesson) > 20


@pytest.mark.parametrize("episode", EPISODES, ids=lambda one: one.id)
def test_figures_behind_inputs_were_known_before(episode: Episode) -> None:
    """But for what was launched, which is given, and for inputs that say that they are from the episode itself."""
    for path, name in figures_behind(episode):
        if path.endswith(".launched") or path in episode.same_episode:
            continue
        for figure in facts.group(name):
            assert figure.as_of[:10] < str(episode.begins)[: len(figure.as_of)] or figure.as_of in str(episode.begins)


@pytest.mark.parametrize("episode", EPISODES, ids=lambda one: one.id)
def test_no_reported_figure_is_behind_an_input(episode: Episode) -> None:
    """Not even the same figure under another name: neither its id nor its group."""
    behind = {facts.get(name).id for path, name in figures_behind(episode) if not path.endswith(".launched")}
    for reported in episode.reported:
        for name in reported.facts:
            assert not behind & {name, *(figure.id for figure in facts.group(name))}


@pytest.mark.parametrize("episode", EPISODES, ids=lambda one: one.id)
def test_figures_reported_are_of_the_episode_or_later(episode: Episode) -> None:
    for reported in episode.reported:
        for name in reported.facts:
            for figure in facts.group(name):
                begins = str(episode.begins)[: len(figure.as_of)]
                assert figure.as_of >= begins or (figure.since and figure.since >= begins)


@pytest.mark.parametrize(("name", "reported"), REPORTED)
def test_reports_have_a_range_and_say_how_it_was_worked_out(name: str, reported: Reported) -> None:
    figures = [facts.get(figure) for figure in reported.facts]
    low = min(figure.low for figure in figures) if reported.low is None else reported.low
    high = max(figure.high for figure in figures) if reported.high is None else reported.high
    assert low <= high
    assert (reported.low is None and reported.high is None) or reported.note


@pytest.mark.parametrize("episode", EPISODES, ids=lambda one: one.id)
def test_reports_are_of_something_in_the_episode(episode: Episode) -> None:
    for reported in episode.reported:
        known = {"used": set(episode.layers), "deaths": {"all"}}.get(reported.what, set(episode.threats))
        assert set(reported.of) <= known
        first, last = reported.days or (1, episode.days)
        assert 1 <= first <= last <= episode.days
    assert set(episode.same_episode) <= {path for path, _ in episode.numbers()} | {"schedule"}
    assert episode.scenario is None or episode.scenario in bundled_names()


@pytest.mark.parametrize("exchange", EXCHANGES, ids=lambda one: one.id)
def test_exchanges_name_what_their_scenario_has(exchange: Exchange) -> None:
    scenario = load_scenario(exchange.scenario)
    assert exchange.policy in scenario.policies
    for side, rung in exchange.strikes:
        assert scenario.sides[side].step(rung).effort.mode > 0
    for reported in exchange.reported:
        for name in reported.of:
            side, _, part = name.partition(".")
            known = {"used": scenario.sides[side].shield.layers, "deaths": {"": None}}
            assert part in known.get(reported.what, scenario.sides[side].arms)


def test_every_scenario_of_a_war_that_was_fought_has_strikes_to_compare() -> None:
    not_fought = {"gulf-2026", "north-korea", "cold-war-abm", "golden-dome"}
    assert {exchange.scenario for exchange in EXCHANGES} == set(bundled_names()) - not_fought


def test_episodes_come_in_the_order_of_time_and_by_scenario() -> None:
    assert [one.begins for one in EPISODES] == sorted(one.begins for one in EPISODES)
    assert {one.scenario for one in episodes("gaza-2012")} == {"gaza-2012"}
    assert episodes("no-such-scenario") == exchanges("no-such-scenario") == ()


def test_days_after_the_schedule_are_like_its_last_one() -> None:
    (gaza,) = (one for one in EPISODES if one.id == "gaza_2012")
    assert gaza.daily == (211, 211, 211, 213, 165, 165, 165, 165)
    assert sum(gaza.daily) == pytest.approx(facts.get("gaza_2012.rockets_launched").mode, abs=1)


@pytest.mark.parametrize("name", bundled_names())
def test_first_strikes_left_unanswered_are_of_crises_of_the_record(name: str) -> None:
    scenario = load_scenario(name)
    assert scenario.record is not None
    most = max(entry.crises.reading for entry in scenario.record.crises)
    for one in unanswered(name):
        assert one.side in scenario.sides
        assert one.unanswered <= one.of <= most
    found = series(name)
    assert found is None or 0 < facts.get(found.fact).mode < 1
