"""Bringing in a revision in a real browser: dropped, sent, corrected, issued; and what is refused."""

import re
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest
from formats.docx_builder import docx, paragraph
from playwright.sync_api import Browser, Page, expect

from gcmtext.resources import drafts_dir

from .signing_in import sign_in

pytestmark = pytest.mark.browser

IMPORT = "/seafarers/import"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def adopted() -> bytes:
    """The final draft as it could be adopted, with a number that was mistyped."""
    data = (drafts_dir() / "6-final-draft.md").read_bytes()
    for old, new in (
        (b"Final draft", b"Adopted text"),
        (b"\n\n12. ", b"\n\n13. "),
        (b"lays upon", b"puts on"),
    ):
        data = data.replace(old, new)
    return data


def drop(page: Page, data: bytes, name: str, kind: str) -> None:
    """Drop a file onto the page as a person does with the mouse."""
    page.locator("[data-drop]").evaluate(
        """(area, [data, name, type]) => {
            const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([bytes], name, { type }));
            for (const kind of ["dragover", "drop"])
                area.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
        }""",
        [b64encode(data).decode(), name, kind],
    )


def choose(page: Page, data: bytes, name: str) -> None:
    page.set_input_files("[name=file]", {"name": name, "mimeType": "text/plain", "buffer": data})


def preview(page: Page) -> None:
    page.get_by_role("button", name="Read and preview").click()
    page.wait_for_url(re.compile("/import/"))


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_a_word_file_is_dropped_corrected_and_issued(
    own_server: str, page: Page, axe: Callable[[Page], None]
) -> None:
    lines = ("On lights", "1. Lights are kept.", "Keepers are trained.", "3. Towers are painted.")
    sign_in(page, own_server, "administrator")
    page.goto(own_server + IMPORT)
    axe(page)
    drop(page, docx("".join(map(paragraph, lines))), "lights.docx", WORD)
    page.get_by_label("Revision", exact=True).fill("Rev.7")
    preview(page)
    axe(page)
    expect(page.locator("h1")).to_have_text("Rev.7: preview")
    page.get_by_role("link", name="Keepers are trained.").click()
    page.get_by_label("Kind of paragraph 3").select_option("numbered")
    page.get_by_label("Label of paragraph 3").fill("2")
    page.keyboard.press("Enter")  # applies, and issues nothing
    expect(page.locator(".corrected .was")).to_have_text("corrected; read as text, label –, level 0")
    axe(page)
    page.get_by_role("button", name="Issue Rev.7").first.click()
    page.wait_for_url(own_server + "/seafarers/rev-7")
    expect(page.locator("h1")).to_have_text("Rev.7")
    expect(page.locator(".lbl")).to_have_text(["¶", "1", "2", "3"])
    with page.expect_download() as file:
        page.get_by_role("link", name="Original file").click()
    assert Path(file.value.path()).read_bytes()[:2] == b"PK"


def test_it_works_without_a_script_and_twice_is_once(own_server: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    sign_in(page, own_server, "administrator")
    page.goto(own_server + "/new")
    page.get_by_label("Title").fill("On lights")
    page.get_by_role("button", name="Start the negotiation").click()
    choose(page, b"1. Lights are kept.\n\n2. Keepers are trained.\n", "lights.txt")
    preview(page)
    page.get_by_role("button", name="Issue Zero draft").first.dblclick()
    page.wait_for_url(own_server + "/on-lights/zero-draft")
    page.goto(own_server + "/on-lights/import")
    choose(page, b"1. Lights are kept.\n\n2. Keepers are trained.\n", "lights.txt")
    page.get_by_role("button", name="Read and preview").click()
    expect(page.get_by_role("heading", name="This text is there already: Zero draft")).to_be_visible()
    context.close()


def test_what_is_refused_keeps_what_was_typed_and_chosen(
    server: str, page: Page, axe: Callable[[Page], None]
) -> None:
    sign_in(page, server, "administrator")
    page.goto(server + IMPORT)
    page.get_by_label("Revision", exact=True).fill("Rev.7")
    for data, name, sentence in (
        (b"\x89PNG\r\n\x1a\n", "map.png", "is of a kind that is not read"),
        (b"", "empty.docx", "empty.docx is empty"),
    ):
        choose(page, data, name)
        page.get_by_role("button", name="Read and preview").click()
        expect(page.locator(".wrong")).to_contain_text(sentence)
        expect(page.get_by_label("Revision", exact=True)).to_have_value("Rev.7")
        assert page.locator("[name=file]").evaluate("input => input.files[0].name") == name
        expect(page.locator("[name=file]")).to_be_focused()
        axe(page)
    page.get_by_label("Revision", exact=True).fill("Rev.1")
    choose(page, adopted(), "adopted.md")
    page.get_by_role("button", name="Read and preview").click()
    expect(page.locator(".wrong")).to_contain_text("Rev.1 has been issued with another text")
    page.get_by_label("Revision", exact=True).fill("Adopted text")
    preview(page)


def test_a_file_of_100_megabytes_is_refused_before_and_after_it_is_sent(
    server: str, page: Page, browser: Browser, tmp_path: Path
) -> None:
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(100 * 2**20)
    sign_in(page, server, "administrator")
    page.goto(server + IMPORT)
    page.set_input_files("[name=file]", large)
    page.get_by_role("button", name="Read and preview").click()
    expect(page.locator(".wrong")).to_contain_text("larger than the 64 MB")
    plain = browser.new_page(java_script_enabled=False)
    sign_in(plain, server, "administrator")
    plain.goto(server + IMPORT)
    plain.get_by_label("Revision", exact=True).fill("Rev.7")
    plain.set_input_files("[name=file]", large)
    plain.get_by_role("button", name="Read and preview").click()
    expect(plain.locator(".wrong")).to_contain_text("larger than the 64 MB")
    expect(plain.get_by_label("Revision", exact=True)).to_have_value("Rev.7")
    plain.close()


def test_progress_is_shown_while_a_file_is_sent(server: str, page: Page) -> None:
    sign_in(page, server, "administrator")
    page.goto(server + IMPORT)
    page.route("**/import", lambda _: None)  # never answered
    choose(page, adopted(), "adopted.md")
    page.get_by_role("button", name="Read and preview").click()
    expect(page.locator("[data-sending] progress")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text(re.compile("sent|being read"))
    page.unroute_all(behavior="ignoreErrors")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_nothing_is_cut_off(
    server: str, page: Page, axe: Callable[[Page], None], scheme: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    sign_in(page, server, "administrator")
    page.goto(server + "/new")
    assert fits(page)
    axe(page)
    page.goto(server + IMPORT)
    assert fits(page)
    choose(page, adopted(), "adopted.md")
    preview(page)
    page.get_by_text("What changed, paragraph by paragraph").click()
    assert fits(page)
    axe(page)


def test_corrections_that_are_not_applied_are_asked_about(server: str, page: Page) -> None:
    sign_in(page, server, "administrator")
    page.goto(server + IMPORT)
    choose(page, adopted(), "adopted.md")
    preview(page)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_label("Label of paragraph 5", exact=True).fill("5")
    page.get_by_role("link", name="Overview").click()
    page.wait_for_url(server + "/seafarers")
    assert asked == ["beforeunload"]
