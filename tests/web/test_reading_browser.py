"""The overview, the text and the paragraph in a browser."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/seafarers",
    "/seafarers/rev-2",
    "/seafarers/final-draft/para/19-b",
    "/seafarers/nowhere",
)


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing(page: Page, server: str, axe: Callable[[Page], None], address: str) -> None:
    page.goto(server + address)
    for fold in page.locator("details").all():
        fold.evaluate("fold => fold.open = true")
    axe(page)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 800})
    axe(page)


@pytest.mark.parametrize("address", PAGES)
def test_no_page_scrolls_sideways(page: Page, server: str, address: str) -> None:
    page.goto(server + address)
    for width in (320, 390, 768, 1024, 1280, 2560):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_first_tab_leads_past_the_navigation(page: Page, server: str) -> None:
    page.goto(f"{server}/seafarers/rev-1")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the text")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator("main :focus").count() == 1


def test_everything_can_be_reached_with_keys_and_is_seen_to_be(page: Page, server: str) -> None:
    page.goto(f"{server}/seafarers/rev-1/para/5-bis")
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if not focused.count():
            break
        seen.add(focused.evaluate("e => e.outerHTML.slice(0, 200)"))
        assert focused.evaluate("e => getComputedStyle(e).outlineStyle") != "none"
    assert len(seen) == page.locator("a:visible, button:visible, summary:visible").count()


def test_the_theme_is_kept_from_page_to_page(page: Page, server: str) -> None:
    page.goto(server)
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    page.goto(f"{server}/seafarers")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="As the system").click()
    page.reload()
    assert page.locator("html").get_attribute("data-theme") is None


def test_the_theme_needs_no_script(page: Page, server: str) -> None:
    assert page.context.browser
    with page.context.browser.new_context(java_script_enabled=False) as plain:
        bare = plain.new_page()
        bare.goto(f"{server}/seafarers/rev-1?language=en")
        bare.get_by_role("button", name="Dark").click()
        assert bare.url == f"{server}/seafarers/rev-1?language=en"
        expect(bare.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_section_of_the_drawing_leads_to_its_text(page: Page, server: str) -> None:
    page.goto(f"{server}/seafarers")
    page.locator(".flow svg a[aria-label^='Rev.1: Vision']").click()
    page.wait_for_url("**/seafarers/rev-1#vision")
    expect(page.locator("#vision")).to_be_in_viewport()


def test_a_ribbon_leads_to_its_difference(page: Page, server: str) -> None:
    page.goto(f"{server}/seafarers")
    ribbon = page.locator(".flow svg a[href*='/compare/rev-1/rev-2']").first
    target = (ribbon.get_attribute("href") or "").split("#")[1]
    ribbon.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**#{target}")
    expect(page.locator(f"[id='{target}']").first).to_be_in_viewport()


def test_the_time_line_is_drawn_wide_and_a_list_on_the_phone(page: Page, server: str) -> None:
    page.goto(f"{server}/seafarers")
    drawn, item = page.locator(".tl svg"), page.locator(".tl li").first
    expect(drawn).to_be_visible()
    assert (item.bounding_box() or {"width": 0})["width"] < 2
    page.set_viewport_size({"width": 390, "height": 800})
    expect(drawn).to_be_hidden()
    assert (item.bounding_box() or {"width": 0})["width"] > 200


def test_lines_of_text_have_a_good_measure(page: Page, server: str) -> None:
    page.goto(f"{server}/seafarers/rev-1")
    text = page.locator("#pp2 .text")
    letters = text.evaluate(
        """element => {
          const lines = document.createRange();
          lines.selectNodeContents(element);
          const width = [...lines.getClientRects()].reduce((sum, line) => sum + line.width, 0);
          return element.clientWidth / (width / element.textContent.length);
        }"""
    )
    assert 62 <= letters <= 75


def test_an_address_in_a_mail_leads_to_the_paragraph(page: Page, server: str) -> None:
    page.goto(f"{server}/seafarers/rev-1#objective-7")
    expect(page.locator("#objective-7")).to_be_in_viewport()


def test_the_address_is_copied(page: Page, server: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{server}/seafarers/rev-1/para/5-bis")
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{server}/seafarers/rev-1/para/5-bis"


def test_text_is_printed_without_navigation(page: Page, server: str, tmp_path: Path) -> None:
    page.goto(f"{server}/seafarers/rev-1")
    page.emulate_media(media="print")
    for hidden in (".site", ".local", ".toc", ".ahead", ".foot .btns"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator("#vision")).to_be_visible()
    assert len(page.pdf(path=tmp_path / "text.pdf", prefer_css_page_size=True)) > 20_000
