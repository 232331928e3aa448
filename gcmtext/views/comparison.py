"""What a page about a comparison shows, row by row.

Everything that is asked of all rows (kind, section, address) is found at once; the words of a row only when
it is shown, so that a page of a long text costs what it shows.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TypeAlias

from gcmtext.text.addresses import addresses, by_index
from gcmtext.text.compare import Comparison, is_doubtful, is_edited, is_renumbered
from gcmtext.text.model import HEADS, Changes, Document, Link, LinkKind, Paragraph
from gcmtext.text.places import Place, above, heads_of, place_of
from gcmtext.text.rows import Departure, Row, Rows, originals, redlines, rows

DIFFERENCES = ("edited", "moved", "moved_and_edited", "split", "merged", "inserted", "deleted")
WORDS = ("words_kept", "words_deleted", "words_inserted")
MARKS = (*DIFFERENCES, "renumbered", "doubtful")
FOLDED_FROM = 3  # shorter stretches without changes stay in sight, as context
_GONE = "gone-"
# Names of other parts of the page.
_TAKEN = frozenset(
    {"hatch", "keys-on", "shown-changes", "shown-all"}
    | {"broad-side", "broad-inline", "narrow-side", "narrow-inline"}
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row before its words are looked up.

    place: its number in reading order, from 0.
    kind: a LinkKind, or "inserted", "deleted", "left" (what stood here is shown elsewhere) or "part" (of a
        split, apart from its first part).
    number: which difference this is, from 1; 0 for a row that is none of its own.
    anchor: its name on the page: the address of its first new paragraph, or "gone-" and that of an old one.
    section: the number of the section it stands in, from 0.
    marks: those of MARKS that it can be found by; a row that only tells of a difference has those as well.
    counts: whether it is the one row that stands for its marks.
    """

    place: int
    row: Row | Departure
    kind: str
    number: int
    anchor: str
    section: int
    marks: frozenset[str]
    counts: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One paragraph in one column.

    anchor: its name on the page; "" for an old paragraph that is shown with what became of it.
    was: the label of the old paragraph, in a new one of which the label has changed.
    """

    anchor: str
    paragraph: Paragraph
    changes: Changes
    was: str = ""

    @property
    def is_head(self) -> bool:
        """Whether this is a title or a heading."""
        return self.paragraph.kind in HEADS


@dataclass(frozen=True, slots=True)
class Pointer:
    """A place elsewhere on the page, and what it is called."""

    anchor: str
    name: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One row of the page; kind, number and anchor as in its Entry.

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
    """Rows that are not in sight. first, last: what the outermost are called; changed: differences in it."""

    entries: tuple[Entry, ...]
    first: str
    last: str
    changed: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the differences under it; the first one has none, if the text begins without.

    anchor: the name of its first row.
    """

    heading: Entry | None
    anchor: str
    changes: tuple[Entry, ...]


Item: TypeAlias = Entry | Fold


