"""All negotiations, and one from above."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from web.pages import add, long_text, page, queries, take, words
from web.signing_in import as_person, as_role

LIGHTS = "# Lights\n\n1. Keep every lamp on the coast lit from dusk to dawn.\n"


@pytest.fixture
def reader(demo: Flask) -> FlaskClient:
    return demo.test_client()


@pytest.fixture
def slug(reader: FlaskClient) -> str:
    (found,) = reader.get("/index.json").get_json()["negotiations"]
    return str(found["name"])


def test_an_empty_house_says_what_to_do(client: FlaskClient) -> None:
    assert page(client, "/").find_class("empty")[0].xpath(".//a/@href") == ["/sign-in"]
    tree = page(as_role(client, "administrator"), "/")
    (empty,) = tree.find_class("empty")
    assert "gcmtext demo" in words(empty)
    assert "gcmtext import" in words(empty)
    assert empty.xpath(".//a/@href") == ["/new"]


def test_each_negotiation_stands_with_its_latest_revision(reader: FlaskClient, slug: str) -> None:
    (entry,) = page(reader, "/").xpath("//ul[@class='entries']/li")
    assert entry.xpath(".//h2/a/@href") == [f"/{slug}"]
    assert "Final draft, 9 July 2027" in words(entry)
    assert "6 revisions, 189 paragraphs" in words(entry)


def test_queries_of_the_list_do_not_grow(app: Flask) -> None:
    take(app, "one", LIGHTS)
    before = queries(app, "/")
    for name in ("two", "three", "four"):
        take(app, name, LIGHTS, LIGHTS + "\n2. Sound horns in fog.\n")
    assert queries(app, "/") == before


def test_the_overview_lists_the_revisions_and_what_changed(reader: FlaskClient, slug: str) -> None:
    tree = page(reader, f"/{slug}")
    names = [words(name) for name in tree.xpath("//div[@class='tl']/ol/li/a")]
    assert names == ["Zero draft", "Zero draft plus", "Rev.1", "Rev.2", "Rev.3", "Final draft"]
    rows = tree.xpath("//table[@class='revs']/tbody/tr")
    assert [words(row.xpath("th/a")[0]) for row in rows] == names[::-1]
    told = reader.get(f"/{slug}.json").get_json()["steps"]
    for row, step in zip(rows, told[::-1], strict=False):
        figures = step["summary"]
        cells = [words(cell) for cell in row.xpath("td[@class='fig']")]
        assert cells == [
            str(figures["edited"]),
            str(figures["moved"] + figures["moved_and_edited"]),
            *(str(figures[kind]) for kind in ("split", "merged", "inserted", "deleted")),
        ]
        assert row.xpath(f".//a[starts-with(@href, '/{slug}/compare/{step['old']}/{step['new']}')]")


def test_links_in_doubt_lead_to_their_review(reader: FlaskClient, slug: str) -> None:
    doubtful = [s for s in reader.get(f"/{slug}.json").get_json()["steps"] if s["in_doubt"]]
    assert doubtful
    (notice,) = page(reader, f"/{slug}").xpath("//section[@class='notice']")
    assert notice.xpath(".//a/@href") == [f"/{slug}/lineage/{s['old']}/{s['new']}" for s in doubtful]


def test_only_who_may_correct_links_is_asked_to(own_demo: Flask) -> None:
    visitor, head = own_demo.test_client(), as_person(own_demo.test_client(), "head")
    chair = as_person(own_demo.test_client(), "co-facilitator")
    steps = visitor.get("/seafarers.json").get_json()["steps"]
    doubtful = next(s for s in steps if s["in_doubt"])
    step = f"{doubtful['old']}/{doubtful['new']}"
    for address in ("/seafarers", f"/seafarers/compare/{step}", f"/seafarers/lineage/{step}"):
        for client in (visitor, head):
            said = words(page(client, address))
            assert "not certain" in said
            assert "for a person to check" not in said
            assert "Confirm or correct" not in said
            assert "Say whether it is right" not in said
        assert "for a person to check" in words(page(chair, address))
    compared = page(visitor, f"/seafarers/compare/{step}")
    assert compared.xpath(f"//section[@aria-labelledby='page.doubts']//a[@href='/seafarers/lineage/{step}']")


def test_every_section_and_ribbon_of_the_drawing_leads_somewhere(reader: FlaskClient, slug: str) -> None:
    (drawing,) = page(reader, f"/{slug}").xpath("//*[contains(@class, 'flow')]/svg")
    links = drawing.xpath(".//a")
    assert all(link.get("aria-label") for link in links)
    told = reader.get(f"/{slug}.json").get_json()
    sections = sum(len(r["sections"]) for r in told["revisions"])
    ribbons = sum(len(s["ribbons"]) for s in told["steps"])
    assert len(links) == sections + ribbons
    for href in [link.get("href") for link in links][:: len(links) // 12]:
        address, anchor = href.split("#")
        assert anchor in page(reader, address).xpath("//@id")


def test_the_table_says_the_same_as_the_drawing(reader: FlaskClient, slug: str) -> None:
    tree = page(reader, f"/{slug}")
    rows = [words(row) for row in tree.xpath("//details[@id='flow-table']//tbody/tr")]
    told = reader.get(f"/{slug}.json").get_json()["steps"]
    assert len(rows) == sum(len(s["ribbons"]) + len(s["inserted"]) + len(s["deleted"]) for s in told)
    assert any("moved up" in row for row in rows)


def test_queries_of_the_overview_do_not_grow(app: Flask) -> None:
    few = take(app, "few", long_text(20), long_text(20, 5))
    many = take(app, "many", *(long_text(150, n) for n in range(1, 8)))
    assert queries(app, f"/{few}") == queries(app, f"/{many}") <= 12


def test_one_revision_without_a_date_is_an_overview(app: Flask, client: FlaskClient) -> None:
    slug = take(app, "Lights", LIGHTS)
    tree = page(client, f"/{slug}")
    assert "the first text" in words(tree)
    assert not tree.xpath("//*[contains(@class, 'flow')]")
    assert not tree.xpath("//nav[@class='local']//a[contains(@href, 'compare')]")
    (revision,) = client.get(f"/{slug}.json").get_json()["revisions"]
    assert (revision["paragraphs"], revision["issued"]) == (2, None)


def test_a_negotiation_without_a_text_asks_for_the_first(app: Flask, client: FlaskClient) -> None:
    slug = take(app, "Lights")
    assert page(client, f"/{slug}").find_class("empty")[0].xpath(".//a/@href") == []
    tree = page(as_role(client, "secretariat"), f"/{slug}")
    assert tree.find_class("empty")[0].xpath(".//a/@href") == [f"/{slug}/import"]
    assert "No revision yet" in words(page(client, "/"))
    assert client.get(f"/{slug}.json").get_json()["revisions"] == []


def test_language_versions_are_listed(app: Flask, client: FlaskClient) -> None:
    french = "---\nlanguage: fr\n---\n# Les feux\n\n1. Tous les feux de la côte sont tenus.\n"
    slug = take(app, "Lights", LIGHTS)
    add(app, slug, "Rev.1", french, date(2027, 1, 29))
    (part,) = page(client, f"/{slug}").xpath("//section[@aria-labelledby='languages']")
    assert part.xpath(".//a/@href") == [f"/{slug}/rev-1", f"/{slug}/rev-1?language=fr"]


def test_names_of_others_cannot_become_markup(app: Flask, client: FlaskClient) -> None:
    name = "<script>alert(1)</script> & “Lights”"
    slug = take(app, name, LIGHTS.replace("Lights", "*<b>Lights*"))
    for address in ("/", f"/{slug}", f"/{slug}/rev-1"):
        assert not page(client, address).xpath("//script[not(@src)]|//main//b[starts-with(., 'Lights')]")


@pytest.mark.parametrize(
    "address", ["/nowhere", "/nowhere.json", "/nowhere/rev-1", "/%00", "/%00/rev-1/para/1"]
)
def test_what_is_not_there_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_wrong_revision_offers_those_that_are_there(reader: FlaskClient, slug: str) -> None:
    tree = page(reader, f"/{slug}/rev-9", 404)
    assert f"/{slug}/final-draft" in tree.xpath("//ul[@class='ways']//a/@href")
    assert reader.get(f"/{slug}/rev-9.json").get_json()["error"]
