"""Proposing amendments: drafted by a delegation, submitted by its head, edited, withdrawn.

    draft      keep a proposal that only the delegation itself can see
    revise     give an amendment other words; the words before are kept
    submit     put a draft before all: it gets its number and is compiled from then on
    withdraw   take a submitted amendment back; discard: forget a draft
    enter      put on record, in the name of a delegation, what it has sent

A delegation has one text for each paragraph of a revision: of its submitted amendments, at most one changes,
deletes, moves, splits or merges a paragraph. Who wants other words edits that one.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from gcmtext.db import (
    Amendment,
    AmendmentEdition,
    AmendmentState,
    Batch,
    Comment,
    Delegation,
    DelegationKind,
    LanguageVersion,
    Negotiation,
    Revision,
    Stance,
)
from gcmtext.errors import Closed, Conflict, InvalidText, NotFound
from gcmtext.services.actor import Actor
from gcmtext.services.audit import canonical, record
from gcmtext.services.calls import require_open
from gcmtext.services.indexing import to_be_indexed
from gcmtext.services.permissions import Action, may, require
from gcmtext.services.reading import document
from gcmtext.services.reading import negotiation as negotiation_of
from gcmtext.services.searched_remarks import AMENDMENT, COMMENT
from gcmtext.text.model import Document
from gcmtext.text.normalise import clean
from gcmtext.text.proposals import FATES, MARKS, Proposal, ProposalKind, Submission, check
from gcmtext.views.proposal_json import proposal_from_json, proposal_to_json

MOST_CHARACTERS = 30_000
AMENDING_KINDS = frozenset({DelegationKind.STATE, DelegationKind.GROUP})


@dataclass(frozen=True, slots=True)
class Wording:
    """What an amendment says: the proposal, why, and in which language the rationale is written."""

    proposal: Proposal
    rationale: str = ""
    language: str = ""


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

    `nonce` names the form. `parent` is the amendment that it amends, `batch` the file that it came with.
    Raises InvalidText for a proposal that changes nothing or cannot be read, Closed if no amendments to the
    revision are taken.
    """
    require(actor, Action.AMENDMENT_DRAFT, delegation)
    negotiation = _take_turn(session, actor, version, delegation)
    if (made := _made_with(session, actor, nonce)) is not None:
        return made
    require_open(negotiation, version.revision, now)
    checked = _checked(session, version, delegation, wording)
    if parent is not None:
        _require_amendable(actor, parent, version)
    amendment = _new(version, delegation, checked, now, parent=parent, batch=batch)
    session.add(amendment)
    _add_edition(amendment, actor, checked, now, nonce)
    session.flush()
    _record_unseen(session, actor, Action.AMENDMENT_DRAFT, amendment, now)
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
    submitted = Action.AMENDMENT_ENTER if entered else Action.AMENDMENT_SUBMIT
    action = Action.AMENDMENT_DRAFT if amendment.state == AmendmentState.DRAFT else submitted
    require(actor, action, amendment)
    negotiation = _take_turn(session, actor, amendment.version, amendment.delegation)
    session.refresh(amendment)
    if (made := _made_with(session, actor, nonce)) is not None:
        return made
    _require_alive(amendment)
    require_open(negotiation, amendment.version.revision, now)
    if amendment.edition != based_on:
        raise Conflict(
            "Somebody of your delegation has edited this amendment meanwhile: both texts are shown below, "
            "and nothing is lost. Save again to put yours in the place of the other."
        )
    checked = _checked(session, amendment.version, amendment.delegation, wording)
    if checked == wording_of(amendment):
        return amendment
    if (checked.proposal.kind, checked.proposal.at) != (amendment.kind, amendment.at):
        amendment.kind, amendment.at = checked.proposal.kind.value, checked.proposal.at
    before = _content(amendment)
    _add_edition(amendment, actor, checked, now, nonce)
    session.flush()
    if amendment.state == AmendmentState.DRAFT:
        _record_unseen(session, actor, action, amendment, now)
    else:
        _require_one_fate(session, amendment)
        _record(session, actor, action, amendment, before, now)
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
    _record(session, actor, Action.AMENDMENT_SUBMIT, amendment, None, now)
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
    checked = _checked(session, version, delegation, wording)
    amendment = _new(version, delegation, checked, now, batch=batch)
    session.add(amendment)
    _add_edition(amendment, actor, checked, now, None)
    _put_forward(session, amendment, now)
    _record(session, actor, Action.AMENDMENT_ENTER, amendment, None, now)
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
    before = _content(amendment)
    amendment.state, amendment.withdrawn_at = AmendmentState.WITHDRAWN, now
    _record(session, actor, Action.AMENDMENT_SUBMIT, amendment, before, now)


