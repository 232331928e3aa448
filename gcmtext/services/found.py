"""Paragraphs that were found, read back with what is to be said of where they stand."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from sqlalchemy import ColumnElement, func, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased, joinedload

from gcmtext.db import CorpusDocument, CorpusParagraph, LanguageVersion, Revision, StoredParagraph
from gcmtext.search.question import Hit
from gcmtext.services.searched import CORPUS, REVISION, name_of, parts_of
from gcmtext.services.searched_remarks import (
    AMENDMENT,
    COMMENT,
    About,
    about_of,
    amendments_by_id,
    texts_of,
    threads_by_id,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A paragraph with its source.

    within: "corpus", "revision", "amendment" or "comment". document: the address of what it is in, below
    /corpus/ or /; name: that of the text it belongs to; its symbol and date. paragraph: the address in that
    text of what it is or is about. delegation: whose it is; number: that of an amendment. wording: as of
    gcmtext.text.wording, "" for what is not in the corpus.
    """

    within: str
    document: str
    name: str
    symbol: str
    date: date | None
    paragraph: str
    index: int
    label: str
    kind: str
    language: str
    text: str
    wording: str = ""
    delegation: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """In how many documents of the corpus a wording stands, and which are the first and the last."""

    documents: int
    first: CorpusDocument
    last: CorpusDocument


@dataclass(frozen=True, slots=True)
class Other:
    """The same paragraph in another language: parts of its address."""

    language: str
    document: str
    paragraph: str


def found_of(session: Session, hits: Iterable[Hit]) -> dict[tuple[str, int], Found]:
    """Return the paragraphs of hits that are still there, by object and index; a query for each kind."""
    by_kind: dict[str, dict[int, set[int]]] = {}
    for hit in hits:
        kind, number = parts_of(hit.object)
        by_kind.setdefault(kind, {}).setdefault(number, set()).add(hit.index)
    return {
        (name_of(kind, number), index): found
        for kind, wanted in by_kind.items()
        for (number, index), found in _READERS[kind](session, wanted).items()
    }


def uses(session: Session, wordings: Iterable[str]) -> dict[str, Use]:
    """Return where wordings were used first and last in the corpus; takes two queries."""
    wanted = set(wordings) - {""}
    held = (
        CorpusParagraph.wording.in_(wanted),
        CorpusDocument.id == CorpusParagraph.document_id,
        CorpusDocument.withdrawn_at.is_(None),
        CorpusDocument.adopted.is_not(None),
    )
    counted = session.execute(
        select(
            CorpusParagraph.wording,
            func.count(CorpusDocument.id.distinct()),
            func.min(CorpusDocument.adopted),
            func.max(CorpusDocument.adopted),
        )
        .where(*held)
        .group_by(CorpusParagraph.wording)
    ).all()
    days = {day for _, _, first, last in counted for day in (first, last)}
    at: dict[tuple[str, date | None], CorpusDocument] = {}
    for wording, document in session.execute(
        select(CorpusParagraph.wording, CorpusDocument)
        .where(*held, CorpusDocument.adopted.in_(days))
        .order_by(CorpusDocument.address)
    ):
        at.setdefault((wording, document.adopted), document)
    return {
        wording: Use(documents, at[wording, first], at[wording, last])
        for wording, documents, first, last in counted
    }


def in_other_languages(session: Session, found: Iterable[Found]) -> dict[tuple[str, int], tuple[Other, ...]]:
    """Return the same paragraphs of the corpus in its other languages, by document and index.

    Where two versions have the same number of paragraphs, those at the same place; else those of the same
    label. Takes two queries.
    """
    wanted = {(one.document, one.index): one for one in found if one.within == CORPUS}
    mine, theirs = aliased(CorpusDocument), aliased(CorpusDocument)
    length = (
        select(func.count())
        .where(CorpusParagraph.document_id == theirs.id)
        .correlate(theirs)
        .scalar_subquery()
    )
    my_length = (
        select(func.count()).where(CorpusParagraph.document_id == mine.id).correlate(mine).scalar_subquery()
    )
    versions = session.execute(
        select(mine.address, theirs.id, theirs.address, theirs.language, my_length == length)
        .where(
            mine.address.in_({document for document, _ in wanted}),
            theirs.work == mine.work,
            theirs.id != mine.id,
            theirs.withdrawn_at.is_(None),
        )
        .order_by(theirs.language)
    ).all()
    held: dict[tuple[int, int | str], str] = {}
    rows = session.execute(
        select(CorpusParagraph.document_id, CorpusParagraph.index, CorpusParagraph.address).where(
            CorpusParagraph.document_id.in_({number for _, number, _, _, _ in versions}),
            or_(
                CorpusParagraph.index.in_({index for _, index in wanted}),
                CorpusParagraph.address.in_({one.paragraph for one in wanted.values()}),
            ),
        )
    )
    for number, index, address in rows:
        held[number, index] = held[number, address] = address
    others: dict[tuple[str, int], tuple[Other, ...]] = {}
    for (document, index), one in wanted.items():
        others[document, index] = tuple(
            Other(language, theirs_address, held[number, at])
            for my_address, number, theirs_address, language, alike in versions
            for at in (index if alike else one.paragraph,)
            if my_address == document and (number, at) in held
        )
    return others


