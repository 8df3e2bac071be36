"""Inputs with planted effects: factors without any scenario behind them."""

import numpy as np

from escalade.analysis.factors import Factor
from escalade.scenario.inputs import Input
from escalade.scenario.numbers import OneOf, Uniform


def factor(key, values, spec=None):
    """A factor of a side called north, in missiles."""
    item = Input(
        key=key,
        drawn_by=key,
        path=key,
        spec=spec or Uniform(0.0, 1.0),
        kind="assumption",
        unit="missiles",
        label=key,
        subject="",
        whole=False,
        source=None,
        assumption=None,
        url=None,
        note=None,
        fact=None,
        policy=None,
    )
    return Factor(item, 0, np.asarray(values, dtype=float))


def even_factors(size, names="abcdef", seed=1):
    """Factors that are uniform between 0 and 1, independent of each other."""
    values = np.random.default_rng(seed).random((len(names), size))
    return [factor(name, row) for name, row in zip(names, values, strict=True)]


def choice(key, values, alternatives=(1.0, 2.0, 3.0)):
    """A factor that is one of some alternatives."""
    return factor(key, values, OneOf(alternatives))


def twice(factors, chosen):
    """The same factors with some worlds listed once more at the end."""
    return [Factor(each.input, each.together, np.concatenate([each.values, each.values[chosen]])) for each in factors]
