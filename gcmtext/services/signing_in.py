"""Signing in, and being signed in: the token of a browser is worth something as long as a row says so."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, or_, select, update
from sqlalchemy.orm import Session, contains_eager

from gcmtext.db import Person, SignIn
from gcmtext.errors import NotAllowed
from gcmtext.services.accounts import (
    DEMONSTRATION_PASSWORD,
    end_sign_ins,
    hashed,
    is_outdated,
    subject,
    verified,
)
from gcmtext.services.actor import Actor
from gcmtext.services.audit import record
from gcmtext.services.permissions import Action
from gcmtext.services.provider import Identity
from gcmtext.services.tickets import digest_of

# Nobody is signed in for longer than a week of meetings, or for a night in which nothing was asked for.
LONGEST = timedelta(days=5)
IDLE = timedelta(hours=8)
_KEPT = timedelta(days=30)
_SEEN_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Browser:
    """Where somebody signs in: what the browser says it is, and from where it comes."""

    agent: str
    address: str


def check(
    session: Session, email: str, password: str, now: datetime, *, demonstration: bool
) -> Person | None:
    """Return who may sign in with an address and a password; None for all others, after as long a time.

    Exactly one hash is computed, whether there is such a person, whether they have a password, and whether
    they are disabled or not. Outside of a demonstration its password opens nothing.
    """
    person = session.scalar(select(Person).where(Person.email == email.strip().casefold()))
    fits = verified(password, person.password_hash if person else None)
    if person is None or not fits or _is_disabled(person, now):
        return None
    if password == DEMONSTRATION_PASSWORD and not demonstration:
        return None
    return person


def known(session: Session, who: Identity, provider: str, source: str, now: datetime) -> Person:
    """Return the person that somebody is who comes from a provider; it is remembered what it calls them.

    That decides from then on: an address may go to somebody else. Raises NotAllowed for whoever has no
    account, or one that has been ended, or that belongs to another whom the provider knows.
    """
    person = session.scalar(select(Person).where(Person.provider_subject == who.subject))
    if person is None:
        person = session.scalar(select(Person).where(Person.email == who.email))
    if person is None or _is_disabled(person, now):
        raise NotAllowed(f"Nobody has been invited as {who.email}: ask the secretariat of your negotiation.")
    if person.provider_subject not in (None, who.subject):
        raise NotAllowed(
            f"{provider} knows {who.email} as somebody else than before: sign in with your password and have "
            "the earlier one forgotten under “Account”."
        )
    if person.provider_subject is None:
        person.provider_subject = who.subject
        by = Actor(person.name, person.id, source)
        record(session, by, Action.ACCOUNT_USE, subject(person), None, {"provider": provider}, now)
    return person


def forget_provider(session: Session, actor: Actor, person: Person, now: datetime) -> None:
    """Forget what a provider calls a person: the next who comes from there with their address is them."""
    if person.provider_subject is not None:
        person.provider_subject = None
        record(session, actor, Action.ACCOUNT_USE, subject(person), {"provider": "known"}, None, now)


def is_familiar(session: Session, email: str, address: str, now: datetime) -> bool:
    """Return whether somebody has signed in to this account from this address in the last 30 days."""
    query = (
        select(SignIn.id)
        .join(Person)
        .where(Person.email == email, SignIn.address == address, SignIn.created_at > now - _KEPT)
    )
    return session.scalar(query.limit(1)) is not None


def begin(
    session: Session,
    person: Person,
    browser: Browser,
    now: datetime,
    *,
    password: str = "",
    provider: str = "",
    vouched: bool = False,
) -> str:
    """Sign a person in and return the token that their browser is to keep, new each time.

    `password` is what they have just typed: its hash is made anew if it was made in an older way.
    `provider` is through which they come, `vouched` whether it vouches for a second factor.
    """
    if password and person.password_hash and is_outdated(person.password_hash):
        person.password_hash = hashed(password)
    session.execute(delete(SignIn).where(SignIn.ends_at < now - _KEPT))
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            digest=digest_of(token),
            person_id=person.id,
            created_at=now,
            seen_at=now,
            ends_at=now + LONGEST,
            agent=browser.agent[:300],
            address=browser.address,
            provider=provider[:100],
            vouched=vouched,
            offered="",
        )
    )
    after: dict[str, bool | str] = {"signed in": True}
    if provider:
        after |= {"through": provider, "second factor there": vouched}
    _record(session, person, browser.address, after, now)
    return token


def signed_in(session: Session, token: str, now: datetime) -> SignIn | None:
    """Return what holds for a token, with its person, in one query; None if nobody is signed in with it."""
    return session.scalar(
        _open(now)
        .join(SignIn.person)
        .options(contains_eager(SignIn.person))
        .where(SignIn.digest == digest_of(token), or_(Person.disabled_at.is_(None), Person.disabled_at > now))
    )


def person_of(session: Session, token: str, now: datetime) -> Person | None:
    """Return who is signed in with a token, in one query; None if nobody is."""
    found = signed_in(session, token, now)
    return found.person if found else None


def is_to_be_seen(found: SignIn, now: datetime) -> bool:
    """Return whether it is time to note again that somebody is still there."""
    return now - found.seen_at > _SEEN_EVERY


def note_seen(session: Session, found_id: int, now: datetime) -> None:
    """Note that somebody is still there."""
    session.execute(
        update(SignIn).where(SignIn.id == found_id, SignIn.ended_at.is_(None)).values(seen_at=now)
    )


def sign_ins(session: Session, person: Person, now: datetime) -> Sequence[SignIn]:
    """Return where a person is signed in, the latest first."""
    return session.scalars(
        _open(now).where(SignIn.person_id == person.id).order_by(SignIn.created_at.desc(), SignIn.id.desc())
    ).all()


def end(session: Session, actor: Actor, found: SignIn, now: datetime) -> None:
    """Sign a person out in one browser: its token is worth nothing from now on."""
    found.ended_at = now
    _record(session, found.person, actor.source, {"signed out": True}, now)


def end_everywhere(session: Session, actor: Actor, person: Person, now: datetime) -> None:
    """Sign a person out in all browsers, this one as well."""
    end_sign_ins(session, person, now)
    _record(session, person, actor.source, {"signed out": "everywhere"}, now)


def _open(now: datetime) -> Select[SignIn]:
    return select(SignIn).where(SignIn.ended_at.is_(None), SignIn.ends_at > now, SignIn.seen_at > now - IDLE)


def _is_disabled(person: Person, now: datetime) -> bool:
    return person.disabled_at is not None and person.disabled_at <= now


def _record(
    session: Session, person: Person, source: str, after: dict[str, bool | str], now: datetime
) -> None:
    by = Actor(person.name, person.id, source)
    record(session, by, Action.SIGN_IN, subject(person), None, after, now)
