"""Where pages offer to propose an amendment: beside each paragraph, to whoever may, while they are taken."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from gcmtext.db import Delegation, Role, RoleGrant
from gcmtext.db.engine import begin_write
from gcmtext.web.store import session

from .pages import add, page, queries, words
from .signing_in import as_person, as_role

TEXT = "/seafarers/final-draft"
NINE = f"{TEXT}/para/9"
COMPILED = f"{TEXT}/compilation?shown=all"
OFFERS = "//a[contains(@href, '/propose')]"
PAGES = (TEXT, NINE, COMPILED, f"{TEXT}/compilation", f"{NINE}/amendments")

SignedIn = Callable[[str], FlaskClient]


@pytest.fixture
def signed_in(own_demo: Flask) -> SignedIn:
    return lambda name: as_person(own_demo.test_client(), name)


def head_of_an_organization(app: Flask) -> FlaskClient:
    """Sign in as somebody who speaks for a delegation that amends nothing."""
    client = as_role(app.test_client(), Role.HEAD)
    with app.app_context():
        begin_write(session())
        imo = session().scalars(select(Delegation).where(Delegation.short_name == "IMO")).one()
        granted = session().scalars(
            select(RoleGrant).where(RoleGrant.delegation_id.is_(None), RoleGrant.role == Role.HEAD)
        )
        for grant in granted.all():
            grant.delegation_id = imo.id
        session().commit()
    return client


def call(client: FlaskClient, revision: str, **fields: str) -> int:
    address = f"/seafarers/{revision}/call"
    return client.post(address, data={"shown": "delegations", **fields}).status_code


@pytest.mark.parametrize("name", ["head", "delegate"])
def test_each_paragraph_offers_it_by_name(signed_in: SignedIn, name: str) -> None:
    client = signed_in(name)
    for address in (TEXT, COMPILED):
        tree = page(client, address)
        offers = tree.xpath(OFFERS)
        assert len(offers) == len(client.get(f"{TEXT}.json").get_json()["paragraphs"])
        assert {words(offer) for offer in offers} == {"Propose"}
        (nine,) = tree.xpath("//*[@aria-label='Propose a change to paragraph 9']/@href")
        assert nine == f"{NINE}/propose"
        assert words(page(client, nine).xpath("//h1")[0]) == "Propose an amendment"
    tree = page(client, COMPILED)
    assert tree.xpath("//div[@id='9']//a[@aria-label='Propose a change to paragraph 9']")
    assert "Propose a change to preambular paragraph 3" in [
        offer.get("aria-label") for offer in page(client, f"{TEXT}/compilation").xpath(OFFERS)
    ]


def test_the_page_of_a_paragraph_has_a_button(signed_in: SignedIn) -> None:
    tree = page(signed_in("head"), NINE)
    (button,) = tree.xpath("//a[contains(@class, 'main')]")
    assert words(button) == "Propose an amendment to paragraph 9"
    assert button.get("href") == f"{NINE}/propose"
    assert tree.xpath(f"//main//a[@href='{NINE}/amendments']")


def test_it_is_offered_to_nobody_else(signed_in: SignedIn, own_demo: Flask) -> None:
    others = [signed_in(name) for name in ("co-facilitator", "secretariat", "observer", "administrator")]
    for client in (own_demo.test_client(), head_of_an_organization(own_demo), *others):
        for address in PAGES:
            assert not page(client, address).xpath(OFFERS)


def test_it_is_not_offered_where_amendments_are_not_taken(signed_in: SignedIn) -> None:
    head, chair = signed_in("head"), signed_in("co-facilitator")
    for address in (
        "rev-1",
        "rev-1/para/9",
        "rev-1/compilation?shown=all",
        "zero-draft",
        "zero-draft/para/8",
    ):
        assert not page(head, f"/seafarers/{address}").xpath(OFFERS)
    assert call(chair, "final-draft", do="close") == 303
    for address in PAGES:
        assert not page(head, address).xpath(OFFERS)
    assert page(head, NINE).xpath(f"//main//a[@href='{NINE}/amendments']")


def test_rows_of_tables_and_other_languages_offer_it_too(signed_in: SignedIn, own_demo: Flask) -> None:
    head, chair = signed_in("head"), signed_in("co-facilitator")
    add(
        own_demo,
        "seafarers",
        "Annex",
        "# Lights\n\n| Tower | Height |\n|---|---|\n| North | 40 m |\n\n1. Keep it.\n",
    )
    add(
        own_demo, "seafarers", "Annex", "---\nlanguage: ar\n---\n# المنارات\n\n1. تُبقي الدول المنارة مضاءة.\n"
    )
    assert call(chair, "annex") == 303
    rows = page(head, "/seafarers/annex").xpath(f"//table[@class='rows']{OFFERS}")
    assert len(rows) == 2
    assert rows[1].get("aria-label") == "Propose a change to row “North | 40 m”"
    tree = page(head, "/seafarers/annex?language=ar")
    (offer,) = tree.get_element_by_id("1").xpath(f".{OFFERS}")
    assert offer.get("href") == "/seafarers/annex/para/1/propose?language=ar"
    assert offer.xpath("ancestor::*[@lang][1]/@lang") == ["en"]


def test_it_costs_one_query_however_many_paragraphs_there_are(signed_in: SignedIn, own_demo: Flask) -> None:
    head, observer = signed_in("head"), signed_in("observer")
    for address in (TEXT, NINE, COMPILED):
        assert queries(own_demo, address, head) <= queries(own_demo, address, observer) + 2
