"""The page of a compilation: what the reader has chosen of it, and how others stand to what is proposed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise, starmap
from typing import Any

from gcmtext.db import LanguageVersion, Negotiation
from gcmtext.services.compiling import Entry
from gcmtext.services.groups import Group
from gcmtext.text.places import places
from gcmtext.text.proposals import INSERTS, ProposalKind, gap_of
from gcmtext.text.rendering import RenderedKind
from gcmtext.views.compilation import SIGNS, Doing, MatrixRow, Row
from gcmtext.views.compilation import CompilationView as View
from gcmtext.web.filters import NONE, Filter, Offered, Part, offered, speakers
from gcmtext.web.form import number
from gcmtext.web.versions import each, way

STANCES = {"sponsor": "○", "support": "+", "oppose": "×"}
"""What stands in the matrix for those who have no text of their own."""

SHOWN = ("all", "open", "contested")
_MOST_CELLS = 6000
_FEWEST_ROWS = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader has chosen.

    shown: all paragraphs, the open, or the contested ones. filter: only where there are such amendments. at:
    an address that the page must hold. page: of a long text, from 1. names: whether attributions are shown.
    """

    shown: str = "open"
    filter: Filter = NONE
    at: str = ""
    page: int = 1
    names: bool = True

    @classmethod
    def of(cls, said: Mapping[str, str]) -> "Choice":
        """Return what an address asks for; raise NotFound as a filter does.

        What else is not understood is left at what is usual.
        """
        shown = said.get("shown", "")
        return cls(
            shown if shown in SHOWN else "all" if said.get("at") else "open",
            Filter.of(said),
            said.get("at", ""),
            number(said.get("page", "")),
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
            **self.choice.filter.said,
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
        self,
        view: View,
        entries: Sequence[Entry],
        choice: Choice,
        addresses: Mapping[str, str],
        groups: Sequence[Group] = (),
    ) -> None:
        self.view = view
        self.entries = entries
        self.groups = groups
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
    def offered(self) -> Offered:
        """What can be chosen of the amendments that the reader sees."""
        return offered(self.entries, self.groups, self.base, speakers)

    @cached_property
    def chosen(self) -> tuple[Entry, ...]:
        """The amendments that are chosen."""
        found = self.choice.filter.chosen(self.entries, self.groups, speakers)
        return tuple(entry for entry in found if self._part is None or self._part.holds(entry.proposal.at))

    @cached_property
    def _part(self) -> Part | None:
        return self.offered.part(self.choice.filter.section)

    @cached_property
    def _chosen(self) -> tuple[Row, ...]:
        part = self._part
        kept = [row for row in self.view.rows if part is None or part.holds(self._stands_at(row))]
        if self.choice.shown == "all" and not self.choice.filter.asks_who_or_what:
            return tuple(kept)
        wanted = {
            row.anchor for row in kept if row.rendered.place in self._wanted and self._is_spoken_on(row)
        }
        heads = {i for row in kept if row.anchor in wanted for i in self._above[self._stands_at(row)]}
        return tuple(
            row
            for row in kept
            if row.anchor in wanted or (not self._is_beside(row) and row.rendered.place in heads)
        )

    @cached_property
    def _above(self) -> tuple[tuple[int, ...], ...]:
        """The headings and paragraphs under which each paragraph stands."""
        return tuple(place.above for place in places(self.base))

    @cached_property
    def _wanted(self) -> frozenset[int]:
        """The places of the paragraphs that are open, or contested."""
        is_all = self.choice.shown != "contested"
        return frozenset(
            row.rendered.place
            for row in self.view.rows
            if row.is_open and (is_all or row.is_conflict or self._is_beside(row))
        )

    @cached_property
    def _spoken_on(self) -> frozenset[int]:
        """The paragraphs of the base that the chosen amendments are about."""
        about = (entry.proposal for entry in self.chosen if entry.proposal.kind not in INSERTS)
        return frozenset(index for proposal in about for index in (proposal.at, *proposal.bases))

    @cached_property
    def _put(self) -> frozenset[tuple[int, str, bool]]:
        """Where they put paragraphs, whose they are, and whether those are moved there."""
        return frozenset(
            (gap, entry.delegation, entry.proposal.kind is ProposalKind.MOVE)
            for entry in self.chosen
            if (gap := gap_of(entry.proposal)) is not None
        )

    def _is_spoken_on(self, row: Row) -> bool:
        if not self.choice.filter.asks_who_or_what:
            return True
        place, version = row.rendered.place, self.view.version(row)
        if version is None:
            return place in self._spoken_on
        is_moved = version.moved_from is not None
        return any((place, name, is_moved) in self._put for name in version.delegations)

    def _is_beside(self, row: Row) -> bool:
        return row.rendered.kind is not RenderedKind.BASE

    def _stands_at(self, row: Row) -> int:
        """Return the paragraph of the base that a row is, or behind which it would be new."""
        return max(row.rendered.place - (row.rendered.kind is RenderedKind.NEW), 0)

    @cached_property
    def contents(self) -> tuple[tuple[Row | None, tuple[Row, ...]], ...]:
        """The headings with the open paragraphs that are chosen under each, on whichever page."""
        chosen = {row.anchor for row in self._chosen}
        found = (
            (head, tuple(row for row in rows if row.anchor in chosen)) for head, rows in self.view.sections
        )
        return tuple((head, rows) for head, rows in found if rows)

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

    @property
    def columns(self) -> tuple[str, ...]:
        """All delegations that have spoken, in order."""
        return self.offered.delegations

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
