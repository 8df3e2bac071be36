"""One raid on one shield, by hand: the sampled raid again and again, and the planned one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from escalade.luck.address import Moment
from escalade.raid.planned import Salvo, believed_kill, engagement_kill, new_salvo, planned_raid
from escalade.raid.sampled import Course, new_course, sampled_raid
from escalade.worlds import ARM, LAYER, THREAT_CLASSES
from tests.verification.worlds_by_hand import ARM_DEFAULTS, LAYER_DEFAULTS, records, serving

CLASSES = len(THREAT_CLASSES)
BALLISTIC, DRONE = THREAT_CLASSES.index("ballistic"), THREAT_CLASSES.index("drone")
SURE = {"reliability": 1.0, "threatening": 1.0}
ENDLESS = {
    "stock": 1e6,
    "reserve": 0.0,
    "shots": 1.0,
    "channels": np.inf,
    "availability": 1.0,
    "discrimination": 1.0,
}


def arm(launched: int, **changes: Any) -> dict[str, Any]:
    """An arm all of whose units arrive and threaten, unless changed, with the units that it launches."""
    return SURE | {"cls": BALLISTIC, "stock": float(launched)} | changes | {"launched": float(launched)}


def layer(kill: float | dict[int, float], **changes: Any) -> dict[str, Any]:
    """A layer without any limit, unless changed, with its kill probability (of ballistic missiles, or by class)."""
    by_class = kill if isinstance(kill, dict) else {BALLISTIC: kill}
    return ENDLESS | changes | {"kill": by_class}


class Raids(NamedTuple):
    """What came of many sampled raids; leading axis: raid."""

    leakers: np.ndarray  # by arm [n, k]
    downed: np.ndarray  # by arm [n, k]
    used: np.ndarray  # by layer [n, l]
    engaged: np.ndarray  # [n, l, c]
    kills: np.ndarray  # [n, l, c]
    released: np.ndarray  # threatening objects [n, c]
    threatening: np.ndarray  # threatening objects that got through [n, c]
    harmless: np.ndarray  # harmless objects that got through [n, c]
    flying: np.ndarray  # [n, k]
    units: np.ndarray  # after boost layers [n, k]
    objects: np.ndarray  # [n, k]
    arrived: np.ndarray  # threatening arrivals, those killed before release included [n, c]


@dataclass
class Case:
    """A salvo and a shield. ``committed``, ``raids``, ``truth``, ``sigma``: as ``sampled_raid`` reads them."""

    arms: list[dict[str, Any]]
    layers: list[dict[str, Any]]
    sigma: float = 0.0
    truth: float = 0.0
    raids: float = 1.0
    committed: list[float] | None = None
    records: Any = field(init=False)

    def __post_init__(self) -> None:
        arms = [ARM_DEFAULTS | a for a in self.arms]
        layers = [LAYER_DEFAULTS | l for l in self.layers]
        kill = np.array([[l["kill"].get(c, 0.0) for c in range(CLASSES)] for l in layers]).reshape(-1, CLASSES)
        order = np.array(serving(arms), np.int64)
        self.records = records(ARM, arms), order, np.array(records(LAYER, layers), LAYER), kill

    def empty(self) -> tuple[Salvo, Course]:
        """Scratch of this shape, with the units launched."""
        shape = len(self.arms), CLASSES, len(self.layers)
        salvo = new_salvo(*shape)
        salvo.flights["launched"] = [a["launched"] for a in self.arms]
        return salvo, new_course(shape[0], CLASSES, shape[2])

    def interceptors(self) -> np.ndarray:
        """Stock of every layer."""
        return np.array([l["stock"] for l in self.records[2]], float)

    def sample(self, number: int, seed: int = 1) -> Raids:
        """That many raids, each with luck of its own."""
        arms, order, layers, kill = self.records
        salvo, course = self.empty()
        committed = np.array(self.committed or [1.0] * len(layers))
        stock = np.array([a["stock"] for a in self.records[0]], float)
        rows = []
        for history in range(number):
            moment = Moment(seed, 0, history, 0, 0, 0, 0)
            sampled_raid(
                arms,
                order,
                layers,
                kill,
                self.truth,
                self.sigma,
                committed,
                self.interceptors(),
                self.raids,
                stock,
                moment,
                salvo,
                course,
            )
            flights, swarms = salvo.flights, salvo.swarms
            parts = flights["leakers"], flights["downed"], salvo.used, course.engaged, course.kills, course.released
            parts += swarms["threatening"], swarms["harmless"], course.flying, course.units, course.objects
            rows.append([np.array(part) for part in (*parts, swarms["arrived"])])
        return Raids(*(np.array(part) for part in zip(*rows, strict=True)))

    def plan(self, shift: float = 0.0, neglect: float = 0.0) -> Salvo:
        """The planned raid by an observer who believes in that logit shift."""
        arms, order, layers, kill = self.records
        salvo, _ = self.empty()
        believed = np.array(
            [
                [engagement_kill(believed_kill(p, shift, self.sigma), l["shots"]) for p in row]
                for l, row in zip(layers, kill, strict=True)
            ]
        )
        works = layers["availability"] * np.array(self.committed or [1.0] * len(layers))
        planned_raid(
            arms[None],
            0,
            order[None],
            layers[None],
            0,
            believed[None],
            0,
            works[None],
            0,
            self.interceptors()[None],
            0,
            self.raids,
            neglect,
            salvo,
        )
        return salvo


def agree(sample: np.ndarray, theory: float, what: str = "mean") -> None:
    """The sample's mean is within four standard errors of theory."""
    error = sample.std(ddof=1) / np.sqrt(len(sample))
    assert abs(sample.mean() - theory) <= 4.0 * error + 1e-9, f"{what}: {sample.mean()} +- {error}, theory {theory}"


def agree_variance(sample: np.ndarray, theory: float) -> None:
    """The sample's variance is within four standard errors of theory (fourth moment from the sample)."""
    deviation = (sample - sample.mean()) ** 2
    error = deviation.std(ddof=1) / np.sqrt(len(sample))
    assert abs(deviation.mean() - theory) <= 4.0 * error + theory / len(sample), (deviation.mean(), error, theory)
