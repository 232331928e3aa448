"""Finding amendments, what stands for one in addresses, and its editions that one may read."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from gcmtext.db import (
    Amendment,
    AmendmentEdition,
    AmendmentState,
    Delegation,
    LanguageVersion,
    Negotiation,
    Revision,
    Stance,
)
from gcmtext.errors import NotFound
from gcmtext.services.actor import Actor
from gcmtext.services.permissions import Action, may


def find(session: Session, actor: Actor, negotiation: Negotiation, name: str) -> Amendment:
    """Return an amendment by its number, or a draft by its key; raise NotFound as far as the actor may know.

    With its delegation, its editions and how others stand to it, in three queries.
    """
    named = Amendment.key == name.replace("\0", "�")
    if name.isascii() and name.isdigit() and len(name) < 10:
        named = Amendment.number == int(name)
    found = session.scalar(
        select(Amendment)
        .where(Amendment.negotiation_id == negotiation.id, named)
        .options(
            joinedload(Amendment.delegation),
            joinedload(Amendment.version).joinedload(LanguageVersion.revision).joinedload(Revision.call),
            selectinload(Amendment.editions),
            selectinload(Amendment.stances).joinedload(Stance.delegation),
        )
    )
    is_discarded = found is not None and found.number is None and found.state == AmendmentState.WITHDRAWN
    # In the same words where it may not be seen: numbers that are refused in another way could be counted.
    if found is None or is_discarded or not may(actor, Action.AMENDMENT_READ, found):
        raise NotFound(f"There is no amendment “{name[:50]}” in this negotiation.")
    return found


def editions_of(actor: Actor, amendment: Amendment) -> Sequence[AmendmentEdition]:
    """Return the editions of an amendment that somebody may read, the oldest first.

    What its delegation wrote before it submitted it is read by the delegation alone, as the draft was.
    """
    editions = amendment.editions
    if amendment.submitted_at is None or _is_own(actor, amendment):
        return editions
    drafted = sum(edition.written_at <= amendment.submitted_at for edition in editions)
    return editions[max(drafted - 1, 0) :]


def to_it(session: Session, actor: Actor, amendment: Amendment) -> Sequence[Amendment]:
    """Return the submitted amendments to an amendment that somebody may read, by number."""
    rows = session.scalars(
        select(Amendment)
        .where(Amendment.parent_id == amendment.id, Amendment.state == AmendmentState.SUBMITTED)
        .order_by(Amendment.number)
    )
    return [row for row in rows if may(actor, Action.AMENDMENT_READ, row)]


def own(
    session: Session, actor: Actor, version: LanguageVersion, state: AmendmentState
) -> Sequence[Amendment]:
    """Return the amendments in a state of those for whom somebody acts, the oldest first, in two queries."""
    rows = session.scalars(
        select(Amendment)
        .where(
            Amendment.version_id == version.id,
            Amendment.state == state,
            Amendment.delegation_id.in_(actor.delegations_in(version.revision.negotiation_id)),
        )
        .options(selectinload(Amendment.editions), joinedload(Amendment.delegation))
        .order_by(Amendment.id)
    )
    return rows.all()


def submitted_on(
    session: Session, names: Collection[str], version_ids: Collection[int]
) -> dict[tuple[str, int], int]:
    """Return how many amendments each of some delegations has submitted to each of some versions.

    names: short names, of delegations of the negotiation that the versions belong to. What there is none of
    is left out.
    """
    rows = session.execute(
        select(Delegation.short_name, Amendment.version_id, func.count())
        .join(Delegation, Amendment.delegation_id == Delegation.id)
        .where(
            Delegation.short_name.in_(names),
            Amendment.state == AmendmentState.SUBMITTED,
            Amendment.version_id.in_(version_ids),
        )
        .group_by(Delegation.short_name, Amendment.version_id)
    )
    return {(name, version): count for name, version, count in rows}


def _is_own(actor: Actor, amendment: Amendment) -> bool:
    return amendment.delegation_id in actor.delegations_in(amendment.negotiation_id)


def address_of(amendment: Amendment) -> str:
    """Return what stands for an amendment in addresses: its number, or the key of a draft."""
    return str(amendment.number) if amendment.number is not None else amendment.key
