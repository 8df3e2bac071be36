"""Make the pictures of the README: ``python tools/readme_pictures.py RUN [FOLDER]``.

RUN is the folder of a finished run whose report is there; FOLDER is ``docs/pictures``
unless given. Needs the system's Chromium and the ``dev`` dependencies. Two pictures are
written: the report's first screen, and the quarrel in which a told pair of twins parts.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
FIRST_SCREEN, TWIN = "first-screen.png", "told-twin.png"

WIDTH = 940
"""Pixels across: what a README shows."""

AROUND = 1
"""Steps of a story that are shown before and after the one at which the paths part."""

SHORTEN = """
(around) => {
  const tables = [...document.querySelectorAll('#stories article > .twins')];
  const shown = tables.at(-1);
  const rows = [...shown.tBodies[0].rows];
  const at = rows.findIndex(row => row.classList.contains('parts'));
  const quarrel = rows.findLastIndex((row, k) => k <= at && row.classList.contains('crisis'));
  rows.forEach((row, k) => {
    const near = Math.abs(k - at) <= around;
    row.hidden = !(k === quarrel || near || k === rows.length - 1);
  });
  shown.id = 'shown';
}
"""
"""Keeps the heading of the last story's quarrel, the steps around its parting, and its end."""


def main(arguments: Sequence[str]) -> int:
    """Make both pictures and print where they are; 2 if RUN has no report or there is no browser."""
    if not 1 <= len(arguments) <= 2:
        print(__doc__)
        return 2
    report = Path(arguments[0]) / "report.html"
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not report.is_file() or browser is None:
        print(f"{report} is not there" if browser else "there is no Chromium", file=sys.stderr)
        return 2
    folder = Path(arguments[1]) if len(arguments) == 2 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    photograph(report, browser, folder)
    return 0


def photograph(report: Path, browser: str, folder: Path) -> None:
    """Both pictures of a report, taken by a browser; of a report without stories the first one only."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        page = chromium.new_page(viewport={"width": WIDTH, "height": 1000}, color_scheme="light")
        page.goto(report.resolve().as_uri())
        _first_screen(page, folder / FIRST_SCREEN)
        if page.locator("#stories").count():
            page.evaluate(SHORTEN, AROUND)
            _taken(page.locator("#shown").screenshot(), folder / TWIN)
        chromium.close()


def _first_screen(page: Page, path: Path) -> None:
    """From the top of the page to the end of its first row of pictures."""
    card = page.locator(".card").first.bounding_box()
    bottom = 1000.0 if card is None else card["y"] + card["height"] + 16
    page.set_viewport_size({"width": WIDTH, "height": round(bottom)})
    _taken(page.screenshot(), path)


def _taken(picture: bytes, path: Path) -> None:
    path.write_bytes(picture)
    print(f"{path}: {len(picture) / 1024:.0f} KiB")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
