"""What is new in a negotiation, told by e-mail to those who want it, as often as they want.

    want       say whether somebody wants it, and how often
    news       what has come since, as far as they may see it
    send_due   write to all to whom it is due

Nobody is told of a word that they may not see at the moment of writing, nor of what they did themselves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload, selectinload, sessionmaker

from gcmtext.db import (
    Amendment,
    AmendmentEdition,
    AmendmentState,
    Comment,
    Digest,
    LanguageVersion,
    Negotiation,
    Often,
    Person,
    Revision,
    Role,
)
from gcmtext.db.engine import begin_write
from gcmtext.services import commenting
from gcmtext.services.accounts import subject
from gcmtext.services.actor import Actor, actor_of
from gcmtext.services.audit import record
from gcmtext.services.mail import send
from gcmtext.services.permissions import Action, require, sees
from gcmtext.services.reading import addresses, documents
from gcmtext.services.representing import represented
from gcmtext.services.second_factor import restrained
from gcmtext.settings import Settings
from gcmtext.text.places import excerpt, places
from gcmtext.text.proposals import ProposalKind

NEVER = "never"
MOST = 60
"""How many amendments, and how many comments, one message tells of."""

# What is committed a little late, with an earlier time on it, is not missed.
_LATE = timedelta(minutes=1)
_DAY = timedelta(days=1)

_DOING = {
    ProposalKind.CHANGE: "change",
    ProposalKind.DELETE: "delete",
    ProposalKind.INSERT_BEFORE: "new paragraph before",
    ProposalKind.INSERT_AFTER: "new paragraph after",
    ProposalKind.ALTERNATIVE: "alternative to",
    ProposalKind.MOVE: "move",
    ProposalKind.SPLIT: "split",
    ProposalKind.MERGE: "merge into",
    ProposalKind.RESERVE: "reserve on",
    ProposalKind.RETAIN: "retain",
}


@dataclass(frozen=True, slots=True)
class News:
    """What is new to somebody in a negotiation.

    mentions: comments that name one of their delegations; comments: the others.
    """

    submitted: tuple[Amendment, ...] = ()
    edited: tuple[Amendment, ...] = ()
    withdrawn: tuple[Amendment, ...] = ()
    mentions: tuple[Comment, ...] = ()
    comments: tuple[Comment, ...] = ()

    def __bool__(self) -> bool:
        return any((self.submitted, self.edited, self.withdrawn, self.mentions, self.comments))


def wanted(session: Session, actor: Actor) -> Mapping[int, Often]:
    """Return how often somebody is told by e-mail of what is new, by the ids of the negotiations."""
    rows = session.scalars(select(Digest).where(Digest.person_id == actor.person_id))
    return {row.negotiation_id: Often(row.often) for row in rows}


def want(
    session: Session, actor: Actor, negotiation: Negotiation, often: Often | None, now: datetime
) -> None:
    """Say how often somebody wants to be told by e-mail of what is new in a negotiation, from now on.

    None for never.
    """
    require(actor, Action.ACCOUNT_USE, negotiation)
    person = session.get_one(Person, actor.person_id)
    held = session.get(Digest, (person.id, negotiation.id))
    before = Often(held.often) if held is not None else None
    if often == before:
        return
    if held is None:
        session.add(Digest(person_id=person.id, negotiation_id=negotiation.id, often=often, sent_at=now))
    elif often is None:
        session.delete(held)
    else:
        held.often = often
    told = f"told of {negotiation.slug}"
    record(
        session,
        actor,
        Action.ACCOUNT_USE,
        subject(person),
        {told: before or NEVER},
        {told: often or NEVER},
        now,
    )


def news(session: Session, actor: Actor, negotiation: Negotiation, since: datetime, until: datetime) -> News:
    """Return what has come after a moment and until another, as far as somebody may see it."""
    submitted: list[Amendment] = []
    edited: list[Amendment] = []
    withdrawn: list[Amendment] = []
    submits_for = actor.delegations_in(negotiation.id, Role.HEAD)
    for amendment in _changed(session, negotiation, since, until):
        if not sees(actor, amendment):
            continue
        if amendment.state == AmendmentState.WITHDRAWN:
            # What came and went in the meantime is no news; only its delegation withdraws an amendment.
            came_before = amendment.submitted_at is not None and amendment.submitted_at <= since
            if came_before and amendment.delegation_id not in submits_for:
                withdrawn.append(amendment)
        elif _last(amendment).person_id == actor.person_id:
            continue
        elif amendment.submitted_at is not None and amendment.submitted_at > since:
            submitted.append(amendment)
        else:
            edited.append(amendment)
    mentions: list[Comment] = []
    comments: list[Comment] = []
    own = represented(session, actor, negotiation.id)
    for comment in commenting.since(session, actor, negotiation, since):
        if comment.written_at > until or comment.person_id == actor.person_id:
            continue
        (mentions if commenting.mentioned(comment.text, own) else comments).append(comment)
    return News(tuple(submitted), tuple(edited), tuple(withdrawn), tuple(mentions), tuple(comments))


def message(session: Session, found: News, negotiation: Negotiation, base_url: str) -> str:
    """Return the words of an e-mail that tells of what is new; mentions of one's delegation come first."""
    amendments = (*found.submitted, *found.edited, *found.withdrawn)
    versions = [a.version for a in amendments] + [c.version for c in (*found.mentions, *found.comments)]
    named = _named(session, versions)
    parts = [
        _part("Your delegation is mentioned", [_comment(c, named, base_url) for c in found.mentions]),
        _part("New amendments", [_amendment(a, named, base_url) for a in found.submitted]),
        _part("Amendments with other words", [_amendment(a, named, base_url) for a in found.edited]),
        _part("Amendments withdrawn", [_amendment(a, named, base_url) for a in found.withdrawn]),
        _part("Comments", [_comment(c, named, base_url) for c in found.comments]),
    ]
    end = "You asked to be told of this. How often, or that you do not want it any more, you can say there"
    where = f":\n{base_url}/account" if base_url else " where your account is."
    return "\n\n".join([negotiation.title, *filter(None, parts), end + where]) + "\n"


