"""Tables: where drawn lines and the white between cells make a grid."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from gcmtext.formats.pdf.lines import in_reading_order, is_rtl, rows
from gcmtext.formats.pdf.page import Page, Word

_NEAR = 8.0  # points; ends of rules that are so near are the same edge


Cell: TypeAlias = tuple[tuple[Word, ...], ...]
Row: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A grid on a page: its rows, from top to bottom, as tuples of cells; each cell is its lines of words."""

    top: float
    bottom: float
    words: tuple[Word, ...]
    cells: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Edge:
    """A horizontal rule, perhaps drawn in pieces; joints: where the pieces meet."""

    y: float
    left: float
    right: float
    joints: tuple[float, ...]


def tables(page: Page, words: Sequence[Word]) -> list[Table]:
    """Return the tables of a page, top to bottom."""
    result: list[Table] = []
    for edges in _chains(_edges(page)):
        result += _tables_in(edges, page, words)
    return sorted(result, key=lambda table: table.top)


def _edges(page: Page) -> list[_Edge]:
    """Return the horizontal rules of the page, pieces joined; boxes count as two."""
    flat: list[tuple[float, float, float]] = []
    for rule in page.rules:
        if rule.bottom - rule.top < 3:
            flat.append((rule.top, rule.left, rule.right))
        elif rule.right - rule.left > 40 and rule.bottom - rule.top < 0.8 * page.height:
            flat += [(rule.top, rule.left, rule.right), (rule.bottom, rule.left, rule.right)]
    flat.sort()
    groups: list[list[tuple[float, float, float]]] = []
    for piece in flat:
        if not groups or piece[0] - groups[-1][0][0] > 2.5:
            groups.append([])
        groups[-1].append(piece)
    edges = []
    for group in groups:
        group.sort(key=lambda p: p[1])
        y, left, right = group[0]
        joints: list[float] = []
        for _, start, end in group[1:]:
            if start > right + 4:
                edges.append(_Edge(y, left, right, tuple(joints)))
                left, right, joints = start, end, []
                continue
            if end - start > 12 and start - left > 12:
                joints.append(start)
            right = max(right, end)
        edges.append(_Edge(y, left, right, tuple(joints)))
    return [e for e in edges if e.right - e.left > 60]


def _chains(edges: list[_Edge]) -> list[list[_Edge]]:
    """Return groups of rules below one another, of the same extent and drawn in the same pieces."""
    chains: list[list[_Edge]] = []
    for edge in edges:
        for chain in reversed(chains):
            last = chain[-1]
            if abs(edge.left - last.left) < _NEAR and abs(edge.right - last.right) < _NEAR:
                if _same_joints(edge, last):
                    chain.append(edge)
                else:
                    chains.append([edge])
                break
        else:
            chains.append([edge])
    return [c for c in chains if len(c) > 1]


def _same_joints(edge: _Edge, other: _Edge) -> bool:
    if not edge.joints or not other.joints:
        return True
    few, many = sorted((edge.joints, other.joints), key=len)
    return all(any(abs(j - k) < _NEAR for k in many) for j in few)


@dataclass(frozen=True, slots=True)
class _Band:
    """The words between two rules, and where the columns part there."""

    words: tuple[Word, ...]
    bounds: tuple[float, ...]

    @property
    def keeps(self) -> bool:
        """Whether the text keeps to the columns; a single line may go across them."""
        lines = rows(self.words)
        return bool(lines) and (len(lines) == 1 or not any(map(self.crosses, lines)))

    def crosses(self, line: list[Word]) -> bool:
        """Return whether the text of a line runs across a bound, with no white around it but a blank."""
        for bound in self.bounds:
            before = max((w.right for w in line if (w.left + w.right) / 2 < bound), default=-1e9)
            after = min((w.left for w in line if (w.left + w.right) / 2 >= bound), default=1e9)
            if after - before < 0.5 * line[0].size:
                return True
        return False

    def column(self, word: Word) -> int:
        """Return the index of the column a word stands in."""
        return sum((word.left + word.right) / 2 > bound for bound in self.bounds)


