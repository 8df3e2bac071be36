"""The folder of a run: what lies where, and how it gets there whole or not at all.

    NAME.run/
        scenario.yaml        the scenario in canonical form
        manifest.json        what was asked for, and the software that computes it
        crisis-00000.parquet exact crises of 64 candidates (until all are there)
        worlds.parquet       all candidates: inputs, weight, multiplicity, exact crises
        part-00000.parquet   a block of histories, under every policy
        why-POLICY.parquet   exact crises of the drawn worlds under every combination of reasons, once asked for
        structure-POLICY.parquet
                             exact crises of some candidates under other structures, once asked for
        believed-KIND.parquet exact crises if only figures of that kind are believed; no rows if they are the run's own
        report.html

Every file is written under a temporary name, flushed to the disk and renamed, so
that a file with a proper name is a whole file. Each Parquet file carries its
origin in its metadata: a part of another run, or of another place in this one,
is never taken for what is missing. Nothing in the folder tells the time.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from escalade.errors import EscaladeError, UsageError

if TYPE_CHECKING:
    import polars as pl

SCENARIO, MANIFEST, WORLDS, REPORT = "scenario.yaml", "manifest.json", "worlds.parquet", "report.html"
TEMPORARY = ".tmp"
ORIGIN = "escalade"
"""Key of the origin in a Parquet file's metadata."""

DIGEST = "sha256"
"""Key of the checksum of a Parquet file's values: Parquet itself notices no changed byte."""

FORMAT = 1
"""Version of the folder's layout."""

Origin = Mapping[str, Any]
"""What identifies a run, as plain JSON: scenario hash, seed, design, policies."""