class ComparisonView:
    """A comparison as a page shows it.

    entries: all rows in reading order. sections: the contents, by the number of the section.
    """

    def __init__(
        self, comparison: Comparison, named: tuple[Sequence[str], Sequence[str]] | None = None
    ) -> None:
        """`named`: the addresses of the old and the new paragraphs; by default those that they would get."""
        self.comparison = comparison
        self._links = comparison.alignment.links
        self._old_place = _placing(comparison.old, heads_of(comparison.old.paragraphs))
        self._heads = heads_of(comparison.new.paragraphs)
        self._new_place = _placing(comparison.new, self._heads)
        self._begin_sections = frozenset(head.index for head in self._heads)
        old, new = named or (addresses(comparison.old.paragraphs), addresses(comparison.new.paragraphs))
        self._gone = [_GONE + address for address in old]
        self._anchors = [_anchor(index, address) for index, address in enumerate(new)]
        self._known: dict[int, Shown] = {}
        self._by_address: dict[str, Entry] | None = None
        layout = rows(comparison)
        self._departed = frozenset(row.old for row in layout if isinstance(row, Departure))
        self.entries = tuple(self._entries(layout))
        self.sections = tuple(
            self._section(tuple(run)) for _, run in groupby(self.entries, lambda entry: entry.section)
        )

    def shown(self, entry: Entry) -> Shown:
        """Return a row with its words."""
        known = self._known.get(entry.place)
        if known is None:
            known = self._known[entry.place] = self._shown(entry)
        return known

    def anchors(self, entry: Entry) -> tuple[str, ...]:
        """Return the names of all places in a row that can be linked to."""
        row = entry.row
        new = () if isinstance(row, Departure) else row.new
        return tuple(self._anchors[index] for index in new) or (entry.anchor,)

    def entry_at(self, address: str) -> Entry | None:
        """Return the row that an address leads to, None if there is none.

        Those of new paragraphs are understood, "gone-" and that of an old one, and "p45" for the 45th.
        """
        if self._by_address is None:
            self._by_address = self._addressed()
        return self._by_address.get(address)

    def is_heading(self, entry: Entry) -> bool:
        """Return whether a section begins with a row."""
        return self._begins_section(entry.row)

    def items(
        self, entries: Sequence[Entry], in_sight: Callable[[Entry], bool], folded_from: int = FOLDED_FROM
    ) -> tuple[Item, ...]:
        """Return rows in order, those that need not be in sight put together where they are so many in a row.

        What a paragraph in sight stands under (headings, chapeau) stays in sight as well, unless it changed.
        """
        rows = [entry.row for entry in filter(in_sight, entries)]
        below = {index for row in rows if isinstance(row, Row) for index in row.new}
        context = above(self.comparison.new.paragraphs, self._heads, below)

        def may_fold(entry: Entry) -> bool:
            if in_sight(entry):
                return False
            return isinstance(entry.row, Departure) or entry.number > 0 or context.isdisjoint(entry.row.new)

        found: list[Item] = []
        for folds, stretch in groupby(entries, may_fold):
            run = tuple(stretch)
            if folds and len(run) >= folded_from:
                found.append(self.fold(run))
            else:
                found.extend(run)
        return tuple(found)

    def fold(self, entries: tuple[Entry, ...]) -> Fold:
        """Return rows put together."""
        changed = sum(entry.number > 0 for entry in entries)
        return Fold(entries, self._name(entries[0].row), self._name(entries[-1].row), changed)

    def _addressed(self) -> dict[str, Entry]:
        found: dict[str, Entry] = {}
        for entry in self.entries:
            if isinstance(entry.row, Row):
                found.update((self._gone[index], entry) for index in entry.row.old)
                found.update((by_index(index), entry) for index in entry.row.new)
        for entry in self.entries:
            found.update(dict.fromkeys(self.anchors(entry), entry))
        return found

    def _entries(self, layout: Rows) -> Iterator[Entry]:
        marks_of = [self._marks(number) for number in range(len(self._links))]
        section = number = 0
        for place, row in enumerate(layout):
            if place and self._begins_section(row):
                section += 1
            kind = self._kind(row)
            marks = frozenset({kind}) if row.link is None else marks_of[row.link]
            counts = kind not in ("left", "part")
            is_difference = counts and kind != LinkKind.SAME
            number += is_difference
            yield Entry(
                place, row, kind, number if is_difference else 0, self._anchor(row), section, marks, counts
            )

    def _marks(self, number: int) -> frozenset[str]:
        link, changes = self._links[number], self.comparison.changes[number]
        kind = "moved_and_edited" if link.kind == LinkKind.MOVED and is_edited(changes) else link.kind
        return frozenset(
            mark
            for mark, holds in (
                (kind, kind != LinkKind.SAME),
                ("renumbered", is_renumbered(self.comparison, link, changes)),
                ("doubtful", is_doubtful(link)),
            )
            if holds
        )

    def _kind(self, row: Row | Departure) -> str:
        if isinstance(row, Departure):
            return "left"
        if row.link is None:
            return "inserted" if row.new else "deleted"
        return self._links[row.link].kind if row.old else "part"

    def _anchor(self, row: Row | Departure) -> str:
        if isinstance(row, Departure):
            return self._gone[row.old]
        return self._anchors[row.new[0]] if row.new else self._gone[row.old[0]]

    def _begins_section(self, row: Row | Departure) -> bool:
        return isinstance(row, Row) and not self._begin_sections.isdisjoint(row.new)

    def _section(self, entries: tuple[Entry, ...]) -> Section:
        heading = entries[0] if self._begins_section(entries[0].row) else None
        return Section(heading, entries[0].anchor, tuple(entry for entry in entries if entry.number))

    def _name(self, row: Row | Departure) -> str:
        if isinstance(row, Departure):
            return self._old_place(row.old).name
        return ", ".join(self._new_place(i).name for i in row.new) or self._old_place(row.old[0]).name

    def _shown(self, entry: Entry) -> Shown:
        row = entry.row
        if isinstance(row, Departure):
            return self._left(entry, row)
        return self._unlinked(entry, row) if row.link is None else self._linked(entry, row, row.link)

    def _left(self, entry: Entry, row: Departure) -> Shown:
        return Shown(
            kind=entry.kind,
            number=entry.number,
            anchor=entry.anchor,
            name=self._name(row),
            old=(Cell(entry.anchor, self.comparison.old.paragraphs[row.old], ()),),
            new=(),
            lineage=self._links[row.link].kind,
            pointers=(self._arrival(row.link),),
        )

    def _unlinked(self, entry: Entry, row: Row) -> Shown:
        old = [self.comparison.old.paragraphs[index] for index in row.old]
        new = [self.comparison.new.paragraphs[index] for index in row.new]
        return Shown(
            kind=entry.kind,
            number=entry.number,
            anchor=entry.anchor,
            name=self._name(row),
            old=tuple(Cell(self._gone[p.index], p, (("delete", p.text),)) for p in old),
            new=tuple(Cell(self._anchors[p.index], p, (("insert", p.text),)) for p in new),
        )

    def _linked(self, entry: Entry, row: Row, number: int) -> Shown:
        comparison = self.comparison
        link, changes = self._links[number], comparison.changes[number]
        old = zip(link.old, originals(comparison, number), strict=True)
        new = zip(link.new, redlines(comparison, number), strict=True)
        return Shown(
            kind=entry.kind,
            number=entry.number,
            anchor=entry.anchor,
            name=self._name(row),
            old=tuple(Cell("", comparison.old.paragraphs[i], cut) for i, cut in old if i in row.old),
            new=tuple(self._new_cell(link, i, cut) for i, cut in new if i in row.new),
            lineage=link.kind,
            sides=(
                ", ".join(self._old_place(i).full_name for i in link.old),
                ", ".join(self._new_place(i).full_name for i in link.new),
            ),
            labels=self._labels(link),
            edited=is_edited(changes),
            renumbered="renumbered" in entry.marks,
            pointers=self._departures(row) if row.old else (self._arrival(number),),
            doubt=round(link.confidence * 100) if row.old and is_doubtful(link) else None,
        )

    def _new_cell(self, link: Link, index: int, changes: Changes) -> Cell:
        paragraph = self.comparison.new.paragraphs[index]
        labels = [self.comparison.old.paragraphs[i].label for i in link.old]
        was = ", ".join(filter(None, labels)) if [paragraph.label] != labels else ""
        return Cell(self._anchors[index], paragraph, changes, was)

    def _labels(self, link: Link) -> str:
        old = [self.comparison.old.paragraphs[i].label for i in link.old]
        new = [self.comparison.new.paragraphs[i].label for i in link.new]
        return f"{', '.join(old)} → {', '.join(new)}" if all(old + new) else ""

    def _arrival(self, link: int) -> Pointer:
        index = self._links[link].new[0]
        return Pointer(self._anchors[index], self._new_place(index).full_name)

    def _departures(self, row: Row) -> tuple[Pointer, ...]:
        return tuple(
            Pointer(self._gone[i], self._old_place(i).full_name) for i in row.old if i in self._departed
        )


def _placing(document: Document, heads: Sequence[Paragraph]) -> Callable[[int], Place]:
    """Return what gives the place of a paragraph, and finds it once."""
    return cache(lambda index: place_of(document.paragraphs, index, heads))


def _anchor(index: int, address: str) -> str:
    is_taken = address in _TAKEN or address.startswith(_GONE)
    return by_index(index) if is_taken else address
