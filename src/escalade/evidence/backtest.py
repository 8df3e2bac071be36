"""The back-test: what was reported of past raids and campaigns, beside what would have been predicted.

Two kinds, kept apart. *Foresight*: an episode predicted from what was known before it and from what was launched.
*Arithmetic*: strikes of a bundled scenario by the scenario's own inputs, most of which were taken from the episode
itself, so that agreement shows that the parts fit together and no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from escalade import facts
from escalade.evidence.counts import SHARES, Counts
from escalade.evidence.episodes import WORDS, Episode, Exchange, Reported, episodes, exchanges
from escalade.evidence.exchange import WORLDS, predicted_exchange
from escalade.evidence.predict import DRAWS, predicted
from escalade.quantities import listed

ENDS = (0.05, 0.95)
"""Quantiles of a 90 % prediction."""

Kind = Literal["foresight", "arithmetic"]


@dataclass(frozen=True)
class Check:
    """One reported quantity beside its prediction.

    what : in words, with what it is of (``of``) and on which days; ``share`` says that it is a share, not a number
    low, mean, high : 5 % point, mean and 95 % point of the prediction
    reported_low, reported_high : range of the reports; facts : ids of the figures
    """

    what: str
    of: str
    share: bool
    low: float
    mean: float
    high: float
    reported_low: float
    reported_high: float
    facts: tuple[str, ...]

    @property
    def interval(self) -> tuple[float, float]:
        """The 90 % prediction; numbers of things and people are rounded to whole ones, as reports are."""
        if self.share:
            return self.low, self.high
        return float(np.floor(self.low + 0.5)), float(np.floor(self.high + 0.5))

    @property
    def overlaps(self) -> bool:
        """Whether the reported range and the 90 % prediction have a value in common."""
        low, high = self.interval
        return low <= self.reported_high and self.reported_low <= high

    @property
    def direction(self) -> int:
        """-1: the prediction is too low, 1: too high, 0: they overlap."""
        return 0 if self.overlaps else -1 if self.interval[1] < self.reported_low else 1


@dataclass(frozen=True)
class Compared:
    """One episode or exchange with its checks.

    scenario : bundled scenario that it belongs to, or None
    same_episode : inputs that were taken from the episode itself, in words, by path (empty path: in general)
    lesson : what its misses teach
    """

    id: str
    title: str
    kind: Kind
    scenario: str | None
    checks: tuple[Check, ...]
    same_episode: Mapping[str, str]
    lesson: str


@dataclass(frozen=True)
class BackTest:
    """All episodes and exchanges, in the order of time, foresight first."""

    compared: tuple[Compared, ...]

    def of_kind(self, kind: Kind) -> tuple[Compared, ...]:
        """Those of one kind."""
        return tuple(one for one in self.compared if one.kind == kind)

    def overlap(self, kind: Kind) -> tuple[int, int]:
        """Reported ranges that overlap the 90 % prediction, and all reported ranges."""
        checks = [check for one in self.of_kind(kind) for check in one.checks]
        return sum(check.overlaps for check in checks), len(checks)


def back_test(scenario: str | None = None, draws: int = DRAWS, worlds: int = WORLDS, seed: int = 0) -> BackTest:
    """Every episode and exchange predicted and compared, or those of one bundled scenario.

    draws : predictions of an episode; worlds : sets of assumptions of an exchange (a power of two)
    """
    foresight = [_foresight(one, predicted(one, draws, seed)) for one in episodes(scenario)]
    arithmetic = [_arithmetic(one, predicted_exchange(one, worlds, seed)) for one in exchanges(scenario)]
    return BackTest((*foresight, *arithmetic))


def _foresight(episode: Episode, counts: Counts) -> Compared:
    names = {key: weapon.name for key, weapon in episode.threats.items()}
    names |= {key: layer.name for key, layer in episode.layers.items()}
    checks = tuple(check(one, counts, names) for one in episode.reported)
    return Compared(
        episode.id, episode.title, "foresight", episode.scenario, checks, episode.same_episode, episode.lesson
    )


def _arithmetic(exchange: Exchange, counts: Counts) -> Compared:
    checks = tuple(check(one, counts, _names(exchange)) for one in exchange.reported)
    return Compared(
        exchange.id,
        exchange.title,
        "arithmetic",
        exchange.scenario,
        checks,
        {"": exchange.same_episode},
        exchange.lesson,
    )


def _names(exchange: Exchange) -> dict[str, str]:
    """Names of the scenario's sides, arms and layers by the ids that reports use."""
    from escalade.scenario import load_scenario

    names = {}
    for key, side in load_scenario(exchange.scenario).sides.items():
        names[key] = side.name
        names |= {f"{key}.{one}": arm.name for one, arm in side.arms.items()}
        names |= {f"{key}.{one}": layer.name for one, layer in side.shield.layers.items()}
    return names


def check(reported: Reported, counts: Counts, names: Mapping[str, str]) -> Check:
    """A reported quantity beside the same quantity of every prediction."""
    values = counts.values(reported)
    values = values[np.isfinite(values)]
    low, high = np.quantile(values, ENDS) if values.size else (np.nan, np.nan)
    reported_low, reported_high = reported_range(reported)
    return Check(
        what=_told(reported),
        of=listed([name for one in reported.of if (name := names.get(one, ""))]),
        share=reported.what in (*SHARES, "leakage_rose"),
        low=float(low),
        mean=float(values.mean()) if values.size else float("nan"),
        high=float(high),
        reported_low=reported_low,
        reported_high=reported_high,
        facts=reported.facts,
    )


def reported_range(reported: Reported) -> tuple[float, float]:
    """Lowest and highest report: as worked out in the data, or the ends of all figures named."""
    figures = [facts.get(one) for one in reported.facts]
    low = min(one.low for one in figures) if reported.low is None else reported.low
    high = max(one.high for one in figures) if reported.high is None else reported.high
    return low, high


def _told(reported: Reported) -> str:
    words = WORDS[reported.what]
    if reported.days is None:
        return words
    first, last = reported.days
    return f"{words}, day {first}" if first == last else f"{words}, days {first} to {last}"
