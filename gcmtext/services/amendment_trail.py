"""What is done to amendments, put on record: in the trail of the negotiation, or, for drafts, outside it."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gcmtext.db import Amendment, Comment
from gcmtext.services.actor import Actor
from gcmtext.services.amendments import address_of
from gcmtext.services.audit import canonical, record
from gcmtext.services.indexing import to_be_indexed
from gcmtext.services.permissions import Action
from gcmtext.services.searched_remarks import AMENDMENT, COMMENT
from gcmtext.services.wordings import wording_of
from gcmtext.views.proposal_json import proposal_to_json


def record_submitted(
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
        content(amendment),
        now,
        negotiation=negotiation,
        delegation=amendment.delegation,
    )


def record_unseen(
    session: Session, actor: Actor, action: Action, amendment: Amendment, now: datetime
) -> None:
    """Record what is done to a draft, without its words, outside the trail of the negotiation.

    Those who conduct the negotiation read its trail, and are not to know of drafts.
    """
    digest = sha256(canonical(content(amendment)).encode()).hexdigest()
    after = {"state": amendment.state, "edition": amendment.edition, "digest": digest}
    record(session, actor, action, f"amendments/{amendment.key}", None, after, now)


def content(amendment: Amendment) -> dict[str, Any]:
    """Return what is recorded of an amendment: what it says, and what has become of it."""
    wording = wording_of(amendment)
    return {
        "state": amendment.state,
        "edition": amendment.edition,
        "proposal": proposal_to_json(wording.proposal),
        "rationale": wording.rationale,
    }


def _note_for_index(session: Session, amendment: Amendment) -> None:
    """Note that an amendment is searched, with the comments that were written while it was a draft."""
    to_be_indexed(session, AMENDMENT, amendment.id)
    for root in session.scalars(
        select(Comment.id).where(Comment.amendment_id == amendment.id, Comment.root_id.is_(None))
    ):
        to_be_indexed(session, COMMENT, root)
