"""What a page about a comparison shows, row by row, before any markup."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from gcmtext.text.compare import Comparison, is_doubtful, is_edited, is_renumbered
from gcmtext.text.model import Changes, Kind, Link, LinkKind, Paragraph
from gcmtext.text.places import places
from gcmtext.text.rows import Departure, Row, originals, redlines, rows

_FOLDED_FROM = 3  # shorter stretches without changes stay in sight, as context
_HEADS = frozenset({Kind.TITLE, Kind.HEADING, Kind.ANNEX})


@dataclass(frozen=True, slots=True)
class Cell:
    """One paragraph in one column.

    was: the label of the old paragraph, in a new one of which the label has changed.
    """

    anchor: str
    paragraph: Paragraph
    changes: Changes
    was: str = ""

    @property
    def is_head(self) -> bool:
        """Whether this is a title or a heading."""
        return self.paragraph.kind in _HEADS


@dataclass(frozen=True, slots=True)
class Pointer:
    """A place elsewhere on the page, and what it is called."""

    anchor: str
    name: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One row of the page.

    kind: a LinkKind, or "inserted", "deleted", "left" (what stood here is shown elsewhere) or "part" (of a
        split, apart from its first part).
    number: which difference this is, from 1; 0 for a row that is none of its own.
    name: what its new paragraphs, or its old ones if it has no new, are called.
    lineage: the kind of the link behind it; "" without one.
    sides: what the old and the new paragraphs of the link are called in full.
    labels: "16 → 15, 16", if all the paragraphs of the link have labels; else "".
    pointers: for "left" and "part", the row that shows the link; else the places its paragraphs left.
    doubt: the confidence of the link in per cent, if a person should look at it; else None.
    """

    kind: str
    number: int
    anchor: str
    name: str
    old: tuple[Cell, ...]
    new: tuple[Cell, ...]
    lineage: str = ""
    sides: tuple[str, str] = ("", "")
    labels: str = ""
    edited: bool = False
    renumbered: bool = False
    pointers: tuple[Pointer, ...] = ()
    doubt: int | None = None


