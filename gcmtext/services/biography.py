"""The history of one paragraph, read from the store in a constant number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, undefer

from gcmtext.db import LanguageVersion, Negotiation, StoredLineage, StoredParagraph
from gcmtext.db.base import JsonObject
from gcmtext.errors import NotFound
from gcmtext.services.lineage import Step, alignment_of, link_from_json, steps
from gcmtext.services.outline import Picked, picked
from gcmtext.services.reading import documents, versions_in
from gcmtext.text.addresses import by_index
from gcmtext.text.lifeline import FoundLinks, Lifeline, Links, lifeline
from gcmtext.text.model import Document, Kind, Link, Paragraph
from gcmtext.text.places import Place, places

_WINDOW = 60  # a paragraph is named after those it stands under; they are looked for so far in front of it
_FIRST_CHARACTERS = 100
MOST = 12  # paragraphs shown of one revision

Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Biography:
    """A paragraph with its history.

    versions: all in its language, in order; position: which of them it is read in.
    paragraphs: those of its stages and of their links, by version id and index. places: of the same.
    headings: what it stands under, outermost first. before, after: its neighbours in the text.
    """

    versions: tuple[LanguageVersion, ...]
    position: int
    index: int
    lifeline: Lifeline
    paragraphs: Mapping[Key, Picked]
    places: Mapping[Key, Place]
    headings: tuple[Picked, ...]
    before: Picked | None
    after: Picked | None

    @property
    def subject(self) -> Picked:
        """The paragraph itself."""
        return self.paragraphs[self.versions[self.position].id, self.index]

    @property
    def place(self) -> Place:
        """What it is called, and what it stands under."""
        return self.places[self.versions[self.position].id, self.index]


def index_of(session: Session, version: LanguageVersion, address: str) -> tuple[int, str]:
    """Return the index of the paragraph with an address, and the address that it is better known by.

    Raises NotFound if there is none.
    """
    stored = StoredParagraph
    own = stored.address == address
    digits = address[1:] if len(address) < 10 else ""
    number = int(digits) - 1 if digits.isascii() and digits.isdigit() else -1
    asked = or_(own, stored.index == number) if address == by_index(number) else own
    rows = session.execute(
        select(stored.index, stored.address).where(stored.version_id == version.id, asked)
    ).all()
    if not rows:
        raise NotFound(f"{version.revision.name} has no paragraph “{address}”.")
    index, known_as = min(rows, key=lambda row: row.address != address)
    return index, known_as


def biography(
    session: Session, negotiation: Negotiation, version: LanguageVersion, index: int, now: datetime
) -> Biography:
    """Return a paragraph of a version with its history in all revisions in the same language."""
    versions = tuple(v for _, v in versions_in(negotiation, version.language))
    position = versions.index(version)
    found = lifeline(_links(session, steps(session, versions, now)), position, index)
    wanted = set(_wanted(found, versions)) | {(version.id, index + step) for step in (-1, 0, 1)}
    paragraphs = picked(session, wanted)
    named = _places(session, paragraphs)
    here = named[version.id, index]
    above = picked(session, {(version.id, i) for i in here.above})
    return Biography(
        versions=versions,
        position=position,
        index=index,
        lifeline=found,
        paragraphs=paragraphs,
        places=named,
        headings=tuple(above[version.id, i] for i in here.above),
        before=paragraphs.get((version.id, index - 1)),
        after=paragraphs.get((version.id, index + 1)),
    )


def _links(session: Session, way: Sequence[Step]) -> list[Links]:
    """Return the links in force of each step."""
    ids = [step.stored.id for step in way]
    session.scalars(
        select(StoredLineage).where(StoredLineage.id.in_(ids)).options(undefer(StoredLineage.links))
    ).all()
    corrected = {v for step in way if step.decided for v in (step.old, step.new)}
    texts: dict[int, Document] = documents(session, corrected) if corrected else {}
    return [
        FoundLinks(alignment_of(step.stored, step.decided, texts[step.old.id], texts[step.new.id]).links)
        if step.decided
        else _StoredLinks(step.stored.links)
        for step in way
    ]


@dataclass(frozen=True, slots=True)
class _StoredLinks:
    """Links as they are stored, of which only those that are asked for are read."""

    stored: Sequence[JsonObject]

    def out_of(self, old: AbstractSet[int]) -> tuple[Link, ...]:
        return tuple(link_from_json(link) for link in self.stored if not old.isdisjoint(link["old"]))

    def into(self, new: AbstractSet[int]) -> tuple[Link, ...]:
        return tuple(link_from_json(link) for link in self.stored if not new.isdisjoint(link["new"]))


def _wanted(found: Lifeline, versions: Sequence[LanguageVersion]) -> Iterable[Key]:
    for stage in found.stages:
        for index, link in stage.pieces[:MOST]:
            yield versions[stage.revision].id, index
            if link is not None:
                yield from ((versions[stage.revision - 1].id, i) for i in link.old)
                yield from ((versions[stage.revision].id, j) for j in link.new)


def _places(session: Session, keys: Iterable[Key]) -> dict[Key, Place]:
    """Return the places of paragraphs, with one query.

    Headings are looked for in the whole text in front of a paragraph, all else in the last stretch of it.
    """
    indices: dict[int, list[int]] = {}
    for identity, index in keys:
        indices.setdefault(identity, []).append(index)
    stored = StoredParagraph
    heads = stored.kind.in_([Kind.HEADING.value, Kind.ANNEX.value, Kind.TITLE.value])
    rows = session.execute(
        select(
            stored.version_id,
            stored.index,
            stored.kind,
            stored.label,
            stored.level,
            func.substr(stored.text, 1, _FIRST_CHARACTERS),
        )
        .where(
            or_(
                *(
                    and_(
                        stored.version_id == identity,
                        stored.index <= max(held),
                        or_(heads, *(stored.index.between(i - _WINDOW, i) for i in held)),
                    )
                    for identity, held in indices.items()
                )
            )
        )
        .order_by(stored.version_id, stored.index)
    )
    texts: dict[int, list[Paragraph]] = {}
    for identity, index, kind, label, level, text in rows:
        texts.setdefault(identity, []).append(Paragraph(index, Kind(kind), label, level, text))
    found = {}
    for identity, paragraphs in texts.items():
        named = places(Document("", "", tuple(paragraphs)))
        for paragraph, place in zip(paragraphs, named, strict=True):
            if paragraph.index in indices[identity]:
                found[identity, paragraph.index] = place
    return found
