"""The review of a lineage in the browser's terms: pages and forms."""

import re
from collections import Counter

import lxml.html
import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import HtmlElement

from web.pages import long_text, queries, take
from web.signing_in import as_role

STEP = ("rev-1", "rev-2")


@pytest.fixture
def client(own_demo: Flask) -> FlaskClient:
    return as_role(own_demo.test_client(), "co-facilitator")


@pytest.fixture
def slug(client: FlaskClient) -> str:
    (found,) = client.get("/index.json").get_json()["negotiations"]
    return str(found["name"])


@pytest.fixture
def address(slug: str) -> str:
    return f"/{slug}/lineage/{STEP[0]}/{STEP[1]}"


def page(client: FlaskClient, address: str, status: int = 200) -> HtmlElement:
    answer = client.get(address)
    assert answer.status_code == status, answer.text[:2000]
    return lxml.html.document_fromstring(answer.text)


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def questions(tree: HtmlElement) -> list[str]:
    return [str(identity) for identity in tree.xpath("//article/@id")]


def button(question: HtmlElement, key: str) -> tuple[str, str]:
    """What the button for a key sends, and where to."""
    (found,) = question.xpath(f".//button[@data-press='{key}']")
    return found.get("value"), found.get("formaction")


def send(
    client: FlaskClient, address: str, decision: str, *, seen: int = 0, by: str = "A. Keeper", **more: str
) -> HtmlElement:
    as_role(client, "co-facilitator", by)
    answer = client.post(address, data={"seen": seen, "decision": decision, **more})
    if answer.status_code == 302:
        return page(client, answer.location)
    tree = lxml.html.document_fromstring(answer.text)
    tree.set("data-status", str(answer.status_code))
    return tree


def test_a_question_has_both_texts_the_evidence_in_words_and_alternatives(
    client: FlaskClient, address: str
) -> None:
    tree = page(client, address)
    question = tree.xpath("//article")[0]
    assert re.search(r"The program is \d+ % sure\. Of the old words \d+ % are kept", words(question))
    old, new = question.xpath(".//div[@class='side']")
    assert old.xpath(".//p[@class='text']")
    assert new.xpath(".//ins")
    choices = question.xpath(".//ol[@class='choices']/li")
    assert choices
    for number, choice in enumerate(choices, 1):
        assert choice.xpath(f".//button[@data-press='{number}']")
        assert re.search(r"\d+ % of the words in common", words(choice))
    assert Counter(tree.xpath("//@id")).most_common(1)[0][1] == 1


def test_a_doubt_that_is_confirmed_leaves_the_list(client: FlaskClient, slug: str, address: str) -> None:
    tree = page(client, address)
    before = questions(tree)
    value, action = button(tree.xpath("//article")[0], "y")
    after = send(client, action, value, reason="The words are the same.")
    assert questions(after) == before[1:]
    assert "Stored:" in words(after.xpath("//section[@role='status']")[0])
    (made,) = after.xpath("//ul[@class='made']/li")
    assert "A. Keeper" in words(made)
    assert "The words are the same." in words(made)
    doubtful = page(client, f"/{slug}/compare/{STEP[0]}/{STEP[1]}").xpath("//a[@class='in-doubt']/@href")
    assert not any(mark.endswith(f"#{before[0]}") for mark in doubtful)
    assert "You decide as A. Keeper." in words(after.xpath("//form[@id='page.decide']")[0])


def test_what_is_unlinked_is_new_and_gone_everywhere(client: FlaskClient, slug: str, address: str) -> None:
    comparison = f"/{slug}/compare/{STEP[0]}/{STEP[1]}.json"
    overall = f"/{slug}/compare/zero-draft/{STEP[1]}.json"
    before = client.get(comparison).get_json()
    overall_before = client.get(overall).get_json()
    value, action = button(page(client, address).xpath("//article")[0], "u")
    _, old, new = value.split()
    send(client, action, value)
    after = client.get(comparison).get_json()
    assert set(after["deleted"]) - set(before["deleted"]) == set(map(int, old.split(",")))
    assert set(after["inserted"]) - set(before["inserted"]) == set(map(int, new.split(",")))
    assert client.get(overall).get_json()["links"] != overall_before["links"]


