"""What is shown to somebody, as a condition of a query: the same table as in gcmtext.services.permissions."""

from sqlalchemy import ColumnElement, and_, false, or_
from sqlalchemy.orm import InstrumentedAttribute

from gcmtext.db import Negotiation, Revision, Visibility
from gcmtext.services.actor import Actor
from gcmtext.services.permissions import SEES


def shown_negotiations(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that somebody may know of a negotiation."""
    return _shown(actor, Negotiation, Negotiation.id)


def shown_revisions(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that somebody may know of a revision, if they may know of its negotiation."""
    return _shown(actor, Revision, Revision.negotiation_id)


def _shown(
    actor: Actor, model: type[Negotiation | Revision], negotiation_id: InstrumentedAttribute[int]
) -> ColumnElement[bool]:
    ways = []
    for visibility, roles in SEES.items():
        if roles & actor.roles_in(None):
            ways.append(_is(actor, model, visibility))
        else:
            ids = {grant.negotiation_id for grant in actor.grants if grant.role in roles}
            if ids:
                ways.append(and_(_is(actor, model, visibility), negotiation_id.in_(ids)))
    return or_(false(), *ways)


def _is(actor: Actor, model: type[Negotiation | Revision], visibility: Visibility) -> ColumnElement[bool]:
    """Return the condition that something is of a visibility at the moment; see `Visible.visibility_at`."""
    said = model.visibility == visibility.value
    dated = and_(model.visibility == Visibility.PUBLIC.value, model.public_from.is_not(None))
    come = model.public_from <= actor.at.date() if actor.at else false()
    if visibility is Visibility.PUBLIC:
        return and_(said, or_(model.public_from.is_(None), come))
    if visibility is Visibility.DELEGATIONS:
        return or_(said, and_(dated, ~come))
    return said
