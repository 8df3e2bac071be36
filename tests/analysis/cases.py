"""Hand-made runs for the tests of analyses: tables without any kernel behind them."""

import numpy as np

from escalade.ensemble.tables import CrisisTable, PeriodTable
from escalade.quantities import Vocabulary, catalogue

VOCABULARY = Vocabulary(
    sides={"a": "Syldavia", "b": "Borduria"},
    rungs={"talk": "Talks", "raid": "Raids", "war": "War"},
    arms={"a": {}, "b": {"rocket": "rockets"}},
    layers={"a": {"upper": "the upper layer", "lower": "the lower layer"}, "b": {}},
)
QUANTITIES = catalogue(VOCABULARY)
CRISIS_COLUMNS = ("war", "struck.a", "struck.b", "restrained.a", "restrained.b", "deaths.a")
PERIOD_COLUMNS = (*CRISIS_COLUMNS, "wars", "interceptors.a.upper", "interceptors.a.lower", "crises")


def crisis_table(war, weight=None, multiplicity=None, **columns):
    """Exact crises of two or more policies from {policy: P(war) per candidate}; other columns likewise, by name."""
    n = len(next(iter(war.values())))
    values = {policy: np.full((n, len(CRISIS_COLUMNS)), 0.5) for policy in war}
    for name, table in {"war": war, **{key.replace("_", "."): value for key, value in columns.items()}}.items():
        for policy, column in table.items():
            values[policy][:, CRISIS_COLUMNS.index(name)] = column
    weight = np.full(n, 1 / n) if weight is None else np.asarray(weight, dtype=float)
    multiplicity = np.ones(n, dtype=np.int64) if multiplicity is None else np.asarray(multiplicity)
    return CrisisTable(CRISIS_COLUMNS, values, weight, multiplicity, {})


def period_table(outcomes, multiplicity=None, years=2, counts=10):
    """Histories from {policy: {column: mean per drawn world}}; columns that are not given are one half."""
    n = len(next(iter(next(iter(outcomes.values())).values())))
    multiplicity = np.ones(n, dtype=np.int64) if multiplicity is None else np.asarray(multiplicity)
    there = np.flatnonzero(multiplicity)
    sums = {}
    for policy, columns in outcomes.items():
        sums[policy] = np.full((there.size, len(PERIOD_COLUMNS)), 0.5)
        for name, column in columns.items():
            sums[policy][:, PERIOD_COLUMNS.index(name)] = np.asarray(column)[there]
        sums[policy] *= counts
    return PeriodTable(
        years, PERIOD_COLUMNS, there, multiplicity[there], np.full(there.size, counts), sums, parts=1, parts_planned=1
    )