@dataclass(frozen=True)
class RunFolder:
    """The folder of one run."""

    path: Path

    def file(self, name: str) -> Path:
        """Path of one of its files."""
        return self.path / name

    def part(self, number: int) -> str:
        """Name of a part of the histories."""
        return f"part-{number:05d}.parquet"

    def crisis_chunk(self, number: int) -> str:
        """Name of a chunk of exact crises."""
        return f"crisis-{number:05d}.parquet"

    def exists(self) -> bool:
        """Whether a run was begun here."""
        return self.file(MANIFEST).is_file()

    def write(self, name: str, data: bytes) -> None:
        """Write a file so that it is there whole, even after a crash, or not at all.

        Raises ``EscaladeError`` if the disk does not take it.
        """
        temporary = self.file(name + TEMPORARY)
        try:
            with open(temporary, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(temporary, self.file(name))
        except OSError as error:
            raise EscaladeError(f"{self.file(name)} cannot be written: {error.strerror or error}") from error
        self._flush_names()

    def remove(self, name: str) -> None:
        """Remove a file if it is there."""
        self.file(name).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what a killed process left half written."""
        for path in self.path.glob("*" + TEMPORARY):
            path.unlink(missing_ok=True)

    def write_manifest(self, manifest: Mapping[str, Any]) -> None:
        """Write the manifest, with its keys in order."""
        self.write(MANIFEST, (json.dumps(manifest, indent=2, sort_keys=True, allow_nan=False) + "\n").encode())

    def manifest(self) -> dict[str, Any]:
        """The manifest. Raises ``UsageError`` if there is none, ``EscaladeError`` if it cannot be read."""
        try:
            content = json.loads(self.file(MANIFEST).read_text("utf-8"))
        except (FileNotFoundError, NotADirectoryError):
            raise UsageError(f"{self.path} is not the folder of a run; {_meant(self.path)}") from None
        except (OSError, ValueError) as error:
            raise EscaladeError(f"{self.file(MANIFEST)} cannot be read ({error})") from error
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            raise UsageError(f"{self.path} was written by another version of escalade")
        return content

    def write_frame(self, name: str, frame: pl.DataFrame, origin: Origin) -> None:
        """Write a table as Parquet, with its origin and a checksum in the metadata."""
        buffer = io.BytesIO()
        frame.write_parquet(buffer, compression="zstd", metadata={ORIGIN: _text(origin), DIGEST: _digest(frame)})
        self.write(name, buffer.getvalue())

    def read_frame(self, name: str, origin: Origin | None = None) -> pl.DataFrame | None:
        """A stored table, or ``None`` if it is missing, damaged, or not of that origin (if one is given)."""
        import polars as pl

        path = self.file(name)
        if not path.is_file():
            return None
        try:
            about = pl.read_parquet_metadata(path)
            if origin is not None and about.get(ORIGIN) != _text(origin):
                return None
            frame = pl.read_parquet(path)
            return frame if about.get(DIGEST) == _digest(frame) else None
        except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError):
            return None

    def _flush_names(self) -> None:
        """Make a rename outlive a power cut (POSIX; elsewhere the system sees to it)."""
        with suppress(OSError, AttributeError):
            handle = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _meant(path: Path) -> str:
    """Which run a user may have meant by a path that leads to none, or how to make one."""
    runs = sorted(manifest.parent.name for manifest in path.parent.glob(f"*/{MANIFEST}"))
    near = [name for name in runs if name == f"{path.name}.run"] or get_close_matches(path.name, runs, n=1)
    if near:
        return f"did you mean {path.parent / near[0]}?"
    return f"runs there: {', '.join(runs)}" if runs else "escalade run SCENARIO makes one"


def _text(origin: Origin) -> str:
    return json.dumps(origin, sort_keys=True, allow_nan=False)


def _digest(frame: pl.DataFrame) -> str:
    digest = hashlib.sha256()
    for column in frame:
        values = column.to_physical().to_numpy()
        digest.update(column.name.encode() + b"\0")
        # An array of texts holds their addresses in memory, which are never the same again.
        digest.update(repr(values.tolist()).encode() if values.dtype == object else values.tobytes())
    return digest.hexdigest()


def opened(path: Path, origin: Origin, manifest: Mapping[str, Any], scenario: str) -> RunFolder:
    """The folder at ``path``, made or found, for a run of that origin.

    Parameters
    ----------
    path
        Folder, made with its parents if missing.
    origin
        What identifies the run.
    manifest
        Written for a new run. It holds ``origin`` under the key ``run`` and the
        number of ``histories``. An earlier run of the same origin is gone on
        with, and its manifest is renewed where more histories are asked for.
    scenario
        Canonical text of the scenario.

    Raises ``UsageError`` if the folder holds another run, or more histories than
    are asked for, or files but no run.
    """
    folder = RunFolder(path)
    if folder.exists():
        before = folder.manifest()
        _require_same(before["run"], origin, path)
        if before["histories"] > manifest["histories"]:
            raise UsageError(
                f"{path} has {before['histories']} histories of every world, more than {manifest['histories']}: "
                f"ask for {before['histories']} or more, or give another folder with --out"
            )
    elif path.exists() and (not path.is_dir() or any(not _ours(file.name) for file in path.iterdir())):
        raise UsageError(f"{path} exists and is not a run: give another folder with --out")
    path.mkdir(parents=True, exist_ok=True)
    folder.sweep()
    folder.write(SCENARIO, scenario.encode())
    folder.write_manifest(manifest)
    return folder


def _ours(name: str) -> bool:
    """Whether a new run may have left this file before its manifest was there."""
    from escalade.ensemble.lock import NAME

    return name in (NAME, SCENARIO) or name.endswith(TEMPORARY)


WORDS = {
    "escalade": "version of escalade",
    "model": "code of the model",
    "scenario": "scenario",
    "seed": "seed",
    "candidates": "number of candidates",
    "worlds": "number of worlds",
    "policies": "set of policies",
}
"""What a user calls the parts of an origin."""

HASHES = ("model", "scenario")
"""Parts whose value tells people nothing."""


def _require_same(before: Mapping[str, Any], now: Origin, path: Path) -> None:
    """Raise ``UsageError`` naming every part in which a stored run differs from the one asked for."""
    changed = [
        f"{WORDS.get(key, key)}{'' if key in HASHES else _values(before.get(key), now.get(key))}"
        for key in sorted(before.keys() | now.keys())
        if before.get(key) != now.get(key)
    ]
    if changed:
        raise UsageError(
            f"{path} holds another run; it differs in {'; '.join(changed)}. "
            "Give another folder with --out, or remove this one"
        )


def _values(before: Any, now: Any) -> str:
    """The two values in words, where they are short enough to be told."""
    if isinstance(before, list) and isinstance(now, list):
        before, now = ", ".join(map(str, before)), ", ".join(map(str, now))
    texts = (str(before), str(now))
    return f" ({texts[0]} there, {texts[1]} now)" if max(map(len, texts)) < 60 else ""
