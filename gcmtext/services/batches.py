"""Files that delegations sent, as they are kept: what was read from them, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from gcmtext.db import Batch, BatchState, LanguageVersion, Revision
from gcmtext.errors import Closed, NotFound
from gcmtext.formats.submissions import unplaced_of
from gcmtext.services.actor import Actor
from gcmtext.services.audit import record
from gcmtext.services.permissions import Action, may, require
from gcmtext.services.turns import take_turn
from gcmtext.text.instructions import Candidate
from gcmtext.text.proposals import Proposal
from gcmtext.views.proposal_json import proposal_from_json, proposal_to_json


@dataclass(frozen=True, slots=True)
class Item:
    """A proposal of a file. chosen: whether it is to become an amendment.

    outcome: what became of it, "" while nothing has; see gcmtext.services.entering. amendment: the name of
    the amendment in addresses. why: the sentence with which it was refused.
    """

    proposal: Proposal
    chosen: bool = True
    outcome: str = ""
    amendment: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """An instruction of a file that could not be placed. state: "open", "placed" or "dismissed"."""

    instruction: str
    reason: str
    candidates: tuple[Candidate, ...]
    state: str = "open"


def taken_in(session: Session, actor: Actor, version: LanguageVersion) -> list[Batch]:
    """Return the files taken in on a revision that somebody may see, the latest first; in one query."""
    rows = session.scalars(
        select(Batch)
        .where(Batch.version_id == version.id)
        .options(joinedload(Batch.delegation), joinedload(Batch.original))
        .order_by(Batch.id.desc())
    )
    return [row for row in rows if may(actor, Action.INTAKE, row)]


def find(session: Session, actor: Actor, version: LanguageVersion, key: str, *, lock: bool = False) -> Batch:
    """Return a file that was taken in; raise NotFound as far as the actor may know.

    lock: whether others who want it wait until this transaction is over, and who else writes amendments.
    """
    query = (
        select(Batch)
        .where(Batch.key == key.replace("\0", "�"), Batch.version_id == version.id)
        .options(
            joinedload(Batch.version).joinedload(LanguageVersion.revision).joinedload(Revision.negotiation)
        )
    )
    found = session.scalar(query)
    if lock and found is not None:
        take_turn(session, found.version.revision.negotiation_id)
        # Only what can have changed: what else has been read stays as it is.
        session.refresh(found, ["state", "proposals", "unplaced", "delegation_id"], with_for_update=True)
    if found is None:
        raise NotFound("There is no such file: it was discarded, or was not confirmed within seven days.")
    require(actor, Action.INTAKE, found)
    return found


def items(batch: Batch) -> tuple[Item, ...]:
    """Return the proposals of a file."""
    return tuple(
        Item(
            proposal_from_json(said["proposal"]),
            said["chosen"],
            said["outcome"],
            said["amendment"],
            said["why"],
        )
        for said in batch.proposals
    )


def keep_items(batch: Batch, kept: Sequence[Item]) -> None:
    """Keep the proposals of a file."""
    batch.proposals = [item_to_json(item) for item in kept]


def doubts(batch: Batch) -> tuple[Doubt, ...]:
    """Return the instructions of a file that could not be placed."""
    return tuple(
        Doubt(found.instruction, found.reason, found.candidates, said["state"])
        for said in batch.unplaced
        for found in (unplaced_of(said),)
    )


def require_unconfirmed(batch: Batch) -> None:
    """Raise Closed once a file has been confirmed."""
    if batch.state != BatchState.READ:
        raise Closed("This file has been confirmed already: edit or withdraw its amendments instead.")


def told(
    session: Session,
    actor: Actor,
    batch: Batch,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    now: datetime,
) -> None:
    """Append to the audit trail what is done to a file.

    What a delegation takes in itself stands outside the trail of the negotiation, as its drafts do.
    """
    revision = batch.version.revision
    seen = batch.conducted
    of = f"{revision.negotiation.slug}/{revision.slug}/intake/{batch.key}"
    record(
        session,
        actor,
        Action.INTAKE,
        of if seen else f"intake/{batch.key}",
        before,
        after,
        now,
        negotiation=revision.negotiation if seen else None,
        delegation=batch.delegation if seen else None,
    )


def item_to_json(item: Item) -> dict[str, Any]:
    """Return a proposal of a file as it is kept."""
    return {
        "proposal": proposal_to_json(item.proposal),
        "chosen": item.chosen,
        "outcome": item.outcome,
        "amendment": item.amendment,
        "why": item.why,
    }