def discard(session: Session, actor: Actor, amendment: Amendment, now: datetime) -> None:
    """Forget a draft: nobody sees it any more, its delegation included."""
    require(actor, Action.AMENDMENT_DRAFT, amendment)
    _take_turn(session, actor, amendment.version, amendment.delegation)
    session.refresh(amendment)
    if amendment.state != AmendmentState.DRAFT:
        raise Conflict("This amendment has been submitted: withdraw it instead.")
    amendment.state = AmendmentState.WITHDRAWN
    _record_unseen(session, actor, Action.AMENDMENT_DRAFT, amendment, now)


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
    if found is None or (found.number is None and found.state == AmendmentState.WITHDRAWN):
        raise NotFound(f"There is no amendment “{name[:50]}” in this negotiation.")
    require(actor, Action.AMENDMENT_READ, found)
    return found


def wording_of(amendment: Amendment, number: int | None = None) -> Wording:
    """Return what an amendment says, in its edition in force or in another one."""
    wanted = amendment.edition if number is None else number
    edition = next((e for e in amendment.editions if e.number == wanted), None)
    if edition is None:
        raise NotFound(f"This amendment has no edition {wanted}.")
    return Wording(proposal_from_json(edition.proposal), edition.rationale, edition.language)


def require_short(wording: Wording) -> None:
    """Raise InvalidText for a proposal that is too long to be compared and stored."""
    if len(wording.rationale) + sum(map(len, _texts(wording.proposal))) > MOST_CHARACTERS:
        raise InvalidText(f"The proposal has more than {MOST_CHARACTERS:,} characters: shorten it.")


def may_submit(actor: Actor, amendment: Amendment) -> bool:
    """Return whether somebody may submit, edit or withdraw an amendment once it is submitted."""
    return may(actor, Action.AMENDMENT_SUBMIT, amendment)


def _take_turn(
    session: Session, actor: Actor, version: LanguageVersion, delegation: Delegation
) -> Negotiation:
    """Wait until nobody else writes amendments of the negotiation; return it as the actor sees it.

    On SQLite the caller has called begin_write, and all writers take turns anyway.
    """
    if delegation.negotiation_id != version.revision.negotiation_id:
        raise NotFound(f"{delegation.short_name} takes no part in this negotiation.")
    session.execute(
        select(Negotiation.id).where(Negotiation.id == delegation.negotiation_id).with_for_update()
    )
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
    _require_one_fate(session, amendment)


def _checked(session: Session, version: LanguageVersion, delegation: Delegation, wording: Wording) -> Wording:
    """Return what is proposed in the form in which texts are stored; raise InvalidText if it cannot stand."""
    if delegation.kind not in AMENDING_KINDS:
        raise InvalidText("Only States and their groups propose amendments: write a comment instead.")
    require_short(wording)
    base = document(session, version)
    proposal = cleaned(wording.proposal)
    check(base, Submission(delegation.short_name, (proposal,)))
    if any(not text for text in _texts(proposal)):
        raise InvalidText("The proposed text is empty: write it, or propose to delete the paragraph.")
    if changes_nothing(base, proposal):
        raise InvalidText(
            "The proposed text is the text of the revision: change it, or propose to retain it."
        )
    rationale = wording.rationale.replace("\0", "").strip()
    return Wording(proposal, rationale, wording.language or version.language)


def _texts(proposal: Proposal) -> list[str]:
    return [text for text in (proposal.text, *proposal.parts) if text is not None]


def cleaned(proposal: Proposal) -> Proposal:
    """Return a proposal in the form in which it is stored: what is said for it stands beside it."""
    text = None if proposal.text is None else clean(proposal.text)
    return replace(
        proposal, text=text, parts=tuple(map(clean, proposal.parts)), label=clean(proposal.label), note=""
    )


