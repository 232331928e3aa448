"""The order in which a page is read: columns, and what stands above, between and below them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from gcmtext.formats.pdf.lines import is_rtl, rows
from gcmtext.formats.pdf.page import Word

_STEP = 2.0  # points; how finely the white between columns is looked for
_MIN_ROWS = 4  # columns have at least so many lines side by side


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of one column.

    place: which column of the page it is, as sides taken from the outermost gutter inwards ("L", "RL"); ""
    for text across the page.
    """

    words: tuple[Word, ...]
    place: str


def stretches(words: Sequence[Word], gutters: Sequence[float]) -> tuple[list[Stretch], float | None]:
    """Return the text of a page by columns, in reading order, and where the white between two columns is.

    gutters: where it was on other pages; there, fewer lines are enough to see it again.
    """
    lines = rows(words)
    found = _gutter(lines)
    if found is None:
        found = next((gutter for gutter in gutters if _is_gutter(lines, gutter)), None)
    return list(_stretches(lines, found, "")), found


def _stretches(lines: list[list[Word]], gutter: float | None, place: str) -> Iterator[Stretch]:
    if gutter is None:
        if lines:
            yield Stretch(tuple(w for row in lines for w in row), place)
        return
    plain: list[Word] = []
    for run in _runs(lines, gutter):
        flat = [w for row in run for w in row]
        if not _is_side_by_side(run, lines, gutter):
            plain += flat
            continue
        if plain:
            yield Stretch(tuple(plain), place)
            plain = []
        left = "L", [w for w in flat if w.right <= gutter]
        right = "R", [w for w in flat if w.right > gutter]
        for side, found in (right, left) if is_rtl(flat) else (left, right):
            inner = rows(found)
            yield from _stretches(inner, _gutter(inner), place + side)
    if plain:
        yield Stretch(tuple(plain), place)


def _is_gutter(lines: list[list[Word]], gutter: float) -> bool:
    """Return whether lines stand on both sides of a gutter, and none runs across it."""
    sides = {_sides(row, gutter) for row in lines}
    return sides >= {"both"} and "across" not in sides


def _gutter(lines: list[list[Word]]) -> float | None:
    """Return the middle of the white that runs down between two columns; None if there is none."""
    if len(lines) < _MIN_ROWS:
        return None
    left = min(row[0].left for row in lines)
    right = max(max(w.right for w in row) for row in lines)
    if right - left < 200:
        return None
    spans = [_spans(row) for row in lines]
    width = int((right - left) / _STEP)
    best, found = 0, []
    for i in range(int(width * 0.2), int(width * 0.8)):
        x = left + (i + 0.5) * _STEP
        rows_clear = _longest_clear(spans, x)
        if rows_clear > best:
            best, found = rows_clear, [x]
        elif rows_clear == best:
            found.append(x)
    if not best:
        return None
    gutter = found[len(found) // 2]
    run = max((r for r in _runs(lines, gutter)), key=lambda r: _depth(r, gutter))
    if _depth(run, gutter) < _MIN_ROWS or not (_fills(run, gutter, left) and _fills(run, gutter, right)):
        return None
    return gutter


def _spans(row: list[Word]) -> list[tuple[float, float]]:
    """Return the stretches of a row without white as wide as between columns."""
    spans: list[tuple[float, float]] = []
    for word in row:
        if spans and word.left - spans[-1][1] < _least_white(word):
            spans[-1] = (spans[-1][0], max(spans[-1][1], word.right))
        else:
            spans.append((word.left, word.right))
    return spans


def _least_white(word: Word) -> float:
    return max(7.0, 0.8 * word.size)


def _longest_clear(spans: list[list[tuple[float, float]]], x: float) -> int:
    """Return the most lines on the poorer side of x in a run of rows that keep clear of it."""
    best = before = after = 0
    for row in spans:
        if any(start < x < end for start, end in row):
            before = after = 0
            continue
        before += row[0][0] < x
        after += row[-1][1] > x
        best = max(best, min(before, after))
    return best if best >= _MIN_ROWS else 0


def _depth(run: list[list[Word]], gutter: float) -> int:
    """Return the lines on the side of the gutter that has fewer; 0 if the run crosses it."""
    sides = Counter(_sides(row, gutter) for row in run)
    return 0 if sides["across"] else sides["both"] + min(sides["left"], sides["right"])


def _sides(row: list[Word], gutter: float) -> str:
    if any(w.left < gutter < w.right for w in row):
        return "across"
    before, after = row[0].right <= gutter, row[-1].left >= gutter
    if before and after:
        inner_left = max(w.right for w in row if w.right <= gutter)
        inner_right = min(w.left for w in row if w.left >= gutter)
        return "both" if inner_right - inner_left > _least_white(row[0]) else "across"
    return "left" if before else "right"


def _fills(lines: list[list[Word]], gutter: float, edge: float) -> bool:
    """Return whether one side holds running text, whose lines mostly fill it; cells of a table do not."""
    widths = []
    for row in lines:
        side = [w for w in row if (w.right <= gutter) == (edge < gutter)]
        if side:
            widths.append(max(w.right for w in side) - side[0].left)
    return median(widths) > 0.6 * abs(gutter - edge) > 50


def _runs(lines: list[list[Word]], gutter: float) -> list[list[list[Word]]]:
    """Return the rows as runs of rows that keep clear of the gutter, and runs of rows that do not."""
    runs: list[list[list[Word]]] = []
    before = None
    for row in lines:
        across = _sides(row, gutter) == "across"
        if across != before:
            runs.append([])
        runs[-1].append(row)
        before = across
    return runs


def _is_side_by_side(run: list[list[Word]], lines: list[list[Word]], gutter: float) -> bool:
    """Return whether the rows of a run belong to two columns."""
    return _depth(run, gutter) >= (1 if len(run) == len(lines) else _MIN_ROWS - 1)
