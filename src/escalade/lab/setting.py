"""A setting of the lab: what a user has changed, how it travels in a link, and how it is checked.

A link ends in ``#lab=d.TEXT`` (deflated) or ``#lab=p.TEXT`` (plain), TEXT being base64url of JSON: version, name and
hash of the scenario, and the differences from the run as it was opened, nothing else.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from escalade.errors import UsageError

VERSION = 1
"""Version of links."""

LONGEST = 65_536
"""Characters that a link may have, and bytes that it may unfold to."""

MOST_CHANGES = 512
"""Ranges, and levers, that a setting may hold."""

MARK = "#lab="

Lever = float | Mapping[str, float]
"""A new value, or ``{"times": x}`` of what is there, as in the changes of a policy."""


@dataclass(frozen=True)
class Setting:
    """What a user has changed.

    policy : id of the policy that is compared with the baseline; None for the scenario's focus
    narrow : lowest and highest value still held possible, by key of the input
    levers : changes of the scenario by dotted path, as a variant has them under ``changes``
    """

    policy: str | None = None
    narrow: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    levers: Mapping[str, Lever] = field(default_factory=dict)


@dataclass(frozen=True)
class Link:
    """A setting with the scenario that it belongs to: its name, and the beginning of its hash."""

    scenario: str
    hash: str
    setting: Setting


def setting_from_data(data: Any) -> Setting:
    """A setting from plain JSON values. Raises ``UsageError`` for anything that is not one."""
    if not isinstance(data, dict) or not set(data) <= {"policy", "narrow", "levers"}:
        raise UsageError("a setting has policy, narrow and levers, and nothing else")
    policy, narrow, levers = data.get("policy"), data.get("narrow", {}), data.get("levers", {})
    if policy is not None and not isinstance(policy, str):
        raise UsageError("the policy of a setting is its id")
    for name, changes in (("narrow", narrow), ("levers", levers)):
        if not isinstance(changes, dict) or len(changes) > MOST_CHANGES:
            raise UsageError(f"{name} of a setting is a mapping with at most {MOST_CHANGES} entries")
    return Setting(
        policy,
        {str(key): _range(str(key), value) for key, value in narrow.items()},
        {str(path): _lever(str(path), value) for path, value in levers.items()},
    )


def _range(key: str, value: Any) -> tuple[float, float]:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise UsageError(f"{key[:80]}: a range is two numbers, lowest and highest")
    return _number(key, value[0]), _number(key, value[1])


def _lever(path: str, value: Any) -> Lever:
    if isinstance(value, dict):
        if set(value) != {"times"}:
            raise UsageError(f"{path[:80]}: a lever is a number, or times and a number")
        return {"times": _number(path, value["times"])}
    return _number(path, value)


def _number(what: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not -1e15 <= value <= 1e15:
        raise UsageError(f"{what[:80]}: not a number of any use")
    if not math.isfinite(value):
        raise UsageError(f"{what[:80]}: not a finite number")
    return float(value)


def setting_data(setting: Setting) -> dict[str, Any]:
    """A setting as plain JSON values, without what is not changed."""
    data: dict[str, Any] = {} if setting.policy is None else {"policy": setting.policy}
    if setting.narrow:
        data["narrow"] = {key: list(ends) for key, ends in setting.narrow.items()}
    if setting.levers:
        data["levers"] = dict(setting.levers)
    return data


def to_fragment(link: Link) -> str:
    """The end of an address that opens the lab at a setting."""
    whole = {"v": VERSION, "s": link.scenario, "h": link.hash, **setting_data(link.setting)}
    text = json.dumps(whole, separators=(",", ":"), allow_nan=False, ensure_ascii=False).encode()
    press = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = press.compress(text) + press.flush()
    return f"{MARK}d.{base64.urlsafe_b64encode(packed).decode().rstrip('=')}"


def from_fragment(address: str) -> Link:
    """The setting that an address, or the end of one, leads to.

    Raises ``UsageError`` if it holds none, is damaged, too long, or of a later version.
    """
    _, mark, packed = address.partition(MARK)
    kind, _, text = packed.partition(".")
    if not mark or kind not in ("d", "p") or len(text) > LONGEST:
        raise UsageError(f'this is no link to the lab: it must hold "{MARK}d." or "{MARK}p." and some letters')
    try:
        data = json.loads(_unpacked(text, kind == "d"))
        version, name, digest = data.pop("v"), data.pop("s"), data.pop("h")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, zlib.error, binascii.Error):
        raise UsageError("this link to the lab is damaged: copy it once more, whole") from None
    if version != VERSION or not isinstance(name, str) or not isinstance(digest, str):
        raise UsageError(f"this link to the lab is of version {version!s:.20}; this escalade knows version {VERSION}")
    return Link(name, digest, setting_from_data(data))


def _unpacked(text: str, deflated: bool) -> bytes:
    raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if not deflated:
        return raw
    press = zlib.decompressobj(-zlib.MAX_WBITS)
    plain = press.decompress(raw, LONGEST)
    if press.unconsumed_tail:
        raise ValueError("unfolds to too much")
    return plain
