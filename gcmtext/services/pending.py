"""A file between being read and being issued: what is proposed, corrected, and held for a day."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from gcmtext.db import LanguageVersion, Negotiation, PendingImport, Revision
from gcmtext.errors import GcmtextError, InvalidText, NotFound
from gcmtext.formats.documents import document_of, read_upload
from gcmtext.services.actor import Actor
from gcmtext.services.audit import record
from gcmtext.services.digest import digest_of
from gcmtext.services.importing import (
    Edit,
    Imported,
    checked_language,
    checked_name,
    checked_symbol,
    corrected,
    import_revision,
    issued_otherwise,
    named,
    predecessor,
)
from gcmtext.services.permissions import Action, require
from gcmtext.services.reading import document, neighbours
from gcmtext.services.ready import Ready, made_ready
from gcmtext.text.addresses import slug
from gcmtext.text.compare import Comparison, compare
from gcmtext.text.doubts import Doubt, doubts
from gcmtext.text.model import Document, Kind
from gcmtext.text.revision_names import next_name

LIFETIME = timedelta(days=1)
MOST = 20
"""How many files may wait to be issued in one negotiation."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says about a file, as typed: name and day of the revision, language, place."""

    name: str = ""
    issued: str = ""
    language: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A file that has been read: its name, its text, what is said about it, and the corrections by index."""

    file: str
    text: Document
    said: Said
    edits: Mapping[int, Edit] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a draft would become.

    text: corrected, in its language. name, address, issued: of the revision, where they can be understood.
    refusals: why it cannot be issued so, by the name of the field in Said.
    against: the version that it would follow, if any. into: the revision of which it would be another
    language version. same: the version that has the same text already.
    doubts: what is doubtful about the segmentation.
    """

    text: Document
    name: str
    address: str
    issued: date | None
    refusals: Mapping[str, GcmtextError]
    against: LanguageVersion | None
    into: Revision | None
    same: LanguageVersion | None
    doubts: tuple[Doubt, ...]

    @property
    def is_there(self) -> bool:
        """Whether this very text has been issued under this very name."""
        return self.same is not None and self.same.revision.slug == self.address


def read_draft(negotiation: Negotiation, data: bytes, file: str, said: Said) -> Draft:
    """Return a file that has been read, with what is left open filled in from it or from what is usual.

    Raises InvalidText if it cannot be read.
    """
    text = read_upload(data, file)
    checked_symbol(text.symbol)
    language = said.language or text.language or negotiation.language
    return Draft(
        file=file,
        text=text,
        said=Said(
            name=said.name.strip() or text.revision or usual_name(negotiation, language, said.before),
            issued=said.issued or text.date,
            language=language,
            before=said.before,
        ),
    )


def usual_name(negotiation: Negotiation, language: str = "", before: str = "") -> str:
    """Return what the next revision is usually called, "" where nothing is usual.

    In another language than the working language it is the last revision that is not there in it.
    """
    revisions = negotiation.revisions
    if language and language != negotiation.language and not before:
        missing = [r for r in revisions if all(v.language != language for v in r.versions)]
        if missing:
            return missing[-1].name
    names = [r.name for r in revisions]
    place = next((i for i, r in enumerate(revisions) if r.slug == before), len(names))
    return next_name(names[:place], names[place:])


def preview(negotiation: Negotiation, draft: Draft) -> Preview:
    """Return what a draft would become, and why it cannot be issued as it is.

    Raises InvalidText for a correction that cannot be.
    """
    said = draft.said
    refusals: dict[str, GcmtextError] = {}

    def ask(about: str, question: Callable[[], Any], otherwise: Any) -> Any:
        try:
            return question()
        except GcmtextError as error:
            refusals[about] = error
            return otherwise

    language = ask("language", lambda: checked_language(said.language), negotiation.language)
    text = replace(corrected(draft.text, draft.edits), language=language)
    name, address = ask("name", lambda: checked_name(said.name), ("", ""))
    issued = ask("issued", lambda: _day(said.issued), None)
    into = named(negotiation, address) if address else None
    digest = digest_of(text)
    versions = [v for r in negotiation.revisions for v in r.versions if v.language == language]
    same = next((v for v in versions if v.digest == digest), None)
    held = next((v for v in versions if into is not None and v.revision is into), None)
    if into is not None and held is None:
        against = neighbours(negotiation, into, language)[0]
    else:
        against = ask("before", lambda: predecessor(negotiation, language, said.before or None), None)
    if held is not None and into is not None and "language" not in refusals:
        same = held if held.digest == digest else same
        if same is not held:
            refusals["name"] = issued_otherwise(into)
    return Preview(
        text=text,
        name=name,
        address=address,
        issued=issued,
        refusals=refusals,
        against=against,
        into=into if held is None else None,
        same=same,
        doubts=doubts(text.paragraphs),
    )


