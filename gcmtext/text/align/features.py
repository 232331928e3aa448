"""What of a paragraph is compared: its words and pairs of neighbouring words, weighted by rarity.

Everything is a number: a word is its place in the vocabulary of both texts, a pair of words is
`vocabulary * (first + 1) + second`. The weight of a feature is log(1 + N / n), where n of the N paragraphs
hold it: about the evidence, in nats, that sharing it gives (Spärck Jones 1972).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, count, pairwise
from math import log

from gcmtext.text.align.words import comparable_words
from gcmtext.text.model import Paragraph


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts. words: of each paragraph, in order; key: equal where the words are equal."""

    paragraphs: Sequence[Paragraph]
    words: list[tuple[int, ...]]
    key: list[int]

    def __len__(self) -> int:
        return len(self.paragraphs)


@dataclass(frozen=True, slots=True)
class Half:
    """The features of the paragraphs of one side that are to be compared, by index, and their weights."""

    features: dict[int, frozenset[int]]
    weight: dict[int, float]
    words_weight: dict[int, float]


@dataclass(frozen=True, slots=True)
class Similarity:
    """How much two paragraphs share, by weight.

    kept: share of the old features that stand in the new paragraph. drawn: share of the new ones that stand
    in the old. dice: their harmonic mean (Dice's coefficient). words: the same of the words alone.
    shared: weight of all that is shared, in features that stand in one paragraph only.
    """

    kept: float
    drawn: float
    dice: float
    words: float
    shared: float


_NOTHING = Similarity(0.0, 0.0, 0.0, 0.0, 0.0)


class Features:
    """The features of chosen paragraphs of two texts.

    weight: of each feature, in nats. rarest: of a feature that stands in one paragraph only.
    """

    def __init__(self, old: Side, new: Side, chosen_old: Sequence[int], chosen_new: Sequence[int]) -> None:
        in_paragraphs = Counter(chain.from_iterable(map(set, chain(old.words, new.words))))
        vocabulary = len(in_paragraphs)
        sets_old = {i: _features(old.words[i], vocabulary) for i in chosen_old}
        sets_new = {j: _features(new.words[j], vocabulary) for j in chosen_new}
        count = Counter(chain.from_iterable(chain(sets_old.values(), sets_new.values())))
        total = len(old) + len(new)
        self.rarest = log(1 + total)
        weight_of = [0.0, *(log(1 + total / n) for n in range(1, total + 1))]
        self.weight = {f: weight_of[in_paragraphs[f] if f < vocabulary else n] for f, n in count.items()}
        self.old = self._half(old, sets_old)
        self.new = self._half(new, sets_new)
        self._words = old.words, new.words
        self._known: dict[tuple[int, int], Similarity] = {}

    def _half(self, side: Side, sets: dict[int, frozenset[int]]) -> Half:
        weight = {x: self.weigh(features) for x, features in sets.items()}
        return Half(sets, weight, {x: self.weigh(set(side.words[x])) for x in sets})

    def weigh(self, features: Iterable[int]) -> float:
        """Return the weight of distinct features, in nats."""
        return sum(map(self.weight.__getitem__, features))

    def similarity(self, i: int, j: int) -> Similarity:
        """Return how much old paragraph i and new paragraph j share."""
        known = self._known.get((i, j))
        if known is None:
            known = self._known[i, j] = self._compare(i, j)
        return known

    def _compare(self, i: int, j: int) -> Similarity:
        both = self.old.features[i] & self.new.features[j]
        if not both:
            return _NOTHING
        shared = self.weigh(both)
        words = self.weigh(set(self._words[0][i]).intersection(self._words[1][j]))
        old, new = self.old.weight[i], self.new.weight[j]
        return Similarity(
            kept=shared / old,
            drawn=shared / new,
            dice=2 * shared / (old + new),
            words=2 * words / (self.old.words_weight[i] + self.new.words_weight[j]),
            shared=shared / self.rarest,
        )


def read_sides(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> tuple[Side, Side]:
    """Return both texts as numbers from one vocabulary."""
    vocabulary: defaultdict[str, int] = defaultdict(count().__next__)
    keys: defaultdict[object, int] = defaultdict(count().__next__)

    def side(paragraphs: Sequence[Paragraph]) -> Side:
        words = [tuple(map(vocabulary.__getitem__, comparable_words(p.text))) for p in paragraphs]
        return Side(paragraphs, words, [keys[w or p.text] for w, p in zip(words, paragraphs, strict=True)])

    return side(old), side(new)


def _features(words: tuple[int, ...], vocabulary: int) -> frozenset[int]:
    pairs = [vocabulary * (a + 1) + b for a, b in pairwise(words)]
    return frozenset(words).union(pairs)
