"""Each kind of page, with axe, wide and at 400 %."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from .signing_in import sign_in

PAGES = (
    "/",
    "/new",
    "/seafarers",
    "/seafarers/rev-1",
    "/seafarers/rev-1/para/9-bis",
    "/seafarers/compare/zero-draft/final-draft",
    "/seafarers/lineage/rev-1/rev-2",
    "/seafarers/import",
    "/seafarers/final-draft/agreed",
    "/seafarers/final-draft/para/34/agreed",
    "/precedents?text=No+seafarer+shall+be+required+to+serve+on+board+for+more+than+ten+months",
    "/seafarers/rev-1/compilation/drawn",
    "/seafarers/amendments",
    "/seafarers/amendments?revision=rev-1&group=CARICOM&kind=new",
    "/seafarers/amendments?revision=rev-1&state=withdrawn",
    "/seafarers/amendments/58",
    "/seafarers/rev-1/compilation",
    "/seafarers/rev-1/compilation?group=CARICOM&kind=new",
    "/seafarers/rev-1/compilation/norway",
    "/seafarers/rev-1/para/14-b/amendments",
    "/seafarers/rev-1/para/18-a/amendments",
    "/seafarers/participants",
    "/seafarers/participants/marshall-islands",
    "/permissions",
    "/search",
    "/search?q=seafarers",
    "/search?q=seafarerz+%22at+sea",
    "/search/help",
    "/corpus",
    "/corpus/demo-2025-1-en",
    "/corpus/demo-2020-1-ar",
    "/seafarers/no-such-revision",
    "/sign-in",
    "/reset",
    "/people",
)


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("width", [1280, 320])
def test_each_page_is_accessible_and_fits(
    page: Page, server: str, axe: Callable[[Page], None], address: str, width: int
) -> None:
    """320 px is a screen of 1280 px at 400 %."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(server + address)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("address", ["/search?q=seafarers", "/corpus", "/corpus/demo-2020-1-ar"])
def test_search_is_accessible_and_fits_on_a_telephone(
    page: Page, server: str, axe: Callable[[Page], None], address: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(server + address)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


SIGNED_IN = (
    "/account",
    "/seafarers/amendments?revision=rev-1",
    "/seafarers/rev-1/intake",
    "/seafarers/rev-1/tray",
    "/seafarers/accreditation",
    "/seafarers/roles",
    "/seafarers/visibility",
    "/seafarers/audit",
    "/search/saved",
    "/audit",
    "/outbox",
)


@pytest.mark.parametrize("width", [1280, 320])
def test_each_page_for_those_who_conduct_is_accessible_and_fits(
    page: Page, server: str, axe: Callable[[Page], None], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, server, "administrator")
    for address in SIGNED_IN:
        page.goto(server + address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
