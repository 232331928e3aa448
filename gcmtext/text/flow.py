"""How the sections of a text flow from one revision into those of the next: what a drawing of it shows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from gcmtext.text.compare import Comparison, is_edited
from gcmtext.text.model import Changes, Document, LinkKind
from gcmtext.text.sections import Section, sections
from gcmtext.text.tokens import words

VERSION = "1"  # changes with whatever changes the result
MOST_BANDS = 24
_LITTLE, _MUCH = 0.1, 0.4  # shares of words that are new or gone
_PART = 0.15  # a section is split or merged if each part has this share of its words


class Degree(StrEnum):
    """How much of what flows from one section into another was changed, by its words."""

    SAME = "same"
    LITTLE = "little"
    EDITED = "edited"
    REWRITTEN = "rewritten"


@dataclass(frozen=True, slots=True)
class Band:
    """A section of one revision, and how many words it has."""

    section: Section
    words: int


@dataclass(frozen=True, slots=True)
class Ribbon:
    """What flows from one section into one of the next revision.

    old, new: which bands. old_words, new_words: their words on either side; where paragraphs are split or
        merged over sections, their words are shared out.
    paragraphs: how many of the new section have come this way, wholly or in part.
    changed: the share of the words of both sides that are new or gone.
    is_moved: whether most of it has left the order of the text.
    moved, split, merged: links of that kind.
    first: the first new paragraph in which something differs; the first of all if nothing does.
    """

    old: int
    new: int
    old_words: float
    new_words: float
    paragraphs: int
    changed: float
    is_moved: bool
    moved: int
    split: int
    merged: int
    first: int

    @property
    def degree(self) -> Degree:
        """How much was changed."""
        if self.changed == 0:
            return Degree.SAME
        if self.changed < _LITTLE:
            return Degree.LITTLE
        return Degree.EDITED if self.changed < _MUCH else Degree.REWRITTEN


@dataclass(frozen=True, slots=True)
class Loose:
    """What a section has that flows nowhere, or from nowhere: its paragraphs and words, and the first one."""

    band: int
    paragraphs: int
    words: int
    first: int


@dataclass(frozen=True, slots=True)
class Flow:
    """How the sections of one revision flow into those of the next.

    ribbons: by old band, then by new band. deleted, inserted: by band.
    splits: the old bands, and merges: the new bands, that have several considerable ribbons in order.
    """

    old: tuple[Band, ...]
    new: tuple[Band, ...]
    ribbons: tuple[Ribbon, ...]
    deleted: tuple[Loose, ...]
    inserted: tuple[Loose, ...]

    @property
    def splits(self) -> frozenset[int]:
        """The old bands of which several considerable parts went different ways, in order."""
        return _several((r.old, r.old_words) for r in self.ribbons if not r.is_moved)

    @property
    def merges(self) -> frozenset[int]:
        """The new bands into which considerable parts of several came, in order."""
        return _several((r.new, r.new_words) for r in self.ribbons if not r.is_moved)


def flow(comparison: Comparison, most: int = MOST_BANDS) -> Flow:
    """Return how the sections of the old text flow into those of the new, `most` or fewer on either side."""
    old, new = (_Side.of(text, most) for text in (comparison.old, comparison.new))
    strands: defaultdict[tuple[int, int], _Strand] = defaultdict(_Strand)
    for link, changes in zip(comparison.alignment.links, comparison.changes, strict=True):
        old_total = sum(old.words[i] for i in link.old) or 1
        new_total = sum(new.words[j] for j in link.new) or 1
        changed = _changed(changes)
        touched = {(old.band[i], new.band[j]) for i in link.old for j in link.new}
        for pair in touched:
            strand = strands[pair]
            old_share = sum(old.words[i] for i in link.old if old.band[i] == pair[0]) / old_total
            new_share = sum(new.words[j] for j in link.new if new.band[j] == pair[1]) / new_total
            strand.add(link.kind, old_total * old_share * new_share, new_total * old_share * new_share)
            strand.changed += changed * old_share * new_share
            arrived = [j for j in link.new if new.band[j] == pair[1]]
            strand.arrived.update(arrived)
            if link.kind != LinkKind.SAME and (is_edited(changes) or link.kind != LinkKind.EDITED):
                strand.differing.update(arrived)
    return Flow(
        old.bands,
        new.bands,
        tuple(strands[pair].ribbon(*pair) for pair in sorted(strands)),
        old.loose(comparison.alignment.deleted),
        new.loose(comparison.alignment.inserted),
    )


def bands(document: Document, most: int = MOST_BANDS) -> tuple[Band, ...]:
    """Return the sections of a text with their words, `most` or fewer."""
    return _Side.of(document, most).bands


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two texts: the words of each paragraph, the band in which it stands, and the bands."""

    words: Sequence[int]
    band: Sequence[int]
    bands: tuple[Band, ...]

    @classmethod
    def of(cls, document: Document, most: int) -> "_Side":
        counts = [len(words(paragraph.text)) for paragraph in document.paragraphs]
        found = sections(document.paragraphs, most)
        band = [number for number, s in enumerate(found) for _ in range(s.start, s.stop)]
        return cls(counts, band, tuple(Band(s, sum(counts[s.start : s.stop])) for s in found))

    def loose(self, indices: Iterable[int]) -> tuple[Loose, ...]:
        held: defaultdict[int, list[int]] = defaultdict(list)
        for index in indices:
            held[self.band[index]].append(index)
        return tuple(
            Loose(band, len(found), sum(self.words[i] for i in found), found[0])
            for band, found in sorted(held.items())
        )


@dataclass(slots=True)
class _Strand:
    """A ribbon that is being gathered."""

    old_words: float = 0.0
    new_words: float = 0.0
    moved_words: float = 0.0
    changed: float = 0.0
    kinds: defaultdict[LinkKind, int] = field(default_factory=lambda: defaultdict(int))
    arrived: set[int] = field(default_factory=set)
    differing: set[int] = field(default_factory=set)

    def add(self, kind: LinkKind, old_words: float, new_words: float) -> None:
        self.kinds[kind] += 1
        self.old_words += old_words
        self.new_words += new_words
        self.moved_words += old_words + new_words if kind == LinkKind.MOVED else 0

    def ribbon(self, old: int, new: int) -> Ribbon:
        total = self.old_words + self.new_words
        return Ribbon(
            old=old,
            new=new,
            old_words=round(self.old_words, 1),
            new_words=round(self.new_words, 1),
            paragraphs=len(self.arrived),
            changed=round(self.changed / total, 4) if total else 0.0,
            is_moved=2 * self.moved_words > total,
            moved=self.kinds[LinkKind.MOVED],
            split=self.kinds[LinkKind.SPLIT],
            merged=self.kinds[LinkKind.MERGED],
            first=min(self.differing or self.arrived),
        )


def _changed(changes: Changes) -> int:
    return sum(len(words(text)) for operation, text in changes if operation != "equal")


def _several(weights: Iterable[tuple[int, float]]) -> frozenset[int]:
    """Return the bands that have two weights or more that are a considerable part of their sum."""
    found: defaultdict[int, list[float]] = defaultdict(list)
    for band, weight in weights:
        found[band].append(weight)
    return frozenset(
        band for band, parts in found.items() if sum(part > _PART * sum(parts) for part in parts) > 1
    )
