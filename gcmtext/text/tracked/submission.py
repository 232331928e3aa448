"""From a text with tracked changes to what a delegation proposes with it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from gcmtext.text.align.moves import in_order
from gcmtext.text.model import Document, Link, LinkKind, Notice, Paragraph
from gcmtext.text.proposals import FATES, Proposal, ProposalKind, Remark, Submission
from gcmtext.text.tracked.against import against
from gcmtext.text.tracked.model import LEAST, SAID_OF_MARKS, TrackedComment, TrackedText


def submission_of(
    base: Document, tracked: TrackedText, delegation: str
) -> tuple[Submission, tuple[Notice, ...]]:
    """Return what a delegation proposes on the base with a file, and what a person should know about it.

    `gcmtext.text.proposals.own_text` of what is returned has the texts of the file with all changes accepted,
    paragraph by paragraph, whatever in it was tracked and what was not. Comments stay with the proposal on
    their paragraph, or as remarks where there is none.
    """
    found = against(base, tracked)
    marks = {comment: mark for comment in found.comments if (mark := _mark(found, comment)) is not None}
    comments = (comment for comment in found.comments if comment not in marks)
    proposals, remarks = _with_comments(comments, _Proposer(found).proposals())
    proposals += tuple(marks.values())
    notices = list(found.notices)
    if len(found.authors) > 1:
        names = ", ".join(found.authors)
        notices.append(Notice("authors", f"Several people made the changes: {names}."))
    return Submission(delegation, proposals, remarks), tuple(notices)


class _Proposer:
    """Says as proposals what lies between the two states of a text."""

    def __init__(self, tracked: TrackedText) -> None:
        self._base = tracked.base.paragraphs
        self._own = tracked.proposed.paragraphs
        self._links = tracked.alignment.links
        self._gaps = dict(_gaps(tracked))
        self._homes = {link.new[0]: link for link in _staying(self._links, self._own)}

    def proposals(self) -> Iterator[tuple[Proposal, int | None]]:
        """Yield the proposals, each with the paragraph of the text after that it is about."""
        away = {link.new[0]: link for link in self._links if link.new[0] not in self._homes}
        parts = {j for link in self._homes.values() if _is_split(link) for j in link.new[1:]}
        next_homes = self._next_homes()
        least = 0
        for j, paragraph in enumerate(self._own):
            if (link := self._homes.get(j)) is not None:
                yield from ((proposal, j) for proposal in self._in_place(link))
                least = link.old[0] + 1
            elif j not in parts:
                gap = max(least, min(self._gaps.get(j, least), next_homes[j]))
                yield self._put(away.get(j), paragraph, gap), j
        for i in self._deleted():
            yield Proposal(ProposalKind.DELETE, i), None

    def _next_homes(self) -> list[int]:
        """Return for each paragraph after, before which one of the base it must stand at the latest."""
        found = []
        upcoming = len(self._base)
        for j in reversed(range(len(self._own))):
            found.append(upcoming)
            if j in self._homes:
                upcoming = self._homes[j].old[0]
        return found[::-1]

    def _in_place(self, link: Link) -> Iterator[Proposal]:
        at, text = link.old[0], self._own[link.new[0]].text
        if _is_split(link):
            yield Proposal(ProposalKind.SPLIT, at, parts=tuple(self._own[j].text for j in link.new))
        elif len(link.old) > 1:
            yield Proposal(ProposalKind.MERGE, at, text, bases=link.old)
        elif text != self._base[at].text:
            yield Proposal(ProposalKind.CHANGE, at, text)

    def _put(self, link: Link | None, paragraph: Paragraph, gap: int) -> Proposal:
        if link is not None and len(link.old) == len(link.new) == 1:
            at = link.old[0]
            same = paragraph.text == self._base[at].text
            return Proposal(ProposalKind.MOVE, at, None if same else paragraph.text, to=gap)
        kind, at = (ProposalKind.INSERT_AFTER, gap - 1) if gap else (ProposalKind.INSERT_BEFORE, 0)
        label = "" if not paragraph.text or self._is_counted(paragraph, gap) else paragraph.label
        text = paragraph.text or paragraph.label
        return Proposal(kind, at, text, paragraph_kind=paragraph.kind, level=paragraph.level, label=label)

    def _is_counted(self, paragraph: Paragraph, gap: int) -> bool:
        """Whether a new paragraph has the label of one that follows beside it: then a program counted."""
        like = paragraph.kind, paragraph.level, paragraph.label
        beside = takewhile(lambda p: p.level >= paragraph.level, self._base[gap:])
        return any((p.kind, p.level, p.label) == like for p in beside)

    def _deleted(self) -> Iterator[int]:
        """Yield the paragraphs of the base of which no other proposal says anything."""
        said: set[int] = set()
        for link in self._links:
            if link.new[0] in self._homes:
                said |= {link.old[0]} if _is_split(link) else set(link.old)
            elif len(link.old) == len(link.new) == 1:
                said.add(link.old[0])
        return (p.index for p in self._base if p.index not in said)


def _staying(links: Sequence[Link], own: Sequence[Paragraph]) -> Iterator[Link]:
    """Yield the links that keep the order of the text."""
    weights = [
        LEAST if link.kind is LinkKind.MOVED else 1.0 + sum(len(own[j].text) for j in link.new)
        for link in links
    ]
    kept = in_order([(link.old[0], link.new[0]) for link in links], weights)
    return (link for link, stays in zip(links, kept, strict=True) if stays)


def _is_split(link: Link) -> bool:
    """Whether a link ends with several paragraphs that stand one after the other."""
    return len(link.new) > 1 and link.new[-1] - link.new[0] == len(link.new) - 1


def _gaps(tracked: TrackedText) -> Iterator[tuple[int, int]]:
    """Yield for each paragraph after how many of the base stand before it in the file."""
    upcoming = 0
    for paragraph in tracked.paragraphs:
        if paragraph.base is not None:
            upcoming = max(upcoming, paragraph.base + 1)
        if paragraph.proposed is not None:
            yield paragraph.proposed, upcoming


def _with_comments(
    comments: Iterable[TrackedComment], found: Iterable[tuple[Proposal, int | None]]
) -> tuple[tuple[Proposal, ...], tuple[Remark, ...]]:
    """Return the proposals with the comments on their paragraphs, and the comments on all others."""
    proposals = list(found)
    by_own = {j: number for number, (_, j) in enumerate(proposals) if j is not None}
    by_base = {p.at: number for number, (p, _) in enumerate(proposals) if p.kind in FATES}
    notes: defaultdict[int, list[str]] = defaultdict(list)
    remarks = []
    for comment in comments:
        number = by_own.get(-1 if comment.proposed is None else comment.proposed)
        if number is None:
            number = by_base.get(-1 if comment.base is None else comment.base)
        if number is None:
            remarks.append(Remark(comment.base or 0, _said(comment), comment.by.author))
        else:
            notes[number].append(_said(comment))
    return (
        tuple(
            replace(proposal, note="\n".join(notes[number])) if number in notes else proposal
            for number, (proposal, _) in enumerate(proposals)
        ),
        tuple(remarks),
    )


def _mark(tracked: TrackedText, comment: TrackedComment) -> Proposal | None:
    """Return what a comment reserves or would retain; None if it does not say so, or not of which words."""
    word, _, note = comment.text.partition(": ")
    kind = next((kind for kind, said in SAID_OF_MARKS.items() if said == word), None)
    if kind is None or comment.base is None or comment.replies:
        return None
    paragraph = tracked.base.paragraphs[comment.base]
    text = paragraph.text
    if comment.on in ("", text, f"{paragraph.label} {text}"):
        return Proposal(kind, comment.base, note=note)
    if text.count(comment.on) != 1:
        return None
    start = text.index(comment.on)
    return Proposal(kind, comment.base, span=(start, start + len(comment.on)), note=note)


def _said(comment: TrackedComment) -> str:
    """Return the words of a comment, and those of each reply behind who made it."""
    return "\n".join([comment.text, *(f"{reply.by.author}: {reply.text}" for reply in comment.replies)])
