"""For whom somebody acts."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from gcmtext.db import Delegation, DelegationKind
from gcmtext.services.actor import Actor, Role


def represented(
    session: Session,
    actor: Actor,
    negotiation_id: int,
    *roles: Role,
    kinds: Collection[DelegationKind] = tuple(DelegationKind),
) -> Sequence[Delegation]:
    """Return the delegations that somebody acts for in a negotiation, in any role or in some, by short name.

    In one query, or none for who acts for nobody.
    """
    ids = actor.delegations_in(negotiation_id, *roles)
    if not ids:
        return []
    return session.scalars(
        select(Delegation)
        .where(Delegation.id.in_(ids), Delegation.kind.in_(kinds))
        .order_by(Delegation.short_name)
    ).all()
