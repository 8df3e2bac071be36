"""What is asked of a run: which policy, which outcome. Names that do not fit are refused with those that do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escalade.errors import UsageError
from escalade.quantities import Quantity
from escalade.study.plan import outcome_named

if TYPE_CHECKING:
    from escalade.study.results import StoredRun


def require_policy(run: StoredRun, name: str) -> str:
    """The name of a policy of the run. Raises ``UsageError`` for another one."""
    if name not in run.plan.policies:
        raise UsageError(f'policy "{name}" is not in this run; it has {", ".join(run.plan.policies)}')
    return name


def named_policy(run: StoredRun, policy: str | None) -> str:
    """The policy to explain. Raises ``UsageError`` if it is not in the run, or is the baseline."""
    scenario = run.plan.scenario
    others = [name for name in (scenario.focus, *run.plan.policies) if name != scenario.baseline]
    if policy is None and not others:
        raise UsageError("this run has one policy only: there is no effect to explain")
    name = others[0] if policy is None else require_policy(run, policy)
    if name == scenario.baseline:
        raise UsageError(f'"{name}" is the baseline; name a policy that is compared with it: {", ".join(others)}')
    return name


def outcome_of_crisis(run: StoredRun, outcome: str | None, otherwise: str) -> Quantity:
    """The outcome that is asked for, the headline by default; it must be computed per crisis.

    otherwise : what cannot be told of another one, as the end of the refusal
    Raises ``UsageError`` for an unknown outcome, and for one that is known over the years only.
    """
    quantity = outcome_named(dict(run.quantities), outcome or run.plan.scenario.headline)
    if quantity.crisis is None:
        raise UsageError(f'"{quantity.id}" is not computed per crisis: {otherwise}; try war')
    return quantity
