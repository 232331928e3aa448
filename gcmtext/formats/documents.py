"""From the bytes of a file to the paragraphs of a text: in this process, or within bounds in another."""

from dataclasses import asdict
from typing import Any

from gcmtext.errors import InvalidText
from gcmtext.formats import confined, read_source
from gcmtext.text.model import Document, Kind, Notice, Paragraph
from gcmtext.text.segment import segment


def read_document(data: bytes, name: str) -> Document:
    """Return the text of a file; raise InvalidText if it cannot be read or holds no words."""
    document = segment(read_source(data, name))
    if not document.paragraphs:
        raise InvalidText(f"{name} holds no words: choose the file that holds the text.")
    return document


def read_upload(data: bytes, name: str) -> Document:
    """Return the text of a file that somebody uploads, read in a process of its own whatever its kind.

    Raises InvalidText as `read_document` does, and for a file that takes too much time or memory.
    """
    try:
        return document_of(confined.call(f"{__name__}:read_values", data, name))
    except confined.TooCostly as error:
        raise InvalidText(f"{name} {error}") from None


def read_values(data: bytes, name: str) -> dict[str, Any]:
    """Return the text of a file as JSON can hold it; raises InvalidText as `read_document` does."""
    return asdict(read_document(data, name))


def document_of(values: dict[str, Any]) -> Document:
    """Return the text that JSON holds, written as `dataclasses.asdict` gives it."""
    return Document(
        **values
        | {
            "paragraphs": tuple(Paragraph(**p | {"kind": Kind(p["kind"])}) for p in values["paragraphs"]),
            "notices": tuple(Notice(**notice) for notice in values["notices"]),
        }
    )
