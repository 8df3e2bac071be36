"""Every stage of a run has words for those who wait."""

from escalade.study.stage_words import WORDS, stage_words
from escalade.study.stages import STAGES


def test_every_stage_has_words():
    assert {name for name, _ in STAGES} <= set(WORDS)
    assert stage_words("crisis") == "exact crises"
    assert stage_words("another") == "another"
