"""A revision to read."""

import itertools
import json
from collections import Counter

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import HtmlElement

from gcmtext.resources import drafts_dir
from web.pages import add, long_text, page, queries, take, words


@pytest.fixture
def reader(demo: Flask) -> FlaskClient:
    return demo.test_client()


@pytest.fixture
def slug(reader: FlaskClient) -> str:
    (found,) = reader.get("/index.json").get_json()["negotiations"]
    return str(found["name"])


def lines(tree: HtmlElement) -> list[HtmlElement]:
    return list(tree.xpath("//div[starts-with(@class, 'line')]"))


def note(tree: HtmlElement, address: str) -> str:
    return " ".join(words(found) for found in tree.xpath(f"//*[@id='{address}']//p[@class='note']"))


def test_every_paragraph_stands_at_its_address(reader: FlaskClient, slug: str) -> None:
    told = reader.get(f"/{slug}/rev-1.json").get_json()["paragraphs"]
    tree = page(reader, f"/{slug}/rev-1")
    shown = {line.get("id"): words(line.xpath(".//*[contains(@class, 'text')]")[0]) for line in lines(tree)}
    assert shown == {p["address"]: " ".join(p["text"].split()) for p in told}
    assert max(Counter(tree.xpath("//@id")).values()) == 1


def test_labels_lead_to_the_page_of_the_paragraph(reader: FlaskClient, slug: str) -> None:
    line = page(reader, f"/{slug}/rev-1").get_element_by_id("5-bis")
    (label,) = line.xpath(".//span[@class='lbl']/a")
    assert (words(label), label.get("href")) == ("5 bis", f"/{slug}/rev-1/para/5-bis")


def test_brackets_are_marked_by_their_depth(reader: FlaskClient, slug: str) -> None:
    line = page(reader, f"/{slug}/rev-1").get_element_by_id("5-bis")
    assert [b.get("class") for b in line.xpath(".//span[starts-with(@class, 'br')]")][:2] == ["br", "br br2"]


def test_the_first_revision_has_no_notes(reader: FlaskClient, slug: str) -> None:
    tree = page(reader, f"/{slug}/zero-draft")
    assert not tree.xpath("//p[@class='note']")
    assert not tree.xpath("//link[@rel='prev']")
    assert tree.xpath("//link[@rel='next']/@href") == [f"/{slug}/zero-draft-plus"]


def test_the_margin_says_what_happened(app: Flask, client: FlaskClient) -> None:
    lamps = "Keep every lamp on the coast lit from dusk to dawn"
    horns = "sound horns in fog so that ships may steer by them"
    keepers = "Train keepers of both sexes and of all ages in their trade"
    fund = "Set up a fund to which owners of ships pay by the weight of their cargo"
    review = "Meet every four years to see what has become of these lights and their keepers"
    gone = "Paint each tower in bands of red and white"
    slug = take(
        app,
        "Lights",
        f"# Lights\n\n1. {review}.\n\n2. {lamps} and {horns}.\n\n3. {gone}.\n\n4. {keepers}.\n\n5. {fund}.\n",
        f"# Lights\n\n1. {lamps}.\n\n2. {horns.capitalize()}.\n\n3. {keepers} at once.\n\n4. {fund}.\n\n"
        f"5. {review}.\n\n6. Sink no wreck.\n",
    )
    tree = page(client, f"/{slug}/rev-2")
    assert note(tree, "title") == ""
    assert note(tree, "1") == "split from 2; with 2"
    assert note(tree, "3") == "edited, was 4"
    assert note(tree, "4") == "was 5"
    assert note(tree, "5") == "moved ↑ from 1"
    assert note(tree, "6") == "new"
    (deleted,) = tree.find_class("gone")
    assert words(deleted) == "deleted here 3"
    assert deleted.getprevious().get("id") == "2"
    assert deleted.xpath(".//a/@href") == [f"/{slug}/rev-1/para/3"]


def test_contents_lead_to_the_headings(reader: FlaskClient, slug: str) -> None:
    tree = page(reader, f"/{slug}/final-draft")
    ids = set(tree.xpath("//@id"))
    anchors = tree.xpath("//nav[@class='toc']//a/@href")
    assert len(anchors) > 15
    assert all(anchor[1:] in ids for anchor in anchors)


def test_json_is_the_segmented_text(reader: FlaskClient, slug: str) -> None:
    told = reader.get(f"/{slug}/zero-draft.json").get_json()
    assert (told["name"], told["issued"], told["language"]) == ("Zero draft", "2027-01-29", "en")
    assert [p["index"] for p in told["paragraphs"]] == list(range(len(told["paragraphs"])))
    by_address = {p["address"]: p for p in told["paragraphs"]}
    assert by_address["10-a"]["label"] == "(a)"


