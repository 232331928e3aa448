"""The page of a compilation: what the reader has chosen of it, and how others stand to what is proposed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise, starmap
from typing import Any

from gcmtext.db import LanguageVersion, Negotiation
from gcmtext.services.compiling import Entry
from gcmtext.text.collate import in_order
from gcmtext.text.places import places
from gcmtext.text.rendering import RenderedKind
from gcmtext.text.sections import sections
from gcmtext.views.compilation import SIGNS, Doing, MatrixRow, Row
from gcmtext.views.compilation import CompilationView as View
from gcmtext.web.form import number
from gcmtext.web.versions import each, way

STANCES = {"sponsor": "○", "support": "+", "oppose": "×"}
"""What stands in the matrix for those who have no text of their own."""

SHOWN = ("all", "open", "contested")
_MOST_SECTIONS = 60
_MOST_CELLS = 6000
_FEWEST_ROWS = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader has chosen.

    shown: all paragraphs, the open, or the contested ones. delegation: only where it has spoken; "" for all.
    section: where a section begins, -1 for the whole text. at: an address that the page must hold. page: of
    a long text, from 1. names: whether attributions are shown.
    """

    shown: str = "open"
    delegation: str = ""
    section: int = -1
    at: str = ""
    page: int = 1
    names: bool = True

    @classmethod
    def of(cls, said: Mapping[str, str]) -> "Choice":
        """Return what an address asks for; what is not understood is left at what is usual."""
        section, page = said.get("section", ""), said.get("page", "")
        shown = said.get("shown", "")
        return cls(
            shown if shown in SHOWN else "all" if said.get("at") else "open",
            said.get("delegation", ""),
            number(section),
            said.get("at", ""),
            number(page),
            said.get("names") != "no",
        )


