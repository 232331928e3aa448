"""The second factor: a code of six digits from a telephone (RFC 6238), and codes for the day it is lost."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from hmac import compare_digest

import pyotp
from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from gcmtext.db import Person, RecoveryCode, Role, SignIn
from gcmtext.errors import Conflict, InvalidText
from gcmtext.services.accounts import subject
from gcmtext.services.actor import Actor
from gcmtext.services.audit import record
from gcmtext.services.permissions import Action, require
from gcmtext.services.tickets import digest_of

RECOVERY_CODES = 10
_SECONDS = 30
_ISSUER = "gcmtext"
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
_WRONG = "This code is wrong, or has been used: wait for the next one."
_DEMANDING = frozenset({Role.CO_FACILITATOR, Role.SECRETARIAT})


def is_required(actor: Actor) -> bool:
    """Return whether somebody must have a second factor: who conducts a negotiation, or administers all."""
    return actor.is_administrator or any(grant.role in _DEMANDING for grant in actor.grants)


def restrained(actor: Actor, person: Person) -> Actor:
    """Return somebody without the roles that need a second factor, as long as they have none."""
    if is_required(actor) and not person.totp_secret:
        return replace(actor, grants=(), is_administrator=False)
    return actor


def offer(found: SignIn) -> str:
    """Return the secret of a second factor that a person is about to set up, in this browser."""
    found.offered = found.offered or pyotp.random_base32()
    return found.offered


def uri(person: Person, secret: str) -> str:
    """Return what a telephone reads from the picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=person.email, issuer_name=_ISSUER)


def confirm(session: Session, actor: Actor, found: SignIn, code: str, now: datetime) -> list[str]:
    """Take up the secret that was offered, once a code proves it; return new recovery codes, shown once.

    Raises InvalidText for a wrong code, Conflict where there is a second factor: it is removed first, with
    the password, lest whoever finds a browser open puts their own in its place.
    """
    if found.person.totp_secret is not None:
        raise Conflict("There is a second factor already: remove it first, under “Account”.")
    step = _step(found.offered, code, now) if found.offered else None
    if step is None:
        raise InvalidText(_WRONG)
    person = found.person
    person.totp_secret, person.totp_step, found.offered = found.offered, step, ""
    codes = _new_codes(session, person)
    record(session, actor, Action.ACCOUNT_USE, subject(person), None, {"second factor": "set up"}, now)
    return codes


def remove(session: Session, actor: Actor, person: Person, now: datetime) -> None:
    """Do without a second factor from now on; who must have one sets up another.

    Raises NotAllowed for who may not take it from somebody else.
    """
    action = Action.ACCOUNT_USE if actor.person_id == person.id else Action.PEOPLE_MANAGE
    require(actor, action, None)
    if person.totp_secret is None:
        return
    person.totp_secret = person.totp_step = None
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    record(session, actor, action, subject(person), {"second factor": "set up"}, None, now)


def passes(session: Session, person: Person, code: str, now: datetime, source: str = "") -> bool:
    """Return whether a code opens, and use it up: none does so twice, not even for two who try at once."""
    step = _step(person.totp_secret, code, now) if person.totp_secret else None
    if step is not None:
        query = (
            update(Person)
            .where(Person.id == person.id, or_(Person.totp_step.is_(None), Person.totp_step < step))
            .values(totp_step=step)
            .returning(Person.id)
        )
        return session.execute(query).scalar() is not None
    recovery = (
        update(RecoveryCode)
        .where(
            RecoveryCode.digest == _digest(person, code),
            RecoveryCode.person_id == person.id,
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now)
        .returning(RecoveryCode.digest)
    )
    if session.execute(recovery).scalar() is None:
        return False
    by = Actor(person.name, person.id, source)
    record(session, by, Action.SIGN_IN, subject(person), None, {"recovery code": "used"}, now)
    return True


def renew_codes(session: Session, actor: Actor, person: Person, now: datetime) -> list[str]:
    """Return new recovery codes, which are stored nowhere; the earlier ones are void."""
    codes = _new_codes(session, person)
    record(session, actor, Action.ACCOUNT_USE, subject(person), None, {"recovery codes": "new"}, now)
    return codes


def _new_codes(session: Session, person: Person) -> list[str]:
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    codes = [_new_code() for _ in range(RECOVERY_CODES)]
    session.add_all(RecoveryCode(digest=_digest(person, code), person_id=person.id) for code in codes)
    session.flush()
    return codes


def codes_left(session: Session, person: Person) -> int:
    """Return how many recovery codes have not been used."""
    query = select(func.count()).where(RecoveryCode.person_id == person.id, RecoveryCode.used_at.is_(None))
    return session.scalar(query) or 0


def _step(secret: str, code: str, now: datetime) -> int | None:
    """Return the half minute whose code this is: the present one, or one beside it for clocks that differ."""
    typed = "".join(code.split())
    totp, present = pyotp.TOTP(secret), int(now.timestamp()) // _SECONDS
    steps: Sequence[int] = (present, present - 1, present + 1)
    return next((s for s in steps if compare_digest(totp.at(s * _SECONDS).encode(), typed.encode())), None)


def _new_code() -> str:
    """Return six times four letters: 118 bits, so that a plain hash of it is enough."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(6))


def _digest(person: Person, code: str) -> str:
    folded = "".join(character for character in code.casefold() if character.isalnum())
    return digest_of(f"{person.id} {folded}")
