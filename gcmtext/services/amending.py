"""Proposing amendments: drafted by a delegation, submitted by its head, edited, withdrawn.

    draft      keep a proposal that only the delegation itself can see
    revise     give an amendment other words; the words before are kept
    submit     put a draft before all: it gets its number and is compiled from then on
    withdraw   take a submitted amendment back; discard: forget a draft
    enter      put on record, in the name of a delegation, what it has sent

What can be proposed is in `gcmtext.services.wordings`.
"""

import secrets
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gcmtext.db import (
    Amendment,
    AmendmentEdition,
    AmendmentState,
    Batch,
    Delegation,
    LanguageVersion,
    Negotiation,
)
from gcmtext.errors import Closed, Conflict, NotFound
from gcmtext.services.actor import Actor
from gcmtext.services.amendment_trail import content, record_submitted, record_unseen
from gcmtext.services.calls import require_open
from gcmtext.services.permissions import Action, require
from gcmtext.services.reading import negotiation as negotiation_of
from gcmtext.services.turns import take_turn
from gcmtext.services.wordings import Wording, checked, require_one_text, wording_of
from gcmtext.views.proposal_json import proposal_to_json


def draft(
    session: Session,
    actor: Actor,
    version: LanguageVersion,
    delegation: Delegation,
    wording: Wording,
    *,
    now: datetime,
    parent: Amendment | None = None,
    batch: Batch | None = None,
    nonce: str | None = None,
) -> Amendment:
    """Return a new amendment that only its delegation can see; the same form sent twice makes one.

    `nonce` stands for the form as it was sent. `parent` is the amendment that it amends, `batch` the file
    that it came with.
    Raises InvalidText for a proposal that changes nothing or cannot be read, Closed if no amendments to the
    revision are taken.
    """
    require(actor, Action.AMENDMENT_DRAFT, delegation)
    negotiation = _take_turn(session, actor, version, delegation)
    if (made := _made_with(session, actor, nonce)) is not None:
        return made
    require_open(negotiation, version.revision, now)
    stored = checked(session, version, delegation, wording)
    if parent is not None:
        _require_amendable(actor, parent, version)
    amendment = _new(version, delegation, stored, now, parent=parent, batch=batch)
    session.add(amendment)
    _add_edition(amendment, actor, stored, now, nonce)
    session.flush()
    record_unseen(session, actor, Action.AMENDMENT_DRAFT, amendment, now)
    return amendment


def revise(
    session: Session,
    actor: Actor,
    amendment: Amendment,
    wording: Wording,
    *,
    based_on: int,
    now: datetime,
    nonce: str | None = None,
    entered: bool = False,
) -> Amendment:
    """Give an amendment other words and return it; words that it has already make no new edition.

    `based_on` is the number of the edition that the words were written on. Raises Conflict, and changes
    nothing, if there is a later one. Of a submitted amendment the new words stand at once. `entered` says
    that they are put on record in the name of the delegation, as by `enter`.
    """
    negotiation = _take_turn(session, actor, amendment.version, amendment.delegation)
    session.refresh(amendment)
    # Who may do it depends on the state, and another may have submitted it just now.
    submitted = Action.AMENDMENT_ENTER if entered else Action.AMENDMENT_SUBMIT
    action = Action.AMENDMENT_DRAFT if amendment.state == AmendmentState.DRAFT else submitted
    require(actor, action, amendment)
    if (made := _made_with(session, actor, nonce)) is not None:
        return made
    _require_alive(amendment)
    require_open(negotiation, amendment.version.revision, now)
    if amendment.edition != based_on:
        raise Conflict(
            "Somebody of your delegation has edited this amendment meanwhile: both texts are shown below, "
            "and nothing is lost. Save again to put yours in the place of the other."
        )
    stored = checked(session, amendment.version, amendment.delegation, wording)
    if stored == wording_of(amendment):
        return amendment
    if (stored.proposal.kind, stored.proposal.at) != (amendment.kind, amendment.at):
        amendment.kind, amendment.at = stored.proposal.kind.value, stored.proposal.at
    before = content(amendment)
    _add_edition(amendment, actor, stored, now, nonce)
    session.flush()
    if amendment.state == AmendmentState.DRAFT:
        record_unseen(session, actor, action, amendment, now)
    else:
        require_one_text(session, amendment)
        record_submitted(session, actor, action, amendment, before, now)
    return amendment


def submit(session: Session, actor: Actor, amendment: Amendment, now: datetime) -> Amendment:
    """Put a draft before all and return it, with its number; one that is submitted already stays as it is.

    Raises Conflict if the delegation has another text for the same paragraph, Closed if no amendments to the
    revision are taken.
    """
    require(actor, Action.AMENDMENT_SUBMIT, amendment)
    negotiation = _take_turn(session, actor, amendment.version, amendment.delegation)
    session.refresh(amendment)
    if amendment.state == AmendmentState.SUBMITTED:
        return amendment
    _require_alive(amendment)
    require_open(negotiation, amendment.version.revision, now)
    _put_forward(session, amendment, now)
    record_submitted(session, actor, Action.AMENDMENT_SUBMIT, amendment, None, now)
    return amendment


