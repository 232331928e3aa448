"""A question answered over all segments of the index, as they are at one time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import accumulate
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gcmtext.search.embedded.codec import POSITION_BITS, Numbers
from gcmtext.search.embedded.segment import Segment
from gcmtext.search.engine import CIRCLE, OBJECT, Holding, holding
from gcmtext.search.question import (
    Answer,
    Dated,
    Has,
    Hit,
    Most,
    Near,
    Node,
    Order,
    Phrase,
    Question,
    Words,
    wanted,
)
from gcmtext.text.joined import All, Any, Not

Mask: TypeAlias = NDArray[np.bool_]
Scores: TypeAlias = NDArray[np.float64]

# Okapi BM25 (Robertson and Zaragoza, 2009) with the constants that everybody uses.
_SATURATION = 1.2
_LENGTH = 0.75

_MOST_KEPT_BYTES = 64 * 2**20
_MOST_CIRCLES = 64


@dataclass(frozen=True, slots=True)
class _Facet:
    """The values of a facet, in order; `entries` have the values of the same place in `codes`."""

    values: list[str]
    entries: Numbers
    codes: Numbers


class Snapshot:
    """All segments as they were after some commit; entries are numbered through."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._offsets = [0, *accumulate(segment.size for segment in segments)]
        self.size = self._offsets[-1]
        self._live = ~_concatenated([segment.deleted for segment in segments], np.bool_)
        self._facets: dict[str, _Facet] = {}
        self._seen: dict[tuple[str, ...], Mask] = {}
        self._kept: dict[Node, Numbers] = {}
        self._kept_bytes = 0

    def answer(self, question: Question) -> Answer:
        """Answer a question."""
        seen = self._seen_by(question.circles)
        found = self._matched(question.node) & seen
        filters = {name: self._matched(Has(name, values)) for name, values in question.filters}
        matched = reduce(np.logical_and, filters.values(), found)
        counts = {}
        for name in question.counted:
            others = (mask for other, mask in filters.items() if other != name)
            counts[name] = self._counts(name, reduce(np.logical_and, others, found))
        total = int(np.count_nonzero(matched))
        return Answer(
            total=total,
            objects=int(np.count_nonzero(self._tally(self.facet(OBJECT), matched))) if total else 0,
            hits=tuple(self._hits(question, np.flatnonzero(matched), seen)),
            different=len(np.unique(self._wordings[matched])) if question.once else total,
            counts=counts,
        )

    def count(self, node: Node, circles: Sequence[str]) -> int:
        """Return how many entries match that somebody of these circles may see."""
        return int(np.count_nonzero(self._matched(node) & self._seen_by(tuple(circles))))

    def objects(self) -> dict[str, Holding]:
        """Return the objects with what is held of each."""
        names = self.facet(OBJECT).values
        codes = self._object_codes[self._live]
        entries = np.bincount(codes, minlength=len(names))
        wordings = np.zeros(len(names), np.int64)
        np.add.at(wordings, codes, self._wordings[self._live])
        return {
            names[code]: holding(int(entries[code]), int(wordings[code])) for code in np.flatnonzero(entries)
        }

    def facet(self, name: str) -> _Facet:
        """Return the values of a facet over all segments."""
        if name not in self._facets:
            found = [segment.facets.get(name, []) for segment in self._segments]
            values = sorted({value for pairs in found for value, _ in pairs})
            code = {value: number for number, value in enumerate(values)}
            entries, codes = [], []
            for offset, pairs in zip(self._offsets, found, strict=False):
                for value, having in pairs:
                    entries.append(having + offset)
                    codes.append(np.full(len(having), code[value], np.int64))
            self._facets[name] = _Facet(
                values, _concatenated(entries, np.int64), _concatenated(codes, np.int64)
            )
        return self._facets[name]

    def words(self, start: str) -> list[str]:
        """Return the forms that begin with some letters, in order."""
        lists = [segment.words_from(start) for segment in self._segments]
        return lists[0] if len(lists) == 1 else sorted({word for words in lists for word in words})

    def _matched(self, node: Node) -> Mask:
        match node:
            case Words() | Phrase() | Near():
                return self._having(self._leaf(node) >> POSITION_BITS)
            case Has(name, values):
                return self._having(self._entries_with(name, values))
            case Dated(first, last):
                return (self._days >= first) & (self._days <= last) & (self._days > 0)
            case All(of):
                return reduce(np.logical_and, map(self._matched, of), np.ones(self.size, np.bool_))
            case Any(of):
                return reduce(np.logical_or, map(self._matched, of), np.zeros(self.size, np.bool_))
            case Most(of, least):
                enough: Mask = np.sum([self._matched(words) for words in of], axis=0) >= least
                return enough
            case Not(of):
                return ~self._matched(of)

    def _leaf(self, node: Words | Phrase | Near) -> Numbers:
        """Return where words, a phrase, or one of two near each other begin, in order; kept for a while."""
        found = self._kept.get(node)
        if found is None:
            found = self._near(node) if isinstance(node, Near) else self._places(node)
            if self._kept_bytes + found.nbytes > _MOST_KEPT_BYTES:
                self._kept, self._kept_bytes = {}, 0
            self._kept[node] = found
            self._kept_bytes += found.nbytes
        return found

    def _places(self, node: Words | Phrase) -> Numbers:
        """Return where words or a phrase begin, in order."""
        if isinstance(node, Words):
            return self._occurrences(node.any_of)
        rows = [(self._occurrences(words.any_of), at) for at, words in node.words]
        rows.sort(key=lambda row: len(row[0]))
        (rarest, at), *others = rows
        places = rarest - at
        for occurrences, at in others:
            places = places[_among(places + at, occurrences)]
        return places

    def _near(self, node: Near) -> Numbers:
        """Return where the first of two stands near the other, before or after it."""
        one, other = self._places(node.one), self._places(node.other)
        found = [
            places[_any_between(later, places + size, places + size - 1 + node.within)]
            for places, size, later in ((one, _size(node.one), other), (other, _size(node.other), one))
        ]
        return _merged(found)

    def _occurrences(self, terms: Iterable[str]) -> Numbers:
        found = []
        for offset, segment in zip(self._offsets, self._segments, strict=False):
            here = [one for one in map(segment.occurrences, terms) if one.size]
            if here:
                one = _merged(here)
                found.append(one + (offset << POSITION_BITS) if offset else one)
        return _concatenated(found, np.int64)

    def _entries_with(self, name: str, values: Iterable[str]) -> Numbers:
        return _concatenated(
            [
                segment.entries_with(name, value) + offset
                for offset, segment in zip(self._offsets, self._segments, strict=False)
                for value in values
            ],
            np.int64,
        )

    def _having(self, entries: Numbers) -> Mask:
        mask = np.zeros(self.size, np.bool_)
        mask[entries] = True
        return mask

    def _seen_by(self, circles: tuple[str, ...]) -> Mask:
        seen = self._seen.get(circles)
        if seen is None:
            seen = self._matched(Has(CIRCLE, circles)) & self._live
            if len(self._seen) >= _MOST_CIRCLES:
                self._seen = {}
            self._seen[circles] = seen
        return seen

    def _tally(self, facet: _Facet, matched: Mask) -> Numbers:
        return np.bincount(facet.codes[matched[facet.entries]], minlength=len(facet.values))

    def _counts(self, name: str, matched: Mask) -> dict[str, int]:
        facet = self.facet(name)
        tally = self._tally(facet, matched)
        return {facet.values[code]: int(tally[code]) for code in np.flatnonzero(tally)}

    def _hits(self, question: Question, matched: Numbers, seen: Mask) -> Iterator[Hit]:
        scores = self._scores(question.node, seen)[matched] if matched.size else np.empty(0)
        ties = self._age[matched] if question.order is Order.OLDEST else self._recency[matched]
        keys = -np.round(scores, 6) if question.order is Order.RELEVANCE else ties
        most = question.offset + question.limit
        if question.once:
            order = np.lexsort((ties, keys))
            first = np.unique(self._wordings[matched[order]], return_index=True)[1]
            chosen = order[np.sort(first)[:most]]
        else:
            chosen = _best(keys, ties, most)
        names = self.facet(OBJECT).values
        for place in chosen[question.offset :]:
            entry = matched[place]
            yield Hit(names[self._object_codes[entry]], int(self._indices[entry]), float(scores[place]))

    def _scores(self, node: Node, seen: Mask) -> Scores:
        """Return how well each entry fits, by the words that the question asks for (BM25)."""
        scores = np.zeros(self.size)
        held = max(int(np.count_nonzero(seen)), 1)
        for leaf in wanted(node):
            entries, times = _tallied(self._leaf(leaf) >> POSITION_BITS)
            having = int(np.count_nonzero(seen[entries]))
            rarity = np.log1p((held - having + 0.5) / (having + 0.5))
            scores[entries] += rarity * times * (_SATURATION + 1) / (times + self._damping[entries])
        return scores

    @cached_property
    def _days(self) -> Numbers:
        return self._column("day")

    @cached_property
    def _indices(self) -> Numbers:
        return self._column("index")

    @cached_property
    def _wordings(self) -> Numbers:
        return self._column("wording")

    @cached_property
    def _damping(self) -> Scores:
        lengths = self._column("length").astype(np.float64)
        mean = lengths.mean() if lengths.size else 1.0
        damping: Scores = _SATURATION * (1 - _LENGTH + _LENGTH * lengths / mean)
        return damping

    @cached_property
    def _object_codes(self) -> Numbers:
        facet = self.facet(OBJECT)
        codes = np.zeros(self.size, np.int64)
        codes[facet.entries] = facet.codes
        return codes

    @cached_property
    def _recency(self) -> Numbers:
        """The place of each entry from the newest to the oldest, those without a day last."""
        return _ranks((self._indices, self._object_codes, -self._days))

    @cached_property
    def _age(self) -> Numbers:
        """The place of each entry from the oldest to the newest, those without a day last."""
        return _ranks((self._indices, self._object_codes, self._days, self._days == 0))

    def _column(self, name: str) -> Numbers:
        return _concatenated([segment.column(name) for segment in self._segments], np.int64)


