"""A base text and what any number of delegations propose for it, as one compilation.

    collate(base, submissions)   the compilation
    collate_paragraph(…, index)  one paragraph of it
    read_back(compilation, name) the text that one delegation wants, word for word as it gave it

The steps, each in its own module:

    units       where the texts of one paragraph differ from the base, and how
    additions   new and moved paragraphs that several delegations put at one place
    reading     from a compilation back to what one delegation gave

A paragraph depends on what is proposed for it alone: one more submission changes only the paragraphs that
it touches. Nothing depends on the order of the submissions.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

from gcmtext.errors import InvalidText
from gcmtext.text.collate.additions import collate_additions
from gcmtext.text.collate.model import (
    Addition,
    Collated,
    Compilation,
    Mark,
    Names,
    Piece,
    Reading,
    Said,
    Unit,
    Version,
    Whole,
    in_order,
    order,
)
from gcmtext.text.collate.reading import proposals_of, read_back
from gcmtext.text.collate.units import Edit, collate_edits, edits_of, is_rewritten
from gcmtext.text.diff import diff
from gcmtext.text.model import Document, Notice, Paragraph
from gcmtext.text.proposals import (
    FATES,
    MARKS,
    Proposal,
    ProposalKind,
    Submission,
    check,
    gap_of,
    put_paragraph,
)

VERSION = "collate 1"
"""Part of the key of every kept compilation: raised whenever the same submissions may give another one."""

__all__ = [
    "VERSION",
    "Addition",
    "Collated",
    "Compilation",
    "Mark",
    "Names",
    "Piece",
    "Reading",
    "Said",
    "Unit",
    "Version",
    "Whole",
    "collate",
    "collate_paragraph",
    "in_order",
    "order",
    "proposals_of",
    "read_back",
]


def collate(base: Document, submissions: Iterable[Submission], notices: Iterable[Notice] = ()) -> Compilation:
    """Return the base with all that the submissions propose.

    notices: what is to be said of how they were read. Raises InvalidText if two submissions are of one
    delegation (see `gcmtext.text.proposals.combined`), or if one cannot be read as one text.
    """
    sent = _in_order(base, submissions)
    delegations = tuple(submission.delegation for submission in sent)
    on: dict[int, list[tuple[str, Proposal]]] = defaultdict(list)
    put: dict[int, dict[str, list[Version]]] = defaultdict(lambda: defaultdict(list))
    said: dict[int, list[Said]] = defaultdict(list)
    for submission in sent:
        name = submission.delegation
        for proposal in submission.proposals:
            for index in proposal.bases or (proposal.at,):
                on[index].append((name, proposal))
            if (gap := gap_of(proposal)) is not None:
                put[gap][name].append(_version(base, name, proposal))
            if proposal.note:
                said[proposal.at].append(Said(name, proposal.note))
        for remark in submission.remarks:
            said[remark.at].append(Said(name, remark.text))
    return Compilation(
        base,
        delegations,
        tuple(_collated(p, tuple(on[p.index]), tuple(said[p.index])) for p in base.paragraphs),
        tuple(collate_additions(put.get(gap, {})) for gap in range(len(base.paragraphs) + 1)),
        tuple(notices),
    )


def collate_paragraph(base: Document, submissions: Iterable[Submission], index: int) -> Collated:
    """Return one paragraph of the base as it is in the compilation; raise InvalidText as `collate` does."""
    sent = _in_order(base, submissions)
    on = [(s.delegation, p) for s in sent for p in s.proposals if index in (p.bases or (p.at,))]
    said = [
        Said(s.delegation, words)
        for s in sent
        for at, words in (*((p.at, p.note) for p in s.proposals), *((r.at, r.text) for r in s.remarks))
        if at == index and words
    ]
    return _collated(base.paragraphs[index], tuple(on), tuple(said))


def _in_order(base: Document, submissions: Iterable[Submission]) -> list[Submission]:
    sent = sorted(submissions, key=lambda submission: order(submission.delegation))
    for one, other in pairwise(sent):
        if one.delegation == other.delegation:
            raise InvalidText(f"{one.delegation} stands for two submissions: combine them first.")
    for submission in sent:
        check(base, submission)
    return sent


def _version(base: Document, name: str, proposal: Proposal) -> Version:
    moved_from = proposal.at if proposal.kind is ProposalKind.MOVE else None
    return Version((name,), (put_paragraph(base, proposal),), moved_from)


@lru_cache(maxsize=4096)
def _collated(
    base: Paragraph, proposals: tuple[tuple[str, Proposal], ...], said: tuple[Said, ...]
) -> Collated:
    """Return a paragraph with what is proposed for it; kept, since it is asked for again and again."""
    edits: dict[str, tuple[Edit, ...] | None] = {}  # None for a text that is read as a whole
    texts: dict[str, list[str]] = defaultdict(list)
    wholes: dict[Whole, list[str]] = defaultdict(list)
    marks: dict[Mark, list[str]] = defaultdict(list)
    for name, proposal in proposals:
        if proposal.kind in MARKS:
            marks[Mark(proposal.kind, proposal.span, ())].append(name)
        elif proposal.kind in FATES:
            text = proposal.text if proposal.kind is ProposalKind.CHANGE else None
            if text is not None and text not in edits:
                changes = diff(base.text, text)
                edits[text] = None if is_rewritten(changes) else edits_of(changes)
            if text is None or edits[text] is None:
                wholes[_whole(base, proposal)].append(name)
            else:
                texts[text].append(name)
    named = {text: in_order(names) for text, names in texts.items()}
    return Collated(
        base,
        collate_edits(base.text, {text: made for text, made in edits.items() if made}, named),
        tuple(_named(wholes)),
        tuple(_named(marks)),
        tuple(said),
    )


def _whole(base: Paragraph, proposal: Proposal) -> Whole:
    if proposal.kind is ProposalKind.MERGE:
        parts = (proposal.text or "",) if proposal.at == base.index else ()
        return Whole(proposal.kind, parts, (), bases=proposal.bases, at=proposal.at)
    if proposal.kind is ProposalKind.SPLIT:
        return Whole(proposal.kind, proposal.parts, ())
    if proposal.kind in (ProposalKind.DELETE, ProposalKind.MOVE):
        return Whole(proposal.kind, (), (), to=proposal.to)
    return Whole(proposal.kind, (proposal.text or "",), ())


_Named = TypeVar("_Named", Whole, Mark)


def _named(found: dict[_Named, list[str]]) -> Iterator[_Named]:
    """Yield readings with their delegations, in the order of the first of these."""
    named = [replace(reading, delegations=in_order(names)) for reading, names in found.items()]
    yield from sorted(named, key=lambda reading: order(reading.delegations[0]))
