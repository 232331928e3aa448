"""The page of a comparison."""

import json
import re
import subprocess
import sys
from collections import Counter
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import lxml.html
import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import HtmlElement
from sqlalchemy import Engine, event

from gcmtext.db import Visibility
from gcmtext.resources import drafts_dir
from gcmtext.services.importing import import_revision, read_text, start_negotiation
from gcmtext.views.comparison import DIFFERENCES
from gcmtext.web.clock import now
from gcmtext.web.store import session
from web.pages import OPERATOR


@pytest.fixture
def reader(demo: Flask) -> FlaskClient:
    return demo.test_client()


@pytest.fixture
def slug(reader: FlaskClient) -> str:
    (found,) = reader.get("/index.json").get_json()["negotiations"]
    return str(found["name"])


@pytest.fixture
def step(slug: str) -> str:
    return f"/{slug}/compare/zero-draft/rev-1"


def page(reader: FlaskClient, address: str, status: int = 200) -> HtmlElement:
    answer = reader.get(address)
    assert answer.status_code == status, answer.text[:2000]
    return lxml.html.document_fromstring(answer.text)


def rows(tree: HtmlElement) -> list[HtmlElement]:
    return tree.xpath("//div[starts-with(@class, 'row ')]")


def kinds(tree: HtmlElement) -> Counter[str]:
    return Counter(row.get("class").split()[1] for row in rows(tree) if row.get("data-change"))


def test_every_difference_is_on_the_page(reader: FlaskClient, step: str) -> None:
    figures = reader.get(f"{step}.json").get_json()["summary"]
    shown = kinds(page(reader, step))
    moved = shown.pop("moved")
    assert moved == figures["moved"] + figures["moved_and_edited"]
    assert shown == {kind: n for kind in DIFFERENCES if "moved" not in kind and (n := figures[kind])}


def test_names_of_places_are_one_of_a_kind_and_links_to_them_lead_there(
    reader: FlaskClient, step: str
) -> None:
    tree = page(reader, f"{step}?show=all")
    ids = Counter(tree.xpath("//@id"))
    assert max(ids.values()) == 1
    assert {href[1:] for href in tree.xpath("//@href") if href.startswith("#")} <= ids.keys()


def test_what_moved_is_linked_both_ways(reader: FlaskClient, step: str) -> None:
    tree = page(reader, step)
    left = tree.xpath("//div[@class='row left']")
    assert left
    for row in left:
        (here,) = row.xpath(".//div[@class='old']//@id")
        assert here.startswith("gone-")
        (there,) = row.xpath(".//p[@class='kind']/a/@href")
        (arrival,) = tree.xpath(f"//*[@id='{there[1:]}']/ancestor::div[starts-with(@class, 'row ')]")
        assert f"#{here}" in arrival.xpath(".//p[@class='kind']/a/@href")


def test_labels_lead_to_the_paragraphs(reader: FlaskClient, slug: str, step: str) -> None:
    tree = page(reader, step)
    (row,) = tree.xpath("//*[@id='13']/ancestor::div[starts-with(@class, 'row ')]")
    assert row.xpath("./div[@class='new']//span[@class='lbl']/a/@href") == [f"/{slug}/rev-1/para/13"]
    assert row.xpath("./div[@class='old']//span[@class='lbl']/a/@href") == [f"/{slug}/zero-draft/para/13"]


@pytest.mark.parametrize("kind", ["edited", "moved", "moved_and_edited", "split", "merged", "inserted"])
def test_a_kind_picked_out_is_all_that_is_shown(reader: FlaskClient, step: str, kind: str) -> None:
    tree = page(reader, step)
    (pick,) = (
        a
        for a in tree.xpath("//p[@class='sum']//a")
        if f"kind={kind}" in a.get("href").split("?")[1].split("&")
    )
    (number,) = pick.xpath("../b")
    picked = page(reader, pick.get("href"))
    shown = kinds(picked)
    assert set(shown) == {kind.partition("_")[0]}
    assert sum(shown.values()) == int(number.text_content())
    (current,) = picked.xpath("//p[@class='sum']//a[@aria-current='true']")
    assert kinds(page(reader, current.get("href"))) == kinds(tree)


def test_a_section_picked_out_is_all_that_is_shown(reader: FlaskClient, step: str) -> None:
    tree = page(reader, step)
    counted = 0
    for pick in tree.xpath("//nav//h3/a[@class='n']"):
        number = int(re.match(r"\d+", pick.text_content()).group())  # type: ignore[union-attr]
        shown = kinds(page(reader, pick.get("href")))
        assert sum(shown.values()) == number
        counted += number
    assert counted == sum(kinds(tree).values())


