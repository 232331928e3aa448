"""Calling for amendments to a revision: until when they are taken, and who sees them."""

from datetime import datetime

from sqlalchemy.orm import Session

from gcmtext.db import Call, Negotiation, Revision, Visibility
from gcmtext.db.call import PROFILE
from gcmtext.errors import Closed, InvalidText
from gcmtext.formats.profile_files import profile_names
from gcmtext.services.actor import Actor
from gcmtext.services.audit import record
from gcmtext.services.permissions import Action, require


def call_for_amendments(
    session: Session,
    actor: Actor,
    revision: Revision,
    *,
    closes_at: datetime | None,
    shown: Visibility,
    profile: str = PROFILE,
    now: datetime,
) -> Call:
    """Return the call for amendments to a revision, opened now or changed: until when, and to whom shown.

    `profile` names the way in which the compilation marks what is proposed. Raises InvalidText for a deadline
    that is over already; it may be moved, and so a call be opened again.
    """
    require(actor, Action.AMENDMENTS_CALL, revision)
    if closes_at is not None and closes_at <= now:
        raise InvalidText("The deadline is over already: choose a later moment.")
    if shown is Visibility.OWN:
        raise InvalidText("Those who conduct the negotiation see what is submitted to them.")
    if profile not in profile_names():
        raise InvalidText(f"There is no profile “{profile}”: choose one of {', '.join(profile_names())}.")
    call = revision.call
    before = None if call is None else _said(call)
    if call is None:
        call = Call(revision_id=revision.id, opened_at=now)
        revision.call = call
    call.closes_at, call.shown, call.profile = closes_at, shown.value, profile
    _record(session, actor, revision, before, _said(call), now)
    return call


def close_call(session: Session, actor: Actor, revision: Revision, now: datetime) -> None:
    """Take no more amendments to a revision from now on; raise Closed if none are taken anyway."""
    require(actor, Action.AMENDMENTS_CALL, revision)
    call = revision.call
    if call is None or not are_taken(revision, now):
        raise Closed(f"No amendments to {revision.name} are taken at the moment.")
    before = _said(call)
    call.closes_at = now
    _record(session, actor, revision, before, _said(call), now)


def are_taken(revision: Revision, now: datetime) -> bool:
    """Return whether amendments to a revision are taken at a moment."""
    return revision.call is not None and revision.call.is_open_at(now)


def require_open(negotiation: Negotiation, revision: Revision, now: datetime) -> Call:
    """Return the call for amendments to a revision; raise Closed, with the way on, if none is open."""
    call = revision.call
    if call is not None and are_taken(revision, now):
        return call
    current = current_revision(negotiation, now)
    if current is not None and current is not revision:
        raise Closed(
            f"{revision.name} is no longer open for amendments: propose them on {current.name} instead."
        )
    if call is None:
        raise Closed(f"Amendments to {revision.name} have not been called for.")
    raise Closed(f"Amendments to {revision.name} are no longer taken: ask the co-facilitators.")


def current_revision(negotiation: Negotiation, now: datetime) -> Revision | None:
    """Return the latest revision to which amendments are taken at a moment, None if there is none."""
    return next((r for r in reversed(negotiation.revisions) if are_taken(r, now)), None)


def _said(call: Call) -> dict[str, str | None]:
    closes = call.closes_at.isoformat() if call.closes_at else None
    return {
        "opened": call.opened_at.isoformat(),
        "closes": closes,
        "shown": call.shown,
        "profile": call.profile,
    }


def _record(
    session: Session,
    actor: Actor,
    revision: Revision,
    before: dict[str, str | None] | None,
    after: dict[str, str | None],
    now: datetime,
) -> None:
    of = f"{revision.negotiation.slug}/{revision.slug}"
    record(session, actor, Action.AMENDMENTS_CALL, of, before, after, now, negotiation=revision.negotiation)
