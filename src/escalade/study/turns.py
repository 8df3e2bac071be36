"""When the effect of a policy turns, worked out from the candidates of a run.

Nothing is solved anew: all of it comes from the exact crises that are there. What belongs to the scenario's own
question is kept in the run's folder, with the luck of the run's seed, so that it stays as it was first told.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from escalade.analysis.turns import Turns
from escalade.analysis.turns import turns as worked_out
from escalade.analysis.values import crisis_worlds
from escalade.ensemble.design import generator
from escalade.errors import EscaladeError, UsageError
from escalade.study.asked import require_policy
from escalade.study.plan import FIRST_YEAR, outcome_named

if TYPE_CHECKING:
    from escalade.ensemble.tables import CrisisTable
    from escalade.quantities import Quantity
    from escalade.study.results import StoredRun


def turns(run: StoredRun, policy: str | None = None, baseline: str | None = None, outcome: str | None = None) -> Turns:
    """What moves a policy's effect on an outcome: the scenario's focus, baseline and headline by default.

    Parameters
    ----------
    run
        Its exact crises must be there; the years need not.
    policy, baseline
        Two policies of the run.
    outcome
        Id of a quantity that exists per crisis.

    Raises ``UsageError`` for names that do not fit, ``EscaladeError`` before the first answer, or naming world and
    policy of a result that is not a number.
    """
    _crisis(run)
    both = _both(run, policy, baseline)
    quantity = outcome_named(dict(run.quantities), outcome or run.plan.scenario.headline)
    found = stored_turns(run, both, quantity)
    return computed(run, both, quantity) if found is None else found


def _both(run: StoredRun, policy: str | None, baseline: str | None) -> tuple[str, str]:
    """The two policies by name. Raises ``UsageError`` where they are unknown, or one."""
    scenario = run.plan.scenario
    base = scenario.baseline if baseline is None else require_policy(run, baseline)
    others = [name for name in (scenario.focus, *run.plan.policies) if name != base]
    if policy is None and not others:
        raise UsageError("this run has one policy only: there is no effect that could turn")
    name = others[0] if policy is None else require_policy(run, policy)
    if name == base:
        raise UsageError(
            f'policy "{name}" is compared with itself; name another one: {", ".join(dict.fromkeys(others))}'
        )
    return name, base


def computed(run: StoredRun, both: tuple[str, str], quantity: Quantity) -> Turns:
    """The same, worked out now."""
    crisis = _crisis(run)
    exact = {
        key.removesuffix(FIRST_YEAR): dict(zip(crisis.columns, table.T, strict=True))
        for key, table in crisis.values.items()  # the first year's come last and stand in for the others
    }
    plan = run.plan
    return worked_out(plan.scenario, crisis, quantity, both, exact, lambda name: generator(plan.seed, name))


def asked(run: StoredRun) -> tuple[tuple[str, str], Quantity] | None:
    """Policies and quantity of the scenario's own question; None where it has no effect per crisis."""
    scenario, crisis = run.plan.scenario, _crisis(run)
    both, quantity = (scenario.focus, scenario.baseline), run.quantities[scenario.headline]
    known = all(crisis_worlds(crisis, quantity, policy) is not None for policy in both)
    return (both, quantity) if known and scenario.focus != scenario.baseline else None


def file_name(policy: str) -> str:
    """File in the run's folder that says when a policy's effect turns."""
    return f"turns-{policy}.json"


def stored_turns(run: StoredRun, both: tuple[str, str], quantity: Quantity) -> Turns | None:
    """What is kept in the run's folder of two policies and a quantity, if it is there and whole."""
    from pydantic import TypeAdapter, ValidationError

    try:
        kept = json.loads(run.folder.file(file_name(both[0])).read_text("utf-8"))
        if kept["of"] != _origin(run, both, quantity):
            return None
        return TypeAdapter(Turns).validate_python(kept["turns"])
    except (OSError, ValueError, KeyError, TypeError, ValidationError):
        return None


def keep(run: StoredRun, both: tuple[str, str], quantity: Quantity, found: Turns) -> None:
    """Write what was found into the run's folder, which must be locked."""
    from pydantic import TypeAdapter

    kept = {"of": _origin(run, both, quantity), "turns": TypeAdapter(Turns).dump_python(found, mode="json")}
    run.folder.write(file_name(both[0]), (json.dumps(kept, indent=1, allow_nan=False) + "\n").encode())


def _origin(run: StoredRun, both: tuple[str, str], quantity: Quantity) -> dict[str, Any]:
    policy, baseline = both
    return {"run": run.folder.manifest()["run"], "policy": policy, "baseline": baseline, "outcome": quantity.id}


def _crisis(run: StoredRun) -> CrisisTable:
    if run.results.crisis is None:
        raise EscaladeError(
            f"{run.folder.path} has no answer yet: it was stopped before all exact crises were there; "
            "the command that began it goes on with it"
        )
    return run.results.crisis
