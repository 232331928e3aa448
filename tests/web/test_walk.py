"""A walk over every address of the demonstration: no error, no broken link, no place that is not there."""

import json
from collections import deque
from collections.abc import Callable, Iterator
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from flask import Flask
from lxml import html
from playwright.sync_api import Page

START = "/"
# What is served as it is, and what is not a page.
_FILES = ("/static/",)
_DOWNLOADS = (".docx", ".json", ".html", "/original")


def links(address: str, body: bytes) -> Iterator[tuple[str, str]]:
    """The addresses that a page leads to on this server, each with the place on it."""
    for element in html.fromstring(body).iter("a"):
        target = urljoin(address, element.get("href", ""))
        if urlsplit(target).netloc or not target.startswith("/"):
            continue
        path, place = urldefrag(target)
        yield path, unquote(place)


def walk(app: Flask) -> tuple[dict[str, set[str]], dict[str, set[tuple[str, str]]]]:
    """Return the places (ids) of each page, and for each address the pages and places that lead to it.

    Addresses with a query (filters, folds) are left out: they are without number.
    """
    client = app.test_client()
    places: dict[str, set[str]] = {}
    led: dict[str, set[tuple[str, str]]] = {START: {("", "")}}
    waiting = deque([START])
    while waiting:
        address = waiting.popleft()
        response = client.get(address, follow_redirects=True)
        came_from = sorted(led[address])[0][0]
        assert response.status_code == 200, f"{address} ({response.status_code}), led to from {came_from}"
        if response.mimetype == "application/json":
            json.loads(response.data)
        if response.mimetype != "text/html" or address.endswith(_DOWNLOADS):
            continue
        places[address] = set(html.fromstring(response.data).xpath("//@id"))
        for path, place in links(address, response.data):
            if path.startswith(_FILES) or "?" in path:
                continue
            if path not in led:
                led[path] = set()
                waiting.append(path)
            led[path].add((address, place))
    return places, led


@pytest.mark.slow
def test_every_address_of_the_demonstration_answers(demo: Flask) -> None:
    if demo.extensions["gcmtext_sessions"].kw["bind"].dialect.name != "sqlite":
        pytest.skip("one database is enough for links")
    places, led = walk(demo)
    assert len(places) > 1000, "every paragraph of every revision has an address"
    broken = [
        f"{address}#{place}, from {source}"
        for address, sources in led.items()
        for source, place in sources
        if place and address in places and place not in places[address]
    ]
    assert not broken, "links to places that are not there:\n" + "\n".join(broken[:20])


PAGES = (
    "/",
    "/new",
    "/seafarers",
    "/seafarers/rev-1",
    "/seafarers/rev-1/para/9-bis",
    "/seafarers/compare/zero-draft/final-draft",
    "/seafarers/lineage/rev-1/rev-2",
    "/seafarers/import",
    "/seafarers/no-such-revision",
)


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("width", [1280, 320])
def test_each_page_is_accessible_and_fits(
    page: Page, server: str, axe: Callable[[Page], None], address: str, width: int
) -> None:
    """320 px is a screen of 1280 px at 400 %."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(server + address)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
