"""Raids taken apart: which classes belong together, who takes part."""

from __future__ import annotations

import pytest

from escalade.raid.shield import Layer, Raid, Threat
from escalade.raid.task import commitments, tasks

OUT = tuple(Threat(name, name, 5, threatening=0.5) for name in ("rocket", "drone", "ballistic"))


def test_layers_that_engage_two_classes_join_them() -> None:
    shield = (
        Layer("a", {"ballistic": 0.5}),
        Layer("b", {"rocket": 0.5, "drone": 0.5, "ballistic": 0.0}, stock=3),
        Layer("idle", {"icbm": 0.5}),
    )
    first, second = tasks(Raid(OUT, shield))  # served in this order: ballistic, drone, rocket
    assert (first.classes, first.layers, first.plain) == ((0,), (0,), True)
    assert (second.classes, second.layers, second.able) == ((1, 2), (1,), (3,))
    assert not second.plain


def test_boost_layers_come_first() -> None:
    shield = (Layer("late", {"drone": 0.5}), Layer("early", {"drone": 0.5}, boost=True))
    (task,) = tasks(Raid(OUT[1:2], shield))
    assert (task.layers, task.boosts) == ((1, 0), 1)


@pytest.mark.parametrize(("discrimination", "matter"), [(1.0, False), (0.9, True)])
def test_harmless_objects_matter_where_somebody_is_fooled(discrimination: float, matter: bool) -> None:
    (task,) = tasks(Raid(OUT[:1], (Layer("a", {"rocket": 0.5}, discrimination=discrimination),)))
    assert task.harmless == (matter,)


def test_partners_decide_once_for_all_their_layers() -> None:
    shield = (
        Layer("own", {"drone": 0.5}, availability=0.9),
        Layer("lone", {"drone": 0.5}, availability=0.8, partner="L", commitment=0.5),
        Layer("p1", {"drone": 0.5}, partner="P", commitment=0.7),
        Layer("p2", {"drone": 0.5}, partner="P", commitment=0.4),
    )
    cases = {tuple(works): chance for chance, works in commitments(Raid(OUT[1:2], shield))}
    assert cases == {
        (0.9, 0.4, 1.0, 1.0): pytest.approx(0.4),
        (0.9, 0.4, 1.0, 0.0): pytest.approx(0.3),
        (0.9, 0.4, 0.0, 0.0): pytest.approx(0.3),
    }


def test_a_lasting_decision_is_a_case_of_its_own() -> None:
    shield = (Layer("lone", {"drone": 0.5}, availability=0.8, partner="L", commitment=0.3),)
    cases = {tuple(works): chance for chance, works in commitments(Raid(OUT[1:2], shield), lasting=True)}
    assert cases == {(0.8,): pytest.approx(0.3), (0.0,): pytest.approx(0.7)}