def send_due(
    sessions: sessionmaker[Session], settings: Settings, due: Mapping[Often, datetime], now: datetime
) -> int:
    """Write to all who have not been told since a moment; return to how many there was something to tell.

    due: that moment, by how often they want to be told.

    What came in the last minute is told the next time. Each message is a transaction of its own, so that
    several processes share the work and none is sent twice.
    """
    sent = 0
    until = now - _LATE
    due = {often: min(since, until) for often, since in due.items()}
    while (person_id := _next(sessions, due)) is not None:
        with sessions() as session:
            begin_write(session)
            for digest in session.scalars(
                select(Digest).where(Digest.person_id == person_id, _is_due(due)).with_for_update()
            ).all():
                sent += _tell(session, digest, settings, until, now)
                digest.sent_at = until
            session.commit()
    return sent


def due_at(now: datetime, hour: int) -> Mapping[Often, datetime]:
    """Return since when people should have been told: the last full hour, or the last such hour.

    A minute late, so that all that came before it can be told.
    """
    settled = now - _LATE
    this_hour = settled.replace(minute=0, second=0, microsecond=0)
    today = this_hour.replace(hour=hour)
    return {Often.HOURLY: this_hour, Often.DAILY: today if today <= settled else today - _DAY}


def _is_due(due: Mapping[Often, datetime]) -> ColumnElement[bool]:
    return or_(*(and_(Digest.often == often.value, Digest.sent_at < since) for often, since in due.items()))


def _next(sessions: sessionmaker[Session], due: Mapping[Often, datetime]) -> int | None:
    with sessions() as session:
        return session.scalar(
            select(Digest.person_id).where(_is_due(due)).order_by(Digest.person_id).limit(1)
        )


def _tell(session: Session, digest: Digest, settings: Settings, until: datetime, now: datetime) -> bool:
    """Write to somebody what is new until a moment, if they still have an account and there is something."""
    person = session.get_one(Person, digest.person_id)
    if person.disabled_at is not None and person.disabled_at <= now:
        return False
    actor = actor_of(session, person, now, "digest")
    if not settings.is_demonstration:
        actor = restrained(actor, person)
    negotiation = session.get_one(Negotiation, digest.negotiation_id)
    if not sees(actor, negotiation):
        return False
    found = news(session, actor, negotiation, digest.sent_at, until)
    if not found:
        return False
    words = message(session, found, negotiation, settings.base_url)
    send(session, person.email, f"New: {negotiation.title}", words, now)
    return True


def _changed(
    session: Session, negotiation: Negotiation, since: datetime, until: datetime
) -> Sequence[Amendment]:
    """Return the amendments that were submitted, edited or withdrawn in a time, by number; no drafts."""

    def within(moment: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
        return and_(moment > since, moment <= until)

    edited = select(AmendmentEdition.amendment_id).where(within(AmendmentEdition.written_at))
    return session.scalars(
        select(Amendment)
        .where(
            Amendment.negotiation_id == negotiation.id,
            Amendment.number.is_not(None),
            or_(within(Amendment.submitted_at), within(Amendment.withdrawn_at), Amendment.id.in_(edited)),
        )
        .options(
            joinedload(Amendment.delegation),
            joinedload(Amendment.version).joinedload(LanguageVersion.revision).joinedload(Revision.call),
            selectinload(Amendment.editions),
        )
        .order_by(Amendment.number)
    ).all()


def _last(amendment: Amendment) -> AmendmentEdition:
    return next(edition for edition in amendment.editions if edition.number == amendment.edition)


def _named(session: Session, versions: Sequence[LanguageVersion]) -> dict[int, list[tuple[str, str]]]:
    """Return the names and addresses of the paragraphs of versions, by their ids."""
    return {
        identity: [
            (place.spoken, address)
            for place, address in zip(
                places(text), addresses(session, next(v for v in versions if v.id == identity)), strict=True
            )
        ]
        for identity, text in documents(session, versions).items()
    }


def _part(title: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    more = [f"- and {len(lines) - MOST} more"] if len(lines) > MOST else []
    return "\n".join([f"{title} ({len(lines)})", *lines[:MOST], *more])


def _amendment(amendment: Amendment, named: dict[int, list[tuple[str, str]]], base_url: str) -> str:
    name, _ = named[amendment.version_id][amendment.at]
    doing = _DOING[ProposalKind(amendment.kind)]
    revision = amendment.version.revision
    said = f"- {amendment.number}, {amendment.delegation.short_name}: {doing} {name} ({revision.name})"
    if not base_url:
        return said
    return f"{said}\n  {base_url}/{revision.negotiation.slug}/amendments/{amendment.number}"


def _comment(comment: Comment, named: dict[int, list[tuple[str, str]]], base_url: str) -> str:
    name, _ = named[comment.version_id][comment.index]
    revision = comment.version.revision
    who = comment.delegation.short_name if comment.delegation else comment.person.name
    words = excerpt(" ".join(comment.text.split()), 40, 240)
    said = f"- {who} on {name} ({revision.name}): {words}"
    return f"{said}\n  {base_url}/{revision.negotiation.slug}/comments/{comment.key}" if base_url else said
