"""Comparison and review in a real browser: keys, folds, phones, accessibility."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from .signing_in import sign_in

pytestmark = pytest.mark.browser

Axe = Callable[[Page], None]


def negotiation(server: str, page: Page) -> str:
    (found,) = page.request.get(f"{server}/index.json").json()["negotiations"]
    return f"{server}/{found['name']}"


@pytest.fixture
def seafarers(server: str, page: Page) -> str:
    return negotiation(server, page)


@pytest.fixture
def own_seafarers(own_server: str, page: Page) -> str:
    return negotiation(own_server, page)


def test_keys_walk_choose_the_layout_and_show_all(page: Page, seafarers: str) -> None:
    page.goto(f"{seafarers}/compare/rev-1/rev-2")
    total = page.inner_text(".count").split()[0]
    for key, here in (("n", "1"), ("n", "2"), ("p", "1")):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.dataset.change") == here
    assert page.inner_text(".count") == f"Change 1 of {total}"
    page.keyboard.press("i")
    assert page.is_checked("#broad-inline")
    page.reload()
    assert page.is_checked("#broad-inline")
    page.keyboard.press("s")
    assert page.is_checked("#broad-side")
    page.keyboard.press("c")
    page.wait_for_url("**/rev-2?show=all")
    page.keyboard.press("c")
    page.wait_for_url("**/rev-1/rev-2")


def test_a_fold_opens_in_its_place(page: Page, seafarers: str) -> None:
    page.goto(f"{seafarers}/compare/rev-2/rev-3")
    folds = page.locator(".fold")
    before, address = folds.count(), page.url
    fold = folds.first.locator("a")
    anchor = fold.get_attribute("href").partition("#")[2]  # type: ignore[union-attr]
    assert page.locator(f"[id='{anchor}']").count() == 0
    fold.click()
    expect(page.locator(f"[id='{anchor}']")).to_be_visible()
    assert page.locator(".fold").count() == before - 1
    assert page.url == address
    assert page.evaluate("document.activeElement.classList.contains('row')")


def test_changes_that_were_folded_are_walked_to_as_well(page: Page, seafarers: str) -> None:
    page.goto(f"{seafarers}/compare/rev-1/rev-2?kind=split")
    shown = page.locator("[data-change]").count()
    page.locator(".fold a", has_text="change").first.click()
    expect(page.locator("[data-change]").nth(shown)).to_be_attached()
    page.evaluate("scrollTo(0, 0)")
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.dataset.change") == page.get_attribute(
        "[data-change]", "data-change"
    )


def test_without_the_server_a_fold_leads_on_as_a_link(page: Page, seafarers: str) -> None:
    page.goto(f"{seafarers}/compare/rev-2/rev-3")
    page.route("**/rows?*", lambda route: route.fulfill(status=404))
    page.locator(".fold a").first.click()
    page.wait_for_url("**at=*")


def test_an_address_of_what_is_folded_opens_it(page: Page, seafarers: str) -> None:
    page.goto(f"{seafarers}/compare/rev-2/rev-3")
    href = page.locator(".fold a").first.get_attribute("href") or ""
    anchor = href.partition("#")[2]
    page.goto("about:blank")
    page.goto(f"{seafarers}/compare/rev-2/rev-3#{anchor}")
    page.wait_for_url("**at=*")
    expect(page.locator(f"[id='{anchor}']")).to_be_in_viewport()


def test_what_moved_is_followed_both_ways(page: Page, seafarers: str) -> None:
    page.goto(f"{seafarers}/compare/zero-draft/rev-1")
    left = page.locator(".row.left").first
    left.locator(".kind a").click()
    arrived = page.locator(":target")
    expect(arrived).to_be_in_viewport()
    page.locator(".row:has(:target) .kind a", has_text="from").first.click()
    expect(left).to_be_in_viewport()


def test_kinds_and_sections_are_picked_out_without_a_script(browser: Browser, seafarers: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{seafarers}/compare/zero-draft/rev-1")
    with page.expect_navigation():
        page.click(".sum a:text-is('split')")
    assert set(page.locator("[data-change]").evaluate_all("rows => rows.map(row => row.className)")) == {
        "row split"
    }
    with page.expect_navigation():
        page.click("text=Show all differences")
    with page.expect_navigation():
        page.click("nav h3 a.n >> nth=2")
    assert "section=" in page.url
    page.select_option("select[name=old]", "rev-3")
    page.select_option("select[name=new]", "rev-2")
    with page.expect_navigation():
        page.click("button:text-is('Compare')")
    assert page.url.endswith("/compare/rev-2/rev-3")
    page.close()


def test_questions_are_decided_with_one_key(page: Page, own_seafarers: str) -> None:
    sign_in(page, own_seafarers, "co-facilitator")
    page.goto(f"{own_seafarers}/lineage/rev-1/rev-2")
    first, second = page.locator("article").evaluate_all("all => all.map(one => one.id)")[:2]
    page.fill("input[name=reason]", "Read both.")
    page.keyboard.type(" y")  # a letter in a reason decides nothing
    page.locator("h1").click()
    page.keyboard.press("s")
    assert page.evaluate("document.activeElement.id") == second
    page.keyboard.press("u")
    page.wait_for_selector("[role=status]")
    assert page.locator(f"article[id='{second}']").count() == 0
    assert page.locator(f"article[id='{first}']").count() == 1
    page.locator(f"article[id='{first}']").focus()
    page.keyboard.press("y")
    page.wait_for_selector(f"article[id='{first}']", state="detached")
    assert page.locator(".made li").count() == 2


def test_an_alternative_is_chosen_with_its_number(page: Page, own_seafarers: str) -> None:
    sign_in(page, own_seafarers, "co-facilitator")
    page.goto(f"{own_seafarers}/lineage/rev-1/rev-2")
    said = page.locator("[data-press='1']").first.inner_text().rpartition(" ")[0].strip()
    page.locator("h1").click()
    page.keyboard.press("1")
    page.wait_for_selector("[role=status]")
    old, new = (side.strip() for side in said.split("→"))
    assert f"{old} became {new}" in page.inner_text("[role=status]")


def test_enter_in_a_field_decides_nothing(page: Page, own_seafarers: str) -> None:
    sign_in(page, own_seafarers, "co-facilitator")
    page.goto(f"{own_seafarers}/lineage/rev-1/rev-2")
    count = page.locator("article").count()
    page.fill("input[name=reason]", "Read both.")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("article")).to_have_count(count)
    assert page.locator(".made li").count() == 0
    assert page.input_value("input[name=reason]") == "Read both."


def test_decided_without_a_script(browser: Browser, page: Page, own_seafarers: str) -> None:
    del page
    plain = browser.new_page(java_script_enabled=False)
    sign_in(plain, own_seafarers, "co-facilitator")
    plain.goto(f"{own_seafarers}/lineage/rev-1/rev-2")
    plain.fill("input[name=old]", "6")
    plain.fill("input[name=new]", "7")
    plain.click("button:text-is('Became')")
    assert "6 became 7" in plain.inner_text("[role=status]")
    plain.click("button:text-is('Take it back')")
    assert "taken back" in plain.inner_text("[role=status]")
    plain.close()


PAGES = (
    "compare/rev-2/rev-3",
    "compare/rev-1/rev-2?kind=moved&kind=split&kind=merged&kind=deleted&kind=doubtful&section=objective-6",
    pytest.param("compare/rev-1/rev-2", marks=pytest.mark.slow),
    pytest.param("compare/zero-draft/final-draft?show=all", marks=pytest.mark.slow),
    "lineage/rev-1/rev-2",
    "lineage/zero-draft/final-draft",
)


@pytest.mark.parametrize("rest", PAGES)
def test_accessible(page: Page, seafarers: str, axe: Axe, rest: str) -> None:
    page.goto(f"{seafarers}/{rest}")
    axe(page)


@pytest.mark.parametrize("rest", PAGES)
def test_accessible_on_a_dark_phone_and_no_wider_than_it(
    page: Page, seafarers: str, axe: Axe, rest: str
) -> None:
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{seafarers}/{rest}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    axe(page)


def test_the_walk_through_changes_fits_a_narrow_screen(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{server}/seafarers/compare/rev-1/rev-2")
    for button in page.locator(".walk .btn").all():
        box = button.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320


ADDRESSES = [
    "/seafarers",
    "/seafarers/rev-1",
    "/seafarers/compare/rev-1/rev-2",
    "/seafarers/lineage/rev-1/rev-2",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_focus_of_the_keyboard_is_seen_wherever_it_goes(page: Page, server: str, address: str) -> None:
    page.goto(server + address)
    stops = 0
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        stops += 1
        hidden = page.evaluate(
            """() => {
                const focused = document.activeElement;
                const drawing = focused.querySelectorAll("rect, path, circle");
                const shown = [focused, ...drawing, ...(focused.labels || [])];
                const drawn = (e) => {
                    const style = getComputedStyle(e);
                    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
                        || (e !== focused && style.stroke !== "none");
                };
                return shown.some(drawn) ? "" : focused.outerHTML.slice(0, 200);
            }"""
        )
        assert not hidden
    assert stops > 10
