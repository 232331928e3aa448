"""What a delegation proposes on a base text, and the text that it would like to see.

    Submission      all that one delegation proposes on one revision
    own_text(...)   the whole text as the delegation wants it
    combined(...)   several submissions of one delegation as one

A proposal holds the full proposed text of a paragraph; what changes in it is computed (`gcmtext.text.diff`).
The same proposals always give the same text, and `gcmtext.text.collate` gives that text back from a
compilation of any number of submissions.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gcmtext.errors import InvalidText
from gcmtext.text.model import HEADS, Document, Kind, Paragraph


class ProposalKind(StrEnum):
    """What is to become of a paragraph of the base, or where a new one is to stand."""

    CHANGE = "change"
    DELETE = "delete"
    INSERT_BEFORE = "insert-before"
    INSERT_AFTER = "insert-after"
    ALTERNATIVE = "alternative"
    MOVE = "move"
    SPLIT = "split"
    MERGE = "merge"
    RESERVE = "reserve"
    RETAIN = "retain"


INSERTS = frozenset({ProposalKind.INSERT_BEFORE, ProposalKind.INSERT_AFTER})
"""New paragraphs, as many as wanted at one place: they stand there in the order of the proposals."""

MARKS = frozenset({ProposalKind.RESERVE, ProposalKind.RETAIN})
"""What a delegation says of words without changing them."""

FATES = frozenset(ProposalKind) - INSERTS - MARKS
"""What can become of a paragraph of the base: in one submission only one of these."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposal on one place of the base.

    kind   at                                text and the rest
    -----  --------------------------------  -------------------------------------------------------------
    change, alternative  the paragraph       text: its full proposed text. An alternative replaces the
                                             paragraph as a change does, but stands beside it whole ("5 alt")
    delete               the paragraph       none
    insert-before, -after  the paragraph     text: the whole new paragraph; paragraph_kind, level and label
                         beside the place    where the delegation gave them, else those of its neighbour
    move                 the paragraph       to: the base paragraph before which it is to stand, the number
                                             of paragraphs for the end; text: None, or edited in full
    split                the paragraph       parts: the texts that it is to become, in order
    merge                where the merged    text: the merged text; bases: all paragraphs merged into it,
                         text is to stand    `at` among them, ascending
    reserve, retain      the paragraph       none; span: the characters of the base text that are meant,
                                             None for the whole paragraph

    note: what the delegation says for its proposal, such as a comment in its file; no part of the text.
    """

    kind: ProposalKind
    at: int
    text: str | None = None
    to: int | None = None
    parts: tuple[str, ...] = ()
    bases: tuple[int, ...] = ()
    span: tuple[int, int] | None = None
    paragraph_kind: Kind | None = None
    level: int | None = None
    label: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a delegation says about a paragraph of the base without proposing anything."""

    at: int
    text: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """All that one delegation proposes on one revision.

    The order of the proposals matters only among what is put at one place (new and moved paragraphs).
    """

    delegation: str
    proposals: tuple[Proposal, ...]
    remarks: tuple[Remark, ...] = ()


def own_text(base: Document, submission: Submission) -> tuple[Paragraph, ...]:
    """Return the paragraphs of the base as the delegation wants them, with all it proposes.

    Paragraphs of the base keep kind, label and level; the further parts of a split have no label. Raises
    InvalidText where the proposals cannot be read as one text; see `check`.
    """
    check(base, submission)
    own: dict[int, tuple[str, ...]] = {}
    put: dict[int, list[Paragraph]] = defaultdict(list)
    for proposal in submission.proposals:
        if proposal.kind in FATES:
            own |= dict(_own(proposal))
        if (gap := gap_of(proposal)) is not None:
            put[gap].append(put_paragraph(base, proposal))
    found: list[Paragraph] = []
    for index, paragraph in enumerate(base.paragraphs):
        found += put[index]
        for number, text in enumerate(own.get(index, (paragraph.text,))):
            label = paragraph.label if number == 0 else ""
            found.append(Paragraph(0, paragraph.kind, label, paragraph.level, text))
    found += put[len(base.paragraphs)]
    return tuple(Paragraph(i, p.kind, p.label, p.level, p.text) for i, p in enumerate(found))


def gap_of(proposal: Proposal) -> int | None:
    """Return the base paragraph before which a new or moved paragraph is put, None for all other proposals.

    "Before 6" and "after 5" are one place. The number of base paragraphs is the end of the text.
    """
    if proposal.kind is ProposalKind.INSERT_BEFORE:
        return proposal.at
    if proposal.kind is ProposalKind.INSERT_AFTER:
        return proposal.at + 1
    return proposal.to if proposal.kind is ProposalKind.MOVE else None


