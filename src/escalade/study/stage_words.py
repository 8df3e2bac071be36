"""What the stages of a run make, in words for those who wait, and what may be quoted once a stage has ended."""

from collections.abc import Sequence

from escalade.quantities import listed

WORDS = {
    "crisis": "exact crises",
    "why": "reasons of the effect",
    "years": "simulated years",
    "slow": "slow forces",
    "believed": "rival sources",
    "turns": "when it turns",
    "structure": "other structures",
    "claims": "trials of claims",
}

FINAL = {
    "crisis": "the single crisis",
    "why": "its reasons",
    "years": "the years",
    "slow": "what the slow forces add",
    "believed": "whom you believe",
    "turns": "when it turns",
    "structure": "how far it hangs on structure",
}
"""What no later stage changes, by the stage that makes it."""

AT_WORK = "Still at work"
"""How the sentence begins that says what is still to come."""


def stage_words(stage: str) -> str:
    """What a stage makes: "exact crises" for "crisis"; its own name if it has no words."""
    return WORDS.get(stage, stage)


def at_work(done: Sequence[str], waiting: Sequence[str]) -> str:
    """What is final after some stages, and what is still to come; empty if nothing is."""
    if not waiting:
        return ""
    final = listed([FINAL.get(stage, stage_words(stage)) for stage in done])
    return (
        f"{AT_WORK}. Final, and fit to quote: {final}. Still to come: {listed([*map(stage_words, waiting)])}. "
        "If it was stopped, the command that began it goes on with it."
    )
