"""Agreed language as it is shown: paragraphs with marks and sources, and the map of a whole text."""

from collections.abc import Sequence
from dataclasses import dataclass

from gcmtext.text.agreed import Piece, Precedents, Share, pieces, share, sources
from gcmtext.text.model import Document, Kind, Paragraph
from gcmtext.text.sections import is_head

__all__ = ["Line", "Section", "lines", "sections_of", "share", "sources"]

_HEIGHT = 22.0


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph with its agreed language.

    address: its own, "" for a text that is no revision. rank: of a heading, how deep it stands; else 0.
    language: of its text. bar: the height of its bar in the map, in units of the drawing.
    """

    paragraph: Paragraph
    address: str
    rank: int
    found: Precedents
    pieces: tuple[Piece, ...]
    language: str

    @property
    def per_cent(self) -> int:
        """The share of agreed language; 100 only if it is all of it, 0 only if it is nothing."""
        share = self.found.coverage
        return round(share * 100) if share in (0, 1) else min(max(round(share * 100), 1), 99)

    @property
    def bar(self) -> float:
        """The height of the bar that stands for it, up to 22."""
        return round(self.found.coverage * _HEIGHT, 1)


@dataclass(frozen=True, slots=True)
class Cell:
    """A paragraph in the map. page: on which page it stands, from 0."""

    line: Line
    page: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, None for what stands before the first, and the paragraphs under it."""

    heading: Paragraph | None
    share: Share
    cells: tuple[Cell, ...]


def lines(document: Document, addresses: Sequence[str], found: Sequence[Precedents]) -> tuple[Line, ...]:
    """Return the paragraphs of a text as they are shown."""
    shown = []
    rank = 0
    for paragraph, address, one in zip(document.paragraphs, addresses, found, strict=True):
        if is_head(paragraph):
            rank = max(1, min(paragraph.level, rank + 1))
        own_rank = rank if is_head(paragraph) else 0
        shown.append(Line(paragraph, address, own_rank, one, pieces(one), document.language))
    return tuple(shown)


def sections_of(shown: Sequence[Line], cut: Sequence[range]) -> tuple[Section, ...]:
    """Return the map of a text: its paragraphs, without title and headings, under their headings."""
    page_of = {index: number for number, stretch in enumerate(cut) for index in stretch}
    found: list[tuple[Paragraph | None, list[Line]]] = [(None, [])]
    for line in shown:
        if line.rank:
            found.append((line.paragraph, []))
        elif line.paragraph.kind is not Kind.TITLE:
            found[-1][1].append(line)
    return tuple(
        Section(
            heading,
            share(line.found for line in under),
            tuple(Cell(line, page_of[line.paragraph.index]) for line in under),
        )
        for heading, under in found
        if under
    )
