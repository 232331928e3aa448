"""Sponsoring, supporting and opposing the amendments of others, and thinking better of it."""

from datetime import datetime

from sqlalchemy.orm import Session

from gcmtext.db import Amendment, AmendmentState, Delegation, Stance, StanceKind
from gcmtext.errors import Closed, InvalidText, NotFound
from gcmtext.services.actor import Actor
from gcmtext.services.amendments import address_of
from gcmtext.services.audit import record
from gcmtext.services.permissions import Action, require
from gcmtext.services.turns import take_turn
from gcmtext.services.wordings import AMENDING_KINDS


def take_stance(
    session: Session,
    actor: Actor,
    amendment: Amendment,
    delegation: Delegation,
    kind: StanceKind | None,
    now: datetime,
) -> Stance | None:
    """Say how a delegation stands to an amendment from now on, and return it; None takes back what was said.

    What was said before stays on record. Saying the same again changes nothing. Raises InvalidText for one's
    own amendment or for a sponsor that may not amend, Closed for one that is not before the meeting.
    """
    require(actor, Action.AMENDMENT_READ, amendment)
    require(actor, Action.STANCE_TAKE, delegation)
    if delegation.negotiation_id != amendment.negotiation_id:
        raise NotFound(f"{delegation.short_name} takes no part in this negotiation.")
    take_turn(session, amendment.negotiation_id)
    session.refresh(amendment)
    if amendment.state != AmendmentState.SUBMITTED:
        raise Closed("This amendment is not before the meeting.")
    if delegation.id == amendment.delegation_id:
        raise InvalidText("This is an amendment of your own delegation.")
    if kind is StanceKind.SPONSOR and delegation.kind not in AMENDING_KINDS:
        raise InvalidText("Only States and their groups sponsor amendments: support it instead.")
    held = next((s for s in amendment.stances if s.delegation_id == delegation.id and s.until is None), None)
    if (held.kind if held else None) == kind:
        return held
    if held is not None:
        held.until = now
        session.flush()
    stance = None
    if kind is not None:
        stance = Stance(
            delegation=delegation, kind=kind.value, person_id=actor.person_id, since=now, until=None
        )
        amendment.stances.append(stance)
    record(
        session,
        actor,
        Action.STANCE_TAKE,
        f"{delegation.negotiation.slug}/amendments/{address_of(amendment)}",
        {"stance": held.kind} if held else None,
        {"stance": kind.value} if kind else None,
        now,
        negotiation=delegation.negotiation,
        delegation=delegation,
    )
    return stance


def held_now(amendment: Amendment, kind: StanceKind) -> list[Delegation]:
    """Return the delegations that stand to an amendment in one way, in the order in which they said so."""
    return [s.delegation for s in amendment.stances if s.until is None and s.kind == kind]


def spoken_before(amendment: Amendment) -> list[Delegation]:
    """Return the delegations that said how they stand to an amendment before it had the words it has now."""
    written = next(e.written_at for e in amendment.editions if e.number == amendment.edition)
    return [s.delegation for s in amendment.stances if s.until is None and s.since < written]
