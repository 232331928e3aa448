"""Passages of several documents as one Word file, each with its source: a compendium."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeAlias

from gcmtext.formats.docx_tracked import signed
from gcmtext.formats.docx_tracked.markup import write_body
from gcmtext.formats.docx_tracked.package import write_package
from gcmtext.formats.docx_tracked.story import Fate, Run, Told
from gcmtext.text.model import Kind, Paragraph

_AUTHOR = "gcmtext"


Passage: TypeAlias = tuple[str, str, str]
"""A source, words, and the language of both."""


def write_compendium(title: str, passages: Sequence[Passage], date: datetime) -> bytes:
    """Return the Word file of passages: for each its source as a heading, and its words.

    The file is in the language of all passages, in English if they have several; each keeps its own.
    """
    languages = {language for _, _, language in passages}
    language = languages.pop() if len(languages) == 1 else "en"
    body = write_body(_story(title, passages), signed(_AUTHOR, date), language)
    return write_package(body, language=language, title=title, author=_AUTHOR, date=date)


def _story(title: str, passages: Sequence[Passage]) -> Iterator[Told]:
    yield _told(title, Kind.TITLE, 0)
    for source, text, language in passages:
        yield _told(source, Kind.HEADING, 1, language)
        yield _told(text, Kind.TEXT, 0, language)


def _told(text: str, kind: Kind, level: int, language: str = "") -> Told:
    like = Paragraph(0, kind, "", level, text)
    return Told((Run(Fate.KEPT, text),), Fate.KEPT, like, language=language)