def enter(
    session: Session,
    actor: Actor,
    version: LanguageVersion,
    delegation: Delegation,
    wording: Wording,
    *,
    now: datetime,
    batch: Batch | None = None,
) -> Amendment:
    """Return an amendment that a delegation has sent in another way, submitted at once in its name.

    Heads of delegation may do so for their own, the secretariat for all. Raises as `draft` and `submit` do.
    """
    require(actor, Action.AMENDMENT_ENTER, delegation)
    negotiation = _take_turn(session, actor, version, delegation)
    require_open(negotiation, version.revision, now)
    stored = checked(session, version, delegation, wording)
    amendment = _new(version, delegation, stored, now, batch=batch)
    session.add(amendment)
    _add_edition(amendment, actor, stored, now, None)
    _put_forward(session, amendment, now)
    record_submitted(session, actor, Action.AMENDMENT_ENTER, amendment, None, now)
    return amendment


def withdraw(session: Session, actor: Actor, amendment: Amendment, now: datetime) -> None:
    """Take a submitted amendment back: it is compiled no longer, and stays to be read as withdrawn."""
    require(actor, Action.AMENDMENT_SUBMIT, amendment)
    _take_turn(session, actor, amendment.version, amendment.delegation)
    session.refresh(amendment)
    if amendment.state == AmendmentState.WITHDRAWN:
        return
    if amendment.state == AmendmentState.DRAFT:
        raise Conflict("This amendment has not been submitted: discard the draft instead.")
    before = content(amendment)
    amendment.state, amendment.withdrawn_at = AmendmentState.WITHDRAWN, now
    record_submitted(session, actor, Action.AMENDMENT_SUBMIT, amendment, before, now)


def discard(session: Session, actor: Actor, amendment: Amendment, now: datetime) -> None:
    """Forget a draft: nobody sees it any more, its delegation included."""
    require(actor, Action.AMENDMENT_DRAFT, amendment)
    _take_turn(session, actor, amendment.version, amendment.delegation)
    session.refresh(amendment)
    if amendment.state != AmendmentState.DRAFT:
        raise Conflict("This amendment has been submitted: withdraw it instead.")
    amendment.state = AmendmentState.WITHDRAWN
    record_unseen(session, actor, Action.AMENDMENT_DRAFT, amendment, now)


def _take_turn(
    session: Session, actor: Actor, version: LanguageVersion, delegation: Delegation
) -> Negotiation:
    """Wait until nobody else writes amendments of the negotiation; return it as the actor sees it."""
    if delegation.negotiation_id != version.revision.negotiation_id:
        raise NotFound(f"{delegation.short_name} takes no part in this negotiation.")
    take_turn(session, delegation.negotiation_id)
    return negotiation_of(session, actor, delegation.negotiation.slug)


def _made_with(session: Session, actor: Actor, nonce: str | None) -> Amendment | None:
    """Return what the form of this name has made already; nobody learns of a form of somebody else."""
    if nonce is None:
        return None
    return session.scalar(
        select(Amendment)
        .join(AmendmentEdition)
        .where(AmendmentEdition.nonce == nonce, AmendmentEdition.person_id == actor.person_id)
    )


def _new(
    version: LanguageVersion,
    delegation: Delegation,
    wording: Wording,
    now: datetime,
    *,
    parent: Amendment | None = None,
    batch: Batch | None = None,
) -> Amendment:
    return Amendment(
        negotiation_id=delegation.negotiation_id,
        version=version,
        delegation=delegation,
        parent_id=parent.id if parent else None,
        batch_id=batch.id if batch else None,
        key=secrets.token_urlsafe(12),
        kind=wording.proposal.kind.value,
        at=wording.proposal.at,
        state=AmendmentState.DRAFT,
        edition=0,
        created_at=now,
        editions=[],
        stances=[],
    )


def _add_edition(
    amendment: Amendment, actor: Actor, wording: Wording, now: datetime, nonce: str | None
) -> None:
    amendment.edition += 1
    amendment.editions.append(
        AmendmentEdition(
            number=amendment.edition,
            proposal=proposal_to_json(wording.proposal),
            rationale=wording.rationale,
            language=wording.language,
            person_id=actor.person_id,
            written_at=now,
            nonce=nonce,
        )
    )


def _put_forward(session: Session, amendment: Amendment, now: datetime) -> None:
    last = session.scalar(
        select(func.max(Amendment.number)).where(Amendment.negotiation_id == amendment.negotiation_id)
    )
    amendment.number = (last or 0) + 1
    amendment.state, amendment.submitted_at = AmendmentState.SUBMITTED, now
    session.flush()
    require_one_text(session, amendment)


def _require_alive(amendment: Amendment) -> None:
    if amendment.state == AmendmentState.WITHDRAWN:
        raise Closed("This amendment has been withdrawn: propose it anew.")


def _require_amendable(actor: Actor, parent: Amendment, version: LanguageVersion) -> None:
    require(actor, Action.AMENDMENT_READ, parent)
    if parent.version_id != version.id or parent.state != AmendmentState.SUBMITTED:
        raise Closed("The amendment that you amend is no longer before the meeting: propose yours by itself.")
