"""Every input of a scenario as people read it: value, unit, where it comes from, what the record made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from escalade.analysis.learned import Lesson
from escalade.scenario.inputs import inputs
from escalade.scenario.numbers import Fixed, OneOf, Pert, Uniform

if TYPE_CHECKING:
    from escalade.scenario import Scenario
    from escalade.scenario.inputs import Input
    from escalade.scenario.numbers import Distribution

Standing = Literal["source", "assumption", "default", "choice"]
"""Published; judged; the package's own value; a value that a policy merely sets."""

NO_REASON = "no reason given"


@dataclass(frozen=True)
class InputRow:
    """One input: whose it is and what, its value in words, its reason, and what the record made of it."""

    subject: str
    label: str
    policy: str
    value: str
    unit: str
    kind: str
    standing: Standing
    reason: str
    url: str
    learned: str


def input_rows(scenario: Scenario, lessons: Mapping[str, Lesson]) -> list[InputRow]:
    """Every input, in canonical order; ``lessons`` by the input's key."""
    names = {name: policy.name for name, policy in scenario.policies.items()}
    return [_row(item, names.get(item.policy or "", ""), lessons.get(item.key)) for item in inputs(scenario)]


def _row(item: Input, policy: str, lesson: Lesson | None) -> InputRow:
    standing = _standing(item)
    reason = item.source or item.assumption or (NO_REASON if standing == "assumption" else "")
    if item.note:
        reason = f"{reason} {item.note}".strip()
    return InputRow(
        subject=item.subject,
        label=item.label,
        policy=policy,
        value=in_words(item.spec),
        unit=item.unit,
        kind=str(item.kind),
        standing=standing,
        reason=reason,
        url=item.url if item.url and item.url.startswith(("https://", "http://")) else "",
        learned=_learned(lesson),
    )


def _standing(item: Input) -> Standing:
    if item.source is not None:
        return "source"
    if item.is_default:
        return "default"
    return "assumption" if item.is_assumption else "choice"


def _learned(lesson: Lesson | None) -> str:
    """What the record made of an input, where it narrowed it enough to speak of."""
    if lesson is None or not lesson.learned:
        return ""
    before, after = lesson.prior, lesson.posterior
    return f"{plain(before.low)} to {plain(before.high)} became {plain(after.low)} to {plain(after.high)}"


def in_words(spec: Distribution) -> str:
    """A distribution in words: "200 to 5,000, most likely 1,200"."""
    match spec:
        case Fixed(value):
            return plain(value)
        case Pert(low, mode, high):
            return f"{plain(low)} to {plain(high)}, most likely {plain(mode)}"
        case Uniform(low, high):
            return f"{plain(low)} to {plain(high)}, all alike"
        case OneOf(values):
            return " or ".join(map(plain, values))


def plain(value: float) -> str:
    """A number without needless digits."""
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:,.4g}" if abs(value) >= 1e-4 else f"{value:.2g}"
