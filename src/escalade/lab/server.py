"""The lab with a server: the same page, and a few questions that it may ask.

``GET /`` is the page. ``POST /solve`` solves exact crises of some worlds with levers moved; ``POST /story`` tells one
history and its twin; ``POST /why`` divides the effect among its reasons. Every question is JSON and carries a number
that its reply repeats. Work per question is bounded, and few questions are worked on at once.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from escalade.crisis.exact import LATTICE_POINTS
from escalade.errors import EscaladeError, UsageError
from escalade.lab.ask import chosen_policy, crises_of, lab_outcome
from escalade.lab.guard import Guard
from escalade.lab.setting import Setting, setting_from_data
from escalade.lab.solver import DRAGGING_POINTS, Solver
from escalade.study.results import StoredRun

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

MOST_WORLDS = 64
"""Worlds that one question may ask for."""

MOST_WAITING = 8
"""Questions that may wait for the one that is worked on."""


@dataclass(frozen=True)
class Lab:
    """What the server knows: a run, and its worlds under every policy."""

    run: StoredRun

    @cached_property
    def page(self) -> bytes:
        """The page."""
        from escalade.lab.bundle import bundle
        from escalade.lab.page import rendered

        return rendered(self.run, bundle(self.run, live=True)).encode()

    @cached_property
    def solver(self) -> Solver:
        """Solves crises anew."""
        return Solver(self.run)

    def solve(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """The outcome in some worlds under the policy (``one``) and the baseline (``other``), levers moved.

        asked : request, policy, levers, worlds (numbers of candidates), points
        Raises ``UsageError`` for anything that is not allowed.
        """
        setting = _setting(asked, "worlds", "points")
        policy, index = chosen_policy(self.run, setting.policy), self._worlds(asked.get("worlds"))
        points = asked.get("points")
        if points not in (DRAGGING_POINTS, LATTICE_POINTS) or isinstance(points, bool):
            raise UsageError(f"points are {DRAGGING_POINTS} or {LATTICE_POINTS}")
        both = self.solver.solve(policy, setting.levers, index, points)
        names = (policy, self.run.plan.scenario.baseline)
        sides = [self._outcome(name, values, index) for name, values in zip(names, both, strict=True)]
        return {"worlds": index.tolist(), "one": sides[0], "other": sides[1]}

    def _worlds(self, asked: Any) -> np.ndarray[Any, np.dtype[np.int64]]:
        count = crises_of(self.run).candidates
        if not isinstance(asked, list) or not 1 <= len(asked) <= MOST_WORLDS:
            raise UsageError(f"worlds are a list of 1 to {MOST_WORLDS} numbers")
        if not all(type(n) is int and 0 <= n < count for n in asked):
            raise UsageError(f"worlds are numbered from 0 to {count - 1}")
        return np.array(asked, dtype=np.int64)

    def _outcome(self, policy: str, values: Any, index: Any) -> dict[str, list[float]]:
        """Top of the outcome in every world, and bottom of a ratio."""
        from escalade.analysis.values import numerator
        from escalade.ensemble.tables import CrisisTable

        measure = lab_outcome(self.run).crisis
        assert measure is not None  # the outcome of a lab is known per crisis
        count = len(index)
        table = CrisisTable(crises_of(self.run).columns, {policy: values}, np.ones(count), np.ones(count, np.int64), {})
        found = {"top": numerator(table, policy, measure).tolist()}
        return found | ({"bottom": table.total(policy, measure.denominator).tolist()} if measure.denominator else {})

    def story(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """One history and its twin under a setting, as HTML. Raises as ``escalade.lab.stories.one_story`` does."""
        from escalade.lab.stories import one_story, story_html

        setting, turn = _setting(asked, "turn"), asked.get("turn", 0)
        if type(turn) is not int or not 0 <= turn < 1_000_000:
            raise UsageError("turn is a number from 0")
        return {"html": story_html(one_story(self.solver, setting, turn), self.run)}

    def why(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Reasons of the effect under a setting, on a few worlds, as HTML."""
        from escalade.lab.reasons import reasons_html, reasons_of

        return {"html": reasons_html(reasons_of(self.solver, _setting(asked)), self.run)}


def _setting(asked: Mapping[str, Any], *others: str) -> Setting:
    """The setting in a question. Raises ``UsageError`` if there are other things in it than allowed."""
    return setting_from_data({key: value for key, value in asked.items() if key not in ("request", *others)})


def application(lab: Lab, port: int) -> Guard:
    """The lab as an ASGI application, guarded, for one port of this machine."""
    from starlette.applications import Starlette
    from starlette.responses import Response
    from starlette.routing import Route

    from escalade.lab.page import content_policy

    desk = Desk()

    async def page(_: Request) -> Response:
        """The page, which may ask this server and nobody else."""
        headers = {"content-security-policy": f"{content_policy(True)}; frame-ancestors 'none'"}
        return Response(lab.page, media_type="text/html; charset=utf-8", headers=headers)

    async def nothing(_: Request) -> Response:
        """No picture for the browser's tab."""
        return Response(status_code=204)

    questions = {"/solve": lab.solve, "/story": lab.story, "/why": lab.why}
    routes = [Route("/", page), Route("/favicon.ico", nothing)]
    routes += [Route(path, desk.answering(answer), methods=["POST"]) for path, answer in questions.items()]
    return Guard(Starlette(routes=routes), port)


class Desk:
    """Works on one question at a time; a few may wait, more are sent away."""

    def __init__(self) -> None:
        self.thread = ThreadPoolExecutor(1)
        self.waiting = 0

    def answering(self, answer: Callable[[Mapping[str, Any]], dict[str, Any]]) -> Callable[[Request], Any]:
        """A route that answers a question of JSON with JSON."""

        async def route(request: Request) -> Response:
            """The answer with the number of its question, or what is wrong with it."""
            try:
                asked = _parsed(await request.body())
                if self.waiting >= MOST_WAITING:
                    return _json({"error": "busy with other questions; ask again"}, 503)
                self.waiting += 1
                try:
                    found = await asyncio.get_running_loop().run_in_executor(self.thread, answer, asked)
                finally:
                    self.waiting -= 1
            except UsageError as error:
                return _json({"error": str(error)}, 400)
            except EscaladeError as error:
                return _json({"error": str(error)}, 500)
            return _json({"request": asked.get("request"), **found})

        return route


def _parsed(body: bytes) -> dict[str, Any]:
    """A question. Raises ``UsageError`` if it is none."""
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        raise UsageError("a question is a JSON object") from None
    if not isinstance(asked, dict):
        raise UsageError("a question is a JSON object")
    number = asked.get("request")
    if type(number) is not int or not 0 <= number < 2**53:
        raise UsageError("a question has a request number")
    return asked


def _json(data: Mapping[str, Any], status: int = 200) -> Response:
    from starlette.responses import Response

    text = json.dumps(data, allow_nan=False, separators=(",", ":"))
    return Response(text, status_code=status, media_type="application/json")
