"""What a run is to compute: which policies, how many worlds and histories, and what identifies it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import escalade
from escalade.ensemble.storage import FORMAT
from escalade.errors import UsageError, did_you_mean
from escalade.provenance import provenance
from escalade.quantities import Quantity, catalogue

if TYPE_CHECKING:
    from escalade.ensemble.build import Names
    from escalade.scenario import Scenario


@dataclass(frozen=True)
class Effort:
    """How much is computed: candidate worlds, worlds drawn from them, histories of each."""

    candidates: int
    worlds: int
    histories: int


EFFORTS = {
    "quick": Effort(256, 64, 16),
    "standard": Effort(1024, 128, 64),
    "deep": Effort(4096, 512, 256),
}
"""Sizes by name: some seconds, a minute or two, a night."""

FIRST_YEAR = "@first"
"""After a policy's id: its exact crises with the forces of the first year, where the answer is for a later one."""

MOST_WORLDS, MOST_HISTORIES = 1_000_000, 1_000_000
"""Limits that a mistyped number runs into before the memory does."""


@dataclass(frozen=True)
class Plan:
    """One run: a scenario, its sizes, and the policies that are computed and shown (in the scenario's order)."""

    scenario: Scenario
    seed: int
    effort: Effort
    policies: tuple[str, ...]
    shown: tuple[str, ...]

    @property
    def text(self) -> str:
        """The scenario in canonical form."""
        from escalade.scenario import canonical_yaml

        return canonical_yaml(self.scenario)

    @property
    def scenario_hash(self) -> str:
        """SHA-256 of the scenario in canonical form."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def names(self) -> Names:
        """What the indices of the scenario's worlds stand for."""
        from escalade.ensemble.build import names

        return names(self.scenario)

    @property
    def quantities(self) -> dict[str, Quantity]:
        """Every quantity of the scenario by id."""
        return catalogue(self.names.vocabulary)

    @property
    def crisis_keys(self) -> tuple[str, ...]:
        """Policies whose exact crises are computed; those of the record once more if the answer is for a later year."""
        record = self.scenario.record
        if record is None or self.scenario.reference_year == 1:
            return self.policies
        named = dict.fromkeys(entry.policy for entry in record.crises)
        return (*self.policies, *(policy + FIRST_YEAR for policy in named))

    @property
    def origin(self) -> dict[str, Any]:
        """What identifies the run: all but the number of histories, which may grow."""
        return {
            "escalade": escalade.__version__,
            "model": model_code(),
            "scenario": self.scenario_hash,
            "seed": self.seed,
            "candidates": self.effort.candidates,
            "worlds": self.effort.worlds,
            "policies": list(self.policies),
        }

    @property
    def manifest(self) -> dict[str, Any]:
        """The manifest of the run's folder."""
        effort = self.effort
        return {
            "format": FORMAT,
            "name": self.scenario.name,
            "run": self.origin,
            "histories": effort.histories,
            "shown": list(self.shown),
            "provenance": provenance(
                scenario=self.scenario_hash,
                seed=self.seed,
                candidates=effort.candidates,
                worlds=effort.worlds,
                histories=effort.histories,
                policies=self.policies,
            ),
        }


MODEL_ROOMS = ("luck", "scenario", "facts", "raid", "crisis", "rivalry", "history", "ensemble")
"""Rooms whose code makes the numbers of a run."""


@cache
def model_code(rooms: tuple[str, ...] = MODEL_ROOMS) -> str:
    """Hash of all code and figures that numbers come from: the model may change under the same version number."""
    package = Path(escalade.__file__).parent
    files = (file for room in rooms for file in (package / room).rglob("*"))
    sources = [package / "worlds.py", *(file for file in files if file.suffix in (".py", ".csv"))]
    digest = hashlib.sha256()
    for file in sorted(sources):
        digest.update(file.relative_to(package).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:32]


def plan(
    scenario: Scenario,
    *,
    seed: int = 1,
    effort: Effort = EFFORTS["standard"],
    policies: Sequence[str] = (),
) -> Plan:
    """The plan of a run.

    Parameters
    ----------
    scenario
        As loaded, with all its policies.
    seed
        0 to 2^63 - 1.
    effort
        Sizes; candidates are a power of two.
    policies
        Policies to show beside baseline and focus: all by default. Baseline,
        focus and every policy that the record names are computed in any case,
        so that hiding a policy changes no number.

    Raises ``UsageError`` for an unknown policy or a size that is out of range.
    """
    _require_sizes(seed, effort)
    for name in policies:
        if name not in scenario.policies:
            raise UsageError(f'no policy "{name}" in {scenario.name}; {near(name, list(scenario.policies))}')
    always = {scenario.baseline, scenario.focus}
    recorded = {entry.policy for entry in scenario.record.crises} if scenario.record else set()
    chosen = set(policies) or set(scenario.policies)
    return Plan(
        scenario,
        seed,
        effort,
        policies=tuple(name for name in scenario.policies if name in chosen | always | recorded),
        shown=tuple(name for name in scenario.policies if name in chosen | always),
    )


def effort_named(name: str) -> Effort:
    """The effort of that name. Raises ``UsageError`` with a near name for an unknown one."""
    if name not in EFFORTS:
        raise UsageError(f'no effort "{name}"; {near(name, list(EFFORTS))}')
    return EFFORTS[name]


def resized(effort: Effort, candidates: int | None, worlds: int | None, histories: int | None) -> Effort:
    """An effort with some of its sizes given one by one."""
    sizes = {"candidates": candidates, "worlds": worlds, "histories": histories}
    return replace(effort, **{name: size for name, size in sizes.items() if size is not None})


def within(asked: Plan, stored: Sequence[str]) -> Plan:
    """The plan with a stored run's policies, if these hold all that are asked for: then the run only shows fewer."""
    if set(asked.policies) <= set(stored) <= set(asked.scenario.policies):
        return replace(asked, policies=tuple(stored))
    return asked


def outcome_named(quantities: dict[str, Quantity], name: str) -> Quantity:
    """The quantity with that id. Raises ``UsageError`` with a near id for an unknown one."""
    if name not in quantities:
        raise UsageError(f'no outcome "{name}"; {near(name, list(quantities))}')
    return quantities[name]


def near(name: str, known: Sequence[str]) -> str:
    """The known name that may have been meant, as a question; else the first dozen of them."""
    dozen = f"there are {', '.join(known[:12])}" + (", ..." if len(known) > 12 else "")
    return did_you_mean(name, known, dozen)


def _require_sizes(seed: int, effort: Effort) -> None:
    if not 0 <= seed < 2**63:
        raise UsageError(f"seed {seed}: must be a whole number from 0 to 2^63 - 1")
    if not 2 <= effort.worlds <= MOST_WORLDS:
        raise UsageError(f"{effort.worlds} worlds: must be a whole number from 2 to {MOST_WORLDS:,}")
    if not 1 <= effort.histories <= MOST_HISTORIES:
        raise UsageError(f"{effort.histories} histories: must be a whole number from 1 to {MOST_HISTORIES:,}")
    candidates = effort.candidates
    if not 2 <= candidates <= MOST_WORLDS or candidates & (candidates - 1):
        raise UsageError(f"{candidates} candidates: must be a power of two from 2 to 524,288, for example 256 or 1024")
