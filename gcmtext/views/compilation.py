"""What a page about a compilation shows: its text row by row, who is where, what each delegation wants."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from gcmtext.text.addresses import addresses
from gcmtext.text.collate import Collated, Compilation, Version, Whole, proposals_of
from gcmtext.text.diff import diff, diff_paragraphs, word_counts
from gcmtext.text.model import HEADS, Changes, Paragraph
from gcmtext.text.places import Form, Place, excerpt, places
from gcmtext.text.profiles import Profile
from gcmtext.text.proposals import INSERTS, Proposal, ProposalKind, gap_of
from gcmtext.text.rendering import Rendered, RenderedKind, render

SIGNS = {
    "change": "●",
    "cut": "–",
    "delete": "del",
    "new": "bis",
    "alternative": "alt",
    "move": "↓",
    "moved": "↑",
    "split": "÷",
    "merge": "+",
    "retain": "=",
    "reserve": "[ ]",
}
"""What stands in the matrix for each thing that a delegation does."""


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph of the compiled text. anchor: its name on the page."""

    rendered: Rendered
    anchor: str
    is_conflict: bool = False

    @property
    def is_head(self) -> bool:
        """Whether this is a title or a heading."""
        return self.rendered.like.kind in HEADS

    @property
    def is_listed(self) -> bool:
        """Whether it is open and more than a further part of what stands before it."""
        kind = self.rendered.kind
        is_part = kind is RenderedKind.ALTERNATIVE and not self.rendered.proposals
        return self.is_open and not is_part and kind not in (RenderedKind.LEAD, RenderedKind.REMARK)

    @property
    def is_open(self) -> bool:
        """Whether anybody proposes anything here."""
        return self.rendered.kind is not RenderedKind.BASE or bool(self.rendered.proposals)


@dataclass(frozen=True, slots=True)
class Doing:
    """What a delegation does with a paragraph: a key of SIGNS, and how often."""

    what: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """An open paragraph, and what each delegation does there, in their order.

    moved: whether it is one of the base that some would move here.
    """

    label: str
    anchor: str
    readings: int
    cells: tuple[tuple[Doing, ...], ...]
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """One proposal of a delegation: on which paragraph, what, and the words with their changes."""

    label: str
    place: Place
    anchor: str
    what: str
    changes: tuple[Changes, ...]