def test_section_and_kind_together(reader: FlaskClient, step: str) -> None:
    tree = page(reader, f"{step}?section=objective-6&kind=split&kind=inserted")
    assert set(kinds(tree)) <= {"split", "inserted"}
    (notice,) = tree.xpath("//section[@aria-labelledby='page.chosen']")
    words = " ".join(notice.text_content().split())
    assert "split" in words
    assert "new" in words
    assert "OBJECTIVE 6" in words
    drops = notice.xpath(".//a[@class='drop']/@href")
    assert len(drops) == 3
    assert all(reader.get(address).status_code == 200 for address in drops)


def test_doubtful_links_are_marked_with_the_way_to_the_review(reader: FlaskClient, slug: str) -> None:
    tree = page(reader, f"/{slug}/compare/rev-1/rev-2")
    marks = tree.xpath("//a[@class='in-doubt']/@href")
    assert marks
    assert all(mark.startswith(f"/{slug}/lineage/rev-1/rev-2#") for mark in marks)
    questions = page(reader, f"/{slug}/lineage/rev-1/rev-2").xpath("//article/@id")
    assert {mark.partition("#")[2] for mark in marks} <= set(questions)
    assert (
        tree.xpath("//section[@aria-labelledby='page.doubts']//a/@href")[0] == f"/{slug}/lineage/rev-1/rev-2"
    )


def test_without_a_script_a_fold_is_a_link_to_what_is_in_it(reader: FlaskClient, slug: str) -> None:
    tree = page(reader, f"/{slug}/compare/rev-2/rev-3")
    fold = tree.xpath("//p[@class='fold']/a")[0]
    opened = page(reader, fold.get("href"))
    anchor = fold.get("href").partition("#")[2]
    assert opened.xpath(f"//*[@id='{anchor}']/ancestor::div[starts-with(@class, 'row ')]")
    assert len(opened.xpath("//p[@class='fold']")) == len(tree.xpath("//p[@class='fold']")) - 1


def test_the_rows_of_a_fold_alone(reader: FlaskClient, slug: str) -> None:
    tree = page(reader, f"/{slug}/compare/rev-2/rev-3")
    for fold in tree.xpath("//p[@class='fold']/a"):
        answer = reader.get(fold.get("data-rows"))
        assert answer.status_code == 200
        assert "<html" not in answer.text
        inside = lxml.html.fragment_fromstring(answer.text, create_parent=True)
        count = re.search(r"\d+", fold.text_content())
        assert count
        assert len(rows(inside)) == int(count.group())
        assert fold.get("href").partition("#")[2] in inside.xpath("//@id")


def test_any_two_can_be_chosen_in_either_order(reader: FlaskClient, slug: str) -> None:
    for query in ("old=zero-draft&new=final-draft", "old=final-draft&new=zero-draft"):
        answer = reader.get(f"/{slug}/compare?{query}")
        assert answer.location == f"/{slug}/compare/zero-draft/final-draft"
    assert reader.get(answer.location).status_code == 200
    assert reader.get(f"/{slug}/compare").location == f"/{slug}/compare/rev-3/final-draft"
    turned = reader.get(f"/{slug}/compare/rev-2/rev-1?kind=moved&kind=split")
    assert turned.location == f"/{slug}/compare/rev-1/rev-2?kind=moved&kind=split"


@pytest.mark.parametrize(
    ("rest", "status", "words"),
    [
        ("rev-1/rev-9", 404, "has no revision “rev-9”"),
        ("rev-1/rev-1", 422, "Both are Rev.1: choose two different revisions."),
        ("rev-1/rev-2?language=zh", 404, "has not been issued in this language"),
        ("rev-1/rev-2?page=9", 404, "there is no page 9"),
        ("rev-1/rev-2?page=x", 404, "A page is given by its number."),
        ("rev-1/rev-2?kind=x", 404, "There is no kind of change “x”"),
        ("rev-1/rev-2?section=x", 404, "There is no paragraph “x” in this comparison."),
        ("rev-1/rev-2?show=some", 422, "“all” or “changes”"),
        ("rev-1/rev-2/rows?first=1&last=x", 404, "There is no paragraph “x” in this comparison."),
    ],
)
def test_what_is_refused_says_what_to_do(
    reader: FlaskClient, slug: str, rest: str, status: int, words: str
) -> None:
    assert words in " ".join(page(reader, f"/{slug}/compare/{rest}", status).text_content().split())


def test_json_says_the_same_of_the_wrong_order(reader: FlaskClient, slug: str) -> None:
    answer = reader.get(f"/{slug}/compare/rev-2/rev-1.json")
    assert answer.status_code == 422
    assert answer.get_json()["error"].startswith("Rev.2 is later than Rev.1")


def test_json_is_what_the_command_prints(reader: FlaskClient, slug: str, tmp_path: Path) -> None:
    drafts = sorted(drafts_dir().glob("*.md"))
    named = {
        read_text(path.read_bytes(), path.name).revision: path for path in drafts if path.stem != "README"
    }
    command = [sys.executable, "-m", "gcmtext", "compare", named["Rev.2"], named["Rev.3"], "--json"]
    printed = json.loads(subprocess.run(command, check=True, capture_output=True, cwd=tmp_path).stdout)
    given = reader.get(f"/{slug}/compare/rev-2/rev-3.json").get_json()
    for side in ("old", "new"):
        assert given[side]["paragraphs"] == printed[side]["paragraphs"]
    for key in ("links", "inserted", "deleted", "summary"):
        assert given[key] == printed[key]


