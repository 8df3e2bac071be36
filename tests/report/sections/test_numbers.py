"""What the numbers mean: a line for every quantity that is shown."""

from escalade.quantities import RUN_NUMBERS
from escalade.report.sections import numbers


def test_every_quantity_of_the_answer_is_explained(found):
    ids = [row[0] for row in numbers.section(found).shown["glossary"]]
    there = {name for answer in found.comparison.policies.values() for name in (*answer.crisis, *answer.period)}
    assert there <= set(ids)
    assert {number.id for number in RUN_NUMBERS} <= set(ids)
    assert len(ids) == len(set(ids))
