"""Counting by drawing: the same numbers as computed ones, within their errors."""

from __future__ import annotations

import math

import pytest

from escalade.raid.drawn import DRAWS, count_raid, drawn_raid
from escalade.raid.exact import exact_raid
from tests.raid.test_exact import LARGE


@pytest.mark.parametrize("case", LARGE)
def test_drawn_raids_agree_with_computed_ones(case: str) -> None:
    """Means, chances of having to refuse, and losses within four standard errors of 3,000 draws."""
    raid, draws = LARGE[case], 3_000
    drawn, exact = drawn_raid(raid, draws, seed=3), exact_raid(raid, tolerance=1e-7)
    assert (drawn.draws, exact.draws) == (draws, 0)
    assert abs(drawn.total.mean - exact.total.mean) <= 4.0 * math.sqrt(exact.total.variance / draws) + 1e-6
    for layer in raid.layers:
        assert drawn.stopped[layer.name] == pytest.approx(exact.stopped[layer.name], rel=0.05, abs=0.05)
        chance = exact.refused[layer.name]
        assert abs(drawn.refused[layer.name] - chance) <= 4.0 * math.sqrt(chance * (1.0 - chance) / draws) + 1e-3
    for name, loss in exact.losses.items():
        other = drawn.losses[name]
        assert (other.launched, other.failed, other.threatening) == (loss.launched, loss.failed, loss.threatening)
        assert other.left_alone == pytest.approx(loss.left_alone, rel=0.05, abs=1e-9)


def test_too_large_a_raid_is_drawn() -> None:
    raid = LARGE["three classes, a partner"]
    assert count_raid(raid, steps=1e4).draws == DRAWS
    assert count_raid(LARGE["one class, two layers"], tolerance=1e-6).draws == 0


def test_the_seed_decides() -> None:
    raid = LARGE["warheads, decoys taken for them, boost"]
    first, again, other = (drawn_raid(raid, 200, seed) for seed in (1, 1, 2))
    assert first.total.chance.tolist() == again.total.chance.tolist()
    assert first.total.mean != other.total.mean
