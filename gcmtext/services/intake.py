"""Files that delegations send, between being read and being amendments.

    read       what a file proposes on a revision, and from whom it seems to be
    hold       keep that, until a person has looked at it
    correct    leave proposals out, give them other words, say whose they are
    place      say what an instruction means that could not be placed; dismiss: that it means nothing
    confirm    see gcmtext.services.entering

What a delegation takes in itself nobody else sees; what the secretariat takes in is seen by those who conduct
the negotiation, and by the delegation it is for.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from gcmtext.db import Batch, BatchState, Delegation, DelegationKind, LanguageVersion
from gcmtext.errors import Conflict, InvalidText, NotFound
from gcmtext.formats.submissions import Received, read_upload
from gcmtext.services.actor import Actor, Role
from gcmtext.services.batches import (
    Doubt,
    Item,
    doubts,
    item_to_json,
    items,
    keep_items,
    require_unconfirmed,
    told,
)
from gcmtext.services.calls import require_open
from gcmtext.services.countries import country
from gcmtext.services.importing import keep_original
from gcmtext.services.permissions import Action, require
from gcmtext.services.representing import represented
from gcmtext.services.turns import take_turn
from gcmtext.services.wordings import AMENDING_KINDS
from gcmtext.text.instructions import read_on
from gcmtext.text.model import Document
from gcmtext.text.normalise import clean
from gcmtext.text.places import places
from gcmtext.text.proposals import Proposal, ProposalKind, Submission, check
from gcmtext.text.senders import Known, sender_of

LIFETIME = timedelta(days=7)
MOST = 20
"""How many files of one delegation may wait to be confirmed, on one revision; of none, ten times as many."""
_LANGUAGES = ("en", "fr", "es")  # in which names of countries are looked for in names of files


def read(data: bytes, file: str, base: Document) -> Received:
    """Return what a file proposes; raise InvalidText where it cannot be read, or proposes nothing."""
    found = read_upload(data, file, base)
    if not (found.submission.proposals or found.submission.remarks or found.unplaced):
        raise InvalidText(f"{file} proposes nothing: its text is that of {base.revision}.")
    return found


def sender(session: Session, actor: Actor, version: LanguageVersion, file: str, read: Received) -> int | None:
    """Return the id of the delegation that seems to have sent a file, among those one may take files in for.

    Who acts for one delegation alone sends for that one.
    """
    able = delegations(session, actor, version)
    if len(able) == 1 and not conducts(actor, version):
        return able[0].id
    return sender_of(file, read.authors, [_known(delegation) for delegation in able])


def delegations(session: Session, actor: Actor, version: LanguageVersion) -> Sequence[Delegation]:
    """Return the delegations for which somebody may take files in, by name."""
    negotiation_id = version.revision.negotiation_id
    if not conducts(actor, version):
        return represented(session, actor, negotiation_id, Role.HEAD, Role.DELEGATE, kinds=AMENDING_KINDS)
    return session.scalars(
        select(Delegation)
        .where(Delegation.negotiation_id == negotiation_id, Delegation.kind.in_(AMENDING_KINDS))
        .order_by(Delegation.short_name)
    ).all()


def conducts(actor: Actor, version: LanguageVersion) -> bool:
    """Return whether somebody takes files in for any delegation."""
    roles = actor.roles_in(version.revision.negotiation_id)
    return bool(roles & {Role.SECRETARIAT, Role.ADMINISTRATOR})


def hold(
    session: Session,
    actor: Actor,
    version: LanguageVersion,
    delegation: Delegation | None,
    original: tuple[str, bytes],
    read: Received,
    now: datetime,
) -> Batch:
    """Keep what was read from a file until it is confirmed; the same file of a delegation is kept once.

    Only the secretariat may leave open from whom it is. Removed are those that nobody has confirmed within
    LIFETIME. Raises Closed if no amendments to the revision are taken, Conflict where too many wait.
    """
    negotiation = version.revision.negotiation
    conducted = conducts(actor, version)
    require(actor, Action.INTAKE, delegation or negotiation)
    if delegation is None and not conducted:
        raise InvalidText("Choose the delegation for which you send the file.")
    _require_amending(delegation)
    take_turn(session, negotiation.id)
    require_open(negotiation, version.revision, now)
    session.execute(delete(Batch).where(Batch.state == BatchState.READ.value, Batch.read_at < now - LIFETIME))
    stored = keep_original(session, *original, now)
    waiting = (
        Batch.version_id == version.id,
        Batch.state == BatchState.READ.value,
        Batch.conducted.is_(conducted),
        Batch.delegation_id == (delegation.id if delegation else None),
    )
    same = session.scalar(select(Batch).where(*waiting, Batch.original_id == stored.id))
    if same is not None:
        return same
    most = MOST if delegation else 10 * MOST
    if (session.scalar(select(func.count()).where(*waiting)) or 0) >= most:
        raise Conflict(f"{most} files wait to be confirmed already: confirm or discard some of them first.")
    batch = Batch(
        key=secrets.token_urlsafe(16),
        version=version,
        delegation=delegation,
        conducted=conducted,
        original=stored,
        person_id=actor.person_id,
        file=clean(original[0])[-255:],
        proposals=[item_to_json(Item(proposal)) for proposal in read.submission.proposals],
        unplaced=[asdict(doubt) | {"state": "open"} for doubt in read.unplaced],
        notices=[asdict(notice) for notice in read.notices]
        + [{"code": "remark", "message": r.text, "text": "", "at": r.at} for r in read.submission.remarks],
        state=BatchState.READ.value,
        read_at=now,
    )
    session.add(batch)
    session.flush()
    told(session, actor, batch, None, {"file": batch.file, "sha256": stored.sha256}, now)
    return batch


def correct(
    session: Session,
    actor: Actor,
    batch: Batch,
    base: Document,
    *,
    chosen: Mapping[int, bool],
    texts: Mapping[int, str],
    delegation: Delegation | None,
    now: datetime,
) -> None:
    """Keep what a person corrects: which proposals are chosen, their words, and whose file it is.

    Raises InvalidText for words that cannot be, Closed once the file has been confirmed.
    """
    require(actor, Action.INTAKE, batch)
    require_unconfirmed(batch)
    before = {"delegation": batch.delegation.short_name if batch.delegation else None}
    if delegation is not None and delegation.id != batch.delegation_id:
        require(actor, Action.INTAKE, delegation)
        _require_amending(delegation)
        batch.delegation = delegation
    found = []
    for number, item in enumerate(items(batch)):
        proposal = item.proposal
        if number in texts:
            proposal = _with_text(proposal, texts[number])
            check(base, Submission("The file", (proposal,)))
        found.append(replace(item, proposal=proposal, chosen=chosen.get(number, item.chosen)))
    if tuple(found) == items(batch) and delegation is None:
        return
    keep_items(batch, found)
    after = {
        "delegation": batch.delegation.short_name if batch.delegation else None,
        "chosen": sum(item.chosen for item in found),
        "edited": sorted(texts),
    }
    told(session, actor, batch, before, after, now)


def place(
    session: Session,
    actor: Actor,
    batch: Batch,
    base: Document,
    number: int,
    at: int,
    text: str,
    now: datetime,
) -> bool:
    """Say to which paragraph an instruction belongs; return whether that makes it a proposal.

    It does if the instruction can be understood there, or if `text` gives the words that the paragraph is to
    have. Raises InvalidText for words that change nothing.
    """
    require(actor, Action.INTAKE, batch)
    doubt = _open_doubt(batch, number)
    if not 0 <= at < len(base.paragraphs):
        raise InvalidText("Choose a paragraph of this revision.")
    proposal = (
        Proposal(ProposalKind.CHANGE, at, clean(text))
        if text.strip()
        else read_on(doubt.instruction, base, at)
    )
    if proposal is None:
        return False
    if proposal.kind is ProposalKind.CHANGE and proposal.text == base.paragraphs[at].text:
        raise InvalidText("The text is that of the revision: change it as the instruction says.")
    check(base, Submission("The file", (proposal,)))
    keep_items(batch, (*items(batch), Item(proposal)))
    _settle(batch, number, "placed")
    after = {"placed": doubt.instruction, "on": places(base)[at].full_name}
    told(session, actor, batch, None, after, now)
    return True


def dismiss(session: Session, actor: Actor, batch: Batch, number: int, now: datetime) -> None:
    """Say that an instruction that could not be placed is to become nothing."""
    require(actor, Action.INTAKE, batch)
    doubt = _open_doubt(batch, number)
    _settle(batch, number, "dismissed")
    told(session, actor, batch, None, {"dismissed": doubt.instruction}, now)


def discard(session: Session, actor: Actor, batch: Batch, now: datetime) -> None:
    """Forget a file that has not been confirmed."""
    require(actor, Action.INTAKE, batch)
    require_unconfirmed(batch)
    told(session, actor, batch, {"file": batch.file}, None, now)
    session.delete(batch)


def _known(delegation: Delegation) -> Known:
    names = {delegation.name, delegation.short_name, delegation.address}
    if delegation.code:
        names |= {country(delegation.code, language) for language in _LANGUAGES}
    return Known(delegation.id, tuple(sorted(names - {""})), delegation.code)


def _require_amending(delegation: Delegation | None) -> None:
    if delegation is not None and DelegationKind(delegation.kind) not in AMENDING_KINDS:
        raise InvalidText("Only States and their groups propose amendments: write a comment instead.")


def _with_text(proposal: Proposal, text: str) -> Proposal:
    if proposal.kind is ProposalKind.SPLIT:
        parts = tuple(filter(None, map(clean, text.replace("\r\n", "\n").split("\n\n"))))
        return replace(proposal, parts=parts)
    if proposal.text is None:
        return proposal
    return replace(proposal, text=clean(text))


def _open_doubt(batch: Batch, number: int) -> Doubt:
    found = doubts(batch)
    if not 0 <= number < len(found):
        raise NotFound("There is no such instruction in this file.")
    if found[number].state != "open":
        raise Conflict("Somebody has placed or dismissed this instruction already.")
    return found[number]


def _settle(batch: Batch, number: int, state: str) -> None:
    batch.unplaced = [
        said | {"state": state} if n == number else said for n, said in enumerate(batch.unplaced)
    ]
