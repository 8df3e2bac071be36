"""What the stages of a run make, in words for those who wait."""

WORDS = {
    "crisis": "exact crises",
    "why": "reasons of the effect",
    "years": "simulated years",
    "believed": "rival sources",
    "turns": "when it turns",
    "structure": "other structures",
    "claims": "trials of claims",
}


def stage_words(stage: str) -> str:
    """What a stage makes: "exact crises" for "crisis"; its own name if it has no words."""
    return WORDS.get(stage, stage)
