"""One paragraph through all revisions: what it was before, and what became of it."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Protocol

from gcmtext.text.compare import Comparison, changes_of
from gcmtext.text.model import Alignment, Changes, Document, Link, Paragraph
from gcmtext.text.rows import redlines


class Links(Protocol):
    """The links between two revisions, of which only some are asked for."""

    def out_of(self, old: AbstractSet[int]) -> tuple[Link, ...]:
        """Return the links of any of these old paragraphs, in order."""

    def into(self, new: AbstractSet[int]) -> tuple[Link, ...]:
        """Return the links of any of these new paragraphs, in order."""


@dataclass(frozen=True, slots=True)
class FoundLinks:
    """Links that are all at hand."""

    links: Sequence[Link]

    def out_of(self, old: AbstractSet[int]) -> tuple[Link, ...]:
        """Return the links of any of these old paragraphs, in order."""
        return tuple(link for link in self.links if not old.isdisjoint(link.old))

    def into(self, new: AbstractSet[int]) -> tuple[Link, ...]:
        """Return the links of any of these new paragraphs, in order."""
        return tuple(link for link in self.links if not new.isdisjoint(link.new))


@dataclass(frozen=True, slots=True)
class Stage:
    """What a paragraph was in one revision.

    revision: which one, 0 for the oldest. paragraphs: indices there, ascending; several before a merger and
        after a split.
    links: how they came from the revision before, in the order of the links; a paragraph in none is new.
    """

    revision: int
    paragraphs: tuple[int, ...]
    links: tuple[Link, ...]

    @property
    def pieces(self) -> tuple[tuple[int, Link | None], ...]:
        """The paragraphs, each with the link by which it came."""
        link_of = {j: link for link in self.links for j in link.new}
        return tuple((index, link_of.get(index)) for index in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Lifeline:
    """A paragraph from where its oldest part began to what is left of it.

    stages: oldest first, one for each revision. lost: the revision in which nothing of it is left; None if it
    stands in the last one.
    """

    stages: tuple[Stage, ...]
    lost: int | None


def lifeline(steps: Sequence[Links], revision: int, index: int) -> Lifeline:
    """Return the lifeline of a paragraph of a revision; `steps` are the links between revisions, in order.

    Before the given revision it holds all that went into the paragraph, after it all that came out of it.
    """
    stages = _before(steps, revision, (index,))
    paragraphs: tuple[int, ...] = (index,)
    for number in range(revision, len(steps)):
        links = steps[number].out_of(frozenset(paragraphs))
        if not links:
            return Lifeline(tuple(stages), number + 1)
        paragraphs = tuple(sorted({j for link in links for j in link.new}))
        stages.append(Stage(number + 1, paragraphs, links))
    return Lifeline(tuple(stages), None)


def redlines_of(link: Link, old: Sequence[Paragraph], new: Sequence[Paragraph]) -> tuple[Changes, ...]:
    """Return what each new paragraph of a link keeps, gains and has lost; given are the link's paragraphs."""
    first, last = (_document(side) for side in (old, new))
    alone = replace(link, old=tuple(range(len(old))), new=tuple(range(len(new))))
    alignment = Alignment((alone,), (), ())
    return redlines(Comparison(first, last, alignment, changes_of(first, last, alignment)), 0)


def _before(steps: Sequence[Links], revision: int, paragraphs: tuple[int, ...]) -> list[Stage]:
    stages: list[Stage] = []
    for number in range(revision, -1, -1):
        links = steps[number - 1].into(frozenset(paragraphs)) if number else ()
        stages.append(Stage(number, paragraphs, links))
        if not links:
            break
        paragraphs = tuple(sorted({i for link in links for i in link.old}))
    return stages[::-1]


def _document(paragraphs: Sequence[Paragraph]) -> Document:
    return Document("", "", tuple(replace(p, index=number) for number, p in enumerate(paragraphs)))
