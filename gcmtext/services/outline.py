"""A text without most of its words: enough to know what each paragraph is and is called."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from gcmtext.db import LanguageVersion, StoredParagraph
from gcmtext.errors import NotFound
from gcmtext.text.addresses import by_index
from gcmtext.text.model import Document, Kind, Paragraph
from gcmtext.text.places import Place, heads_of, place_of

_FIRST_CHARACTERS = 100
_KINDS = {kind.value: kind for kind in Kind}


@dataclass(frozen=True)
class Outline:
    """The paragraphs of a version with the first characters of their texts, and their addresses."""

    version: LanguageVersion
    paragraphs: tuple[Paragraph, ...]
    addresses: tuple[str, ...]

    @cached_property
    def heads(self) -> tuple[Paragraph, ...]:
        """The title and the headings."""
        return heads_of(self.paragraphs)

    def place(self, index: int) -> Place:
        """Return what a paragraph is called, and what it stands under."""
        return place_of(self.paragraphs, index, self.heads)

    @property
    def document(self) -> Document:
        """The outline as a text."""
        version = self.version
        return Document(version.title, version.language, self.paragraphs, revision=version.revision.name)

    def find(self, address: str) -> int:
        """Return the index of the paragraph with an address; raise NotFound if there is none.

        Both forms are understood: that of its label, and "p45" for the 45th paragraph.
        """
        if address in self.addresses:
            return self.addresses.index(address)
        found = address[1:]
        if found.isascii() and found.isdigit() and address == by_index(int(found) - 1):
            index = int(found) - 1
            if index < len(self.paragraphs):
                return index
        raise NotFound(f"{self.version.revision.name} has no paragraph “{address}”.")


@dataclass(frozen=True, slots=True)
class Picked:
    """A paragraph with its address."""

    paragraph: Paragraph
    address: str


def outline(session: Session, version: LanguageVersion) -> Outline:
    """Return the outline of a version, with one query."""
    rows = session.execute(
        select(
            StoredParagraph.index,
            StoredParagraph.kind,
            StoredParagraph.label,
            StoredParagraph.level,
            func.substr(StoredParagraph.text, 1, _FIRST_CHARACTERS),
            StoredParagraph.address,
        )
        .where(StoredParagraph.version_id == version.id)
        .order_by(StoredParagraph.index)
    ).all()
    return Outline(
        version,
        tuple(Paragraph(i, _KINDS[kind], label, level, text) for i, kind, label, level, text, _ in rows),
        tuple(row[-1] for row in rows),
    )


def stretch(session: Session, version: LanguageVersion, indices: range) -> tuple[Paragraph, ...]:
    """Return a stretch of paragraphs with their whole texts, with one query."""
    rows = session.execute(
        select(*_PARAGRAPH)
        .where(
            StoredParagraph.version_id == version.id,
            StoredParagraph.index >= indices.start,
            StoredParagraph.index < indices.stop,
        )
        .order_by(StoredParagraph.index)
    )
    return tuple(Paragraph(i, Kind(kind), label, level, text) for i, kind, label, level, text in rows)


def picked(session: Session, wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Picked]:
    """Return single paragraphs of several versions by version id and index, with one query."""
    pairs = sorted(set(wanted))
    # SQLite finds pairs by its index only if it is told of both sides apart.
    rows = session.execute(
        select(StoredParagraph.version_id, StoredParagraph.address, *_PARAGRAPH).where(
            StoredParagraph.version_id.in_({identity for identity, _ in pairs}),
            StoredParagraph.index.in_({index for _, index in pairs}),
            tuple_(StoredParagraph.version_id, StoredParagraph.index).in_(pairs),
        )
    )
    return {
        (identity, i): Picked(Paragraph(i, Kind(kind), label, level, text), address)
        for identity, address, i, kind, label, level, text in rows
    }


_PARAGRAPH = (
    StoredParagraph.index,
    StoredParagraph.kind,
    StoredParagraph.label,
    StoredParagraph.level,
    StoredParagraph.text,
)
