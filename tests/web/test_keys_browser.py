"""Single keys: what they do, that each is listed, and that they can be turned off; the screen of a room."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from .signing_in import sign_in

pytestmark = pytest.mark.browser

COMPILATION = "/seafarers/rev-1/compilation"
WORKING = "/seafarers/rev-1/para/9/amendments"
IN_ROOM = (
    "/seafarers/rev-1",
    "/seafarers/rev-1/para/9",
    "/seafarers/compare/rev-1/rev-2",
    COMPILATION,
    WORKING,
)


def at(page: Page) -> str:
    """Return the paragraph of the compilation on which the focus is."""
    return str(
        page.evaluate("document.activeElement.closest('[data-change]')?.querySelector('[data-open]').id")
    )


def test_o_leads_from_open_paragraph_to_open_paragraph(page: Page, server: str) -> None:
    page.goto(server + COMPILATION)
    for key, paragraph in (("o", "pp1"), ("o", "pp2"), ("o", "pp3"), ("O", "pp2"), ("O", "pp1")):
        page.keyboard.press(key)
        assert at(page) == paragraph
    page.goto(server + WORKING)
    page.keyboard.press("o")
    page.wait_for_url("**/para/9-bis/amendments")
    page.keyboard.press("o")
    page.wait_for_url("**/para/9-ter/amendments")
    page.keyboard.press("o")
    page.wait_for_url("**/para/10-b/amendments")  # to 10 and to 10 (a) nobody proposes anything
    page.keyboard.press("O")
    page.wait_for_url("**/para/9-ter/amendments")
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.dataset.change") == "1"


def listed(page: Page) -> set[str]:
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    found = dialog.locator("dt kbd").all_inner_texts()
    page.keyboard.press("?")
    expect(dialog).to_be_hidden()
    return {*found}


def test_each_key_is_listed_where_it_works(page: Page, server: str, axe: Callable[[Page], None]) -> None:
    sign_in(page, server, "co-facilitator")
    everywhere = {"/", "?"}
    for address, own in (
        ("/seafarers/amendments", {"n", "p"}),
        ("/seafarers/rev-1", {"r"}),
        ("/seafarers/compare/rev-1/rev-2", {"n", "p", "c", "s", "i", "r"}),
        (COMPILATION, {"n", "p", "o", "O", "r"}),
        (WORKING, {"n", "p", "o", "O", "r"}),
        ("/seafarers/lineage/rev-1/rev-2", {"y", "u", "1", "9", "s", "n", "p"}),
    ):
        page.goto(server + address)
        assert listed(page) == everywhere | own, address
    script = page.request.get(server + "/static/gcmtext.js").text()
    (keys,) = re.findall(r"const keys = \{\n(.*?)\n  \};", script, re.DOTALL)
    assert {*re.findall(r"^    \"?(\w|/|\?)\"?: ", keys, re.MULTILINE)} == {*"nporsic/?", "O"}
    page.get_by_role("button", name="Keys").click()
    axe(page)


def test_keys_are_turned_off_and_stay_so(page: Page, server: str) -> None:
    page.goto(server + COMPILATION)
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Single keys work").uncheck()
    page.get_by_role("button", name="Close").click()
    page.reload()
    for key in ("o", "?", "r", "/"):
        page.keyboard.press(key)
    assert at(page) == "None"
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.evaluate("document.documentElement.dataset.view") is None
    assert page.url.endswith(COMPILATION)


def test_a_slash_leads_to_the_search(page: Page, server: str) -> None:
    page.goto(server + COMPILATION)
    page.keyboard.press("/")
    page.wait_for_url("**/search")
    page.keyboard.press("Tab")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    expect(page.get_by_role("searchbox")).to_have_value("")


@pytest.mark.parametrize("address", IN_ROOM)
def test_a_room_sees_the_text_and_nothing_that_leads_elsewhere(
    page: Page, server: str, axe: Callable[[Page], None], address: str
) -> None:
    sign_in(page, server, "head")
    page.goto(server + address)
    words = page.locator("main .text").first
    size = "element => parseFloat(getComputedStyle(element).fontSize)"
    before = words.evaluate(size)
    page.keyboard.press("r")
    assert words.evaluate(size) > 1.5 * before
    for gone in ("Site", "This negotiation"):
        expect(page.get_by_role("navigation", name=gone)).to_be_hidden()
    for gone in (".note", ".st", ".toc", ".talk", ".stances", ".foot"):
        assert page.locator(f"{gone}:visible").count() == 0
    axe(page)
    page.reload()
    assert page.evaluate("document.documentElement.dataset.view") == "room"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Leave the room screen").click()
    assert words.evaluate(size) == before
    expect(page.get_by_role("navigation", name="Site")).to_be_visible()
    page.get_by_role("button", name="Room screen").click()
    page.keyboard.press("r")
    assert page.evaluate("document.documentElement.dataset.view") is None


def test_the_room_is_entered_and_left_without_a_script(browser: Browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server + COMPILATION)
    page.get_by_role("button", name="Room screen").click()
    expect(page.locator("html")).to_have_attribute("data-view", "room")
    page.goto(server + "/seafarers/amendments")  # a page that no room is shown
    expect(page.get_by_role("navigation", name="Site")).to_be_visible()
    page.goto(server + WORKING)
    page.get_by_role("button", name="Leave the room screen").click()
    expect(page.get_by_role("navigation", name="Site")).to_be_visible()
    context.close()
