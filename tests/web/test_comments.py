"""Comments on paragraphs and amendments: written, read by those they are for, answered, resolved; refused."""

from collections.abc import Callable
from urllib.parse import urldefrag

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import document_fromstring
from sqlalchemy import select
from werkzeug.test import TestResponse

from gcmtext.db import Delegation, Person, RoleGrant
from gcmtext.db.engine import begin_write
from gcmtext.web.store import session

from .pages import page, words
from .signing_in import LONG_AGO, as_person

NINE = "/seafarers/final-draft/para/9"
SHOWN = f"{NINE}/amendments"

SignedIn = Callable[[str], FlaskClient]


@pytest.fixture
def signed_in(own_demo: Flask) -> SignedIn:
    return lambda name: as_person(own_demo.test_client(), name)


def say(client: FlaskClient, text: str, audience: str = "delegations", **fields: str) -> TestResponse:
    return client.post(f"{NINE}/comments", data={"text": text, "audience": audience, **fields})


def threads(client: FlaskClient, address: str = SHOWN) -> list[str]:
    return [
        words(said)
        for said in page(client, address).xpath("//section[h2[@id='page.talk']]//div[@class='said']")
    ]


def test_each_audience_reads_what_is_meant_for_it(signed_in: SignedIn, own_demo: Flask) -> None:
    head = signed_in("head")
    for audience in ("own", "prepared", "delegations", "public"):
        assert say(head, f"Said to {audience}.", audience).status_code == 303
    readers = {
        name: signed_in(name)
        for name in ("head", "delegate", "co-facilitator", "secretariat", "head.norway", "observer")
    } | {"anybody": own_demo.test_client()}
    read = {
        name: [line.split()[2].rstrip(".") for line in threads(client)] for name, client in readers.items()
    }
    assert read == {
        "head": ["own", "prepared", "delegations", "public"],
        "delegate": ["own", "prepared", "delegations", "public"],
        "co-facilitator": ["prepared", "delegations", "public"],
        "secretariat": ["prepared", "delegations", "public"],
        "head.norway": ["delegations", "public"],
        "observer": ["delegations", "public"],
        "anybody": ["public"],
    }
    (own,) = page(head, SHOWN).xpath("//li[contains(., 'Said to own.')]/@id")
    key = own.removeprefix("comment-")
    assert head.get(f"/seafarers/comments/{key}").status_code == 302
    for name in ("co-facilitator", "head.norway", "anybody"):
        assert readers[name].get(f"/seafarers/comments/{key}").status_code == 404
        answer = readers[name].post(f"/seafarers/comments/{key}", data={"text": "I heard."})
        assert answer.status_code == 404
    for address in ("/seafarers/audit", "/seafarers/audit.jsonl"):
        with readers["co-facilitator"].get(address) as trail:
            assert key not in trail.text


def test_a_comment_is_answered_resolved_and_reopened(signed_in: SignedIn) -> None:
    head, norway = signed_in("head"), signed_in("head.norway")
    address, place = urldefrag(say(head, "Is *this* enough, @Norway?").location)
    thread = f"/seafarers/comments/{place.removeprefix('comment-')}"
    assert norway.post(thread, data={"text": "It is."}).status_code == 303
    assert ["It is." in line for line in threads(head, address)] == [False, True]
    assert page(head, address).xpath("//div[@class='said']//em[.='this']")
    assert norway.post(thread, data={"do": "resolve"}).status_code == 403
    assert head.post(thread, data={"do": "resolve"}).status_code == 303
    answer = norway.post(thread, data={"text": "One more thing."})
    assert answer.status_code == 409
    assert "One more thing." in answer.text
    assert signed_in("co-facilitator").post(thread, data={"do": "reopen"}).status_code == 303
    assert norway.post(thread, data={"text": "One more thing."}).status_code == 303


def test_stakeholders_stand_apart(signed_in: SignedIn) -> None:
    say(signed_in("observer"), "Crews ask for more.", "public")
    say(signed_in("head"), "Mexico listens.", "public")
    tree = page(signed_in("head.norway"), SHOWN)
    (apart,) = tree.xpath("//ol[contains(@class, 'apart')]")
    assert "Crews ask for more." in words(apart)
    assert "Mexico listens." not in words(apart)


def test_words_of_a_paragraph_are_quoted(signed_in: SignedIn) -> None:
    head = signed_in("head")
    assert say(head, "Is that so?", words="A fatigued crew").status_code == 303
    assert page(head, SHOWN).xpath("//q[.='A fatigued crew']")


def test_an_amendment_is_commented_on(signed_in: SignedIn) -> None:
    head = signed_in("head")
    listed = head.get("/seafarers/amendments.json").get_json()["amendments"]
    number = next(a["number"] for a in listed if a["proposal"]["kind"] == "change")
    form = page(head, f"/seafarers/amendments/{number}").xpath("//form[contains(@class, 'write')]")[0]
    data = {**dict(form.form_values()), "text": "We could go along with it."}
    answer = head.post(form.get("action"), data=data)
    assert answer.location.startswith(f"/seafarers/amendments/{number}#")
    assert head.post(form.get("action"), data=data).location == answer.location
    assert len(threads(head, f"/seafarers/amendments/{number}")) == 1


def test_a_comment_sent_again_with_other_words_is_another_one(signed_in: SignedIn) -> None:
    head = signed_in("head")
    for text in ("First thought.", "Second thought.", "Second thought."):
        assert say(head, text, nonce="one form").status_code == 303
    assert [line[:6] for line in threads(head)] == ["First ", "Second"]


def test_who_speaks_for_two_delegations_says_for_which(signed_in: SignedIn, own_demo: Flask) -> None:
    head = signed_in("head")
    with own_demo.app_context():
        begin_write(session())
        person = session().scalars(select(Person).where(Person.email == "head@example.org")).one()
        kenya = session().scalars(select(Delegation).where(Delegation.short_name == "Kenya")).one()
        session().add(
            RoleGrant(
                person_id=person.id,
                role="head",
                negotiation_id=kenya.negotiation_id,
                delegation_id=kenya.id,
                since=LONG_AGO,
            )
        )
        kenya_id = kenya.id
        session().commit()
    answer = say(head, "Between us.", "own")
    assert answer.status_code == 422
    assert "Choose the delegation for which you speak." in answer.text
    assert say(head, "Between us.", "own", delegation=str(kenya_id)).status_code == 303
    assert not threads(signed_in("delegate"))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": "  "}, "The comment is empty"),
        ({"text": "x" * 20_000}, "10,000 is the most: shorten it."),
        ({"text": "So?", "audience": "friends"}, "Choose who is to read the comment."),
        ({"text": "So?", "words": "lighthouses"}, "do not stand once in the paragraph"),
    ],
    ids=["empty", "long", "audience", "words"],
)
def test_what_is_refused_is_kept(signed_in: SignedIn, fields: dict[str, str], sentence: str) -> None:
    answer = say(signed_in("head"), **fields)
    assert answer.status_code == 422
    tree = document_fromstring(answer.text)
    assert sentence in words(tree.xpath("//*[@role='alert']")[0])
    assert tree.xpath("//textarea[@name='text']")[0].value == fields["text"]


def test_markup_is_text_and_strangers_do_not_comment(signed_in: SignedIn, own_demo: Flask) -> None:
    head = signed_in("head")
    say(head, "<script>alert(1)</script> [home](javascript:alert(1)) <b>bold</b>", "public")
    shown = own_demo.test_client().get(SHOWN).text
    assert "<script>alert" not in shown
    assert 'href="javascript' not in shown
    assert say(own_demo.test_client(), "Me too.").status_code == 403
