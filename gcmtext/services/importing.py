"""Taking a file in as the next revision, or as an older one found later."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from gcmtext.db import LanguageVersion, Negotiation, Original, Revision, StoredParagraph
from gcmtext.errors import Conflict, InvalidText, NotFound
from gcmtext.formats import read_source
from gcmtext.services.comparing import compare_versions
from gcmtext.services.reading import neighbours, versions_in
from gcmtext.text.addresses import addresses, slug
from gcmtext.text.model import Document, Kind, Paragraph
from gcmtext.text.segment import segment

# Room between positions for drafts that are found later.
_GAP = 1024


@dataclass(frozen=True, slots=True)
class Edit:
    """What a person corrects in one paragraph before it is issued: its kind, label or level."""

    kind: Kind
    label: str
    level: int


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import made. created is False if the same text was there already."""

    version: LanguageVersion
    created: bool


def read_text(data: bytes, name: str, edits: Mapping[int, Edit] | None = None) -> Document:
    """Return the text of an uploaded file, with the corrections of a person applied.

    Raises InvalidText if it cannot be read or holds no words, or for a correction of a paragraph that is not
    there.
    """
    document = segment(read_source(data, name))
    if not document.paragraphs:
        raise InvalidText(f"{name} holds no words: choose the file that holds the text.")
    if edits and max(edits) >= len(document.paragraphs):
        raise InvalidText("The file is not the one that was corrected: upload it again.")
    paragraphs = tuple(_edited(p, (edits or {}).get(p.index)) for p in document.paragraphs)
    return replace(document, paragraphs=paragraphs)


def start_negotiation(
    session: Session, title: str, language: str, now: datetime, name: str = ""
) -> Negotiation:
    """Return a new negotiation; `name` is its part of the address, made from the title if not given.

    Raises InvalidText without a title, Conflict if the address is taken.
    """
    title = title.strip()
    if not title:
        raise InvalidText("A negotiation needs a title.")
    address = slug(name or title)
    if not address or address in _RESERVED:
        raise InvalidText("Choose another short name: letters and digits that no page of the program uses.")
    if session.scalar(select(Negotiation.id).where(Negotiation.slug == address)):
        raise Conflict(f"There is a negotiation “{address}” already: choose another short name.")
    negotiation = Negotiation(
        slug=address, title=title, language=language or "en", created_at=now, revisions=[]
    )
    session.add(negotiation)
    session.flush()
    return negotiation


def import_revision(
    session: Session,
    negotiation: Negotiation,
    document: Document,
    original: tuple[str, bytes],
    *,
    name: str,
    issued: date | None,
    before: str | None = None,
    now: datetime,
) -> Imported:
    """Store a text as a revision, or as another language version of the revision of that name.

    `original` is the name and content of the file it was read from. `before` names the revision (by slug)
    that it came before; None puts it last. The lineage to its neighbours is found and stored with it. The
    same text imported again under the same name makes nothing new. Raises Conflict if the name stands for
    another text in this language, InvalidText without a name.
    """
    name = name.strip()
    if not slug(name):
        raise InvalidText("Give the revision a name, such as “Rev.1”.")
    language = document.language or negotiation.language
    digest = _digest(document)
    revision = next((r for r in negotiation.revisions if r.slug == slug(name)), None)
    if revision is not None:
        held = next((v for v in revision.versions if v.language == language), None)
        if held is not None and held.digest == digest:
            return Imported(held, created=False)
        if held is not None:
            raise Conflict(
                f"{revision.name} has been issued with another text, and an issued revision is never "
                "changed: give this one another name."
            )
    else:
        revision = Revision(
            name=name,
            slug=slug(name),
            position=_position(negotiation.revisions, before),
            symbol=document.symbol,
            issued=issued,
            created_at=now,
            versions=[],
        )
        negotiation.revisions.append(revision)
        negotiation.revisions.sort(key=lambda r: r.position)
    version = LanguageVersion(
        original=_original(session, *original, now),
        language=language,
        title=document.title,
        digest=digest,
        notices=[asdict(notice) for notice in document.notices],
        created_at=now,
    )
    revision.versions.append(version)
    version.paragraphs = [
        StoredParagraph(
            index=p.index, kind=p.kind.value, label=p.label, level=p.level, text=p.text, address=address
        )
        for p, address in zip(document.paragraphs, addresses(document.paragraphs), strict=True)
    ]
    session.flush()
    earlier, later = neighbours(negotiation, revision, language)
    if earlier is not None:
        compare_versions(session, negotiation, earlier, version, now)
    if later is not None:
        compare_versions(session, negotiation, version, later, now)
    return Imported(version, created=True)


def predecessor(negotiation: Negotiation, language: str, before: str | None) -> LanguageVersion | None:
    """Return the version that a text in a language would follow; None if it would be the first."""
    chain = versions_in(negotiation, language)
    if before is None:
        return chain[-1][1] if chain else None
    place = _position_of(negotiation.revisions, before)
    earlier = [v for r, v in chain if r.position < place]
    return earlier[-1] if earlier else None


_RESERVED = frozenset({"static", "appearance", "new", "about", "help", "json", "api"})


def _edited(paragraph: Paragraph, edit: Edit | None) -> Paragraph:
    if edit is None:
        return paragraph
    return replace(paragraph, kind=edit.kind, label=edit.label, level=edit.level)


def _digest(document: Document) -> str:
    parts = [[p.kind.value, p.label, p.level, p.text] for p in document.paragraphs]
    return sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def _position(revisions: Sequence[Revision], before: str | None) -> int:
    """Return a position behind all revisions, or between one and the one in front of it."""
    if before is None:
        return max((r.position for r in revisions), default=0) + _GAP
    after = _position_of(revisions, before)
    in_front = max((r.position for r in revisions if r.position < after), default=0)
    if after - in_front < 2:
        raise Conflict("There is no room left between these revisions: import it under the next one.")
    return (in_front + after) // 2


def _position_of(revisions: Sequence[Revision], address: str) -> int:
    found = next((r.position for r in revisions if r.slug == address), None)
    if found is None:
        raise NotFound(f"There is no revision “{address}” to put it before.")
    return found


def _original(session: Session, name: str, data: bytes, now: datetime) -> Original:
    digest = sha256(data).hexdigest()
    held = session.scalar(select(Original).where(Original.sha256 == digest))
    if held is not None:
        return held
    return Original(sha256=digest, name=name, size=len(data), data=data, stored_at=now)
