"""Who does something, in which roles, for whom."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from gcmtext.db import Accreditation, Membership, Outcome, Person, Role, RoleGrant

__all__ = ["DELEGATED", "Actor", "Grant", "Role", "actor_of", "anonymous", "operator"]

# The roles in which somebody acts for a delegation.
DELEGATED = frozenset({Role.HEAD, Role.DELEGATE, Role.OBSERVER})


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in a negotiation, for a delegation where it is one that acts for somebody."""

    role: Role
    negotiation_id: int | None
    delegation_id: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """The person, or the program on a person's behalf, that does something.

    name: kept with what it did. person_id: None for who has not signed in. source: from where it is asked
        for.
    grants: those that hold; a member that chairs a group holds its role for the group as well.
    at: the moment of which this is true; None for an actor whose rights do not depend on it.
    """

    name: str
    person_id: int | None = None
    source: str = ""
    grants: tuple[Grant, ...] = ()
    is_administrator: bool = False
    at: datetime | None = None

    def roles_in(self, negotiation_id: int | None) -> frozenset[Role]:
        """Return the roles in a negotiation, with those that do not depend on one."""
        roles = {Role.PUBLIC}
        if self.is_administrator:
            roles.add(Role.ADMINISTRATOR)
        if self.person_id is not None:
            roles.add(Role.PERSON)
        if negotiation_id is not None:
            roles |= {grant.role for grant in self.grants if grant.negotiation_id == negotiation_id}
        return frozenset(roles)

    def delegations_in(self, negotiation_id: int | None, *roles: Role) -> frozenset[int]:
        """Return the ids of the delegations it acts for in a negotiation, in any role or in some."""
        return frozenset(
            grant.delegation_id
            for grant in self.grants
            if grant.negotiation_id == negotiation_id
            and grant.delegation_id is not None
            and (not roles or grant.role in roles)
        )

    def acts_for(self) -> frozenset[int]:
        """Return the ids of all delegations it acts for, in whichever negotiation."""
        return frozenset(grant.delegation_id for grant in self.grants if grant.delegation_id is not None)


def anonymous(at: datetime | None = None, source: str = "") -> Actor:
    """Return somebody of whom nothing is known."""
    return Actor("", source=source, at=at)


def operator(name: str) -> Actor:
    """Return the person at the command line of the machine, who may do everything."""
    return Actor(name, source="command line", is_administrator=True)


def actor_of(session: Session, person: Person, now: datetime, source: str = "") -> Actor:
    """Return a person as an actor, with what they may do at a moment; takes one query.

    Nobody acts for a stakeholder that is not accredited. Whoever has been disabled has no rights.
    """
    if person.disabled_at is not None and person.disabled_at <= now:
        return anonymous(now, source)
    chaired, listed = aliased(Membership), aliased(Accreditation)
    today = now.date()
    chairs = and_(
        chaired.member_id == RoleGrant.delegation_id,
        chaired.chairs,
        chaired.since <= today,
        or_(chaired.until.is_(None), chaired.until > today),
        RoleGrant.role.in_([Role.HEAD.value, Role.DELEGATE.value]),
    )
    rows = session.execute(
        select(RoleGrant.role, RoleGrant.negotiation_id, RoleGrant.delegation_id, chaired.group_id)
        .outerjoin(chaired, chairs)
        .outerjoin(listed, listed.delegation_id == RoleGrant.delegation_id)
        .where(
            RoleGrant.person_id == person.id,
            RoleGrant.since <= now,
            or_(RoleGrant.until.is_(None), RoleGrant.until > now),
            or_(listed.id.is_(None), listed.outcome == Outcome.ACCREDITED.value),
        )
        .order_by(RoleGrant.id)
    )
    grants: dict[Grant, None] = {}
    for role, negotiation_id, delegation_id, group_id in rows:
        grants[Grant(Role(role), negotiation_id, delegation_id)] = None
        if group_id is not None:
            grants[Grant(Role(role), negotiation_id, group_id)] = None
    return Actor(person.name, person.id, source, tuple(grants), person.is_administrator, now)