def comparison(session: Session, shown: Preview) -> Comparison | None:
    """Return what would have changed since the version that a text follows; None if it follows none."""
    return compare(document(session, shown.against), shown.text) if shown.against else None


def ready(session: Session, negotiation: Negotiation, draft: Draft) -> Ready:
    """Return what can be compared before the right to write is taken to issue a draft."""
    return made_ready(
        session, negotiation, [(slug(draft.said.name), _text(draft))], draft.said.before or None
    )


def issue(
    session: Session,
    actor: Actor,
    negotiation: Negotiation,
    draft: Draft,
    data: bytes,
    compared: Ready,
    now: datetime,
) -> Imported:
    """Store a draft as a revision; see `import_revision` for what that needs and refuses.

    compared: see `ready`.
    """
    text = _text(draft)
    return import_revision(
        session,
        actor,
        negotiation,
        text,
        (draft.file, data),
        name=draft.said.name,
        issued=_day(draft.said.issued),
        before=draft.said.before or None,
        ready=compared,
        now=now,
    )


def hold(
    session: Session, actor: Actor, negotiation: Negotiation, draft: Draft, data: bytes, now: datetime
) -> PendingImport:
    """Keep a draft until it is issued.

    Removed are those that nobody has issued within a day, and the oldest where MOST wait in one negotiation.
    """
    require(actor, Action.REVISION_IMPORT, negotiation)
    session.execute(delete(PendingImport).where(PendingImport.created_at < now - LIFETIME))
    waiting = session.scalars(
        select(PendingImport)
        .where(PendingImport.negotiation_id == negotiation.id, PendingImport.version_id.is_(None))
        .order_by(PendingImport.created_at.desc())
        .offset(MOST - 1)
    )
    for oldest in waiting:
        session.delete(oldest)
    pending = PendingImport(
        token=secrets.token_urlsafe(32),
        negotiation_id=negotiation.id,
        created_at=now,
        file=draft.file,
        data=data,
        text=asdict(draft.text),
        edits={},
        **asdict(draft.said),
    )
    session.add(pending)
    _record(session, actor, negotiation, None, {"file": draft.file, "size": len(data)}, now)
    return pending


def find(
    session: Session, negotiation: Negotiation, token: str, now: datetime, *, lock: bool = False
) -> PendingImport:
    """Return what is held under a token; raise NotFound if it has been discarded or is older than a day.

    lock: whether others who want it wait until this transaction is over.
    """
    query = select(PendingImport).where(
        PendingImport.token == token.replace("\0", "�"),
        PendingImport.negotiation_id == negotiation.id,
        PendingImport.created_at >= now - LIFETIME,
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound(
            "This import has been discarded, made way for later ones, or was not issued within a day: "
            "upload it again."
        )
    return found


def draft_of(pending: PendingImport) -> Draft:
    """Return the draft that is held."""
    return Draft(
        file=pending.file,
        text=document_of(pending.text),
        said=Said(pending.name, pending.issued, pending.language, pending.before),
        edits={
            int(index): Edit(Kind(edit["kind"]), edit["label"], edit["level"])
            for index, edit in pending.edits.items()
        },
    )


def keep(pending: PendingImport, draft: Draft) -> None:
    """Keep what a person has said and corrected since."""
    for name, value in asdict(draft.said).items():
        setattr(pending, name, value)
    pending.edits = {str(index): asdict(edit) for index, edit in draft.edits.items()}


def discard(
    session: Session, actor: Actor, negotiation: Negotiation, pending: PendingImport, now: datetime
) -> None:
    """Remove what is held."""
    require(actor, Action.REVISION_IMPORT, negotiation)
    session.delete(pending)
    _record(session, actor, negotiation, {"file": pending.file}, None, now)


def settle(pending: PendingImport, version: LanguageVersion) -> None:
    """Remember what has become of a file, for a form that is sent twice; let go of the file."""
    pending.version = version
    pending.data = None


def edited(draft: Draft, given: Mapping[int, Edit]) -> Draft:
    """Return a draft with the corrections given; one that says what was read is none.

    Raises InvalidText for a correction that cannot be.
    """
    known = corrected(draft.text, given).paragraphs
    edits = dict(draft.edits)
    for index in given:
        if known[index] == draft.text.paragraphs[index]:
            edits.pop(index, None)
        else:
            edits[index] = Edit(known[index].kind, known[index].label, known[index].level)
    return replace(draft, edits=edits)


def _record(
    session: Session,
    actor: Actor,
    negotiation: Negotiation,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    now: datetime,
) -> None:
    of = f"{negotiation.slug}/import"
    record(session, actor, Action.REVISION_IMPORT, of, before, after, now, negotiation=negotiation)


def _text(draft: Draft) -> Document:
    return replace(corrected(draft.text, draft.edits), language=draft.said.language)


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words) if words.strip() else None
    except ValueError:
        raise InvalidText(f"{words[:40]} is no date: write it as 2027-01-29.") from None
