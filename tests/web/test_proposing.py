"""The form in which amendments are proposed and edited: what it makes and refuses; nothing is lost."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring
from werkzeug.test import TestResponse

from .pages import page, words
from .signing_in import as_person, as_role

NINE = "/seafarers/final-draft/para/9"
PROPOSE = f"{NINE}/propose"
WORDS = "The interests of trade and those of the people who carry it are one."

SignedIn = Callable[[str], FlaskClient]


@pytest.fixture
def signed_in(own_demo: Flask) -> SignedIn:
    return lambda name: as_person(own_demo.test_client(), name)


@pytest.fixture
def head(signed_in: SignedIn) -> FlaskClient:
    return signed_in("head")


def send(client: FlaskClient, do: str, address: str = PROPOSE, **fields: str) -> TestResponse:
    """Send the form as it is on the page, with what is typed."""
    form = page(client, address).xpath("//form[@class='propose']")[0]
    given = {**dict(form.form_values()), "kind": "change", **fields, "do": do}
    return client.post(form.get("action"), data=given)


def tree(answer: TestResponse, status: int = 200) -> HtmlElement:
    assert answer.status_code == status, answer.text[:2000]
    return document_fromstring(answer.text)


def said(answer: TestResponse, status: int = 422) -> str:
    """Return the sentence of what is refused."""
    (notice,) = tree(answer, status).xpath("//*[@role='alert']")
    return words(notice)


def typed(answer: TestResponse) -> str:
    return str(document_fromstring(answer.text).xpath("//textarea[@name='text']")[0].value)


def made(client: FlaskClient, answer: TestResponse) -> dict[str, object]:
    """Return the amendment to which an answer leads."""
    assert answer.status_code == 303, answer.text[:2000]
    found: dict[str, object] = client.get(f"{answer.location}.json").get_json()
    return found


@pytest.mark.parametrize(
    ("kind", "fields", "shown"),
    [
        ("change", {"text": WORDS}, "Change paragraph 9"),
        ("delete", {}, "Delete paragraph 9"),
        ("insert-after", {"text": WORDS}, "New paragraph after paragraph 9"),
        ("insert-before", {"text": WORDS}, "New paragraph before paragraph 9"),
        ("alternative", {"text": WORDS}, "Alternative to paragraph 9"),
        ("move", {"to": "12"}, "Move paragraph 9 before paragraph 12"),
        (
            "split",
            {"text": "The interests do not diverge.\n\nA fatigued crew is a danger."},
            "Split paragraph 9",
        ),
        ("merge", {"text": WORDS, "bases": "10"}, "Merge paragraph 10 into paragraph 9"),
        ("reserve", {"words": "in touch with home"}, "Reserve on paragraph 9"),
        ("retain", {"words": ""}, "Retain paragraph 9"),
    ],
)
def test_each_kind_is_proposed_and_submitted(
    head: FlaskClient, own_demo: Flask, kind: str, fields: dict[str, str], shown: str
) -> None:
    answer = send(head, "submit", kind=kind, **fields)
    found = made(head, answer)
    assert (found["state"], found["delegation"]) == ("submitted", "Mexico")
    assert isinstance(found["proposal"], dict)
    assert found["proposal"]["kind"] == kind
    anybody = own_demo.test_client()
    assert shown in words(page(anybody, answer.location))
    assert shown in words(page(anybody, "/seafarers/amendments"))
    compiled = anybody.get("/seafarers/final-draft/compilation.json").text
    assert "Mexico" in compiled


def test_a_preview_shows_the_redline_and_keeps_nothing(head: FlaskClient) -> None:
    before = head.get("/seafarers/amendments.json").get_json()
    answer = send(head, "preview", text=WORDS, rationale="One sentence is enough.")
    shown = tree(answer).xpath("//*[@data-shown]")[0]
    assert words(shown.xpath(".//ins")[-1]).endswith("one")
    assert shown.xpath(".//del")
    assert typed(answer) == WORDS
    assert "One sentence is enough." in answer.text
    assert head.get("/seafarers/amendments.json").get_json() == before
    assert (
        len(page(head, "/seafarers/amendments").xpath("//h3[@id='page.drafts']/following-sibling::ul[1]/li"))
        == 2
    )


def test_the_redline_of_what_is_typed_is_given_to_the_script(head: FlaskClient) -> None:
    answer = head.post(f"{NINE}/redline", data={"kind": "change", "text": WORDS})
    assert answer.status_code == 200
    assert "<ins>" in answer.text
    assert "<html" not in answer.text
    answer = head.post(f"{NINE}/redline", data={"kind": "split", "text": WORDS})
    assert "Set a blank line" in answer.text


def test_a_draft_is_kept_edited_submitted(head: FlaskClient, own_demo: Flask) -> None:
    answer = send(head, "draft", text=WORDS)
    draft = made(head, answer)
    assert (draft["state"], draft["number"]) == ("draft", None)
    assert own_demo.test_client().get(answer.location).status_code == 404
    page(head, answer.location)
    edited = send(head, "submit", f"{answer.location}/edit", text=WORDS.replace("one", "the same"))
    found = made(head, edited)
    assert (found["state"], found["edition"]) == ("submitted", 2)


def test_a_delegate_drafts_and_what_was_typed_stays_when_submitting_is_refused(signed_in: SignedIn) -> None:
    delegate = signed_in("delegate")
    form = page(delegate, PROPOSE)
    assert not form.xpath("//button[@value='submit']")
    assert "the head of your delegation submits them" in words(form)
    answer = send(delegate, "submit", text=WORDS, rationale="It is shorter.")
    assert "You have no role" in said(answer, 403)
    assert typed(answer) == WORDS
    assert "It is shorter." in answer.text
    assert made(delegate, send(delegate, "draft", text=WORDS))["state"] == "draft"


def test_an_edit_of_an_older_edition_shows_both_and_loses_nothing(signed_in: SignedIn) -> None:
    head, delegate = signed_in("head"), signed_in("delegate")
    draft = send(head, "draft", text=WORDS).location
    older = dict(page(head, f"{draft}/edit").xpath("//form[@class='propose']")[0].form_values())
    theirs = WORDS.replace("one", "never apart")
    assert send(delegate, "draft", f"{draft}/edit", text=theirs).status_code == 303
    mine = WORDS.replace("one", "the same")
    answer = head.post(f"{draft}/edit", data={**older, "text": mine, "do": "draft"})
    assert "has edited this amendment meanwhile" in said(answer, 409)
    assert typed(answer) == mine
    assert theirs in words(tree(answer, 409).xpath("//section[h2[@id='page.theirs']]")[0])
    assert head.get(f"{draft}.json").get_json()["proposal"]["text"] == theirs
    again = dict(tree(answer, 409).xpath("//form[@class='propose']")[0].form_values())
    saved = made(head, head.post(f"{draft}/edit", data={**again, "do": "draft"}))
    assert isinstance(saved["proposal"], dict)
    assert (saved["proposal"]["text"], saved["edition"]) == (mine, 3)


def test_a_form_sent_twice_makes_one_amendment(head: FlaskClient) -> None:
    form = page(head, PROPOSE).xpath("//form[@class='propose']")[0]
    given = {**dict(form.form_values()), "kind": "change", "text": WORDS, "do": "submit"}
    first, second = (head.post(form.get("action"), data=given) for _ in range(2))
    assert first.location == second.location
    assert made(head, second)["edition"] == 1


def test_a_form_sent_again_with_other_words_loses_none_of_them(head: FlaskClient) -> None:
    """As who goes back in the browser, goes on typing and sends it once more."""
    form = page(head, PROPOSE).xpath("//form[@class='propose']")[0]
    given = {**dict(form.form_values()), "kind": "change", "text": WORDS}
    first = head.post(form.get("action"), data={**given, "do": "draft"})
    other = WORDS.replace("one", "the same")
    found = made(head, head.post(form.get("action"), data={**given, "text": other, "do": "submit"}))
    assert isinstance(found["proposal"], dict)
    assert (found["proposal"]["text"], found["state"]) == (other, "submitted")
    assert made(head, first)["state"] == "draft"


def test_an_edit_sent_again_with_other_words_shows_both(head: FlaskClient) -> None:
    draft = send(head, "draft", text=WORDS).location
    given = dict(page(head, f"{draft}/edit").xpath("//form[@class='propose']")[0].form_values())
    first, second = WORDS.replace("one", "the same"), WORDS.replace("one", "alike")
    assert head.post(f"{draft}/edit", data={**given, "text": first, "do": "draft"}).status_code == 303
    answer = head.post(f"{draft}/edit", data={**given, "text": second, "do": "draft"})
    assert typed(answer) == second
    assert first in words(tree(answer, 409).xpath("//section[h2[@id='page.theirs']]")[0])


def test_what_stands_in_the_way_of_submitting_is_no_edit_of_somebody_else(head: FlaskClient) -> None:
    number = made(head, send(head, "submit", text=WORDS))["number"]
    draft = send(head, "draft", text=WORDS.replace("one", "the same")).location
    answer = send(head, "submit", f"{draft}/edit", text=WORDS.replace("one", "alike"))
    assert f"in amendment {number}: edit or withdraw that one." in said(answer, 409)
    assert not tree(answer, 409).xpath("//section[h2[@id='page.theirs']]")
    again = dict(tree(answer, 409).xpath("//form[@class='propose']")[0].form_values())
    kept = made(head, head.post(f"{draft}/edit", data={**again, "do": "draft"}))
    assert isinstance(kept["proposal"], dict)
    assert (kept["proposal"]["text"], kept["edition"]) == (WORDS.replace("one", "alike"), 2)


def test_what_was_drafted_is_not_shown_to_others_once_it_is_submitted(
    head: FlaskClient, own_demo: Flask
) -> None:
    new = {"kind": "insert-after"}
    draft = send(head, "draft", text="Our bottom line.", rationale="Between us.", **new).location
    shown = send(head, "submit", f"{draft}/edit", text=WORDS, rationale="It is shorter.", **new).location
    assert "Our bottom line." in head.get(shown).text
    for address in (shown, f"{shown}.json"):
        said = own_demo.test_client().get(address).text
        assert "Our bottom line." not in said
        assert "Between us." not in said


REFUSED: list[tuple[str, dict[str, str], str]] = [
    ("change", {}, "The proposed text is the text of the revision: change it, or propose to retain it."),
    ("change", {"text": " "}, "The proposed text is empty: write it, or propose to delete the paragraph."),
    ("change", {"text": "on board " * 120_000}, "more than 30,000 characters: shorten it."),
    ("insert-after", {"text": ""}, "does not say what is needed for that."),
    ("split", {"text": WORDS}, "Set a blank line where the paragraph is to be split."),
    ("merge", {"text": WORDS}, "Name the paragraphs that are to be merged with this one."),
    ("move", {"to": "10"}, "The proposed text is the text of the revision"),
    ("move", {"to": "99 bis"}, "99 bis"),
    ("reserve", {"words": "the"}, "stand in it"),
    ("reserve", {"words": "anchors"}, "do not stand in the paragraph"),
]


def test_what_cannot_stand_is_refused_with_a_sentence_and_kept(head: FlaskClient) -> None:
    for kind, fields, sentence in REFUSED:
        answer = send(head, "submit", kind=kind, **fields)
        assert sentence in said(answer)
        if "text" in fields:
            assert typed(answer) == fields["text"]
        assert tree(answer, 422).xpath(f"//input[@value='{kind}']/@checked")


@pytest.mark.parametrize("do", ["preview", "redline"])
def test_a_megabyte_is_not_compared(head: FlaskClient, do: str) -> None:
    fields = {"kind": "change", "text": "on board " * 120_000, "do": "preview"}
    answer = head.post(PROPOSE if do == "preview" else f"{NINE}/redline", data=fields)
    assert "shorten it" in answer.text


def test_markup_and_control_characters_are_text(head: FlaskClient) -> None:
    text = "<script>alert(1)</script> & <b>home</b>\x00\x07\u202e, {{ 7 * 7 }} on  board."
    answer = send(head, "submit", text=text, rationale="<img src=x onerror=alert(1)>")
    found = made(head, answer)
    assert isinstance(found["proposal"], dict)
    assert "\x00" not in str(found["proposal"]["text"])
    assert "\x07" not in str(found["proposal"]["text"])
    for address in (answer.location, "/seafarers/final-draft/compilation", f"{NINE}/amendments"):
        shown = head.get(address).text
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert "&lt;script&gt;" in shown
    assert page(head, answer.location).xpath("//*[contains(text(), '{{ 7 * 7 }}')]")


def test_a_revision_that_is_no_longer_open_says_where_to_go(head: FlaskClient) -> None:
    shown = page(head, "/seafarers/rev-1/para/6/propose", 409)
    assert "propose them on Final draft instead" in words(shown)
    assert shown.xpath("//main//a[@href='/seafarers/final-draft']")
    (delegation,) = page(head, PROPOSE).xpath("//input[@name='delegation']/@value")
    fields = {"kind": "change", "text": WORDS, "do": "submit", "delegation": delegation}
    answer = head.post("/seafarers/rev-1/para/6/propose", data=fields)
    assert "propose them on Final draft instead" in said(answer, 409)
    assert typed(answer) == WORDS


def test_a_delegation_has_one_text_for_a_paragraph(head: FlaskClient) -> None:
    number = made(head, send(head, "submit", text=WORDS))["number"]
    answer = send(head, "submit", kind="delete")
    assert f"in amendment {number}: edit or withdraw that one." in said(answer, 409)


def test_an_amendment_is_amended(head: FlaskClient, signed_in: SignedIn) -> None:
    number = made(head, send(head, "submit", text=WORDS))["number"]
    other = signed_in("head.norway")
    address = f"{PROPOSE}?amends={number}"
    form = page(other, address)
    assert words(form.xpath("//h1")[0]) == f"Amend amendment {number}"
    assert form.xpath("//textarea[@name='text']")[0].value == WORDS
    answer = send(other, "submit", address, text=WORDS.replace("one", "the same"))
    assert f"It amends amendment {number}." in words(page(head, answer.location))
    assert "Amended by" in words(page(head, f"/seafarers/amendments/{number}"))


@pytest.mark.parametrize("name", ["co-facilitator", "secretariat", "observer"])
def test_who_acts_for_no_state_does_not_propose(signed_in: SignedIn, name: str) -> None:
    client = signed_in(name)
    assert "propose amendments for a State" in words(page(client, PROPOSE, 403))
    answer = client.post(PROPOSE, data={"kind": "delete", "do": "submit"})
    assert answer.status_code == 403


def test_who_has_not_signed_in_is_led_there(own_demo: Flask) -> None:
    shown = page(own_demo.test_client(), PROPOSE, 403)
    assert shown.xpath("//main//a[contains(@href, '/sign-in')]")


def test_an_amendment_of_others_is_not_edited(signed_in: SignedIn) -> None:
    for name in ("head", "co-facilitator"):
        client = signed_in(name)
        assert client.get("/seafarers/amendments/120/edit").status_code == 403
        answer = client.post("/seafarers/amendments/120/edit", data={"kind": "delete", "do": "submit"})
        assert answer.status_code == 403
    draft = send(signed_in("head.norway"), "draft", text=WORDS).location
    assert signed_in("head").get(f"{draft}/edit").status_code == 404
    assert as_role(signed_in("head"), "administrator").get(draft).status_code == 404
