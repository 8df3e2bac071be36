"""How to do it again, and what it was computed with."""

from __future__ import annotations

import json

from escalade.report.findings import Findings
from escalade.report.section import Section


def section(found: Findings) -> Section:
    """Commands that give the same numbers, and the run's provenance."""
    manifest = found.run.folder.manifest()
    shown = {
        "commands": commands(found),
        "software": manifest["provenance"]["software"] | manifest["provenance"]["machine"],
        "manifest": json.dumps(manifest, indent=2, sort_keys=True),
    }
    return Section("again", "Do it again", shown)


def commands(found: Findings) -> list[str]:
    """Commands that make this run anew, in the folder of the report."""
    from escalade import __version__

    plan = found.run.plan
    effort = plan.effort
    sizes = f"--candidates {effort.candidates} --worlds {effort.worlds} --histories {effort.histories}"
    every = set(plan.shown) == set(plan.scenario.policies)
    policies = "" if every else "".join(f" --policy {name}" for name in plan.shown)
    return [
        f"pip install escalade=={__version__}",
        f"escalade run scenario.yaml --out again.run --seed {plan.seed} {sizes}{policies}",
        "escalade compare again.run",
    ]
