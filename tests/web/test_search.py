"""The pages of search and corpus, over the demonstration."""

import csv
import re
from collections.abc import Callable
from html import unescape
from io import BytesIO, StringIO

import pytest
from docx import Document as WordFile
from docx.oxml.ns import qn
from flask import Flask
from playwright.sync_api import Page, expect

from gcmtext.services.indexing import follow
from gcmtext.web.store import session


def words(html: str) -> str:
    """Return what a page says, without its marks."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", html)))


@pytest.fixture(autouse=True)
def _indexed(request: pytest.FixtureRequest) -> None:
    """Search works off only so much at a time of what is new; all of it is in the index before the tests."""
    if "demo" in request.fixturenames:
        with request.getfixturevalue("demo").app_context():
            follow(session())


@pytest.fixture
def get(demo: Flask) -> Callable[..., str]:
    def get(address: str, status: int = 200) -> str:
        answer = demo.test_client().get(address)
        assert answer.status_code == status
        return answer.get_data(as_text=True)

    return get


def test_nothing_is_looked_for_before_something_is_asked(get: Callable[..., str]) -> None:
    assert "Type words" in get("/search")


def test_paragraphs_are_found_with_their_words_marked(get: Callable[..., str]) -> None:
    page = get("/search?q=seafarers")
    assert re.search(r"[\d,]+ paragraphs in \d+ documents", words(page))
    assert "<mark>seafarers</mark>" in page
    assert "Adopted documents" in page
    assert "Revisions" in page


def test_results_are_narrowed_and_put_in_order(get: Callable[..., str]) -> None:
    page = get("/search?q=seafarers&in=corpus&order=newest")
    assert 'name="in" value="corpus" checked' in page
    assert "/corpus/" in page
    assert "order=newest" in page
    all_of_it = get("/search?q=seafarers")
    found = int(re.search(r"([\d,]+) paragraph", words(page))[1].replace(",", ""))
    assert found < int(re.search(r"([\d,]+) paragraph", words(all_of_it))[1].replace(",", ""))


def test_what_was_not_taken_as_typed_is_said(get: Callable[..., str]) -> None:
    assert "A quotation mark was not closed" in get('/search?q="seafarers')


def test_a_word_that_nobody_uses_is_answered_with_one_that_is_used(get: Callable[..., str]) -> None:
    page = get("/search?q=seafarerz")
    assert "Did you mean" in page
    assert "No paragraph holds this" in page


@pytest.mark.parametrize(
    "query", ["", "(((", "\x00'\";--", "*", "a" * 4000, "%F0%9F%92%A9", "order=x&page=-3&q=sea", "date:..x"]
)
def test_nothing_that_can_be_typed_is_an_error(get: Callable[..., str], query: str) -> None:
    get(f"/search?{query}" if query.startswith("order") else f"/search?q={query}")


def test_results_can_be_taken_along(demo: Flask) -> None:
    client = demo.test_client()
    total = client.get("/search.json?q=seafarers").json
    assert total["hits"][0]["highlights"]
    rows = list(
        csv.DictReader(
            StringIO(client.get("/search.csv?q=seafarers").get_data(as_text=True).lstrip("\ufeff"))
        )
    )
    assert len(rows) == total["total"]
    word = WordFile(BytesIO(client.get("/search.docx?q=seafarers+in:corpus").data))
    assert any("seafarers" in paragraph.text.lower() for paragraph in word.paragraphs)


def test_what_no_word_file_can_hold_is_left_out_of_a_compendium(demo: Flask) -> None:
    answer = demo.test_client().get("/search.docx", query_string={"q": "seafarers\x01\ufffe"})
    assert WordFile(BytesIO(answer.data)).paragraphs[0].text.startswith("seafarers")


def test_each_passage_of_a_compendium_keeps_its_language_and_direction(demo: Flask) -> None:
    asked = {"q": "البحارة OR marins OR crew in:corpus"}
    word = WordFile(BytesIO(demo.test_client().get("/search.docx", query_string=asked).data))
    turned = {p.text: p._p.find(f".//{qn('w:bidi')}") is not None for p in word.paragraphs}
    assert {True, False} == set(turned.values())
    assert all(is_turned == ("أ" in text or "ا" in text) for text, is_turned in list(turned.items())[1:])
    french = next(p for p in word.paragraphs if p.text.startswith("Aucun marin"))
    assert {lang.get(qn("w:val")) for lang in french._p.iter(qn("w:lang"))} == {"fr"}


def test_each_document_of_the_corpus_has_a_page(get: Callable[..., str]) -> None:
    index = get("/corpus")
    address = re.search(r'href="(/corpus/[^"]+)"', index)[1]
    page = get(address)
    assert 'class="lbl"' in page
    get(address.rsplit("-", 1)[0], status=302)
    assert "no document" in get("/corpus/nothing-of-the-kind", status=404)


@pytest.mark.parametrize("page", ["2", "0", "-1", "x", "9" * 9, "9" * 30])
def test_there_are_no_pages_beyond_the_last_document(get: Callable[..., str], page: str) -> None:
    get(f"/corpus?page={page}", status=404)


def test_what_can_be_typed_is_explained(get: Callable[..., str]) -> None:
    assert "NEAR/5" in get("/search/help")


@pytest.mark.browser
def test_results_follow_as_one_types_and_the_address_with_them(page: Page, server: str) -> None:
    page.goto(f"{server}/search")
    page.get_by_role("searchbox").fill("seafarers")
    expect(page.locator("mark").first).to_have_text(re.compile("seafarer", re.IGNORECASE))
    expect(page).to_have_url(re.compile(r"q=seafarers"))
    page.get_by_role("checkbox", name=re.compile("Adopted documents")).check()
    page.get_by_role("button", name="Narrow").click()
    expect(page).to_have_url(re.compile(r"in=corpus"))
    page.locator(".res .doc a").first.click()
    expect(page).to_have_url(re.compile(r"/corpus/.*#"))
