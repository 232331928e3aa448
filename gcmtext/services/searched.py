"""What is searched: for each kind of object, how it is read, and which of them somebody may see.

An entry of the index belongs to the circle of its object ("revision:12"). Which circles somebody is in is
asked of the table of permissions when they search, so that a change of rights or visibility holds at once and
needs no change of the index.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from gcmtext.db import (
    CorpusDocument,
    CorpusParagraph,
    LanguageVersion,
    Negotiation,
    Revision,
    StoredParagraph,
)
from gcmtext.search.entry import Entry
from gcmtext.services.actor import Actor
from gcmtext.services.permissions import Action, may
from gcmtext.text.model import HEADS, Kind
from gcmtext.text.wording import wording as wording_of

CORPUS, REVISION = "corpus", "revision"
_LONGEST_SECTION = 120


@dataclass(frozen=True, slots=True)
class Searched:
    """A kind of object that is searched.

    entries: the entries of objects by their ids, none for one that is not to be found. ids: all that are.
    circles: those that somebody is in.
    """

    entries: Callable[[Session, Iterable[int]], Mapping[int, Sequence[Entry]]]
    ids: Callable[[Session], Sequence[int]]
    circles: Callable[[Session, Actor], Sequence[str]]


def name_of(kind: str, number: int) -> str:
    """Return what an object is called in the index: "corpus:17"."""
    return f"{kind}:{number}"


def parts_of(name: str) -> tuple[str, int]:
    """Return the kind and id of an object of the index."""
    kind, _, number = name.partition(":")
    return kind, int(number)


def circles(session: Session, actor: Actor) -> tuple[str, ...]:
    """Return the circles that somebody is in, of all kinds."""
    return tuple(circle for searched in KINDS.values() for circle in searched.circles(session, actor))


def _corpus_entries(session: Session, ids: Iterable[int]) -> dict[int, list[Entry]]:
    wanted = list(ids)
    documents = session.scalars(
        select(CorpusDocument).where(CorpusDocument.id.in_(wanted), CorpusDocument.withdrawn_at.is_(None))
    ).all()
    by_id = {document.id: document for document in documents}
    rows = session.execute(
        select(
            CorpusParagraph.document_id,
            CorpusParagraph.index,
            CorpusParagraph.kind,
            CorpusParagraph.label,
            CorpusParagraph.text,
            CorpusParagraph.wording,
        )
        .where(CorpusParagraph.document_id.in_(by_id))
        .order_by(CorpusParagraph.document_id, CorpusParagraph.index)
    )
    found: dict[int, list[Entry]] = {identity: [] for identity in wanted}
    common = {identity: _of_document(document) for identity, document in by_id.items()}
    sections = _Sections()
    for identity, index, kind, label, text, wording in rows:
        facets = (*common[identity], *sections.facets(identity, kind, label, text))
        document = by_id[identity]
        found[identity].append(
            Entry(
                index,
                document.language,
                text,
                facets,
                (CORPUS,),
                _ordinal(document.adopted),
                _short(wording),
            )
        )
    return found


def _of_document(document: CorpusDocument) -> tuple[tuple[str, str], ...]:
    facets = {
        "in": CORPUS,
        "document": document.symbol or document.title,
        "symbol": document.symbol,
        "body": document.body,
        "session": document.session,
        "status": document.status,
        "language": document.language,
        "year": str(document.adopted.year) if document.adopted else "",
    }
    return tuple((name, value) for name, value in facets.items() if value)


def _revision_entries(session: Session, ids: Iterable[int]) -> dict[int, list[Entry]]:
    wanted = list(ids)
    versions = session.scalars(
        select(LanguageVersion)
        .where(LanguageVersion.id.in_(wanted))
        .options(joinedload(LanguageVersion.revision).joinedload(Revision.negotiation))
    ).all()
    by_id = {version.id: version for version in versions}
    rows = session.execute(
        select(
            StoredParagraph.version_id,
            StoredParagraph.index,
            StoredParagraph.kind,
            StoredParagraph.label,
            StoredParagraph.text,
        )
        .where(StoredParagraph.version_id.in_(by_id))
        .order_by(StoredParagraph.version_id, StoredParagraph.index)
    )
    found: dict[int, list[Entry]] = {identity: [] for identity in wanted}
    common = {identity: _of_version(version) for identity, version in by_id.items()}
    sections = _Sections()
    for identity, index, kind, label, text in rows:
        version = by_id[identity]
        facets = (*common[identity], *sections.facets(identity, kind, label, text))
        circle = name_of(REVISION, version.revision_id)
        day = _ordinal(version.revision.issued)
        found[identity].append(
            Entry(index, version.language, text, facets, (circle,), day, _short(wording_of(text)))
        )
    return found


def _of_version(version: LanguageVersion) -> tuple[tuple[str, str], ...]:
    revision = version.revision
    facets = {
        "in": REVISION,
        "document": f"{revision.negotiation.title}, {revision.name}",
        "negotiation": revision.negotiation.slug,
        "revision": revision.name,
        "symbol": revision.symbol,
        "status": "draft",
        "language": version.language,
        "year": str(revision.issued.year) if revision.issued else "",
    }
    return tuple((name, value) for name, value in facets.items() if value)


class _Sections:
    """Tells the facets that depend on what stands above a paragraph; paragraphs come in order."""

    def __init__(self) -> None:
        self._object = 0
        self._heading = ""

    def facets(self, identity: int, kind: str, label: str, text: str) -> Iterator[tuple[str, str]]:
        """Yield the kind, label and section of the next paragraph of an object."""
        if identity != self._object:
            self._object, self._heading = identity, ""
        if Kind(kind) in HEADS and kind != Kind.TITLE:
            self._heading = " ".join(filter(None, (label, text)))[:_LONGEST_SECTION]
        yield "kind", kind
        if label:
            yield "label", label
        if self._heading:
            yield "section", self._heading


def _short(wording: str) -> int:
    """Return a wording as a number of 64 bits."""
    return int.from_bytes(bytes.fromhex(wording[:16]), signed=True)


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0


def _corpus_ids(session: Session) -> Sequence[int]:
    held = select(CorpusDocument.id).where(CorpusDocument.withdrawn_at.is_(None))
    return session.scalars(held.order_by(CorpusDocument.id)).all()


def _revision_ids(session: Session) -> Sequence[int]:
    return session.scalars(select(LanguageVersion.id).order_by(LanguageVersion.id)).all()


def _corpus_circles(session: Session, actor: Actor) -> list[str]:  # noqa: ARG001 - adopted documents are public
    return [CORPUS]


def _revision_circles(session: Session, actor: Actor) -> list[str]:
    revisions = session.scalars(select(Revision).join(Negotiation).options(joinedload(Revision.negotiation)))
    return [
        name_of(REVISION, revision.id) for revision in revisions if may(actor, Action.REVISION_READ, revision)
    ]


KINDS: Mapping[str, Searched] = {
    CORPUS: Searched(_corpus_entries, _corpus_ids, _corpus_circles),
    REVISION: Searched(_revision_entries, _revision_ids, _revision_circles),
}
