"""What an amendment says, and whether it can stand: by itself, and beside what else its delegation says.

A delegation has one text for each paragraph of a revision: of its submitted amendments, at most one changes,
deletes, moves, splits or merges a paragraph. Who wants other words edits that one.
"""

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from gcmtext.db import (
    Amendment,
    AmendmentEdition,
    AmendmentState,
    Delegation,
    DelegationKind,
    LanguageVersion,
)
from gcmtext.errors import Conflict, InvalidText, NotFound
from gcmtext.services.reading import document
from gcmtext.text.model import Document
from gcmtext.text.normalise import clean
from gcmtext.text.proposals import FATES, MARKS, Proposal, ProposalKind, Submission, check
from gcmtext.views.proposal_json import proposal_from_json

MOST_CHARACTERS = 30_000
AMENDING_KINDS = frozenset({DelegationKind.STATE, DelegationKind.GROUP})


@dataclass(frozen=True, slots=True)
class Wording:
    """What an amendment says: the proposal, why, and in which language the rationale is written."""

    proposal: Proposal
    rationale: str = ""
    language: str = ""


def wording_of(amendment: Amendment, number: int | None = None) -> Wording:
    """Return what an amendment says, in its edition in force or in another one."""
    wanted = amendment.edition if number is None else number
    edition = next((e for e in amendment.editions if e.number == wanted), None)
    if edition is None:
        raise NotFound(f"This amendment has no edition {wanted}.")
    return Wording(proposal_from_json(edition.proposal), edition.rationale, edition.language)


def checked(session: Session, version: LanguageVersion, delegation: Delegation, wording: Wording) -> Wording:
    """Return what is proposed in the form in which texts are stored; raise InvalidText if it cannot stand."""
    if delegation.kind not in AMENDING_KINDS:
        raise InvalidText("Only States and their groups propose amendments: write a comment instead.")
    require_short(wording)
    base = document(session, version)
    proposal = cleaned(wording.proposal)
    check(base, Submission(delegation.short_name, (proposal,)))
    if any(not text for text in _texts(proposal)):
        raise InvalidText("The proposed text is empty: write it, or propose to delete the paragraph.")
    if _changes_nothing(base, proposal):
        raise InvalidText(
            "The proposed text is the text of the revision: change it, or propose to retain it."
        )
    rationale = wording.rationale.replace("\0", "").strip()
    return Wording(proposal, rationale, wording.language or version.language)


def require_short(wording: Wording) -> None:
    """Raise InvalidText for a proposal that is too long to be compared and stored."""
    if len(wording.rationale) + sum(map(len, _texts(wording.proposal))) > MOST_CHARACTERS:
        raise InvalidText(f"The proposal has more than {MOST_CHARACTERS:,} characters: shorten it.")


def cleaned(proposal: Proposal) -> Proposal:
    """Return a proposal in the form in which it is stored: what is said for it stands beside it."""
    text = None if proposal.text is None else clean(proposal.text)
    return replace(
        proposal, text=text, parts=tuple(map(clean, proposal.parts)), label=clean(proposal.label), note=""
    )


def require_one_text(session: Session, amendment: Amendment) -> None:
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


def _texts(proposal: Proposal) -> list[str]:
    return [text for text in (proposal.text, *proposal.parts) if text is not None]


def _changes_nothing(base: Document, proposal: Proposal) -> bool:
    """Return whether a proposal leaves the base as it is, though it is none that only marks it."""
    if proposal.kind in (ProposalKind.CHANGE, ProposalKind.ALTERNATIVE):
        return proposal.text == base.paragraphs[proposal.at].text
    return proposal.kind is ProposalKind.MOVE and proposal.to in (proposal.at, proposal.at + 1)