def _in_corpus(session: Session, wanted: Mapping[int, set[int]]) -> dict[tuple[int, int], Found]:
    rows = session.execute(
        select(CorpusParagraph, CorpusDocument).where(
            CorpusDocument.id == CorpusParagraph.document_id,
            CorpusDocument.withdrawn_at.is_(None),
            _any_of(CorpusParagraph.document_id, CorpusParagraph.index, wanted),
        )
    )
    return {
        (document.id, paragraph.index): Found(
            within=CORPUS,
            document=document.address,
            name=document.title,
            symbol=document.symbol,
            date=document.adopted,
            paragraph=paragraph.address,
            index=paragraph.index,
            label=paragraph.label,
            kind=paragraph.kind,
            language=document.language,
            text=paragraph.text,
            wording=paragraph.wording,
        )
        for paragraph, document in rows
    }


def _in_revisions(session: Session, wanted: Mapping[int, set[int]]) -> dict[tuple[int, int], Found]:
    rows = session.execute(
        select(StoredParagraph, LanguageVersion)
        .where(
            LanguageVersion.id == StoredParagraph.version_id,
            _any_of(StoredParagraph.version_id, StoredParagraph.index, wanted),
        )
        .options(joinedload(LanguageVersion.revision).joinedload(Revision.negotiation))
    )
    return {
        (version.id, paragraph.index): replace(
            _on(version, paragraph, REVISION, version.revision.slug, paragraph.index, paragraph.text),
            symbol=version.revision.symbol,
            date=version.revision.issued,
        )
        for paragraph, version in rows
    }


def _in_amendments(session: Session, wanted: Mapping[int, set[int]]) -> dict[tuple[int, int], Found]:
    rows = amendments_by_id(session, wanted)
    abouts = about_of(session, ((amendment.version_id, amendment.at) for amendment, _ in rows))
    found: dict[tuple[int, int], Found] = {}
    for amendment, edition in rows:
        about, address = abouts[amendment.version_id, amendment.at], f"amendments/{amendment.number}"
        for index, (language, text) in enumerate(texts_of(amendment, edition, about)):
            if index in wanted[amendment.id]:
                found[amendment.id, index] = replace(
                    _on(amendment.version, about, AMENDMENT, address, index, text),
                    date=amendment.submitted_at.date() if amendment.submitted_at else None,
                    language=language,
                    delegation=amendment.delegation.short_name,
                    number=amendment.number,
                )
    return found


def _in_threads(session: Session, wanted: Mapping[int, set[int]]) -> dict[tuple[int, int], Found]:
    threads = threads_by_id(session, wanted)
    abouts = about_of(session, ((root.version_id, root.index) for root, *_ in threads.values()))
    found: dict[tuple[int, int], Found] = {}
    for identity, comments in threads.items():
        root = comments[0]
        about = abouts[root.version_id, root.index]
        for index in wanted[identity] & set(range(len(comments))):
            comment = comments[index]
            found[identity, index] = replace(
                _on(root.version, about, COMMENT, f"comments/{comment.key}", index, comment.text),
                date=comment.written_at.date(),
                delegation=comment.delegation.short_name if comment.delegation else "",
            )
    return found


def _on(
    version: LanguageVersion, at: StoredParagraph | About, within: str, address: str, index: int, text: str
) -> Found:
    """Return what stands in a negotiation, at an address below it, and is or is about a paragraph."""
    revision = version.revision
    return Found(
        within=within,
        document=f"{revision.negotiation.slug}/{address}",
        name=f"{revision.negotiation.title}, {revision.name}",
        symbol="",
        date=None,
        paragraph=at.address,
        index=index,
        label=at.label,
        kind=at.kind,
        language=version.language,
        text=text,
    )


def _any_of(
    document: InstrumentedAttribute[int], index: InstrumentedAttribute[int], wanted: Mapping[int, set[int]]
) -> ColumnElement[bool]:
    """Return the condition that a paragraph is one of some.

    A list of pairs, since a row of a thousand ORs is too deep for SQLite; which looks up in its index only
    what is asked for by itself.
    """
    pairs = [(number, each) for number, indices in wanted.items() for each in indices]
    return document.in_(wanted) & tuple_(document, index).in_(pairs)


_Reader: TypeAlias = Callable[[Session, Mapping[int, set[int]]], dict[tuple[int, int], Found]]
_READERS: Mapping[str, _Reader] = {
    CORPUS: _in_corpus,
    REVISION: _in_revisions,
    AMENDMENT: _in_amendments,
    COMMENT: _in_threads,
}
