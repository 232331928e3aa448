"""Invitations, and passwords that were forgotten: by a link that is sent, and opens a door once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gcmtext.db import Delegation, Negotiation, Person, RoleGrant
from gcmtext.errors import Conflict, InvalidText
from gcmtext.services import tickets
from gcmtext.services.accounts import add_person, checked_name, checked_password, set_password, subject
from gcmtext.services.actor import DELEGATED, Actor, Role, anonymous
from gcmtext.services.audit import record
from gcmtext.services.mail import checked_address, send
from gcmtext.services.permissions import Action, require
from gcmtext.services.tickets import Purpose

# The roles that somebody can be invited to.
INVITED = (Role.CO_FACILITATOR, Role.SECRETARIAT, Role.HEAD, Role.DELEGATE, Role.OBSERVER)

Link = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Invitation:
    """To what somebody is invited: a role in a negotiation, or to administer all.

    delegation: for whom, in a role that acts for a delegation.
    """

    email: str
    role: Role
    by: str
    negotiation: Negotiation | None = None
    delegation: Delegation | None = None


def invite(
    session: Session,
    actor: Actor,
    email: str,
    role: str,
    negotiation: Negotiation | None,
    delegation: Delegation | None,
    link: Link,
    now: datetime,
) -> str:
    """Send somebody a link by which they choose a password and have a role; return the link.

    `link` gives the address of a token. Raises Conflict if they have an account, InvalidText for what is no
    address, or a role that does not go with the rest.
    """
    address, wanted = checked_address(email), _checked_role(role, negotiation, delegation)
    action = Action.ROLES_GRANT if negotiation else Action.PEOPLE_MANAGE
    require(actor, action, negotiation)
    if session.scalar(select(Person.id).where(Person.email == address)):
        raise Conflict(f"Somebody signs in with {address} already: give them the role instead.")
    about = {
        "role": wanted.value,
        "negotiation": negotiation.id if negotiation else None,
        "delegation": delegation.id if delegation else None,
    }
    token = tickets.issue(session, Purpose.INVITATION, now, email=address, about=about, by=actor.name)
    where = negotiation.title if negotiation else "gcmtext"
    send(session, address, f"Invitation: {where}", _invitation(actor, where, link(token)), now)
    after = {"invited": address, "role": wanted.value}
    if delegation:
        after["delegation"] = delegation.short_name
    record(session, actor, action, "people", None, after, now, negotiation=negotiation, delegation=delegation)
    return link(token)


def invitation(session: Session, token: str, now: datetime) -> Invitation:
    """Return to what a link invites; raise NotFound if it has been used or is too old."""
    ticket = tickets.find(session, Purpose.INVITATION, token, now)
    about = ticket.about
    return Invitation(
        ticket.email,
        Role(about["role"]),
        ticket.by,
        session.get_one(Negotiation, about["negotiation"]) if about["negotiation"] else None,
        session.get_one(Delegation, about["delegation"]) if about["delegation"] else None,
    )


def accept(session: Session, token: str, name: str, password: str, source: str, now: datetime) -> Person:
    """Return the person who has followed an invitation, with an account and the role.

    Raises NotFound for a link that has been used or is too old, InvalidText for a name or a password that
    will not do, Conflict if there is such an account by now.
    """
    found = invitation(session, token, now)
    checked_password(password, checked_name(name), found.email)
    tickets.use(session, Purpose.INVITATION, token, now)
    actor = Actor(checked_name(name), source=source)
    administrates = found.role is Role.ADMINISTRATOR
    person = add_person(session, actor, found.email, name, now, is_administrator=administrates)
    actor = Actor(person.name, person.id, source)
    set_password(session, actor, person, password, now)
    if found.negotiation:
        delegation_id = found.delegation.id if found.delegation else None
        session.add(
            RoleGrant(
                person_id=person.id,
                role=found.role.value,
                negotiation_id=found.negotiation.id,
                delegation_id=delegation_id,
                since=now,
            )
        )
        after = {"person": person.name, "role": found.role.value, "invited by": found.by}
        where = f"{found.negotiation.slug}/roles"
        record(
            session,
            actor,
            Action.ROLES_GRANT,
            where,
            None,
            after,
            now,
            negotiation=found.negotiation,
            delegation=found.delegation,
        )
    return person


def ask_reset(session: Session, email: str, link: Link, source: str, now: datetime) -> None:
    """Send a link for a new password, if somebody signs in with this address; else do nothing, and say so to
    nobody.
    """
    person = session.scalar(select(Person).where(Person.email == email.strip().casefold()))
    if person is not None and person.disabled_at is None:
        token = tickets.issue(session, Purpose.RESET, now, person=person, email=person.email)
        send(session, person.email, "A new password for gcmtext", _reset(link(token)), now)
        after = {"password": "link for a new one"}
        record(session, anonymous(now, source), Action.SIGN_IN, subject(person), None, after, now)


def reset_link(session: Session, actor: Actor, person: Person, link: Link, now: datetime) -> str:
    """Return a link for a new password, to be handed over by whoever administers."""
    require(actor, Action.PEOPLE_MANAGE, None)
    token = tickets.issue(session, Purpose.RESET, now, person=person, email=person.email, by=actor.name)
    after = {"password": "link for a new one"}
    record(session, actor, Action.PEOPLE_MANAGE, subject(person), None, after, now)
    return link(token)


def resets(session: Session, token: str, now: datetime) -> Person:
    """Return for whom a link sets a new password; raise NotFound if it has been used or is too old."""
    return _person(tickets.find(session, Purpose.RESET, token, now).person)


def reset(session: Session, token: str, password: str, source: str, now: datetime) -> Person:
    """Return the person who has followed a link, with a new password, and signed out everywhere.

    Raises NotFound as `resets` does, InvalidText for a password that will not do.
    """
    person = resets(session, token, now)
    checked_password(password, person.name, person.email)
    tickets.use(session, Purpose.RESET, token, now)
    set_password(session, Actor(person.name, person.id, source), person, password, now)
    return person


def _person(person: Person | None) -> Person:
    if person is None or person.disabled_at is not None:
        raise Conflict("This account has been ended: ask the secretariat.")
    return person


def _checked_role(role: str, negotiation: Negotiation | None, delegation: Delegation | None) -> Role:
    wanted = Role(role) if role in (*INVITED, Role.ADMINISTRATOR) else None
    if wanted is None or (wanted is Role.ADMINISTRATOR) != (negotiation is None):
        raise InvalidText("Choose a role, and the negotiation in which it is held.")
    if (wanted in DELEGATED) != (delegation is not None):
        raise InvalidText("Choose a delegation for a role that acts for one, and none for another.")
    if delegation is not None and negotiation is not None and delegation.negotiation_id != negotiation.id:
        raise InvalidText("This delegation takes part in another negotiation: choose one of this.")
    return wanted


def _invitation(actor: Actor, where: str, link: str) -> str:
    days = tickets.LIFETIME[Purpose.INVITATION].days
    return (
        f"{actor.name} invites you to take part:\n\n  {where}\n\n"
        f"Choose a password here, within {days} days:\n\n  {link}\n\n"
        "The link is for you alone and works once. If you expect no invitation, leave this message alone.\n"
    )


def _reset(link: str) -> str:
    return (
        "Somebody, perhaps you, asks for a new password. Choose it here, within an hour:\n\n"
        f"  {link}\n\nThe link works once. If it was not you, leave this message alone: nothing changes.\n"
    )
