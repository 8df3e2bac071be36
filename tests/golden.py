"""Golden texts: what is printed, kept as files that show a change as a readable difference.

``ESCALADE_GOLDEN=write pytest ...`` writes them anew; the difference is then read before it is committed.
"""

import difflib
import os
from pathlib import Path


def agrees(text: str, path: Path) -> str:
    """What differs between a text and its golden file, as a unified difference; empty if nothing does."""
    if os.environ.get("ESCALADE_GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    kept = path.read_text("utf-8") if path.is_file() else ""
    return "\n".join(difflib.unified_diff(kept.splitlines(), text.splitlines(), path.name, "now", lineterm=""))
