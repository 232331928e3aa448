"""Saying who may know of a negotiation and of its revisions."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from gcmtext.db import Negotiation, Revision, Visibility
from gcmtext.errors import InvalidText
from gcmtext.services.actor import Actor
from gcmtext.services.audit import record
from gcmtext.services.permissions import Action, require

# How far a negotiation or a revision can be shown.
STEPS = (Visibility.PREPARED, Visibility.DELEGATIONS, Visibility.PUBLIC)


def show(
    session: Session,
    actor: Actor,
    of: Negotiation | Revision,
    visibility: Visibility,
    public_from: date | None,
    now: datetime,
) -> None:
    """Say who may know of something: those who conduct the negotiation, delegations, or everybody from a day.

    Raises NotAllowed for who may not say so, InvalidText for a day without "public".
    """
    is_revision = isinstance(of, Revision)
    action = Action.REVISION_SHOW if is_revision else Action.NEGOTIATION_SHOW
    require(actor, action, of)
    if visibility not in STEPS:
        raise InvalidText("Choose who may see it.")
    if public_from is not None and visibility is not Visibility.PUBLIC:
        raise InvalidText(
            "A day is given for what becomes public: choose “everybody”, or leave the day open."
        )
    before = _said(of)
    of.visibility, of.public_from = visibility.value, public_from
    after = _said(of)
    if after == before:
        return
    negotiation = of.negotiation if isinstance(of, Revision) else of
    where = f"{negotiation.slug}/{of.slug}" if is_revision else negotiation.slug
    record(session, actor, action, where, before, after, now, negotiation=negotiation)


def _said(of: Negotiation | Revision) -> dict[str, Any]:
    return {
        "visibility": of.visibility,
        "public from": of.public_from.isoformat() if of.public_from else None,
    }
