"""Comments on paragraphs, passages and amendments: written for an audience, answered, resolved."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from gcmtext.db import (
    Amendment,
    Comment,
    Delegation,
    LanguageVersion,
    Negotiation,
    Revision,
    StoredParagraph,
    Visibility,
)
from gcmtext.errors import Closed, InvalidText, NotFound
from gcmtext.services.actor import Actor
from gcmtext.services.audit import record
from gcmtext.services.indexing import to_be_indexed
from gcmtext.services.permissions import OF_NONE, Action, require, sees, subject_of
from gcmtext.services.searched_remarks import COMMENT
from gcmtext.services.turns import take_turn

MOST_CHARACTERS = 10_000


@dataclass(frozen=True, slots=True)
class Place:
    """What a comment is about: a paragraph of a revision, a passage of it, or an amendment to it."""

    version: LanguageVersion
    index: int
    span: tuple[int, int] | None = None
    amendment: Amendment | None = None


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with those that answer it, oldest first. quoted: the words that it is about, if only some."""

    root: Comment
    replies: tuple[Comment, ...]
    quoted: str = ""


def comment(
    session: Session,
    actor: Actor,
    delegation: Delegation | None,
    place: Place,
    text: str,
    audience: Visibility,
    *,
    now: datetime,
    nonce: str | None = None,
) -> Comment:
    """Return a new comment that opens a thread; the same form sent twice makes one.

    `delegation` is the one for which it is written, None for those who conduct the negotiation. Raises
    InvalidText for one without words, or on words that are not there.
    """
    negotiation = place.version.revision.negotiation
    _require_speaker(actor, negotiation, delegation)
    require(actor, Action.COMMENT_READ, place.amendment or place.version)
    if delegation is None and audience is Visibility.OWN:
        raise InvalidText("Choose for whom the comment is: you act for no delegation.")
    if place.amendment is not None and (place.amendment.version_id, place.amendment.at) != (
        place.version.id,
        place.index,
    ):
        raise InvalidText("The amendment is on another paragraph: write the comment there.")
    take_turn(session, negotiation.id)
    if (made := _made_with(session, actor, nonce)) is not None:
        return made
    if place.span is not None:
        _quoted(session, place.version, place.index, place.span)
    return _add(session, actor, delegation, place, text, audience, None, now, nonce)


def reply(
    session: Session,
    actor: Actor,
    delegation: Delegation | None,
    root: Comment,
    text: str,
    *,
    now: datetime,
    nonce: str | None = None,
) -> Comment:
    """Return a comment that answers in a thread, for those whom the thread is for."""
    require(actor, Action.COMMENT_READ, root)
    negotiation = root.version.revision.negotiation
    _require_speaker(actor, negotiation, delegation)
    if root.root_id is not None:
        raise InvalidText("Answer the comment that opened the thread.")
    take_turn(session, negotiation.id)
    session.refresh(root, ["resolved_at"])
    if (made := _made_with(session, actor, nonce)) is not None:
        return made
    if root.resolved_at is not None:
        raise Closed("This thread has been resolved: reopen it to go on.")
    span = None if root.start is None or root.end is None else (root.start, root.end)
    place = Place(root.version, root.index, span, root.amendment)
    return _add(session, actor, delegation, place, text, Visibility(root.audience), root, now, nonce)


def resolve(session: Session, actor: Actor, root: Comment, resolved: bool, now: datetime) -> None:
    """Close a thread, or open it again; whoever opened it and those who conduct the negotiation may."""
    require(actor, Action.COMMENT_RESOLVE, root)
    if root.root_id is not None:
        raise InvalidText("Resolve the comment that opened the thread.")
    take_turn(session, root.negotiation_id)
    session.refresh(root, ["resolved_at"])
    if (root.resolved_at is not None) == resolved:
        return
    before = {"resolved": not resolved}
    root.resolved_at = now if resolved else None
    _record(session, actor, Action.COMMENT_RESOLVE, root, before, {"resolved": resolved}, now)


def find(session: Session, actor: Actor, negotiation: Negotiation, key: str) -> Comment:
    """Return a comment; raise NotFound as far as the actor may know."""
    found = session.scalar(
        select(Comment)
        .where(Comment.key == key.replace("\0", "�"), Comment.negotiation_id == negotiation.id)
        .options(*_WHOLE)
    )
    if found is None:
        raise NotFound("There is no such comment.")
    require(actor, Action.COMMENT_READ, found)
    return found


def threads(
    session: Session,
    actor: Actor,
    version: LanguageVersion,
    *,
    index: int | None = None,
    amendment: Amendment | None = None,
) -> tuple[Thread, ...]:
    """Return the threads on a revision that the actor may read, oldest first; in two queries.

    With `index` only those on a paragraph and the amendments to it, with `amendment` only those on that one.
    """
    where = [Comment.version_id == version.id]
    if index is not None:
        where.append(Comment.index == index)
    if amendment is not None:
        where.append(Comment.amendment_id == amendment.id)
    rows = session.scalars(select(Comment).where(*where).options(*_WHOLE).order_by(Comment.id)).all()
    replies: dict[int, list[Comment]] = {}
    roots = [c for c in rows if c.root_id is None and sees(actor, c)]
    for row in rows:
        if row.root_id is not None:
            replies.setdefault(row.root_id, []).append(row)
    texts = _texts(session, version, {c.index for c in roots if c.start is not None})
    return tuple(
        Thread(root, tuple(replies.get(root.id, ())), texts.get(root.index, "")[root.start : root.end])
        for root in roots
    )


