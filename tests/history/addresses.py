"""Every random address that histories draw, written down: by the readable twin, and by the kernels as plain Python.

``python -m tests.history.addresses NAME ...`` with ``NUMBA_DISABLE_JIT=1`` prints what the kernels draw in histories of
hand-made worlds, as JSON, with their rows of outcomes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np

from escalade.luck import streams
from escalade.worlds import World
from tests.history.cases import histories, pair_of
from tests.verification import worlds_by_hand as by_hand
from verification import twin
from verification.twin import crisis as twin_crisis
from verification.twin import luck as twin_luck
from verification.twin import strike as twin_strike

SEED, YEARS = 8, 2


class Address(NamedTuple):
    """Where a random number stands."""

    seed: int
    world: int
    history: int
    place: int
    slot: int

    @property
    def moment(self) -> int:
        """Year, pair, crisis and move, packed."""
        return self.place // streams.PURPOSES

    @property
    def purpose(self) -> int:
        """What the number decides."""
        return self.place % streams.PURPOSES


@dataclass
class Draws:
    """The addresses drawn in one history: for what happens, and for the same salvos behind the baseline's shield."""

    real: list[Address] = field(default_factory=list)
    shadow: list[Address] = field(default_factory=list)
    _aside: list[list[Address]] = field(default_factory=list)

    def note(self, address: Address) -> None:
        """A number is drawn, for whatever is going on."""
        (self._aside[-1] if self._aside else self.real).append(address)

    @contextmanager
    def aside(self, kept: list[Address], once: bool = False) -> Iterator[None]:
        """What is drawn meanwhile goes to ``kept``; ``once``: asked again for one decision, it counts once."""
        self._aside.append([])
        yield
        drawn = self._aside.pop()
        kept.extend(dict.fromkeys(drawn) if once else drawn)


def setup_of(name: str) -> by_hand.Changes:
    """A hand-made world with many strikes; ``allies``: two layers of one partner, which are drawn together."""
    setup = by_hand.SETUPS["partner" if name == "allies" else name]()
    if name == "allies":
        shield = [one | {"partner": 2 if one.get("partner") else 0} for one in setup["layers"][0]]
        setup = setup | {"layers": [shield, setup["layers"][1]]}
    return setup | {"rate": 3.0, "rules": setup["rules"] | {"precision": 0.0}}


def worlds_of(name: str) -> tuple[World, World]:
    """That world under its policy and under its baseline."""
    return pair_of(setup_of(name))


def twin_draws(name: str, candidate: int, history: int, years: int = YEARS) -> Draws:
    """What the twin draws in one history."""
    draws, raids, commitments = Draws(), iter(range(10**6)), iter(range(10**6))
    fly, uniform, commit = twin_strike.simulated_raid, twin_luck.uniform, twin_crisis.drawn_commitment

    def noted(*address: int) -> float:
        draws.note(Address(*(int(part) for part in address)))
        return uniform(*address)

    def raid(*arguments: Any) -> Any:
        with draws.aside(draws.shadow if next(raids) % 2 else draws.real):  # the real raid, then the one on paper
            return fly(*arguments)

    def commitment(*arguments: Any) -> Any:
        with draws.aside(draws.shadow if next(commitments) % 4 > 1 else draws.real, once=True):  # both sides, twice
            return commit(*arguments)

    world, baseline = worlds_of(name)
    with (
        patch.object(twin_luck, "uniform", noted),
        patch.object(twin_strike, "simulated_raid", raid),
        patch.object(twin_crisis, "drawn_commitment", commitment),
    ):
        twin.run(world, baseline, SEED, candidate, history, years)
    return draws


def kernel_draws(name: str, years: int = YEARS) -> tuple[Draws, dict[str, float]]:
    """What the kernels draw in the first history of a world, and its outcomes; in plain Python only."""
    from escalade.crisis import play
    from escalade.luck import address

    draws = Draws()
    uniform, shadow, commit = address.uniform, play.shadow_raid, play.draw_commitments

    def noted(*parts: int) -> float:
        draws.note(Address(*(int(part) for part in parts)))
        return uniform(*parts)

    def shadow_raid(*arguments: Any) -> None:
        with draws.aside(draws.shadow):
            shadow(*arguments)

    def draw_commitments(*arguments: Any) -> None:
        with draws.aside(draws.real, once=True):
            commit(*arguments)

    with (
        patch.object(address, "uniform", noted),
        patch.object(play, "shadow_raid", shadow_raid),
        patch.object(play, "draw_commitments", draw_commitments),
    ):
        rows = histories(*worlds_of(name), 1, years, SEED)
    return draws, {column: float(values[0]) for column, values in rows.items()}


def main(names: list[str]) -> None:
    """Print what the kernels draw in histories of these worlds."""
    with np.errstate(all="ignore"):
        found = {name: kernel_draws(name) for name in names}
    data = {name: {"real": d.real, "shadow": d.shadow, "row": row} for name, (d, row) in found.items()}
    json.dump(data, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
