"""What ``escalade doctor`` looks at: one small function per thing, each to one frozen finding."""

from __future__ import annotations

import importlib
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from importlib import metadata, resources
from pathlib import Path

OLDEST = (3, 11)
"""Oldest Python that escalade runs on."""

GIGABYTE = 1e9
MEMORY_NEEDED = 2 * GIGABYTE
"""Bytes that a run with its first compilation wants; the compiler takes the most, about half of it."""

DISK_NEEDED, DISK_COMFORTABLE = 0.02 * GIGABYTE, 1 * GIGABYTE
"""Bytes of the smallest run, and of several large ones."""

LOADED = ("numba", "numpy", "polars")
"""Libraries with machine code of their own, which may be there and yet not load."""

ENTRY_KERNELS = ("exact._exact_crises", "simulate._simulate")
"""Kernels by module and name that a run calls: the crisis, and the years. What these call is compiled with them."""


class State(Enum):
    """How a thing stands: as it should, worth a look, or in the way of every run."""

    OK = "ok"
    LOOK = "look"
    FAIL = "fail"


@dataclass(frozen=True)
class Finding:
    """One thing: how it stands, what was found, and what to do about it (empty: nothing)."""

    name: str
    state: State
    found: str
    advice: str = ""


def checkup(folder: Path | None = None) -> tuple[Finding, ...]:
    """Every finding, those that can stop a run first. ``folder`` is where runs would be written: the current one."""
    checks: dict[str, Callable[[], Finding]] = {
        "Python": lambda: python(sys.version_info[:3]),
        "libraries": libraries,
        "data": data,
        "this folder": lambda: disk(folder or Path.cwd()),
        "memory": lambda: memory(memory_size()),
        "processor": lambda: processors(usable_processors()),
        "cache folder": cache,
        "model": kernels,
        "network": network,
        "terminal": lambda: terminal(sys.stdout.isatty(), shutil.get_terminal_size().columns, sys.stdout.encoding),
        "optional parts": extras,
    }
    return tuple(_found(name, check) for name, check in checks.items())


def _found(name: str, check: Callable[[], Finding]) -> Finding:
    """What a check found; that it could not look, if it raised: a doctor has to survive what ails the patient."""
    try:
        return check()
    except Exception as error:
        return Finding(name, State.LOOK, f"could not be looked at: {error}".partition("\n")[0])


def python(version: tuple[int, ...]) -> Finding:
    """Whether Python is new enough."""
    found = f"{'.'.join(map(str, version))}, {platform.system()} {platform.machine()}"
    if version < OLDEST:
        return Finding("Python", State.FAIL, found, f"Install Python {'.'.join(map(str, OLDEST))} or later.")
    return Finding("Python", State.OK, found)


def libraries() -> Finding:
    """Whether everything that escalade stands on is installed."""
    advice = "Install again: pip install --upgrade --force-reinstall escalade"
    missing = [name for name in _required("") if not _installed(name)]
    if missing:
        return Finding("libraries", State.FAIL, f"missing: {', '.join(missing)}", advice)
    for name in LOADED:
        try:
            importlib.import_module(name)
        except Exception as error:  # a broken library may raise anything
            return Finding("libraries", State.FAIL, f"{name} cannot be loaded: {error}".partition("\n")[0], advice)
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in LOADED)
    return Finding("libraries", State.OK, f"all there ({versions})")


def data() -> Finding:
    """Whether the data that ship with the package are there: scenarios, figures, schema, templates."""
    from escalade import facts
    from escalade.scenario import bundled_names

    package = resources.files("escalade")
    counts = {
        "bundled scenario": len(bundled_names()),
        "public figure": len(facts.all_facts()),
        "schema": _count(package / "schema", ".json"),
        "template": _count(package / "report" / "templates", ".html"),
    }
    found = ", ".join(f"{count} {name}{'s' * (count != 1)}" for name, count in counts.items())
    if not all(counts.values()):
        return Finding("data", State.FAIL, found, "The installation is damaged: pip install --force-reinstall escalade")
    return Finding("data", State.OK, found)


def disk(folder: Path) -> Finding:
    """Whether a run can be written to a folder: right to write, and room."""
    try:
        tempfile.TemporaryFile(dir=folder).close()
        free = shutil.disk_usage(folder).free
    except OSError as error:
        reason = error.strerror or str(error)
        return Finding("this folder", State.FAIL, f"cannot be written ({reason})", "Change to another folder.")
    found = f"writable, {_bytes(free)} free; a run takes 1 to 100 MB"
    if free < DISK_NEEDED:
        return Finding("this folder", State.FAIL, found, "Free some space, or change to another disk.")
    if free < DISK_COMFORTABLE:
        return Finding("this folder", State.LOOK, found, "Enough for a few runs; free some space before many.")
    return Finding("this folder", State.OK, found)


def memory(size: float | None) -> Finding:
    """Whether the machine's memory, in bytes (``None``: unknown), is enough for a run and its compilation."""
    if size is None:
        return Finding("memory", State.OK, f"size unknown; {_bytes(MEMORY_NEEDED)} are enough")
    if size < MEMORY_NEEDED:
        advice = "A run may become slow or be stopped by the system; close other programs, use --workers 1."
        return Finding("memory", State.LOOK, _bytes(size), advice)
    return Finding("memory", State.OK, _bytes(size))