def test_files_to_take_away(reader: FlaskClient, slug: str, step: str) -> None:
    word = reader.get(f"{step}.docx")
    assert word.headers["Content-Disposition"] == f"attachment; filename={slug}_zero-draft_rev-1.docx"
    document = ZipFile(BytesIO(word.data)).read("word/document.xml").decode()
    assert "<w:ins " in document
    assert "<w:moveTo " in document
    report = reader.get(f"{step}.html")
    assert report.headers["Content-Disposition"] == f"attachment; filename={slug}_zero-draft_rev-1.html"
    assert kinds(lxml.html.document_fromstring(report.text)) == kinds(page(reader, step))


def test_the_layout_that_was_chosen_is_kept(reader: FlaskClient, step: str) -> None:
    assert page(reader, step).xpath("//input[@name='broad' and @checked]/@value") == ["side"]
    reader.set_cookie("broad", "inline")
    assert page(reader, step).xpath("//input[@name='broad' and @checked]/@value") == ["inline"]


def long_text(count: int, changed: int = 0) -> bytes:
    lines = ["---\nlanguage: en\n---\n"]
    for n in range(count):
        if n % 50 == 0:
            lines.append(f"## OBJECTIVE {n // 50 + 1}: Light {n}\n")
        more = " and of all the islands" if changed and n % changed == 0 else ""
        lines.append(f"{n + 1}. Keep lamp {n} of tower {n * 7} on coast {n * 13}{more}.\n")
    return "\n".join(lines).encode()


def take(app: Flask, name: str, *files: bytes) -> str:
    with app.app_context():
        negotiation = start_negotiation(session(), OPERATOR, name, "en", now(), visibility=Visibility.PUBLIC)
        for number, data in enumerate(files, 1):
            read = read_text(data, "text.md")
            import_revision(
                session(),
                OPERATOR,
                negotiation,
                read,
                ("text.md", data),
                name=f"Rev.{number}",
                issued=None,
                visibility=Visibility.PUBLIC,
                now=now(),
            )
        session().commit()
        return f"/{negotiation.slug}/compare/rev-1/rev-2"


def queries(app: Flask, address: str) -> int:
    counted = []

    def count(*_: object) -> None:
        counted.append(1)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        assert app.test_client().get(address).status_code == 200
    finally:
        event.remove(Engine, "before_cursor_execute", count)
    return len(counted)


def test_queries_do_not_grow_with_the_text(app: Flask) -> None:
    small = take(app, "small", long_text(20), long_text(20, 5))
    large = take(app, "large", long_text(400), long_text(400, 5))
    for rest in ("", "?show=all", "?kind=edited", ".json"):
        app.test_client().get(small + rest)
        assert queries(app, small + rest) == queries(app, large + rest) <= 20


def test_pages_of_long_texts_are_of_bounded_size(app: Flask) -> None:
    few = take(app, "few", long_text(1000), long_text(1000, 200))
    many = take(app, "many", long_text(1000), long_text(1000, 2))
    client = app.test_client()
    assert len(client.get(few).data) < 100_000
    for rest in ("", "?show=all"):
        tree = page(client, many + rest)
        assert len(lxml.html.tostring(tree)) < 500_000
        assert tree.xpath("//a[@rel='next']")
    assert len(client.get(f"{few}/rows?first=2&last=300").data) < 500_000


def test_every_page_of_a_long_comparison_can_be_reached(app: Flask) -> None:
    address: str | None = take(app, "many", long_text(500), long_text(500, 2))
    client = app.test_client()
    seen: list[str] = []
    while address:
        tree = page(client, address)
        seen += tree.xpath("//*[@data-change]/@data-change")
        address = next(iter(tree.xpath("//a[@rel='next']/@href")), None)
    assert seen == [str(n) for n in range(1, 251)]
    assert page(client, "/many/compare/rev-1/rev-2?at=499").xpath("//*[@id='499']")


def test_arabic_runs_from_right_to_left_and_what_is_said_about_it_does_not(app: Flask) -> None:
    texts = ["تلتزم الدول بفتح موانئها.", "تلتزم الدول بفتح جميع موانئها."]
    address = take(app, "ar", *(f"---\nlanguage: ar\n---\n\n1. {text}\n".encode() for text in texts))
    tree = page(app.test_client(), address)
    (shown,) = tree.find_class("texts")
    assert (shown.get("lang"), shown.get("dir")) == ("ar", "rtl")
    (kind,) = tree.xpath("//p[@class='kind']")
    assert (kind.get("lang"), kind.get("dir")) == ("en", "ltr")
    (inserted,) = tree.xpath("//div[@class='new']//ins")
    assert inserted.text_content().strip() == "جميع"
