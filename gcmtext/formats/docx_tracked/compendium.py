"""Passages of several documents as one Word file, each with its source: a compendium."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from gcmtext.formats.docx_tracked import signed
from gcmtext.formats.docx_tracked.markup import write_body
from gcmtext.formats.docx_tracked.package import write_package
from gcmtext.formats.docx_tracked.story import Fate, Run, Told
from gcmtext.text.model import Kind, Paragraph

_AUTHOR = "gcmtext"


def write_compendium(title: str, passages: Iterable[tuple[str, str]], language: str, date: datetime) -> bytes:
    """Return the Word file of passages: for each its source as a heading, and its words."""
    body = write_body(_story(title, passages), signed(_AUTHOR, date), language)
    return write_package(body, language=language, title=title, author=_AUTHOR, date=date)


def _story(title: str, passages: Iterable[tuple[str, str]]) -> Iterator[Told]:
    yield _told(title, Kind.TITLE, 0)
    for source, text in passages:
        yield _told(source, Kind.HEADING, 1)
        yield _told(text, Kind.TEXT, 0)


def _told(text: str, kind: Kind, level: int) -> Told:
    return Told((Run(Fate.KEPT, text),), Fate.KEPT, Paragraph(0, kind, "", level, text))
