"""PRIM: boxes that were planted come out again, whatever the order of worlds and inputs."""

import numpy as np
import pytest

from escalade.analysis import prim
from escalade.analysis.prim import EVERYTHING, HIGH, LOW, Box, Cases, End, best, ends, measured, paste, peel

SIZE = 600


def cases(hit, values, weight=None, categorical=None):
    return Cases(
        np.asarray(values, float),
        tuple(categorical or [False] * len(values)),
        np.asarray(hit, float),
        np.ones(len(hit)) if weight is None else np.asarray(weight, float),
    )


def planted(noise=0.0, seed=2):
    random = np.random.default_rng(seed)
    values = random.random((4, SIZE))
    hit = (values[0] > 0.6) & (values[1] < 0.5)
    return cases(np.where(random.random(SIZE) < noise, ~hit, hit), values)


def found(of):
    return paste(of, best(of, peel(of, ends(of, range(len(of.values))))))


@pytest.mark.parametrize("noise", [0.0, 0.05])
def test_a_planted_box_comes_out_again(noise):
    box = found(planted(noise))
    assert set(box.ends) >= {End(0, LOW), End(1, HIGH)}
    assert box.low[0] == pytest.approx(0.6, abs=0.03)
    assert box.high[1] == pytest.approx(0.5, abs=0.03)


def test_without_noise_nothing_else_is_limited_and_all_hits_are_inside():
    of = planted()
    box = found(of)
    assert measured(of, box).density > 0.98
    assert measured(of, box).coverage > 0.95
    assert box.columns == (0, 1)


def test_an_alternative_that_has_no_hits_is_left_out():
    random = np.random.default_rng(3)
    kind, other = random.integers(1, 4, SIZE).astype(float), random.random(SIZE)
    of = cases((kind != 2) & (other > 0.5), [kind, other], categorical=[True, False])
    box = found(of)
    assert box.out == {(0, 2.0)}
    assert box.low[1] == pytest.approx(0.5, abs=0.03)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_worlds_changes_nothing(seed):
    of = planted(0.1)
    order = np.random.default_rng(seed).permutation(SIZE)
    mixed = Cases(of.values[:, order], of.categorical, of.hit[order], of.weight[order])
    assert found(mixed) == found(of)


def test_the_order_of_inputs_changes_which_ones_are_limited_not_at_all_and_ends_hardly():
    of = planted()
    back = found(of._replace(values=of.values[::-1]))
    forth = found(of)
    assert back.low == {3 - column: pytest.approx(end, abs=0.04) for column, end in forth.low.items()}
    assert back.high == {3 - column: pytest.approx(end, abs=0.04) for column, end in forth.high.items()}


def test_a_world_of_weight_two_counts_like_two_worlds():
    of = planted(0.1)
    chosen = np.arange(0, SIZE, 3)
    weight = of.weight.copy()
    weight[chosen] = 2.0
    listed = cases(np.concatenate([of.hit, of.hit[chosen]]), np.concatenate([of.values, of.values[:, chosen]], axis=1))
    heavy = of._replace(weight=weight)
    assert found(heavy) == found(listed)
    assert measured(heavy, found(heavy)) == pytest.approx(measured(listed, found(listed)))


def test_density_rises_with_every_peel_and_pasting_never_thins():
    of = planted(0.2)
    boxes = peel(of, ends(of, range(4)))
    densities = [measured(of, box).density for box in boxes]
    assert boxes[0] == EVERYTHING
    assert np.all(np.diff(densities) > 0)
    assert all(measured(of, paste(of, box)).density >= measured(of, box).density - 1e-9 for box in boxes[::5])


def test_no_box_holds_less_than_a_twentieth():
    of = planted(0.2)
    assert all(measured(of, box).mass >= prim.LEAST_MASS - 1e-9 for box in peel(of, ends(of, range(4))))


def test_worlds_without_weight_do_not_matter():
    of = planted(0.1)
    weight = of.weight.copy()
    weight[::2] = 0.0
    kept = Cases(of.values[:, 1::2], of.categorical, of.hit[1::2], of.weight[1::2])
    there = found(of._replace(weight=weight))
    assert measured(kept, there) == pytest.approx(measured(kept, found(kept)))


def test_what_a_box_holds():
    of = cases([1, 1, 0, 0], [[1, 2, 3, 4]], weight=[1, 1, 1, 3])
    assert measured(of, Box({}, {0: 3.0})) == pytest.approx((0.5, 2 / 3, 1.0))
    assert measured(of, Box({0: 9.0}, {})) == (0.0, 0.0, 0.0)


def test_the_box_is_no_worse_than_that_of_the_ema_workbench():
    workbench = pytest.importorskip("ema_workbench.analysis.prim")
    frames = pytest.importorskip("pandas")
    of = planted(0.05)
    trial = workbench.Prim(frames.DataFrame(of.values.T, columns=list("abcd")), of.hit.astype(bool), threshold=0.5)
    steps = trial.find_box().peeling_trajectory
    theirs = max(
        prim.Measured(float(m), float(d), float(c)).quality
        for m, d, c in zip(steps["mass"], steps["density"], steps["coverage"], strict=True)
    )
    assert measured(of, found(of)).quality >= theirs - 0.01
