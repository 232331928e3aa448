"""Taking a file in as the next revision, or as an older one found later."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from types import MappingProxyType

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from gcmtext.db import LanguageVersion, Negotiation, Original, Revision, StoredParagraph, Visibility
from gcmtext.errors import Conflict, InvalidText, NotFound
from gcmtext.formats.documents import read_document
from gcmtext.services.actor import Actor
from gcmtext.services.audit import record
from gcmtext.services.carrying import carry_over
from gcmtext.services.comparing import compare_versions
from gcmtext.services.digest import digest_of
from gcmtext.services.indexing import to_be_indexed
from gcmtext.services.lineage import keep_lineage
from gcmtext.services.permissions import Action, require
from gcmtext.services.reading import neighbours, versions_in
from gcmtext.services.ready import Ready
from gcmtext.services.reserved import NO_NEGOTIATION, NO_REVISION
from gcmtext.services.searched import REVISION
from gcmtext.text.addresses import addresses, slug
from gcmtext.text.model import Document, Kind, Paragraph

# Room between positions for drafts that are found later.
_GAP = 1024
_DEEPEST = 20


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
    return corrected(read_document(data, name), edits or {})


def corrected(document: Document, edits: Mapping[int, Edit]) -> Document:
    """Return a text with the corrections of a person, by the indices of paragraphs, applied.

    Raises InvalidText for a correction that cannot be, or of a paragraph that is not there.
    """
    if any(not 0 <= index < len(document.paragraphs) for index in edits):
        raise InvalidText("The file is not the one that was corrected: upload it again.")
    paragraphs = tuple(_edited(p, edits.get(p.index)) for p in document.paragraphs)
    return replace(document, paragraphs=paragraphs)


def start_negotiation(
    session: Session,
    actor: Actor,
    title: str,
    language: str,
    now: datetime,
    name: str = "",
    visibility: Visibility = Visibility.PREPARED,
) -> Negotiation:
    """Return a new negotiation; `name` is its part of the address, made from the title if not given.

    Raises NotAllowed for who may not start one, InvalidText without a title, Conflict if the address is
    taken.
    """
    require(actor, Action.NEGOTIATION_START, None)
    title = checked_title(title)
    address = checked_negotiation(name or title)
    negotiation = Negotiation(
        slug=address,
        title=title,
        language=checked_language(language or "en"),
        created_at=now,
        visibility=visibility.value,
        revisions=[],
    )
    with _unless_taken(session, f"There is a negotiation “{address}” already: choose another short name."):
        session.add(negotiation)
    after = {"title": title, "language": negotiation.language, "visibility": negotiation.visibility}
    record(session, actor, Action.NEGOTIATION_START, address, None, after, now, negotiation=negotiation)
    return negotiation


def import_revision(
    session: Session,
    actor: Actor,
    negotiation: Negotiation,
    document: Document,
    original: tuple[str, bytes],
    *,
    name: str,
    issued: date | None,
    before: str | None = None,
    visibility: Visibility = Visibility.PREPARED,
    ready: Ready = MappingProxyType({}),
    now: datetime,
) -> Imported:
    """Store a text as a revision, or as another language version of the revision of that name.

    `original` is the name and content of the file it was read from. `before` names the revision (by slug)
    that it came before; None puts it last. `visibility` is that of a new revision. The lineage to its
    neighbours is found and stored with it, from what has been made `ready` where it still fits. The same text
    imported again under the same name makes nothing new.

    Imports into one negotiation take turns. On SQLite the caller must have called begin_write before anything
    else: writers there take turns from the beginning.

    Raises NotAllowed for who may not import, Conflict if the name stands for another text in this language,
    InvalidText without a name or for one that cannot stand in an address.
    """
    require(actor, Action.REVISION_IMPORT, negotiation)
    name, address = checked_name(name)
    symbol = checked_symbol(document.symbol)
    language = checked_language(document.language or negotiation.language)
    digest = digest_of(document)
    negotiation = take_turn(session, negotiation)
    revision = named(negotiation, address)
    if revision is None:
        revision = Revision(
            name=name,
            slug=address,
            position=_position(session, negotiation, before),
            symbol=symbol,
            issued=issued,
            created_at=now,
            visibility=visibility.value,
            versions=[],
        )
        negotiation.revisions.append(revision)
        negotiation.revisions.sort(key=_place)
    held = next((v for v in revision.versions if v.language == language), None)
    if held is not None and held.digest == digest:
        return Imported(held, created=False)
    if held is not None:
        raise issued_otherwise(revision)
    version = LanguageVersion(
        original=keep_original(session, *original, now),
        language=language,
        title=document.title,
        digest=digest,
        notices=[asdict(notice) for notice in document.notices],
        created_at=now,
    )
    revision.versions.append(version)
    session.flush()
    _store_paragraphs(session, version, document.paragraphs)
    to_be_indexed(session, REVISION, version.id)
    earlier, later = neighbours(negotiation, revision, language)
    steps = [(a, b) for a, b in ((earlier, version), (version, later)) if a is not None and b is not None]
    for old, new in steps:
        if found := ready.get((old.digest, new.digest)):
            keep_lineage(session, old, new, found.alignment, now)
    carried = carry_over(session, earlier, version, later, now) if earlier and later else []
    for old, new in steps:
        compare_versions(session, negotiation, old, new, now, ready.get((old.digest, new.digest)))
    after = {
        "revision": revision.name,
        "issued": issued.isoformat() if issued else None,
        "language": language,
        "visibility": revision.visibility,
        "file": version.original.name,
        "sha256": version.original.sha256,
        "paragraphs": len(document.paragraphs),
        "corrections carried over": [correction.id for correction in carried],
    }
    of = f"{negotiation.slug}/{revision.slug}"
    record(session, actor, Action.REVISION_IMPORT, of, None, after, now, negotiation=negotiation)
    return Imported(version, created=True)


def predecessor(negotiation: Negotiation, language: str, before: str | None) -> LanguageVersion | None:
    """Return the version that a text in a language would follow; None if it would be the first."""
    chain = versions_in(negotiation, language)
    if before is None:
        return chain[-1][1] if chain else None
    place = _position_of(negotiation.revisions, before)
    earlier = [v for r, v in chain if r.position < place]
    return earlier[-1] if earlier else None


def checked_title(title: str) -> str:
    """Return the title of a negotiation, on one line; raise InvalidText if it cannot be one."""
    return _line(title, 500, "title of the negotiation")


def checked_negotiation(name: str) -> str:
    """Return what stands for a negotiation in addresses; raise InvalidText if a name cannot."""
    address = slug(name)
    if not address or address in NO_NEGOTIATION:
        raise InvalidText("Choose another short name: letters and digits that no page of the program uses.")
    return address


def checked_name(name: str) -> tuple[str, str]:
    """Return the name of a revision, on one line, and its address; raise InvalidText if there is none."""
    name = _line(name, 120, "name of the revision")
    address = slug(name)
    if not address or address in NO_REVISION:
        raise InvalidText(f"“{name}” cannot stand in an address: call the revision “Rev.1”, for example.")
    return name, address


def checked_symbol(symbol: str) -> str:
    """Return the symbol of a revision, on one line, "" if it has none; InvalidText if it is too long."""
    return _line(symbol, 120, "symbol") if symbol else ""


def checked_language(tag: str) -> str:
    """Return the tag of a language (BCP 47); raise InvalidText if it names none."""
    if not _TAG.fullmatch(tag) or not _is_known(tag):
        raise InvalidText(f"“{tag[:40]}” names no language: use a tag such as en, fr or zh-Hant.")
    return tag


def named(negotiation: Negotiation, address: str) -> Revision | None:
    """Return the revision of an address, None if there is none."""
    return next((r for r in negotiation.revisions if r.slug == address), None)


def issued_otherwise(revision: Revision) -> Conflict:
    """Return what is said to those who would issue another text under the name of a revision."""
    return Conflict(
        f"{revision.name} has been issued with another text, and an issued revision is never "
        "changed: give this one another name."
    )


def take_turn(session: Session, negotiation: Negotiation) -> Negotiation:
    """Wait until nobody else imports into the negotiation; return it as it is then."""
    return session.scalars(
        select(Negotiation)
        .where(Negotiation.id == negotiation.id)
        .options(selectinload(Negotiation.revisions).selectinload(Revision.versions))
        .with_for_update(of=Negotiation, key_share=True)
        .execution_options(populate_existing=True)
    ).one()


_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}")  # BCP 47, which goes on where nobody goes
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")


def _is_known(tag: str) -> bool:
    """Whether a tag begins with the code of a language that has a name in CLDR, as about 600 have."""
    from babel import Locale  # its data take longer to load than a command to start

    return tag.partition("-")[0].lower() in Locale("en").languages


def _edited(paragraph: Paragraph, edit: Edit | None) -> Paragraph:
    if edit is None:
        return paragraph
    if not 0 <= edit.level <= _DEEPEST:
        raise InvalidText(f"A paragraph cannot stand at level {edit.level}: choose 0 to {_DEEPEST}.")
    label = _line(edit.label, 120, "label") if edit.label.strip() else ""
    return replace(paragraph, kind=edit.kind, label=label, level=edit.level)


def _line(words: str, most: int, what: str) -> str:
    """Return words for one line, or raise InvalidText where there are none or more than a page can show."""
    line = " ".join(_CONTROL.sub(" ", words).split())
    if not line:
        raise InvalidText(f"Give the {what}.")
    if len(line) > most:
        raise InvalidText(f"The {what} has {len(line)} characters, and {most} is the most: shorten it.")
    return line


def _place(revision: Revision) -> int:
    return revision.position


def _position(session: Session, negotiation: Negotiation, before: str | None) -> int:
    """Return a position behind all revisions, or between one and the one in front of it."""
    revisions = negotiation.revisions
    if before is None:
        return max(map(_place, revisions), default=0) + _GAP
    after = _position_of(revisions, before)
    in_front = max((r.position for r in revisions if r.position < after), default=0)
    if after - in_front < 2:
        _make_room(session, revisions)
        return _position(session, negotiation, before)
    return (in_front + after) // 2


def _make_room(session: Session, revisions: Sequence[Revision]) -> None:
    """Set the positions apart again, in two steps, because no two may be the same at any time."""
    for sign in (-1, 1):
        for number, revision in enumerate(sorted(revisions, key=_place)[::sign], 1):
            revision.position = sign * number * _GAP
        session.flush()


def _position_of(revisions: Sequence[Revision], address: str) -> int:
    found = next((r.position for r in revisions if r.slug == address), None)
    if found is None:
        raise NotFound(f"There is no revision “{address}” to put it before.")
    return found


def _store_paragraphs(session: Session, version: LanguageVersion, paragraphs: Sequence[Paragraph]) -> None:
    rows = [
        {
            "version_id": version.id,
            "index": p.index,
            "kind": p.kind.value,
            "label": p.label,
            "level": p.level,
            "text": p.text,
            "address": address,
        }
        for p, address in zip(paragraphs, addresses(paragraphs), strict=True)
    ]
    session.execute(insert(StoredParagraph), rows)


def keep_original(session: Session, name: str, data: bytes, now: datetime) -> Original:
    """Return the stored file of this content, stored now if it is new."""
    digest = sha256(data).hexdigest()
    same = select(Original).where(Original.sha256 == digest)
    held = session.scalar(same)
    if held is not None:
        return held
    original = Original(
        sha256=digest,
        name=_line(name, 10_000, "name of the file")[-255:],
        size=len(data),
        data=data,
        stored_at=now,
    )
    try:
        with session.begin_nested():
            session.add(original)
    except IntegrityError:  # another import, of another negotiation, has stored it meanwhile
        return session.scalars(same).one()
    return original


@contextmanager
def _unless_taken(session: Session, sentence: str) -> Iterator[None]:
    """Store what is added; raise Conflict with a sentence if there is something like it already."""
    try:
        with session.begin_nested():
            yield
    except IntegrityError:
        raise Conflict(sentence) from None