def processors(count: int) -> Finding:
    """How many processors a run can use."""
    if count == 1:
        return Finding("processor", State.LOOK, "1 core", "Runs take their time; begin with --effort quick.")
    return Finding("processor", State.OK, f"{count} cores, all used by a run (--workers for fewer)")


def cache() -> Finding:
    """Whether compiled kernels can be kept from one run to the next."""
    from escalade import jit

    if jit.CACHE is not None:
        free = shutil.disk_usage(jit.CACHE).free
        return Finding("cache folder", State.OK, f"writable, {_bytes(free)} free: {jit.CACHE.parent}")
    if os.environ.get("ESCALADE_NO_CACHE", "0") not in ("", "0"):
        advice = "Every command compiles the model anew, for about a minute; unset ESCALADE_NO_CACHE to keep it."
        return Finding("cache folder", State.LOOK, "turned off by ESCALADE_NO_CACHE", advice)
    advice = (
        "Every command compiles the model anew, for about a minute; make the folder writable, or set XDG_CACHE_HOME."
    )
    return Finding("cache folder", State.LOOK, "cannot be written", advice)


def kernels() -> Finding:
    """Whether this version's model has been compiled on this machine."""
    from escalade import jit

    if jit.CACHE is None:
        return Finding("model", State.LOOK, "compiled anew by every command: it cannot be kept")
    there = [name for name in ENTRY_KERNELS if any(jit.CACHE.glob(f"*/{name}-*.nbc"))]
    if len(there) == len(ENTRY_KERNELS):
        return Finding("model", State.OK, "compiled for this version")
    found = "compiled in part" if there else "not yet compiled for this version"
    advice = "The first run does it, for about a minute; escalade doctor --compile does it now."
    return Finding("model", State.LOOK, found, advice)


def network() -> Finding:
    """That none is needed. Tests run every command with connections forbidden."""
    return Finding("network", State.OK, "never used: no command opens a connection")


def terminal(interactive: bool, columns: int, encoding: str) -> Finding:
    """Whether what is printed fits and can be read; ``columns`` is the terminal's width, ``encoding`` the output's."""
    colour = "without colour" if "NO_COLOR" in os.environ or not interactive else "with colour"
    where = f"{columns} columns, {colour}" if interactive else "none: output goes to a file or a program"
    found = f"{where}, {encoding}"
    if interactive and columns < 80:
        return Finding("terminal", State.LOOK, found, "Tables are 80 columns wide; widen the window.")
    if encoding.lower().replace("-", "") != "utf8":
        return Finding("terminal", State.LOOK, found, "Some letters may be replaced; set PYTHONUTF8=1 to see all.")
    return Finding("terminal", State.OK, found)


def extras() -> Finding:
    """Optional parts of the package, installed or not."""
    optional = [name for name in metadata.metadata("escalade").get_all("Provides-Extra") or [] if name != "dev"]
    missing = [name for name in optional if not all(_installed(each) for each in _required(name))]
    if missing:
        names = ", ".join(f"escalade[{name}]" for name in missing)
        return Finding("optional parts", State.OK, f"not installed, and needed for no run: {names}")
    return Finding("optional parts", State.OK, "none missing; any browser shows the report")


def _required(extra: str) -> Iterator[str]:
    """Names of the packages that escalade needs, or that one of its optional parts adds."""
    for line in metadata.requires("escalade") or []:
        name, _, condition = line.partition(";")
        if (f'extra == "{extra}"' in condition.replace("'", '"')) if extra else "extra" not in condition:
            yield name.split("[")[0].strip().split(">")[0].split("=")[0].split("<")[0].split("~")[0].strip()


def _installed(name: str) -> bool:
    with suppress(metadata.PackageNotFoundError):
        return bool(metadata.version(name))
    return False


def _count(folder: resources.abc.Traversable, suffix: str) -> int:
    """Files in a folder of the package whose names end so; none if there is no such folder."""
    return sum(file.name.endswith(suffix) for file in folder.iterdir()) if folder.is_dir() else 0


def usable_processors() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def memory_size() -> float | None:
    """Bytes of memory of the machine; ``None`` where the system does not tell."""
    if sys.platform == "win32":
        return _windows_memory()
    with suppress(AttributeError, ValueError, OSError):
        return float(os.sysconf("SC_PHYS_PAGES")) * os.sysconf("SC_PAGE_SIZE")
    return None


def _windows_memory() -> float | None:
    """Bytes of memory as Windows tells them (MEMORYSTATUSEX: two 32-bit words, then seven of 64 bits)."""
    import ctypes

    class Status(ctypes.Structure):
        _fields_ = [("length", ctypes.c_uint32), ("load", ctypes.c_uint32), ("sizes", ctypes.c_uint64 * 7)]

    status = Status(length=ctypes.sizeof(Status))
    with suppress(AttributeError, OSError):
        if ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):  # type: ignore[attr-defined]
            return float(status.sizes[0])
    return None


def _bytes(size: float) -> str:
    """A size as people read it."""
    for unit, word in ((1e9, "GB"), (1e6, "MB")):
        if size >= unit:
            return f"{size / unit:,.{1 if size < 10 * unit else 0}f} {word}"
    return f"{size / 1e3:,.0f} kB"
