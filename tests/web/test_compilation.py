"""The compilation as it is read and taken home: what is chosen, who sees it, the call for amendments."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document as WordFile
from flask import Flask, before_render_template
from flask.testing import FlaskClient
from lxml.html import document_fromstring

from gcmtext.db.engine import begin_write
from gcmtext.formats import read_file
from gcmtext.formats.tracked_changes import read_tracked
from gcmtext.services import looking
from gcmtext.text.segment import segment

from .pages import page, queries, words
from .signing_in import as_person

REV_1 = "/seafarers/rev-1/compilation"
FINAL = "/seafarers/final-draft/compilation"

SignedIn = Callable[[str], FlaskClient]


@pytest.fixture
def signed_in(own_demo: Flask) -> SignedIn:
    return lambda name: as_person(own_demo.test_client(), name)


@pytest.fixture
def reader(demo: Flask) -> FlaskClient:
    return demo.test_client()


def rows(client: FlaskClient, address: str) -> list[str]:
    return [words(row) for row in page(client, address).find_class("comp")]


def test_what_is_open_contested_and_all(reader: FlaskClient) -> None:
    is_open, contested = rows(reader, REV_1), rows(reader, f"{REV_1}?shown=contested")
    every = rows(reader, f"{REV_1}?shown=all")
    assert len(contested) < len(is_open) < len(every)
    assert any("[to consider] [having considered (European Union)] how those" in row for row in is_open)


def test_a_delegation_a_section_a_profile_no_names(reader: FlaskClient) -> None:
    norway = page(reader, f"{REV_1}?delegation=Norway")
    assert len(norway.find_class("comp")) < len(rows(reader, REV_1))
    vision = norway.xpath("//select[@name='section']/option[normalize-space()='Vision']/@value")[0]
    in_vision = page(reader, f"{REV_1}?section={vision}").find_class("lbl")
    assert {words(label) for label in in_vision} <= {
        "",
        "6",
        "7",
        "8",
        "8 alt",
        "9",
        "9 alt",
        "9 bis",
        "9 ter",
    }
    assert page(reader, f"{REV_1}?names=no").xpath("//section[contains(@class, 'nameless')]")
    assert "MOD" in words(page(reader, f"{REV_1}?profile=itu"))
    page(reader, f"{REV_1}?profile=baroque", 404)


def test_the_matrix_says_who_is_where(reader: FlaskClient) -> None:
    (matrix,) = page(reader, REV_1).xpath("//div[@class='matrix']/table")
    heads = [words(th) for th in matrix.xpath(".//thead//th")]
    assert {"Mexico", "Norway", "Chile"} <= {*heads}
    (line,) = matrix.xpath(".//tbody/tr[normalize-space(th)='5 bis']")
    cells = dict(zip(heads[1:], map(words, line.xpath("td")), strict=True))
    assert "deletes the paragraph" in cells["United States"]
    assert "opposes" in cells["Norway"]
    assert "supports" in cells["Egypt"]


def test_the_contents_call_each_open_paragraph_by_a_name_of_its_own(reader: FlaskClient) -> None:
    tree = page(reader, REV_1)
    sections = [[words(a) for a in part.xpath(".//a")] for part in tree.find_class("opens")]
    assert not any("¶" in name for names in sections for name in names)
    # What moves is named where it leaves and, with an arrow, where it arrives.
    assert "[PP11]" in sections[0]
    assert "[↑ moves here: PP11]" in sections[0]
    assert "[(c) alt]" in sections[4]
    assert "[↑ moves here: OBJECTIVE 10 (f)]" in sections[4]
    matrix = [words(th) for th in tree.xpath("//div[@class='matrix']//tbody//th")]
    assert "OBJECTIVE 1 (c bis)" in matrix
    assert "↑ moves here: OBJECTIVE 10 (f)" in matrix


def test_a_split_is_shown_where_it_is_made(reader: FlaskClient) -> None:
    wishes = page(reader, f"{REV_1}/norway").find_class("wishes")[0]
    (split,) = wishes.xpath("dt[normalize-space()='Paragraph 4: splits']/following-sibling::dd[1]")
    assert "¶" in words(split.xpath(".//ins")[0])


def test_an_address_leads_to_its_page(reader: FlaskClient) -> None:
    tree = page(reader, f"{REV_1}?at=24-c")
    assert tree.xpath("//div[@id='24-c']")


def test_a_delegation_has_its_own_text_word_for_word(reader: FlaskClient) -> None:
    tree = page(reader, f"{REV_1}/norway")
    assert "Norway on Rev.1" in words(tree)
    own = words(tree.xpath("//section[h2[@id='page.own']]")[0])
    assert "require a plan for his or her relief at the next port of call and detain the ship if" in own
    page(reader, f"{REV_1}/kenya", 404)
    answer = reader.get(f"{REV_1}/norway.docx")
    assert answer.headers["Content-Disposition"] == "attachment; filename=seafarers-rev-1-norway.docx"
    read = read_tracked(answer.data)
    assert read.authors == ("Norway",)
    assert "require a plan for his or her relief" in " ".join(p.text for p in read.proposed.paragraphs)
    assert reader.get(f"{REV_1}/kenya.docx").status_code == 404


def test_it_is_taken_home(reader: FlaskClient, tmp_path: Path) -> None:
    for suffix, kind in ((".json", "json"), (".html", "html"), (".md", "markdown")):
        answer = reader.get(REV_1 + suffix)
        assert answer.status_code == 200
        assert kind in answer.content_type
        assert "Norway" in answer.text
    for suffix in (".docx", "-tracked.docx"):
        first, second = (reader.get(REV_1 + suffix) for _ in range(2))
        assert first.data == second.data
        assert len(WordFile(BytesIO(first.data)).paragraphs) > 190
    (tmp_path / "tracked.docx").write_bytes(reader.get(f"{REV_1}-tracked.docx").data)
    segment(read_file(tmp_path / "tracked.docx"))


def test_queries_do_not_grow(demo: Flask) -> None:
    assert queries(demo, REV_1) == queries(demo, "/seafarers/rev-3/compilation") <= 16


def call(client: FlaskClient, **fields: str) -> int:
    return client.post("/seafarers/rev-3/call", data={"shown": "delegations", **fields}).status_code


def propose(client: FlaskClient, kind: str = "delete") -> int:
    form = document_fromstring(client.get("/seafarers/rev-3/para/8/propose").text)
    delegation = form.xpath("//input[@name='delegation']/@value")
    data = {"kind": kind, "do": "submit", "delegation": delegation[0] if delegation else ""}
    return client.post("/seafarers/rev-3/para/8/propose", data=data).status_code


def test_amendments_are_called_for_taken_and_no_longer_taken(signed_in: SignedIn) -> None:
    chair, head = signed_in("co-facilitator"), signed_in("head")
    assert "Call for amendments" in words(page(chair, "/seafarers/rev-3/compilation"))
    assert call(head) == 403
    way = "/seafarers/rev-3/compilation#page.call"
    assert page(chair, "/seafarers/rev-3/compilation").get_element_by_id("page.call").get("open") is not None
    for address in ("/seafarers/amendments?revision=rev-3", "/seafarers/rev-3/intake"):
        assert page(signed_in("secretariat"), address).xpath(f"//main//a[@href='{way}']")
        assert not page(head, address).xpath(f"//main//a[@href='{way}']")
        assert not page(head, address.replace("rev-3", "final-draft")).xpath(
            "//a[contains(@href, 'page.call')]"
        )
    assert page(chair, "/seafarers/amendments?revision=rev-3").xpath(f"//main//a[@href='{way}']")
    assert propose(head) == 422
    for wrong in ({"closes": "soon"}, {"closes": "2020-01-01T00:00"}, {"shown": "own"}, {"profile": "none"}):
        assert call(chair, **wrong) == 422
    assert call(chair, closes="2099-04-30T18:00", profile="who") == 303
    assert "until 30 April 2099" in words(page(head, "/seafarers/rev-3/compilation"))
    assert call(chair, closes="2099-04-30T18:00+02:00", profile="who") == 303
    assert "until 30 April 2099, 16:00 UTC" in words(page(head, "/seafarers/rev-3/compilation"))
    assert call(chair, closes="9999-12-31T23:59-01:00") == 422
    assert propose(head) == 303
    assert call(chair, do="close") == 303
    assert call(chair, do="close") == 409
    assert "no longer taken" in words(page(head, "/seafarers/rev-3/compilation"))
    assert propose(signed_in("head.norway")) != 303


@pytest.mark.parametrize(
    ("shown", "others", "anybody"), [("prepared", 0, 0), ("delegations", 1, 0), ("public", 1, 1)]
)
def test_what_is_submitted_is_seen_by_those_the_call_says(
    signed_in: SignedIn, own_demo: Flask, shown: str, others: int, anybody: int
) -> None:
    chair, head = signed_in("co-facilitator"), signed_in("head")
    assert call(chair, shown=shown) == 303
    assert propose(head) == 303
    seen = {
        "own": head,
        "chair": chair,
        "others": signed_in("head.norway"),
        "anybody": own_demo.test_client(),
    }
    counts = {
        who: len(client.get("/seafarers/amendments.json?revision=rev-3").get_json()["amendments"])
        for who, client in seen.items()
    }
    assert counts == {"own": 1, "chair": 1, "others": others, "anybody": anybody}
    for who, client in seen.items():
        own = [
            client.get(f"/seafarers/rev-3/compilation/mexico{suffix}").status_code for suffix in ("", ".docx")
        ]
        assert own == [200 if counts[who] else 404] * 2
        for suffix in (".json", ".md", ".html"):
            said = client.get(f"/seafarers/rev-3/compilation{suffix}").text
            assert ("Mexico" in said) == bool(counts[who])
        columns = page(client, "/seafarers/rev-3/compilation").xpath(
            "//section[@id='matrix']//th[@scope='col']"
        )
        assert [words(column) for column in columns[1:]] == ["Mexico"] * counts[who]


def test_what_is_new_since_one_last_looked(signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "_COMES_BACK", timedelta(0))
    monkeypatch.setattr(looking, "_REMEMBERED", timedelta(0))
    head = signed_in("head")
    assert not page(head, FINAL).xpath("//h2[@id='page.new']")
    norway = signed_in("head.norway")
    nine = "/seafarers/final-draft/para/9/propose"
    delegation = page(norway, nine).xpath("//input[@name='delegation']/@value")[0]
    data = {"kind": "delete", "do": "submit", "delegation": delegation}
    assert norway.post(nine, data=data).status_code == 303
    assert "1 new since" in words(page(head, FINAL))


def test_a_draft_that_is_submitted_is_new_however_long_ago_it_was_written(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "_COMES_BACK", timedelta(0))
    monkeypatch.setattr(looking, "_REMEMBERED", timedelta(0))
    norway = signed_in("head.norway")
    nine = "/seafarers/final-draft/para/9/propose"
    delegation = page(norway, nine).xpath("//input[@name='delegation']/@value")[0]
    data = {"kind": "delete", "do": "draft", "delegation": delegation}
    draft = norway.post(nine, data=data).location
    head = signed_in("head")
    assert not page(head, FINAL).xpath("//h2[@id='page.new']")
    assert norway.post(draft, data={"do": "submit"}).status_code == 303
    assert "1 new since" in words(page(head, FINAL))


def test_nobody_waits_to_write_while_a_page_is_made(signed_in: SignedIn) -> None:
    head = signed_in("head")
    turns = []

    def write(app: Flask, **_: object) -> None:
        with app.extensions["gcmtext_sessions"]() as other:
            begin_write(other, 0.2)
            turns.append(1)

    with before_render_template.connected_to(write):
        assert head.get(FINAL).status_code == 200
    assert turns
