"""Amendments as they are shown: what each would change, word by word, and how they stand to each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gcmtext.db import Amendment, StanceKind
from gcmtext.services.amendments import address_of
from gcmtext.services.compiling import Entry
from gcmtext.services.stances import held_now, spoken_before
from gcmtext.services.wordings import wording_of
from gcmtext.text.diff import diff, diff_paragraphs
from gcmtext.text.model import Changes, Document
from gcmtext.text.places import Place, places
from gcmtext.text.proposals import Proposal, ProposalKind, gap_of
from gcmtext.views.proposal_json import proposal_to_json


@dataclass(frozen=True, slots=True)
class Redline:
    """What a proposal would make of the text.

    kind: a ProposalKind. place: that of the paragraph that it is about. changes: of its words; what is to
    stand between two paragraphs is a line break. where: for what is new or moved, the paragraph before which
    it is to stand, None for the end. others: those that are merged with it. span: the characters that are
    reserved or retained, if only some.
    """

    kind: ProposalKind
    at: int
    place: Place
    changes: Changes
    where: Place | None = None
    others: tuple[Place, ...] = ()
    span: tuple[int, int] | None = None


def redline(base: Document, proposal: Proposal, named: Sequence[Place] | None = None) -> Redline:
    """Return what a proposal would make of the text; `named`: the places of the base, if they are known."""
    named = named or places(base)
    gap = gap_of(proposal)
    return Redline(
        kind=proposal.kind,
        at=proposal.at,
        place=named[proposal.at],
        changes=changes_of(base, proposal),
        where=named[gap] if gap is not None and gap < len(named) else None,
        others=tuple(named[index] for index in proposal.bases if index != proposal.at),
        span=proposal.span,
    )


def changes_of(base: Document, proposal: Proposal) -> Changes:
    """Return what a proposal changes in the words of the paragraphs that it is about."""
    text = base.paragraphs[proposal.at].text
    match proposal.kind:
        case ProposalKind.DELETE:
            return (("delete", text),)
        case ProposalKind.INSERT_BEFORE | ProposalKind.INSERT_AFTER | ProposalKind.ALTERNATIVE:
            return (("insert", proposal.text or ""),)
        case ProposalKind.SPLIT:
            return diff_paragraphs([text], proposal.parts)
        case ProposalKind.MERGE:
            merged = [base.paragraphs[index].text for index in proposal.bases]
            return diff_paragraphs(merged, [proposal.text or ""])
        case ProposalKind.RESERVE | ProposalKind.RETAIN:
            return (("equal", text),)
        case _:
            return _diff(text, text if proposal.text is None else proposal.text)


_diff = lru_cache(maxsize=4096)(diff)  # the same words are shown to one reader after another


def as_json(amendment: Amendment, base: Document) -> dict[str, Any]:
    """Return what programs are told of an amendment."""
    wording = wording_of(amendment)
    shown = redline(base, wording.proposal)
    return {
        "amendment": address_of(amendment),
        "number": amendment.number,
        "state": amendment.state,
        "delegation": amendment.delegation.short_name,
        "revision": amendment.version.revision.slug,
        "language": amendment.version.language,
        "place": shown.place.full_name,
        "proposal": proposal_to_json(wording.proposal),
        "changes": shown.changes,
        "rationale": wording.rationale,
        "edition": amendment.edition,
        "submitted": amendment.submitted_at.isoformat() if amendment.submitted_at else None,
        **{kind.value: [d.short_name for d in held_now(amendment, kind)] for kind in StanceKind},
        "said_before_this_edition": [d.short_name for d in spoken_before(amendment)],
    }


def entry_as_json(entry: Entry, place: str) -> dict[str, Any]:
    """Return what programs are told of one of many amendments."""
    return {
        "number": entry.number,
        "delegation": entry.delegation,
        "place": place,
        "proposal": proposal_to_json(entry.proposal),
        "rationale": entry.rationale,
        "edition": entry.edition,
        "amends": entry.parent,
        "submitted": entry.submitted_at.isoformat(),
        "sponsor": entry.sponsors,
        "support": entry.supporters,
        "oppose": entry.opponents,
    }
