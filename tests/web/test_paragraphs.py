"""The page of one paragraph."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import HtmlElement

from web.pages import add, long_text, page, queries, take, words

LAMPS = "Keep every lamp on the coast lit from dusk to dawn"
HORNS = "sound horns in fog so that ships may steer by them"
KEEPERS = "Train keepers of both sexes and of all ages in their trade"


def numbered(*lines: str) -> str:
    return "# Lights\n\n" + "\n\n".join(f"{n}. {line}." for n, line in enumerate(lines, 1)) + "\n"


@pytest.fixture
def slug(app: Flask) -> str:
    return take(
        app,
        "Lights",
        numbered(KEEPERS, f"{LAMPS} and {HORNS}"),
        numbered(LAMPS, HORNS.capitalize()),
        numbered(
            "Sink no wreck where ships must pass on their way", LAMPS + " and in storms", HORNS.capitalize()
        ),
    )


def states(tree: HtmlElement) -> list[tuple[str, str]]:
    return [
        (words(state.xpath("p[@class='when']")[0]), words(state.xpath("p[@class='src']")[0]))
        for state in tree.xpath("//ol[@class='past']/li")
    ]


def test_it_shows_every_state_before_and_after(client: FlaskClient, slug: str) -> None:
    tree = page(client, f"/{slug}/rev-2/para/1")
    assert words(tree.xpath("//h1")[0]) == "Paragraph 1"
    assert states(tree) == [
        ("Rev.1, 2", "the first text"),
        ("Rev.2, 1", "split from 2, with 2"),
        ("Rev.3, 2", "edited was 1"),
    ]
    (last,) = tree.xpath("//ol[@class='past']/li[3]/p[contains(@class, 'text')]")
    assert [words(ins) for ins in last.xpath("ins")] == ["and in storms"]
    assert tree.xpath("//ol[@class='past']/li[@class='is']//b/bdi/text()") == ["Rev.2"]


def test_it_says_where_a_paragraph_began_and_ended(client: FlaskClient, slug: str) -> None:
    assert states(page(client, f"/{slug}/rev-3/para/1")) == [("Rev.3, 1", "new")]
    assert states(page(client, f"/{slug}/rev-1/para/1")) == [
        ("Rev.1, 1", "the first text"),
        ("Rev.2", "deleted"),
    ]


def test_forward_it_shows_all_that_came_of_it(client: FlaskClient, slug: str) -> None:
    told = client.get(f"/{slug}/rev-1/para/2.json").get_json()
    assert [[p["address"] for p in s["paragraphs"]] for s in told["states"]] == [
        ["2"],
        ["1", "2"],
        ["2", "3"],
    ]
    assert told["lost_in"] is None
    assert client.get(f"/{slug}/rev-1/para/1.json").get_json()["lost_in"] == "rev-2"


def test_words_of_all_states_can_be_read_back(demo: Flask) -> None:
    reader = demo.test_client()
    (found,) = reader.get("/index.json").get_json()["negotiations"]
    texts = {
        revision["revision"]: {
            p["address"]: p["text"]
            for p in reader.get(f"/{found['name']}/{revision['revision']}.json").get_json()["paragraphs"]
        }
        for revision in found["revisions"]
    }
    for address in list(texts["final-draft"])[::9]:
        told = reader.get(f"/{found['name']}/final-draft/para/{address}.json").get_json()
        assert told["states"][-1]["revision"] == "final-draft"
        for state in told["states"]:
            for paragraph in state["paragraphs"]:
                new = "".join(text for operation, text in paragraph["changes"] if operation != "delete")
                assert new == texts[state["revision"]][paragraph["address"]]


def test_its_place_and_neighbours(demo: Flask) -> None:
    reader = demo.test_client()
    (found,) = reader.get("/index.json").get_json()["negotiations"]
    base = f"/{found['name']}/rev-1/para"
    tree = page(reader, f"{base}/13-a")
    assert words(tree.xpath("//h1")[0]) == "OBJECTIVE 1 (a)"
    above = tree.xpath("//nav[@aria-label='Where it stands']//a/@href")
    assert above[:2] == [f"{base}/title", f"{base}/objective-1"]
    (following,) = tree.xpath("//a[@rel='next']/@href")
    assert page(reader, following).xpath("//a[@rel='prev']/@href") == [f"{base}/13-a"]
    assert not page(reader, f"{base}/title").xpath("//a[@rel='prev']")


def test_its_number_leads_to_its_address(client: FlaskClient, slug: str) -> None:
    for rest in ("", ".json"):
        answer = client.get(f"/{slug}/rev-1/para/p2{rest}?language=en")
        assert (answer.status_code, answer.headers["Location"]) == (
            301,
            f"/{slug}/rev-1/para/1{rest}?language=en",
        )
    (canonical,) = page(client, f"/{slug}/rev-1/para/1").xpath("//link[@rel='canonical']/@href")
    assert canonical == f"http://localhost/{slug}/rev-1/para/1"


def test_a_paragraph_without_label_keeps_its_number(app: Flask, client: FlaskClient) -> None:
    slug = take(app, "Plain", "# Lights\n\nLamps are lit.\n\nHorns are blown.\n")
    assert page(client, f"/{slug}/rev-1/para/p2") is not None


@pytest.mark.parametrize("address", ["99", "p0", "p99", "p-1", "p١", "p" + "9" * 30, "1.json.json", "%00"])
def test_what_is_not_there_is_not_found(client: FlaskClient, slug: str, address: str) -> None:
    assert client.get(f"/{slug}/rev-1/para/{address}").status_code == 404


def test_a_wrong_address_offers_what_is_near(client: FlaskClient, slug: str) -> None:
    tree = page(client, f"/{slug}/rev-2/para/3", 404)
    assert f"/{slug}/rev-3/para/3" in tree.xpath("//ul[@class='ways']//a/@href")
    assert f"/{slug}/rev-2" in tree.xpath("//main//a/@href")


def test_an_older_draft_found_later_joins_the_history(app: Flask, client: FlaskClient, slug: str) -> None:
    before = client.get(f"/{slug}/rev-3/para/3.json").get_json()["states"]
    add(app, slug, "Rev.4", numbered(LAMPS, HORNS.capitalize() + " at all hours"))
    after = client.get(f"/{slug}/rev-3/para/3.json").get_json()["states"]
    assert after[: len(before)] == before
    assert [s["revision"] for s in after[len(before) :]] == ["rev-4"]


def test_queries_do_not_grow_with_text_or_revisions(app: Flask) -> None:
    few = take(app, "few", long_text(30), long_text(30, 5))
    many = take(app, "many", *(long_text(200, n) for n in range(1, 8)))
    for rest in ("", ".json"):
        assert queries(app, f"/{few}/rev-2/para/7{rest}") == queries(app, f"/{many}/rev-2/para/7{rest}") <= 13
