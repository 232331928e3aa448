"""A page about a comparison: what it shows, and where its links lead."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import url_for

from gcmtext.db import LanguageVersion, Negotiation
from gcmtext.views.comparison import Cell, ComparisonView, Entry, Item, Section
from gcmtext.views.selection import Choice, Selection
from gcmtext.web.versions import language_in_address

_SECTIONS_LISTED = 150
_PLACE = "~place~"


@dataclass(frozen=True)
class Ways:
    """The addresses around a comparison of two versions, with what the reader has chosen to see."""

    negotiation: Negotiation
    old: LanguageVersion
    new: LanguageVersion
    choice: Choice

    @property
    def language(self) -> str | None:
        """The language, where it must be said in an address."""
        return language_in_address(self.new)

    def show(self, choice: Choice | None = None, *, page: int = 1, at: str = "", anchor: str = "") -> str:
        """Return the address of a page; by default the first of the present choice."""
        return self._address("compare.show", choice or self.choice, page=page, at=at, anchor=anchor)

    def rows(self, first: str, last: str) -> str:
        """Return the address of a stretch of rows alone."""
        return self._address("compare.rows", self.choice, first=first, last=last)

    def file(self, kind: str) -> str:
        """Return the address of the whole comparison as JSON, Word or one page of HTML."""
        return self._address(f"compare.show_{kind}", Choice())

    @cached_property
    def review(self) -> str:
        """Where the lineage is reviewed."""
        values: dict[str, Any] = {**self._two, "language": self.language}
        return url_for("lineage.show", **values)

    @cached_property
    def row(self) -> str:
        """The address of the page with all changes that shows a row, with a mark where its name goes."""
        return self.show(Choice(), at=_PLACE, anchor=_PLACE)

    @cached_property
    def section(self) -> str:
        """The address of the present choice in one section, with a mark where its name goes."""
        return self.show(self.choice.within(_PLACE))

    @cached_property
    def old_paragraph(self) -> str:
        """The address of an old paragraph, with a mark where its own goes."""
        return self._paragraph(self.old)

    @cached_property
    def new_paragraph(self) -> str:
        """The address of a new paragraph, with a mark where its own goes."""
        return self._paragraph(self.new)

    def _paragraph(self, version: LanguageVersion) -> str:
        return url_for(
            "revisions.paragraph",
            negotiation=self.negotiation.slug,
            revision=version.revision.slug,
            address=_PLACE,
            language=self.language,
        )

    @property
    def _two(self) -> dict[str, str]:
        return {
            "negotiation": self.negotiation.slug,
            "old": self.old.revision.slug,
            "new": self.new.revision.slug,
        }

    def _address(self, endpoint: str, choice: Choice, *, page: int = 1, **more: str) -> str:
        anchor = more.pop("anchor", "")
        values: dict[str, Any] = {
            **self._two,
            "language": self.language,
            "kind": choice.kinds,
            "section": choice.section or None,
            "show": "all" if choice.everything else None,
            "page": page if page > 1 else None,
            **{name: value or None for name, value in more.items()},
        }
        return url_for(endpoint, _anchor=anchor or None, **values)


class Links:
    """Where the links of rows lead: to places on this page, to others that show them, to paragraphs."""

    def __init__(
        self,
        ways: Ways,
        view: ComparisonView,
        items: tuple[Item, ...],
        addresses: tuple[tuple[str, ...], tuple[str, ...]],
    ) -> None:
        self._ways = ways
        shown = [item for item in items if isinstance(item, Entry)]
        self._here = {anchor for entry in shown for anchor in view.anchors(entry)}
        self._old, self._new = addresses
        numbered = [entry for entry in shown if entry.number]
        self._around = {
            entry.number: (before.anchor if before else "", after.anchor if after else "")
            for before, entry, after in zip([None, *numbered], numbered, [*numbered[1:], None], strict=False)
        }

    def to(self, anchor: str) -> str:
        """Return the address of a row: on this page, or of the page with all changes that shows it."""
        return f"#{anchor}" if anchor in self._here else self._ways.row.replace(_PLACE, anchor)

    def old(self, cell: Cell) -> str:
        """Return the address of an old paragraph."""
        return self._ways.old_paragraph.replace(_PLACE, self._old[cell.paragraph.index])

    def new(self, cell: Cell) -> str:
        """Return the address of a new paragraph."""
        return self._ways.new_paragraph.replace(_PLACE, self._new[cell.paragraph.index])

    def review(self, anchor: str) -> str:
        """Return where a doubt about a row can be settled."""
        return f"{self._ways.review}#{anchor}"

    def before(self, number: int) -> str:
        """Return the address of the difference before one on this page, "" if there is none."""
        return self._around[number][0] and self.to(self._around[number][0])

    def after(self, number: int) -> str:
        """Return the address of the difference after one on this page, "" if there is none."""
        return self._around[number][1] and self.to(self._around[number][1])


@dataclass(frozen=True, slots=True)
class Pick:
    """A kind of change or a section that can be picked out: how many there are, and where that is done."""

    address: str
    number: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A section in the contents, its differences that are on this page, and how to see it alone."""

    section: Section
    here: tuple[Entry, ...]
    pick: Pick


def picks(ways: Ways, selection: Selection) -> dict[str, Pick]:
    """Return the kinds of change that are there, or chosen, and where each is added or taken away."""
    chosen = set(ways.choice.kinds)
    return {
        kind: Pick(ways.show(ways.choice.toggled(kind)), selection.kinds[kind], kind in chosen)
        for kind in chosen | selection.kinds.keys()
    }


def contents(ways: Ways, view: ComparisonView, selection: Selection) -> tuple[Listed, ...]:
    """Return the sections; where they are very many, those in which something is chosen."""
    here: dict[int, list[Entry]] = {}
    for item in selection.items:
        if isinstance(item, Entry) and item.number:
            here.setdefault(item.section, []).append(item)
    everywhere = ways.show(ways.choice.within(""))
    listed = []
    for number, section in enumerate(view.sections):
        count = selection.sections[number]
        is_current = selection.section == number
        if not (section.heading or count) or (len(view.sections) > _SECTIONS_LISTED and not count):
            continue
        address = everywhere if is_current else ways.section.replace(_PLACE, section.anchor)
        listed.append(Listed(section, tuple(here.get(number, ())), Pick(address, count, is_current)))
    return tuple(listed)


def heading_of(view: ComparisonView, selection: Selection) -> str:
    """Return what the chosen section is called, "" if it has no heading or all are chosen."""
    if selection.section is None:
        return ""
    heading = view.sections[selection.section].heading
    if heading is None:
        return ""
    paragraph = next(cell.paragraph for cell in view.shown(heading).new if cell.is_head)
    return f"{paragraph.label} {paragraph.text}".strip()
