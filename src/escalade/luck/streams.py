"""The table of all streams: what each random number decides, and its address.

An address is (world, history, place, slot), see ``philox.uniform``:

- *world*: number of the candidate world (not its rank in a run);
- *history*: number of the history within its world;
- *place*: when and for what, packed by ``place``;
- *slot*: which of several draws for the same purpose: an arm, a side, or a class
  at a layer (``raid_slot``), a partner (``commitment_slot``).

A strike that falls on several soils (a side's own, its hosts') is one raid on
each: what is decided in the raid on soil h has its place ``SOIL_YEARS * h`` years
later, beyond the longest period.

Same address, same luck, under every policy: what a policy leaves alone keeps its
luck, and two policies differ by what they change only. So no address may be used
for two decisions, and adding a purpose moves no other stream.
"""

from __future__ import annotations

from escalade.jit import kernel

YEARS = 1024
SOIL_YEARS = 128
PAIRS = 4
CRISES_A_YEAR = 128
MOVES = 256
PURPOSES = 32
CLASSES = 16
LOOKS = 8
PARTNERS = 64

# purpose: what is decided; slot
CRISES = 0  # number of crises of a pair in a year; 0
DATE = 1  # day of the year of a crisis; 0
OPENER = 2  # who opens a crisis; 0
STAKE = 3  # a side's public stake; uid
RESOLVE = 4  # a side's private resolve; uid
COMMIT = 5  # whether a partner joins; commitment_slot(uid of its client, partner)
RISK = 6  # accident on arrival at a rung; 0
MOVE = 7  # the mover's choice; 0
ARRIVAL = 8  # units that do not fail in flight; arm
COMMON = 9  # the shield's good or bad night; 0
OUTAGE = 10  # whether a layer works in this raid; layer
THREAT = 11  # objects that would hit something that matters; arm
DECOY = 12  # fractional decoys; arm
MISTAKEN = 13  # harmless objects taken for threats; raid_slot(layer, class, 0)
ENGAGED = 14  # threatening objects among those engaged; raid_slot
KILLED = 15  # threatening objects or units stopped; raid_slot
KILLED_HARMLESS = 16  # harmless objects shot down; raid_slot
BOOST_SHARE = 17  # stopped units shared among the arms of a class; raid_slot(layer, arm, 0)


@kernel
def place(year: int, pair: int, crisis: int, move: int, purpose: int) -> int:
    """When and for what: the ``place`` word of an address, 0 to 2^32 - 1, different for all different arguments.

    year : 0 to 1023, pair : 0 to 3, crisis : of the pair in the year, 0 to 127,
    move : arrival within the crisis, 0 to 255, purpose : 0 to 31, see the table.

    Callers keep the limits; beyond them two decisions could share their luck.
    """
    return (((year * PAIRS + pair) * CRISES_A_YEAR + crisis) * MOVES + move) * PURPOSES + purpose


@kernel
def raid_slot(layer: int, cls: int, look: int) -> int:
    """Which draw at a layer: layer (0 upwards), class or arm (0 to 15), look (0 to 7)."""
    return (layer * CLASSES + cls) * LOOKS + look


@kernel
def commitment_slot(uid: int, partner: int) -> int:
    """Whose commitment: uid of the client (0 upwards), partner (0 to 63)."""
    return uid * PARTNERS + partner
