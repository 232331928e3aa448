"""Accounts: passwords, and who has one."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from secrets import token_urlsafe

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from gcmtext.db import Person, SignIn
from gcmtext.errors import Conflict, InvalidText, NotFound
from gcmtext.services.actor import Actor
from gcmtext.services.audit import record
from gcmtext.services.mail import checked_address, send
from gcmtext.services.permissions import Action, require
from gcmtext.text.normalise import clean

# Everybody knows it: it opens the accounts of the demonstration, and nothing elsewhere.
DEMONSTRATION_PASSWORD = "demonstration"  # noqa: S105

SHORTEST, LONGEST = 12, 200
_LOOKED_AT = 72  # characters that the strength of a password is told from
_STRONG = 4  # as zxcvbn counts: 10^10 guesses or more

# The second recommendation of RFC 9106: 64 MB, three passes. What a later version recommends is taken up as
# people sign in.
_hasher = PasswordHasher()


def hashed(password: str) -> str:
    """Return the argon2 hash of a password."""
    return _hasher.hash(_normal(password))


def verified(password: str, stored: str | None) -> bool:
    """Return whether a password is the one that is stored; takes as long if none is stored."""
    decoy = _decoy()
    try:
        _hasher.verify(stored or decoy, _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Return whether a hash was made in a way that is no longer the recommended one."""
    return _hasher.check_needs_rehash(stored)


def checked_password(password: str, *known: str) -> str:
    """Return a password that is fit to be one; `known` is what everybody knows of the person.

    Raises InvalidText, with what to do, for one that is short or easily guessed.
    """
    # Imported where it works: it brings its lists of words along.
    from zxcvbn import zxcvbn

    if len(_normal(password)) < SHORTEST:
        raise InvalidText(
            f"A password has {SHORTEST} characters or more: several words that do not belong together."
        )
    if len(password) > LONGEST:
        raise InvalidText(f"A password has {LONGEST} characters or fewer.")
    if password == DEMONSTRATION_PASSWORD or (
        zxcvbn(password[:_LOOKED_AT], user_inputs=[*known, *_parts(known), "gcmtext"])["score"] < _STRONG
    ):
        raise InvalidText(
            "This password is easily guessed: take several words that do not belong together, and none that "
            "is known of you."
        )
    return password


def checked_name(typed: str) -> str:
    """Return a name as it is kept; raise InvalidText without one."""
    name = clean(typed)
    if not name or len(name) > 200:
        raise InvalidText("Give the name under which others know the person, of 200 characters or fewer.")
    return name


def people(session: Session) -> Sequence[Person]:
    """Return everybody, by name."""
    return session.scalars(select(Person).order_by(Person.name, Person.id)).all()


def person(session: Session, email: str) -> Person:
    """Return who signs in with an address; raise NotFound if there is nobody."""
    found = session.scalar(select(Person).where(Person.email == email.strip().casefold()))
    if found is None:
        raise NotFound(f"Nobody signs in with {email}: “gcmtext user list” shows who does.")
    return found


def demonstration_accounts(session: Session) -> int:
    """Return how many people have the password of the demonstration; costs a hash for each stored password
    that several have, as those of the demonstration do.
    """
    several = (
        select(Person.password_hash, func.count())
        .where(Person.password_hash.is_not(None))
        .group_by(Person.password_hash)
        .having(func.count() > 1)
    )
    return sum(n for stored, n in session.execute(several) if verified(DEMONSTRATION_PASSWORD, stored))


def add_person(
    session: Session, actor: Actor, email: str, name: str, now: datetime, *, is_administrator: bool = False
) -> Person:
    """Return a new person, who cannot sign in until there is a password.

    Raises InvalidText for what is no address or name, Conflict if somebody has the address.
    """
    address, known_as = checked_address(email), checked_name(name)
    if session.scalar(select(Person.id).where(Person.email == address)):
        raise Conflict(f"Somebody signs in with {address} already.")
    added = Person(
        email=address, name=known_as, is_administrator=is_administrator, created_at=now, language=""
    )
    session.add(added)
    session.flush()
    after = {"email": address, "name": known_as, "administrator": is_administrator}
    record(session, actor, Action.PEOPLE_MANAGE, subject(added), None, after, now)
    return added


def set_password(
    session: Session, actor: Actor, of: Person, password: str, now: datetime, *, keep: SignIn | None = None
) -> None:
    """Give a person a password; where they are signed in elsewhere than in `keep`, they no longer are.

    Whoever had one before is told by mail. Raises InvalidText for one that is short or easily guessed.
    """
    checked_password(password, of.name, of.email)
    if of.password_hash:
        send(session, of.email, "Your password for gcmtext has been changed", _changed(now), now)
    of.password_hash = hashed(password)
    end_sign_ins(session, of, now, keep=keep)
    record(session, actor, Action.ACCOUNT_USE, subject(of), None, {"password": "changed"}, now)


def describe(session: Session, actor: Actor, of: Person, name: str, language: str, now: datetime) -> None:
    """Change the name of a person, and the language of the pages for them."""
    before = {"name": of.name, "language": of.language}
    of.name, of.language = checked_name(name), language
    after = {"name": of.name, "language": of.language}
    if before != after:
        record(session, actor, Action.ACCOUNT_USE, subject(of), before, after, now)


def disable(session: Session, actor: Actor, of: Person, now: datetime) -> None:
    """Keep a person from signing in, and end it where they have; what they did stays.

    Raises Conflict for oneself, so that somebody is left who can undo it.
    """
    require(actor, Action.PEOPLE_MANAGE, None)
    if of.id == actor.person_id:
        raise Conflict("You cannot end your own account: ask another administrator.")
    if of.disabled_at is None:
        of.disabled_at = now
        end_sign_ins(session, of, now)
        record(session, actor, Action.PEOPLE_MANAGE, subject(of), None, {"disabled": True}, now)


def enable(session: Session, actor: Actor, of: Person, now: datetime) -> None:
    """Let a person sign in again."""
    require(actor, Action.PEOPLE_MANAGE, None)
    if of.disabled_at is not None:
        of.disabled_at = None
        record(session, actor, Action.PEOPLE_MANAGE, subject(of), {"disabled": True}, None, now)


def end_sign_ins(session: Session, of: Person, now: datetime, *, keep: SignIn | None = None) -> None:
    """Sign a person out everywhere, except where `keep` says."""
    query = update(SignIn).where(SignIn.person_id == of.id, SignIn.ended_at.is_(None))
    if keep is not None:
        query = query.where(SignIn.id != keep.id)
    session.execute(query.values(ended_at=now))


def subject(of: Person) -> str:
    """Return what the audit trail calls a person."""
    return f"people/{of.id}"


def _normal(password: str) -> str:
    """Return a password as it is typed on any keyboard (NIST SP 800-63B)."""
    return unicodedata.normalize("NFKC", password)


def _parts(known: Sequence[str]) -> list[str]:
    return [part for words in known for part in words.replace("@", " ").replace(".", " ").split()]


def _changed(now: datetime) -> str:
    return (
        f"The password of your account was changed on {now:%Y-%m-%d} at {now:%H:%M} UTC. Wherever you were "
        "signed in elsewhere, you no longer are.\n\nIf it was not you, ask for a new one at once where one "
        "signs in (“Forgotten the password?”), and tell the secretariat.\n"
    )


@cache
def _decoy() -> str:
    return _hasher.hash(token_urlsafe())
