"""Deviations from agreed language that have a name: shall became should, "as appropriate" was added."""

from collections.abc import Iterator
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

    A term counts where any of its words is changed. Languages that have no terms have no names.
    """
    tag = language.partition("-")[0].lower()
    agreed = "".join(text for operation, text in changes if operation != "insert")
    here = "".join(text for operation, text in changes if operation != "delete")
    sides = [(text, read_words(text)) for text in (agreed, here)]
    found: list[Deviation] = []
    for family in TERMS.get(tag, ()):
        listed = _listed(tag, family)
        placed = [_terms(text, words, listed) for text, words in sides]
        for old, new in _spots(changes):
            gone, come = (_within(terms, spot) for terms, spot in zip(placed, (old, new), strict=True))
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


def _within(terms: list[_Term], spot: tuple[int, int]) -> list[str]:
    return [words for start, end, words in terms if start < spot[1] and spot[0] < end]


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
