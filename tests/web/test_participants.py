"""Who takes part, who has which role, what is shown to whom, what was done: pages and forms."""

import csv
import io
import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring
from werkzeug.test import TestResponse

from gcmtext.services.permissions import RULES

from .pages import page, queries, words
from .signing_in import as_role

HOME = "/seafarers"


@pytest.fixture
def reader(demo: Flask) -> FlaskClient:
    return demo.test_client()


@pytest.fixture
def secretariat(own_demo: Flask) -> FlaskClient:
    return as_role(own_demo.test_client(), "secretariat")


def send(client: FlaskClient, address: str, **fields: str) -> TestResponse:
    return client.post(HOME + address, data=fields)


def wrong(answer: TestResponse) -> str:
    return " ".join(words(p) for p in document_fromstring(answer.text).find_class("wrong"))


def row(tree: HtmlElement, name: str) -> str:
    (found,) = tree.xpath(f"//tr[th[normalize-space()='{name}']]")
    return " ".join(words(cell) for cell in found)


def test_delegations_stand_by_kind_and_groups_with_chair_and_members(reader: FlaskClient) -> None:
    tree = page(reader, f"{HOME}/participants")
    assert [words(h) for h in tree.xpath("//section//h2")] == [
        "States",
        "Groups",
        "Observers",
        "Intergovernmental organizations",
        "United Nations entities",
        "Stakeholders",
    ]
    assert row(tree, "African Group") == "African Group Nigeria Egypt, Kenya, Nigeria"
    stakeholders = words(tree.xpath("//section[@aria-labelledby='kind.stakeholder']")[0])
    assert "Round Table of Ship Managers" in stakeholders
    assert "Harbour Chaplaincies" not in stakeholders
    assert not tree.xpath("//main//form")
    given = reader.get(f"{HOME}/participants.json").get_json()["participants"]
    (group,) = (d for d in given if d["address"] == "african-group")
    assert [(t["address"], t["chairs"]) for t in group["members"]] == [
        ("egypt", False),
        ("egypt", True),
        ("kenya", False),
        ("nigeria", True),
        ("nigeria", False),
    ]


def test_a_state_has_its_names_in_six_languages(reader: FlaskClient) -> None:
    tree = page(reader, f"{HOME}/participants/marshall-islands")
    assert "马绍尔群岛" in words(tree)
    names = reader.get(f"{HOME}/participants/marshall-islands.json").get_json()["names"]
    assert set(names) == {"ar", "en", "es", "fr", "ru", "zh"}
    assert "Group of 77 and China" in words(tree)
    for missing in ("harbour-chaplaincies-network", "nobody"):
        page(reader, f"{HOME}/participants/{missing}", 404)


def test_a_delegation_is_added_changed_and_joins_a_group(secretariat: FlaskClient) -> None:
    answer = send(secretariat, "/participants", kind="state", code="GH")
    assert answer.location == f"{HOME}/participants/ghana"
    answer = send(secretariat, "/participants", kind="state", code="GH", short_name="Ghana")
    assert answer.status_code == 409
    assert wrong(answer) == "Ghana is there already: it takes part, or is on the list."
    assert document_fromstring(answer.text).xpath("//input[@name='short_name']/@value") == ["Ghana"]
    african = "/participants/african-group"
    answer = send(secretariat, f"{african}/members", member="ghana", since="2026-05-01", **{"as": "chair"})
    assert wrong(answer) == "Nigeria chairs African Group in that time: say first when that ends."
    answer = send(secretariat, f"{african}/members", member="ghana", since="2026-05-01")
    assert answer.status_code == 303
    answer = send(secretariat, f"{african}/members", member="ghana", since="tomorrow")
    assert (answer.status_code, wrong(answer)) == (422, "tomorrow is no date: write it as 2027-01-29.")
    answer = send(
        secretariat,
        "/participants/ghana",
        kind="state",
        code="GH",
        name="Republic of Ghana",
        short_name="Ghana",
    )
    assert answer.status_code == 303
    tree = page(secretariat, f"{HOME}/participants/ghana")
    assert "State, Republic of Ghana GH" in words(tree)
    assert row(tree, "African Group") == "African Group member 1 May 2026 as long as it lasts"
    (leave,) = page(secretariat, HOME + african).xpath("//tr[th[contains(., 'Ghana')]]//form/@action")
    assert secretariat.post(leave, data={"until": "2026-06-01"}).status_code == 303
    assert "1 June 2026" in row(page(secretariat, f"{HOME}/participants/ghana"), "African Group")