def changes_nothing(base: Document, proposal: Proposal) -> bool:
    """Return whether a proposal leaves the base as it is, though it is none that only marks it."""
    if proposal.kind in (ProposalKind.CHANGE, ProposalKind.ALTERNATIVE):
        return proposal.text == base.paragraphs[proposal.at].text
    return proposal.kind is ProposalKind.MOVE and proposal.to in (proposal.at, proposal.at + 1)


def _require_alive(amendment: Amendment) -> None:
    if amendment.state == AmendmentState.WITHDRAWN:
        raise Closed("This amendment has been withdrawn: propose it anew.")


def _require_amendable(actor: Actor, parent: Amendment, version: LanguageVersion) -> None:
    require(actor, Action.AMENDMENT_READ, parent)
    if parent.version_id != version.id or parent.state != AmendmentState.SUBMITTED:
        raise Closed("The amendment that you amend is no longer before the meeting: propose yours by itself.")


def _require_one_fate(session: Session, amendment: Amendment) -> None:
    """Raise Conflict if a delegation has two texts for a paragraph, or marks it twice in one way."""
    own = proposal_from_json(amendment.editions[-1].proposal)
    rows = session.execute(
        select(Amendment.number, AmendmentEdition.proposal)
        .join(
            AmendmentEdition,
            (AmendmentEdition.amendment_id == Amendment.id) & (AmendmentEdition.number == Amendment.edition),
        )
        .where(
            Amendment.version_id == amendment.version_id,
            Amendment.delegation_id == amendment.delegation_id,
            Amendment.state == AmendmentState.SUBMITTED,
            Amendment.id != amendment.id,
        )
        .order_by(Amendment.number)
    )
    for number, said in rows:
        other = proposal_from_json(said)
        if _clash(own, other):
            raise Conflict(
                f"Your delegation has a text for this paragraph already, in amendment {number}: "
                "edit or withdraw that one."
            )


def _clash(one: Proposal, other: Proposal) -> bool:
    if one.kind in FATES and other.kind in FATES:
        return bool({one.at, *one.bases} & {other.at, *other.bases})
    return one.kind in MARKS and (one.kind, one.at, one.span) == (other.kind, other.at, other.span)


def address_of(amendment: Amendment) -> str:
    """Return what stands for an amendment in addresses: its number, or the key of a draft."""
    return str(amendment.number) if amendment.number is not None else amendment.key


def _content(amendment: Amendment) -> dict[str, Any]:
    wording = wording_of(amendment)
    return {
        "state": amendment.state,
        "edition": amendment.edition,
        "proposal": proposal_to_json(wording.proposal),
        "rationale": wording.rationale,
    }


def _record(
    session: Session,
    actor: Actor,
    action: Action,
    amendment: Amendment,
    before: dict[str, Any] | None,
    now: datetime,
) -> None:
    """Record what is done to a submitted amendment; the index follows, for it and what is said of it."""
    _note_for_index(session, amendment)
    negotiation = amendment.delegation.negotiation
    record(
        session,
        actor,
        action,
        f"{negotiation.slug}/amendments/{address_of(amendment)}",
        before,
        _content(amendment),
        now,
        negotiation=negotiation,
        delegation=amendment.delegation,
    )


def _record_unseen(
    session: Session, actor: Actor, action: Action, amendment: Amendment, now: datetime
) -> None:
    """Record what is done to a draft, without its words, outside the trail of the negotiation.

    Those who conduct the negotiation read its trail, and are not to know of drafts.
    """
    digest = sha256(canonical(_content(amendment)).encode()).hexdigest()
    after = {"state": amendment.state, "edition": amendment.edition, "digest": digest}
    record(session, actor, action, f"amendments/{amendment.key}", None, after, now)


def _note_for_index(session: Session, amendment: Amendment) -> None:
    """Note that an amendment is searched, with the comments that were written while it was a draft."""
    to_be_indexed(session, AMENDMENT, amendment.id)
    for root in session.scalars(
        select(Comment.id).where(Comment.amendment_id == amendment.id, Comment.root_id.is_(None))
    ):
        to_be_indexed(session, COMMENT, root)
