"""Draws by inversion: one uniform number in, one count or deviate out.

Inversion, never rejection: each decision uses exactly one uniform number, and a
draw moves monotonically with it, so two policies with the same luck stay as close
as their chances are.

Counts are the smallest k whose distribution function reaches u. The sum starts
nine standard deviations below the mean, where less than 3e-18 lies below, against a
smallest u of 1.1e-16; the sum is accurate to about 1e-13 in absolute terms (Loader 2000,
Fast and accurate computation of binomial probabilities), so a result can be one off only
where u is that close to a step.
"""

from __future__ import annotations

import math

from escalade.jit import kernel

_START = 9.0  # standard deviations below the mean
_HALF_LOG_2PI = 0.5 * math.log(2.0 * math.pi)


@kernel
def binomial(n: int, p: float, u: float) -> int:
    """Successes among ``n`` tries (>= 0) of chance ``p`` each, at the quantile ``u`` (inside 0 to 1).

    Chances outside 0 to 1 count as the nearer bound.
    """
    if n <= 0 or p <= 0.0:
        return 0
    if p >= 1.0:
        return n
    if p > 0.5:  # count the rarer outcome: short sums, and both tails stay accurate
        return n - _rare_binomial(n, 1.0 - p, 1.0 - u)
    return _rare_binomial(n, p, u)


@kernel
def hypergeometric(good: int, bad: int, drawn: int, u: float) -> int:
    """Good ones among ``drawn`` taken without return from ``good`` and ``bad`` ones, at the quantile ``u``.

    Counts are >= 0 and ``drawn`` <= good + bad; the result is between max(0, drawn - bad) and min(good, drawn).
    """
    if good > bad:  # count the rarer kind, as above
        return drawn - _rare_hypergeometric(bad, good, drawn, 1.0 - u)
    return _rare_hypergeometric(good, bad, drawn, u)


@kernel
def poisson(mean: float, u: float) -> int:
    """Events when ``mean`` (>= 0) are expected, at the quantile ``u`` (inside 0 to 1)."""
    if mean <= 0.0:
        return 0
    k = _start(mean, mean)
    chance = math.exp(_log_poisson(k, mean))
    total = chance
    while total < u and not _exhausted(k, mean, total, chance):
        k += 1
        chance *= mean / k
        total += chance
    return k


@kernel
def normal_quantile(u: float) -> float:
    """Standard normal deviate at the quantile ``u`` (inside 0 to 1), accurate to about 1e-16.

    Source: Wichura (1988), Algorithm AS 241, Applied Statistics 37(3), PPND16.
    """
    q = u - 0.5
    if abs(q) <= 0.425:
        return q * _central(0.180625 - q * q)
    r = math.sqrt(-math.log(u if q < 0.0 else 1.0 - u))
    deviate = _shoulder(r - 1.6) if r <= 5.0 else _tail(r - 5.0)
    return -deviate if q < 0.0 else deviate


@kernel
def _rare_binomial(n: int, p: float, u: float) -> int:
    """``binomial`` for 0 < p <= 1/2."""
    mean = n * p
    k = _start(mean, mean * (1.0 - p))
    chance = math.exp(log_binomial(k, n, p))
    total = chance
    odds = p / (1.0 - p)
    while total < u and k < n and not _exhausted(k, mean, total, chance):
        chance *= odds * (n - k) / (k + 1)
        k += 1
        total += chance
    return k


@kernel
def _rare_hypergeometric(good: int, bad: int, drawn: int, u: float) -> int:
    """``hypergeometric`` for good <= bad."""
    if 2 * drawn > good + bad:  # what is left behind is a draw too, and the smaller one
        return good - _smaller_hypergeometric(good, bad, good + bad - drawn, 1.0 - u)
    return _smaller_hypergeometric(good, bad, drawn, u)


@kernel
def _smaller_hypergeometric(good: int, bad: int, drawn: int, u: float) -> int:
    """``hypergeometric`` for good <= bad and drawn <= (good + bad) / 2, so that the result starts at 0."""
    most = min(good, drawn)
    if most <= 0:
        return 0
    p = good / (good + bad)
    mean = drawn * p
    k = _start(mean, mean * (1.0 - p))
    chance = math.exp(_log_hypergeometric(k, good, bad, drawn))
    total = chance
    while total < u and k < most and not _exhausted(k, mean, total, chance):
        chance *= (good - k) * (drawn - k) / ((k + 1.0) * (bad - drawn + k + 1.0))
        k += 1
        total += chance
    return k


@kernel
def _start(mean: float, variance: float) -> int:
    """Where to start the sum. Exact enough for distributions leaning right (chances up to 1/2)."""
    return max(0, int(math.floor(mean - _START * math.sqrt(variance))))


