"""The common mode as a mixing table: nights, their weights, and how well each layer stops each class that night.

Layers share sensors and command, so that kills in one raid are not independent: given the *night* they are. A table
lists nights with weights that add up to 1 and the probability that one *engagement* (a salvo of shots) destroys its
object. The normal common mode is not a table but a rule for making ever finer ones (``exact`` refines until its
tolerance is met); everything else a caller may think of is a table: a track probability for the whole raid or for
each warhead, beta-distributed kills, a one-factor model.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from escalade.errors import UsageError
from escalade.raid.shield import Raid, share
from escalade.worlds import Reals


@dataclass(frozen=True)
class Mixing:
    """A mixing table.

    weight : of each night [g], >= 0, adding up to 1
    kill : probability that an engagement destroys its object, by night, layer and class (in the order of
        ``Raid.classes``) [g, l, c]; where the layer cannot engage the class it is not read
    """

    weight: Reals
    kill: Reals

    def __post_init__(self) -> None:
        if self.weight.ndim != 1 or self.kill.ndim != 3 or self.weight.size != self.kill.shape[0]:
            raise UsageError("a mixing table needs weights [night] and kill probabilities [night, layer, class]")
        if (self.weight < 0).any() or abs(self.weight.sum() - 1.0) > 1e-9:
            raise UsageError(f"weights of a mixing table add up to {self.weight.sum():g}; they must add up to 1")
        for extreme in (self.kill.min(initial=0.0), self.kill.max(initial=0.0)):
            share("kill probability of a mixing table", float(extreme))


def engagement_kills(raid: Raid, z: Reals) -> Reals:
    """Probability that an engagement destroys its object on nights of common mode ``z`` [g]: by night, layer, class.

    One shot stops with ``expit(logit(p) + shift + sigma z)``, a salvo of s with ``1 - (1 - that)^s``; 0 and 1 stay.
    """
    shot = shot_kills(raid)
    with np.errstate(divide="ignore"):
        odds = np.exp(-(raid.shift + raid.sigma * z[:, None, None])) * (1.0 / np.maximum(shot, 1e-300) - 1.0)
    shots = np.array([layer.shots for layer in raid.layers], float)[:, None]
    missed = np.where(shot <= 0.0, 1.0, odds / (1.0 + odds))
    return np.asarray(-np.expm1(shots * np.log(np.maximum(missed, 1e-300))))


def shot_kills(raid: Raid) -> Reals:
    """Kill probability per shot on an ordinary night, by layer and class of the raid [l, c]; 0: not engaged."""
    kills = [[layer.kill.get(c, 0.0) for c in raid.classes] for layer in raid.layers]
    return np.array(kills, float).reshape(len(raid.layers), len(raid.classes))


def ordinary_night(raid: Raid) -> Mixing:
    """The table without a common mode: one night."""
    return Mixing(np.ones(1), engagement_kills(raid, np.zeros(1)))


def warhead_track(raid: Raid, track: float) -> Mixing:
    """Wilkening (1999): each object is tracked with probability ``track``, alone; shots at an untracked one miss.

    An engagement destroys with ``track (1 - (1 - p)^s)``. The track holds for one engagement: with several looks or
    layers each has a track of its own.
    """
    share("track probability", track)
    night = ordinary_night(raid)
    return Mixing(night.weight, track * night.kill)


def raid_track(raid: Raid, track: float) -> Mixing:
    """The whole raid is tracked with probability ``track``; else every shot misses."""
    share("track probability", track)
    kill = ordinary_night(raid).kill
    return Mixing(np.array([track, 1.0 - track]), np.concatenate([kill, np.zeros_like(kill)]))


def everywhere(raid: Raid, weight: Reals, kill: Reals) -> Mixing:
    """The table in which every engagement of a night destroys with the same probability; weight, kill [g]."""
    shape = kill.size, len(raid.layers), len(raid.classes)
    return Mixing(weight, np.broadcast_to(kill[:, None, None], shape).copy())


def beta_nights(missed: float, correlation: float, nights: int) -> tuple[Reals, Reals]:
    """Weights and kill probabilities [g] of beta-distributed misses: leakers of one layer are beta-binomial.

    missed : mean probability that an engagement misses, inside 0 to 1
    correlation : of two misses of one night, inside 0 to 1: 1 / (a + b + 1) of the beta distribution
    nights : nodes of the Gauss-Jacobi rule; exact for raids of up to 2 nights - 1 engagements in a row
    """
    from scipy.special import roots_jacobi

    if not (0.0 < missed < 1.0 and 0.0 < correlation < 1.0):
        raise UsageError(f"mean miss {missed:g} and correlation {correlation:g} must lie inside 0 to 1")
    a, b = (mean * (1.0 - correlation) / correlation for mean in (missed, 1.0 - missed))
    with np.errstate(invalid="ignore"):  # SciPy divides 0 by 0 where it then takes the other branch
        x, weight = roots_jacobi(nights, b - 1.0, a - 1.0)
    return weight / weight.sum(), 1.0 - (1.0 + x) / 2.0


def one_factor_nights(missed: float, correlation: float, nights: int = 401) -> tuple[Reals, Reals]:
    """Weights and kill probabilities [g] of the one-factor Gaussian model of misses.

    An engagement misses where ``sqrt(r) z + sqrt(1 - r) e`` falls below the ``missed`` quantile of the normal
    distribution; z is common to the night. The trapezoid rule over z, with ``nights`` nodes on both sides of 0 up to 8.
    """
    from scipy.special import ndtr, ndtri

    if not (0.0 < missed < 1.0 and 0.0 <= correlation < 1.0):
        raise UsageError(f"mean miss {missed:g} must lie inside 0 to 1 and correlation {correlation:g} in 0 to 1")
    z = np.linspace(-8.0, 8.0, nights)
    weight = np.exp(-z * z / 2.0)
    kill = 1.0 - ndtr((ndtri(missed) - np.sqrt(correlation) * z) / np.sqrt(1.0 - correlation))
    return weight / weight.sum(), kill
