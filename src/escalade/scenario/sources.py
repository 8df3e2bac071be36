"""Where scenarios come from: bundled ones by name, and files; nothing outside a scenario's own folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import resources
from pathlib import Path

from escalade.errors import Problem, ScenarioError
from escalade.scenario import limits
from escalade.scenario.paths import allowed, near, printable

SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True)
class Source:
    """A scenario's bytes: ``file`` is its name for users, ``folder`` where it lies (None: bundled, or no file)."""

    file: str
    content: bytes
    folder: Path | None = None
    bundled: bool = False


def bundled_names() -> tuple[str, ...]:
    """Names of the bundled scenarios, in alphabetical order."""
    folder = resources.files("escalade") / "scenarios"
    if not folder.is_dir():
        return ()
    return tuple(sorted(item.name.removesuffix(".yaml") for item in folder.iterdir() if item.name.endswith(".yaml")))


def locate(where: str | Path) -> Source:
    """The scenario that a user names: a bundled name, or the path of a file.

    Raises ``ScenarioError`` if there is none, or it cannot be read.
    """
    name = str(where)
    if isinstance(where, str) and name in bundled_names():
        return _bundled(name)
    path = Path(where)
    if path.is_file():
        return Source(name, _content(path, name), path.parent)
    names = bundled_names()
    if path.is_dir():
        raise _unreadable(name, "is a folder; allowed: the name of a bundled scenario, or a file that ends in .yaml")
    files = sorted(file.name for suffix in SUFFIXES for file in path.parent.glob(f"*{suffix}"))
    if path.suffix in SUFFIXES or len(path.parts) != 1:
        raise _unreadable(name, f"there is no such file{near(path.name, files)}")
    hint = _containing(name, names) or near(name, names) or _stem_of(name, files)
    raise _unreadable(name, f"there is no such scenario; bundled: {', '.join(names)}{hint}")


def _containing(part: str, names: Iterable[str]) -> str:
    """A question after the one name that holds a word, as Iran is in iran-june-2025; empty if none or several do."""
    found = [name for name in names if part.lower() in name]
    return f"; did you mean {found[0]}?" if len(found) == 1 and len(part) > 2 else ""


def _stem_of(name: str, files: Sequence[str]) -> str:
    """A question after the file whose name without its suffix may have been meant; empty if there is none."""
    by_stem = {Path(file).stem: file for file in files}
    found = get_close_matches(name, by_stem, n=1)
    return f"; did you mean {by_stem[found[0]]}?" if found else ""


def base_of(source: Source, name: str) -> Source:
    """The scenario that another one extends: bundled, or a file in the same folder.

    Raises ``ScenarioError`` with a sentence that says why not.
    """
    if not name.endswith(SUFFIXES):
        if name in bundled_names():
            return _bundled(name)
        raise ScenarioError(f"there is no bundled scenario {printable(name, 60)!r}; {_choices(name)}")
    if source.folder is None:
        raise ScenarioError(f"only a scenario in a file can extend a file; {_choices(name)}")
    path = source.folder / name
    # The name alone is judged first: nothing outside the folder is even looked at.
    if "\\" in name or Path(name).name != name or path.resolve().parent != source.folder.resolve():
        raise ScenarioError("lies outside the scenario's folder; allowed: a file in the same folder")
    if not path.is_file():
        raise ScenarioError(f"there is no file {printable(name, 60)!r} in the same folder; {_choices(name)}")
    shown = str(Path(source.file).with_name(name))
    return Source(shown, _content(path, shown), source.folder)


def _choices(name: str) -> str:
    names = bundled_names()
    return f"{allowed(names)}, or a .yaml file in the same folder{near(name, names)}"


def _bundled(name: str) -> Source:
    file = resources.files("escalade") / "scenarios" / f"{name}.yaml"
    return Source(f"{name}.yaml", file.read_bytes(), bundled=True)


def _content(path: Path, shown: str) -> bytes:
    try:
        with path.open("rb") as file:
            # One byte more than allowed is enough to refuse a file of any size.
            return file.read(limits.MAX_BYTES + 1)
    except OSError as error:
        raise _unreadable(shown, f"cannot be read: {error.strerror}") from None


def _unreadable(file: str, message: str) -> ScenarioError:
    return ScenarioError([Problem(printable(file), 0, 0, "", message)])
