"""Files that delegations send, becoming amendments: what each proposal in them would become, and becomes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from gcmtext.db import Amendment, AmendmentState, Batch, BatchState, Delegation, LanguageVersion
from gcmtext.errors import GcmtextError, InvalidText, NotAllowed
from gcmtext.services.actor import Actor
from gcmtext.services.amending import draft, enter, revise
from gcmtext.services.amendments import address_of
from gcmtext.services.batches import Item, items, keep_items, told
from gcmtext.services.calls import require_open
from gcmtext.services.permissions import Action, may, require
from gcmtext.services.wordings import Wording, cleaned, wording_of
from gcmtext.text.proposals import Proposal
from gcmtext.text.resent import Fate, meetings

REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Prospect:
    """What a proposal would become: a Fate, and the amendments of the delegation that it meets."""

    fate: Fate
    met: tuple[Amendment, ...] = ()


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the proposals of a file would become, and the delegation's amendments that are not in it.

    submits: whether they are submitted at once; otherwise they become drafts.
    """

    prospects: tuple[Prospect, ...]
    unsaid: tuple[Amendment, ...]
    submits: bool


def outlook(session: Session, actor: Actor, batch: Batch) -> Outlook:
    """Return what would become of the proposals of a file that are not amendments yet, in two queries."""
    found = items(batch)
    if batch.delegation is None:
        return Outlook(tuple(Prospect(Fate.NEW) for _ in found), (), submits=True)
    submits = may(actor, Action.AMENDMENT_ENTER, batch.delegation)
    held = _held(session, batch.version, batch.delegation)
    prospects = _prospects([item.proposal for item in found], held, submits)
    met = {one.id for prospect in prospects for one in prospect.met}
    unsaid = (one for one in held if one.id not in met and one.state == AmendmentState.SUBMITTED)
    return Outlook(prospects, tuple(unsaid), submits)


def confirm(session: Session, actor: Actor, batch: Batch, now: datetime) -> None:
    """Make amendments of the chosen proposals of a file, or new editions of those there are.

    Heads of delegation submit for their own, the secretariat for all; delegates get drafts. Each proposal
    stands for itself: what cannot be is refused with a sentence, and the others go on; what has become of
    each is kept with the file. One that has been confirmed already stays as it is; what has been placed since
    becomes an amendment. Raises InvalidText while it is not known from whom the file is, Closed if no
    amendments to the revision are taken, NotAllowed for a delegate where the secretariat has taken the file
    in: it would see the drafts.
    """
    require(actor, Action.INTAKE, batch)
    if batch.delegation is None:
        raise InvalidText("Choose the delegation that sent the file.")
    waiting = [n for n, item in enumerate(items(batch)) if item.chosen and not item.outcome]
    if batch.state == BatchState.CONFIRMED and not waiting:
        return
    require(actor, Action.INTAKE, batch.delegation)
    require_open(batch.version.revision.negotiation, batch.version.revision, now)
    if not waiting and not any(said["state"] == "open" for said in batch.unplaced):
        raise InvalidText("None of the proposals is chosen: choose some, or discard the file.")
    submits = may(actor, Action.AMENDMENT_ENTER, batch.delegation)
    if batch.conducted and not submits:
        raise NotAllowed(
            "The secretariat has taken this file in: "
            "it submits what is in it, or the head of your delegation does."
        )
    held = _held(session, batch.version, batch.delegation)
    found = list(items(batch))
    prospects = _prospects([found[n].proposal for n in waiting], held, submits)
    for number, prospect in zip(waiting, prospects, strict=True):
        found[number] = _become(session, actor, batch, found[number], prospect, submits, now)
    keep_items(batch, found)
    batch.state = BatchState.CONFIRMED.value
    became = {f"{item.outcome} {n + 1}": item.amendment for n, item in enumerate(found) if item.outcome}
    told(session, actor, batch, None, {"file": batch.file, "became": became if submits else len(became)}, now)


def _become(
    session: Session, actor: Actor, batch: Batch, item: Item, prospect: Prospect, submits: bool, now: datetime
) -> Item:
    """Return a proposal with what has become of it."""
    names = ", ".join(map(address_of, prospect.met))
    if prospect.fate is Fate.CLASHES:
        why = f"It would replace several amendments at once ({names}): withdraw all but one of them first."
        return replace(item, outcome=REFUSED, why=why)
    if prospect.fate is Fate.SAME:
        return replace(item, outcome=Fate.SAME.value, amendment=names)
    wording = Wording(item.proposal, item.proposal.note)
    try:
        with session.begin_nested():
            made = _made(session, actor, batch, wording, prospect, submits, now)
    except GcmtextError as error:
        return replace(item, outcome=REFUSED, why=str(error))
    return replace(item, outcome=prospect.fate.value, amendment=address_of(made))


def _made(
    session: Session,
    actor: Actor,
    batch: Batch,
    wording: Wording,
    prospect: Prospect,
    submits: bool,
    now: datetime,
) -> Amendment:
    if prospect.met:
        [met] = prospect.met
        # Reasons that were given stay, where the file gives none.
        kept = replace(wording, rationale=wording.rationale or wording_of(met).rationale)
        return revise(session, actor, met, kept, based_on=met.edition, now=now, entered=submits)
    assert batch.delegation is not None  # noqa: S101 (checked before)
    if submits:
        return enter(session, actor, batch.version, batch.delegation, wording, now=now, batch=batch)
    return draft(session, actor, batch.version, batch.delegation, wording, now=now, batch=batch)


def _prospects(
    proposals: Sequence[Proposal], held: Sequence[Amendment], submits: bool
) -> tuple[Prospect, ...]:
    """Return what proposals become beside what their delegation has submitted, or beside its drafts.

    What is to become a draft edits drafts alone, and is not drafted anew where it has been submitted.
    """
    said = [cleaned(proposal) for proposal in proposals]
    submitted = _beside(said, [one for one in held if one.state == AmendmentState.SUBMITTED])
    if submits:
        return submitted
    drafts = _beside(said, [one for one in held if one.state == AmendmentState.DRAFT])
    return tuple(
        before if before.fate is Fate.SAME else own for before, own in zip(submitted, drafts, strict=True)
    )


def _beside(said: Sequence[Proposal], held: Sequence[Amendment]) -> tuple[Prospect, ...]:
    met = meetings(said, [wording_of(one).proposal for one in held])
    return tuple(Prospect(meeting.fate, tuple(held[n] for n in meeting.held)) for meeting in met)


def _held(session: Session, version: LanguageVersion, delegation: Delegation) -> Sequence[Amendment]:
    """Return the amendments that a delegation has drafted or submitted; not those to amendments of others."""
    return session.scalars(
        select(Amendment)
        .where(
            Amendment.version_id == version.id,
            Amendment.delegation_id == delegation.id,
            Amendment.state != AmendmentState.WITHDRAWN,
            Amendment.parent_id.is_(None),
        )
        .options(selectinload(Amendment.editions))
        .order_by(Amendment.id)
    ).all()
