"""What is searched: for each kind of object, how it is read, and which of them somebody may see.

An entry of the index belongs to the circle of its object ("revision:12"). Which circles somebody is in is
asked of the table of permissions when they search, so that a change of rights or visibility holds at once and
needs no change of the index.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from gcmtext.db import CorpusDocument, CorpusParagraph, LanguageVersion, Revision
from gcmtext.search.entry import Entry
from gcmtext.services.actor import Actor
from gcmtext.services.facets import Sections, facets_of_version, ordinal, pairs, short, year
from gcmtext.services.permissions import Action, may
from gcmtext.services.reading import documents
from gcmtext.services.searched_remarks import (
    AMENDMENT,
    COMMENT,
    amendment_circles,
    amendment_entries,
    amendment_ids,
    thread_circles,
    thread_entries,
    thread_ids,
)
from gcmtext.text.wording import wording as wording_of

CORPUS, REVISION = "corpus", "revision"


@dataclass(frozen=True, slots=True)
class Searched:
    """A kind of object that is searched.

    entries: the entries of objects by their ids, none for one that is not to be found. ids: all that are.
    circles: those that somebody is in, given all revisions.
    """

    entries: Callable[[Session, Iterable[int]], Mapping[int, Sequence[Entry]]]
    ids: Callable[[Session], Sequence[int]]
    circles: Callable[[Actor, Sequence[Revision]], Iterable[str]]


def name_of(kind: str, number: int) -> str:
    """Return what an object is called in the index: "corpus:17"."""
    return f"{kind}:{number}"


def parts_of(name: str) -> tuple[str, int]:
    """Return the kind and id of an object of the index."""
    kind, _, number = name.partition(":")
    return kind, int(number)


def circles(session: Session, actor: Actor) -> tuple[str, ...]:
    """Return the circles that somebody is in, of all kinds."""
    revisions = session.scalars(
        select(Revision).options(joinedload(Revision.negotiation), joinedload(Revision.call))
    ).all()
    return tuple(circle for searched in KINDS.values() for circle in searched.circles(actor, revisions))


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
    sections = Sections()
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
                ordinal(document.adopted),
                short(wording),
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
        "year": year(document.adopted),
    }
    return pairs(facets)


def _revision_entries(session: Session, ids: Iterable[int]) -> dict[int, list[Entry]]:
    wanted = list(ids)
    versions = session.scalars(
        select(LanguageVersion)
        .where(LanguageVersion.id.in_(wanted))
        .options(joinedload(LanguageVersion.revision).joinedload(Revision.negotiation))
    ).all()
    found: dict[int, list[Entry]] = {identity: [] for identity in wanted}
    texts = documents(session, versions)
    sections = Sections()
    for version in versions:
        circle, day = name_of(REVISION, version.revision_id), ordinal(version.revision.issued)
        common = pairs(
            facets_of_version(version)
            | {"in": REVISION, "status": "draft", "year": year(version.revision.issued)}
        )
        for p in texts[version.id].paragraphs:
            facets = (*common, *sections.facets(version.id, p.kind, p.label, p.text))
            wording = short(wording_of(p.text))
            found[version.id].append(
                Entry(p.index, version.language, p.text, facets, (circle,), day, wording)
            )
    return found


def _corpus_ids(session: Session) -> Sequence[int]:
    held = select(CorpusDocument.id).where(CorpusDocument.withdrawn_at.is_(None))
    return session.scalars(held.order_by(CorpusDocument.id)).all()


def _revision_ids(session: Session) -> Sequence[int]:
    return session.scalars(select(LanguageVersion.id).order_by(LanguageVersion.id)).all()


def _corpus_circles(actor: Actor, revisions: Sequence[Revision]) -> list[str]:  # noqa: ARG001 - public
    return [CORPUS]


def _revision_circles(actor: Actor, revisions: Sequence[Revision]) -> list[str]:
    return [
        name_of(REVISION, revision.id) for revision in revisions if may(actor, Action.REVISION_READ, revision)
    ]


KINDS: Mapping[str, Searched] = {
    CORPUS: Searched(_corpus_entries, _corpus_ids, _corpus_circles),
    REVISION: Searched(_revision_entries, _revision_ids, _revision_circles),
    AMENDMENT: Searched(amendment_entries, amendment_ids, amendment_circles),
    COMMENT: Searched(thread_entries, thread_ids, thread_circles),
}
