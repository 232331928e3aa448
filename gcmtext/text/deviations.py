"""Deviations from agreed language that have a name: shall became should, "as appropriate" was added."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from gcmtext.text.deviation_terms import TERMS, Family
from gcmtext.text.fingerprint import Words, read_words
from gcmtext.text.model import Changes

_Term = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Deviation:
    """One difference. agreed, here: the words in either text, as they stand; "" for what is in one only."""

    family: Family
    agreed: str
    here: str


def deviations(changes: Changes, language: str) -> tuple[Deviation, ...]:
    """Return what of the changes from an agreed text to another has a name in a language, in order.

    A term counts where any of its words is changed, and where terms are half of what is changed in a place or
    more. Languages that have no terms have no names.
    """
    tag = language.partition("-")[0].lower()
    families = TERMS.get(tag, {})
    agreed = "".join(text for operation, text in changes if operation != "insert")
    here = "".join(text for operation, text in changes if operation != "delete")
    old, new = (_named(text, tag) for text in (agreed, here))
    found: list[Deviation] = []
    for spot in _spots(changes):
        sides = [_within(*side, part) for side, part in zip((old, new), spot, strict=True)]
        for family, gone, come in zip(families, *sides, strict=True):
            found.extend(_paired(family, gone, come))
    return tuple(found)


def _spots(changes: Changes) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield where the agreed text and where the other differ, place by place, in characters."""
    old = new = 0
    old_start = new_start = 0
    for operation, text in (*changes, ("equal", "")):
        if operation == "equal":
            if (old_start, new_start) != (old, new):
                yield (old_start, old), (new_start, new)
            old += len(text)
            new += len(text)
            old_start, new_start = old, new
        elif operation == "delete":
            old += len(text)
        else:
            new += len(text)


def _paired(family: Family, gone: list[str], come: list[str]) -> Iterator[Deviation]:
    """Yield the terms of one place side by side, those that both texts have left out."""
    for term in list(gone):
        same = next((other for other in come if other.casefold() == term.casefold()), None)
        if same is not None:
            gone.remove(term)
            come.remove(same)
    for n in range(max(len(gone), len(come))):
        yield Deviation(family, gone[n] if n < len(gone) else "", come[n] if n < len(come) else "")


def _within(words: Words, terms: Sequence[list[_Term]], spot: tuple[int, int]) -> list[list[str]]:
    """Return the terms of each family in one place of a text.

    None where they are less than half of the words there: what says something else deviates in more than
    its terms.
    """
    inside = [[term for term in listed if _overlaps(term[:2], spot)] for listed in terms]
    changed = [span for span in words.spans if _overlaps(span, spot)]
    named = [span for span in changed if any(_overlaps(span, t[:2]) for listed in inside for t in listed)]
    enough = 2 * len(named) >= len(changed)
    return [[term[2] for term in listed] if enough else [] for listed in inside]


def _overlaps(span: tuple[int, int], other: tuple[int, int]) -> bool:
    return span[0] < other[1] and other[0] < span[1]


def _named(text: str, language: str) -> tuple[Words, list[list[_Term]]]:
    """Return the words of a text, and its terms family by family."""
    words = read_words(text)
    return words, [_terms(text, words, _listed(language, family)) for family in TERMS.get(language, ())]


def _terms(text: str, words: Words, listed: dict[str, list[tuple[str, ...]]]) -> list[_Term]:
    """Return the terms of a family in a text, each with its beginning and end."""
    found = []
    at = 0
    while at < len(words):
        length = next(
            (len(t) for t in listed.get(words.folded[at], ()) if words.folded[at : at + len(t)] == t), 0
        )
        if length:
            start, end = words.spans[at][0], words.spans[at + length - 1][1]
            found.append((start, end, text[start:end]))
        at += length or 1
    return found


@cache
def _listed(language: str, family: Family) -> dict[str, list[tuple[str, ...]]]:
    """Return the terms of a family by their first words, the longest first."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for term in TERMS[language][family]:
        words = read_words(term).folded
        by_first.setdefault(words[0], []).append(words)
    return {first: sorted(terms, key=len, reverse=True) for first, terms in by_first.items()}
