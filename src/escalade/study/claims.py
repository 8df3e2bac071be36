"""Claims tried: exact crises under the two policies of each trial, weighed by the record, kept in the user's cache.

What is kept is named by everything that it was made of: the trial, the scenario, the code of the model, the number of
sets. So nothing stale is ever read, and what is there need not be computed again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from escalade.analysis.compare import compared
from escalade.analysis.verdict import Verdict, judge
from escalade.analysis.why import REASONS
from escalade.ensemble.build import names, worlds
from escalade.ensemble.design import Design, draw
from escalade.ensemble.execute import require_numbers, run_chunks
from escalade.ensemble.record import log_weights, weights
from escalade.ensemble.tables import CrisisTable
from escalade.errors import EscaladeError, UsageError
from escalade.evidence.claims_file import Posed, ReadClaims
from escalade.evidence.condition import Condition, condition
from escalade.evidence.tried import Found, TriedClaim, TriedTrial
from escalade.evidence.tried import Verdict as Said
from escalade.scenario.inputs import inputs
from escalade.study.claims_years import found_over_years
from escalade.study.plan import MODEL_ROOMS, model_code, near
from escalade.study.progress import Progress, Quiet, while_compiling
from escalade.study.reference import in_year
from escalade.worlds import Reals, Worlds

if TYPE_CHECKING:
    from escalade.scenario import Scenario

WORLDS, FEWER = 256, 4
"""Sets of assumptions of a trial, a power of two; so many times fewer of a trial of one reason, which is 32 crises."""

MOST_WORLDS = 2**16
"""A limit that a mistyped number runs into before the patience does."""

SEED = 1
CHUNK = 16
ROOMS = (*MODEL_ROOMS, "analysis", "evidence")
"""Rooms whose code makes what a trial finds."""


def tried_claims(
    read: ReadClaims,
    ids: Sequence[str] = (),
    *,
    worlds: int = WORLDS,
    workers: int | None = None,
    progress: Progress | None = None,
    cache: Path | None = None,
) -> tuple[TriedClaim, ...]:
    """Claims tried, in the order of their file.

    Parameters
    ----------
    read
        Claims with their trials.
    ids
        Of the claims; all by default.
    worlds
        Sets of assumptions of each trial, a power of two.
    workers
        Threads; all cores by default.
    progress
        Listener.
    cache
        Folder in which what was found is kept; by default the user's, and none with ``ESCALADE_NO_CACHE``.

    Raises ``UsageError`` for a number of sets that cannot be, ``EscaladeError`` where a result is no number.
    """
    if not 2 <= worlds <= MOST_WORLDS or worlds & (worlds - 1):
        raise UsageError(f"{worlds} sets of assumptions: must be a power of two from 2 to {MOST_WORLDS:,}, such as 256")
    claims = {name: claim for name, claim in read.claims.claims.items() if not ids or name in ids}
    wanted = [key for key in read.posed if key[0] in claims]
    folder = cache or _user_cache()
    found = {key: kept for key in wanted if (kept := _kept(folder, read.posed[key], worlds)) is not None}
    told, missing = progress or Quiet(), [key for key in wanted if key not in found]
    told.stage("claims", len(found), len(wanted))
    bench = Bench(worlds, workers or os.cpu_count() or 1)
    if missing:
        with while_compiling(told):
            bench.compile(read.posed[missing[0]])
    for key in missing:
        found[key] = bench.tried(read.posed[key])
        _keep(folder, read.posed[key], worlds, found[key])
        told.advance(lambda: None)
    return tuple(
        TriedClaim(
            name,
            claim,
            tuple(
                TriedTrial(trial, read.posed.get((name, n)), found.get((name, n)))
                for n, trial in enumerate(claim.trials)
            ),
        )
        for name, claim in claims.items()
    )


def named(read: ReadClaims, ids: Sequence[str]) -> tuple[str, ...]:
    """The claims of these ids, in capitals or not. Raises ``UsageError`` with a near id for an unknown one."""
    known = read.claims.claims
    for name in ids:
        if name.lower() not in known:
            raise UsageError(f'no claim "{name}"; {near(name.lower(), list(known))}')
    return tuple(name.lower() for name in ids)


@dataclass
class Bench:
    """Tries trials; remembers the crises that it has solved, as trials share policies."""

    worlds: int
    workers: int
    known: dict[tuple[str, int, int], tuple[Worlds, Reals]] = field(default_factory=dict)

    def tried(self, posed: Posed) -> Found:
        """What a trial finds. Raises ``EscaladeError`` where a result is no number."""
        count = self.worlds if posed.trial.reason is None else max(2, self.worlds // FEWER)
        design = draw(posed.scenario, count, SEED)
        table = self._crises(posed, design)
        if posed.trial.clock == "crisis":
            return found_in(table, posed, design.values)
        scenario = posed.scenario
        base = scenario.policy(scenario.baseline)
        here = {name: worlds(scenario.policy(name), base, design)[0] for name in (*_both(posed), scenario.baseline)}
        return found_over_years(table, posed, here, here[scenario.baseline], SEED, self.workers)

    def compile(self, posed: Posed) -> None:
        """Compile or load the kernel of crises, by a call for no worlds."""
        from escalade.crisis.exact import exact_crises

        base = posed.scenario.policy(posed.scenario.baseline)
        calm, _ = worlds(base, base, draw(posed.scenario, 1, SEED))
        exact_crises(calm, calm, np.zeros(0, dtype=np.int64))

    def _crises(self, posed: Posed, design: Design) -> CrisisTable:
        """Exact crises under both policies with the forces of the reference year, and what the record makes of them."""
        scenario = posed.scenario
        columns = _columns(scenario)
        both = {policy: self._solved(scenario, policy, design, scenario.reference_year) for policy in _both(posed)}
        values = {policy: crises for policy, (_, crises) in both.items()}
        recorded = {entry.policy for entry in scenario.record.crises} if scenario.record else set()
        exact = {
            policy: dict(zip(columns, self._solved(scenario, policy, design, 1)[1].T, strict=True))
            for policy in sorted(recorded) or [posed.policy]
        }
        if posed.trial.reason is not None:
            values = _one_reason(posed, both[posed.policy][0], both[posed.baseline][0], self.workers)
        weight = weights(log_weights(scenario, exact))
        return CrisisTable(columns, values, weight, np.ones(weight.size, np.int64), {})

    def _solved(self, scenario: Scenario, policy: str, design: Design, year: int) -> tuple[Worlds, Reals]:
        """Worlds under a policy and their exact crises [world, column]."""
        key = (_identity(scenario, policy), design.candidates, year)
        if key in self.known:
            return self.known[key]
        base = scenario.policy(scenario.baseline)
        here, calm = (in_year(worlds(one, base, design)[0], year) for one in (scenario.policy(policy), base))
        made = here, _exact(here, calm, scenario.pair_in_focus, self.workers)
        require_numbers(made[1], _columns(scenario), policy, np.arange(design.candidates))
        self.known[key] = made
        return made


def _identity(scenario: Scenario, policy: str) -> str:
    """What the crises under a policy are made of: the scenario with this policy and its baseline."""
    from escalade.scenario import canonical_yaml

    base = scenario.base
    kept = {name: base.policies[name] for name in (base.baseline, policy)}
    return policy + canonical_yaml(base.model_copy(update={"policies": kept}))


def found_in(table: CrisisTable, posed: Posed, drawn: Mapping[str, Reals]) -> Found:
    """What exact crises say of a trial.

    table : with both policies and the weights by the record; drawn : values of the inputs by key [world]
    Raises ``EscaladeError`` where nothing is a case of what is counted.
    """
    outcome = posed.outcome
    answer = compared(table, None, outcome, _both(posed), posed.scenario.margin)
    pair = answer.pairs[0]
    if pair.worlds is None or pair.effects is None or outcome.id not in pair.crisis:
        raise EscaladeError(f"{outcome.name}: nothing in these crises is a case of it ({posed.trial.tries})")
    effect, levels = pair.crisis[outcome.id].posterior, answer.policies
    found = Found(
        level=levels[posed.policy].crisis[outcome.id].posterior.mean,
        baseline=levels[posed.baseline].crisis[outcome.id].posterior.mean,
        effect=effect.mean,
        low=effect.low,
        high=effect.high,
        raises=pair.worlds.raises,
        lowers=pair.worlds.lowers,
        neither=pair.worlds.neither,
        rare=judge(answer, posed.policy).crisis is Verdict.RARE,
        worlds=table.candidates,
        effective=answer.effective,
    )
    if TriedTrial(posed.trial, posed, found).verdict is not Said.TURNS:
        return found
    return replace(found, condition=_condition(posed, drawn, pair.effects, answer.margin["crisis"], table.weight))


def _both(posed: Posed) -> tuple[str, str]:
    return posed.policy, posed.baseline


def _columns(scenario: Scenario) -> tuple[str, ...]:
    from escalade.ensemble.kernels import crisis_columns

    return crisis_columns(names(scenario))


def _exact(here: Worlds, calm: Worlds, pair: int, workers: int) -> Reals:
    """Exact crises of all worlds, in chunks on threads."""
    from escalade.crisis.exact import exact_crises

    return _in_chunks(lambda rows: exact_crises(here, calm, rows, pair=pair), len(here.rules), workers)


def _one_reason(posed: Posed, here: Worlds, calm: Worlds, workers: int) -> dict[str, Reals]:
    """Crises in which one reason alone sees the policy's protection, and crises in which none does."""
    from escalade.crisis.reasons import crises_by_reason

    assert posed.trial.reason is not None
    pair = posed.scenario.pair_in_focus
    found = _in_chunks(lambda rows: crises_by_reason(here, calm, rows, pair=pair), len(here.rules), workers)
    return {posed.policy: found[:, 1 << REASONS.index(posed.trial.reason)], posed.baseline: found[:, 0]}


