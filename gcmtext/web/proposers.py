"""For whom amendments are proposed, and where a page offers the way to the form."""

from collections.abc import Callable, Sequence

from sqlalchemy import select

from gcmtext.db import Delegation, LanguageVersion, Negotiation, Revision
from gcmtext.services.actor import Role
from gcmtext.services.permissions import Action, may
from gcmtext.services.wordings import AMENDING_KINDS
from gcmtext.web.access import actor
from gcmtext.web.clock import now
from gcmtext.web.store import session
from gcmtext.web.versions import each, way


def proposers(negotiation: Negotiation) -> Sequence[Delegation]:
    """Return the delegations for which the reader may draft amendments."""
    ids = actor().delegations_in(negotiation.id, Role.HEAD, Role.DELEGATE)
    if not ids:
        return []
    return (
        session()
        .scalars(
            select(Delegation)
            .where(Delegation.id.in_(ids), Delegation.kind.in_(AMENDING_KINDS))
            .order_by(Delegation.short_name)
        )
        .all()
    )


def are_taken(revision: Revision) -> bool:
    """Return whether amendments to a revision are taken at the moment."""
    return revision.call is not None and revision.call.is_open_at(now())


def may_propose(version: LanguageVersion) -> bool:
    """Return whether the reader may propose amendments to a revision at the moment."""
    return (
        are_taken(version.revision)
        and may(actor(), Action.AMENDMENT_DRAFT, version)
        and bool(proposers(version.revision.negotiation))
    )


def way_to_propose(version: LanguageVersion) -> Callable[[str], str] | None:
    """Return what gives the address of the form for each paragraph; None where the reader may not propose."""
    if not may_propose(version):
        return None
    return each(lambda address: way(version, "proposing.new", address=address))