class CompilationView:
    """A compilation, made ready for a page."""

    def __init__(
        self, compilation: Compilation, profile: Profile, short: Mapping[str, str] | None = None
    ) -> None:
        self.compilation = compilation
        self.profile = profile
        self.short = short or {}
        self._anchors = addresses(compilation.base.paragraphs)
        self._places = places(compilation.base)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The compiled text, in order."""
        return tuple(self._rows())

    def _rows(self) -> Iterator[Row]:
        beside = 0
        for rendered in render(self.compilation, self.profile, self.short):
            if rendered.kind is RenderedKind.BASE:
                collated = self.compilation.paragraphs[rendered.place]
                yield Row(rendered, self._anchors[rendered.place], collated.is_conflict)
                continue
            beside += 1
            yield Row(rendered, f"beside-{beside}")

    def address(self, index: int) -> str:
        """Return the address of a paragraph of the base."""
        return self._anchors[index]

    def place(self, index: int) -> Place:
        """Return where a paragraph of the base stands."""
        return self._places[index]

    @cached_property
    def sections(self) -> tuple[tuple[Row | None, tuple[Row, ...]], ...]:
        """The headings with the open paragraphs under each; None for what stands before the first."""
        found: list[tuple[Row | None, list[Row]]] = [(None, [])]
        for row in self.rows:
            if row.is_head and row.rendered.kind is RenderedKind.BASE:
                found.append((row, []))
            if row.is_listed:
                found[-1][1].append(row)
        return tuple((head, tuple(rows)) for head, rows in found if rows)

    @cached_property
    def matrix(self) -> tuple[MatrixRow, ...]:
        """The open paragraphs by delegation."""
        return tuple(self.matrix_of(self.rows))

    def matrix_of(self, rows: Iterable[Row]) -> Iterator[MatrixRow]:
        """Yield those of some rows that are open, by delegation, with what is put in their stead."""
        for row in rows:
            is_base = row.rendered.kind is RenderedKind.BASE
            if is_base and self.compilation.paragraphs[row.rendered.place].is_open:
                done = _doings(self.compilation.paragraphs[row.rendered.place])
                cells = tuple(done.get(name, ()) for name in self.compilation.delegations)
                readings = sum(map(len, cells))
            elif row.rendered.kind is RenderedKind.NEW:
                version = self._new[row.anchor]
                doing = Doing("new" if version.moved_from is None else "moved")
                cells = tuple(
                    (doing,) if name in version.delegations else () for name in self.compilation.delegations
                )
                readings = 1
            else:
                continue
            yield MatrixRow(self.label(row), row.anchor, readings, cells, row.rendered.moved)

    def version(self, row: Row) -> Version | None:
        """Return what a row puts at its place as a paragraph of its own; None for all other rows."""
        return self._new.get(row.anchor)

    @cached_property
    def _new(self) -> dict[str, Version]:
        versions = [v for additions in self.compilation.additions for a in additions for v in a.versions]
        rows = [row for row in self.rows if row.rendered.kind is RenderedKind.NEW]
        return {row.anchor: version for row, version in zip(rows, versions, strict=True)}

    def label(self, row: Row) -> str:
        """Return what a row is called wherever it is named."""
        rendered = row.rendered
        if rendered.kind is RenderedKind.BASE:
            return self._name(rendered.place)
        if rendered.moved and (moved := self._new[row.anchor].moved_from) is not None:
            return self._name(moved)
        if not rendered.label:
            return f"“{excerpt(rendered.like.text)}”"
        return f"{self._above(rendered)}{rendered.label}"

    def label_in_section(self, row: Row) -> str:
        """Return what a row is called where the heading of its section is known."""
        name, head = self.label(row), self._head(row.rendered)
        return name.removeprefix(f"{head} ") if head else name

    def _name(self, index: int) -> str:
        place = self._places[index]
        return f"PP{place.number}" if place.form is Form.PREAMBULAR else place.full_name

    def _above(self, rendered: Rendered) -> str:
        """Return the labels of what a paragraph stands under that is not of the base, as those beside it."""
        paragraphs = self.compilation.base.paragraphs
        beside = range(rendered.place - (rendered.kind is RenderedKind.NEW), rendered.place + 1)
        for index in beside:
            like = paragraphs[index] if 0 <= index < len(paragraphs) else None
            if like is not None and like.label and like.level == rendered.like.level:
                return self._places[index].full_name.removesuffix(like.label)
        return ""

    def _head(self, rendered: Rendered) -> str:
        """Return the label of the heading above a row."""
        paragraphs = self.compilation.base.paragraphs
        index = min(rendered.place, len(paragraphs) - 1) - (rendered.kind is RenderedKind.NEW)
        above = self._places[max(index, 0)].above
        heads = [paragraphs[i].label for i in above if paragraphs[i].kind in HEADS]
        return next((label for label in reversed(heads) if label), "")

    def wishes(self, delegation: str) -> tuple[Wish, ...]:
        """Return what a delegation proposes, in the order of the text."""
        proposals = proposals_of(self.compilation, delegation).proposals
        in_order = sorted(proposals, key=lambda p: p.at if (gap := gap_of(p)) is None else gap - 0.5)
        return tuple(map(self._wish, in_order))

    def _wish(self, proposal: Proposal) -> Wish:
        base = self.compilation.base.paragraphs
        return Wish(
            self._name(proposal.at),
            self._places[proposal.at],
            self._anchors[proposal.at],
            proposal.kind.value,
            tuple(_changes(proposal, base)),
        )


@lru_cache(maxsize=4096)
def _doings(collated: Collated) -> Mapping[str, tuple[Doing, ...]]:
    """Return what each delegation does in a paragraph that is open."""
    found: defaultdict[str, list[Doing]] = defaultdict(list)
    for whole in collated.wholes:
        for name in whole.delegations:
            found[name].append(Doing(_what(whole)))
    changing: defaultdict[str, list[str]] = defaultdict(list)
    for unit in collated.units:
        for reading in unit.readings:
            what = _change(unit.base, reading.text)
            for name in reading.delegations:
                changing[name].append(what)
    for name, own in changing.items():
        found[name].append(Doing(next(what for what in _CHANGES if what in own), len(own)))
    for mark in collated.marks:
        for name in mark.delegations:
            found[name].append(Doing(mark.kind.value))
    return {name: tuple(doings) for name, doings in found.items()}


_CHANGES = ("change", "cut", "retain")  # what is more comes first


def _change(old: str, new: str) -> str:
    """Return what becomes of words: who only lifts brackets wants them to stay."""
    deleted, inserted, _ = word_counts(diff(old, new))
    return "change" if inserted else "cut" if deleted else "retain"


def _what(whole: Whole) -> str:
    return "merge" if whole.kind is ProposalKind.MERGE else whole.kind.value


def _changes(proposal: Proposal, base: Sequence[Paragraph]) -> Iterator[Changes]:
    """Yield the words of a proposal with its changes, paragraph by paragraph."""
    old = base[proposal.at].text
    if proposal.kind in INSERTS:
        yield (("insert", proposal.text or ""),)
    elif proposal.kind is ProposalKind.DELETE:
        yield (("delete", old),)
    elif proposal.kind is ProposalKind.SPLIT:
        yield diff_paragraphs([old], proposal.parts)
    elif proposal.kind is ProposalKind.MERGE:
        yield diff_paragraphs([base[index].text for index in proposal.bases], [proposal.text or ""])
    elif proposal.kind in (ProposalKind.RESERVE, ProposalKind.RETAIN):
        start, end = proposal.span or (0, len(old))
        yield (("equal", old[start:end]),)
    else:
        yield diff(old, old if proposal.text is None else proposal.text)
