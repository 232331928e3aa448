"""What the page of another site has a browser send is refused, wherever it is sent."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from applications import one
from flask import Flask

from gcmtext.settings import Settings
from gcmtext.web.forgery import without_token

from .test_rights_walk import FREE, address_of, routes

ELSEWHERE = {"Origin": "https://elsewhere.example"}
REFUSED = ("CSRF token is missing", "from the page of another site")


@pytest.fixture
def guarded(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An application of its own, with the tokens of forms, which other tests do without."""
    with one(Settings(tmp_path, database_url, "a key for tests")) as app:
        app.config["WTF_CSRF_ENABLED"] = True
        yield app


def test_no_route_takes_what_another_site_sends(guarded: Flask) -> None:
    client = guarded.test_client()
    sent = [address_of(route) for route, method, _ in routes(guarded) if method == "POST"]
    assert len(sent) > 40
    for address in (*sent, "/appearance"):
        answer = client.post(address, headers=ELSEWHERE)
        assert answer.status_code in (400, 403), address
        assert any(words in answer.text for words in REFUSED), address
    assert {"appearance.choose"} == FREE - {"static"}


def test_only_what_is_declared_is_taken_without_a_token_and_never_from_elsewhere(guarded: Flask) -> None:
    @guarded.post("/careless")
    def careless() -> str:
        return "taken"

    @guarded.post("/declared")
    @without_token
    def declared() -> str:
        return "taken"

    guarded.extensions["csrf"].exempt(careless)  # the way of Flask-WTF is no way here
    client = guarded.test_client()
    assert [client.post("/careless").status_code, client.post("/declared").status_code] == [400, 200]
    assert client.post("/declared", headers=ELSEWHERE).status_code == 403
    assert client.post("/declared", headers={"Origin": "null"}).status_code == 403
    assert client.post("/declared", headers={"Origin": "http://localhost"}).text == "taken"


def test_few_routes_take_anything_without_a_token(app: Flask) -> None:
    free = {name for name, view in app.view_functions.items() if getattr(view, "is_without_token", False)}
    assert free == {"appearance.choose", "beginnings.start_new_json", "imports.read_json"}