def _tallied(entries: Numbers) -> tuple[Numbers, Numbers]:
    """Return numbers that are in order, each once, and how often each is there."""
    if not entries.size:
        return entries, entries
    starts = np.flatnonzero(np.concatenate([[True], entries[1:] != entries[:-1]]))
    return entries[starts], np.diff(starts, append=len(entries))


def _size(node: Words | Phrase) -> int:
    return node.size if isinstance(node, Phrase) else 1


def _best(keys: NDArray[np.float64] | Numbers, ties: Numbers, most: int) -> Numbers:
    """Return the places of the `most` smallest keys, in order; of equal keys, those of smaller ties."""
    if most <= 0 or not len(keys):
        return np.empty(0, np.int64)
    if most < len(keys):
        limit = np.partition(keys, most - 1)[most - 1]
        under = np.flatnonzero(keys < limit)
        at = np.flatnonzero(keys == limit)
        wanted = most - len(under)
        if wanted < len(at):
            at = at[np.argpartition(ties[at], wanted - 1)[:wanted]]
        places = np.concatenate([under, at])
    else:
        places = np.arange(len(keys))
    return places[np.lexsort((ties[places], keys[places]))]


def _ranks(keys: tuple[NDArray[np.int64] | Mask, ...]) -> Numbers:
    order = np.lexsort(keys)
    ranks = np.empty(len(order), np.int64)
    ranks[order] = np.arange(len(order))
    return ranks


def _among(wanted: Numbers, held: Numbers) -> Mask:
    """Return which numbers are among others, which are in order."""
    if not held.size:
        return np.zeros(len(wanted), np.bool_)
    places = np.searchsorted(held, wanted)
    places[places == len(held)] = 0
    found: Mask = held[places] == wanted
    return found


def _any_between(held: Numbers, first: Numbers, last: Numbers) -> Mask:
    """Return for which pairs of bounds one of the numbers held, which are in order, lies between them."""
    return np.searchsorted(held, first) < np.searchsorted(held, last, side="right")


def _merged(parts: list[Numbers]) -> Numbers:
    """Return several sorted arrays as one, each number once."""
    if len(parts) == 1:
        return parts[0]
    together = np.sort(np.concatenate(parts), kind="stable")
    return together[np.concatenate([[True], together[1:] != together[:-1]])] if together.size else together


def _concatenated(parts: Sequence[NDArray[np.generic]], kind: type) -> NDArray:  # type: ignore[type-arg]
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.empty(0, kind)