def test_who_only_takes_part_changes_nothing(own_demo: Flask) -> None:
    client = as_role(own_demo.test_client(), "observer")
    assert not page(client, f"{HOME}/participants").xpath("//main//form")
    for address in ("/participants", "/participants/mexico", "/accreditation", "/roles", "/visibility"):
        assert send(client, address).status_code == 403
    assert not page(client, f"{HOME}/accreditation").xpath("//main//form")
    assert not page(client, f"{HOME}/roles").xpath("//main//form")


def test_a_name_is_put_on_the_list_and_withdrawn(secretariat: FlaskClient) -> None:
    answer = send(
        secretariat, "/accreditation", name="Lamp Makers", about="They make lamps.", deadline="2026-01-01"
    )
    assert (answer.status_code, wrong(answer)) == (
        422,
        "The deadline is over: give States time to look at the list.",
    )
    assert document_fromstring(answer.text).xpath("//input[@name='about']/@value") == ["They make lamps."]
    assert send(secretariat, "/accreditation", name="Lamp Makers", deadline="2099-01-01").status_code == 303
    answer = send(secretariat, "/accreditation/lamp-makers", outcome="accredited")
    assert (answer.status_code, "cannot be accredited yet" in wrong(answer)) == (409, True)
    assert send(secretariat, "/accreditation/lamp-makers", outcome="withdrawn").status_code == 303
    names = secretariat.get(f"{HOME}/accreditation.json").get_json()["names"]
    outcomes = {name["address"]: name["outcome"] for name in names}
    assert outcomes == {
        "consolidated-crewing-agencies": "not accredited",
        "harbour-chaplaincies-network": None,
        "institute-for-the-law-of-crews": None,
        "lamp-makers": "withdrawn",
        "round-table-of-ship-managers": "accredited",
    }
    assert send(secretariat, "/accreditation/nobody", outcome="withdrawn").status_code == 404
    answer = send(
        secretariat, "/accreditation/harbour-chaplaincies-network/objection", state="norway", basis="No."
    )
    assert answer.status_code == 403


def test_roles_are_given_and_revoked(secretariat: FlaskClient) -> None:
    answer = send(secretariat, "/roles", email="nobody@example.org", role="delegate")
    assert (answer.status_code, wrong(answer)) == (
        422,
        "Nobody signs in with this address: invite them first.",
    )
    answer = send(secretariat, "/roles", email="delegate.kenya@example.org", role="head")
    assert wrong(answer) == "Say for which delegation."
    answer = send(secretariat, "/roles", email="delegate.kenya@example.org", role="head", **{"for": "kenya"})
    assert answer.status_code == 303
    tree = page(secretariat, f"{HOME}/roles")
    found = tree.xpath("//tr[th[contains(., 'Grace Otieno')]]")
    assert [words(r.xpath("./td[1]")[0]) for r in found] == ["Head of delegation", "Delegate"]
    (revoke,) = found[0].xpath(".//form/@action")
    assert secretariat.post(revoke).status_code == 303
    assert secretariat.post(revoke).status_code == 404
    roles = secretariat.get(f"{HOME}/roles.json").get_json()["roles"]
    assert [r["role"] for r in roles if r["name"] == "Grace Otieno"] == ["delegate"]


