"""An upload is read as any file is, in a process that ends where a file asks for too much."""

import zipfile
from io import BytesIO

import pytest
from formats.docx_builder import docx, paragraph

from gcmtext.errors import InvalidText
from gcmtext.formats import confined
from gcmtext.formats.documents import read_document, read_upload
from gcmtext.resources import drafts_dir

DRAFT = drafts_dir() / "1-zero-draft.md"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (DRAFT.read_bytes(), "draft.md"),
        (docx(paragraph("1. The harbours stay open.")), "draft.docx"),
        (b"<html><body><p>1. The harbours stay open.</p></body></html>", "draft.html"),
        ("1. Les ports restent ouverts.\n".encode("latin-1"), "draft.txt"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_read_is_the_same_in_a_process_of_its_own(data: bytes, name: str) -> None:
    assert read_upload(data, name) == read_document(data, name)


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n", b"PK\x03\x04 broken", b"   \n", b"---\nlanguage: en\n---\n"]
)
def test_what_is_refused_is_refused_in_the_same_words(data: bytes) -> None:
    with pytest.raises(InvalidText) as here:
        read_document(data, "draft.docx")
    with pytest.raises(InvalidText) as there:
        read_upload(data, "draft.docx")
    assert str(there.value) == str(here.value)


def gigabytes(data: bytes) -> int:
    """What a reader does that a file has talked into it."""
    return len(bytearray(2**31)) + len(data)


def test_a_file_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "MAX_SECONDS", 1)
    data = docx("".join(paragraph(f"{n}. The coast {n} stays open.") for n in range(60_000)))
    with pytest.raises(InvalidText, match=r"^long\.docx takes more than 1 seconds"):
        read_upload(data, "long.docx")


def test_memory_is_bounded() -> None:
    with pytest.raises(confined.TooCostly):
        confined.call(f"{__name__}:gigabytes", b"")


def test_a_word_file_that_unpacks_to_gigabytes_is_refused() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(300):
                part.write(bytes(2**20))
    with pytest.raises(InvalidText):
        read_upload(packed.getvalue(), "bomb.docx")
