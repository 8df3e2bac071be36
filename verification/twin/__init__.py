"""The readable twin: the whole model in plain Python, one page a piece, to test the fast kernels against.

Same worlds and same addresses of luck give the same histories: discrete outcomes equal, reals to 1e-12.
Read it in this order:

    luck      addressed uniform numbers, draws by inverse distribution
    raid      threats against a shield, as it happens and as planned
    strike    what is launched, what hits do, what is left
    tables    planning tables with memory: strikes still to come, as each side believes
    ladder    the rules: which actions a state allows, what they pay, where they lead
    game      logit choice with private resolve, solved backwards
    exact     the exact crisis, a forward pass over the solved game
    scalar    the same game with given numbers, without raids
    beliefs   what leaders learn from a raid
    crisis    one crisis as it happens
    rivalry   the years between: planned changes, arming, production, countermeasures, shelter
    history   years and their crises

Two or three sides, and hosts. A crisis is between sides 0 and 1 of a world that faces its pair (``reading.facing``).
In names of a history's results ``.0``, ``.1`` ... are the sides' places in the world, in those of an exact crisis
their places in the pair.

Choices
-------
Where the model reference leaves a choice open, the twin reads it so. A kernel must do the same.

Luck
    1.  One slot, 0, for CRISES (at crisis 0, move 0 of its year), DATE, OPENER, RISK, MOVE and COMMON. A year's
        crises are played by date, their addresses keep their numbers; their number is not cut off.
    2.  Draws walk up from the stated start to the last possible value; a Poisson draw starts at
        ``max(0, floor(mean - 9 sqrt(mean)))``, its mass there by lgamma. The ``9 sd`` of a hypergeometric draw
        is ``sd^2 = mean (bad / total)(total - drawn)/(total - 1)``.
    3.  Public stakes: the side with the lower id takes its own normal number z0; the other takes
        ``rho z0 + sqrt(1 - rho^2) z1``; in the exact crisis, the lattice's coordinates, in the same order.

Raid
    4.  Before release every unit of a class is a target, nothing is mistaken. After each look the killed units
        are shared among the arms in arm order, one BOOST_SHARE draw per arm and look, over the units then alive.
    5.  A layer's outage is drawn once a strike. One draw per partner; each layer of it joins if the draw is below
        the layer's own probability. One's own layers always take part (``defends`` and ``joins`` do not matter).
    6.  Intercepted units of an arm = its units killed before release + killed objects of its class after release
        x its share of the class's objects released (threatening, harmless and decoys). Only for reusable arms.
    7.  ``share stopped``: numerator and denominator count each unit killed before release as
        ``warheads x threatening``.
    8.  Planned: what a layer engages, kills and uses is worked out as if it worked; at the end of each class the
        kills, at the end of the layer the interceptors, count with ``availability x commitment``. Channels times
        raids are not rounded. Saturation neglect holds before release too.
    9.  A class without objects costs nothing; a certain kill (p >= 1) stays certain under every shift.

Strike
    10. ``q``: expendable ``x * min(stock, B * launch)``, reusable ``x * B * min(stock, launch)``, multiplied from
        left to right, rounded down without tolerance. Possible: effort > 0 and some allowed arm with q >= 1.
    11. Exposed launchers E: all arms of the victim, with the launch limits before the strike.
    12. Crews: ``crew`` for each reusable unit lost; lost = intercepted, rounded half up (planned: not rounded),
        at most the stock.
    13. A light reply uses everything of the lower rung (effort, arms, raids, counterforce, objective, need, cost,
        soldiers) and takes its share of what is left at the present rung.

Tables
    14. Whether a strike on the path happens is the striker's own belief, in every observer's table.
    15. At ``own = K`` a cell has no strike and no light reply; what is left of the objectives is still read there.
    16. Layers that could not engage once from the stock at the root do not exist for planners, whatever nu.
    17. Under the baseline, planned: the tables of the world with the baseline's protection, beliefs about it and
        neglect included, from today's forces of both.

Game
    18. ``kappa_first`` and the leash are costs of strikes: also of light replies (the leash) and of accidents,
        never of threats. A threat pays ``cost`` and leaves the pressure where it is.
    19. Leash as planned: some partner layer with multiplier > 0 at the state's own ``first``, and rounds for one
        engagement at the root; and the other has struck at the state's rung, or struck first. Whether it has
        really fired (at least one interceptor of a partner layer) is known at the root.
    20. An answer needs no strike suffered: at an open rung with effort > 0 the mover may strike (for the first time).
    21. Accidents: on every arrival, after a stand-down too; only a strike of the rung just above, by who may climb
        and can by its own belief. A state that has just stood down has no pressure.
    22. Who struck first is always kept apart: where it does not matter, the values are equal.
    23. At infinite precision only exactly equal utilities share the choice.
    24. Under the baseline's pressure a light reply's grief, too, has the baseline's deaths.

Exact crisis
    25. Begins with the stocks and beliefs of the records after the deliveries of the first year.
    26. War begins with the first full strike at or above the war rung. A crisis that reached the war rung by a
        threat has not begun it; then an answer there may. Labels compare with 1/2 as ``>=``.
    27. ``deaths.i``: as i plans them. ``conceded.i``: share times what is left, in i's table.
        ``reach.r``: rung r or higher, by threats too. ``stand_off``: no yield, no strike.
    28. ``struck.i`` counts decisions, not strikes suffered: an accident on arrival leaves none.

Crisis and history
    29. A climb makes both objectives whole, by threat or by strike; conceded is a share of what is truly left.
    30. Restraint bought compares for the type that the mover really is, before it moves.
    31. A learner's prior precision, about both shields, is its own conviction. Evidence: all looks of a layer
        against a class together, objects and units alike; certain kills (p >= 1) teach nothing.
    32. The belief gap is the first striker's, about its own shield, before the raid, at the first strike of the
        history.
    33. The label flags and ``war_by`` are those of the first war; ``war_year`` counts from 1; ``highest_rung`` counts
        threats; ``first_strike.i`` and ``yield.i`` count crises; ``soldiers.i`` = soldiers + crews.
    34. Deliveries do not raise launch limits; production of the last year is in the final stocks.
    35. Shadow interceptors start at the baseline's stock and get its deliveries and production. Cuts and surges are
        those that the side decides behind the policy's shield, as a share of the baseline's own rates; its shield
        loses, and its shelter gains, at the baseline's rates when the policy's does.

Years between
    36. A treaty limit binds stocks, and launchers too where an arm has no launch limit of its own; new units of such
        an arm can be launched at once. Production and orders stop at the limit of the year at hand.
    37. Retaliation: the highest rung's effort, counterforce and arms, forces with the side's own orders, after the
        rival's first strike at the rung that leaves least (or none). The own shield as believed, without neglect; the
        rival's with prudence; partners as when the rival struck first. The hardest rival decides.
    38. Feared deaths: the worst rival's first strike at the highest rung, by own belief, neglect included; for
        interceptors with what is on order, for shelter without. The share too many is ``(D - A) / D``.
    39. The money of a surge: share x sum of (surge - normal) x price, spent by worth per dollar: the change of the
        retaliation (of the feared deaths) by the whole room of one arm (layer), after the same disarming strike. Arms
        that may not be used at the highest rung, partners' layers and what is worth nothing get none. If nothing gets
        through, arms go by their unopposed harm. A price of 0 counts as 1 in sharing, as 0 in the bill.
    40. Normal production and new orders of a year are cut alike to the budget; orders are paid when they are made,
        planned deliveries count as spending but are not cut; partners' layers are neither cut nor billed.
    41. A surge of year y is finished with the production of year ``y + lead``. Parts of a unit are carried over.
    42. A shield is seen to grow where interceptors in stock rise by delivery or production, at work where some were
        fired. Beliefs of all other sides move with its truth; its owner's does not.
"""

from .exact import exact_crisis
from .history import run
from .raid import planned_raid, simulated_raid
from .reading import read, take
from .scalar import scalar_crisis
from .tables import planning_tables

__all__ = ["exact_crisis", "planned_raid", "planning_tables", "read", "run", "scalar_crisis", "simulated_raid", "take"]
