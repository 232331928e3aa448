"""The corpus: adding adopted documents, bringing them up to date, withdrawing them, finding them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from gcmtext.db import CorpusDocument, CorpusParagraph
from gcmtext.errors import InvalidText, NotFound
from gcmtext.services.actor import Actor
from gcmtext.services.audit import record
from gcmtext.services.fingerprinting import fingerprint
from gcmtext.services.importing import checked_language
from gcmtext.services.indexing import to_be_indexed
from gcmtext.services.permissions import SITE, Action, require
from gcmtext.services.searched import CORPUS
from gcmtext.text.addresses import addresses, own_slug, slug
from gcmtext.text.model import Document
from gcmtext.text.normalise import clean
from gcmtext.text.symbols import body_of, session_of
from gcmtext.text.wording import wording

STATUS = "adopted"
_LATEST_FIRST = CorpusDocument.adopted.desc().nulls_last(), CorpusDocument.address
_LONGEST_WORK, _LONGEST_ADDRESS = 120, 160
_MOST = {"symbol": 120, "body": 120, "session": 40, "status": 40, "title": 2000}


@dataclass(frozen=True, slots=True)
class About:
    """What is known of an adopted document beside its text; what is "" is told from the document.

    date: in ISO 8601. work: the address of the work that it is a language version of, where its symbol does
    not say so.
    """

    symbol: str = ""
    title: str = ""
    body: str = ""
    date: str = ""
    session: str = ""
    status: str = ""
    language: str = ""
    work: str = ""


class Outcome(StrEnum):
    """What became of a document that was added."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Added:
    """A document of the corpus after it was added, and what that made of it."""

    document: CorpusDocument
    outcome: Outcome


def add(
    session: Session, actor: Actor, document: Document, about: About, now: datetime, source: str = ""
) -> Added:
    """Put a text into the corpus, or bring it up to date, under its symbol (else its title) and language.

    `source` is what `source_of` gave for the file. Paragraphs keep their ids as far as they stand at the same
    place; a document that was withdrawn is back.

    Raises NotAllowed; InvalidText for a document without paragraphs, language, or both symbol and title, or
    for a date that is none.
    """
    require(actor, Action.CORPUS_CHANGE, SITE)
    told = _completed(document, about)
    fields = _fields(told, document)
    rows = _rows(document)
    # First, for it waits for whoever adds just now: it may be the same document.
    fingerprint(session, {row["wording"]: row["text"] for row in rows})
    held = session.scalar(
        select(CorpusDocument).where(
            CorpusDocument.work == fields["work"], CorpusDocument.language == fields["language"]
        )
    )
    if held is None:
        held = CorpusDocument(**fields, source=source, added_at=now, changed_at=now, changed_by=actor.name)
        session.add(held)
        session.flush()
        session.execute(insert(CorpusParagraph), [row | {"document_id": held.id} for row in rows])
        _changed(session, actor, held, None, {**_told(fields), "paragraphs": len(rows)}, now)
        return Added(held, Outcome.NEW)
    before = _told({name: getattr(held, name) for name in fields})
    changed = held.withdrawn_at is not None
    for name, value in fields.items():
        if getattr(held, name) != value:
            setattr(held, name, value)
            changed = True
    changed |= _bring_up_to_date(session, held, rows)
    held.source = source
    held.withdrawn_at = None
    if changed:
        held.changed_at = now
        held.changed_by = actor.name
        _changed(session, actor, held, before, {**_told(fields), "paragraphs": len(rows)}, now)
    session.flush()
    return Added(held, Outcome.CHANGED if changed else Outcome.SAME)


def source_of(data: bytes, about: About) -> str:
    """Return what tells whether a document has been added from the same bytes with the same details."""
    stated = json.dumps([getattr(about, name) for name in About.__slots__], ensure_ascii=False)
    return sha256(stated.encode(errors="surrogatepass") + b"\0" + data).hexdigest()


def is_added(session: Session, source: str) -> bool:
    """Return whether the corpus holds a document from that source as it is (see `source_of`)."""
    found = select(CorpusDocument.id).where(
        CorpusDocument.source == source, CorpusDocument.withdrawn_at.is_(None)
    )
    return session.scalar(found.limit(1)) is not None


def withdraw(session: Session, actor: Actor, document: CorpusDocument, now: datetime) -> bool:
    """Take a document out of the corpus until it is added again; return whether it was in."""
    require(actor, Action.CORPUS_CHANGE, SITE)
    if document.withdrawn_at is not None:
        return False
    document.withdrawn_at = document.changed_at = now
    document.changed_by = actor.name
    _changed(session, actor, document, {"withdrawn": 0}, {"withdrawn": 1}, now)
    return True


def documents(session: Session) -> Sequence[CorpusDocument]:
    """Return the documents of the corpus that are not withdrawn, the latest first, those undated last."""
    return session.scalars(
        select(CorpusDocument).where(CorpusDocument.withdrawn_at.is_(None)).order_by(*_LATEST_FIRST)
    ).all()


def page_of(session: Session, offset: int, limit: int) -> tuple[int, Sequence[CorpusDocument]]:
    """Return how many documents there are, and some of them, as `documents` orders them."""
    held = select(CorpusDocument).where(CorpusDocument.withdrawn_at.is_(None))
    total = session.scalar(select(func.count()).select_from(held.subquery())) or 0
    return total, session.scalars(held.order_by(*_LATEST_FIRST).offset(offset).limit(limit)).all()


