"""Episodes predicted: raid after raid, with inputs drawn anew for every prediction.

Every number of an episode is drawn from its own range (a Latin hypercube over the inputs, each in an order of its own),
and one campaign is sampled for each set of inputs: the spread is ignorance and luck together.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping

import numpy as np

from escalade.evidence.counts import Counts
from escalade.evidence.episodes import Episode
from escalade.luck.address import Moment
from escalade.raid.named import common_mode
from escalade.raid.planned import new_salvo
from escalade.raid.sampled import new_course, sampled_raid
from escalade.raid.shield import Layer, Raid, Threat, records
from escalade.scenario.numbers import Plus, Times
from escalade.worlds import THREAT_CLASSES, Reals

DRAWS = 1_000
"""Predictions of an episode: the ends of a 90 % interval lie at its 50th and 950th value."""

Inputs = Mapping[str, Reals]
"""Values of every input by its dotted path [draw]."""


def predicted(episode: Episode, draws: int = DRAWS, seed: int = 0) -> Counts:
    """Counts of an episode, ``draws`` times: see ``Counts`` for what is counted."""
    inputs = drawn_inputs(episode, draws, seed)
    daily = launched_by_day(episode, inputs)
    counts = Counts.empty(
        draws, episode.days, weapons=tuple(episode.threats), layers=tuple(episode.layers), sides=("all",)
    )
    for k in range(draws):
        _campaign(episode, {path: float(values[k]) for path, values in inputs.items()}, daily[k], k, seed, counts)
    return counts


def drawn_inputs(episode: Episode, draws: int, seed: int) -> Inputs:
    """One value of every input in each draw: one from each of ``draws`` equally likely parts of its range."""
    found = {}
    for path, number in episode.numbers():
        assert not isinstance(number.spec, Times | Plus)  # an episode changes no other number
        order = np.random.default_rng([seed, zlib.crc32(f"{episode.id} {path}".encode())]).permutation(draws)
        found[path] = number.spec.quantile((order + 0.5) / draws)
    return found


def launched_by_day(episode: Episode, inputs: Inputs) -> Reals:
    """Whole units launched [draw, day, weapon]: the total on the episode's schedule, rounded on the running sum."""
    shares = np.cumsum(episode.daily) / np.sum(episode.daily)
    totals = np.stack([np.floor(inputs[f"threats.{name}.launched"] + 0.5) for name in episode.threats])
    running = np.floor(totals.T[:, None, :] * shares[None, :, None] + 0.5)
    return np.asarray(np.diff(running, axis=1, prepend=0.0))


def _campaign(episode: Episode, value: Mapping[str, float], daily: Reals, k: int, seed: int, counts: Counts) -> None:
    """One campaign, day by day, into place k of the counts."""
    raid = _raid(episode, value)
    arms, serving, layers, kill = records(raid)
    shape = len(arms), len(THREAT_CLASSES), len(layers)
    salvo, course, left = new_salvo(*shape), new_course(*shape), layers["stock"].copy()
    for day in range(daily.shape[0]):
        salvo.flights["launched"] = daily[day]
        sampled_raid(
            arms, serving, layers, kill, 0.0, raid.sigma, np.ones(len(layers)), left, 1.0, daily[day],
            Moment(seed, 0, k, 0, 0, 0, day), salvo, course,
        )  # fmt: skip
        left -= salvo.used
        hits = salvo.flights["leakers"]
        people = 1.0 - value["shelter.aimed_at_means"]
        spared = value["shelter.coverage"] * value["shelter.effect"]
        counts.weapons["launched"][k, day] = daily[day]
        counts.weapons["arrived"][k, day] = course.flying
        counts.weapons["threatening"][k, day] = course.threats
        counts.weapons["got_through"][k, day] = hits
        counts.weapons["hit_people"][k, day] = hits * people
        counts.weapons["intercepted"][k, day] = course.killed[arms["cls"]]
        counts.used[k, day] = salvo.used
        counts.deaths[k, day, 0] = float(hits @ arms["deaths"]) * people * (1.0 - spared)


def _raid(episode: Episode, value: Mapping[str, float]) -> Raid:
    """The raid with one value of every input; what is launched is set day by day."""
    threats = tuple(
        Threat(
            name,
            weapon.threat_class,
            launched=0,
            reliability=value[f"threats.{name}.reliability"],
            threatening=value[f"threats.{name}.threatening"],
            deaths=value[f"threats.{name}.deaths_per_hit"],
        )
        for name, weapon in episode.threats.items()
    )
    layers = tuple(_layer(episode, name, value) for name in episode.layers)
    return Raid(threats, layers, sigma=max(0.0, common_mode(value["bad_night"])))


def _layer(episode: Episode, name: str, value: Mapping[str, float]) -> Layer:
    layer, path = episode.layers[name], f"layers.{name}"
    return Layer(
        name,
        kill={c: value[f"{path}.stops.{c}"] for c in layer.stops},
        shots=_whole(value[f"{path}.shots"]),
        stock=math.inf if layer.stock is None else _whole(value[f"{path}.stock"]),
        channels=math.inf if layer.channels is None else _whole(value[f"{path}.channels"]),
        availability=value[f"{path}.availability"],
        discrimination=value[f"{path}.discrimination"],
    )


def _whole(value: float) -> int:
    return math.floor(value + 0.5)