def put_paragraph(base: Document, proposal: Proposal) -> Paragraph:
    """Return the paragraph that an insertion or a move puts at its place."""
    beside = base.paragraphs[proposal.at]
    if proposal.kind is ProposalKind.MOVE:
        text = beside.text if proposal.text is None else proposal.text
        return Paragraph(0, beside.kind, beside.label, beside.level, text)
    like = (Kind.TEXT, 0) if beside.kind in HEADS else (beside.kind, beside.level)
    kind = proposal.paragraph_kind or like[0]
    level = like[1] if proposal.level is None else proposal.level
    return Paragraph(0, kind, proposal.label, level, proposal.text or "")


def check(base: Document, submission: Submission) -> None:
    """Raise InvalidText unless the proposals can be read as one text.

    Each must be on a paragraph that is there, and have what its kind needs; and no paragraph of the base may
    have two fates (be changed by one proposal and deleted by another).
    """
    fated: dict[int, ProposalKind] = {}
    for proposal in submission.proposals:
        if what := _fault(base, proposal):
            raise InvalidText(f"{submission.delegation}: the proposal to {proposal.kind.value} {what}.")
        for index in _fated(proposal):
            if index in fated:
                both = f"both {fated[index].value} and {proposal.kind.value}"
                raise InvalidText(
                    f"{submission.delegation} proposes {both} for {_name(base, index)}: "
                    "one text is needed for each paragraph."
                )
            fated[index] = proposal.kind


def combined(base: Document, submissions: Sequence[Submission]) -> Submission:
    """Return what several submissions of one delegation propose together.

    What they have in common counts once. Raises InvalidText where
    they want different things of one paragraph.
    """
    proposals = list(submissions[0].proposals)
    for submission in submissions[1:]:
        here = frozenset(proposals)
        proposals += [proposal for proposal in submission.proposals if proposal not in here]
    remarks = dict.fromkeys(remark for submission in submissions for remark in submission.remarks)
    together = Submission(submissions[0].delegation, tuple(proposals), tuple(remarks))
    check(base, together)
    return together


def _own(proposal: Proposal) -> Iterator[tuple[int, tuple[str, ...]]]:
    for index in _fated(proposal):
        if proposal.kind is ProposalKind.SPLIT:
            yield index, proposal.parts
        elif proposal.kind in (ProposalKind.DELETE, ProposalKind.MOVE) or index != proposal.at:
            yield index, ()
        else:
            yield index, (proposal.text or "",)


def _fated(proposal: Proposal) -> tuple[int, ...]:
    """Return the paragraphs of the base to which a proposal does something."""
    if proposal.kind is ProposalKind.MERGE:
        return proposal.bases
    return (proposal.at,) if proposal.kind in FATES else ()


def _fault(base: Document, proposal: Proposal) -> str:
    """Return what is wrong with a proposal, as the end of a sentence; "" if nothing is."""
    size = len(base.paragraphs)
    if not all(0 <= index < size for index in (proposal.at, *proposal.bases)):
        return f"is on a paragraph that is not there: the base has {size}"
    name = _name(base, proposal.at)
    match proposal.kind:
        case ProposalKind.CHANGE | ProposalKind.ALTERNATIVE:
            missing = proposal.text is None
        case ProposalKind.INSERT_BEFORE | ProposalKind.INSERT_AFTER:
            missing = not proposal.text
        case ProposalKind.MOVE:
            missing = proposal.to is None or not 0 <= proposal.to <= size
        case ProposalKind.SPLIT:
            missing = len(proposal.parts) < 2
        case ProposalKind.MERGE:
            bases = proposal.bases
            missing = (
                proposal.text is None
                or len(bases) < 2
                or proposal.at not in bases
                or list(bases) != sorted({*bases})
            )
        case ProposalKind.RESERVE | ProposalKind.RETAIN:
            length = len(base.paragraphs[proposal.at].text)
            missing = proposal.span is not None and not 0 <= proposal.span[0] < proposal.span[1] <= length
        case _:
            missing = False
    return f"{name} does not say what is needed for that" if missing else ""


def _name(base: Document, index: int) -> str:
    label = base.paragraphs[index].label
    return f"paragraph {label}" if label else f"the paragraph no. {index + 1} of the text"
