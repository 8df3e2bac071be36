r"""Means over drawn worlds with clustered standard errors and a control variate.

Histories are run for N drawn worlds, of which candidate k provides ``M_k``
copies. All histories of a candidate share its inputs, so the candidate is the
cluster. With the candidate's mean outcome :math:`d_k` and shares
:math:`q_k = M_k / N`,

.. math::

    \bar d = \sum_k q_k d_k, \qquad
    \mathrm{var}(\bar d) = \frac{n}{n - p} \sum_k q_k^2 e_k^2 ,

where :math:`e_k` is what is left of :math:`d_k - \bar d`, n the number of
distinct candidates and p the number of fitted constants (1, or 2 with a
control). With equal copies and no control this is the variance of a sample
mean over n worlds.

*Control variate.* The exact crisis of every candidate gives :math:`x_k`, the
same outcome without luck, and its mean :math:`\mu` over all candidates is known.
The regression slope :math:`\beta` on :math:`x_k` that makes the variance above
smallest gives

.. math:: \bar d - \beta (\bar x - \mu), \qquad e_k = d_k - \bar d - \beta (x_k - \bar x).

Reference: Lavenberg and Welch (1981), Management Science 27, 322-335; clusters:
Liang and Zeger (1986), Biometrika 73, 13-22.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SURE = 0.95
"""Student's quantile of this order makes the 90 % interval."""

NOTHING = 1e-12
"""A control whose spread is below this share of its size has no variance: rounding only."""


@dataclass(frozen=True)
class Control:
    """A control variate: its value in each drawn candidate, and its known mean over all candidates."""

    values: NDArray[np.float64]
    known_mean: float


@dataclass(frozen=True)
class Estimate:
    """A mean over drawn worlds.

    ``se`` is its standard error, ``freedom`` the degrees of freedom; both are
    ``None`` where too few distinct worlds were drawn to know them.
    """

    mean: float
    se: float | None
    freedom: int | None

    @property
    def interval_90(self) -> tuple[float, float] | None:
        """Bounds of the 90 % interval (Student's t), or ``None`` without a standard error."""
        half = self.half_width
        return None if half is None else (self.mean - half, self.mean + half)

    @property
    def half_width(self) -> float | None:
        """Half the length of the 90 % interval."""
        if self.se is None or self.freedom is None:
            return None
        if self.se == 0.0:
            return 0.0
        from scipy.special import stdtrit

        return float(stdtrit(self.freedom, SURE)) * self.se


@dataclass(frozen=True)
class Fit:
    """A mean over drawn worlds before its error is summed up: what each distinct candidate adds to it.

    ``rest`` [n] is what is left of each candidate's outcome; ``fitted`` counts
    the constants that were fitted.
    """

    mean: float
    rest: NDArray[np.float64]
    share: NDArray[np.float64]
    fitted: int

    def __add__(self, other: Fit) -> Fit:
        """The sum of two means over the same draws, with the error of the sum."""
        return Fit(self.mean + other.mean, self.rest + other.rest, self.share, self.fitted + other.fitted - 1)

    def estimate(self) -> Estimate:
        """The mean with its clustered standard error."""
        freedom = self.rest.size - self.fitted
        if freedom < 1:
            return Estimate(float(self.mean), None, None)
        variance = self.rest.size / freedom * float(np.dot(self.share**2, self.rest**2))
        return Estimate(float(self.mean), float(np.sqrt(variance)), freedom)


def fit(values: NDArray[np.float64], copies: NDArray[np.int64], control: Control | None = None) -> Fit:
    """Mean over drawn worlds of a candidate's outcome.

    Parameters
    ----------
    values
        Mean outcome over the histories of each distinct drawn candidate [n].
    copies
        Copies of each, M >= 1 [n].
    control
        Control variate; left out where it has no variance over the candidates,
        or where fewer than three of them were drawn.
    """
    share = copies / copies.sum()
    centre = values[0] + float(np.dot(share, values - values[0]))
    rest = values - centre
    if control is None or values.size < 3 or not _varies(control.values):
        return Fit(centre, rest, share, 1)
    mean = float(np.dot(share, control.values))
    offset = control.values - mean
    slope = float(np.dot(share**2, rest * offset) / np.dot(share**2, offset * offset))
    return Fit(centre - slope * (mean - control.known_mean), rest - slope * offset, share, 2)


def estimate(values: NDArray[np.float64], copies: NDArray[np.int64], control: Control | None = None) -> Estimate:
    """Mean over drawn worlds of a candidate's outcome (see ``fit``), with its clustered standard error."""
    return fit(values, copies, control).estimate()


def _varies(values: NDArray[np.float64]) -> bool:
    return float(np.ptp(values)) > NOTHING * max(1.0, float(np.max(np.abs(values))))