def named(session: Session, name: str) -> CorpusDocument:
    """Return the document of an address, symbol or title, in English if there are several; NotFound if none.

    One that has been withdrawn is not found.
    """
    wanted = slug(name, _LONGEST_ADDRESS)
    found = session.scalars(
        select(CorpusDocument).where(
            (CorpusDocument.address == wanted) | CorpusDocument.work.in_((wanted, own_slug(name))),
            CorpusDocument.withdrawn_at.is_(None),
        )
    ).all()
    if not found:
        raise NotFound(f"There is no document “{name[:120]}” in the corpus.")
    return min(found, key=lambda held: (held.address != wanted, held.language != "en", held.language))


def paragraphs(session: Session, document: CorpusDocument) -> Sequence[CorpusParagraph]:
    """Return the paragraphs of a document, in order."""
    return session.scalars(
        select(CorpusParagraph)
        .where(CorpusParagraph.document_id == document.id)
        .order_by(CorpusParagraph.index)
    ).all()


def versions(session: Session, document: CorpusDocument) -> Sequence[CorpusDocument]:
    """Return a document in all its languages, by language, without those withdrawn."""
    return session.scalars(
        select(CorpusDocument)
        .where(CorpusDocument.work == document.work, CorpusDocument.withdrawn_at.is_(None))
        .order_by(CorpusDocument.language)
    ).all()


def _changed(
    session: Session,
    actor: Actor,
    document: CorpusDocument,
    before: dict[str, Any] | None,
    after: dict[str, Any],
    now: datetime,
) -> None:
    """Let the index follow a change, and the audit trail tell of it."""
    to_be_indexed(session, CORPUS, document.id)
    record(session, actor, Action.CORPUS_CHANGE, f"corpus/{document.address}", before, after, now)


def _told(fields: Mapping[str, Any]) -> dict[str, str]:
    """Return what the audit trail tells of a document."""
    return {name: str(fields[name] or "") for name in ("symbol", "title", "adopted", "status")}


def _completed(document: Document, about: About) -> About:
    """Return what is said about a document, completed by what it states about itself and its symbol says."""
    symbol = clean(about.symbol) or document.symbol
    return About(
        symbol=symbol,
        title=clean(about.title) or document.title,
        body=clean(about.body) or body_of(symbol),
        date=about.date.strip() or document.date,
        session=clean(about.session) or session_of(symbol),
        status=clean(about.status) or STATUS,
        language=about.language.strip() or document.language,
        work=slug(about.work, _LONGEST_WORK) or own_slug(symbol),
    )


def _fields(about: About, document: Document) -> dict[str, Any]:
    """Return the columns of a document, checked; raise InvalidText where it cannot be held."""
    if not document.paragraphs:
        raise InvalidText("The document holds no words: choose the file that holds the text.")
    if not about.language:
        raise InvalidText("The language of the document cannot be told: give it, as en, fr or zh.")
    work = about.work or own_slug(about.title)
    if not work:
        raise InvalidText("The document has neither symbol nor title: give one of them.")
    for name, most in _MOST.items():
        if len(getattr(about, name)) > most:
            raise InvalidText(f"The {name} of the document is too long: {most} characters are the most.")
    language = checked_language(about.language)
    return {
        "work": work,
        "address": f"{work}-{language.lower()}",
        "symbol": about.symbol,
        "title": about.title or about.symbol,
        "body": about.body,
        "adopted": _day(about.date),
        "session": about.session,
        "status": about.status,
        "language": language,
        "notices": [{"code": n.code, "message": n.message, "text": n.text} for n in document.notices],
    }


def _day(words: str) -> date | None:
    if not words:
        return None
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise InvalidText(f"{words[:40]} is no date: write it as 2018-12-19.") from None


def _rows(document: Document) -> list[dict[str, Any]]:
    """Return the paragraphs of a text as rows, without their document."""
    return [
        {
            "index": p.index,
            "kind": p.kind.value,
            "label": p.label,
            "level": p.level,
            "text": p.text,
            "address": address,
            "wording": wording(p.text),
        }
        for p, address in zip(document.paragraphs, addresses(document.paragraphs), strict=True)
    ]


def _bring_up_to_date(session: Session, held: CorpusDocument, rows: list[dict[str, Any]]) -> bool:
    """Make the paragraphs of a document those of `rows`; return whether any of them changed."""
    by_index = {p.index: p for p in paragraphs(session, held)}
    new = [row | {"document_id": held.id} for row in rows if row["index"] not in by_index]
    different = [
        row | {"id": by_index[row["index"]].id}
        for row in rows
        if row["index"] in by_index
        and any(getattr(by_index[row["index"]], name) != value for name, value in row.items())
    ]
    gone = [p.id for index, p in by_index.items() if index not in {row["index"] for row in rows}]
    if gone:
        session.execute(delete(CorpusParagraph).where(CorpusParagraph.id.in_(gone)))
    if different:
        session.execute(update(CorpusParagraph), different)
    if new:
        session.execute(insert(CorpusParagraph), new)
    return bool(new or different or gone)
