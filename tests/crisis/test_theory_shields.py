"""What a shield does to first strikes: ragged retaliation (T7), defensive weapons (T11), commitments (T12)."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from scipy.stats import binom

from escalade.crisis.tree import CLIMB
from escalade.worlds import Reals
from tests.crisis.cases import Solved, solved
from tests.history.cases import Setup, with_rules
from tests.raid.cases import Case, arm, layer
from tests.verification.worlds_by_hand import (
    AIRCRAFT,
    BALLISTIC,
    DRONE,
    each_side,
    squadron,
    without_shield,
    world_of,
)
from tests.verification.worlds_by_hand import layer as a_layer

TALKS: Setup = {"effort": 0.0, "cost": 0.0, "objective": 0.0}
MEDIAN = 2
"""Type of private resolve in the middle."""

# --- ragged retaliation (T7) ----------------------------------------------------------------------------------------

RAGGED = [(0.5, 0.0), (0.1, 0.00002), (0.05, 0.123), (0.02, 0.787)]
"""Share of 300 warheads that survives a first strike; probability that 44 interceptors, four each, stop all of them."""


def nothing_gets_through(survival: float) -> float:
    """At most eleven are left, and every engagement of four shots succeeds."""
    left = np.arange(44 // 4 + 1)
    return float(np.sum(binom.pmf(left, 300, survival) * (1.0 - (1.0 - 0.56) ** 4) ** left))


@pytest.mark.parametrize(("survival", "expected"), RAGGED)
def test_t7_a_thin_shield_stops_a_ragged_answer_only(survival: float, expected: float) -> None:
    """T7: what does not survive a first strike does not arrive; 4,000 sampled raids, four standard errors."""
    theory = nothing_gets_through(survival)
    assert theory == pytest.approx(expected, abs=5e-4 if expected > 0.01 else 5e-6)
    raids = Case([arm(300, reliability=survival)], [layer(0.56, stock=44.0, shots=4.0)]).sample(4_000)
    found = float((raids.leakers[:, 0] == 0).mean())
    assert abs(found - theory) <= 4.0 * np.sqrt(max(theory, 1e-6) / 4_000)


WARHEADS, STOPPED, SURVIVING, DEATHS = 100.0, 8.0, 0.1, 30.0


def deterrent(shield: float, exposed: float, people: float = np.inf) -> Setup:
    """Side 0 may disarm side 1, whose 100 warheads answer for certain; the shield stops as many as it has rounds."""
    missiles = {"low": 1, "high": 1, "reliability": 1.0, "threatening": 1.0, "counterforce": 1.0}
    sure = {"shots": 1.0, "reserve": 0.0, "channels": np.inf, "availability": 1.0, "discrimination": 1.0}
    strike = {"effort": 1.0, "objective": 0.0}
    return {
        "sides": [
            {"uid": 0, "coverage": 0.0, "people": people, "pressure": 0.0, "tolerance": 4000.0},
            {"uid": 1, "coverage": 0.0},
        ],
        "arms": [
            [missiles | {"stock": 6000.0, "launch": 6000.0}],
            [
                missiles
                | {"stock": WARHEADS, "launch": WARHEADS, "deaths": DEATHS}
                | {"exposed_launchers": exposed, "exposed_stock": exposed}
            ],
        ],
        "layers": [[a_layer({BALLISTIC: 1.0}, stock=shield, **sure)], []],
        "beliefs": [[0.0, 0.0], [0.0, 0.0]],
        "steps": [
            [TALKS, strike | {"cost": 0.3, "counterforce": 1.0}],
            [TALKS, strike | {"cost": -10.0, "counterforce": 0.0}],
        ],
        "rungs": [(0.0, 0.0), (1.0, 0.0)],
        "rules": {"war_rung": 1, "waves": 1, "precision": np.inf, "opener": 0, "no_yield": 1},
        "rate": 1.0,
        "deliveries": [],
    }


def warheads_through(shield: float, exposed: float, struck_first: bool) -> float:
    """Warheads that side 0 expects to suffer from a strike of side 1, by the planning table."""
    table = solved(world_of(deterrent(shield, exposed))).table
    return float(table[0, 0, 1, 1, 0, int(struck_first)]["deaths"] / DEATHS)


def test_t7_ragged_retaliation_on_the_ladder() -> None:
    """T7: 100 warheads, 8 stopped, 90 % destroyed first: the striker suffers 2 after its strike, 92 without."""
    assert warheads_through(STOPPED, 1.0 - SURVIVING, struck_first=True) == pytest.approx(2.0, abs=1e-9)
    assert warheads_through(STOPPED, 1.0 - SURVIVING, struck_first=False) == pytest.approx(92.0, abs=1e-9)
    assert warheads_through(0.0, 1.0 - SURVIVING, struck_first=True) == pytest.approx(10.0, abs=1e-9)
    assert warheads_through(STOPPED, 0.0, struck_first=True) == pytest.approx(92.0, abs=1e-9)


def worth_of_striking_first(shield: float, exposed: float, people: float) -> float:
    """Utility of side 0's strike at its opening, the answer included, to the median type."""
    game = solved(world_of(deterrent(shield, exposed, people)))
    return float(game.utility(game.edge(game.opening(0), CLIMB))[MEDIAN, 0])


