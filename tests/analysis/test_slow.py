"""Slow forces: paired differences of paired differences, with the error of what is left in each world."""

import numpy as np
import pytest

from escalade.analysis.slow import FORCES, slow_forces
from tests.analysis.cases import QUANTITIES, period_table

ON = {"focus": {"war": [0.5, 0.3, 0.4]}, "base": {"war": [0.3, 0.2, 0.3]}}
OFF = {"focus": {"war": [0.4, 0.3, 0.3]}, "base": {"war": [0.3, 0.2, 0.3]}}


def found(off=OFF, quantity="war"):
    tables = {"race": period_table(off), "windows": None, "wear": period_table(ON)}
    return slow_forces(period_table(ON), tables, QUANTITIES[quantity], policy="focus", baseline="base")


def test_a_part_is_the_effect_with_the_force_less_the_effect_without() -> None:
    slow = found()
    assert slow.whole.mean == pytest.approx(0.4 / 3)
    assert slow.parts["race"].mean == pytest.approx(0.2 / 3)


def test_a_force_that_changes_no_history_adds_exactly_nothing() -> None:
    part = found().parts["wear"]
    assert (part.mean, part.se) == (0.0, 0.0)


def test_a_force_that_nothing_exerts_has_no_part() -> None:
    assert found().parts["windows"] is None
    assert set(found().parts) == set(FORCES)


def test_the_error_is_that_of_the_worlds_differences() -> None:
    """Three worlds with parts .1, 0, .1: the standard error of their mean."""
    parts = np.array([0.1, 0.0, 0.1])
    assert found().parts["race"].se == pytest.approx(parts.std(ddof=1) / np.sqrt(3))
