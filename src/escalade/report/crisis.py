"""One crisis in words: the exact table, the tree of its likeliest courses, the two-move kernel; and as JSON values."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from escalade.crisis.courses import Course, Step
from escalade.crisis.scalar import ScalarCrisis
from escalade.crisis.tree import ACCIDENT, ACTION_NAMES, ANSWER, CLIMB, LIGHT, STAND, THREAT, YIELD
from escalade.quantities import Measure, shown
from escalade.report.comparison import NOTHING
from escalade.report.sentences import CONDITIONAL
from escalade.report.tables import WIDTH, Row, Section, Table, text
from escalade.study.single import PolicyCrisis, SingleCrisis

ABREAST = 5
"""Policies that stand side by side in one table."""
DEEPEST = 24
"""Columns by which a line of the tree is moved in at most."""

ROUNDING = 1e-12
"""Values that are smaller come from rounding alone."""

_SCALAR = {
    "first_strike": "side {side} strikes first",
    "war": "war",
    "war_begun_by": "war begun by side {side}",
    "yield": "side {side} backs down",
    "stand_off": "both stand down",
}
_KINDS = {
    "foreseen": "war, foreseen",
    "misjudged": "war, misjudged",
    "tremble": "war by tremble",
    "accident": "war by accident",
}


def as_text(single: SingleCrisis, told: Sequence[str]) -> str:
    """Everything as lines of at most 80 columns; the courses of the policies ``told`` only."""
    parts = [single.scenario.title, *(text(table) for table in tables(single))]
    for policy in told:
        parts += [course_tree(single, policy), *war_course(single, policy)]
    parts.append(textwrap.fill(CONDITIONAL, WIDTH))
    return "\n\n".join(parts)


def tables(single: SingleCrisis) -> list[Table]:
    """The exact crisis and the two-move kernel of every policy, ``ABREAST`` at a time."""
    policies = list(single.policies)
    abreast = [policies[start : start + ABREAST] for start in range(0, len(policies), ABREAST)]
    return [_exact_table(single, some) for some in abreast] + [_kernel_table(single, some) for some in abreast]


def _exact_table(single: SingleCrisis, policies: Sequence[str]) -> Table:
    sections: dict[str, list[Row]] = {}
    for name, quantity in single.quantities.items():
        measure = quantity.crisis
        values = [single.policies[policy].values.get(name) for policy in policies]
        if measure is None or not _in_table(name, measure, values):
            continue
        cells = [NOTHING if value is None else shown(_clean(value), measure.unit) for value in values]
        words = quantity.name if measure.unit == "share" else f"{quantity.name} (number a crisis)"
        sections.setdefault(quantity.group, []).append(Row((words, *cells), quantity.sentence))
    means = single.scenario.ladder.war_means
    return Table(
        "Of 100 crises, exact, every input at its most likely value",
        ("", *_policy_names(single, policies)),
        tuple(Section(group, tuple(rows)) for group, rows in sections.items()),
        f'"War" means {means}. Restraint: of 100 decisions of a struck side. Mean over public stakes, private resolve '
        "and who opens.",
    )


def _in_table(name: str, measure: Measure, values: Sequence[float | None]) -> bool:
    """Shares, less those of rungs that no crisis, or every crisis, comes to under all policies."""
    known = [value for value in values if value is not None]
    if name.startswith(("reach.", "first_strike_rung.")) and all(value < 5e-5 or value > 1 - 5e-5 for value in known):
        return False
    return bool(known) and (measure.unit == "share" or name == "restraint_bought")


def _clean(value: float) -> float:
    """The value; nothing if it is a rounding error of nothing."""
    return 0.0 if abs(value) < ROUNDING else value


def _kernel_table(single: SingleCrisis, policies: Sequence[str]) -> Table:
    first, second = _sides(single)
    rows = []
    for opener, (striker, struck) in enumerate(((first, second), (second, first))):
        games = [single.policies[policy].two_moves[opener] for policy in policies]
        strikes = [NOTHING if game is None else shown(game.strikes_first, "share") for game in games]
        answers = [NOTHING if game is None else shown(game.answers, "share") for game in games]
        rows.append(Row((f"{striker} strikes first, if it opens", *strikes)))
        rows.append(Row((f"{struck} answers, if struck", *answers)))
    return Table(
        f"Two-move kernel, of 100, one strike each: {_rung_name(single, single.rung)}",
        ("", *_policy_names(single, policies)),
        (Section("", tuple(rows)),),
        "Four logistic formulas: one side may strike first, the other may answer, and that is all. Gains, costs and "
        "deaths are those that each side expects of the first strikes at this rung, at median stakes.",
    )


def course_tree(single: SingleCrisis, policy: str) -> str:
    """The likeliest courses of a crisis under one policy, common beginnings told once."""
    found = single.policies[policy].courses
    together = shown(sum(course.probability for course in found), "share")
    head = f"{single.scenario.policies[policy].name}: the likeliest courses of a crisis at median stakes"
    lines = [*textwrap.wrap(head, WIDTH), "of 100"]
    told: list[tuple[Any, ...]] = []
    for course in sorted(found, key=lambda course: _branch_order(course, found)):
        for depth in range(len(course.steps)):
            beginning = (course.opener, *course.steps[: depth + 1])
            if beginning not in told:
                told.append(beginning)
                lines += _line(single, course.steps[depth], depth)
    caption = (
        f"First number: crises that go so far, of 100. In brackets: how often, of 100 times, this follows what stands "
        f"above. These {len(found)} courses are {together} of 100 crises; they average over both sides' resolve."
    )
    return "\n".join([*lines, *textwrap.wrap(caption, WIDTH)])


def war_course(single: SingleCrisis, policy: str) -> Iterator[str]:
    """The likeliest course to war under one policy, if there is any."""
    course = single.policies[policy].to_war
    if course is not None:
        lines = ["The likeliest course to war", "of 100"]
        for step in course.steps:
            lines += _line(single, step, 0)
        yield "\n".join(lines)


def _branch_order(course: Course, all_courses: Sequence[Course]) -> tuple[tuple[float, int], ...]:
    """Sorts courses so that common beginnings stand together, likelier branches first."""
    kin = [other for other in all_courses if other.opener == course.opener]
    openings = sum(other.probability for other in kin)
    return (-openings, course.opener), *((-step.mass, step.action) for step in course.steps)


def _line(single: SingleCrisis, step: Step, depth: int) -> list[str]:
    indent = min(2 * depth, DEEPEST)
    words = f"{step_words(single, step)} [{100 * step.chosen:.0f}]"
    lead = f"{100 * step.mass:6.1f}  {' ' * indent}"
    return textwrap.wrap(words, WIDTH, initial_indent=lead, subsequent_indent=" " * (len(lead) + 2))


def step_words(single: SingleCrisis, step: Step) -> str:
    """One step in words: who does what, at which rung."""
    actor = _sides(single)[step.actor]
    if step.action == STAND:
        return f"{actor} stands down"
    if step.action == YIELD:
        return f"{actor} backs down and gives up {100 * step.share:.0f} % of what is at issue"
    rung = _rung_name(single, step.rung if step.action == THREAT else step.strike)
    verbs = {LIGHT: "replies lightly", ANSWER: "answers", CLIMB: "climbs", THREAT: "threatens"}
    verb = verbs.get(step.action, "")
    if step.action == ACCIDENT:
        verb = "strikes by accident"
    elif step.opens:
        verb = "strikes first"
    elif step.action == ANSWER and not step.struck:
        verb = "strikes"
    return f"{actor} {verb}: {rung}{' (war begins)' if step.crosses else ''}"


def as_data(single: SingleCrisis) -> dict[str, Any]:
    """The same as plain JSON values: ``policies.NAME.QUANTITY``, and courses and kernels by policy."""
    return {
        "scenario": single.scenario.name,
        "baseline": single.scenario.baseline,
        "sides": list(single.pair),
        "policies": {name: dict(found.values) for name, found in single.policies.items()},
        "courses": {
            name: [_course_data(single, course) for course in found.courses] for name, found in single.policies.items()
        },
        "to_war": {
            name: None if found.to_war is None else _course_data(single, found.to_war)
            for name, found in single.policies.items()
        },
        "two_move": {
            "rung": single.names.rungs[single.rung],
            "policies": {name: _kernel_data(single, found) for name, found in single.policies.items()},
        },
    }


def _kernel_data(single: SingleCrisis, found: PolicyCrisis) -> dict[str, float | None]:
    """The four numbers: a side strikes first if it opens, and answers if it is struck."""
    data: dict[str, float | None] = {}
    for opener, game in enumerate(found.two_moves):
        striker, struck = single.pair[opener], single.pair[1 - opener]
        data[f"strikes_first.{striker}"] = None if game is None else game.strikes_first
        data[f"answers.{struck}"] = None if game is None else game.answers
    return data


def _course_data(single: SingleCrisis, course: Course) -> dict[str, Any]:
    steps = [
        {
            **asdict(step),
            "actor": single.pair[step.actor],
            "action": ACTION_NAMES[step.action],
            "rung": single.names.rungs[step.rung],
            "strike": None if step.strike < 0 else single.names.rungs[step.strike],
            "words": step_words(single, step),
        }
        for step in course.steps
    ]
    return {"opener": single.pair[course.opener], "probability": course.probability, "steps": steps}


def scalar_table(crisis: ScalarCrisis) -> Table:
    """A crisis on a scalar ladder as a table."""
    rows = []
    for name, value in crisis.as_data().items():
        for side, number in enumerate(value) if isinstance(value, list) else ((None, value),):
            if name in _SCALAR:
                rows.append(Row((_SCALAR[name].format(side=side), shown(number, "share"))))
    kinds = [Row((f"{_KINDS[name]}, of all wars", shown(share, "share"))) for name, share in crisis.labels.items()]
    wars = (Section("Of 100 wars", tuple(kinds)),) if crisis.war > 0.0 else ()
    return Table("A crisis on a scalar ladder, exact", ("", "of 100"), (Section("Of 100 crises", tuple(rows)), *wars))


def _sides(single: SingleCrisis) -> tuple[str, str]:
    names = single.names.vocabulary.sides
    return names[single.pair[0]], names[single.pair[1]]


def _rung_name(single: SingleCrisis, rung: int) -> str:
    return single.names.vocabulary.rungs[single.names.rungs[rung]]


def _policy_names(single: SingleCrisis, policies: Sequence[str]) -> list[str]:
    return [single.scenario.policies[policy].name for policy in policies]
