"""A text without most of its words: enough to know what each paragraph is and is called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from gcmtext.db import LanguageVersion, StoredParagraph
from gcmtext.errors import NotFound
from gcmtext.text.addresses import by_index
from gcmtext.text.model import Document, Kind, Paragraph
from gcmtext.text.places import Place, places

_FIRST_CHARACTERS = 100


@dataclass(frozen=True)
class Outline:
    """The paragraphs of a version with the first characters of their texts, and their addresses."""

    version: LanguageVersion
    paragraphs: tuple[Paragraph, ...]
    addresses: tuple[str, ...]

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """What each paragraph is called, and what it stands under."""
        return places(self.document)

    @property
    def document(self) -> Document:
        """The outline as a text."""
        return Document(self.version.title, self.version.language, self.paragraphs)

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
        tuple(Paragraph(i, Kind(kind), label, level, text) for i, kind, label, level, text, _ in rows),
        tuple(row[-1] for row in rows),
    )


def stretches(
    session: Session, wanted: Mapping[int, Sequence[range]]
) -> dict[int, dict[int, tuple[Paragraph, str]]]:
    """Return stretches of paragraphs of several versions with their whole texts, with one query.

    `wanted` names them by version id; the answer gives for each id and index the paragraph and its address.
    """
    found: dict[int, dict[int, tuple[Paragraph, str]]] = {identity: {} for identity in wanted}
    conditions: list[ColumnElement[bool]] = [
        and_(
            StoredParagraph.version_id == identity,
            StoredParagraph.index >= stretch.start,
            StoredParagraph.index < stretch.stop,
        )
        for identity, asked in wanted.items()
        for stretch in asked
    ]
    if not conditions:
        return found
    rows = session.execute(
        select(
            StoredParagraph.version_id,
            StoredParagraph.index,
            StoredParagraph.kind,
            StoredParagraph.label,
            StoredParagraph.level,
            StoredParagraph.text,
            StoredParagraph.address,
        )
        .where(or_(*conditions))
        .order_by(StoredParagraph.version_id, StoredParagraph.index)
    )
    for identity, index, kind, label, level, text, address in rows:
        found[identity][index] = (Paragraph(index, Kind(kind), label, level, text), address)
    return found
