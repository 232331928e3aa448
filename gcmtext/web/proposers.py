"""For whom amendments are proposed, and where a page offers the way to the form."""

from collections.abc import Callable, Sequence

from gcmtext.db import Delegation, LanguageVersion, Negotiation
from gcmtext.services.actor import Role
from gcmtext.services.calls import are_taken
from gcmtext.services.permissions import Action, may
from gcmtext.services.representing import represented
from gcmtext.services.wordings import AMENDING_KINDS
from gcmtext.web.access import actor
from gcmtext.web.clock import now
from gcmtext.web.store import session
from gcmtext.web.versions import each, way


def proposers(negotiation: Negotiation) -> Sequence[Delegation]:
    """Return the delegations for which the reader may draft amendments."""
    return represented(session(), actor(), negotiation.id, Role.HEAD, Role.DELEGATE, kinds=AMENDING_KINDS)


def may_propose(version: LanguageVersion) -> bool:
    """Return whether the reader may propose amendments to a revision at the moment."""
    return (
        are_taken(version.revision, now())
        and may(actor(), Action.AMENDMENT_DRAFT, version)
        and bool(proposers(version.revision.negotiation))
    )


def way_to_propose(version: LanguageVersion) -> Callable[[str], str] | None:
    """Return what gives the address of the form for each paragraph; None where the reader may not propose."""
    if not may_propose(version):
        return None
    return each(lambda address: way(version, "proposing.new", address=address))
