"""From link to link through the whole demonstration, as somebody who has not signed in.

Every address answers, every place on a page that is linked to is there, and of each kind of page one is
looked at with axe.
"""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urldefrag, urljoin, urlsplit, urlunsplit

import lxml.html
import pytest
from flask import Flask
from playwright.sync_api import Page
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

from web.conftest import check_accessibility


@dataclass
class Walk:
    """What was met.

    most: how many addresses of one kind are looked at. A kind is a page with the names of what is chosen on
    it, since choices can be combined in thousands of ways; if `each`, it is an address without them.
    places: by address, the names that can be linked to there; None where no page is.
    wanted: the addresses linked to, each with the places and the page where it was first seen.
    broken: what is wrong.
    """

    app: Flask
    most: int
    each: bool
    seen: Counter[object] = field(default_factory=Counter)
    places: dict[str, frozenset[str] | None] = field(default_factory=dict)
    wanted: dict[str, tuple[str, str]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def through(self, start: str) -> "Walk":
        """Walk from an address to all that can be reached from it."""
        client = self.app.test_client()
        waiting = deque([(start, "")])
        while waiting:
            address, found_on = waiting.popleft()
            kind = self._kind(address)
            if address in self.places or self.seen[kind] >= self.most:
                continue
            self.seen[kind] += 1
            answer = client.get(address, headers={"Accept": "text/html"})
            answer.close()
            self.places[address] = None
            if answer.status_code in (301, 302, 303, 308):
                waiting.append((urljoin(address, answer.headers["Location"]), found_on))
            elif answer.status_code != 200:
                self.broken.append(f"{address}, linked to from {found_on}, answers {answer.status_code}")
            elif answer.mimetype == "text/html" and "attachment" not in answer.headers.get(
                "Content-Disposition", ""
            ):
                tree = lxml.html.document_fromstring(answer.text)
                self.places[address] = frozenset(tree.xpath("//@id"))
                for link, place in self._links(tree, address):
                    self.wanted.setdefault(f"{link}#{place}", (link, address))
                    waiting.append((link, address))
        self.broken += [
            f"{wanted} is linked to from {found_on}, and there is no such place"
            for wanted, (link, found_on) in self.wanted.items()
            if (place := wanted.partition("#")[2])
            and (known := self.places.get(link)) is not None
            and place not in known
        ]
        return self

    def kinds(self) -> dict[str, str]:
        """Return the endpoints of the pages met, each with one address: the longest, which shows most."""
        found: dict[str, str] = {}
        for address, places in self.places.items():
            if places is not None:
                endpoint = self._endpoint(address)
                found[endpoint] = max(found.get(endpoint, ""), address, key=lambda a: ("?" not in a, len(a)))
        return found

    def _kind(self, address: str) -> object:
        names = frozenset(name for name, _ in parse_qsl(urlsplit(address).query))
        return (urlsplit(address).path if self.each else self._endpoint(address)), names

    def _endpoint(self, address: str) -> str:
        try:
            return str(self.app.url_map.bind("localhost").match(urlsplit(address).path)[0])
        except (NotFound, MethodNotAllowed, RequestRedirect):
            return ""

    def _links(self, tree: lxml.html.HtmlElement, address: str) -> Iterator[tuple[str, str]]:
        for link in tree.xpath("//a/@href | //link/@href | //script/@src | //*/@data-rows"):
            absolute, place = urldefrag(urljoin(address, link))
            parts = urlsplit(absolute)
            if parts.netloc == "localhost":
                absolute = urlunsplit(("", "", *parts[2:]))
            elif parts.netloc or parts.scheme:
                if parts.scheme not in ("data", "mailto"):
                    self.broken.append(f"{address} leads out of the house, to {link}")
                continue
            yield absolute, unquote(place)


def test_addresses_of_each_kind_answer_and_their_places_are_there(demo: Flask) -> None:
    walk = Walk(demo, most=8, each=False).through("/")
    assert not walk.broken, "\n".join(walk.broken[:20])
    assert len(walk.kinds()) > 5


@pytest.mark.slow
@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)  # the pages of PostgreSQL are walked by kind
def test_every_address_answers_and_every_place_is_there(demo: Flask) -> None:
    walk = Walk(demo, most=1, each=True).through("/")
    assert not walk.broken, "\n".join(walk.broken[:20])
    assert len(walk.places) > 1000


@pytest.mark.slow
@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)  # as that of the server
def test_one_page_of_each_kind_is_accessible(demo: Flask, page: Page, server: str) -> None:
    for address in Walk(demo, most=2, each=False).through("/").kinds().values():
        page.goto(server + address)
        check_accessibility(page)
