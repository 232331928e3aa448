"""Signing in, setting up a second factor, inviting somebody: in a real browser."""

import re
from collections.abc import Callable

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect
from services.persons import PASSWORD

from .signing_in import sign_in

pytestmark = pytest.mark.browser


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def secret_of(page: Page) -> str:
    return "".join(page.locator(".set-up code").inner_text().split())


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize(
    "address", ["/account", "/account/second-factor", "/people", "/outbox", "/seafarers/invite"]
)
def test_pages_for_who_is_signed_in(
    page: Page, server: str, axe: Callable[[Page], None], address: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, server, "administrator")
    page.goto(server + address)
    axe(page)
    assert fits(page)


def test_who_has_to_sign_in_comes_back_to_where_they_were(page: Page, server: str) -> None:
    page.goto(server + "/account")
    page.get_by_role("main").get_by_role("link", name="Sign in").click()
    page.get_by_label("E-mail address").fill("delegate@example.org")
    page.get_by_label("Password").fill("not this one")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_label("Password")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Password")).to_be_focused()
    expect(page.get_by_label("E-mail address")).to_have_value("delegate@example.org")
    page.get_by_label("Password").fill("demonstration")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(server + "/account")
    page.get_by_role("button", name="Sign out", exact=True).first.click()
    page.wait_for_url(server + "/")
    page.go_back()
    expect(page.get_by_role("heading", name="Where you are signed in")).to_have_count(0)


def test_a_second_factor_from_the_picture_to_the_next_sign_in(
    page: Page, own_server: str, axe: Callable[[Page], None]
) -> None:
    sign_in(page, own_server, "secretariat")
    page.goto(own_server + "/account")
    page.get_by_role("link", name="Set one up").click()
    secret = secret_of(page)
    box = page.locator(".picture svg").bounding_box()
    assert box is not None
    assert 150 < box["width"] == box["height"]
    page.get_by_role("textbox", name="Code").fill("12345")
    page.get_by_role("button", name="Set it up").click()
    expect(page.locator(".wrong")).to_contain_text("wrong")
    assert secret_of(page) == secret
    page.get_by_role("textbox", name="Code").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Set it up").click()
    expect(page.locator(".codes li")).to_have_count(10)
    axe(page)
    code = page.locator(".codes code").first.inner_text()
    page.get_by_role("button", name="Sign out").click()
    page.goto(own_server + "/sign-in")
    page.get_by_label("E-mail address").fill("secretariat@example.org")
    page.get_by_label("Password").fill("demonstration")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/sign-in/code")
    axe(page)
    page.get_by_role("textbox", name="Code").fill(code)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Sofia Marin").click()
    expect(page.get_by_text("9 recovery codes are left.")).to_be_visible()


def test_an_invitation_without_scripts(own_server: str, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        sign_in(page, own_server, "administrator")
        page.goto(own_server + "/people")
        page.get_by_label("E-mail address").fill("amina@example.org")
        page.get_by_label("Role").select_option("delegate")
        page.get_by_label("In, or for").select_option(label="Mexico")
        page.get_by_role("button", name="Invite").click()
        link = page.locator(".notice .address").inner_text()
        page.goto(own_server + "/outbox")
        expect(page.get_by_role("link", name=link)).to_be_visible()
        page.get_by_role("button", name="Sign out").click()
        page.goto(link)
        expect(page.get_by_text("Mexico")).to_be_visible()
        page.get_by_label("Your name").fill("Amina Diallo")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Accept").click()
        page.wait_for_url(re.compile("/seafarers$"))
        expect(page.get_by_role("link", name="Amina Diallo")).to_be_visible()
