"""Fingerprints of a text, by which wording is found again in a large collection.

Winnowing (Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for document fingerprinting", SIGMOD
2003): of every WINDOW neighbouring shingles of SHINGLE words the one with the least hash is kept. Which one
that is depends on these words alone, so two texts that share GUARANTEED words in a row have a fingerprint in
common, wherever the words stand in either. About two in five shingles are kept.

A word is one of `gcmtext.text.tokens` as `fold` has it: case, forms of quotation marks and Arabic vowel marks
do not count, signs and white space between words do not either. A Chinese character is a word.

Hashes are the same in every process and on every machine: they are stored.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from gcmtext.text.tokens import fold, is_word, tokens

VERSION = "fingerprint 1"
"""Part of the key of all that is kept of it: raised whenever the same text may give other fingerprints."""

SHINGLE = 5
WINDOW = 4
GUARANTEED = SHINGLE + WINDOW - 1
"""The words in a row that two texts must share to be sure of a common fingerprint."""

BESIDE = WINDOW - 1
"""The words on either side of a shingle that a fingerprint knows of: no run goes on further unnoticed."""

_PRIME = 2**61 - 1
_BASE = 1_099_511_628_211
_TOP = pow(_BASE, SHINGLE - 1, _PRIME)
_BYTE = 8
_KNOWN_WORDS = 2**17


class Fingerprint(NamedTuple):
    """A shingle that was kept.

    hash: of its words, below 2**61. at: the place of its first word among the words of the text.
    beside: a byte each, never 0, of the words before it, from the nearest one, then of those behind it, the
        nearest first, from the lowest byte up; 0 where the text ends.
    """

    hash: int
    at: int
    beside: int


@dataclass(frozen=True, slots=True)
class Words:
    """A text as words.

    numbers: equal where the words are the same. spans: where each stands, in characters. folded: see `fold`.
    """

    numbers: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    folded: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.numbers)


def read_words(text: str) -> Words:
    """Return the words of a text with their places."""
    spans = []
    folded = []
    place = 0
    for token in tokens(text):
        end = place + len(token)
        if is_word(token):
            spans.append((place, end))
            folded.append(_fold(token))
        place = end
    return Words(tuple(map(_number, folded)), tuple(spans), tuple(folded))


def fingerprints(numbers: Sequence[int]) -> list[Fingerprint]:
    """Return the fingerprints of a text, given as the numbers of its words, in order.

    A text of fewer words than a shingle has none; one of fewer than GUARANTEED has one.
    """
    hashes = _shingles(numbers)
    return [Fingerprint(hashes[at], at, beside(numbers, at)) for at in _least(hashes)]


def beside(numbers: Sequence[int], at: int) -> int:
    """Return what a fingerprint at a place knows of the words beside it."""
    found = 0
    before = numbers[max(at - BESIDE, 0) : at][::-1]
    behind = numbers[at + SHINGLE : at + SHINGLE + BESIDE]
    for n, number in enumerate(before):
        found |= (number % 255 + 1) << (_BYTE * n)
    for n, number in enumerate(behind, BESIDE):
        found |= (number % 255 + 1) << (_BYTE * n)
    return found


def _shingles(numbers: Sequence[int]) -> list[int]:
    """Return the hash of each shingle (Karp and Rabin 1987)."""
    found = []
    value = 0
    for n, number in enumerate(numbers):
        if n >= SHINGLE:
            value -= numbers[n - SHINGLE] * _TOP
        value = (value * _BASE + number) % _PRIME
        if n >= SHINGLE - 1:
            found.append(value)
    return found


def _least(hashes: Sequence[int]) -> Iterator[int]:
    """Yield the place of the least hash of each window, once; of equal ones the last."""
    kept = -1
    for end in range(min(WINDOW, len(hashes)), len(hashes) + 1 if hashes else 0):
        start = max(end - WINDOW, 0)
        if kept < start:
            kept = min(range(start, end), key=lambda place: (hashes[place], -place))
            yield kept
        elif hashes[end - 1] <= hashes[kept]:
            kept = end - 1
            yield kept


@lru_cache(_KNOWN_WORDS)
def _fold(word: str) -> str:
    return fold(word)


@lru_cache(_KNOWN_WORDS)
def _number(folded: str) -> int:
    return int.from_bytes(blake2b(folded.encode(), digest_size=8).digest(), "big") % _PRIME
