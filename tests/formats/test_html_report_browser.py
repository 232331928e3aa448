"""The page that shows a comparison, in a browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from gcmtext.formats.html_report import write_html
from gcmtext.text.compare import compare
from gcmtext.text.model import Document, Kind, Paragraph

pytestmark = pytest.mark.browser

TEXTS = (
    "States shall keep their ports open to ships that carry persons rescued at sea.",
    "Each State shall name an office to which families of the missing may turn.",
    "Fees shall be low and shall be published in every port of call.",
    "Procedures for the entry of those rescued shall be short and fair.",
    "Crews shall be thanked for the rescue by the State of which they fly the flag.",
    "Owners shall be paid for the time that their ships have lost.",
)


def document(texts: tuple[str, ...], revision: str) -> Document:
    paragraphs = (Paragraph(i, Kind.NUMBERED, str(i + 1), 0, text) for i, text in enumerate(texts))
    return Document("Framework on safe crossings", "en", tuple(paragraphs), revision=revision)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    new = (TEXTS[0].replace("shall", "will"), *TEXTS[1:5], TEXTS[5].replace("lost", "given"))
    page: Path = tmp_path_factory.mktemp("page") / "comparison.html"
    page.write_text(write_html(compare(document(TEXTS, "Rev.1"), document(new, "Rev.2"))), encoding="utf-8")
    return page.as_uri()


def opened(browser: Browser, address: str, width: int, *, scripted: bool = True) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 800}, java_script_enabled=scripted)
    page.goto(address)
    return page


def test_keys_walk_from_change_to_change(browser: Browser, address: str) -> None:
    page = opened(browser, address, 1280)
    for key, here in (("n", "1"), ("n", "2"), ("n", "1"), ("p", "2")):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.dataset.change") == here
    assert page.inner_text("[data-count]") == "Change 2 of 2"


def test_keys_can_be_turned_off(browser: Browser, address: str) -> None:
    page = opened(browser, address, 1280)
    page.click("details.keys summary")
    page.uncheck("#keys-on")
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.id") == "keys-on"


def test_the_policy_of_the_page_lets_its_own_style_and_script_pass(browser: Browser, address: str) -> None:
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(address)
    assert page.evaluate("'scripted' in document.documentElement.dataset")
    assert complaints == []


@pytest.mark.parametrize("scripted", [True, False])
def test_both_layouts_show_old_and_new_words(browser: Browser, address: str, scripted: bool) -> None:
    page = opened(browser, address, 1280, scripted=scripted)
    assert page.is_visible("[data-change='1'] .old del")
    assert page.is_hidden("[data-change='1'] .new del")
    page.click("label[for=broad-inline]")
    assert page.is_hidden("[data-change='1'] .old")
    assert page.is_visible("[data-change='1'] .new del")
    assert page.is_visible("[data-change='1'] .new ins")


@pytest.mark.parametrize("scripted", [True, False])
def test_all_paragraphs_can_be_shown(browser: Browser, address: str, scripted: bool) -> None:
    page = opened(browser, address, 1280, scripted=scripted)
    assert not page.locator("[id='3']").is_visible()
    page.click("label[for=shown-all]")
    page.wait_for_selector("[id='3']", state="visible")


def test_a_phone_begins_inline_and_never_scrolls_sideways(browser: Browser, address: str) -> None:
    page = opened(browser, address, 360)
    assert page.is_hidden("[data-change='1'] .old")
    assert page.is_visible("[data-change='1'] .new del")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.click("label[for=narrow-side]")
    assert page.is_visible("[data-change='1'] .old del")
