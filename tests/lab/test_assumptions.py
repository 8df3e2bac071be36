"""Steps of handles, and where worlds lie among them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from escalade.lab.ask import ask, crises_of
from escalade.lab.assumptions import MOST_STEPS, assumptions, edges, places, shares
from escalade.scenario import inputs


def test_every_uncertain_input_has_a_control_once(made):
    found = assumptions(made.plan.scenario, crises_of(made), ask(made).pair.effects)
    wanted = {item.key for item in inputs(made.plan.scenario) if item.uncertain}
    assert {one.key for one in found} == wanted
    assert len(found) == len(wanted)
    assert [one.matters for one in found] == sorted((one.matters for one in found), reverse=True)


def test_what_decides_the_outcome_stands_first(made):
    # The made-up kernels know the tolerance and the stocks of the north, nothing else.
    found = assumptions(made.plan.scenario, crises_of(made), ask(made).pair.effects)
    assert found[0].key == "sides.north.tolerance"


def test_edges_ascend_from_end_to_end_in_few_steps(made):
    for item in inputs(made.plan.scenario):
        if item.uncertain:
            steps = edges(item)
            assert (steps[0], steps[-1]) == (item.spec.low, item.spec.high)
            assert list(steps) == sorted(set(steps))
            assert 2 <= len(steps) <= MOST_STEPS + 1


@given(
    st.sets(st.integers(0, 60), min_size=2, max_size=12),
    st.lists(st.integers(0, 120), min_size=1, max_size=30),
    st.data(),
)
def test_a_range_of_places_holds_what_a_range_of_values_holds(grid, halves, data):
    steps = tuple(float(edge) for edge in sorted(grid))
    values = np.array([half / 2 for half in halves if steps[0] <= half / 2 <= steps[-1]])
    first, last = sorted((data.draw(st.integers(0, len(steps) - 1)), data.draw(st.integers(0, len(steps) - 1))))
    here = places(values, steps)
    by_place = (here >= 2 * first) & (here <= 2 * last)
    by_value = (values >= steps[first]) & (values <= steps[last])
    assert (by_place == by_value).all()


def test_what_explains_all_has_the_whole_share_and_noise_has_none():
    one, other = np.arange(256.0), np.random.default_rng(1).permutation(256).astype(float)
    whole, none = shares([one, other], one**3, np.full(256, 1 / 256))
    assert whole > 0.95
    assert none < 0.1


def test_worlds_without_an_effect_are_left_out():
    values = np.arange(64.0)
    effects = np.where(values % 4 == 0, np.nan, values)
    assert shares([values], effects, np.ones(64))[0] > 0.9
    assert shares([], effects, np.ones(64)) == []