def counts(session: Session, actor: Actor, version: LanguageVersion) -> dict[int, int]:
    """Return how many open threads the actor may read, by the paragraph that they are about."""
    found: dict[int, int] = {}
    for thread in threads(session, actor, version):
        if thread.root.resolved_at is None:
            found[thread.root.index] = found.get(thread.root.index, 0) + 1
    return found


def since(session: Session, actor: Actor, negotiation: Negotiation, moment: datetime) -> Sequence[Comment]:
    """Return the comments written after a moment that the actor may read, oldest first."""
    rows = session.scalars(
        select(Comment)
        .where(Comment.negotiation_id == negotiation.id, Comment.written_at > moment)
        .options(*_WHOLE, joinedload(Comment.root))
        .order_by(Comment.id)
    )
    return [row for row in rows if sees(actor, row)]


def mentioned(text: str, delegations: Iterable[Delegation]) -> tuple[Delegation, ...]:
    """Return the delegations that a text names with an @: "@Mexico", "@G77 and China", "@mexico"."""
    folded = text.casefold()
    named = ((d, (d.short_name.casefold(), d.address)) for d in delegations)
    return tuple(d for d, names in named if any(_names(folded, name) for name in names))


def _names(text: str, name: str) -> bool:
    """Return whether "@name" stands in a text, and not as the beginning of a longer word."""
    start = text.find(f"@{name}")
    while start >= 0:
        after = text[start + 1 + len(name) : start + 2 + len(name)]
        if not (after.isalnum() or after == "-"):
            return True
        start = text.find(f"@{name}", start + 1)
    return False


_WHOLE = (
    joinedload(Comment.person),
    joinedload(Comment.delegation),
    joinedload(Comment.version).joinedload(LanguageVersion.revision).joinedload(Revision.negotiation),
    joinedload(Comment.version).joinedload(LanguageVersion.revision).joinedload(Revision.call),
    joinedload(Comment.amendment).joinedload(Amendment.delegation),
)


def _add(
    session: Session,
    actor: Actor,
    delegation: Delegation | None,
    place: Place,
    text: str,
    audience: Visibility,
    root: Comment | None,
    now: datetime,
    nonce: str | None,
) -> Comment:
    words = text.replace("\0", "").strip()
    if not words:
        raise InvalidText("The comment is empty: write what you want to say.")
    if len(words) > MOST_CHARACTERS:
        raise InvalidText(
            f"The comment has {len(words):,} characters, and {MOST_CHARACTERS:,} is the most: shorten it."
        )
    if actor.person_id is None:
        raise InvalidText("A comment needs somebody who has signed in.")
    start, end = place.span or (None, None)
    made = Comment(
        key=secrets.token_urlsafe(9),
        negotiation_id=place.version.revision.negotiation_id,
        version=place.version,
        index=place.index,
        start=start,
        end=end,
        amendment=place.amendment,
        root=root,
        person_id=actor.person_id,
        delegation=delegation,
        audience=audience.value,
        text=words,
        written_at=now,
        resolved_at=None,
        nonce=nonce,
    )
    session.add(made)
    session.flush()
    after = {"audience": audience.value, "digest": sha256(words.encode()).hexdigest()}
    _record(session, actor, Action.COMMENT_WRITE, made, None, after, now)
    return made


def _require_speaker(actor: Actor, negotiation: Negotiation, delegation: Delegation | None) -> None:
    """Raise NotFound or NotAllowed unless somebody may speak for a delegation; for none those who conduct."""
    if delegation is None:
        require(actor, Action.COMMENT_WRITE, replace(subject_of(actor, negotiation), delegation_ids=OF_NONE))
        return
    if delegation.negotiation_id != negotiation.id:
        raise NotFound(f"{delegation.short_name} takes no part in this negotiation.")
    require(actor, Action.COMMENT_WRITE, delegation)


def _made_with(session: Session, actor: Actor, nonce: str | None) -> Comment | None:
    if nonce is None:
        return None
    return session.scalar(select(Comment).where(Comment.nonce == nonce, Comment.person_id == actor.person_id))


def _quoted(session: Session, version: LanguageVersion, index: int, span: tuple[int, int]) -> str:
    start, end = span
    text = _texts(session, version, {index}).get(index, "")
    if not 0 <= start < end <= len(text):
        raise InvalidText("The passage that the comment is about is not in this paragraph.")
    return text[start:end]


def _texts(session: Session, version: LanguageVersion, indices: set[int]) -> dict[int, str]:
    if not indices:
        return {}
    rows = session.execute(
        select(StoredParagraph.index, StoredParagraph.text).where(
            StoredParagraph.version_id == version.id, StoredParagraph.index.in_(indices)
        )
    )
    return {row[0]: row[1] for row in rows}


def _record(
    session: Session,
    actor: Actor,
    action: Action,
    about: Comment,
    before: dict[str, Any] | None,
    after: dict[str, Any],
    now: datetime,
) -> None:
    """Record what is done to a comment, without its words.

    Those who conduct the negotiation read its trail, and are not to know of what a delegation says to itself,
    or of a draft. The index follows, for the whole thread.
    """
    to_be_indexed(session, COMMENT, about.root_id or about.id)
    negotiation = about.version.revision.negotiation
    unseen = subject_of(actor, about).visibility is Visibility.OWN
    record(
        session,
        actor,
        action,
        f"comments/{about.key}" if unseen else f"{negotiation.slug}/comments/{about.key}",
        before,
        after,
        now,
        negotiation=None if unseen else negotiation,
        delegation=None if unseen else about.delegation,
    )