def test_an_alternative_is_chosen(client: FlaskClient, address: str) -> None:
    tree = page(client, address)
    value, action = button(tree.xpath("//article")[0], "1")
    send(client, action, value)
    lineage = client.get(f"{address}.json").get_json()
    _, old, new = value.split()
    chosen = [link for link in lineage["links"] if link["old"] == [int(old)]]
    assert [(link["new"], link["confidence"]) for link in chosen] == [([int(new)], 1.0)]


def test_the_next_question_follows(client: FlaskClient, address: str) -> None:
    tree = page(client, address)
    first, second = questions(tree)[:2]
    value, action = button(tree.xpath("//article")[0], "y")
    answer = client.post(action, data={"seen": 0, "decision": value})
    assert answer.location.endswith(f"#{second}")
    assert tree.xpath(f"//article[@id='{first}']//a[@data-press='s']/@href") == [f"#{second}"]


def test_a_correction_is_taken_back_by_another(client: FlaskClient, address: str) -> None:
    tree = page(client, address)
    before = questions(tree)
    value, action = button(tree.xpath("//article")[0], "u")
    after = send(client, action, value)
    (take_back,) = after.xpath("//section[@role='status']//button/@value")
    again = send(client, address, take_back, seen=1, by="B. Keeper")
    assert questions(again) == before
    corrections = client.get(f"{address}.json").get_json()["corrections"]
    assert [(c["verb"], c["by"], c["holds"]) for c in corrections] == [
        ("unlink", "A. Keeper", False),
        ("withdraw", "B. Keeper", False),
    ]


def test_any_link_is_corrected_by_label(client: FlaskClient, address: str) -> None:
    after = send(client, address, "typed link", old="6", new="7, 8")
    assert "6 became 7, 8" in words(after.xpath("//section[@role='status']")[0])
    after = send(client, address, "typed deleted", old="9", new="", seen=1)
    assert "9 was deleted" in words(after.xpath("//section[@role='status']")[0])
    lineage = client.get(f"{address}.json").get_json()
    assert [c["verb"] for c in lineage["corrections"]] == ["link", "deleted"]


@pytest.mark.parametrize(
    ("decision", "more", "sentence"),
    [
        ("typed link", {"old": "999", "new": "7"}, "There is no paragraph “999” in Rev.1"),
        ("typed link", {"old": "(a)", "new": "7"}, "“(a)” stands"),
        ("typed link", {"old": "6", "new": ""}, "paragraphs on both sides"),
        ("typed link", {"old": "6, 7", "new": "7, 8"}, "not both at once"),
        ("link 1 9999", {}, "There is no such paragraph"),
        ("withdraw 1 1", {}, "no such decision to take back"),
        ("link 1", {}, "press one of the buttons"),
        ("typed split", {}, "press one of the buttons"),
        ("link x y", {}, "press one of the buttons"),
        ("", {}, "press one of the buttons"),
    ],
)
def test_what_is_refused_is_shown_again_with_the_reason(
    client: FlaskClient, address: str, decision: str, more: dict[str, str], sentence: str
) -> None:
    tree = send(client, address, decision, reason="Read both.", **more)
    assert tree.get("data-status") == "422"
    assert sentence in words(tree.xpath("//section[@role='alert']")[0])
    kept = {name: tree.xpath(f"//input[@name='{name}']/@value") for name in ("reason", "old", "new")}
    expected = {"reason": "Read both.", "old": "", "new": ""} | more
    assert kept == {name: [value] for name, value in expected.items()}
    assert client.get(f"{address}.json").get_json()["corrections"] == []


@pytest.mark.parametrize(("role", "status"), [("delegate", 403), ("secretariat", 302)])
def test_those_who_conduct_the_negotiation_decide(
    own_demo: Flask, address: str, role: str, status: int
) -> None:
    client = as_role(own_demo.test_client(), role)
    tree = page(client, address)
    assert bool(tree.xpath("//button[@name='decision']")) is (status == 302)
    assert client.post(address, data={"decision": "typed link", "old": "6", "new": "7"}).status_code == status


