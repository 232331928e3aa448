"""Who has which role in a negotiation, granted and revoked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from gcmtext.db import Delegation, DelegationKind, Negotiation, Person, Role, RoleGrant
from gcmtext.errors import Conflict, InvalidText, NotFound
from gcmtext.services.actor import DELEGATED, Actor
from gcmtext.services.audit import record
from gcmtext.services.permissions import Action, require
from gcmtext.services.turns import take_turn

GRANTED = (Role.CO_FACILITATOR, Role.SECRETARIAT, Role.HEAD, Role.DELEGATE, Role.OBSERVER)
AMENDING = frozenset({DelegationKind.STATE, DelegationKind.GROUP})


def grants(session: Session, negotiation: Negotiation, now: datetime) -> Sequence[RoleGrant]:
    """Return the roles that people have in a negotiation, in one query; first those who conduct it."""
    found = session.scalars(
        select(RoleGrant)
        .options(joinedload(RoleGrant.person), joinedload(RoleGrant.delegation))
        .where(
            RoleGrant.negotiation_id == negotiation.id, or_(RoleGrant.until.is_(None), RoleGrant.until > now)
        )
    ).all()
    return sorted(found, key=_place)


def grant(
    session: Session,
    actor: Actor,
    negotiation: Negotiation,
    person: Person,
    role: Role,
    delegation: Delegation | None,
    now: datetime,
) -> RoleGrant:
    """Give a person a role, for a delegation where the role acts for one.

    Raises NotAllowed for who may not, InvalidText for a role that is not granted so, Conflict for what they
    have already.
    """
    require(actor, Action.ROLES_GRANT, negotiation)
    check_role(role, delegation)
    take_turn(session, negotiation.id)
    if any(
        (g.person_id, g.role, g.delegation) == (person.id, role, delegation)
        for g in grants(session, negotiation, now)
    ):
        raise Conflict(f"{person.name} has this role already.")
    added = RoleGrant(
        person_id=person.id,
        person=person,
        role=role.value,
        negotiation_id=negotiation.id,
        delegation_id=delegation.id if delegation else None,
        delegation=delegation,
        since=now,
    )
    session.add(added)
    _record(session, actor, negotiation, added, None, _said(added), now)
    return added


def revoke(session: Session, actor: Actor, negotiation: Negotiation, held: RoleGrant, now: datetime) -> None:
    """End a role that a person has; that they had it stays known."""
    require(actor, Action.ROLES_GRANT, negotiation)
    before = _said(held)
    held.until = now
    _record(session, actor, negotiation, held, before, None, now)


def held(session: Session, negotiation: Negotiation, identity: int, now: datetime) -> RoleGrant:
    """Return a role that somebody has; raise NotFound if it has ended or is not there."""
    found = next((g for g in grants(session, negotiation, now) if g.id == identity), None)
    if found is None:
        raise NotFound("This role has been revoked already.")
    return found


def check_role(role: Role, delegation: Delegation | None) -> None:
    """Raise InvalidText unless a role is granted in a negotiation, for such a delegation or for none."""
    if role not in GRANTED:
        raise InvalidText("Choose one of the roles that are granted in a negotiation.")
    if role not in DELEGATED:
        if delegation is not None:
            raise InvalidText("This role acts for no delegation: leave that open.")
        return
    if delegation is None:
        raise InvalidText("Say for which delegation.")
    if (role is Role.OBSERVER) is (delegation.kind in AMENDING):
        raise InvalidText(
            "Heads and delegates act for States and groups, observers for all others: choose the other role."
        )


def _place(grant: RoleGrant) -> tuple[int, str, int, str]:
    """Order by who conducts, then by delegation with its head first, then by name."""
    role = GRANTED.index(Role(grant.role))
    conducts = role if grant.delegation is None else len(GRANTED)
    return conducts, grant.delegation.short_name if grant.delegation else "", role, grant.person.name


def _record(
    session: Session,
    actor: Actor,
    negotiation: Negotiation,
    held: RoleGrant,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    now: datetime,
) -> None:
    of = f"{negotiation.slug}/roles"
    record(
        session,
        actor,
        Action.ROLES_GRANT,
        of,
        before,
        after,
        now,
        negotiation=negotiation,
        delegation=held.delegation,
    )


def _said(held: RoleGrant) -> dict[str, Any]:
    return {
        "person": held.person.id,
        "name": held.person.name,
        "role": held.role,
        "delegation": held.delegation.short_name if held.delegation else None,
    }