def _in_chunks(solve: object, count: int, workers: int) -> Reals:
    chunks = [np.arange(start, min(start + CHUNK, count)) for start in range(0, count, CHUNK)]
    made: dict[int, Reals] = {}
    run_chunks(lambda number: solve(chunks[number]), range(len(chunks)), workers, made.__setitem__)  # type: ignore[operator]
    return np.concatenate([made[number] for number in range(len(chunks))])


def _condition(
    posed: Posed, drawn: Mapping[str, Reals], effects: Reals, margin: float, weight: Reals
) -> Condition | None:
    """The number on which it hangs most whether the claim holds; only of inputs that either policy knows."""
    expects, sizes = posed.trial.expects, np.nan_to_num(effects)
    holds = {"more": sizes > margin, "less": sizes < -margin, "same": np.abs(sizes) <= margin}[expects]
    first: dict[str, str] = {}  # numbers that are drawn together are one
    for item in inputs(posed.scenario):
        if item.uncertain and item.policy in (None, *_both(posed)):
            first.setdefault(item.drawn_by, item.key)
    return condition({key: drawn[key] for key in first.values()}, holds, weight)


# What is kept


def _user_cache() -> Path | None:
    if os.environ.get("ESCALADE_NO_CACHE", "0") not in ("", "0"):
        return None
    import platformdirs

    return Path(platformdirs.user_cache_dir("escalade", appauthor=False)) / "claims"


