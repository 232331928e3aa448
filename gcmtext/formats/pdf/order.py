"""The lines and tables of a document in reading order, each line measured against the column it stands in."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest, nsmallest

from gcmtext.formats.pdf.layout import Stretch, stretches
from gcmtext.formats.pdf.lines import is_rtl, line_of, rows, with_brackets_right
from gcmtext.formats.pdf.page import Line, Page, Word
from gcmtext.formats.pdf.tables import Row, Table, tables

_Rows = list[list[Word]]
_FARTHEST = 60.0  # points; how far the text of a page may stay behind the edge of its column


def in_reading_order(pages: Sequence[Page], page_rows: Sequence[_Rows]) -> list[Line | Row]:
    """Return the lines of the pages, and the rows of their tables, in reading order."""
    frame = _frame(page_rows)
    found = list(_pieces(pages, page_rows))
    edges = _column_edges(found, frame)
    elements: list[Line | Row] = []
    for column, (page, piece, rtl) in enumerate(found):
        if isinstance(piece, Table):
            elements += piece.cells
            continue
        left, right = edges[column] if piece.place else frame.of(page)
        lines = [line_of(row, left, right, column, page, rtl) for row in rows(piece.words)]
        elements += [with_brackets_right(line) if line.rtl else line for line in lines]
    return elements


def _pieces(pages: Sequence[Page], page_rows: Sequence[_Rows]) -> Iterator[tuple[int, Stretch | Table, bool]]:
    """Yield the number of a page, a stretch or table on it, and whether the page runs from right to left."""
    gutters = Counter[float]()
    for page, found in zip(pages, page_rows, strict=True):
        words = [w for row in found for w in row]
        rtl = is_rtl(words)
        grids = tables(page, words)
        inside = {id(w) for grid in grids for w in grid.words}
        rest = [w for w in words if id(w) not in inside]
        for grid in [*grids, None]:
            above = [w for w in rest if grid is None or w.base < grid.bottom]
            ids = {id(w) for w in above}
            rest = [w for w in rest if id(w) not in ids]
            parts, gutter = stretches(above, [g for g, _ in gutters.most_common(4)])
            if gutter is not None:
                gutters[gutter] += 1
            for part in parts:
                yield page.number, part, rtl
            if grid:
                yield page.number, grid, rtl


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the text of pages begins and ends, for pages with odd and even numbers."""

    edges: tuple[tuple[float, float], tuple[float, float]]

    def of(self, page: int) -> tuple[float, float]:
        return self.edges[page % 2]


def _frame(page_rows: Sequence[_Rows]) -> _Frame:
    """Return the edges of the text; those of odd and even pages differ if the margins are mirrored."""
    sides = [[r for found in page_rows[parity::2] for r in found] for parity in (0, 1)]
    edges = [_edges(side) for side in sides]
    both = _edges([*sides[0], *sides[1]])
    shift = edges[1][1] - edges[0][1]
    usual = [Counter(round(r[0].left) for r in side).most_common(1)[0][0] if side else 0 for side in sides]
    if abs(shift) > 3 and sides[1] and abs(usual[1] - usual[0] - shift) < 3:
        left = min(edges[0][0], edges[1][0] - shift)
        right = max(edges[0][1], edges[1][1] - shift)
        return _Frame(((left, right), (left + shift, right + shift)))
    return _Frame((both, both))


def _edges(found: _Rows) -> tuple[float, float]:
    """Return the left and right edge that three rows reach, of a short text one."""
    if not found:
        return 0.0, 0.0
    least = 3 if len(found) > 20 else 1
    return (
        nsmallest(least, (row[0].left for row in found))[-1],
        nlargest(least, (max(w.right for w in row) for row in found))[-1],
    )


def _column_edges(
    found: Sequence[tuple[int, Stretch | Table, bool]], frame: _Frame
) -> dict[int, tuple[float, float]]:
    """Return where the column of each stretch beside others begins and ends, by its index.

    The text of one page may all be set in; that of the same column of other pages shows how far.
    """
    own: dict[int, tuple[float, float]] = {}
    places: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for index, (page, piece, _) in enumerate(found):
        if isinstance(piece, Stretch) and piece.place:
            margin = frame.of(page)[0]
            own[index] = min(w.left for w in piece.words) - margin, max(w.right for w in piece.words) - margin
            places[piece.place].append(own[index])
    result = {}
    for index, (left, right) in own.items():
        page, piece, _ = found[index]
        margin = frame.of(page)[0]
        same = places[piece.place] if isinstance(piece, Stretch) else []
        result[index] = (
            margin + min(other for other, _ in same if left - other < _FARTHEST),
            margin + max(other for _, other in same if other - right < _FARTHEST),
        )
    return result
