"""The first text of a variant: short, commented, and right as it stands."""

from __future__ import annotations

import re

from escalade.scenario.canonical import scalar
from escalade.scenario.numbers import Fixed, Number
from escalade.scenario.schema import Scenario


def starter(base: Scenario, extends: str, name: str) -> str:
    """The text of a variant called ``name`` of ``base``, which it extends by the name ``extends``.

    It restates one assumption, to be replaced, and brings one policy.
    """
    side, tolerance = next((key, side.tolerance) for key, side in base.sides.items() if side.tolerance is not None)
    path, what, short = _lever(base)
    return f"""\
# A variant of {base.name}. Whatever is not here is as in that scenario.
escalade: 1
name: {name}
title: {scalar(name.replace("-", " ").capitalize())}
extends: {extends}
focus: my_policy  # compared with the baseline, {base.baseline}

# What is different here, by the scenario's own paths; * stands for every key.
# A number is written 0.8, {{low: 1, mode: 2, high: 3}}, {{uniform: [1, 3]}},
# {{one_of: [1, 3]}} or {{fact: ID}}; {{times: 2}} and {{plus: 1}} change what is
# there.
changes:
  sides.{side}.tolerance:
    {_range(tolerance)}

# What a government could choose instead, in the same syntax.
policies:
  my_policy:
    name: {what}
    short: {short}
    changes:
      {path}: {{times: 1.5}}
"""


def _range(number: Number) -> str:
    reason = 'assumption: "Put your own range and reason here."'
    if isinstance(number.spec, Fixed):
        return f"{{value: {scalar(number.mode)}, {reason}}}"
    low, mode, high = (scalar(value) for value in (number.low, number.mode, number.high))
    return f"{{low: {low}, mode: {mode}, high: {high},\n     {reason}}}"


def _lever(base: Scenario) -> tuple[str, str, str]:
    """Something that governments choose and every such scenario has: interceptors, or else arms."""
    for name, side in base.sides.items():
        if any(layer.stock.high > 0 for layer in side.shield.layers.values()):
            return f"sides.{name}.shield.layers.*.stock", "Half more interceptors", "with half more interceptors"
    return f"sides.{next(iter(base.sides))}.arms.*.stock", "Half more arms", "with half more arms"


def slug(text: str) -> str:
    """A scenario's name made from a text: small letters, digits and ``-``; ``my-case`` if nothing is left."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:80].strip("-") or "my-case"
