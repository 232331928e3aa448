"""The audit trail: what was done, each event chained to the one before by a hash."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gcmtext.db import AuditEvent, AuditHead, Delegation, Negotiation
from gcmtext.services.actor import Actor
from gcmtext.services.permissions import Action

START = "0" * 64
_AT_ONCE = 1000


def record(
    session: Session,
    actor: Actor,
    action: Action,
    of: str,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    now: datetime,
    *,
    negotiation: Negotiation | None = None,
    delegation: Delegation | None = None,
) -> AuditEvent:
    """Append an event to the chain, in the transaction of what was done; return it.

    `of` is what it was done to, as the path of an address ("seafarers/rev-1"); `before` and `after` hold what
    changed, as JSON of words and whole numbers; `delegation` is the one it was done for.

    Whoever appends waits for others who have appended and not committed: do it last. On SQLite the caller
    must have called begin_write before anything else.
    """
    session.flush()
    head = session.scalars(
        select(AuditHead).where(AuditHead.id == 1).with_for_update().execution_options(populate_existing=True)
    ).one()
    event = AuditEvent(
        number=head.number + 1,
        at=now,
        actor=actor.name,
        person_id=actor.person_id,
        delegation=delegation.short_name if delegation else "",
        action=action.value,
        negotiation_id=negotiation.id if negotiation else None,
        subject=of,
        before=before,
        after=after,
        source=actor.source,
        previous=head.hash,
    )
    event.hash = hash_of(event)
    head.number, head.hash = event.number, event.hash
    session.add(event)
    session.flush()
    return event


def hash_of(event: AuditEvent) -> str:
    """Return the SHA-256 of the hash of the event before, a line end, and the event in canonical JSON."""
    return sha256(f"{event.previous}\n{canonical(content(event))}".encode()).hexdigest()


def content(event: AuditEvent) -> dict[str, Any]:
    """Return what an event says, as JSON."""
    return {
        "number": event.number,
        "at": event.at.isoformat(),
        "actor": event.actor,
        "person": event.person_id,
        "for": event.delegation,
        "action": event.action,
        "negotiation": event.negotiation_id,
        "subject": event.subject,
        "before": event.before,
        "after": event.after,
        "source": event.source,
    }


def canonical(value: object) -> str:
    """Return JSON in the one form that is hashed: keys in order, no blanks, characters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain does not hold: the number of the event, and what is wrong there."""

    number: int
    what: str


def verify(session: Session) -> Iterator[Break]:
    """Give the places where the trail has been changed, has a gap or another order, or has lost its end.

    What cannot be read any more, because somebody has put there what is no JSON or no time, is one of them.
    """
    number = 0
    last: str | None = START
    for at, event in numbered(session):
        if at <= number:
            yield Break(at, "stands before the first event")
            continue
        if at != number + 1:
            missing = f"{number + 1}" if at == number + 2 else f"{number + 1} to {at - 1}"
            yield Break(number + 1, f"missing: {missing}")
        elif event is not None and last is not None and event.previous != last:
            yield Break(at, "does not follow from the event before it")
        if event is None:
            yield Break(at, "cannot be read")
        elif not _is_as_recorded(event):
            yield Break(at, "is not what was recorded")
        number, last = at, event.hash if event is not None else None
    head = session.get(AuditHead, 1)
    if head is None:
        yield Break(number, "where the trail should end is not known any more")
    elif head.number != number or last not in (head.hash, None):
        yield Break(head.number, f"the trail should end here and ends at {number}")


def _is_as_recorded(event: AuditEvent) -> bool:
    try:
        return hash_of(event) == event.hash
    except ValueError:  # JSON holds what the trail never does
        return False


def numbered(session: Session) -> Iterator[tuple[int, AuditEvent | None]]:
    """Give all events by their numbers, in order; None for one that cannot be read."""
    numbers = session.scalars(select(AuditEvent.number).order_by(AuditEvent.number)).all()
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        query = select(AuditEvent).where(AuditEvent.number.between(some[0], some[-1]))
        try:
            yield from [(e.number, e) for e in session.scalars(query.order_by(AuditEvent.number))]
        except ValueError:
            for number in some:
                yield number, _event(session, number)


def _event(session: Session, number: int) -> AuditEvent | None:
    try:
        return session.get_one(AuditEvent, number)
    except ValueError:
        return None
