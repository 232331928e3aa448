"""What is refused, with which sentence."""

import pytest
from pdf_builder import PdfBuilder

from gcmtext.errors import InvalidText
from gcmtext.formats.pdf import extract
from gcmtext.formats.pdf.reader import read


def file(
    *, text: str = "The Conference,", font: str = "Serif", pages: int = 1, locked: bool = False
) -> bytes:
    builder = PdfBuilder()
    for _ in range(pages):
        builder.page().text(70, 100, text, font=font)
    return builder.build(locked=locked)


def scan() -> bytes:
    builder = PdfBuilder()
    builder.page().picture()
    return builder.build()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (scan(), "pictures of pages and no text: recognise the text"),
        (file(text=" "), "holds no text"),
        (file(locked=True), "is encrypted: remove the password"),
        (file()[:-500], "is damaged"),
        (file()[:-6], "is cut short"),
        (b"%PDF-1.7\n" + bytes(500), "is damaged"),
        (b"no PDF at all", "is damaged"),
        (file(font="Unmapped"), "fonts that do not say which letters"),
        (file(pages=extract.MAX_PAGES + 1), "is the most that is read: split it"),
    ],
    ids=["scan", "blank", "locked", "cut", "tail", "empty", "other", "unmapped", "long"],
)
def test_bad_input_is_refused_with_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(InvalidText, match=words):
        read(data)


def test_the_number_of_characters_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract, "MAX_CHARACTERS", 20)
    with pytest.raises(InvalidText, match="the most that is read"):
        read(file(pages=2))


def test_a_few_unknown_characters_are_named() -> None:
    builder = PdfBuilder()
    page = builder.page()
    page.text(70, 100, "The Conference, recalling its decisions on the safe passage of seafarers")
    page.text(70, 130, "xyz", font="Unmapped")
    assert [notice.code for notice in read(builder.build()).notices] == ["unknown-characters"]
