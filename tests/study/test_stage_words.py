"""Every stage of a run has words for those who wait."""

from escalade.quantities import listed
from escalade.study.stage_words import FINAL, WORDS, at_work, stage_words
from escalade.study.stages import STAGES


def test_every_stage_has_words():
    assert {name for name, _ in STAGES} <= set(WORDS)
    assert {name for name, _ in STAGES} <= set(FINAL)
    assert stage_words("crisis") == "exact crises"
    assert stage_words("another") == "another"


def test_what_is_final_and_what_is_still_to_come():
    said = at_work(["crisis", "why"], ["years", "believed"])
    assert "fit to quote: the single crisis and its reasons. Still to come: simulated years and rival sources." in said
    assert at_work(["crisis"], []) == ""
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["a"]) == "a"
