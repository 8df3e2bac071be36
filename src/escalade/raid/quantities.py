"""The registry of numbers about raids and campaigns: every one that is shown has its entry here.

Ids are patterns, as in ``escalade.quantities``: ``used.LAYER`` stands for one number per layer.
"""

from __future__ import annotations

from escalade.quantities import RunNumber

_EXACT = "Computed, not sampled: no luck in it. A raid that is too large is drawn 10,000 times: within .01 of a chance."
_OBJECTS = "warheads and decoys of what was launched"

RAID_NUMBERS: tuple[RunNumber, ...] = (
    RunNumber(
        "got_through", "got through", "Threatening objects that no layer destroyed, all classes together.",
        "threatening objects", "arrived - stopped by the layers", _EXACT,
    ),
    RunNumber(
        "got_through.CLASS", "got through: {class}", "The same of one threat class.",
        "threatening objects of the class", "arrived - stopped by the layers", _EXACT,
    ),
    RunNumber(
        "failed.CLASS", "failed in flight", "Objects of units that failed by themselves.", _OBJECTS,
        "launched * (1 - reliability)", _EXACT,
    ),
    RunNumber(
        "left_alone.CLASS", "left alone", "Harmless objects that nobody destroyed: they would have hit nothing.",
        _OBJECTS, "harmless arrivals - those destroyed by mistake", _EXACT,
    ),
    RunNumber(
        "intercepted.CLASS", "intercepted", "Objects destroyed by some layer, harmless ones among them.", _OBJECTS,
        "arrived - left alone - got through", _EXACT,
    ),
    RunNumber(
        "used.LAYER", "interceptors used: {layer}", "Interceptors that the layer fires in one raid.", "one raid",
        "engagements * shots at once", _EXACT,
    ),
    RunNumber(
        "stopped.LAYER", "stopped: {layer}", "Objects that the layer destroys, harmless ones among them.", "one raid",
        "expected number live before it - after it", _EXACT,
    ),
    RunNumber(
        "refused.LAYER", "ran short: {layer}",
        "The layer had to leave something alone that it could have engaged, for want of interceptors or of channels.",
        "100 raids", "P(live > able) at some look", _EXACT,
    ),
    RunNumber(
        "attack_cost", "price of the attack", "Price of everything launched.", "one raid", "launched * unit price",
        "As good as the prices.",
    ),
    RunNumber(
        "defence_cost", "price of the defence", "Expected price of the interceptors used.", "one raid",
        "sum over layers of mean used * unit price", "As good as the prices.",
    ),
    RunNumber(
        "cost_exchange.THREAT", "cost-exchange ratio",
        "Dollars of interceptors that one more threat takes if it is met like the others, per dollar of its own price.",
        "one more unit launched, stocks and channels without limit", "(defence_cost(n + 1) - defence_cost(n)) / price",
        "As good as the prices.",
    ),
    RunNumber(
        "needed.LAYER", "interceptors needed", "The smallest stock of the layer with which the goal is met.",
        "one raid, everything else as it is", "min stock: P(got through <= K) >= Q", _EXACT,
    ),
    RunNumber(
        "breaks_at.THREAT", "breaks at", "The smallest number launched with which more than K get through so surely.",
        "one raid, everything else as it is", "min launched: P(got through > K) >= Q", _EXACT,
    ),
    RunNumber(
        "deaths", "deaths", "Deaths of those hits on people.", "one day, or all days of a campaign",
        "got through * deaths per hit", "As good as the deaths per hit.",
    ),
    RunNumber(
        "stock.LAYER", "interceptors left: {layer}", "Interceptors in stock in the evening.", "one day of a campaign",
        "stock in the morning - used", _EXACT,
    ),
    RunNumber(
        "day_of_reserve.LAYER", "day of reserve: {layer}",
        "The first day on which the layer refuses an engagement for want of interceptors.", "100 campaigns",
        "min day: engagements wanted > salvos above the reserve", _EXACT,
    ),
)  # fmt: skip
"""Numbers of one raid and of a campaign, in the order in which they are shown."""
