"""Twins: the same luck under two policies, told side by side up to where they part."""

from __future__ import annotations

from dataclasses import replace

import pytest

from escalade.crisis.tree import CLIMB, STAND
from escalade.history.simulate import replay
from escalade.history.story import Crisis, Move, Option, Story, story
from escalade.history.twins import paired_crises, parting
from tests.history.cases import CANDIDATE, SEED, YEARS
from tests.verification.worlds_by_hand import VARIANTS, bundle, pair_of_worlds


def told_twins(name: str, history: int) -> tuple[Story, Story]:
    """A history under the policy of a variant, and under its baseline."""
    world, baseline = (bundle(each) for each in pair_of_worlds(name))
    address = (0, CANDIDATE, history, YEARS, SEED)
    return story(replay(world, baseline, *address)[1]), story(replay(baseline, baseline, *address)[1])


@pytest.mark.parametrize("name", VARIANTS)
def test_a_story_never_parts_from_itself(name: str) -> None:
    _, bare = told_twins(name, 0)
    assert parting(bare, told_twins(name, 0)[1]) is None
    assert all(one is not None and one == other for one, other in paired_crises(bare, bare))


@pytest.mark.parametrize("name", VARIANTS)
def test_up_to_where_they_part_twins_do_the_same(name: str) -> None:
    one, other = told_twins(name, 1)
    found = parting(one, other)
    for left, right in paired_crises(one, other):
        assert left is not None
        assert right is not None
        assert (left.date, left.stakes, left.resolve, left.opener) == (
            right.date,
            right.stakes,
            right.resolve,
            right.opener,
        )
        parted = found is not None and left.address == found.address
        moves = found.at if found is not None and parted else max(len(left.moves), len(right.moves))
        for mine, theirs in zip(left.moves[:moves], right.moves[:moves], strict=True):
            assert (mine.side, mine.action, mine.rung, mine.how) == (
                theirs.side,
                theirs.action,
                theirs.rung,
                theirs.how,
            )
        if parted:
            break


TOLERANCE = 400.0
"""Of the side that moves."""


def option(action: int, **fields: float) -> Option:
    """An option that stands, or climbs by a strike; nothing else about it matters."""
    climbs = action == CLIMB
    return replace(
        Option(action, int(climbs), 1 if climbs else None, 0.5, 0.5, *([0.0] * 5), None, *([0.0] * 7)), **fields
    )


def move(chosen: int, *options: Option, pressure: float = 0.0) -> Move:
    return Move(0, 0, 1, 0, 0, (0, 0), options[chosen].action, options, chosen, pressure, pressure, 0.0, None, None)


STANDS = option(STAND, toll=10.0)
WORSE: list[dict[str, float]] = [
    {"toll": 0.5 * TOLERANCE, "price": 0.4},
    {"price": 0.5, "toll": 0.4 * TOLERANCE},
    {"won": -0.5, "lost": -0.4},
    {"lost": -0.5, "won": 0.4},
    {"prize": -0.5, "constant": -0.4},
    {"constant": -0.5, "prize": -0.4},
]
"""What makes climbing worse in the other twin, by most first."""


def parted_crisis() -> Crisis:
    """A crisis of a made-up history, for its frame."""
    return next(tale for tale in told_twins("plain", 0) if tale.crises).crises[0]


def stories(one: Move, other: Move) -> tuple[Story, Story]:
    """Two stories of one crisis of one move."""
    base = next(tale for tale in told_twins("plain", 0) if tale.crises)
    crisis = base.crises[0]
    year = base.years[crisis.year]
    both = (replace(year, crises=(replace(crisis, moves=(each,)),)) for each in (one, other))
    first, second = (Story((each,)) for each in both)
    return first, second


@pytest.mark.parametrize("worse", WORSE, ids=[next(iter(worse)) for worse in WORSE])
def test_the_ground_is_what_differs_most_in_favour_of_the_action_taken(worse: dict[str, float]) -> None:
    assert parted_crisis().tolerance[0] == TOLERANCE
    here, there = option(CLIMB), option(CLIMB, **worse)
    found = parting(*stories(move(1, STANDS, here), move(0, STANDS, there)))
    assert found is not None
    ground = next(iter(worse)).replace("constant", "cost")
    assert (found.ground, found.option) == (ground, (here, there))
    turned = parting(*stories(move(0, STANDS, there), move(1, STANDS, here)))
    assert turned is not None
    assert (turned.ground, turned.option) == (ground, (there, here))


def test_the_ground_may_lie_in_the_action_not_taken() -> None:
    here, there = option(STAND, toll=200.0), option(STAND, toll=3.0)
    found = parting(*stories(move(1, here, option(CLIMB)), move(0, there, option(CLIMB))))
    assert found is not None
    assert (found.ground, found.option) == ("toll", (here, there))


def test_deaths_just_suffered_are_a_ground_of_their_own() -> None:
    calm, angry = option(STAND, constant=-0.1), option(STAND, constant=-0.6)
    here, there = move(0, calm, option(CLIMB), pressure=0.1), move(1, angry, option(CLIMB), pressure=0.6)
    found = parting(*stories(here, there))
    assert found is not None
    assert found.ground == "pressure"


def test_an_action_that_is_not_possible_is_a_ground_of_its_own() -> None:
    found = parting(*stories(move(1, STANDS, option(CLIMB)), move(0, STANDS)))
    assert found is not None
    assert (found.ground, found.option) == ("means", None)


def test_a_quarrel_in_one_twin_only_parts_them() -> None:
    base = next(tale for tale in told_twins("plain", 0) if tale.crises)
    crisis = base.crises[0]
    fewer = Story(tuple(replace(year, crises=tuple(c for c in year.crises if c is not crisis)) for year in base.years))
    found = parting(base, fewer)
    assert found is not None
    assert (found.address, found.ground, found.other) == (crisis.address, "crisis", None)
    back = parting(fewer, base)
    assert back is not None
    assert (back.one, back.other) == (None, crisis.moves[0])