def test_a_revision_is_hidden_and_shown_again(own_demo: Flask, secretariat: FlaskClient) -> None:
    reader = own_demo.test_client()
    address = f"{HOME}/final-draft"
    assert send(secretariat, "/visibility", revision="final-draft", visibility="prepared").status_code == 303
    assert reader.get(address).status_code == 404
    assert page(secretariat, address) is not None
    answer = send(
        secretariat, "/visibility", revision="final-draft", visibility="delegations", public_from="2027-01-01"
    )
    assert answer.status_code == 422
    assert "choose “everybody”" in wrong(answer)
    send(secretariat, "/visibility", revision="final-draft", visibility="public", public_from="2099-01-01")
    assert reader.get(address).status_code == 404
    delegate = as_role(own_demo.test_client(), "delegate")
    assert delegate.get(address).status_code == 200
    assert send(delegate, "/visibility", visibility="public").status_code == 403
    send(secretariat, "/visibility", visibility="prepared")
    assert reader.get(HOME).status_code == delegate.get(HOME).status_code == 404
    given = secretariat.get(f"{HOME}/visibility.json").get_json()
    assert given["visibility"] == "prepared"
    assert given["revisions"][-1] == {
        "revision": "final-draft",
        "name": "Final draft",
        "visibility": "public",
        "public_from": "2099-01-01",
    }


def test_the_table_of_permissions_is_the_one_that_decides(reader: FlaskClient) -> None:
    tree = page(reader, "/permissions")
    assert sorted(tree.xpath("//tbody/tr/@id")) == sorted(RULES)
    given = reader.get("/permissions.json").get_json()
    (imports,) = (a for a in given["actions"] if a["action"] == "revision.import")
    assert imports["roles"] == ["administrator", "co-facilitator", "secretariat"]
    assert given["sees"]["public"] == ["public"]


def test_the_trail_is_filtered_turned_and_exported(secretariat: FlaskClient) -> None:
    send(secretariat, "/visibility", revision="rev-1", visibility="delegations")
    tree = page(secretariat, f"{HOME}/audit")
    assert len(tree.xpath("//ol[@class='trail']/li")) == 50
    first = words(tree.xpath("//ol[@class='trail']/li")[0])
    assert "A. Keeper: Circulate a revision, and make it public seafarers/rev-1" in first
    assert "visibilitypublic delegations" in first
    (earlier,) = tree.xpath("//a[@rel='next']/@href")
    assert page(secretariat, earlier).xpath("//ol[@class='trail']/li")
    only = f"{HOME}/audit?action=revision.import&actor=tests"
    assert len(page(secretariat, only).xpath("//ol[@class='trail']/li")) == 6
    assert page(secretariat, f"{HOME}/audit?since=2099-01-01").find_class("empty")
    assert "no date" in words(page(secretariat, f"{HOME}/audit?since=soon", 422))
    lines = secretariat.get(f"{HOME}/audit.jsonl?action=revision.import").text.splitlines()
    events = [json.loads(line) for line in lines]
    assert [event["action"] for event in events] == ["revision.import"] * 6
    table = list(csv.reader(io.StringIO(secretariat.get(f"{HOME}/audit.csv?action=revision.import").text)))
    assert len(table) == 7
    assert secretariat.get("/audit").status_code == 403


def test_everything_is_for_administrators(own_demo: Flask) -> None:
    client = as_role(own_demo.test_client(), "administrator")
    assert page(client, "/audit").xpath("//ol[@class='trail']/li")
    given = client.get("/audit.json").get_json()
    assert len(given["events"]) == 50
    assert given["before"] == given["events"][-1]["number"]
    assert client.get("/audit.jsonl").text.count("\n") == client.get("/audit.csv").text.count("\r\n") - 1


@pytest.mark.parametrize("address", ["/participants", "/participants/kenya"])
def test_queries_do_not_grow_with_delegations(demo: Flask, address: str) -> None:
    assert queries(demo, HOME + address) <= 8
