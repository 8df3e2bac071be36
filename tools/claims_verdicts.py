"""Try the bundled claims and keep what was found for the documentation, in ``docs/_data/claims.json``.

    python tools/claims_verdicts.py

Takes a minute or two. ``make verify`` tries them again and compares: a changed model needs a new file.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from escalade.evidence.claims_file import bundled
from escalade.evidence.tried import TriedClaim
from escalade.study.claims import WORLDS, tried_claims

FILE = Path(__file__).parents[1] / "docs" / "_data" / "claims.json"
DIGITS = 6
"""Significant digits that are kept: less than two machines may differ in."""


def kept(tried: tuple[TriedClaim, ...]) -> dict[str, object]:
    """What trials found, by claim; null for a trial that waits."""
    found = {
        one.id: [None if each.found is None else _rounded(asdict(each.found)) for each in one.trials] for one in tried
    }
    return {"worlds": WORLDS, "found": found}


def _rounded(value: object) -> object:
    if isinstance(value, dict):
        return {name: _rounded(inner) for name, inner in value.items()}
    return float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value


def main() -> None:
    """Try all claims and write the file."""
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(json.dumps(kept(tried_claims(bundled())), indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
