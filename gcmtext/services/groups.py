"""Which delegations belong to which group, on which day: as far as amendments are chosen by it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from gcmtext.db import Delegation, DelegationKind, Membership, Negotiation


@dataclass(frozen=True, slots=True)
class Term:
    """That a delegation belongs to a group from one day until before another, None as long as it lasts."""

    member_id: int
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Group:
    """A group and who belongs to it as time goes by."""

    id: int
    short_name: str
    terms: tuple[Term, ...]

    def holds(self, delegation_id: int, day: date) -> bool:
        """Return whether a delegation is the group itself, or belongs to it on a day."""
        return delegation_id == self.id or any(
            term.member_id == delegation_id and term.since <= day and (term.until is None or day < term.until)
            for term in self.terms
        )


def groups(session: Session, negotiation: Negotiation) -> tuple[Group, ...]:
    """Return the groups of a negotiation, by short name; in one query, however many members they have."""
    rows = session.execute(
        select(Delegation.id, Delegation.short_name, Membership.member_id, Membership.since, Membership.until)
        .outerjoin(Membership, and_(Membership.group_id == Delegation.id, ~Membership.chairs))
        .where(Delegation.negotiation_id == negotiation.id, Delegation.kind == DelegationKind.GROUP)
        .order_by(Delegation.short_name, Delegation.id, Membership.id)
    )
    found: dict[int, tuple[str, list[Term]]] = {}
    for identity, name, member_id, since, until in rows:
        terms = found.setdefault(identity, (name, []))[1]
        if member_id is not None:
            terms.append(Term(member_id, since, until))
    return tuple(Group(identity, name, tuple(terms)) for identity, (name, terms) in found.items())


def heard(found: Iterable[Group], spoken: Iterable[tuple[int, date]]) -> tuple[str, ...]:
    """Return the names of the groups for which somebody has spoken: they, or a member on that day.

    `spoken`: the id of a delegation and a day for each time.
    """
    once = set(spoken)
    return tuple(group.short_name for group in found if any(group.holds(by, day) for by, day in once))
