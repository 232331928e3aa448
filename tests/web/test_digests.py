"""How often one is told by e-mail: said on the page of one's account, or on that of the amendments."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from gcmtext.db import AuditEvent
from gcmtext.web.store import session

from .pages import page, words
from .signing_in import as_person

SignedIn = Callable[[str], FlaskClient]


@pytest.fixture
def signed_in(own_demo: Flask) -> SignedIn:
    return lambda name: as_person(own_demo.test_client(), name)


def chosen(client: FlaskClient) -> str:
    (value,) = page(client, "/account").xpath("//select[@name='told-seafarers']/option[@selected]/@value")
    assert client.get("/account.json").get_json()["told"] == (
        {} if value == "never" else {"seafarers": value}
    )
    return str(value)


def trail(app: Flask) -> list[tuple[str, object, object]]:
    with app.app_context():
        events = session().scalars(
            select(AuditEvent).where(AuditEvent.action == "account.use").order_by(AuditEvent.number)
        )
        return [(e.actor, e.before, e.after) for e in events if "told of seafarers" in (e.after or {})]


def test_it_is_chosen_on_the_account_and_is_in_the_trail(signed_in: SignedIn, own_demo: Flask) -> None:
    head = signed_in("head")
    assert chosen(head) == "never"
    for often in ("hourly", "daily", "daily", "never"):
        answer = head.post("/account/digests", data={"told-seafarers": often})
        assert answer.headers["Location"] == "/account?done=digests#page.digests"
        assert chosen(head) == often
    assert words(page(head, "/account?done=digests").find_class("done")[0]) == "Kept."
    assert [(before, after) for _, before, after in trail(own_demo)] == [
        ({"told of seafarers": before}, {"told of seafarers": after})
        for before, after in (("never", "hourly"), ("hourly", "daily"), ("daily", "never"))
    ]


def test_it_is_turned_on_and_off_beside_the_amendments(signed_in: SignedIn) -> None:
    head = signed_in("head")
    place = "/seafarers/amendments"
    (button,) = page(head, place).xpath("//form[@class='told']//button")
    assert (button.text, button.get("value")) == ("Tell me", "daily")
    assert head.post("/seafarers/digest", data={"often": "daily"}).headers["Location"] == place
    (button,) = page(head, place).xpath("//form[@class='told']//button")
    assert (button.text, button.get("value")) == ("Do not tell me any more", "never")
    assert chosen(head) == "daily"
    head.post("/seafarers/digest", data={"often": "never"})
    assert chosen(head) == "never"


@pytest.mark.parametrize(
    ("address", "field"), [("/seafarers/digest", "often"), ("/account/digests", "told-seafarers")]
)
def test_what_no_form_sends_is_refused_and_nothing_is_changed(
    signed_in: SignedIn, own_demo: Flask, address: str, field: str
) -> None:
    head = signed_in("head")
    answer = head.post(address, data={field: "each second"})
    assert answer.status_code == 422
    assert "never, hourly or daily" in answer.text
    assert chosen(head) == "never"
    assert own_demo.test_client().post(address, data={field: "daily"}).status_code == 403
    assert head.post("/lamps/digest", data={"often": "daily"}).status_code == 404
    assert trail(own_demo) == []


def test_each_chooses_for_themselves(signed_in: SignedIn) -> None:
    head, norway = signed_in("head"), signed_in("head.norway")
    head.post("/account/digests", data={"told-seafarers": "hourly"})
    assert (chosen(head), chosen(norway)) == ("hourly", "never")
