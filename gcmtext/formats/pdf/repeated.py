"""Running heads and feet: rows that repeat from page to page, and are not of the text.

A sentence that comes back in a text may fall at the edge of several pages. So a row that repeats is a head
or foot only if it stands on nearly all pages (or nearly all left or right ones), or if nothing speaks for the
text: it keeps more than the distance between lines, other pages have no text where it stands, and its words
stand nowhere within a page in the same type. In doubt it is text: there a head is seen, while a sentence that
is left out is not.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TypeAlias

from gcmtext.formats.pdf.lines import row_text
from gcmtext.formats.pdf.page import Word

Rows: TypeAlias = list[list[Word]]
Edges: TypeAlias = tuple[Rows, Rows]  # the outermost rows at the top and at the foot, from the edge inwards

_DIGITS = re.compile(r"\d{1,9}")
_NEAR = 4.0  # points between the heights of rows that repeat
_EVERYWHERE, _MANY = 0.8, 4  # the share of pages that are nearly all, and how many these are at least
_STRAYS = 0.1  # share of pages that may have something else where a head is
_WIDER = 1.15  # times the distance between lines


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a row stands, and the numbers in it."""

    page: int
    row: list[Word]
    numbers: tuple[int, ...]

    def goes_with(self, other: "_Place") -> bool:
        """Return whether the other row is the same but for numbers that go up with the pages."""
        return abs(self.row[0].base - other.row[0].base) < _NEAR and all(
            a == b or a - b == self.page - other.page
            for a, b in zip(self.numbers, other.numbers, strict=True)
        )


def repeated(page_rows: Sequence[Rows], edges: Sequence[Edges], counted: Collection[int]) -> set[int]:
    """Return the ids of the rows at edges that are running heads or feet.

    counted: the ids of the rows that are furniture by themselves, as page numbers are.
    """
    found = list(_repeating(edges))
    ids = {id(place.row) for alike, _ in found for place in alike} | set(counted)
    text = [[row for row in page if id(row) not in ids] for page in page_rows]
    at_edges = {id(row) for sides in edges for side in sides for row in side}
    within = {_as_set(row) for page in page_rows for row in page if id(row) not in at_edges}
    pitch = _pitch(page_rows)
    heads: set[int] = set()
    for alike, top in found:
        if _is_everywhere({place.page for place in alike}, page_rows):
            heads.update(id(place.row) for place in alike)
        elif not _is_in_text_block(alike, top, text) and within.isdisjoint(_as_set(p.row) for p in alike):
            heads.update(id(p.row) for p in alike if _is_apart(p.row, text[p.page], pitch))
    return heads


def _repeating(edges: Sequence[Edges]) -> Iterator[tuple[list[_Place], bool]]:
    """Yield the places at which one row stands on several pages, and whether this is at their top.

    The order of words does not count, for heads alternate left and right; nor do numbers that count pages.
    """
    places: dict[tuple[str, bool], list[_Place]] = defaultdict(list)
    for number, sides in enumerate(edges):
        for side in sides:
            for row in side:
                numbers = tuple(sorted(int(n) for w in row_text(row).split() for n in _DIGITS.findall(w)))
                places[_key(row), side is sides[0]].append(_Place(number, row, numbers))
    needed = 2 if len(edges) < 8 else 3
    for (key, top), seen in places.items():
        rest = seen if len(key) > 2 else []
        while rest:
            alike = [place for place in rest if place.goes_with(rest[0])]
            rest = [place for place in rest if not place.goes_with(rest[0])]
            if len(alike) >= needed:
                yield alike, top


def _key(row: list[Word]) -> str:
    return " ".join(sorted(_DIGITS.sub("#", word) for word in row_text(row).split()))


def _as_set(row: list[Word]) -> tuple[str, float, bool]:
    """Return the words of a row with the type it is set in."""
    return _key(row), round(row[0].size), row[0].bold


def _is_everywhere(on: set[int], page_rows: Sequence[Rows]) -> bool:
    """Return whether pages are nearly all, or nearly all left or right ones; the first may lack the head."""
    written = [number for number, rows in enumerate(page_rows) if rows and (number or 0 in on)]
    sides = ([n for n in written if n % 2 == parity] for parity in (0, 1))
    return len(on) >= _MANY and any(
        len(on.intersection(pages)) >= max(_EVERYWHERE * len(pages), _MANY) for pages in (written, *sides)
    )


def _is_in_text_block(alike: Sequence[_Place], top: bool, text: Sequence[Rows]) -> bool:
    """Return whether other pages have text as near to the edge; the first page has a letterhead there."""
    base, size = alike[0].row[0].base, alike[0].row[0].size
    on = {place.page for place in alike}
    others = sum(
        any(
            (row[0].base < base + 2 if top else row[0].base > base - 2)
            and (number > 0 or abs(row[0].size - size) < 0.5)
            for row in rows
        )
        for number, rows in enumerate(text)
        if number not in on
    )
    return others > _STRAYS * len(text)


def _is_apart(row: list[Word], text: Rows, pitch: float) -> bool:
    """Return whether a row keeps more than the distance between lines to the text of its page."""
    return all(abs(other[0].base - row[0].base) > _WIDER * pitch for other in text)


def _pitch(page_rows: Sequence[Rows]) -> float:
    """Return the usual distance between lines, 0 if there are none."""
    steps = [b[0].base - a[0].base for rows in page_rows for a, b in pairwise(rows)]
    return median(steps) if steps else 0.0
