"""Agreed language as one types, and the way from the map into the text."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from .signing_in import sign_in

QUOTED = "No seafarer shall be required to serve on board for more than eleven months without leave"


def test_as_one_types_it_is_shown_what_is_agreed(page: Page, server: str) -> None:
    page.goto(f"{server}/precedents")
    expect(page.get_by_role("heading", name="What was found")).to_be_hidden()
    page.get_by_label("Text").press_sequentially(QUOTED, delay=1)
    expect(page.get_by_role("heading", name="What was found")).to_be_visible()
    expect(page.locator(".agreed")).to_have_text(QUOTED)
    expect(page.locator(".note")).to_contain_text("DEMO/2020/1, 4")
    page.get_by_label("Text").fill("Nothing of the kind.")
    expect(page.locator(".note")).to_have_text("not agreed language")


def test_an_amendment_is_looked_up_as_it_is_written(
    page: Page, server: str, axe: Callable[[Page], None]
) -> None:
    sign_in(page, server, "head")
    page.goto(f"{server}/seafarers/final-draft/para/5/propose")
    heading = page.get_by_role("heading", name="Agreed language")
    expect(heading).to_be_hidden()
    page.get_by_label("Proposed text, in full").fill(QUOTED)
    expect(heading).to_be_visible()
    expect(page.locator(".beside .agreed")).to_have_text(QUOTED)
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        axe(page)


def test_without_a_script_the_button_asks(page: Page, server: str) -> None:
    without = page.context.browser.new_context(java_script_enabled=False) if page.context.browser else None
    assert without is not None
    plain = without.new_page()
    plain.goto(f"{server}/precedents")
    plain.get_by_label("Text").fill(QUOTED)
    plain.get_by_role("button", name="Look it up").click()
    expect(plain.locator(".agreed")).to_have_text(QUOTED)
    expect(plain.get_by_label("Text")).to_have_value(QUOTED)
    without.close()


def test_a_bar_of_the_map_leads_to_its_paragraph(page: Page, server: str) -> None:
    page.goto(f"{server}/seafarers/final-draft/agreed")
    page.locator(".cells a", has_text=re.compile(r"^34: ")).click()
    expect(page).to_have_url(re.compile("#34$"))
    expect(page.locator(".line:target")).to_contain_text("We recognize the particular situation")
    page.locator(".line:target").get_by_role("link", name="word by word").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Agreed language in paragraph 34")
    expect(page.locator(".nearest del").first).to_have_text("all ")
