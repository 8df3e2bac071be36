"""Tests against the past: raids and campaigns that were reported, and what past crises say of a scenario.

``back_test`` predicts episodes from inputs that were known before them, and strikes of the bundled scenarios from
the scenarios' own inputs, and lays the predictions beside what was reported. ``prior_check`` lays what a scenario
expects of its crises beside its record. Nothing here is fitted.
"""

from escalade.evidence.backtest import BackTest, Check, back_test
from escalade.evidence.episodes import Episode, Exchange, episodes, exchanges
from escalade.evidence.prior import PriorCheck, prior_check

__all__ = [
    "BackTest",
    "Check",
    "Episode",
    "Exchange",
    "PriorCheck",
    "back_test",
    "episodes",
    "exchanges",
    "prior_check",
]
