"""The site builds without a warning, and no page asks for anything outside."""

import subprocess
import sys
from html.parser import HTMLParser

import pytest

from tests.docs.fences import DOCS, pages


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The built site."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", str(DOCS), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


LOADS = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "audio": "src",
    "video": "src",
    "object": "data",
    "embed": "src",
}
"""Elements that a browser fetches something for, and the attribute that says what."""


class Requests(HTMLParser):
    """What a browser would fetch for a page, whatever a reader does not click on."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag in LOADS and given.get(LOADS[tag]):
            self.found.append(given[LOADS[tag]])
        if tag == "link" and "canonical" not in (given.get("rel") or ""):
            self.found.append(given.get("href") or "")


def outside(address: str) -> bool:
    return address.startswith(("http:", "https:", "//"))


def test_every_page_is_built_and_stays_inside(site):
    names = {page.relative_to(DOCS).with_suffix(".html").as_posix() for page in pages()}
    assert names <= {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    for path in site.rglob("*.html"):
        requests = Requests()
        requests.feed(path.read_text("utf-8"))
        assert [address for address in requests.found if outside(address)] == [], path
    for path in site.rglob("*.css"):
        style = path.read_text("utf-8").replace(" ", "")
        assert "@importurl(http" not in style, path
        assert "url(http" not in style, path
        assert "url(//" not in style, path


def test_requests_are_recognised():
    requests = Requests()
    requests.feed('<link rel="stylesheet" href="//x.css"><script src="https://x.js"></script><a href="https://y">y</a>')
    assert [outside(address) for address in requests.found] == [True, True]


def test_no_page_is_out_of_reach(site):
    """Every page stands in some table of contents (the build says so too), and the search finds it."""
    index = (site / "searchindex.js").read_text("utf-8")
    for page in pages():
        assert f'"{page.relative_to(DOCS).with_suffix("").as_posix()}"' in index, page
