"""Delegations, the list of stakeholders, roles and visibility: their forms in a real browser."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from .signing_in import sign_in

pytestmark = pytest.mark.browser

HOME = "/seafarers"


def test_a_state_is_added_once(page: Page, own_server: str) -> None:
    sign_in(page, own_server, "secretariat")
    page.goto(f"{own_server}{HOME}/participants")
    page.get_by_label("Country").select_option("KI")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("heading", name="Kiribati", level=1)).to_be_visible()
    page.goto(f"{own_server}{HOME}/participants")
    expect(page.get_by_role("link", name="Kiribati")).to_be_visible()
    page.get_by_label("Country").select_option("KI")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Country")).to_have_value("KI")


def test_a_name_is_put_on_the_list_and_a_state_objects(page: Page, own_server: str) -> None:
    sign_in(page, own_server, "secretariat")
    page.goto(f"{own_server}{HOME}/accreditation")
    page.get_by_label("Name in full").fill("Friends of the Long Voyage")
    page.get_by_label("Short name").fill("FLV")
    later = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
    page.get_by_label("Last day to object").fill(later)
    page.get_by_role("button", name="Put it on the list").click()
    expect(page.get_by_text("Friends of the Long Voyage").first).to_be_visible()
    page.get_by_role("button", name="Sign out", exact=True).first.click()
    sign_in(page, own_server, "head.norway")
    page.goto(f"{own_server}{HOME}/accreditation")
    page.get_by_role("button", name="Norway objects to Friends of the Long Voyage").click()
    expect(page.get_by_role("button", name="Norway takes its objection back").first).to_be_visible()


def test_a_role_is_given_and_revoked(page: Page, own_server: str) -> None:
    sign_in(page, own_server, "co-facilitator")
    page.goto(f"{own_server}{HOME}/roles")
    page.get_by_label("E-mail address").fill("nobody@example.org")
    page.get_by_role("button", name="Give the role").click()
    expect(page.get_by_label("E-mail address")).to_have_value("nobody@example.org")
    expect(page.get_by_label("E-mail address")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("E-mail address").fill("delegate.kenya@example.org")
    page.get_by_label("Role", exact=True).select_option("secretariat")
    page.get_by_label("For", exact=True).select_option("")
    page.get_by_role("button", name="Give the role").click()
    grace = page.get_by_role("row").filter(has_text="Grace Otieno")
    expect(grace).to_have_count(2)
    grace.filter(has_text="ecretariat").get_by_role("button").click()
    expect(page.get_by_role("row").filter(has_text="Grace Otieno")).to_have_count(1)


def test_a_revision_is_taken_back_from_the_public(page: Page, own_server: str) -> None:
    sign_in(page, own_server, "co-facilitator")
    page.goto(f"{own_server}{HOME}/visibility")
    page.get_by_label("Who may see Final draft").select_option("prepared")
    page.get_by_role("button", name="Set Final draft").click()
    expect(page.get_by_label("Who may see Final draft")).to_have_value("prepared")
    page.get_by_role("button", name="Sign out", exact=True).first.click()
    answer = page.goto(f"{own_server}{HOME}/final-draft")
    assert answer is not None
    assert answer.status == 404
