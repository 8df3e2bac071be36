"""The page of licences names what an installation brings, and no licence forbids to ship it."""

from __future__ import annotations

import re

from tools import licences

COPYLEFT = re.compile(r"\b(A?GPL|General Public|SSPL|EUPL)\b")


def test_every_dependency_of_the_package_is_listed() -> None:
    # Which packages a dependency needs changes with the version of Python; its own names do not.
    wanted = {requirement.lower() for requirement in licences.direct("escalade")}
    listed = set(re.findall(r"^\| ([a-z0-9-]+) \|", licences.PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert wanted <= listed
    assert wanted <= set(licences.needed("escalade"))


def test_every_licence_is_known_and_permissive() -> None:
    for name, package in licences.needed("escalade").items():
        stated = licences.licence(package)
        assert stated != licences.UNKNOWN, name
        assert not COPYLEFT.search(stated), f"{name}: {stated}"
