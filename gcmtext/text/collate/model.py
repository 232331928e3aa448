"""The values of a compilation, all frozen."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from gcmtext.text.model import Document, Notice, Paragraph
from gcmtext.text.proposals import ProposalKind

Names: TypeAlias = tuple[str, ...]
"""Delegations, in the order of `in_order`."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What some delegations would put in a place instead of the words of the base."""

    text: str
    delegations: Names


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of a paragraph that somebody would change.

    base: its words in the base, "" where words are only added. readings: what is to stand there instead, in
    the order of their first delegation; none is the base, no two are the same, no delegation has two.
    """

    base: str
    readings: tuple[Reading, ...]

    @property
    def is_conflict(self) -> bool:
        """Whether delegations disagree on what is to stand here."""
        return len(self.readings) > 1


Piece: TypeAlias = str | Unit
"""What everybody leaves as it is, or a unit."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A reading of a whole paragraph.

    kind: ALTERNATIVE, DELETE, MOVE, SPLIT, MERGE, or CHANGE where so few words are kept that the two texts
        are better read one after the other.
    parts: what stands in the place of the paragraph: nothing where it is deleted, moved away or merged into
        another one; the parts of a split.
    to: before which base paragraph it is moved. bases: the paragraphs that are merged; at: where they go.
    """

    kind: ProposalKind
    parts: tuple[str, ...]
    delegations: Names
    to: int | None = None
    bases: tuple[int, ...] = ()
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What delegations say of words of the base without changing them: RESERVE or RETAIN.

    span: the characters that are meant, None for the whole paragraph.
    """

    kind: ProposalKind
    span: tuple[int, int] | None
    delegations: Names


@dataclass(frozen=True, slots=True)
class Said:
    """What a delegation says about a paragraph, in its own words."""

    delegation: str
    text: str


@dataclass(frozen=True, slots=True)
class Collated:
    """One paragraph of the base with all that is proposed for it.

    pieces: its words; those of `base` in a row are the text of the base.
    wholes: readings of the whole paragraph; who has one has none in a unit.
    """

    base: Paragraph
    pieces: tuple[Piece, ...]
    wholes: tuple[Whole, ...] = ()
    marks: tuple[Mark, ...] = ()
    said: tuple[Said, ...] = ()

    @property
    def units(self) -> tuple[Unit, ...]:
        """The stretches that somebody would change."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Unit))

    @property
    def is_open(self) -> bool:
        """Whether anybody proposes anything for it."""
        return bool(self.units or self.wholes or self.marks)

    @property
    def is_conflict(self) -> bool:
        """Whether delegations disagree on what is to become of it, or of some of its words.

        Who would retain words disagrees with all who would change the paragraph.
        """
        retained = any(mark.kind is ProposalKind.RETAIN for mark in self.marks)
        readings = len(self.wholes) + bool(self.units) + retained
        return readings > 1 or any(unit.is_conflict for unit in self.units)


@dataclass(frozen=True, slots=True)
class Version:
    """A paragraph as some delegations would put it at a place.

    paragraphs: for each delegation the paragraph as it gave it; the words are the same, the label, the kind
        and the level may differ. moved_from: the base paragraph that it is, None if it is new.
    """

    delegations: Names
    paragraphs: tuple[Paragraph, ...]
    moved_from: int | None = None

    @property
    def paragraph(self) -> Paragraph:
        """The paragraph as the first delegation gave it."""
        return self.paragraphs[0]

    @property
    def text(self) -> str:
        """Its words."""
        return self.paragraphs[0].text


@dataclass(frozen=True, slots=True)
class Addition:
    """A paragraph that is new at a place: one version, or several nearly equal ones."""

    versions: tuple[Version, ...]

    @property
    def delegations(self) -> Names:
        """All that would put it there."""
        return in_order(name for version in self.versions for name in version.delegations)

    @property
    def is_new(self) -> bool:
        """Whether it is no paragraph of the base that moves here."""
        return self.versions[0].moved_from is None


@dataclass(frozen=True, slots=True)
class Compilation:
    """A base text with all that delegations propose for it; nothing is missing.

    delegations: all that sent something, in the order of `in_order`.
    additions: for each base paragraph what is put before it; at the end, what is put after the last.
    """

    base: Document
    delegations: Names
    paragraphs: tuple[Collated, ...]
    additions: tuple[tuple[Addition, ...], ...]
    notices: tuple[Notice, ...] = ()

    @property
    def open(self) -> int:
        """How many paragraphs of the base somebody proposes something for."""
        return sum(collated.is_open for collated in self.paragraphs)

    @property
    def contested(self) -> int:
        """For how many of them delegations disagree."""
        return sum(collated.is_conflict for collated in self.paragraphs)

    @property
    def new(self) -> int:
        """How many paragraphs would be new."""
        return sum(addition.is_new for additions in self.additions for addition in additions)


def in_order(names: Iterable[str]) -> Names:
    """Return names once each, in alphabetical order without regard to case and accents."""
    return tuple(sorted({*names}, key=order))


@lru_cache(maxsize=4096)
def order(name: str) -> tuple[str, str]:
    """Return what names are sorted by: their letters in lower case without accents, then as they are."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)), name
