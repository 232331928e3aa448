"""A compilation as one page, in a browser."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from sample_compilation import SHORT, sample

from gcmtext.formats.compilation.page import write_page
from gcmtext.formats.profile_files import load_profile

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    page: Path = tmp_path_factory.mktemp("page") / "compilation.html"
    page.write_text(write_page(sample(), load_profile("ga"), SHORT), encoding="utf-8")
    return page.as_uri()


@pytest.fixture
def page(browser: Browser, address: str) -> Page:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.said = []  # type: ignore[attr-defined]
    page.on("console", lambda message: page.said.append(message.text))  # type: ignore[attr-defined]
    page.goto(address)
    return page


def test_the_text_reads_as_in_the_word_file(page: Page) -> None:
    assert page.inner_text("#\\32  .text") == "[Fees shall be [low] [fair (Mexico)]. (delete: Egypt)]"
    assert page.inner_text("#\\32  .st") == "2 proposals, contested"
    assert not page.said  # type: ignore[attr-defined]


def test_only_what_is_open_or_contested_is_shown_with_names_or_without(page: Page) -> None:
    shown = "() => [...document.querySelectorAll('.comp.base .text')].filter(e => e.offsetParent).length"
    assert page.evaluate(shown) == 5
    page.click("label[for=paragraphs-open]")
    assert page.evaluate(shown) == 4
    page.click("label[for=paragraphs-contested]")
    assert page.evaluate(shown) == 4
    page.click("label[for=names-without]")
    assert page.inner_text("#\\32  .text") == "[Fees shall be [low] [fair].]"


def test_the_matrix_says_who_does_what_where(page: Page) -> None:
    rows = page.locator(".matrix tbody tr").all_inner_texts()
    assert [" ".join(row.split("\t")[0].split()) for row in rows] == [
        "PP1 bis",
        "1",
        "↑ moves here: 3",
        "2",
        "3",
        "4",
        "4 bis",
        "4 bis alt",
    ]
    assert page.locator(".matrix tbody tr").nth(3).locator("td").nth(0).text_content() == (
        "deldeletes the paragraph "
    )


def test_each_delegation_has_its_own_proposals(page: Page) -> None:
    page.click("text=Norway 2 proposals")
    assert "1 splits" in page.inner_text(".by[open]")


@pytest.mark.parametrize("width", [390, 1280])
def test_accessible_and_never_wider_than_the_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for summary in page.locator("details.by summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
