"""The pages of saved searches, over the demonstration."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from gcmtext.db import SavedSearch
from gcmtext.services.indexing import follow
from gcmtext.web.store import session

from .pages import page as read
from .pages import words
from .signing_in import as_person, sign_in


@pytest.fixture
def delegate(own_demo: Flask) -> FlaskClient:
    with own_demo.app_context():
        follow(session())
    return as_person(own_demo.test_client(), "delegate")


def save(
    client: FlaskClient, question: str = "q=seafarers&in=corpus&order=newest", name: str = "Crews"
) -> str:
    """Save a search; return its address."""
    answer = client.post("/search/saved", data={"question": question, "name": name})
    assert answer.status_code == 303, answer.text
    return answer.location


def test_a_search_gets_an_address_that_finds_the_same(delegate: FlaskClient) -> None:
    asked = "/search?q=seafarers&in=corpus&order=newest"
    offered = read(delegate, asked)
    form = offered.xpath("//form[@action='/search/saved']")[0]
    assert form.xpath(".//input[@name='name']/@value") == ["seafarers"]
    address = save(delegate, form.xpath(".//input[@name='question']/@value")[0])
    found = read(delegate, address)
    assert words(found.xpath("//h1")[0]) == "Crews"
    assert "Saved. This address stays." in words(found)
    hits = "//ol[@class='res']/li/p/a/@href"
    assert found.xpath(hits) == offered.xpath(hits) != []
    assert "Saved as Crews" in words(read(delegate, asked))
    after = found.xpath("//a[@rel='next']/@href")[0]
    assert after.startswith(address)
    assert read(delegate, after).xpath(hits) == read(delegate, f"{asked}&page=2").xpath(hits) != []
    listed = read(delegate, "/search").xpath("//section[@aria-labelledby='page.saved']")[0]
    assert re.search(r"Crews [\d,]+ paragraphs seafarers · Adopted documents", words(listed))
    assert (
        listed.xpath(".//a/@href")
        == [address]
        == read(delegate, "/search/saved").xpath("//main//li//a/@href")
    )


def test_the_same_as_json(delegate: FlaskClient) -> None:
    address = save(delegate)
    asked = delegate.get("/search.json?q=seafarers&in=corpus&order=newest").json
    assert asked is not None
    entry = {
        "name": "Crews",
        "address": address,
        "question": "q=seafarers&order=newest&in=corpus",
        "shown_to": None,
        "total": asked["total"],
        "new": 0,
    }
    listed = delegate.get("/search/saved.json").json["searches"]  # type: ignore[index]
    assert [{name: one[name] for name in entry} for one in listed] == [entry]
    found = delegate.get(f"{address}.json").json
    assert found is not None
    assert {name: found[name] for name in entry} == entry
    assert found["hits"] == asked["hits"]
    assert delegate.get(f"{address}.json?new=1").json["hits"] == []  # type: ignore[index]


def test_what_is_refused_stands_beside_the_field_and_is_kept(own_demo: Flask, delegate: FlaskClient) -> None:
    answer = delegate.post("/search/saved", data={"question": "q=seafarers", "name": "x" * 121})
    assert answer.status_code == 422
    assert "121 characters, and 120 are the most" in answer.text
    assert f'value="{"x" * 121}"' in answer.text
    assert '<details class="keep" open>' in answer.text
    assert delegate.post("/search/saved", data={"name": "Nothing"}).status_code == 422
    assert delegate.post("/search/saved", data={"name": "N", "question": "order=x&page=2"}).status_code == 422
    address = save(delegate)
    answer = delegate.post(address, data={"name": " ", "shown_to": ""})
    assert answer.status_code == 422
    assert "Give it a name" in answer.text
    answer = delegate.post(address, data={"name": "Crews", "shown_to": "1"})
    assert "Choose one of the delegations that you act for." in answer.text
    with own_demo.app_context():
        assert session().scalars(select(SavedSearch.name)).all() == ["Crews"]
    # A form sent twice saves once.
    assert save(delegate, name="Again") == address


def test_it_is_renamed_and_deleted_by_its_owner_alone(own_demo: Flask, delegate: FlaskClient) -> None:
    address = save(delegate)
    other = as_person(own_demo.test_client(), "observer")
    nobody = own_demo.test_client()
    for client, status in ((other, 404), (nobody, 403)):
        assert client.get(address).status_code == status
        assert client.get(f"{address}.json").status_code == status
        assert client.post(address, data={"name": "Theirs"}).status_code == status
        assert client.post(f"{address}/delete").status_code == status
        assert "Crews" not in client.get("/search").text
    delegate.post(address, data={"name": "Crew change"})
    assert "Crew change" in delegate.get("/search/saved").text
    answer = delegate.post(f"{address}/delete", follow_redirects=True)
    assert (
        "“Crew change” is deleted." in words(read(delegate, "/search/saved")) or "is deleted" in answer.text
    )
    assert delegate.get(address).status_code == 404
    with own_demo.app_context():
        assert session().scalar(select(func.count(SavedSearch.id))) == 0


def test_it_is_shown_to_the_delegation(own_demo: Flask, delegate: FlaskClient) -> None:
    address = save(delegate)
    head = as_person(own_demo.test_client(), "head")
    assert head.get(address).status_code == 404
    chosen = read(delegate, address).xpath("//select[@name='shown_to']/option[@value!='']/@value")
    delegate.post(address, data={"name": "Crews", "shown_to": chosen[0]})
    shown = read(head, address)
    assert "saved by" in words(shown)
    assert not shown.xpath("//details[@class='keep']")
    assert head.post(address, data={"name": "Ours"}).status_code == 403
    assert head.get("/search/saved.json").json["searches"][0]["name"] == "Crews"  # type: ignore[index]
    delegate.post(address, data={"name": "Crews", "shown_to": ""})
    assert head.get(address).status_code == 404


@pytest.mark.browser
def test_a_search_is_saved_found_again_and_deleted(
    page: Page, own_server: str, axe: Callable[[Page], None]
) -> None:
    sign_in(page, own_server, "delegate")
    page.goto(f"{own_server}/search")
    page.get_by_role("searchbox").fill("seafarers in:corpus")
    page.get_by_text("Save this search").click()
    expect(page.get_by_label("Name")).to_have_value("seafarers in:corpus")
    axe(page)
    page.get_by_label("Name").fill("Crews, in adopted documents")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Crews, in adopted documents")
    kept = page.url
    axe(page)
    page.get_by_text("Rename, show or delete").click()
    page.get_by_label("Name").fill("Crews")
    page.get_by_label("Who may open it besides you").select_option(index=1)
    axe(page)
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("status").first).to_have_text("Kept.")
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        for address in (kept, f"{own_server}/search", f"{own_server}/search/saved"):
            page.goto(address)
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    page.get_by_role("link", name="Crews").click()
    expect(page).to_have_url(kept)
    page.get_by_text("Rename, show or delete").click()
    page.get_by_role("button", name="Delete this saved search").click()
    expect(page.get_by_text("You have saved no search yet")).to_be_visible()
