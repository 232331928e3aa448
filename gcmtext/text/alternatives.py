"""What else a paragraph could have become: candidates for a person who decides about a link.

The aligner weighs words, places and neighbours, and takes the best set of links. Here only words count, so
that a person sees what it passed over.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from math import log

from gcmtext.text.align.words import comparable_words
from gcmtext.text.model import Link, Paragraph

_COMMON = 40  # a word that stands in more paragraphs leads to none of them, though it counts
_LEAST = 0.2  # of the words in common, to be offered instead of another
_LEAST_TOGETHER = 0.35  # to be offered where nothing was found


@dataclass(frozen=True, slots=True)
class Candidate:
    """Paragraphs that could belong together.

    shared: the words they have in common as a share of the words of both, by rarity (Dice's coefficient).
    """

    old: tuple[int, ...]
    new: tuple[int, ...]
    shared: float


class Likeness:
    """How much the paragraphs of two texts have in common, word by word.

    A word weighs log(1 + N / n), if n of the N paragraphs hold it (Spärck Jones 1972).
    """

    def __init__(self, old: Sequence[Paragraph], new: Sequence[Paragraph]) -> None:
        self._old = [frozenset(comparable_words(p.text)) for p in old]
        self._new = [frozenset(comparable_words(p.text)) for p in new]
        held = Counter[str]()
        for words in (*self._old, *self._new):
            held.update(words)
        total = len(old) + len(new)
        self._weight = {word: log(1 + total / n) for word, n in held.items()}
        self._in_old = _index(self._old)
        self._in_new = _index(self._new)

    def shared(self, old: Iterable[int], new: Iterable[int]) -> float:
        """Return what some old and some new paragraphs have in common, from 0 to 1."""
        one = frozenset[str]().union(*(self._old[i] for i in old))
        other = frozenset[str]().union(*(self._new[j] for j in new))
        both = self._weigh(one) + self._weigh(other)
        return 2 * self._weigh(one & other) / both if both else 0.0

    def nearest_new(self, i: int, most: int, among: frozenset[int] | None = None) -> list[Candidate]:
        """Return the new paragraphs that have most in common with an old one, the best first."""
        found = _reached(self._old[i], self._in_new, among)
        return _best((Candidate((i,), (j,), self.shared((i,), (j,))) for j in found), most)

    def nearest_old(self, j: int, most: int, among: frozenset[int] | None = None) -> list[Candidate]:
        """Return the old paragraphs that have most in common with a new one, the best first."""
        found = _reached(self._new[j], self._in_old, among)
        return _best((Candidate((i,), (j,), self.shared((i,), (j,))) for i in found), most)

    def _weigh(self, words: Iterable[str]) -> float:
        return sum(map(self._weight.__getitem__, words))


def alternatives(likeness: Likeness, link: Link, most: int) -> tuple[Candidate, ...]:
    """Return what else could be linked instead of a link, the best first, `most` or fewer.

    For a split or a merger the parts alone come first: that only one of them belongs there is what is most
    often wrong with it.
    """
    parts = [(i, j) for i in link.old for j in link.new if len(link.old) + len(link.new) > 2]
    alone = _best((Candidate((i,), (j,), likeness.shared((i,), (j,))) for i, j in parts), most)
    others = [
        candidate
        for near in (
            *(likeness.nearest_new(i, most) for i in link.old),
            *(likeness.nearest_old(j, most) for j in link.new),
        )
        for candidate in near
        if not (candidate.old[0] in link.old and candidate.new[0] in link.new)
    ]
    return tuple([*alone, *_best(set(others), most)][:most])


def together(
    likeness: Likeness,
    deleted: Sequence[int],
    inserted: Sequence[int],
    apart: Set[tuple[int, int]],
    most: int,
) -> tuple[Candidate, ...]:
    """Return deleted and inserted paragraphs that could belong together, in the order of the new text.

    Each stands in one candidate, the best for both that is left. `apart`: those that do not belong together.
    """
    among = frozenset(inserted)
    near = [
        candidate
        for i in deleted
        for candidate in likeness.nearest_new(i, most, among)
        if candidate.shared >= _LEAST_TOGETHER and (i, candidate.new[0]) not in apart
    ]
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    found = []
    for candidate in _best(near, len(near)):
        if candidate.old[0] not in taken_old and candidate.new[0] not in taken_new:
            taken_old.add(candidate.old[0])
            taken_new.add(candidate.new[0])
            found.append(candidate)
    return tuple(sorted(found[:most], key=lambda candidate: candidate.new))


def _index(sides: Sequence[frozenset[str]]) -> dict[str, list[int]]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index, words in enumerate(sides):
        for word in words:
            places[word].append(index)
    return {word: found for word, found in places.items() if len(found) <= _COMMON}


def _reached(
    words: frozenset[str], index: dict[str, list[int]], among: frozenset[int] | None
) -> frozenset[int]:
    """Return the paragraphs that share a word that is not common."""
    found = frozenset(place for word in words for place in index.get(word, ()))
    return found if among is None else found & among


def _best(candidates: Iterable[Candidate], most: int) -> list[Candidate]:
    worth = [candidate for candidate in candidates if candidate.shared >= _LEAST]
    return sorted(worth, key=lambda c: (-c.shared, c.old, c.new))[:most]