@kernel
def _exhausted(k: int, mean: float, total: float, chance: float) -> bool:
    """Whether the sum has stopped growing: rounding may leave it short of the largest u."""
    return k > mean and total + chance == total


@kernel
def log_binomial(k: int, n: int, p: float) -> float:
    """Log probability of k successes in n tries, 0 <= k <= n, 0 < p < 1."""
    if k == 0:
        return n * math.log1p(-p)
    if k == n:
        return n * math.log(p)
    stirling = _stirling_error(n) - _stirling_error(k) - _stirling_error(n - k)
    deviance = _deviance(k, n * p) + _deviance(n - k, n * (1.0 - p))
    return stirling - deviance - _HALF_LOG_2PI + 0.5 * math.log(n / (k * (n - k)))


@kernel
def _log_poisson(k: int, mean: float) -> float:
    """Log probability of k events, mean > 0."""
    if k == 0:
        return -mean
    return -_stirling_error(k) - _deviance(k, mean) - _HALF_LOG_2PI - 0.5 * math.log(k)


@kernel
def _log_hypergeometric(k: int, good: int, bad: int, drawn: int) -> float:
    """Log probability of k good ones: three binomial ones of the chance that makes each accurate."""
    p = drawn / (good + bad)
    return log_binomial(k, good, p) + log_binomial(drawn - k, bad, p) - log_binomial(drawn, good + bad, p)


@kernel
def _deviance(x: float, mean: float) -> float:
    """x log(x / mean) + mean - x, without cancellation where x is near the mean."""
    return mean - x - x * math.log1p((mean - x) / x)


@kernel
def _stirling_error(n: float) -> float:
    """log n! minus Stirling's formula, n >= 1: the series where it is exact to 1e-16, else directly."""
    if n < 16.0:
        return math.lgamma(n + 1.0) - (n + 0.5) * math.log(n) + n - _HALF_LOG_2PI
    s = 1.0 / (n * n)
    return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - s / 1188) * s) * s) * s) / n


@kernel
def _central(r: float) -> float:
    """AS 241 for |u - 1/2| <= 0.425: the deviate over u - 1/2, with r = 0.425^2 - (u - 1/2)^2."""
    above = 2.5090809287301226727e3
    above = above * r + 3.3430575583588128105e4
    above = above * r + 6.7265770927008700853e4
    above = above * r + 4.5921953931549871457e4
    above = above * r + 1.3731693765509461125e4
    above = above * r + 1.9715909503065514427e3
    above = above * r + 1.3314166789178437745e2
    above = above * r + 3.3871328727963666080e0
    below = 5.2264952788528545610e3
    below = below * r + 2.8729085735721942674e4
    below = below * r + 3.9307895800092710610e4
    below = below * r + 2.1213794301586595867e4
    below = below * r + 5.3941960214247511077e3
    below = below * r + 6.8718700749205790830e2
    below = below * r + 4.2313330701600911252e1
    below = below * r + 1.0
    return above / below


@kernel
def _shoulder(r: float) -> float:
    """AS 241 for tails down to exp(-25), with r = sqrt(-log(tail)) - 1.6."""
    above = 7.74545014278341407640e-4
    above = above * r + 2.27238449892691845833e-2
    above = above * r + 2.41780725177450611770e-1
    above = above * r + 1.27045825245236838258e0
    above = above * r + 3.64784832476320460504e0
    above = above * r + 5.76949722146069140550e0
    above = above * r + 4.63033784615654529590e0
    above = above * r + 1.42343711074968357734e0
    below = 1.05075007164441684324e-9
    below = below * r + 5.47593808499534494600e-4
    below = below * r + 1.51986665636164571966e-2
    below = below * r + 1.48103976427480074590e-1
    below = below * r + 6.89767334985100004550e-1
    below = below * r + 1.67638483018380384940e0
    below = below * r + 2.05319162663775882187e0
    below = below * r + 1.0
    return above / below


@kernel
def _tail(r: float) -> float:
    """AS 241 for tails below exp(-25), with r = sqrt(-log(tail)) - 5."""
    above = 2.01033439929228813265e-7
    above = above * r + 2.71155556874348757815e-5
    above = above * r + 1.24266094738807843860e-3
    above = above * r + 2.65321895265761230930e-2
    above = above * r + 2.96560571828504891230e-1
    above = above * r + 1.78482653991729133580e0
    above = above * r + 5.46378491116411436990e0
    above = above * r + 6.65790464350110377720e0
    below = 2.04426310338993978564e-15
    below = below * r + 1.42151175831644588870e-7
    below = below * r + 1.84631831751005468180e-5
    below = below * r + 7.86869131145613259100e-4
    below = below * r + 1.48753612908506148525e-2
    below = below * r + 1.36929880922735805310e-1
    below = below * r + 5.99832206555887937690e-1
    below = below * r + 1.0
    return above / below
