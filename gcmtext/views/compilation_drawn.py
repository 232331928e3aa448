"""A compilation from above: where the amendments are, who proposed what, where positions meet."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt

from gcmtext.text.addresses import addresses
from gcmtext.text.collate import Compilation, in_order
from gcmtext.text.model import HEADS, Paragraph
from gcmtext.text.places import Place, places
from gcmtext.text.sections import sections
from gcmtext.text.tokens import words

HEIGHT = 18
"""How high the bar of the paragraph is on which most is proposed, in units of the drawing."""

SIDE = 14.0
"""The side of the greatest square."""

_MOST_SECTIONS = 24
_LEAST = 3.0  # what is smaller could not be seen


@dataclass(frozen=True, slots=True)
class Cell:
    """A paragraph on the map. amendments: how many are on it; bar: how high that is drawn, 0 for none."""

    index: int
    place: Place
    address: str
    amendments: int
    is_contested: bool
    bar: int


@dataclass(frozen=True, slots=True)
class Strip:
    """A section on the map. start: its first paragraph; head: its heading, None before the first."""

    start: int
    head: Paragraph | None
    cells: tuple[Cell, ...]

    @property
    def amendments(self) -> int:
        """How many amendments are on its paragraphs."""
        return sum(cell.amendments for cell in self.cells)

    @property
    def open(self) -> int:
        """On how many of its paragraphs there are any."""
        return sum(cell.amendments > 0 for cell in self.cells)

    @property
    def contested(self) -> int:
        """How many of its paragraphs are contested."""
        return sum(cell.is_contested for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Share:
    """How much a delegation proposes in each section, in their order. sides: of the squares that say so."""

    delegation: str
    counts: tuple[int, ...]
    sides: tuple[float, ...]

    @property
    def total(self) -> int:
        """How much it proposes in all."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Shared:
    """Words that several delegations propose alike. base: those in whose place they are to stand."""

    index: int
    place: Place
    address: str
    base: str
    words: str
    delegations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meets:
    """Where positions meet.

    names: the delegations that propose words alike with another. counts: for each of them, with each of
    them, how often; sides: of the squares that say so. shared: the words, those of most delegations first.
    """

    names: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    sides: tuple[tuple[float, ...], ...]
    shared: tuple[Shared, ...]


def strips(compilation: Compilation, amended: Iterable[int]) -> tuple[Strip, ...]:
    """Return a map of the text, a strip for each section; `amended`: a paragraph for each amendment on it."""
    paragraphs = compilation.base.paragraphs
    counts = Counter(amended)
    most = max(counts.values(), default=1)
    named, known_as = places(compilation.base), addresses(paragraphs)
    return tuple(
        Strip(
            part.start,
            paragraphs[part.heads[0]] if part.heads else None,
            tuple(
                Cell(
                    index,
                    named[index],
                    known_as[index],
                    counts[index],
                    compilation.paragraphs[index].is_conflict,
                    round(max(_LEAST, HEIGHT * counts[index] / most)) if counts[index] else 0,
                )
                for index in range(part.start, part.stop)
                if paragraphs[index].kind not in HEADS or counts[index]
            ),
        )
        for part in sections(paragraphs, _MOST_SECTIONS)
    )


def shares(found: Sequence[Strip], spoken: Iterable[tuple[str, int]]) -> tuple[Share, ...]:
    """Return who proposed how much where: those who proposed most come first.

    `spoken`: for each amendment the delegation and the paragraph.
    """
    section_of: Mapping[int, int] = {
        cell.index: number for number, strip in enumerate(found) for cell in strip.cells
    }
    counts: Counter[tuple[str, int]] = Counter((name, section_of[index]) for name, index in spoken)
    most = max(counts.values(), default=1)
    names = in_order(name for name, _ in counts)
    rows = [tuple(counts[name, number] for number in range(len(found))) for name in names]
    drawn = [
        Share(name, row, tuple(_side(count, most) for count in row))
        for name, row in zip(names, rows, strict=True)
    ]
    return tuple(sorted(drawn, key=lambda share: -share.total))


def meets(compilation: Compilation) -> Meets:
    """Return where delegations propose the same words in the same place, and which."""
    shared = tuple(sorted(_shared(compilation), key=lambda s: (-len(s.delegations), s.index)))
    pairs: Counter[tuple[str, str]] = Counter()
    for one in shared:
        pairs.update(combinations(one.delegations, 2))
        pairs.update((b, a) for a, b in combinations(one.delegations, 2))
    names = in_order(name for pair in pairs for name in pair)
    most = max(pairs.values(), default=1)
    counts = tuple(tuple(pairs[one, other] for other in names) for one in names)
    return Meets(names, counts, tuple(tuple(_side(count, most) for count in row) for row in counts), shared)


def _shared(compilation: Compilation) -> Iterator[Shared]:
    named, known_as = places(compilation.base), addresses(compilation.base.paragraphs)
    for collated in compilation.paragraphs:
        index = collated.base.index
        where = (index, named[index], known_as[index])
        for unit in collated.units:
            for reading in unit.readings:
                # Who only lifts brackets proposes no words.
                if len(reading.delegations) > 1 and words(unit.base + reading.text):
                    yield Shared(*where, unit.base, reading.text, reading.delegations)
        for whole in collated.wholes:
            # What is merged stands where it is to stand, once.
            if len(whole.delegations) > 1 and whole.at in (None, index):
                yield Shared(*where, collated.base.text, "\n".join(whole.parts), whole.delegations)
    for gap, additions in enumerate(compilation.additions):
        index = min(gap, len(known_as) - 1)
        for addition in additions:
            for version in addition.versions:
                if len(version.delegations) > 1 and version.moved_from is None:
                    where = (index, named[index], known_as[index])
                    yield Shared(*where, "", version.text, version.delegations)


def _side(count: int, most: int) -> float:
    """Return the side of a square whose area is as great as a number."""
    return round(max(_LEAST, SIDE * sqrt(count / most)), 1) if count else 0.0
