"""The report: one HTML file that needs no script and fetches nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from escalade.analysis.learned import lessons
from escalade.analysis.past import past
from escalade.ensemble.storage import REPORT
from escalade.report import figures
from escalade.report.answer import Answer, answer, unfinished
from escalade.report.comparison import overview, tables
from escalade.report.inputs import InputRow, input_rows
from escalade.report.sentences import CONDITIONAL, Headline, whole_shares, wording, years
from escalade.report.tables import Row, Section, Table
from escalade.study.plan import FIRST_YEAR
from escalade.study.results import StoredRun

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True)
class Picture:
    """A picture with its heading and what it shows in words."""

    title: str
    svg: Markup
    words: str


def write_report(run: StoredRun) -> None:
    """Write ``report.html`` into the run's folder."""
    run.folder.write(REPORT, html(run).encode())


def html(run: StoredRun) -> str:
    """The report of what is there. Raises ``EscaladeError`` before the first answer."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("escalade.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html").render(**_contents(run)) + "\n"


def _contents(run: StoredRun) -> dict[str, Any]:
    """Everything that the template shows."""
    said, scenario, manifest = answer(run), run.plan.scenario, run.folder.manifest()
    inputs = input_rows(scenario, lessons(run.results.crisis) if run.results.crisis else {})
    return {
        "scenario": scenario,
        "said": said,
        "unfinished": unfinished(run),
        "conditional": CONDITIONAL,
        "shares": _shares(said.headline, said),
        "pictures": pictures(said, wording(scenario).policies),
        "overview": overview(said.comparison, said.names),
        "tables": _tables(said),
        "past": _past(run),
        "inputs": inputs,
        "counted": _counted(inputs),
        "commands": _commands(run, manifest["run"]["escalade"]),
        "software": manifest["provenance"]["software"] | manifest["provenance"]["machine"],
        "version": manifest["run"]["escalade"],
        "glossary": _glossary(said),
        "manifest": json.dumps(manifest, indent=2, sort_keys=True),
    }


def _shares(headline: Headline | None, said: Answer) -> list[tuple[str, int, str]]:
    """The three shares of the headline's bar: class, share of 100, words."""
    if headline is None or said.policy is None:
        return []
    worlds = said.comparison.pair(said.policy).worlds
    if worlds is None:
        return []
    less, close, more = whole_shares([worlds.lowers, worlds.neither, worlds.raises])
    words = ("less likely", "more likely") if said.comparison.outcome.id == "war" else ("lower", "higher")
    return [("less", less, words[0]), ("close", close, "too close to tell"), ("more", more, words[1])]


def pictures(said: Answer, phrases: Mapping[str, str]) -> list[Picture]:
    """Both clocks as a hundred cases each, and every set of assumptions as a dot."""
    comparison, policy = said.comparison, said.policy
    if policy is None:
        return []
    both, outcome = (policy, comparison.baseline), comparison.outcome
    labels = [phrases[name] for name in both]
    made = []
    crisis = [comparison.policies[name].crisis.get(outcome.id) for name in both]
    if outcome.crisis is not None and outcome.crisis.unit == "share" and all(crisis):
        levels = [value.posterior.mean for value in crisis if value]
        made.append(_cases("A hundred crises", levels, labels, outcome.name, "of 100 crises"))
    period = [comparison.policies[name].period.get(outcome.id) for name in both]
    if outcome.period is not None and outcome.period.unit == "share" and all(period):
        levels = [estimate.mean for estimate in period if estimate]
        span = years(comparison.years)
        made.append(_cases(f"A hundred times {span}", levels, labels, outcome.name, f"of 100 periods of {span}"))
    effects = comparison.pair(policy).effects
    if effects is not None and outcome.crisis is not None:
        scale, unit = (100, "in 100 crises") if outcome.crisis.unit == "share" else (1, "per crisis")
        svg = figures.worlds(effects * scale, comparison.weight, comparison.margin["crisis"] * scale, unit)
        words = f"Change of {outcome.name} {unit}, {labels[0]} against {labels[1]}; each dot a hundredth of the weight."
        made.append(Picture("Every set of assumptions, one dot", svg, words))
    return made


def _cases(title: str, levels: list[float], labels: list[str], name: str, of: str) -> Picture:
    counts = [min(100, max(0, round(100 * level))) for level in levels]
    words = f"{name[:1].upper() + name[1:]} in {counts[0]} {of} {labels[0]} and in {counts[1]} {labels[1]}."
    return Picture(title, figures.hundred(counts, labels, name, words), words)


def _tables(said: Answer) -> list[tuple[Table, bool]]:
    """All tables of the comparison; those about the headline's pair stand open."""
    opened = "" if said.policy is None else f": {said.names[said.policy]}, less"
    return [(table, bool(opened) and opened in table.title) for table in tables(said.comparison, said.names)]


def _past(run: StoredRun) -> Table | None:
    """Past crises beside the model before and after it saw them."""
    scenario, crisis = run.plan.scenario, run.results.crisis
    if scenario.record is None or crisis is None:
        return None
    keys = {
        entry.policy: entry.policy + FIRST_YEAR if entry.policy + FIRST_YEAR in crisis.values else entry.policy
        for entry in scenario.record.crises
    }
    rows = []
    for count in past(crisis, scenario.record.crises, keys):
        side = f", {scenario.sides[count.side].name}" if count.side else ""
        recorded = str(count.recorded)
        if count.recorded_high > count.recorded:
            recorded += f" to {count.recorded_high}"
        name = f"{scenario.policies[count.policy].name}, {count.period}: {count.what}{side}"
        cells = (f"{recorded} of {count.crises}", f"{count.prior:.1f}", f"{count.posterior:.1f}")
        rows.append(Row((name, *cells, _weighing(count.weighs, count.misfit))))
    caption = "Expected numbers of the same crises under the model, before and after it is weighed by the record."
    heads = ("past crises", "recorded", "expected without", "expected with", "")
    return Table("What past crises say", heads, (Section("", tuple(rows)),), caption)


def _weighing(weighs: bool, misfit: bool) -> str:
    words = ["weighs the sets of assumptions" if weighs else "compared only"]
    return "; ".join([*words, "DOES NOT FIT"] if misfit else words)


def _counted(inputs: list[InputRow]) -> dict[str, int]:
    """How many numbers are sourced, assumed, or defaults of the package."""
    return {kind: sum(row.standing == kind for row in inputs) for kind in ("source", "assumption", "default", "choice")}


def _commands(run: StoredRun, version: str) -> list[str]:
    effort, plan = run.plan.effort, run.plan
    folder = f"{plan.scenario.name}.run"
    sizes = f"--candidates {effort.candidates} --worlds {effort.worlds} --histories {effort.histories}"
    hidden = (
        "" if set(plan.shown) == set(plan.scenario.policies) else "".join(f" --policy {name}" for name in plan.shown)
    )
    return [
        f"pip install escalade=={version}",
        f"escalade run scenario.yaml --out again.run --seed {plan.seed} {sizes}{hidden}",
        f"escalade compare {folder} --json",
    ]


def _glossary(said: Answer) -> list[tuple[str, str, str, str]]:
    """Every quantity shown: id, name, what it is, and how it is formed on each clock."""
    shown = {name for reply in said.comparison.policies.values() for name in (*reply.crisis, *reply.period)}
    rows = []
    for quantity in said.comparison.quantities.values():
        if quantity.id in shown:
            formulas = dict.fromkeys(m.formula for m in (quantity.crisis, quantity.period) if m is not None)
            rows.append((quantity.id, quantity.name, quantity.sentence, "; ".join(formulas)))
    return rows
