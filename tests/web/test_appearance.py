"""Light and dark."""

import pytest
from flask.testing import FlaskClient

from web.pages import page


def test_the_choice_is_there_on_the_first_paint(client: FlaskClient) -> None:
    assert page(client, "/").get("data-theme") is None
    answer = client.post("/appearance", data={"theme": "dark", "back": "/new?x=1"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/new?x=1")
    tree = page(client, "/")
    assert tree.get("data-theme") == "dark"
    assert tree.xpath("//button[@aria-pressed='true']/@value") == ["dark"]
    client.post("/appearance", data={"theme": ""})
    assert page(client, "/").get("data-theme") is None


def test_no_other_word_comes_from_the_cookie(client: FlaskClient) -> None:
    client.set_cookie("theme", 'dark"><script>')
    assert page(client, "/").get("data-theme") is None


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "", "/\n/x"]
)
def test_it_leads_to_no_other_site(client: FlaskClient, back: str) -> None:
    assert client.post("/appearance", data={"theme": "light", "back": back}).headers["Location"] == "/"