def test_the_original_is_handed_out_and_never_shown(reader: FlaskClient, slug: str) -> None:
    answer = reader.get(f"/{slug}/rev-1/original")
    assert answer.data == (drafts_dir() / "3-rev-1.md").read_bytes()
    assert answer.content_type == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == "attachment; filename=3-rev-1.md"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_other_languages_stand_beside(app: Flask, client: FlaskClient) -> None:
    english = "# Lights\n\n1. Keep every lamp on the coast lit from dusk to dawn.\n"
    arabic = "---\nlanguage: ar\n---\n# المنارات\n\n1. تُبقي الدول جميع المنارات مضاءة من الغسق إلى الفجر.\n"
    slug = take(app, "Lights", english, english)
    add(app, slug, "Rev.1", arabic)
    tree = page(client, f"/{slug}/rev-1")
    assert tree.xpath("//nav[@aria-label='Languages']//a/@hreflang") == ["en", "ar"]
    tree = page(client, f"/{slug}/rev-1?language=ar")
    (text,) = tree.xpath("//section[starts-with(@class, 'texts')]")
    assert (text.get("lang"), text.get("dir")) == ("ar", "rtl")
    assert tree.get("dir") == "ltr"
    assert not tree.xpath("//link[@rel='next']")
    assert tree.get_element_by_id("1").xpath(".//span/a/@href") == [f"/{slug}/rev-1/para/1?language=ar"]
    assert client.get(f"/{slug}/rev-2?language=ar").status_code == 404


def test_rows_of_a_table_stand_in_a_table(app: Flask, client: FlaskClient) -> None:
    text = "# Lights\n\n| Tower | Height |\n|---|---|\n| North | 40 m |\n| South | 35 m |\n\n1. Keep them.\n"
    slug = take(app, "Lights", text)
    tree = page(client, f"/{slug}/rev-1")
    cells = [
        [words(cell) for cell in row.find_class("text")] for row in tree.xpath("//table[@class='rows']//tr")
    ]
    assert cells == [["Tower", "Height"], ["North", "40 m"], ["South", "35 m"]]


def test_headings_leave_no_level_out(app: Flask, client: FlaskClient) -> None:
    text = "# Lights\n\n### Deep\n\n1. Keep them.\n\n## High\n\n##### Deeper\n\n2. Watch them.\n"
    tree = page(client, f"/{take(app, 'Lights', text)}/rev-1")
    headings = tree.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5]")
    levels = [int(heading.tag[1]) for heading in headings]
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))


def test_no_anchor_of_a_paragraph_is_one_of_the_page(app: Flask, client: FlaskClient) -> None:
    names = ("Main", "Contents", "Text", "Page", "TOC")
    text = "# Lights\n\n" + "".join(f"## {name}\n\n{n}. Keep.\n\n" for n, name in enumerate(names, 1))
    tree = page(client, f"/{take(app, 'Lights', text)}/rev-1")
    assert max(Counter(tree.xpath("//@id")).values()) == 1


def test_a_long_text_has_pages_of_bounded_size(app: Flask, client: FlaskClient) -> None:
    slug = take(app, "Long", long_text(900), long_text(900, 3))
    seen: list[str] = []
    address: str | None = f"/{slug}/rev-2"
    while address:
        answer = client.get(address)
        assert len(answer.data) < 300_000
        tree = page(client, address)
        seen += [line.get("id") for line in lines(tree)]
        following = tree.xpath("//nav[@class='turn']/a[@rel='next']/@href")
        address = following[0] if following else None
    told = client.get(f"/{slug}/rev-2.json").get_json()["paragraphs"]
    assert seen == [p["address"] for p in told]


def test_an_address_leads_to_its_page(app: Flask, client: FlaskClient) -> None:
    slug = take(app, "Long", long_text(900))
    tree = page(client, f"/{slug}/rev-1?at=800")
    assert tree.get_element_by_id("800") is not None
    (entry,) = [a for a in tree.xpath("//nav[@class='toc']//a") if "OBJECTIVE 1 " in words(a)]
    assert entry.get("href") == f"/{slug}/rev-1?page=1#objective-1"
    for wrong in ("?at=nowhere", "?page=9", "?page=0", "?page=x", "?page=-1"):
        assert client.get(f"/{slug}/rev-1{wrong}").status_code == 404


def test_queries_do_not_grow_with_the_text(app: Flask) -> None:
    few = take(app, "few", long_text(20), long_text(20, 5))
    many = take(app, "many", long_text(700), long_text(700, 5))
    for rest in ("", ".json"):
        assert queries(app, f"/{few}/rev-2{rest}") == queries(app, f"/{many}/rev-2{rest}") <= 12


def test_notices_of_reading_are_folded(app: Flask, client: FlaskClient) -> None:
    slug = take(app, "Lights", "---\nlanguage: en\nowner: nobody\n---\n# Lights\n\n1. Keep every lamp lit.\n")
    told = client.get(f"/{slug}/rev-1.json").get_json()["notices"]
    (fold,) = page(client, f"/{slug}/rev-1").xpath("//details[contains(@class, 'notice')]")
    assert json.dumps(told)
    assert told[0]["message"] in words(fold)
    assert fold.get("open") is None
