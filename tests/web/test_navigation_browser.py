"""The navigation of a negotiation: nothing is cut off, for any role, at any width."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from .signing_in import sign_in

pytestmark = pytest.mark.browser

TABS = ["Overview", "Text", "Amendments", "Compilation", "Compare", "Agreed language"]
MENU = [
    "Files of delegations",
    "Lineage",
    "Participants",
    "Accreditation",
    "Roles",
    "Visibility",
    "Audit trail",
    "Import",
]


def cut_off(page: Page) -> list[str]:
    """Return what of the navigation that is shown does not lie wholly on the screen."""
    links = page.locator("nav.local a:visible, nav.local summary")
    boxes = [(link.inner_text(), link.bounding_box()) for link in links.all()]
    width = page.viewport_size["width"] if page.viewport_size else 0
    return [name for name, box in boxes if not box or box["x"] < 0 or box["x"] + box["width"] > width]


# Whoever conducts the talks sends no files for delegations, and a delegate manages none of the rest.
MENUS = {"secretariat": MENU, "co-facilitator": MENU[1:], "delegate": MENU[:5]}


@pytest.mark.parametrize("role", MENUS)
def test_all_pages_are_reached_at_any_width(
    page: Page, server: str, axe: Callable[[Page], None], role: str
) -> None:
    sign_in(page, server, role)
    for width in (1280, 768, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(server + "/seafarers")
        navigation = page.get_by_role("navigation", name="This negotiation")
        tabs = navigation.locator(".wrap > ul > li > a")
        assert tabs.all_inner_texts() == TABS
        assert not cut_off(page)
        axe(page)  # before the open menu covers links of the page
        navigation.get_by_text("More").click()
        shown = navigation.locator(".menu a:visible").all_inner_texts()
        assert shown == MENUS[role]
        assert not cut_off(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert all(
            box["height"] >= 24
            for link in navigation.locator(".menu a").all()
            if (box := link.bounding_box())
        )


def test_the_menu_by_keyboard(page: Page, server: str) -> None:
    sign_in(page, server, "secretariat")
    page.goto(server + "/seafarers/roles")
    summary = page.locator(".menu > summary")
    expect(summary).to_have_text("More: Roles")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".menu a", has_text="Files of delegations")).to_be_focused()
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(page.locator(".menu a").first).to_be_hidden()
    page.keyboard.press("Space")
    for _ in range(len(MENU)):
        page.keyboard.press("Tab")
    expect(page.locator(".menu a", has_text="Import")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/seafarers/import")
    expect(page.locator(".menu > summary")).to_have_text("More: Import")
    expect(page.locator(".menu [aria-current=page]")).to_have_text("Import")


def test_the_menu_closes_as_one_turns_elsewhere(page: Page, server: str) -> None:
    page.goto(server + "/seafarers")
    page.locator(".menu > summary").click()
    page.locator("h1").click()
    expect(page.locator(".menu a").first).to_be_hidden()


def test_the_menu_without_script(browser: Browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(server + "/seafarers")
    page.locator(".menu > summary").click()
    page.locator(".menu a", has_text="Participants").click()
    page.wait_for_url("**/seafarers/participants")
    context.close()
