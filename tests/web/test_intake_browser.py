"""Files of delegations in a real browser: dropped together, reported one by one, confirmed."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gcmtext.resources import drafts_dir

from .signing_in import sign_in

pytestmark = pytest.mark.browser

SUBMISSIONS = drafts_dir() / "submissions"
LIST = b'In paragraph 7, delete "[aim]".\n\nReplace "seafarers" with "persons at sea".\n\nBe kind.\n'


def test_files_are_sent_together_and_reported_one_by_one(
    page: Page, own_server: str, axe: Callable[[Page], None]
) -> None:
    sign_in(page, own_server, "secretariat")
    page.goto(f"{own_server}/seafarers/rev-1/compilation")
    page.get_by_text("The call for amendments").click()
    page.get_by_label("Taken until (UTC)").fill("2099-01-01T10:00")
    page.get_by_role("button", name="Call for amendments").click()
    page.goto(f"{own_server}/seafarers/rev-1/intake")
    axe(page)
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    files = [
        {"name": path.name, "mimeType": word, "buffer": path.read_bytes()}
        for path in sorted(SUBMISSIONS.glob("*.docx"))[:4]
    ]
    broken = {"name": "broken.docx", "mimeType": word, "buffer": b"PK\x03\x04broken"}
    kenya = {"name": "kenya.txt", "mimeType": "text/plain", "buffer": LIST}
    page.locator("[name=file]").set_input_files([*files, broken, kenya])
    page.get_by_role("button", name="Read and preview").click()
    reports = page.locator("[data-reports] > li")
    expect(reports).to_have_count(6, timeout=120_000)
    expect(page.get_by_role("status").filter(has_text="6 of 6")).to_be_visible()
    expect(reports.nth(4)).to_contain_text("cut short or damaged")
    expect(reports.nth(5)).to_contain_text("Kenya")
    reports.nth(5).get_by_role("link").click()
    axe(page)
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name=re.compile("Dismiss: Be kind")).click()
    expect(page.get_by_role("heading", name="1 instruction could not be placed")).to_be_visible()
    page.get_by_role("button", name="Confirm: submit").first.click()
    expect(page.get_by_role("heading", name="What has become of its proposals")).to_be_visible()
    expect(page.locator("article").first).to_contain_text("new: amendment")
    page.get_by_role("link", name="Tray").click()
    axe(page)
    expect(page.locator(".doubts > li")).to_have_count(1)
