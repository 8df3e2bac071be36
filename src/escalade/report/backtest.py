"""The back-test and the prior predictive check in words and tables, and as plain JSON values."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from escalade.evidence.backtest import BackTest, Check, Compared, Kind
from escalade.evidence.prior import Expected, PriorCheck
from escalade.quantities import shown
from escalade.report.tables import WIDTH, Row, Section, Table, text

TITLES: dict[Kind, str] = {
    "foresight": "Predicted from what was known before",
    "arithmetic": "Predicted from the scenario's own inputs, most of them taken from the episode",
}
SUMMARY: dict[Kind, str] = {
    "foresight": "Of {all} reported ranges {hit} overlap the 90 % prediction from what was known before.",
    "arithmetic": "Of {all} reported ranges {hit} overlap the 90 % prediction from the scenarios' own inputs; "
    "most of these were taken from the same episodes, so that this checks arithmetic and foresees nothing.",
}

WIDE = "A wide prediction overlaps easily: read its range before its verdict."
NOTHING = "-"


def as_text(tested: BackTest, priors: Sequence[PriorCheck]) -> str:
    """Everything as lines of at most 80 columns."""
    parts = [_filled(line) for line in summary(tested)]
    for kind in TITLES:
        for one in tested.of_kind(kind):
            parts += [text(table(one)), *_notes(one)]
    parts += [text(prior_table(one)) for one in priors]
    return "\n\n".join(parts)


def summary(tested: BackTest) -> list[str]:
    """How many reported ranges overlap, in a sentence for each kind that there is, and which do not."""
    lines = []
    for kind in TITLES:
        hit, all_ = tested.overlap(kind)
        if all_:
            lines.append(SUMMARY[kind].format(hit=hit, all=all_))
    return [*lines, WIDE] if lines else ["No episode of the library belongs to this scenario."]


def table(one: Compared) -> Table:
    """One episode: reports beside predictions."""
    rows = tuple(_row(check) for check in one.checks)
    heads = ("", "reported", "predicted", "90 % from", "to", "")
    return Table(f"{one.title}. {TITLES[one.kind]}.", heads, (Section("", rows),), "Shares are of 100.")


def _row(check: Check) -> Row:
    ends = (check.reported_low, check.reported_high)
    reported = " to ".join(dict.fromkeys(_shown(end, check.share) for end in ends))
    numbers = (_shown(value, check.share) for value in (check.mean, *check.interval))
    return Row((f"{check.what}: {check.of}" if check.of else check.what, reported, *numbers, _verdict(check)))


def _verdict(check: Check) -> str:
    return {-1: "too low", 0: "", 1: "too high"}[check.direction]


def _shown(value: float, share: bool) -> str:
    return NOTHING if math.isnan(value) else shown(value, "share") if share else f"{value:,.0f}"


def _notes(one: Compared) -> list[str]:
    """Inputs taken from the episode, and what its misses teach."""
    notes = []
    if one.same_episode:
        told = " ".join(f"{path}: {words}" if path else words for path, words in one.same_episode.items())
        notes.append(_filled(f"From the same episode: {told}"))
    if any(not check.overlaps for check in one.checks) or one.kind == "foresight":
        notes.append(_filled(one.lesson))
    return notes


def prior_table(check: PriorCheck) -> Table:
    """What a scenario expects of its crises, before and after it is weighed by its record, beside the record."""
    rows = tuple(_prior_row(one) for one in check.expected)
    caption = (
        f"Of 100 crises, with the forces of the first year, unless the row says otherwise. {check.candidates:,} sets "
        f"of assumptions have the weight of {check.effective:,.0f} once the record weighs them. Recorded after being "
        "struck: crises in which the first strike was left unanswered, which a light reply is not."
    )
    heads = ("", "without the record", "with it", "recorded")
    title = f"{check.scenario}: crises expected and recorded ({check.policy}, {check.period})"
    return Table(title, heads, (Section("", rows),), caption)


def _prior_row(one: Expected) -> Row:
    return Row((one.what, _shown(one.prior, True), _shown(one.posterior, True), one.recorded or NOTHING))


def as_data(tested: BackTest, priors: Sequence[PriorCheck]) -> dict[str, Any]:
    """The same as plain JSON values; numbers that do not exist are null."""
    return {
        "overlap": {kind: dict(zip(("overlapping", "reported"), tested.overlap(kind), strict=True)) for kind in TITLES},
        "episodes": [
            {
                **asdict(one),
                "checks": [{**asdict(check), "overlaps": check.overlaps} for check in one.checks],
            }
            for one in tested.compared
        ],
        "prior_checks": [_prior_data(one) for one in priors],
    }


def _prior_data(check: PriorCheck) -> dict[str, Any]:
    data = asdict(check)
    for one in data["expected"]:
        one.update({key: None for key in ("prior", "posterior") if math.isnan(one[key])})
    return data


def _filled(line: str) -> str:
    return textwrap.fill(line, WIDTH, break_on_hyphens=False)