def name_of(posed: Posed, worlds: int) -> str:
    """Name of what a trial finds: a hash of all that it is made of."""
    from escalade.scenario import canonical_yaml

    trial, scenario = posed.trial, canonical_yaml(posed.scenario)
    asked = (trial.clock, trial.outcome, trial.per, trial.expects, trial.reason)
    parts = (model_code(ROOMS), scenario, *_both(posed), *asked, worlds)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:40]


def _kept(folder: Path | None, posed: Posed, worlds: int) -> Found | None:
    """What was found before; None if nothing is there, or it cannot be read."""
    if folder is None:
        return None
    with suppress(OSError, ValueError, TypeError, KeyError):
        return read_found(json.loads((folder / f"{name_of(posed, worlds)}.json").read_text("utf-8")))
    return None


def read_found(data: Mapping[str, object]) -> Found:
    """What a trial found, from plain data as it is kept. Raises ``KeyError`` or ``TypeError`` for other data."""
    hangs = data["condition"]
    rest = {name: value for name, value in data.items() if name != "condition"}
    return Found(**rest, condition=Condition(**hangs) if isinstance(hangs, dict) else None)  # type: ignore[arg-type]


def _keep(folder: Path | None, posed: Posed, worlds: int, found: Found) -> None:
    if folder is None:
        return
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"{name_of(posed, worlds)}.json"
        half = target.with_suffix(f".{os.getpid()}.tmp")
        half.write_text(json.dumps(asdict(found), allow_nan=False), "utf-8")
        half.replace(target)
