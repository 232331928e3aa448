"""Proposing, supporting, editing and withdrawing an amendment: in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from .signing_in import sign_in

pytestmark = pytest.mark.browser

PARAGRAPH = "/seafarers/final-draft/para/5"
WORDS = "This Compact is a cooperative framework that binds nobody."


def test_a_head_proposes_with_the_redline_beside_what_is_typed(
    page: Page, own_server: str, axe: Callable[[Page], None]
) -> None:
    sign_in(page, own_server, "head")
    page.goto(f"{own_server}{PARAGRAPH}/propose")
    axe(page)
    page.get_by_label("Proposed text, in full").fill(WORDS)
    beside = page.locator("[data-shown]")
    expect(beside.locator("ins").first).to_contain_text("binds nobody")
    expect(beside.locator("del").first).to_be_visible()
    page.get_by_label("Rationale").fill("Shorter.")
    page.get_by_role("button", name="Submit").click()
    page.wait_for_url(f"{own_server}/seafarers/amendments/*")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Amendment")
    expect(page.locator(".big ins").first).to_contain_text("binds nobody")
    axe(page)
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Proposed text, in full").fill(WORDS + " It invites everybody.")
    page.get_by_role("button", name="Save for all to see").click()
    expect(page.get_by_text("Edition 2")).to_be_visible()
    button = page.get_by_role("button", name="Withdraw the amendment")
    expect(button).to_be_hidden()
    page.get_by_text("Withdraw", exact=True).click()
    expect(page.get_by_text("This cannot be undone")).to_be_visible()
    axe(page)
    button.click()
    expect(page.locator(".meta").first).to_contain_text("; withdrawn")
    expect(page.get_by_text("This cannot be undone")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_form_is_reached_from_the_text_by_keyboard(page: Page, server: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, server, "head")
    page.goto(f"{server}/seafarers/final-draft#9")
    offer = page.get_by_role("link", name="Propose a change to paragraph 9", exact=True)
    expect(offer).to_be_visible()
    page.locator('[id="9"] .lbl a').focus()
    for _ in range(4):
        if offer.evaluate("one => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{server}/seafarers/final-draft/para/9/propose")
    expect(page.get_by_label("Proposed text, in full")).to_be_visible()


def test_what_is_asked_for_follows_the_kind(page: Page, server: str) -> None:
    sign_in(page, server, "head")
    page.goto(f"{server}{PARAGRAPH}/propose")
    text, to = page.get_by_label("Proposed text, in full"), page.get_by_label("Move it before")
    expect(text).to_be_visible()
    expect(to).to_be_hidden()
    page.get_by_label("Delete it").check()
    expect(text).to_be_hidden()
    page.get_by_label("Move it", exact=True).check()
    expect(to).to_be_visible()


def test_a_double_click_proposes_once(page: Page, own_server: str) -> None:
    sign_in(page, own_server, "head")
    page.goto(f"{own_server}{PARAGRAPH}/propose")
    page.get_by_label("Proposed text, in full").fill(WORDS)
    page.get_by_role("button", name="Submit").dblclick()
    page.wait_for_url(f"{own_server}/seafarers/amendments/*")
    page.goto(f"{own_server}{PARAGRAPH}/amendments")
    expect(page.locator(".am.mine")).to_have_count(1)


def test_without_a_script_the_redline_comes_with_the_preview(browser: Browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, server, "delegate")
    page.goto(f"{server}{PARAGRAPH}/propose")
    expect(page.get_by_role("button", name="Submit")).to_have_count(0)
    page.get_by_label("Proposed text, in full").fill(WORDS)
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("[data-shown] ins").first).to_contain_text("binds nobody")
    expect(page.get_by_label("Proposed text, in full")).to_have_value(WORDS)
    context.close()


def test_an_amendment_of_another_is_supported_and_no_longer(page: Page, own_server: str) -> None:
    sign_in(page, own_server, "head.norway")
    page.goto(f"{own_server}/seafarers/amendments?revision=final-draft")
    page.locator(".am .let").first.click()
    support = page.get_by_role("button", name="Support amendment").first
    before = support.get_attribute("aria-pressed")
    support.click()
    expect(page.get_by_role("button", name="Support amendment").first).not_to_have_attribute(
        "aria-pressed", before or ""
    )


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "address",
    [
        "/seafarers/amendments",
        "/seafarers/final-draft",
        PARAGRAPH,
        f"{PARAGRAPH}/amendments",
        f"{PARAGRAPH}/propose",
        "/seafarers/final-draft/compilation?shown=all",
    ],
)
def test_pages_fit_and_are_accessible_to_who_is_signed_in(
    page: Page, server: str, axe: Callable[[Page], None], address: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, server, "head")
    page.goto(server + address)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
