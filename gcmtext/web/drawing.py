"""Where things stand in the drawings of the pages: numbers only, in units of the drawing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil

from gcmtext.text.flow import Band, Flow, Loose, Ribbon

# The time line.
_LINE_WIDTH = 1120.0
_EDGE = 8.0
_LETTER = 7.6  # the width of a letter, amply
_DATE = 12  # the letters of a date, at least
_APART = 12.0
_ROWS = 3
_TICKS = 14  # so many at most

# The flow.
_SIDE = 192.0  # room for the names of sections at either side
_STEP = 124.0  # the distance of two revisions, at least
_WIDTH = 1004.0  # of the whole drawing, at least
_HEAD = 48.0  # room for the names of revisions
_GAP = 9.0
_LINE = 12.5  # of names
_PER_BAND = 30.0
_LEAST_HEIGHT = 340.0
_THIN = 2.5  # what is thinner could not be seen


@dataclass(frozen=True, slots=True)
class Point:
    """A revision on the time line.

    row: of its name, from 0; -1 if there is no room for it. at_end: whether the name ends there.
    """

    number: int
    x: float
    row: int
    at_end: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """The beginning of a month; shows_year: whether its year is to be said."""

    day: date
    x: float
    shows_year: bool


@dataclass(frozen=True, slots=True)
class TimeLine:
    """Revisions by date."""

    width: float
    rows: int
    points: tuple[Point, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A section in the column of its revision. is_named: whether there is room for its name beside it."""

    band: Band
    x: float
    y: float
    height: float
    is_named: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A ribbon between two columns: its upper and lower edge at either end."""

    ribbon: Ribbon
    x: tuple[float, float]
    top: tuple[float, float]
    bottom: tuple[float, float]

    @property
    def middle(self) -> tuple[float, float]:
        """The point in its middle, for a word."""
        ends = (*self.top, *self.bottom)
        return sum(self.x) / 2, sum(ends) / 4


@dataclass(frozen=True, slots=True)
class Stub:
    """What ends behind a column, or begins in front of one. x: of the column; y: the middle."""

    loose: Loose
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class StepDrawing:
    """All between two columns."""

    sheets: tuple[Sheet, ...]
    deleted: tuple[Stub, ...]
    inserted: tuple[Stub, ...]


@dataclass(frozen=True, slots=True)
class FlowDrawing:
    """The flow of sections over all revisions."""

    width: float
    height: float
    bar: float
    columns: tuple[tuple[Box, ...], ...]
    steps: tuple[StepDrawing, ...]


def time_line(names: Sequence[str], days: Sequence[date | None]) -> TimeLine | None:
    """Return where revisions stand on a time line; None if fewer than two of them have different dates.

    A revision without a date is not on it.
    """
    known = [(day, number) for number, day in enumerate(days) if day is not None]
    if not known or min(known)[0] == max(known)[0]:
        return None
    first, last = min(known)[0], max(known)[0]
    scale = (_LINE_WIDTH - 2 * _EDGE) / (last - first).days

    def place(day: date) -> float:
        return round(_EDGE + (day - first).days * scale, 1)

    free = [0.0] * _ROWS
    points = []
    for day, number in sorted(known):
        x, width = place(day), max(len(names[number]), _DATE) * _LETTER
        at_end = x + width > _LINE_WIDTH
        start = x - width if at_end else x
        row = next((r for r in range(_ROWS) if free[r] <= start), -1)
        if row >= 0:
            free[row] = start + width + _APART
        points.append(Point(number, x, row, at_end))
    months = _months(first, last)
    every = max(1, ceil(len(months) / _TICKS))
    kept = months[::every]
    ticks = [
        Tick(day, place(day), before is None or before.year != day.year)
        for before, day in zip([None, *kept], kept, strict=False)
    ]
    return TimeLine(_LINE_WIDTH, max((p.row for p in points), default=0) + 1, tuple(points), tuple(ticks))


def flow_drawing(columns: Sequence[Sequence[Band]], flows: Sequence[Flow]) -> FlowDrawing:
    """Return the drawing of flows between the columns of consecutive revisions.

    Heights go by words, the same scale everywhere; what leaves a section is stacked in the order of where it
    goes, so that as few ribbons cross as can be, with what is deleted below.
    """
    most = max(map(len, columns))
    height = max(_LEAST_HEIGHT, most * _PER_BAND)
    longest = max(sum(band.words for band in column) for column in columns) or 1
    scale = height / longest
    width = max(_WIDTH, 2 * _SIDE + _STEP * (len(columns) - 1))
    apart = (width - 2 * _SIDE) / max(len(columns) - 1, 1)
    bar = 7.0
    placed = [
        tuple(_boxes(column, round(_SIDE + number * apart, 1), scale))
        for number, column in enumerate(columns)
    ]
    bottom = max(box.y + box.height for column in placed for box in column)
    return FlowDrawing(
        width=width,
        height=round(bottom + 12, 1),
        bar=bar,
        columns=tuple(placed),
        steps=tuple(
            _step(found, old, new, bar, scale)
            for found, (old, new) in zip(flows, pairwise(placed), strict=True)
        ),
    )


def _boxes(bands: Iterable[Band], x: float, scale: float) -> Iterable[Box]:
    y, last = _HEAD, -_LINE
    for band in bands:
        height = max(_THIN, band.words * scale)
        middle = y + height / 2
        is_named = middle - last >= _LINE
        last = middle if is_named else last
        yield Box(band, x, round(y, 1), round(height, 1), is_named)
        y += height + _GAP


def _step(found: Flow, old: Sequence[Box], new: Sequence[Box], bar: float, scale: float) -> StepDrawing:
    left = [box.y for box in old]
    right = [box.y for box in new]
    edges: dict[Ribbon, list[tuple[float, float]]] = {ribbon: [] for ribbon in found.ribbons}
    for ribbon in sorted(found.ribbons, key=lambda r: (r.old, r.new)):
        top = left[ribbon.old]
        left[ribbon.old] = top + max(_THIN / 2, ribbon.old_words * scale)
        edges[ribbon].append((top, left[ribbon.old]))
    for ribbon in sorted(found.ribbons, key=lambda r: (r.new, r.old)):
        top = right[ribbon.new]
        right[ribbon.new] = top + max(_THIN / 2, ribbon.new_words * scale)
        edges[ribbon].append((top, right[ribbon.new]))
    start, end = (old[0].x + bar, new[0].x) if old and new else (0.0, 0.0)
    # What has moved lies on top.
    sheets = [
        Sheet(
            ribbon,
            (start, end),
            (round(a[0], 1), round(b[0], 1)),
            (round(max(a[1], a[0] + _THIN / 2), 1), round(max(b[1], b[0] + _THIN / 2), 1)),
        )
        for ribbon, (a, b) in sorted(edges.items(), key=lambda item: item[0].is_moved)
    ]
    return StepDrawing(
        tuple(sheets),
        tuple(_stub(loose, left, start, scale) for loose in found.deleted),
        tuple(_stub(loose, right, end, scale) for loose in found.inserted),
    )


def _stub(loose: Loose, free: list[float], x: float, scale: float) -> Stub:
    y = free[loose.band] + max(_THIN, loose.words * scale / 2)
    return Stub(loose, x, round(y, 1))


def _months(first: date, last: date) -> list[date]:
    """Return the first days of the months after one day and until another."""
    numbers = range(first.year * 12 + first.month, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]
