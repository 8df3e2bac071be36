"""One step of learning about a shield (T17): logistic regression with a normal prior."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from scipy.special import expit, log_expit, logit

from escalade.crisis.beliefs import evidence, learn
from escalade.raid.planned import PROBIT_SCALE
from escalade.worlds import LAYER, Reals, Records

Raid = tuple[Records, Reals, Reals, Reals]


def raid(rows: list[tuple[float, float, float, float]]) -> Raid:
    """Layers, kill probabilities, engagements and kills from rows (kill a shot, shots, engagements, kills).

    One layer and one class a row; the shield of side 0.
    """
    layers = np.zeros((1, len(rows)), LAYER)
    kill, engaged, kills = np.zeros((1, len(rows), 2)), np.zeros((len(rows), 2)), np.zeros((len(rows), 2))
    for l, (p, shots, made, killed) in enumerate(rows):
        layers[0, l]["shots"] = shots
        kill[0, l, l % 2], engaged[l, l % 2], kills[l, l % 2] = p, made, killed
    return layers, kill, engaged, kills


def step(
    rows: list[tuple[float, float, float, float]], prior: float, precision: float, sigma: float = 0.0
) -> tuple[float, float]:
    layers, kill, engaged, kills = raid(rows)
    return learn(prior, precision, sigma, layers, kill, 0, engaged, kills)


def derivatives(rows: list[tuple[float, float, float, float]], shift: float, sigma: float = 0.0) -> tuple[float, float]:
    layers, kill, engaged, kills = raid(rows)
    return evidence(shift, sigma, layers, kill, 0, engaged, kills)


def log_likelihood(rows: list[tuple[float, float, float, float]], sigma: float = 0.0) -> Callable[[float], float]:
    """Binomial log likelihood of the kills as a function of the shift, salvos of independent shots."""
    scale = np.sqrt(1.0 + PROBIT_SCALE * sigma**2)

    def of(shift: float) -> float:
        total = 0.0
        for p, shots, made, killed in rows:
            log_missed = shots * log_expit(-(logit(p) + shift) / scale)
            total += killed * np.log(-np.expm1(log_missed)) + (made - killed) * log_missed
        return float(total)

    return of


def posterior_mode(of: Callable[[float], float], prior: float, precision: float) -> float:
    """Mode of likelihood times normal prior, by an optimiser that knows no derivative, polished on the slope."""

    def loss(shift: float) -> float:
        return -of(shift) + 0.5 * precision * (shift - prior) ** 2

    around = minimize_scalar(loss, bracket=(prior - 1.0, prior + 1.0), tol=1e-12).x
    assert loss(around) <= loss(prior)
    return float(around)


ONE_SHOT = [
    [(0.8, 1.0, 12.0, 5.0)],
    [(0.5, 1.0, 30.0, 30.0)],
    [(0.9, 1.0, 8.0, 0.0), (0.3, 1.0, 40.0, 9.0)],
    [(0.6, 1.0, 1.0, 1.0), (0.7, 1.0, 3.0, 0.0), (0.95, 1.0, 300.0, 250.0)],
]


@pytest.mark.parametrize("rows", ONE_SHOT)
@pytest.mark.parametrize(("prior", "precision"), [(0.0, 20.0), (1.2, 5.0), (-2.0, 0.5)])
def test_t17_one_shot_is_logistic_regression_with_a_normal_prior(
    rows: list[tuple[float, float, float, float]], prior: float, precision: float
) -> None:
    """T17: kills ~ Binomial(e, expit(logit p + b)), b ~ N(prior, 1/precision): mode to 1e-8; precision + information.

    The mode solves sum (k - e q) = precision (b - prior) (root finding), and agrees with a derivative-free optimiser.
    """
    from scipy.optimize import brentq

    def slope(b: float) -> float:
        return sum(k - e * expit(logit(p) + b) for p, _, e, k in rows) - precision * (b - prior)

    reach = 1.0 + sum(e for _, _, e, _ in rows) / precision
    mode = brentq(slope, prior - reach, prior + reach, xtol=1e-14, rtol=1e-14)
    shift, certainty = step(rows, prior, precision)
    assert shift == pytest.approx(mode, abs=1e-8)
    assert shift == pytest.approx(posterior_mode(log_likelihood(rows), prior, precision), abs=1e-6)
    q = [expit(logit(p) + mode) for p, _, _, _ in rows]
    information = sum(e * a * (1 - a) for (_, _, e, _), a in zip(rows, q, strict=True))
    assert certainty == pytest.approx(precision + information, rel=1e-9)


@pytest.mark.parametrize("shots", [1.0, 2.0, 4.0])
@pytest.mark.parametrize("sigma", [0.0, 0.8])
@pytest.mark.parametrize("shift", [-1.5, 0.0, 0.7])
def test_t17_score_and_information_by_numerical_derivative(shots: float, sigma: float, shift: float) -> None:
    """T17: salvos of s shots: the score is the slope of the binomial log likelihood in the shift of one shot.

    Information is its expected square, E[(d log likelihood/db)^2], over the kills that the shift predicts.
    """
    from scipy.stats import binom

    p, made, width = 0.6, 9, 1e-5
    scale = np.sqrt(1.0 + PROBIT_SCALE * sigma**2)
    hit = 1.0 - (1.0 - expit((logit(p) + shift) / scale)) ** shots
    squares = 0.0
    for killed in range(made + 1):
        rows = [(p, shots, float(made), float(killed))]
        of = log_likelihood(rows, sigma)
        slope = (of(shift + width) - of(shift - width)) / (2 * width)
        score, information = derivatives(rows, shift, sigma)
        assert score == pytest.approx(slope, rel=1e-6, abs=1e-6)
        squares += binom.pmf(killed, made, hit) * slope**2
    assert information == pytest.approx(squares, rel=1e-6)


@pytest.mark.parametrize(("p", "killed"), [(0.97, 0.0), (0.02, 40.0), (0.999, 0.0), (0.001, 40.0)])
def test_t17_a_saturated_logit_does_not_overshoot(p: float, killed: float) -> None:
    """T17: on a saturated logit one undamped Newton step lands far beyond the mode; the damped one finds it."""
    rows, prior, precision = [(p, 1.0, 40.0, killed)], 0.0, 0.2
    score, information = derivatives(rows, prior)
    undamped = score / (information + precision)
    mode = posterior_mode(log_likelihood(rows), prior, precision)
    shift, _ = step(rows, prior, precision)
    assert abs(undamped) > 1.2 * abs(mode)
    assert shift == pytest.approx(mode, abs=1e-6)
    assert 0 < shift / undamped < 1


def test_a_shared_common_mode_caps_what_one_raid_teaches() -> None:
    """I' = I / (1 + I sigma^2) < 1 / sigma^2, however many engagements: the night's luck is not averaged away."""
    sigma = 0.8
    gained = [step([(0.7, 1.0, e, 0.7 * e)], 0.0, 20.0, sigma)[1] - 20.0 for e in (10.0, 100.0, 1e4, 1e6)]
    assert gained == sorted(gained)
    assert gained[-1] == pytest.approx(1 / sigma**2, rel=1e-3)
    assert max(gained) < 1 / sigma**2


ROWS = st.lists(
    st.tuples(st.floats(0.01, 0.99), st.sampled_from([1.0, 2.0, 3.0]), st.integers(1, 60), st.floats(0, 1)).map(
        lambda row: (row[0], row[1], float(row[2]), float(round(row[3] * row[2])))
    ),
    min_size=1,
    max_size=4,
)


@given(rows=ROWS, prior=st.floats(-2, 2), precision=st.floats(0.5, 200), sigma=st.floats(0, 1.5))
@settings(max_examples=200)
def test_the_mode_is_where_the_discounted_slope_vanishes(
    rows: list[tuple[float, float, float, float]], prior: float, precision: float, sigma: float
) -> None:
    """Score, discounted at the prior, balances the prior's pull; certainty only grows; kills pull up, misses down."""
    shift, certainty = step(rows, prior, precision, sigma)
    discount = 1.0 / (1.0 + derivatives(rows, prior, sigma)[1] * sigma**2)
    score = discount * derivatives(rows, shift, sigma)[0]
    assert score == pytest.approx(precision * (shift - prior), abs=1e-7 * precision)
    assert certainty >= precision
    pull = derivatives(rows, prior, sigma)[0]
    assert (shift - prior) * pull >= -1e-9


@pytest.mark.parametrize("rows", [[(0.7, 1.0, 0.0, 0.0)], [(1.0, 1.0, 9.0, 9.0)], [(0.0, 1.0, 0.0, 0.0)]])
def test_certain_kills_and_idle_layers_teach_nothing(rows: list[tuple[float, float, float, float]]) -> None:
    assert step(rows, 0.4, 20.0) == (0.4, 20.0)


def test_two_raids_seen_together_teach_what_they_teach_in_one() -> None:
    """Evidence adds up: engagements of a class at one layer count together."""
    split = derivatives([(0.6, 2.0, 10.0, 4.0), (0.6, 2.0, 20.0, 15.0)], 0.3)
    assert split == pytest.approx(derivatives([(0.6, 2.0, 30.0, 19.0)], 0.3), rel=1e-12)
