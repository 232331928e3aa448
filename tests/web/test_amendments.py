"""Amendments as they are read and acted on: listed, chosen, supported, withdrawn; drafts leak nowhere."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from .pages import page, queries, words
from .signing_in import as_person, as_role

REV_1 = "/seafarers/amendments?revision=rev-1"
DRAFTED = "Recognizing also the contribution of consular services"

SignedIn = Callable[[str], FlaskClient]


@pytest.fixture
def signed_in(own_demo: Flask) -> SignedIn:
    return lambda name: as_person(own_demo.test_client(), name)


def shown(client: FlaskClient, address: str) -> list[str]:
    return [words(h) for h in page(client, address).xpath("//article//h3")]


def ladder(client: FlaskClient) -> int:
    """Return the number of what Norway proposes on a ship with somebody on board for too long."""
    found = client.get("/seafarers/amendments.json?revision=rev-1").get_json()["amendments"]
    (number,) = (
        a["number"] for a in found if (a["delegation"], a["place"]) == ("Norway", "OBJECTIVE 3 (d bis)")
    )
    return int(number)


def stances(client: FlaskClient, number: int) -> dict[str, list[str]]:
    found = client.get(f"/seafarers/amendments/{number}.json").get_json()
    return {kind: found[kind] for kind in ("sponsor", "support", "oppose")}


def act(client: FlaskClient, number: int | str, do: str, **fields: str) -> int:
    return client.post(f"/seafarers/amendments/{number}", data={"do": do, **fields}).status_code


def test_all_are_listed_in_the_order_of_the_text_and_chosen_by_who_what_and_where(demo: Flask) -> None:
    reader = demo.test_client()
    tree = page(reader, REV_1)
    total = len(tree.xpath("//article"))
    assert f"{total} of {total} submitted" in words(tree)
    assert "No longer taken since" in words(tree)
    norway = shown(reader, f"{REV_1}&delegation=Norway")
    assert 10 < len(norway) < total
    assert any("Marshall Islands" in line for line in shown(reader, f"{REV_1}&kind=merge"))
    vision = tree.xpath("//select[@name='section']/option[normalize-space()='Vision']/@value")[0]
    assert all(re.search(r"\b[6-9]\b", line) for line in shown(reader, f"{REV_1}&section={vision}"))
    numbers = [int(line.split()[0]) for line in shown(reader, f"{REV_1}&order=number")]
    assert numbers == sorted(numbers)
    assert page(reader, f"{REV_1}&delegation=Atlantis").find_class("empty")
    page(reader, f"{REV_1}&section=3", 404)
    page(reader, "/seafarers/amendments/9999", 404)


def test_one_is_shown_with_who_stands_how_and_its_editions(demo: Flask) -> None:
    reader = demo.test_client()
    tree = page(reader, f"/seafarers/amendments/{ladder(reader)}")
    assert "Norway: Change OBJECTIVE 3 (d bis), Rev.1. Submitted" in words(tree)
    assert "Support Mexico, Kenya" in words(tree)
    assert "Oppose Panama, Marshall Islands" in words(tree)
    assert "Amended by" in words(tree)
    (edited,) = (n for n in range(213, 230) if "Edition 2" in reader.get(f"/seafarers/amendments/{n}").text)
    assert "Edition 1" in words(page(reader, f"/seafarers/amendments/{edited}"))


def test_a_head_supports_opposes_sponsors_and_takes_it_back(signed_in: SignedIn) -> None:
    head = signed_in("head")
    number = ladder(head)
    assert "Mexico" in stances(head, number)["support"]
    assert act(head, number, "oppose") == 303
    assert "Mexico" not in stances(head, number)["support"]
    assert "Mexico" in stances(head, number)["oppose"]
    assert act(head, number, "sponsor") == act(head, number, "sponsor") == 303
    assert stances(head, number)["sponsor"] == ["Mexico"]
    assert "Mexico" in head.get("/seafarers/rev-1/compilation?delegation=Mexico").text
    assert act(head, number, "nothing", back="paragraph") == 303
    assert "Mexico" not in str(stances(head, number))


def test_who_may_not_take_a_stance_is_refused(signed_in: SignedIn) -> None:
    number = ladder(signed_in("head"))
    assert act(signed_in("head.norway"), number, "support") == 422
    assert act(signed_in("delegate"), number, "support") == 422
    assert act(signed_in("head"), number, "applaud") == 422
    assert act(signed_in("head"), number, "support", delegation="99") == 422
    assert not page(signed_in("delegate"), f"/seafarers/amendments/{number}").xpath(
        "//form[contains(@class, 'stances')]"
    )


def test_what_is_withdrawn_stays_to_be_read_and_is_compiled_no_longer(signed_in: SignedIn) -> None:
    norway, mexico = signed_in("head.norway"), signed_in("head")
    number = ladder(mexico)
    before = len(shown(mexico, REV_1))
    assert act(mexico, number, "withdraw") == 403
    assert act(norway, number, "withdraw") == 303
    said = words(page(mexico, f"/seafarers/amendments/{number}").find_class("meta")[0])
    assert re.search(r"Rev\.1\. Submitted [^;]* UTC; withdrawn [^;]* UTC\.$", said)
    assert len(shown(mexico, REV_1)) == before - 1
    assert act(mexico, number, "support") == 409


def test_what_is_no_longer_taken_is_withdrawn_but_not_edited(signed_in: SignedIn) -> None:
    norway, mexico = signed_in("head.norway"), signed_in("head")
    number = ladder(mexico)
    address = f"/seafarers/amendments/{number}"
    tree = page(norway, address)
    assert norway.get(f"{address}/edit").status_code == 409
    assert not tree.xpath("//a[contains(@href, '/edit')]")
    assert "Amendments to Rev.1 are no longer taken." in words(tree)
    (final,) = tree.xpath("//details[@class='final' and not(@open)]")
    assert "This cannot be undone" in words(final)
    assert tree.xpath("//button[@value='withdraw']") == final.xpath(".//button")
    assert not page(mexico, address).xpath("//button[@value='withdraw']")


def test_a_draft_says_who_submits_it_and_offers_what_can_be_done(signed_in: SignedIn) -> None:
    delegate, head, chair = signed_in("delegate"), signed_in("head"), signed_in("co-facilitator")
    address = drafts(delegate)[0]
    tree = page(delegate, address)
    assert "the head of your delegation submits it" in words(tree)
    assert tree.xpath("//a[contains(@href, '/edit')]")
    assert not tree.xpath("//button[@value='submit']")
    tree = page(head, address)
    assert "the head of your delegation submits it" not in words(tree)
    assert tree.xpath("//button[@value='submit']")
    assert chair.post("/seafarers/final-draft/call", data={"do": "close"}).status_code == 303
    tree = page(head, address)
    assert not tree.xpath("//button[@value='submit'] | //a[contains(@href, '/edit')]")
    assert "Amendments to Final draft are no longer taken." in words(tree)
    assert words(tree.xpath("//details[@class='final']//button[@value='discard']")[0]) == "Discard the draft"


def drafts(client: FlaskClient) -> list[str]:
    return list(
        page(client, "/seafarers/amendments").xpath(
            "//h3[@id='page.drafts']/following-sibling::ul[1]//a/@href"
        )
    )


def test_a_draft_is_discarded(signed_in: SignedIn) -> None:
    delegate = signed_in("delegate")
    first, second = drafts(delegate)
    assert act(delegate, first.rpartition("/")[2], "discard") == 303
    assert drafts(delegate) == [second]
    assert delegate.get(first).status_code == 404


def everywhere(client: FlaskClient, *more: str) -> str:
    """Return all that somebody can read of the amendments to the final draft."""
    addresses = (
        "/seafarers",
        "/seafarers/amendments",
        "/seafarers/amendments.json",
        "/seafarers/final-draft",
        "/seafarers/final-draft/compilation?shown=all",
        "/seafarers/final-draft/compilation.json",
        "/seafarers/final-draft/compilation.md",
        "/seafarers/final-draft/compilation.html",
        "/seafarers/final-draft/para/8/amendments",
        "/seafarers/final-draft/para/8/amendments.json",
        "/seafarers/final-draft/para/pp12/amendments",
        "/search?q=consular+services",
        *more,
    )
    said = []
    for address in addresses:
        with client.get(address) as answer:
            assert answer.status_code == 200
            said.append(answer.text)
    return "\n".join(said)


def test_drafts_leak_nowhere(signed_in: SignedIn, own_demo: Flask) -> None:
    delegate = signed_in("delegate")
    keys = [address.rpartition("/")[2] for address in drafts(delegate)]
    assert len(keys) == 2
    trail = ("/seafarers/audit", "/seafarers/audit.jsonl", "/seafarers/audit.csv")
    for name, more in (
        ("head.norway", ()),
        ("observer", ()),
        ("co-facilitator", trail),
        ("secretariat", trail),
    ):
        client = signed_in(name)
        said = everywhere(client, *more)
        assert not any(key in said for key in keys), name
        assert DRAFTED not in client.get("/seafarers/final-draft/compilation.json").text
        assert all(client.get(f"/seafarers/amendments/{key}").status_code == 404 for key in keys)
        assert not drafts(client)
    said = everywhere(own_demo.test_client())
    assert not any(key in said for key in keys)
    assert "consular affairs and foreign affairs" not in said


def test_an_administrator_reads_of_drafts_in_the_trail_without_their_words(own_demo: Flask) -> None:
    with as_role(own_demo.test_client(), "administrator").get("/audit.jsonl") as answer:
        trail = answer.text
    assert "amendment.draft" in trail
    assert "Only if the paragraph is opened by others" not in trail


def test_queries_do_not_grow_with_amendments(demo: Flask) -> None:
    few, many = (f"/seafarers/rev-1/para/{address}/amendments" for address in ("15-c", "24-c"))
    assert queries(demo, few) == queries(demo, many) <= 24
    assert queries(demo, REV_1) == queries(demo, "/seafarers/amendments?revision=rev-3") <= 16


def test_conflicts_about_the_whole_paragraph_are_counted(demo: Flask) -> None:
    """Paragraph 9 is changed by one and merged into another by others: not both can be."""
    reader = demo.test_client()
    tree = page(reader, "/seafarers/rev-1/para/9/amendments")
    assert "Amendments to paragraph 9" in words(tree)
    assert "2 amendments, 2 places, 1 in conflict." in words(tree)
    (row,) = tree.xpath("//tr[@id='place-0']")
    assert [words(cell) for cell in row.xpath("td")] == ["", "in conflict: merge", "in conflict: merge"]
    whole = reader.get("/seafarers/rev-1/para/9/amendments.json").get_json()["whole"]
    assert whole == {"wanted": {"Chile": "merge", "Philippines": "merge"}, "conflict": True}


def test_a_head_has_one_form_for_each_amendment_of_others(signed_in: SignedIn) -> None:
    tree = page(signed_in("head"), "/seafarers/rev-1/para/14-b/amendments")
    assert len(tree.xpath("//article")) == len(tree.xpath("//form[contains(@class, 'stances')]")) == 4


def test_a_delegation_sees_at_once_what_became_of_its_proposals(signed_in: SignedIn, demo: Flask) -> None:
    head = signed_in("head")
    tree = page(head, REV_1)
    ours = words(tree.xpath("//section[h2[@id='page.ours']]")[0])
    assert ours.startswith("What Mexico proposed 18 submitted 4 with support 3 with objections")
    (only,) = tree.xpath("//section[h2[@id='page.ours']]//a[contains(., 'Show only those')]/@href")
    mine = page(head, only).xpath("//article[contains(@class, 'mine')]")
    assert len(mine) == len(page(head, only).xpath("//article")) == 18
    assert "(yours)" in words(mine[0])
    # What it withdraws stays to be found by it, and by nobody else in this list.
    number = words(mine[0]).split()[0]
    assert act(head, number, "withdraw") == 303
    gone = "//h3[.='Withdrawn']/following-sibling::ul/li"
    assert [words(one).split()[0] for one in page(head, REV_1).xpath(gone)] == [number]
    for other in (signed_in("head.norway"), signed_in("co-facilitator"), demo.test_client()):
        assert not page(other, REV_1).xpath(gone)
    assert not page(demo.test_client(), REV_1).xpath("//h2[@id='page.ours']")


def test_who_has_nothing_here_is_told_what_stands_elsewhere(signed_in: SignedIn, own_demo: Flask) -> None:
    head = signed_in("head")
    tree = page(head, "/seafarers/amendments")
    (ours,) = tree.xpath("//section[h2[@id='page.ours']]")
    assert "Mexico has submitted nothing to Final draft, but 18 on Rev.1." in words(ours)
    (way,) = ours.xpath(".//a[.='18 on Rev.1']/@href")
    there = page(head, way)
    assert words(there.xpath("//section[h2[@id='page.ours']]")[0]).startswith(
        "What Mexico proposed 18 submitted"
    )
    assert "has submitted nothing" not in words(there)
    assert "has submitted nothing" not in words(page(own_demo.test_client(), "/seafarers/amendments"))
    counted = queries(own_demo, "/seafarers/amendments", head)
    assert (
        act(head, words(there.xpath("//article[contains(@class, 'mine')]")[0]).split()[0], "withdraw") == 303
    )
    assert "17 on Rev.1" in words(page(head, "/seafarers/amendments"))
    assert queries(own_demo, "/seafarers/amendments", head) == counted


def test_new_paragraphs_in_the_same_words_are_said_to_be_the_same(demo: Flask) -> None:
    tree = page(demo.test_client(), "/seafarers/rev-1/para/24-c/amendments")
    assert "The same as Group of 77 and China" in words(tree.xpath("//article[.//bdi='African Group']")[0])


def test_all_amendments_to_a_paragraph_stand_side_by_side(demo: Flask) -> None:
    reader = demo.test_client()
    tree = page(reader, "/seafarers/rev-1/para/14-b/amendments")
    assert "4 amendments, 5 places, 1 in conflict." in words(tree)
    assert len(tree.xpath("//article")) == 4
    assert "In conflict with Marshall Islands, Norway on 2" in words(tree)
    assert "The same as CARICOM on 1, 5" in words(tree)
    found = reader.get("/seafarers/rev-1/para/14-b/amendments.json").get_json()
    assert [place["conflict"] for place in found["places"]].count(True) == 1
    assert reader.get("/seafarers/rev-1/para/14-b-x/amendments").status_code == 404