@dataclass(frozen=True, slots=True)
class Fold:
    """A stretch without changes. first, last: what its outermost paragraphs are called."""

    items: tuple[Shown, ...]
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the differences under it; the first one has none, if the text begins without."""

    heading: Shown | None
    changes: tuple[Shown, ...]


Item: TypeAlias = Shown | Fold


class ReportView:
    """A comparison as a page shows it.

    rows: all rows in reading order. items: the same, with long stretches without changes put together; what
    a changed paragraph stands under (headings, chapeau) stays out of them. sections: the contents.
    """

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self._links = comparison.alignment.links
        self._old_places = places(comparison.old)
        self._new_places = places(comparison.new)
        layout = rows(comparison)
        self._departed = frozenset(row.old for row in layout if isinstance(row, Departure))
        self._numbers = {row: n for n, row in enumerate(filter(self._is_difference, layout), start=1)}
        self.rows = tuple(map(self._shown, layout))
        self.items = tuple(self._folded())
        self.sections = tuple(self._sections())

    def _is_difference(self, row: Row | Departure) -> bool:
        if isinstance(row, Departure):
            return False
        return row.link is None or (self._links[row.link].kind != LinkKind.SAME and bool(row.old))

    def _shown(self, row: Row | Departure) -> Shown:
        if isinstance(row, Departure):
            return self._left(row)
        return self._unlinked(row) if row.link is None else self._linked(row, row.link)

    def _left(self, row: Departure) -> Shown:
        return Shown(
            kind="left",
            number=0,
            anchor=f"left-{row.old}",
            name=self._old_places[row.old].name,
            old=(Cell("", self._comparison.old.paragraphs[row.old], ()),),
            new=(),
            lineage=self._links[row.link].kind,
            pointers=(self._arrival(row.link),),
        )

    def _unlinked(self, row: Row) -> Shown:
        number = self._numbers[row]
        old = [self._comparison.old.paragraphs[index] for index in row.old]
        new = [self._comparison.new.paragraphs[index] for index in row.new]
        return Shown(
            kind="inserted" if row.new else "deleted",
            number=number,
            anchor=f"change-{number}",
            name=", ".join(self._new_places[i].name for i in row.new) or self._old_places[row.old[0]].name,
            old=tuple(Cell(f"old-{p.index}", p, (("delete", p.text),)) for p in old),
            new=tuple(Cell(f"new-{p.index}", p, (("insert", p.text),)) for p in new),
        )

    def _linked(self, row: Row, number_of_link: int) -> Shown:
        comparison = self._comparison
        link, changes = self._links[number_of_link], comparison.changes[number_of_link]
        number = self._numbers.get(row, 0)
        old = zip(link.old, originals(comparison, number_of_link), strict=True)
        new = zip(link.new, redlines(comparison, number_of_link), strict=True)
        return Shown(
            kind=link.kind if row.old else "part",
            number=number,
            anchor=f"change-{number}" if number else "",
            name=", ".join(self._new_places[i].name for i in row.new),
            old=tuple(Cell(f"old-{i}", comparison.old.paragraphs[i], cut) for i, cut in old if i in row.old),
            new=tuple(self._new_cell(link, i, cut) for i, cut in new if i in row.new),
            lineage=link.kind,
            sides=(
                ", ".join(self._old_places[i].full_name for i in link.old),
                ", ".join(self._new_places[i].full_name for i in link.new),
            ),
            labels=self._labels(link),
            edited=is_edited(changes),
            renumbered=is_renumbered(comparison, link, changes),
            pointers=self._departures(row) if row.old else (self._arrival(number_of_link),),
            doubt=round(link.confidence * 100) if row.old and is_doubtful(link) else None,
        )

    def _new_cell(self, link: Link, index: int, changes: Changes) -> Cell:
        paragraph = self._comparison.new.paragraphs[index]
        labels = [self._comparison.old.paragraphs[i].label for i in link.old]
        was = ", ".join(filter(None, labels)) if [paragraph.label] != labels else ""
        return Cell(f"new-{index}", paragraph, changes, was)

    def _labels(self, link: Link) -> str:
        old = [self._comparison.old.paragraphs[i].label for i in link.old]
        new = [self._comparison.new.paragraphs[i].label for i in link.new]
        return f"{', '.join(old)} → {', '.join(new)}" if all(old + new) else ""

    def _arrival(self, link: int) -> Pointer:
        index = self._links[link].new[0]
        return Pointer(f"new-{index}", self._new_places[index].full_name)

    def _departures(self, row: Row) -> tuple[Pointer, ...]:
        return tuple(
            Pointer(f"left-{i}", self._old_places[i].full_name) for i in row.old if i in self._departed
        )

    def _folded(self) -> Iterator[Item]:
        context = self._context()

        def may_fold(shown: Shown) -> bool:
            return shown.kind == LinkKind.SAME and shown.new[0].paragraph.index not in context

        for folds, stretch in groupby(self.rows, may_fold):
            items = tuple(stretch)
            if folds and len(items) >= _FOLDED_FROM:
                yield Fold(items, items[0].name, items[-1].name)
            else:
                yield from items

    def _context(self) -> frozenset[int]:
        """Return the new paragraphs that something changed stands under."""
        changed = (shown for shown in self.rows if shown.kind != LinkKind.SAME)
        indices = (cell.paragraph.index for shown in changed for cell in shown.new)
        return frozenset(above for index in indices for above in self._new_places[index].above)

    def _sections(self) -> Iterator[Section]:
        heading: Shown | None = None
        changes: list[Shown] = []
        for shown in self.rows:
            if any(cell.is_head for cell in shown.new):
                if heading or changes:
                    yield Section(heading, tuple(changes))
                heading, changes = shown, []
            if shown.number:
                changes.append(shown)
        if heading or changes:
            yield Section(heading, tuple(changes))