@pytest.mark.parametrize(("people", "complements"), [(np.inf, False), (5000.0, True), (500.0, True)])
def test_t7_shield_and_vulnerability_are_complements_where_deaths_saturate(people: float, complements: bool) -> None:
    """T7: cross-difference (shield x vulnerable rival) of the utility of striking first.

    With linear deaths a stopped warhead is worth the same whether ten come or a hundred: exactly 0. With finitely many
    people at risk the first warheads kill most: the shield pays where few are left to come.
    """
    vulnerable, survivable = 1.0 - SURVIVING, 0.0
    gains = [
        worth_of_striking_first(STOPPED, exposed, people) - worth_of_striking_first(0.0, exposed, people)
        for exposed in (vulnerable, survivable)
    ]
    if complements:
        assert gains[0] - gains[1] > 1e-3
    else:
        assert gains[0] == pytest.approx(STOPPED * DEATHS / 4000.0, abs=1e-12)
        assert gains[0] - gains[1] == pytest.approx(0.0, abs=1e-12)


# --- random games ---------------------------------------------------------------------------------------------------


def random_arms(draw: random.Random, rungs: int) -> list[Setup]:
    """Missiles and drones, which no strike destroys on the ground."""
    safe = {"low": 1, "high": rungs - 1, "exposed_launchers": 0.0, "exposed_stock": 0.0}
    arms = []
    for cls in (BALLISTIC, DRONE):
        numbers = {"stock": float(draw.randint(5, 200)), "launch": float(draw.randint(5, 60))}
        shares = {"reliability": draw.uniform(0.5, 1), "threatening": draw.uniform(0.3, 1)}
        arms.append(
            safe | numbers | shares | {"cls": cls, "deaths": draw.uniform(0.5, 8), "decoys": draw.uniform(0, 2)}
        )
    return arms + ([squadron(**safe)] if draw.random() < 0.3 else [])


def random_shield(draw: random.Random) -> list[Setup]:
    upper = a_layer({BALLISTIC: draw.uniform(0.2, 0.9)}, discrimination=draw.random())
    lower = a_layer({BALLISTIC: draw.uniform(0, 0.6), DRONE: draw.uniform(0.1, 0.9), AIRCRAFT: draw.uniform(0, 0.3)})
    channels = draw.choice((5.0, 20.0, np.inf))
    return [one | {"stock": float(draw.randint(15, 150)), "channels": channels} for one in (upper, lower)]


def random_step(draw: random.Random) -> Setup:
    return {
        "effort": draw.uniform(0.3, 1),
        "cost": draw.uniform(-0.1, 0.5),
        "objective": draw.uniform(0, 0.6),
        "soldiers": draw.uniform(0, 20),
        "raids": float(draw.randint(1, 3)),
        "counterforce": draw.uniform(0, 0.5),
    }


def random_game(seed: int, rungs: int = 2, **rules: Any) -> Setup:
    """A random crisis about side 0's shield: beliefs in common and true, nothing hidden, nothing disarmed."""
    draw = random.Random(seed)
    sides = [
        {"uid": i, "tolerance": draw.uniform(20, 900), "affront": draw.uniform(0, 0.3), "pressure": draw.uniform(0, 2)}
        | {
            "calm": draw.random(),
            "people": draw.choice((np.inf, 3000.0)),
            "sigma": draw.random(),
            "truth": -draw.random(),
        }
        for i in (0, 1)
    ]
    return {
        "sides": sides,
        "arms": [random_arms(draw, rungs) for _ in sides],
        "layers": [random_shield(draw), [a_layer({BALLISTIC: 0.5}, stock=30.0)]],
        "beliefs": [[side["truth"] for side in sides] for _ in sides],
        "steps": [[TALKS, *(random_step(draw) for _ in range(rungs - 1))] for _ in sides],
        "rungs": [(0.0, 0.0), *((draw.random(), 0.0) for _ in range(rungs - 1))],
        "rules": {"war_rung": 1, "waves": 1, "resolve_spread": 0.0, "light_replies": 0, "no_yield": 1} | rules,
        "rate": 1.0,
        "deliveries": [],
    }


STAKES = [(own, other) for own in np.linspace(-4, 4, 7) for other in np.linspace(-4, 4, 7)]
"""Normal deviates of the two sides' public stakes: from a fifth of the median to five times it."""


