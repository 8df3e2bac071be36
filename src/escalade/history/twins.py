"""Two stories of the same history: which crises and moves belong together, and where the paths part.

Twins share their luck: the same quarrels break out on the same days, and the
same number in (0, 1) decides each move. So they are the same story up to the
first move that one of them makes and the other does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from escalade.history.story import Crisis, Move, Option, Story

Ground = Literal["crisis", "accident", "means", "pressure", "cost", "prize", "toll", "price", "won", "lost"]
"""What differs most where twins part.

crisis : there is a quarrel in one of them only; accident : something happens by nobody's decision;
means : one of the two actions is not possible in the other twin;
pressure : the strike just suffered; cost : what an action costs; prize : what it wins or gives up;
toll, price, won, lost : of what follows it (``history.story.Option``)
"""


@dataclass(frozen=True)
class Parting:
    """The first move in which twins differ.

    address : of the crisis; at : number of the move in it; one, other : the moves (None where a twin has none)
    ground : what differs most; option : the action on which it shows, in either twin (None where there is none)
    """

    address: tuple[int, int, int]
    at: int
    one: Move | None
    other: Move | None
    ground: Ground
    option: tuple[Option, Option] | None


def paired_crises(one: Story, other: Story) -> Iterator[tuple[Crisis | None, Crisis | None]]:
    """Crises of both stories by address, in order of time."""
    left, right = ({crisis.address: crisis for crisis in story.crises} for story in (one, other))
    dates = {crisis.address: (crisis.year, crisis.date) for crisis in (*one.crises, *other.crises)}
    for address in sorted(dates, key=lambda address: (dates[address], address)):
        yield left.get(address), right.get(address)


def parting(one: Story, other: Story) -> Parting | None:
    """Where two stories of the same history part; None if they never do."""
    for left, right in paired_crises(one, other):
        if left is None or right is None:
            return _alone(left, right)
        for at, (mine, theirs) in enumerate(zip_longest(left.moves, right.moves)):
            if _differ(mine, theirs):
                side = (mine or theirs or left.moves[0]).side
                ground, option = _ground(mine, theirs, left.tolerance[left.sides.index(side)])
                return Parting(left.address, at, mine, theirs, ground, option)
    return None


def _alone(left: Crisis | None, right: Crisis | None) -> Parting | None:
    there = left or right
    if there is None:
        return None
    one, other = (None if crisis is None else crisis.moves[0] for crisis in (left, right))
    return Parting(there.address, 0, one, other, "crisis", None)


def _differ(one: Move | None, other: Move | None) -> bool:
    if one is None or other is None:
        return True
    return (one.side, one.action, _reached(one)) != (other.side, other.action, _reached(other))


def _reached(move: Move) -> tuple[int, int | None]:
    option = move.option
    if option is None:
        return move.rung + 1, None if move.raid is None else move.raid.strike
    return option.rung, option.strike


def _ground(one: Move | None, other: Move | None, tolerance: float) -> tuple[Ground, tuple[Option, Option] | None]:
    """What differs most between two decisions of the same side in the same situation.

    tolerance : own deaths that the side would accept to win one median stake
    """
    if one is None or other is None or one.option is None or other.option is None:
        return "accident", None
    mine, theirs = _same(other, one.option), _same(one, other.option)
    if mine is None or theirs is None:
        return "means", None
    # The advantage of the action taken in one over that taken in the other, in one twin less in the other.
    left, right = (one.option, mine), (theirs, other.option)
    parts = {
        name: part(left[0]) - part(right[0]) - part(left[1]) + part(right[1])
        for name, part in _parts(tolerance).items()
    }
    sign = 1.0 if sum(parts.values()) >= 0.0 else -1.0
    most = max(parts, key=lambda name: sign * parts[name])
    if most == "cost" and one.pressure != other.pressure:
        return "pressure", None
    part = _parts(tolerance)[most]
    return most, max(right, left, key=lambda pair: abs(part(pair[0]) - part(pair[1])))


def _parts(tolerance: float) -> dict[Ground, Callable[[Option], float]]:
    """Parts of the utility of an option, in median stakes; they add up to it."""
    return {
        "cost": lambda option: option.constant,
        "prize": lambda option: option.prize,
        "toll": lambda option: -option.toll / tolerance,
        "price": lambda option: -option.price,
        "won": lambda option: option.won,
        "lost": lambda option: option.lost,
    }


def _same(move: Move, option: Option) -> Option | None:
    """The option of a move that is the same action."""
    return next((each for each in move.options if each.action == option.action), None)
