"""How far the answer hangs on priors: narrower ranges, the record left out, the smallest tilt."""

from __future__ import annotations

from escalade.report.findings import Findings
from escalade.report.section import Section
from escalade.report.turns import priors_sentences
from escalade.report.turns_tables import tilts, weights


def section(found: Findings) -> Section | None:
    """The shares under other weights; nothing where they were not worked out."""
    of = found.turns
    if of is None:
        return None
    shown = {"said": priors_sentences(of), "weights": weights(of, found.scenario), "tilts": tilts(of)}
    return Section("priors", "How far it hangs on priors", shown)