def test_who_has_not_signed_in_reads_and_is_refused(own_demo: Flask, address: str) -> None:
    client = own_demo.test_client()
    tree = page(client, address)
    assert tree.xpath("//article")
    assert not tree.xpath("//form[@id='page.decide'] | //button[@name='decision']")
    answer = client.post(address, data={"decision": "typed link", "old": "6", "new": "7"})
    assert answer.status_code == 403
    assert "Sign in to do this: correct the lineage." in answer.text


def test_whoever_comes_second_sees_what_the_first_decided_and_loses_nothing(
    client: FlaskClient, address: str
) -> None:
    send(client, address, "typed link", old="6", new="7", by="B. Keeper", reason="Seen first.")
    tree = send(client, address, "typed unlink", old="9", new="10", reason="Read both.")
    assert tree.get("data-status") == "409"
    alert = words(tree.xpath("//section[@role='alert']")[0])
    assert "B. Keeper has corrected this lineage meanwhile" in alert
    assert "6 became 7" in alert
    assert "Seen first." in alert
    assert tree.xpath("//input[@name='reason']/@value") == ["Read both."]
    (value,) = tree.xpath("//section[@role='alert']//button/@value")
    (seen,) = tree.xpath("//input[@name='seen']/@value")
    after = send(client, address, value, seen=int(seen), old="9", new="10", reason="Read both.")
    assert "9 did not become 10" in words(after.xpath("//section[@role='status']")[0])


def test_between_revisions_that_do_not_follow_each_other_there_are_steps(
    client: FlaskClient, slug: str
) -> None:
    tree = page(client, f"/{slug}/lineage/zero-draft/rev-1")
    steps = tree.xpath("//ul[@class='made']/li/a/@href")
    assert steps == [
        f"/{slug}/lineage/zero-draft/zero-draft-plus",
        f"/{slug}/lineage/zero-draft-plus/rev-1",
    ]
    given = client.get(f"/{slug}/lineage/zero-draft/rev-1.json").get_json()
    assert given == {"steps": [["zero-draft", "zero-draft-plus"], ["zero-draft-plus", "rev-1"]]}
    refused = send(client, f"/{slug}/lineage/zero-draft/rev-1", "link 1 1")
    assert refused.get("data-status") == "409"


@pytest.mark.parametrize(
    ("rest", "status"), [("rev-1/rev-9", 404), ("rev-2/rev-1", 422), ("rev-1/rev-1", 422)]
)
def test_what_is_not_there(client: FlaskClient, slug: str, rest: str, status: int) -> None:
    page(client, f"/{slug}/lineage/{rest}", status)
    assert client.get(f"/{slug}/lineage/{rest}.json").get_json()["error"]


def test_json_holds_the_whole_lineage(client: FlaskClient, address: str) -> None:
    lineage = client.get(f"{address}.json").get_json()
    olds = [i for link in lineage["links"] for i in link["old"]] + lineage["deleted"]
    news = [j for link in lineage["links"] for j in link["new"]] + lineage["inserted"]
    assert sorted(olds) == list(range(len(olds)))
    assert sorted(news) == list(range(len(news)))
    assert lineage["algorithm"].startswith("align")
    assert lineage["doubts"][0]["alternatives"]


def test_a_form_without_its_token_is_refused(own_demo: Flask, address: str) -> None:
    own_demo.config["WTF_CSRF_ENABLED"] = True
    client = as_role(own_demo.test_client(), "co-facilitator")
    answer = client.post(address, data={"seen": 0, "decision": "link 1 1"})
    assert answer.status_code == 400


def test_queries_do_not_grow_with_the_text(app: Flask) -> None:
    few = take(app, "few", long_text(20), long_text(20, 5))
    many = take(app, "many", long_text(700), long_text(700, 5))
    for rest in ("", ".json"):
        one, other = (f"/{slug}/lineage/rev-1/rev-2{rest}" for slug in (few, many))
        assert queries(app, one) == queries(app, other) <= 20
