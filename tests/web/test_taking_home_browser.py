"""A delegate takes the compilation home as a Word file, and LibreOffice makes of it what the pages show."""

from pathlib import Path

import pytest
from formats.libreoffice import resolved_by_libreoffice, without_comments
from playwright.sync_api import Page

from gcmtext.formats.tracked_changes import read_tracked

from .signing_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COMPILATION = "/seafarers/rev-1/compilation"


def downloaded(page: Page, button: str) -> bytes:
    """Return the file that a link of the page gives."""
    with page.expect_download() as download:
        page.get_by_role("link", name=button, exact=True).click()
    return Path(download.value.path()).read_bytes()


def printed(page: Page, of: str) -> list[str]:
    """Return the paragraphs of a revision, label and words, as programs are told."""
    found = page.request.get(of).json()["paragraphs"]
    return [f"{p['label']} {p['text']}" if p["label"] else p["text"] for p in found]


def test_all_changes_are_accepted_and_rejected(page: Page, server: str, tmp_path: Path) -> None:
    """All at once is no text that anybody wants; LibreOffice and the program must read the same in it."""
    sign_in(page, server, "delegate")
    page.goto(server + COMPILATION)
    data = downloaded(page, "Word, tracked by delegation")
    read = read_tracked(data).proposed.paragraphs
    found = resolved_by_libreoffice(without_comments(data), tmp_path)
    assert blanks(found["rejected"]) == blanks(printed(page, f"{server}/seafarers/rev-1.json"))
    assert blanks(found["accepted"]) == blanks([f"{p.label} {p.text}" if p.label else p.text for p in read])
    assert len(read_tracked(data).authors) > 12


def test_the_file_of_one_delegation_gives_its_text(page: Page, server: str, tmp_path: Path) -> None:
    sign_in(page, server, "delegate")
    page.goto(server + COMPILATION)
    page.locator("#matrix").get_by_role("link", name="Norway").click()
    page.wait_for_url("**/compilation/norway")
    own = [
        " ".join([*row.locator(".lbl").all_inner_texts(), row.locator(".text").inner_text()])
        for row in page.locator("section[aria-labelledby='page.own'] .p").all()
    ]
    data = downloaded(page, "Word, with tracked changes")
    assert set(read_tracked(data).authors) == {"Norway"}
    found = resolved_by_libreoffice(without_comments(data), tmp_path)
    assert blanks(found["accepted"]) == blanks(own)
    assert blanks(found["rejected"]) == blanks(printed(page, f"{server}/seafarers/rev-1.json"))


def blanks(lines: list[str]) -> list[str]:
    """Return lines with one blank between two words: a label is followed by a tab."""
    return [" ".join(line.split()) for line in lines]