def opening_strike(setup: Setup, side: int = 0) -> tuple[Solved, int]:
    """The game, and the edge on which a side opens with a strike."""
    game = solved(world_of(setup), STAKES)
    return game, game.edge(game.opening(side), CLIMB)


def first_strikes(setup: Setup) -> Reals:
    """Probability that side 0 opens with a strike, at all stakes."""
    game, strike = opening_strike(setup)
    return game.choice(strike)[MEDIAN]


# --- defensive weapons (T11) ----------------------------------------------------------------------------------------


def only_side_0_opens(setup: Setup) -> Setup:
    """Side 1 may answer, but not begin."""
    idle = [setup["steps"][1][0], *(step | {"may_climb": 0} for step in setup["steps"][1][1:])]
    return with_rules(setup | {"steps": [setup["steps"][0], idle]}, opener=0)


def shield_never_holds_back(seed: int, **changes: Any) -> tuple[bool, bool]:
    """Whether the owner strikes first at all stakes at which it would without its shield; and at any others."""
    setup = only_side_0_opens(random_game(seed, **changes))
    with_it, without = first_strikes(setup), first_strikes(without_shield(setup))
    return bool((with_it >= without - 1e-9).all()), bool((with_it > without + 0.5).any())


def test_t11_a_unilateral_shield_widens_its_owners_first_strikes() -> None:
    """T11 (Chassang and Padro i Miquel 2009): one exchange, common beliefs, near-certain choice, nothing disarmed.

    The shield weakly enlarges the set of stakes at which its owner strikes first, in 60 of 60 random games: it is
    struck back less often and less hard.
    """
    games = [shield_never_holds_back(seed, precision=1e5) for seed in range(60)]
    assert all(never for never, _ in games)
    assert sum(wider for _, wider in games) > 10


def test_t11_is_no_theorem_for_longer_games() -> None:
    """T11: with a second strike each, a calmer owner is less feared: in some games its shield holds it back."""
    games = [shield_never_holds_back(seed, precision=1e5, waves=2) for seed in range(60)]
    assert 0 < sum(never for never, _ in games) < 60


# --- conditional commitment (T12) -----------------------------------------------------------------------------------


def allied(setup: Setup, joins: float, leash: float = 0.0) -> Setup:
    """The shield of side 0 belongs to a partner, who defends nine times in ten; if its client began it, less often."""
    shield = [one | {"partner": 1, "defends": 0.9, "joins": joins} for one in setup["layers"][0]]
    return setup | {"layers": [shield, setup["layers"][1]], "sides": each_side(setup, {"leash": leash}, {})}


@pytest.mark.parametrize("leash", [0.0, 0.2])
def test_t12_a_condition_on_the_clients_strikes_leaves_the_rivals_alone(leash: float) -> None:
    """T12: g_off < g_def changes nothing in what follows a first strike of the rival: its utility stays to 1e-12."""
    for seed in range(20):
        setup = random_game(seed, rungs=3, waves=2, light_replies=1, no_yield=0, resolve_spread=0.6)
        worth = []
        for joins in (0.9, 0.2, 0.0):
            game, strike = opening_strike(allied(setup, joins, leash), side=1)
            worth.append(game.utility(strike))
        assert worth[1] == pytest.approx(worth[0], abs=1e-12)
        assert worth[2] == pytest.approx(worth[0], abs=1e-12)


def test_t12_a_condition_lowers_the_clients_own_first_strikes_where_its_deaths_matter() -> None:
    """T12: who strikes first stands there without its partner: lower at all stakes, in every random game."""
    for seed in range(30):
        setup = only_side_0_opens(random_game(seed, precision=3.0))
        unconditional, conditional = (opening_strike(allied(setup, joins)) for joins in (0.9, 0.2))
        assert (conditional[0].utility(conditional[1]) < unconditional[0].utility(unconditional[1])).all()
        lower, higher = (game.choice(strike) for game, strike in (conditional, unconditional))
        assert (lower < higher).all()


def test_t12_a_condition_is_nothing_to_a_client_who_does_not_count_its_dead() -> None:
    """T12: without deaths, crews and objectives to defend, the partner's absence costs nothing: to the last bit."""
    for seed in range(10):
        setup = only_side_0_opens(random_game(seed, precision=3.0))
        callous = setup | {"sides": each_side(setup, {"tolerance": np.inf, "calm": 0.0}, {})}
        rival = [step | {"objective": 0.0} for step in setup["steps"][1]]
        callous = callous | {"steps": [setup["steps"][0], rival]}
        callous["arms"] = [setup["arms"][0], [one | {"crew": 0.0} for one in setup["arms"][1]]]
        assert np.array_equal(*(first_strikes(allied(callous, joins)) for joins in (0.9, 0.2)))
