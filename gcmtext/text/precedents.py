"""What of a text stands word for word in texts that are held, and which of those it is nearest to.

    stretches(text, prints, postings)  every run of words that a held text has as well, as fingerprints tell
    cover(stretches)                   the fewest of them that cover all that can be covered
    exactly(stretch, text, held)       the same, checked word by word
    likeness(prints, postings, total)  how much of what is rare in the text the held ones share
    similarity(text, held)             how many of their words two texts have in common

Held texts are numbers here; where their words are kept is no matter of this module.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import NamedTuple, TypeAlias

from gcmtext.text.fingerprint import BESIDE, SHINGLE, Fingerprint, Words
from gcmtext.text.tokens import is_character

LEAST = 16
"""The half words that make a run: eight words, or sixteen characters, since a Chinese word has about two."""

_RARE = 200
_MOST_PAIRS = 20_000
_BYTE = 8
_MASK = (1 << _BYTE) - 1


class Posting(NamedTuple):
    """A fingerprint of a held text: which text, and `at` and `beside` of the fingerprint."""

    held: int
    at: int
    beside: int


Postings: TypeAlias = Mapping[int, Sequence[Posting]]
"""The postings of each hash that was asked for; a hash that no held text has may be missing."""


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """Words from `start` to before `end` that stand in the held text from its word `start` + `shift` on.

    anchor: a word of them that is sure to be part of it, if any of it is.
    """

    start: int
    end: int
    held: int
    shift: int
    anchor: int


def stretches(text: Words, prints: Sequence[Fingerprint], postings: Postings) -> list[Stretch]:
    """Return the runs of a text that held texts share, those that are long enough to count.

    Each is as long as it can be. None of those that exist is missing. Their ends are told by one byte a word:
    one in 255 is a word too long at one end, which `exactly` finds. Of words that a text repeats very often,
    and held texts too, only the held texts of the smallest numbers are told, so that the work stays in
    proportion to the length of the text.
    """
    on_diagonal: defaultdict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    bounded = _bounded(prints, postings)
    for number, (hash_, at, _) in enumerate(prints):
        for held, there, beside in bounded.get(hash_, ()):
            on_diagonal[held, there - at].append((number, beside))
    found = []
    lengths = _lengths(text.folded)
    for (held, shift), hits in on_diagonal.items():
        first = last = hits[0]
        for hit in [*hits[1:], None]:
            # Neighbouring fingerprints overlap: where both are in both texts, so are the words between.
            if hit is not None and hit[0] == last[0] + 1:
                last = hit
                continue
            start, end = _ends(text, prints[first[0]], first[1], prints[last[0]], last[1])
            if lengths[end] - lengths[start] >= LEAST:
                found.append(Stretch(start, end, held, shift, prints[first[0]].at))
            if hit is not None:
                first = last = hit
    return found


def _bounded(prints: Sequence[Fingerprint], postings: Postings) -> Postings:
    """Return the postings that are looked at: of each hash as many as its pairs of places allow."""
    bounded = dict(postings)
    for hash_, times in Counter(print_.hash for print_ in prints).items():
        most = max(_MOST_PAIRS // times, 1)
        if len(postings.get(hash_, ())) > most:
            bounded[hash_] = sorted(postings[hash_])[:most]
    return bounded


def cover(found: Iterable[Stretch]) -> list[tuple[Stretch, ...]]:
    """Return the fewest runs that cover every word that any of them covers, in order.

    Exact: at the first word that is not covered yet, the run that reaches farthest; of those the one that
    begins first. Each is given with all that have the same beginning and end, for it stands in each of their
    held texts. Neighbours may overlap.
    """
    by_place: defaultdict[tuple[int, int], list[Stretch]] = defaultdict(list)
    for stretch in found:
        by_place[stretch.start, stretch.end].append(stretch)
    places = sorted(by_place)
    chosen: list[tuple[int, int]] = []
    covered = 0
    n = 0
    while n < len(places):
        covered = max(covered, places[n][0])
        best: tuple[int, int] | None = None
        while n < len(places) and places[n][0] <= covered:
            if places[n][1] > covered and (best is None or places[n][1] > best[1]):
                best = places[n]
            n += 1
        if best is not None:
            chosen.append(best)
            covered = best[1]
            # What begins inside it may reach farther.
            n = bisect_right(places, best)
    return [tuple(sorted(by_place[place])) for place in chosen]


def exactly(stretch: Stretch, text: Words, held: Words) -> Stretch | None:
    """Return a run with its true ends; None if not even one word of it stands in the held text there."""
    numbers, others, shift = text.numbers, held.numbers, stretch.shift
    start = end = stretch.anchor
    while end < len(numbers) and 0 <= end + shift < len(others) and numbers[end] == others[end + shift]:
        end += 1
    while start > 0 < start + shift and numbers[start - 1] == others[start - 1 + shift]:
        start -= 1
    return Stretch(start, end, stretch.held, shift, stretch.anchor) if end > stretch.anchor else None


def is_long_enough(stretch: Stretch, text: Words) -> bool:
    """Return whether a run has as many words as a run must have to count."""
    words = text.folded[stretch.start : stretch.end]
    return len(words) >= LEAST or _lengths(words)[-1] >= LEAST


def likeness(prints: Sequence[Fingerprint], postings: Postings, total: int) -> dict[int, float]:
    """Return how much of the rare shingles of a text each held text has, in nats, and only if it has any.

    Each shingle weighs log(1 + total / n), where n of the `total` held texts have it (Spärck Jones 1972);
    those in very many are passed over.
    """
    found: defaultdict[int, float] = defaultdict(float)
    for hash_ in {print_.hash for print_ in prints}:
        holding = {posting.held for posting in postings.get(hash_, ())[: _RARE + 1]}
        if 0 < len(holding) <= _RARE:
            weight = log(1 + total / len(holding))
            for held in holding:
                found[held] += weight
    return dict(found)


def similarity(text: Words, held: Words) -> float:
    """Return the share of words that two texts have in common, of both (Dice's coefficient), from 0 to 1."""
    if not text or not held:
        return 0.0
    shared = (Counter(text.numbers) & Counter(held.numbers)).total()
    return 2 * shared / (len(text) + len(held))


def coverage(text: Words, found: Iterable[Stretch]) -> float:
    """Return the share of the words of a text that stand in runs, from 0 to 1."""
    covered = {n for stretch in found for n in range(stretch.start, stretch.end)}
    return len(covered) / len(text) if text else 0.0


def _lengths(words: Sequence[str]) -> list[int]:
    """Return how many half words stand before each word, and before the end."""
    found = [0]
    for word in words:
        found.append(found[-1] + (1 if is_character(word) else 2))
    return found


def _ends(
    text: Words, first: Fingerprint, beside_first: int, last: Fingerprint, beside_last: int
) -> tuple[int, int]:
    """Return where a run begins and ends whose first and last fingerprints are known."""
    differing = first.beside ^ beside_first
    before = 0
    while before < BESIDE and not differing & _MASK << (_BYTE * before):
        before += 1
    differing = last.beside ^ beside_last
    behind = 0
    while behind < BESIDE and not differing & _MASK << (_BYTE * (BESIDE + behind)):
        behind += 1
    return max(first.at - before, 0), min(last.at + SHINGLE + behind, len(text))