def _tables_in(edges: list[_Edge], page: Page, words: Sequence[Word]) -> Iterator[Table]:
    """Yield the tables between rules of one extent: stretches of bands whose text keeps to the columns."""
    left, right = edges[0].left - _NEAR, edges[0].right + _NEAR
    between: list[list[Word]] = []
    for above, below in pairwise(edges):
        level = [w for w in words if above.y < w.base - 0.3 * w.size <= below.y]
        inside = [w for w in level if left <= (w.left + w.right) / 2 <= right]
        between.append(inside if len(inside) == len(level) else [])
    bounds = _bounds(edges, page, [w for found in between for w in found], left, right)
    if not bounds:
        return
    bands = [
        _Band(tuple(found), _drawn_there(bounds, above, below))
        for found, (above, below) in zip(between, pairwise(edges), strict=True)
    ]
    start = 0
    while start < len(bands):
        end = start
        while end < len(bands) and bands[end].keeps:
            end += 1
        table = _table(edges[start : end + 1], bands[start:end])
        if table:
            yield table
        start = max(end, start + 1)


def _drawn_there(bounds: tuple[float, ...], above: _Edge, below: _Edge) -> tuple[float, ...]:
    """Return the bounds, moved to where the rules above and below show them."""
    joints = (*above.joints, *below.joints)
    return tuple(min((j for j in joints if abs(j - bound) < _NEAR), default=bound) for bound in bounds)


def _table(edges: list[_Edge], bands: list[_Band]) -> Table | None:
    """Return bands as a table, or None if they are none: a table has two rows of two cells or more."""
    while bands and bands[-1].crosses(rows(bands[-1].words)[0]):
        bands = bands[:-1]
    cells = [_cells(row, band) for band in bands for row in _rows_of(band)]
    if sum(1 for row in cells if sum(bool(c) for c in row) > 1) < 2:
        return None
    inside = tuple(w for band in bands for w in band.words)
    return Table(edges[0].y, edges[len(bands)].y, inside, tuple(cells))


def _bounds(
    edges: list[_Edge], page: Page, words: list[Word], left: float, right: float
) -> tuple[float, ...]:
    """Return where one column of cells ends and the next begins: drawn, or seen as white."""
    drawn = _usual([j for e in edges for j in e.joints], len(edges) / 2)
    if not drawn:
        top, bottom = edges[0].y, edges[-1].y
        upright = [
            r.left
            for r in page.rules
            if r.right - r.left < 3 < 6 < r.bottom - r.top and top - 3 < r.top < bottom
        ]
        drawn = _usual([x for x in upright if left + 12 < x < right - 12], 1)
    return drawn or _white(words, left, right)


def _usual(places: list[float], least: float) -> tuple[float, ...]:
    """Return the middles of clusters of at least so many places."""
    clusters: list[list[float]] = []
    for place in sorted(places):
        if not clusters or place - clusters[-1][-1] > 6:
            clusters.append([])
        clusters[-1].append(place)
    return tuple(sum(c) / len(c) for c in clusters if len(c) >= least)


def _white(words: list[Word], left: float, right: float) -> tuple[float, ...]:
    """Return the middles of the white stretches that run down through all lines but a few."""
    lines = rows(words)
    cover = [0] * (int(right - left) + 2)
    for row in lines:
        for word in row:
            for i in range(max(0, int(word.left - left)), min(len(cover), int(word.right - left) + 1)):
                cover[i] += 1
    few = len(lines) // 8
    bounds, start = [], None
    for i, count in enumerate(cover):
        if count <= few:
            start = i if start is None else start
        elif start is not None:
            if start > 0 and i - start > 8:
                bounds.append(left + (start + i) / 2)
            start = None
    return tuple(bounds)


def _rows_of(band: _Band) -> list[list[Word]]:
    """Return the rows between two rules: one, unless every line fills several cells or white parts them."""
    lines = rows(band.words)
    if len(lines) < 2:
        return lines
    filled = [len({band.column(w) for w in line}) for line in lines]
    every = len(lines) > 2 and min(filled) == max(filled) > 1
    result = [list(lines[0])]
    for before, line in pairwise(lines):
        if every or line[0].base - before[0].base > 1.75 * max(line[0].size, before[0].size):
            result.append([])
        result[-1] += line
    return result


def _cells(row: list[Word], band: _Band) -> Row:
    """Return the lines of words of each cell, in reading order."""
    rtl = is_rtl(row)
    if any(w.left < b - 6 and w.right > b + 6 for b in band.bounds for w in row):
        return (tuple(in_reading_order(line, rtl) for line in rows(row)),)
    cells = [
        tuple(in_reading_order(line, rtl) for line in rows(w for w in row if band.column(w) == i))
        for i in range(len(band.bounds) + 1)
    ]
    return tuple(reversed(cells) if rtl else cells)
