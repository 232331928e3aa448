"""What has come into the search since a moment: added, changed, or shown to more people."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time
from typing import TypeAlias

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from gcmtext.db import (
    Amendment,
    AmendmentEdition,
    AuditEvent,
    Comment,
    CorpusDocument,
    LanguageVersion,
    Revision,
)
from gcmtext.services.permissions import Action
from gcmtext.services.searched import CORPUS, REVISION, name_of
from gcmtext.services.searched_remarks import AMENDMENT, COMMENT

Moments: TypeAlias = Mapping[int, datetime]

_SHOWN = "shown"  # as the audit trail calls to whom amendments are shown


def arrivals(session: Session, since: datetime, now: datetime) -> dict[str, datetime]:
    """Return the objects of the index that have come after a moment, each with when it came.

    A document of the corpus comes when it is added or read anew; a revision when it is issued, circulated or
    published; an amendment when it is submitted, given other words, or shown to more people; a thread of
    comments when somebody writes in it. Takes six queries, however much has come. Whether somebody may see
    what has come is not asked here.
    """
    texts, remarks = _shown(session, since, now)
    found: dict[str, datetime] = {}
    for kind, rows in (
        (CORPUS, _documents(session, since)),
        (REVISION, _versions(session, since, texts)),
        (AMENDMENT, _amendments(session, since, texts | remarks)),
        (COMMENT, _threads(session, since, texts | remarks)),
    ):
        for identity, moment in rows:
            name = name_of(kind, identity)
            found[name] = max(moment, found.get(name, moment))
    return found


def _shown(
    session: Session, since: datetime, now: datetime
) -> tuple[dict[int, datetime], dict[int, datetime]]:
    """Return the revisions that have been shown to more people since, and those whose amendments have."""
    revisions = session.scalars(select(Revision).options(joinedload(Revision.negotiation))).all()
    below = {f"{one.negotiation.slug}/{one.slug}": one.id for one in revisions}
    texts: dict[int, datetime] = {}
    remarks: dict[int, datetime] = {}
    for one in revisions:
        for shown in (one, one.negotiation):
            if shown.public_from is not None:
                begins = datetime.combine(shown.public_from, time.min, UTC)
                if since < begins <= now:
                    texts[one.id] = begins
    events = session.scalars(
        select(AuditEvent)
        .where(
            AuditEvent.at > since,
            AuditEvent.action.in_((Action.NEGOTIATION_SHOW, Action.REVISION_SHOW, Action.AMENDMENTS_CALL)),
        )
        .order_by(AuditEvent.number)
    )
    for event in events:
        if event.action == Action.NEGOTIATION_SHOW:
            of = {one.id for one in revisions if one.negotiation.slug == event.subject}
        else:
            of = {below[event.subject]} if event.subject in below else set()
        if event.action != Action.AMENDMENTS_CALL:
            texts |= dict.fromkeys(of, event.at)
        elif (event.before or {}).get(_SHOWN) != (event.after or {}).get(_SHOWN):
            remarks |= dict.fromkeys(of, event.at)
    return texts, remarks


def _documents(session: Session, since: datetime) -> Iterator[tuple[int, datetime]]:
    yield from session.execute(
        select(CorpusDocument.id, CorpusDocument.changed_at).where(
            CorpusDocument.changed_at > since, CorpusDocument.withdrawn_at.is_(None)
        )
    )


def _versions(session: Session, since: datetime, shown: Moments) -> Iterator[tuple[int, datetime]]:
    rows = session.execute(
        select(LanguageVersion.id, LanguageVersion.revision_id, LanguageVersion.created_at).where(
            or_(LanguageVersion.created_at > since, LanguageVersion.revision_id.in_(shown))
        )
    )
    for identity, revision, created in rows:
        yield identity, max(created, shown.get(revision, created))


def _amendments(session: Session, since: datetime, shown: Moments) -> Iterator[tuple[int, datetime]]:
    written = func.max(AmendmentEdition.written_at)
    rows = session.execute(
        select(Amendment.id, LanguageVersion.revision_id, Amendment.submitted_at, written)
        .join(Amendment.version)
        .join(Amendment.editions)
        .where(Amendment.number.is_not(None))
        .group_by(Amendment.id, LanguageVersion.revision_id, Amendment.submitted_at)
        .having(or_(Amendment.submitted_at > since, written > since, LanguageVersion.revision_id.in_(shown)))
    )
    for identity, revision, *moments in rows:
        yield identity, max(filter(None, (*moments, shown.get(revision))))


def _threads(session: Session, since: datetime, shown: Moments) -> Iterator[tuple[int, datetime]]:
    thread = func.coalesce(Comment.root_id, Comment.id)
    written = func.max(Comment.written_at)
    rows = session.execute(
        select(thread, LanguageVersion.revision_id, written)
        .join(Comment.version)
        .group_by(thread, LanguageVersion.revision_id)
        .having(or_(written > since, LanguageVersion.revision_id.in_(shown)))
    )
    for identity, revision, moment in rows:
        yield identity, max(filter(None, (moment, shown.get(revision))))
