"""The package as users get it."""

from __future__ import annotations

from pathlib import Path

import pytest

from verification import release


@pytest.mark.verify
def test_the_wheel_works_on_its_own_without_a_network(tmp_path: Path) -> None:
    wheel, sdist = release.build(tmp_path / "dist")
    assert not release.missing(wheel, sdist)
    release.use(release.install(wheel, tmp_path / "venv"), tmp_path / "work")


def test_one_file_of_every_kind_is_named() -> None:
    kinds = {Path(name).suffix for name in release.modules()} - {".py", ""}
    assert kinds <= {Path(name).suffix for name in release.SHIPPED} | {".css", ".html", ".js"}
    assert set(release.SHIPPED) <= release.modules()
