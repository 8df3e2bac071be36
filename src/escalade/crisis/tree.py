"""The game tree: nodes and edges that any finite two-player crisis compiles to.

Utilities are linear in the stakes: along an edge each side receives
``constant + coefficient * stake`` where the stake is its ``v`` (value of its
own objective) or its ``l`` (loss if the other attains its own). So one tree
serves every stake. The ladder game compiles to it (``crisis.ladder``);
textbook games are written down edge by edge (``TreeBuilder``).

Nodes stand in an order in which every edge leads forward.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from escalade.worlds import Records, Wholes, record

END = -1
"""Successor of an edge that ends the crisis."""
CHANCE = 2
"""Mover of a chance node."""

YIELD, STAND, LIGHT, ANSWER, CLIMB, THREAT, PASS, ACCIDENT = range(8)
"""What an edge does. PASS and ACCIDENT leave chance nodes; the others are moves, in this order."""

ACTION_NAMES = (
    "yields",
    "stands down",
    "replies lightly",
    "answers",
    "climbs",
    "threatens",
    "nothing happens",
    "accident",
)

V, L = 0, 1
"""Stakes: value of one's own objective; loss if the other attains its own."""

NODE = record(
    {
        "mover": "i8",  # 0 or 1; CHANCE
        "start": "i8",  # first edge
        "stop": "i8",  # one past the last edge
        "struck": "i8",  # 1: the mover has just been struck
        "rung": "i8",
        "state": "i8",  # the ladder's code of the state
    }
)

EDGE = record(
    {
        "next": "i8",  # node; END
        "action": "i8",
        "actor": "i8",  # side that acts (also in accidents)
        "rung": "i8",  # rung at which the crisis stands afterwards
        "strike": "i8",  # rung whose strike is carried out; -1: none
        "opens": "i8",  # 1: the first strike of the crisis
        "crosses": "i8",  # 1: the strike that begins the war
        "quiet": "i8",  # 1: both have stood and nobody has struck: a stand-off
        "own_stake": "i8",  # V or L: what multiplies own_coef (the mover's)
        "other_stake": "i8",
        "chance": "f8",  # probability, at chance nodes
        "own_coef": "f8",  # utility of the actor: own_const + own_coef * stake
        "own_const": "f8",
        "calm_const": "f8",  # own_const with the baseline's pressure in place of the actual one
        "other_coef": "f8",  # utility of the other side
        "other_const": "f8",
        "share": "f8",  # share of the objective conceded by yielding
        "deaths": "f8",  # deaths by the strike that the other side expects
        "toll": "f8",  # the same as they count for the other side: those of a host's people by its care for them
    }
)


class Tree(NamedTuple):
    """A compiled game. ``size`` counts nodes and edges in use; ``roots`` are node numbers (END: none)."""

    nodes: Records
    edges: Records
    size: Wholes
    roots: Wholes


class TreeBuilder:
    """Write a game down node by node, successors first to last.

    >>> tree = TreeBuilder()
    >>> top = tree.node(mover=0)
    >>> tree.edge(top, END, own_const=1.0)
    >>> tree.edge(top, END, own_const=0.0)
    >>> int(tree.build().size[1])
    2
    """

    def __init__(self) -> None:
        self._nodes: list[dict[str, Any]] = []
        self._edges: list[list[dict[str, Any]]] = []

    def node(self, mover: int) -> int:
        """A new node of that mover (0, 1 or CHANCE); returns its number."""
        self._nodes.append({"mover": mover})
        self._edges.append([])
        return len(self._nodes) - 1

    def edge(self, node: int, successor: int, **fields: Any) -> None:
        """An edge from ``node`` to ``successor`` (a later node or END) with EDGE fields.

        The mover of the node is the actor; where chance moves, ``actor`` says who acts (side 1 unless given).
        """
        if successor != END and successor <= node:
            raise ValueError(f"edge from node {node} to {successor}: edges must lead to later nodes")
        actor = self._nodes[node]["mover"]
        self._edges[node].append({"next": successor, "actor": min(actor, 1), "strike": -1} | fields)

    def build(self, root: int = 0) -> Tree:
        """The compiled tree, rooted at ``root``."""
        nodes = np.zeros(len(self._nodes), NODE)
        edges = np.zeros(sum(len(leaving) for leaving in self._edges), EDGE)
        at = 0
        for number, (node, leaving) in enumerate(zip(self._nodes, self._edges, strict=True)):
            nodes[number]["mover"], nodes[number]["start"] = node["mover"], at
            for fields in leaving:
                for name, value in fields.items():
                    edges[at][name] = value
                if "calm_const" not in fields:
                    edges[at]["calm_const"] = edges[at]["own_const"]
                at += 1
            nodes[number]["stop"] = at
        return Tree(nodes, edges, np.array([len(nodes), at]), np.array([root, END]))
