"""Random small raids, for hypothesis."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import strategies as st

from escalade.raid.mixing import Mixing, engagement_kills
from escalade.raid.shield import Layer, Raid, Threat

CLASSES = ("ballistic", "drone", "cruise")
chances = st.sampled_from([0.0, 0.2, 0.5, 0.9, 1.0]) | st.floats(0.05, 0.95)
likely = st.sampled_from([1.0, 1.0, 0.8, 0.3])


@st.composite
def threats(draw: st.DrawFn, name: str, threat_class: str, harmless: bool, most: int) -> Threat:
    """Units of one class."""
    return Threat(
        name,
        threat_class,
        draw(st.integers(0, most)),
        reliability=draw(likely),
        threatening=draw(likely),
        warheads=draw(st.sampled_from([1, 1, 2])) if most < 6 or harmless else 1,
        decoys=draw(st.sampled_from([0.0, 1.0, 0.4])) if harmless else 0.0,
        deaths=draw(st.sampled_from([1.0, 2.0, 3.0])),
    )


@st.composite
def layers(draw: st.DrawFn, name: str, classes: int, harmless: bool) -> Layer:
    """One layer, every limit of which may bind."""
    return Layer(
        name,
        {c: draw(chances) for c in CLASSES[:classes]},
        shots=draw(st.integers(1, 2)),
        looks=draw(st.integers(1, 2 if harmless else 3)),
        stock=draw(st.integers(0, 12) | st.just(math.inf)),
        reserve=draw(st.integers(0, 2)),
        channels=draw(st.integers(0, 7).map(float) | st.just(math.inf)),
        availability=draw(likely),
        partner=draw(st.sampled_from([None, None, "P", "Q"])),
        commitment=draw(likely),
        discrimination=draw(st.sampled_from([0.0, 0.6, 1.0])) if harmless else 1.0,
        boost=draw(st.sampled_from([False, False, True])),
    )


@st.composite
def raids(draw: st.DrawFn, classes: int, harmless: bool, most: int) -> Raid:
    """A raid on up to three layers, with up to two kinds of threat in the first class."""
    depth = draw(st.integers(1, 3 if classes == 1 else 2))
    shield = tuple(draw(layers(f"layer {l}", classes, harmless)) for l in range(depth))
    out = [draw(threats(f"arm {c}", CLASSES[c], harmless, most)) for c in range(classes)]
    if classes == 1 and not any(layer.boost for layer in shield):
        out.append(draw(threats("more", CLASSES[0], harmless, max(1, most // 2))))
    return Raid(tuple(out), shield, sigma=draw(st.sampled_from([0.0, 0.7])), raids=draw(st.integers(1, 2)))


@st.composite
def nights_of(draw: st.DrawFn, raid: Raid) -> Mixing:
    """A table of two nights of the raid's common mode."""
    weight = draw(st.floats(0.1, 0.9))
    z = np.array([draw(st.floats(-2.0, 2.0)), 0.5])
    return Mixing(np.array([weight, 1.0 - weight]), engagement_kills(raid, z))
