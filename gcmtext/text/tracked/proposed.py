"""A submission as a comparison of the base with the text that its delegation wants."""

from collections import defaultdict
from dataclasses import dataclass

from gcmtext.text.align.moves import in_order
from gcmtext.text.compare import Comparison, changes_of
from gcmtext.text.compose import kind_of
from gcmtext.text.model import Alignment, Document, Link
from gcmtext.text.proposals import (
    FATES,
    Proposal,
    ProposalKind,
    Submission,
    check,
    gap_of,
    own_text,
)
from gcmtext.text.tracked.model import CERTAIN, LEAST


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a submission comes to.

    comparison: the base against the whole text of the delegation, with the lineage that the proposals say.
    places: for each proposal, in their order, the paragraph of that text that it is about; None for what is
        deleted.
    """

    comparison: Comparison
    places: tuple[int | None, ...]


def proposed_by(base: Document, submission: Submission) -> Proposed:
    """Return the base against the text that a delegation wants; raise InvalidText as `own_text` does."""
    check(base, submission)
    fates: dict[int, int] = {}
    put: defaultdict[int, list[int]] = defaultdict(list)
    for number, proposal in enumerate(submission.proposals):
        if proposal.kind in FATES:
            fates |= dict.fromkeys(
                proposal.bases if proposal.kind is ProposalKind.MERGE else (proposal.at,), number
            )
        if (gap := gap_of(proposal)) is not None:
            put[gap].append(number)
    places: dict[int, int] = {}
    edges: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    moved: set[int] = set()
    count = 0
    for index in range(len(base.paragraphs) + 1):
        for number in put[index]:
            places[number] = count
            if submission.proposals[number].kind is ProposalKind.MOVE:
                edges.append(((submission.proposals[number].at,), (count,)))
                moved.add(count)
            count += 1
        if index == len(base.paragraphs):
            break
        old: tuple[int, ...] = (index,)
        size = 1
        if (number_of := fates.get(index)) is not None:
            proposal = submission.proposals[number_of]
            old, size = _became(proposal, index)
            if size:
                places[number_of] = count
        if size:
            edges.append((old, tuple(range(count, count + size))))
        count += size
    own = Document(base.title, base.language, own_text(base, submission))
    alignment = _alignment(base, own, edges, moved)
    marks = {link.old[0]: link.new[0] for link in alignment.links}
    return Proposed(
        Comparison(base, own, alignment, changes_of(base, own, alignment)),
        tuple(
            places.get(number, marks.get(proposal.at) if proposal.kind not in FATES else None)
            for number, proposal in enumerate(submission.proposals)
        ),
    )


def _became(proposal: Proposal, index: int) -> tuple[tuple[int, ...], int]:
    """Return which paragraphs of the base became one in the place of this one, and how many it became."""
    match proposal.kind:
        case ProposalKind.SPLIT:
            return (index,), len(proposal.parts)
        case ProposalKind.MERGE:
            return proposal.bases, int(index == proposal.at)
        case ProposalKind.DELETE | ProposalKind.MOVE:
            return (index,), 0
    return (index,), 1


def _alignment(
    base: Document, own: Document, edges: list[tuple[tuple[int, ...], tuple[int, ...]]], moved: set[int]
) -> Alignment:
    edges.sort(key=lambda edge: edge[1])
    weights = [
        LEAST if new[0] in moved else 1.0 + sum(len(own.paragraphs[j].text) for j in new) for _, new in edges
    ]
    kept = in_order([(old[0], new[0]) for old, new in edges], weights)
    linked = {i for old, _ in edges for i in old}, {j for _, new in edges for j in new}
    return Alignment(
        tuple(
            Link(old, new, kind_of(old, new, stays, base.paragraphs, own.paragraphs), 1.0, CERTAIN)
            for (old, new), stays in zip(edges, kept, strict=True)
        ),
        inserted=tuple(p.index for p in own.paragraphs if p.index not in linked[1]),
        deleted=tuple(p.index for p in base.paragraphs if p.index not in linked[0]),
    )
