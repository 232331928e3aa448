"""From a compilation back to what one delegation gave."""

from collections.abc import Iterator

from gcmtext.errors import NotFound
from gcmtext.text.collate.model import Collated, Compilation, Names, Unit, in_order
from gcmtext.text.model import Paragraph
from gcmtext.text.proposals import Proposal, ProposalKind, Remark, Submission


def read_back(compilation: Compilation, delegation: str | None) -> tuple[Paragraph, ...]:
    """Return the whole text as a delegation wants it, word for word; the base if `delegation` is None.

    Paragraphs of the base keep their labels. Raises NotFound if the delegation sent nothing.
    """
    if delegation is None:
        return compilation.base.paragraphs
    _require(compilation, delegation)
    found: list[Paragraph] = []
    for index, collated in enumerate(compilation.paragraphs):
        found += _put(compilation, index, delegation)
        paragraph = collated.base
        for number, text in enumerate(own_parts(collated, delegation)):
            label = paragraph.label if number == 0 else ""
            found.append(Paragraph(0, paragraph.kind, label, paragraph.level, text))
    found += _put(compilation, len(compilation.paragraphs), delegation)
    return tuple(Paragraph(i, p.kind, p.label, p.level, p.text) for i, p in enumerate(found))


def proposals_of(compilation: Compilation, delegation: str) -> Submission:
    """Return what a delegation proposes, as read from the compilation, ordered by paragraph.

    A change that changes no word is none; what is said for a proposal comes as a remark. Raises NotFound if
    the delegation sent nothing.
    """
    _require(compilation, delegation)
    proposals: list[Proposal] = []
    for collated in compilation.paragraphs:
        proposals += _proposals_in_place(collated, delegation)
    for gap in range(len(compilation.additions)):
        proposals += _proposals_at(compilation, gap, delegation)
    remarks = (
        Remark(collated.base.index, said.text)
        for collated in compilation.paragraphs
        for said in collated.said
        if said.delegation == delegation
    )
    return Submission(delegation, tuple(proposals), tuple(remarks))


def own_parts(collated: Collated, delegation: str) -> tuple[str, ...]:
    """Return what a delegation would have in the place of a paragraph: its text as a rule.

    Nothing where it deletes the paragraph, moves it or merges it into another one; the parts of a split.
    """
    for whole in collated.wholes:
        if delegation in whole.delegations:
            return whole.parts
    return ("".join(_words(collated, delegation)),)


def texts_of(collated: Collated) -> dict[str, Names]:
    """Return the texts of those who would change words of a paragraph, each with its delegations."""
    found: dict[str, list[str]] = {}
    names = in_order(n for unit in collated.units for reading in unit.readings for n in reading.delegations)
    for name in names:
        found.setdefault("".join(_words(collated, name)), []).append(name)
    return {text: tuple(named) for text, named in found.items()}


def _words(collated: Collated, delegation: str) -> Iterator[str]:
    for piece in collated.pieces:
        if isinstance(piece, Unit):
            own = (reading.text for reading in piece.readings if delegation in reading.delegations)
            yield next(own, piece.base)
        else:
            yield piece


def _put(compilation: Compilation, gap: int, delegation: str) -> Iterator[Paragraph]:
    for addition in compilation.additions[gap]:
        for version in addition.versions:
            if delegation in version.delegations:
                yield version.paragraphs[version.delegations.index(delegation)]


def _proposals_in_place(collated: Collated, delegation: str) -> Iterator[Proposal]:
    at = collated.base.index
    for whole in collated.wholes:
        if delegation not in whole.delegations:
            continue
        match whole.kind:
            case ProposalKind.DELETE:
                yield Proposal(whole.kind, at)
            case ProposalKind.SPLIT:
                yield Proposal(whole.kind, at, parts=whole.parts)
            case ProposalKind.MERGE if whole.at == at:
                yield Proposal(whole.kind, at, whole.parts[0], bases=whole.bases)
            case ProposalKind.CHANGE | ProposalKind.ALTERNATIVE:
                yield Proposal(whole.kind, at, whole.parts[0])
    if any(delegation in reading.delegations for unit in collated.units for reading in unit.readings):
        yield Proposal(ProposalKind.CHANGE, at, "".join(_words(collated, delegation)))
    for mark in collated.marks:
        if delegation in mark.delegations:
            yield Proposal(mark.kind, at, span=mark.span)


def _proposals_at(compilation: Compilation, gap: int, delegation: str) -> Iterator[Proposal]:
    kind, at = (ProposalKind.INSERT_AFTER, gap - 1) if gap else (ProposalKind.INSERT_BEFORE, 0)
    for addition in compilation.additions[gap]:
        for version in addition.versions:
            if delegation not in version.delegations:
                continue
            own = version.paragraphs[version.delegations.index(delegation)]
            if version.moved_from is None:
                yield Proposal(kind, at, own.text, paragraph_kind=own.kind, level=own.level, label=own.label)
            else:
                yield Proposal(ProposalKind.MOVE, version.moved_from, own.text, to=gap)


def _require(compilation: Compilation, delegation: str) -> None:
    if delegation not in compilation.delegations:
        names = ", ".join(compilation.delegations) or "none"
        raise NotFound(f"There is no “{delegation}” in the compilation; its delegations are: {names}.")