@dataclass(frozen=True)
class Ways:
    """Where links on the page lead.

    profile: the name of a profile other than that of the call, None for that one.
    """

    negotiation: Negotiation
    version: LanguageVersion
    choice: Choice
    profile: str | None = None

    def to(self, endpoint: str, **named: Any) -> str:
        """Return the address of something else about this revision."""
        return way(self.version, endpoint, **named)

    @cached_property
    def paragraph(self) -> Callable[[str], str]:
        """What gives the address of all amendments to a paragraph."""
        return each(lambda address: self.to("amendments.paragraph", address=address))

    @cached_property
    def at(self) -> Callable[[str], str]:
        """What gives the address of this page with a paragraph on it."""
        return each(lambda anchor: self.here(at=anchor))

    def here(self, **changed: Any) -> str:
        """Return the address of this page with another choice."""
        chosen: dict[str, Any] = {
            "shown": self.choice.shown,
            "delegation": self.choice.delegation or None,
            "section": None if self.choice.section < 0 else self.choice.section,
            "names": None if self.choice.names else "no",
            "profile": self.profile,
        }
        return self.to("compilation.show", **chosen | changed)

    def file(self, endpoint: str) -> str:
        """Return the address of the compilation as a file."""
        return self.to(endpoint, profile=self.profile)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one delegation does in a paragraph, and how it stands to what others propose there."""

    delegation: str
    doings: tuple[Doing, ...]
    stances: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatrixLine:
    """An open paragraph by delegation. address: of the paragraph of the base, for links."""

    row: MatrixRow
    address: str
    cells: tuple[Cell, ...]


class CompiledPage:
    """A compilation as far as the reader has chosen it."""

    def __init__(
        self, view: View, entries: Sequence[Entry], choice: Choice, addresses: Mapping[str, str]
    ) -> None:
        self.view = view
        self.entries = entries
        self.choice = choice
        self.addresses = addresses
        self.base = view.compilation.base
        self.signs, self.stance_signs = SIGNS, STANCES
        styles = view.profile.styles
        self.looks = {
            "inserted": " ".join(style.value for style in styles.added),
            "deleted": " ".join(style.value for style in styles.deleted),
        }

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows that are shown on this page."""
        return tuple(row for row in self._chosen if row.rendered.place in self.stretch)

    @cached_property
    def _chosen(self) -> tuple[Row, ...]:
        within = next((s for s in self.sections if s[0] == self.choice.section), None)
        bounds = range(within[0], within[1]) if within else range(len(self.base.paragraphs) + 1)
        kept = [row for row in self.view.rows if row.rendered.place in bounds]
        if self.choice.shown == "all" and not self.choice.delegation:
            return tuple(kept)
        wanted = self._wanted()
        heads = {index for place in wanted for index in self._above[min(place, len(self._above) - 1)]}
        return tuple(row for row in kept if row.rendered.place in wanted | heads)

    @cached_property
    def _above(self) -> tuple[tuple[int, ...], ...]:
        """The headings and paragraphs under which each paragraph stands."""
        return tuple(place.above for place in places(self.base))

    def _wanted(self) -> frozenset[int]:
        """Return the places of the paragraphs that are open, contested, or of a delegation."""
        places = set()
        for row in self.view.rows:
            if not row.is_open:
                continue
            if self.choice.shown == "contested" and not row.is_conflict and not self._is_beside(row):
                continue
            places.add(row.rendered.place)
        if self.choice.delegation:
            places &= {
                index
                for entry in self.entries
                if self.choice.delegation
                in (entry.delegation, *entry.sponsors, *entry.supporters, *entry.opponents)
                for index in (entry.proposal.at, *entry.proposal.bases, entry.proposal.at + 1)
            }
        return frozenset(places)

    def _is_beside(self, row: Row) -> bool:
        return row.rendered.kind is not RenderedKind.BASE

    @cached_property
    def stretches(self) -> tuple[range, ...]:
        """The pages of what is chosen: of so many rows that the matrix of each can be read."""
        most, starts, count = max(_MOST_CELLS // (len(self.columns) + 1), _FEWEST_ROWS), [0], 0
        for place, rows in groupby(self._chosen, key=lambda row: row.rendered.place):
            size = len(list(rows))
            if count + size > most and count:
                starts.append(place)
                count = 0
            count += size
        return tuple(starmap(range, pairwise([*starts, len(self.base.paragraphs) + 1])))

    @cached_property
    def number(self) -> int:
        """Which page this is, from 1."""
        if self.choice.at:
            row = next((row for row in self.view.rows if row.anchor == self.choice.at), None)
            if row is not None:
                place = row.rendered.place
                return next(n for n, part in enumerate(self.stretches, 1) if place in part)
        return min(max(self.choice.page, 1), len(self.stretches))

    @property
    def stretch(self) -> range:
        """The places of the base that this page holds."""
        return self.stretches[self.number - 1]

    @cached_property
    def sections(self) -> tuple[tuple[int, int, str], ...]:
        """Where each section begins and ends, and what it is called, "" before the first heading."""
        parts = sections(self.base.paragraphs, _MOST_SECTIONS)
        heads = [[self.base.paragraphs[index] for index in part.heads[:1]] for part in parts]
        names = [" ".join(f"{head.label} {head.text}".strip() for head in found) for found in heads]
        return tuple((part.start, part.stop, name) for part, name in zip(parts, names, strict=True))

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """All delegations that have spoken, in order."""
        others = (name for e in self.entries for name in (*e.sponsors, *e.supporters, *e.opponents))
        return in_order([*self.view.compilation.delegations, *others])

    @cached_property
    def matrix(self) -> tuple[MatrixLine, ...]:
        """The open paragraphs of this page by delegation, with how each stands to what others propose."""
        return tuple(self._matrix())

    def _matrix(self) -> Iterator[MatrixLine]:
        own = self.view.compilation.delegations
        places = {row.anchor: row.rendered for row in self.view.rows}
        stances: dict[int, dict[str, set[str]]] = {}
        for entry in self.entries:
            for index in (entry.proposal.at, *entry.proposal.bases):
                here = stances.setdefault(index, {})
                for kind, names in _stances(entry):
                    for name in names:
                        here.setdefault(name, set()).add(kind)
        for row in self.view.matrix_of(self.rows):
            rendered = places[row.anchor]
            is_base = rendered.kind is RenderedKind.BASE
            index = min(rendered.place, len(self.base.paragraphs) - 1)
            doings = dict(zip(own, row.cells, strict=True))
            others = stances.get(index, {}) if is_base else {}
            cells = tuple(
                Cell(name, doings.get(name, ()), tuple(sorted(others.get(name, ())))) for name in self.columns
            )
            yield MatrixLine(row, self.view.address(index), cells)

    @property
    def open(self) -> int:
        """How many paragraphs of the base are open."""
        return self.view.compilation.open

    @property
    def contested(self) -> int:
        """How many of them are contested."""
        return self.view.compilation.contested

    @property
    def new(self) -> int:
        """How many paragraphs would be new."""
        return self.view.compilation.new


def _stances(entry: Entry) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return ("sponsor", entry.sponsors), ("support", entry.supporters), ("oppose", entry.opponents)
