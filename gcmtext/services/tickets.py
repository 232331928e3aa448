"""Links that open a door once: made, looked at, used."""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, update
from sqlalchemy.orm import Session

from gcmtext.db import Person, Ticket
from gcmtext.errors import NotFound

_KEPT = timedelta(days=30)


class Purpose(StrEnum):
    """What a ticket is good for."""

    INVITATION = "invitation"
    RESET = "reset"
    CODE = "code"
    PROVIDER = "provider"


LIFETIME = {
    Purpose.INVITATION: timedelta(days=7),
    Purpose.RESET: timedelta(hours=1),
    Purpose.CODE: timedelta(minutes=10),
    Purpose.PROVIDER: timedelta(minutes=10),
}


def issue(
    session: Session,
    purpose: Purpose,
    now: datetime,
    *,
    person: Person | None = None,
    email: str = "",
    about: dict[str, Any] | None = None,
    by: str = "",
    token: str = "",
) -> str:
    """Return the token of a new ticket, which is stored nowhere; earlier ones for the same person, or
    the same address in the same negotiation, are void. `token` is one that was made before, by `new_token`.
    """
    session.execute(delete(Ticket).where(Ticket.expires_at < now - _KEPT))
    if person or email:
        same = Ticket.person_id == person.id if person else and_(Ticket.email == email, _is_for(about or {}))
        void(session, now, Ticket.purpose == purpose.value, same)
    token = token or new_token()
    session.add(
        Ticket(
            digest=digest_of(token),
            purpose=purpose.value,
            person_id=person.id if person else None,
            email=email,
            about=about or {},
            by=by,
            created_at=now,
            expires_at=now + LIFETIME[purpose],
        )
    )
    session.flush()
    return token


def new_token() -> str:
    """Return a token that nobody can guess."""
    return secrets.token_urlsafe(32)


def find(session: Session, purpose: Purpose, token: str, now: datetime) -> Ticket:
    """Return the ticket of a token; raise NotFound if it has been used, is too old or never was."""
    ticket = session.get(Ticket, digest_of(token))
    if ticket is None or ticket.purpose != purpose or ticket.used_at or ticket.expires_at <= now:
        raise NotFound("This link has been used, or is too old: ask for a new one.")
    return ticket


def use(session: Session, purpose: Purpose, token: str, now: datetime) -> Ticket:
    """Use up the ticket of a token and return it: of two who do so at once, one does.

    Raises NotFound as `find` does.
    """
    ticket = find(session, purpose, token, now)
    if not void(session, now, Ticket.digest == ticket.digest):
        raise NotFound("This link has been used: ask for a new one.")
    return ticket


def void(session: Session, now: datetime, *of: Any) -> int:
    """Use up all tickets of which some conditions hold; return how many there were."""
    done = session.execute(
        update(Ticket)
        .where(Ticket.used_at.is_(None), *of)
        .values(used_at=now)
        .returning(Ticket.digest)
        .execution_options(synchronize_session=False)
    )
    return len(done.all())


def _is_for(about: dict[str, Any]) -> ColumnElement[bool]:
    """Return the condition that a ticket is for the same negotiation, or for none: others stay good."""
    where: ColumnElement[int] = Ticket.about["negotiation"].as_integer()
    wanted = about.get("negotiation")
    return where.is_(None) if wanted is None else where == wanted


def digest_of(token: str) -> str:
    """Return what is stored of a token."""
    return sha256(token.encode(errors="replace")).hexdigest()
