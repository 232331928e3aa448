"""Which rows of a comparison are on a page: by section and kind of change, in pages of bounded size."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gcmtext.errors import NotFound
from gcmtext.text.model import LinkKind
from gcmtext.views.comparison import FOLDED_FROM, MARKS, ComparisonView, Entry, Fold, Item

ROWS = 150
"""How many rows a page holds, about; and a stretch that is opened in it, at most."""
WHOLE = 200
"""So many rows are one page."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader has chosen to see: by default all changes.

    kinds: those of MARKS; () for all. section: the address of a paragraph in it; "" for all. everything:
    whether unchanged paragraphs are in sight as well.
    """

    kinds: tuple[str, ...] = ()
    section: str = ""
    everything: bool = False

    def toggled(self, kind: str) -> "Choice":
        """Return the choice with a kind added, or taken away if it was there."""
        chosen = set(self.kinds) ^ {kind}
        return Choice(tuple(mark for mark in MARKS if mark in chosen), self.section)

    def within(self, section: str) -> "Choice":
        """Return the choice in another section, or in all of them."""
        return replace(self, section=section)


@dataclass(frozen=True, slots=True)
class Selection:
    """What one page shows.

    section: the number of the chosen section; None for all. items: the rows and folds of this page.
    page: its number, from 1, of so many pages. changes: how many differences are chosen, on all pages.
    kinds: how many there are of each kind in the section; sections: how many of the kinds in each section.
    """

    section: int | None
    items: tuple[Item, ...]
    page: int
    pages: int
    changes: int
    kinds: Counter[str]
    sections: Counter[int]


def reaching(view: ComparisonView, choice: Choice, at: str) -> Choice:
    """Return a choice that a row is among: the one given if it is, else all changes."""
    if not (at and choice.section):
        return choice
    return choice if _entry(view, at).section == _entry(view, choice.section).section else Choice()


def select(view: ComparisonView, choice: Choice, page: int = 1, at: str = "") -> Selection:
    """Return a page of what is chosen; `at` names a row that must be in sight on it, whatever the page.

    Raises NotFound for a kind, section, page or row that is not there.
    """
    unknown = set(choice.kinds) - set(MARKS)
    if unknown:
        raise NotFound(f"There is no kind of change “{min(unknown)}”: the kinds are {', '.join(MARKS)}.")
    section = _entry(view, choice.section).section if choice.section else None
    entries = [e for e in view.entries if section is None or e.section == section]
    kinds = frozenset(choice.kinds)

    def is_chosen(entry: Entry) -> bool:
        return not kinds.isdisjoint(entry.marks) if kinds else entry.kind != LinkKind.SAME

    def in_sight(entry: Entry) -> bool:
        return choice.everything or is_chosen(entry)

    pages = _pages(view, view.items(entries, in_sight, 1 if kinds else FOLDED_FROM))
    if at:
        target = _entry(view, at)
        page = next((n for n, items in enumerate(pages, start=1) if _holds(items, target)), 0)
        if not page:
            raise NotFound(f"“{at}” is not among what is chosen here.")
    if not 1 <= page <= len(pages):
        raise NotFound(f"This comparison has {len(pages)} pages; there is no page {page}.")
    items = pages[page - 1]
    standing = [e for e in view.entries if e.counts]
    return Selection(
        section=section,
        items=opened(view, items, _entry(view, at)) if at else items,
        page=page,
        pages=len(pages),
        changes=sum(is_chosen(e) for e in entries if e.counts),
        kinds=Counter(mark for e in standing if section in (None, e.section) for mark in e.marks),
        sections=Counter(e.section for e in standing if is_chosen(e)),
    )


def stretch(view: ComparisonView, first: str, last: str) -> tuple[Item, ...]:
    """Return the rows from one to another, given by their anchors; if they are many, the rest as a fold.

    Raises NotFound for rows that are not there.
    """
    entries = view.entries[_entry(view, first).place : _entry(view, last).place + 1]
    if not entries:
        raise NotFound(f"“{last}” does not follow “{first}” in this comparison.")
    return opened(view, (view.fold(entries),), entries[0])


def opened(view: ComparisonView, items: Sequence[Item], target: Entry) -> tuple[Item, ...]:
    """Return items with a row in sight: where it is folded, the fold is opened from there on."""
    found: list[Item] = []
    for item in items:
        if not isinstance(item, Fold) or target not in item.entries:
            found.append(item)
            continue
        at = item.entries.index(target)
        before, shown, after = (
            item.entries[:at],
            item.entries[at : at + ROWS],
            item.entries[at + ROWS :],
        )
        found += [view.fold(before)] if before else []
        found += shown
        found += [view.fold(after)] if after else []
    return tuple(found)


def _entry(view: ComparisonView, address: str) -> Entry:
    found = view.entry_at(address)
    if found is None:
        raise NotFound(f"There is no paragraph “{address}” in this comparison.")
    return found


def _holds(items: Sequence[Item], target: Entry) -> bool:
    return any(target in item.entries if isinstance(item, Fold) else target is item for item in items)


def _pages(view: ComparisonView, items: Sequence[Item]) -> list[tuple[Item, ...]]:
    """Return items cut into pages of about ROWS, before a heading if there is one near; one page at least."""
    if len(items) <= WHOLE:
        return [tuple(items)]
    found: list[tuple[Item, ...]] = []
    page: list[Item] = []
    for item in items:
        near = len(page) >= ROWS * 3 // 4 and isinstance(item, Entry) and view.is_heading(item)
        if near or len(page) >= ROWS * 5 // 4:
            found.append(tuple(page))
            page = []
        page.append(item)
    return [*found, tuple(page)]
