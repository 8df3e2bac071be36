"""A raid in words, sampled again and again, and planned."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from escalade.luck.address import Moment
from escalade.raid.planned import Salvo, believed_kill, new_salvo, planned_raid
from escalade.raid.sampled import new_course, sampled_raid
from escalade.raid.shield import Raid, records
from escalade.worlds import THREAT_CLASSES


class Sampled(NamedTuple):
    """What came of sampled raids."""

    leakers: np.ndarray  # threatening objects that got through, in the order of ``Raid.classes`` [n, c]
    used: np.ndarray  # interceptors [n, l]


def sample(raid: Raid, number: int, seed: int = 1) -> Sampled:
    """That many raids, each with luck of its own; partners take part or not, once for all their layers."""
    arms, serving, layers, kill = records(raid)
    salvo = new_salvo(len(arms), len(THREAT_CLASSES), len(layers))
    course = new_course(len(arms), len(THREAT_CLASSES), len(layers))
    salvo.flights["launched"] = arms["stock"]
    partners = np.random.default_rng(seed).random((number, len(layers) + 1))
    leakers, used = [], []
    for history in range(number):
        committed = np.where(layers["partner"] > 0, partners[history, layers["partner"]] < layers["defends"], 1.0)
        moment = Moment(seed, 0, history, 0, 0, 0, 0)
        stock = layers["stock"].copy()
        sampled_raid(
            arms, serving, layers, kill, raid.shift, raid.sigma, committed, stock, float(raid.raids), arms["stock"],
            moment, salvo, course,
        )  # fmt: skip
        leakers.append(salvo.swarms["threatening"][serving])
        used.append(salvo.used.copy())
    return Sampled(np.array(leakers), np.array(used))


def plan(raid: Raid) -> Salvo:
    """The planned raid of somebody who knows the shield as it is."""
    arms, serving, layers, kill = records(raid)
    salvo = new_salvo(len(arms), len(THREAT_CLASSES), len(layers))
    salvo.flights["launched"] = arms["stock"]
    order = np.argsort(-layers["boost"], kind="stable")  # the planned raid takes layers as they come
    layers, missed = (
        layers[order],
        1.0 - np.vectorize(believed_kill, otypes=[float])(kill[order], raid.shift, raid.sigma),
    )
    pi = 1.0 - missed ** layers["shots"][:, None]
    works = layers["availability"] * np.where(layers["partner"] > 0, layers["defends"], 1.0)
    stock = layers["stock"].copy()
    planned_raid(
        arms[None], 0, serving[None], layers[None], 0, pi[None], 0, works[None], 0, stock[None], 0, float(raid.raids),
        0.0, salvo,
    )  # fmt: skip
    salvo.used[order] = salvo.used.copy()
    return salvo
