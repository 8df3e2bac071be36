"""Kernels: Numba functions with a cache that notices every change.

Numba stores compiled functions and compares only the file of the stored
function: edit a function that it calls in another file, and the old machine
code runs silently. So compiled kernels live in the user's cache folder, in a
subfolder named by a hash of *all* kernel sources, the Numba, NumPy and Python
versions and the processor. ``ESCALADE_NO_CACHE=1`` turns the cache off; a folder
that cannot be written, or a damaged file in it, costs one line of warning and a
compilation.

Importing this module imports Numba (a third of a second); it compiles nothing.
"""

from __future__ import annotations

import ast
import hashlib
import logging
import os
import platform
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy as np
import platformdirs
from llvmlite import binding as llvm
from numba.core import config
from numba.core.caching import FunctionCache
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import FunctionPass, register_pass
from numba.core.typed_passes import NopythonTypeInference

Function = TypeVar("Function", bound=Callable[..., Any])

PACKAGE = Path(__file__).parent
log = logging.getLogger(__name__)


def kernel(function: Function) -> Function:
    """The function, compiled on first use (``nogil``, IEEE division) and kept in the kernel cache.

    It may not allocate or slice arrays: Numba's reference counts are off, since counting
    costs more than the work itself where bundles of arrays are handed on (measured: three times).
    With ``NUMBA_DISABLE_JIT=1`` it stays the plain Python function.
    """
    return _compiled(function)


def kernel_allocating(function: Function) -> Function:
    """An outer kernel (see ``kernel_outer``) that may allocate and slice arrays: for entry points, not inner loops."""
    return _compiled(function, counted=True, pipeline_class=_Outer)


def kernel_outer(function: Function) -> Function:
    """A kernel that does little but call large ones.

    It is not optimised together with what it calls, which has been optimised
    already: else each level of calls costs the compiler another pass over
    everything below (measured: a third of all compilation, and nothing gained).
    """
    return _compiled(function, pipeline_class=_Outer)


def kernel_inline(function: Function) -> Function:
    """A kernel whose machine code becomes part of every caller's.

    For short functions called once per strike or edge: handing over a bundle of a
    dozen arrays costs more there than the work itself.
    """
    return _compiled(function, forceinline=True)


def _compiled(function: Function, *, counted: bool = False, **options: Any) -> Function:
    compiled: Any = numba.njit(nogil=True, error_model="numpy", _nrt=counted, no_cfunc_wrapper=True, **options)(
        function
    )
    if CACHE is not None and not config.DISABLE_JIT:
        with _numba_cache_at(CACHE):
            compiled._cache = _ForgivingCache(function)
    return cast("Function", compiled)


def is_compiled() -> bool:
    """Whether this version's kernels have been compiled on this machine before (else the first use takes a while)."""
    return CACHE is not None and any(CACHE.glob("*/*.nbc"))


def kernel_sources(package: Path) -> list[Path]:
    """Files of ``package`` whose text a compiled kernel may depend on, sorted.

    These are the files that import ``PACKAGE.jit`` at their top, as a decorator needs it, and whatever
    files of the package those import: constants become part of the machine code too.
    """
    found: set[Path] = set()
    begins = re.compile(rf"^(from|import) {re.escape(package.name)}\.jit\b", re.MULTILINE)
    waiting = [path for path in package.rglob("*.py") if begins.search(path.read_text("utf-8"))]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting.extend(_imported_files(path, package))
    return sorted(found)


def fingerprint(package: Path, surroundings: Iterable[str]) -> str:
    """Name of the cache subfolder: 32 hex digits of all kernel sources below ``package`` and of ``surroundings``."""
    digest = hashlib.sha256()
    for text in surroundings:
        digest.update(text.encode() + b"\0")
    for path in kernel_sources(package):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:32]


def cache_folder(root: Path) -> Path | None:
    """The writable folder of this version's compiled kernels below ``root``; ``None`` (and a warning) without one.

    ``None`` also when the environment sets ``ESCALADE_NO_CACHE`` to anything but nothing or 0.
    """
    if os.environ.get("ESCALADE_NO_CACHE", "0") not in ("", "0"):
        return None
    folder = root / "kernels" / fingerprint(PACKAGE, _surroundings())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        log.warning("kernels are compiled anew in every run: no kernel cache in %s (%s)", folder, error.strerror)
        return None
    return folder


def _imported_files(path: Path, package: Path) -> Iterator[Path]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            head, *rest = name.split(".")
            module = package.joinpath(*rest)
            if head == package.name and rest:
                yield from (file for file in (module.with_suffix(".py"), module / "__init__.py") if file.is_file())


def _surroundings() -> list[str]:
    """What machine code depends on besides the sources."""
    return [numba.__version__, np.__version__, platform.python_version(), platform.machine(), _processor()]


def _processor() -> str:
    return str(config.CPU_NAME or llvm.get_host_cpu_name())


@contextmanager
def _numba_cache_at(folder: Path) -> Iterator[None]:
    # Numba reads its setting when a function is decorated: ours is lent for that moment,
    # so that other Numba code in the process keeps its own cache.
    before, config.CACHE_DIR = config.CACHE_DIR, str(folder)
    try:
        yield
    finally:
        config.CACHE_DIR = before


class _ForgivingCache(FunctionCache):  # type: ignore[misc]  # Numba's classes are untyped
    """Numba's function cache; a damaged file in it costs a compilation, and the first one a warning."""

    warned = False

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        return self._or_forget(super().load_overload, sig, target_context)

    def save_overload(self, sig: Any, data: Any) -> Any:
        return self._or_forget(super().save_overload, sig, data)

    def _or_forget(self, action: Callable[..., Any], *arguments: Any) -> Any:
        try:
            return action(*arguments)
        except Exception as error:  # a damaged pickle may raise anything
            if not _ForgivingCache.warned:
                _ForgivingCache.warned = True
                reason = str(error).partition("\n")[0] or type(error).__name__
                log.warning("damaged kernel cache %s (%s): compiling anew", self.cache_path, reason)
            with suppress(OSError):
                self.flush()  # an empty index: the next compilation writes the damaged file again
            return None


@register_pass(mutates_CFG=False, analysis_only=False)
class _LeaveCallees(FunctionPass):  # type: ignore[misc]  # Numba's classes are untyped
    """Makes the function's library ahead of its lowering, one that skips the passes over all that is linked in."""

    _name = "escalade_leave_callees"

    def __init__(self) -> None:
        super().__init__()

    def run_pass(self, state: Any) -> bool:
        state.library = state.targetctx.codegen().create_library(state.func_id.func_qualname)
        state.library.enable_object_caching()
        state.library._optimize_final_module = lambda: None
        return True


class _Outer(CompilerBase):  # type: ignore[misc]  # Numba's classes are untyped
    """Numba's pipeline for machine code, with ``_LeaveCallees`` ahead of the lowering."""

    def define_pipelines(self) -> list[Any]:
        passes = DefaultPassBuilder.define_nopython_pipeline(self.state)
        passes.add_pass_after(_LeaveCallees, NopythonTypeInference)
        passes.finalize()
        return [passes]


CACHE = cache_folder(Path(platformdirs.user_cache_dir("escalade", appauthor=False)))
"""Where this version's compiled kernels are; ``None``: kept nowhere."""
