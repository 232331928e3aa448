"""Entries to what a segment holds, and segments merged to one."""

from array import array
from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from gcmtext.search.embedded.codec import COLUMNS, FACETS, POSITION_BITS, WORDS, Numbers, joined, written
from gcmtext.search.embedded.segment import Segment
from gcmtext.search.engine import CIRCLE, OBJECT
from gcmtext.search.entry import Entry
from gcmtext.text.analysis import base, forms, stem

_COLUMN_NAMES = ("index", "day", "length", "wording")


class Builder:
    """Gathers entries; `fields` is what they are in a segment."""

    def __init__(self) -> None:
        self.count = 0
        self._words: defaultdict[tuple[str, str], array[int]] = defaultdict(lambda: array("q"))
        self._facets: defaultdict[str, array[int]] = defaultdict(lambda: array("q"))
        self._columns = tuple(array("q") for _ in _COLUMN_NAMES)
        self._merged_words: defaultdict[str, list[Numbers]] = defaultdict(list)
        self._merged_facets: defaultdict[str, list[Numbers]] = defaultdict(list)

    def add(self, name: str, entries: Iterable[Entry]) -> None:
        """Add the entries of an object."""
        words, facets = self._words, self._facets
        for entry in entries:
            number = self.count
            self.count += 1
            parts, wholes = forms(entry.text)
            language = base(entry.language)
            for at, form in enumerate(parts, number << POSITION_BITS):
                words[form, language].append(at)
            for whole in wholes:
                words[whole.form, ""].append((number << POSITION_BITS) | whole.at)
            for facet, value in dict.fromkeys(((OBJECT, name), *entry.facets)):
                facets[f"{facet}\0{value}"].append(number)
            for circle in dict.fromkeys(entry.seen_by):
                facets[f"{CIRCLE}\0{circle}"].append(number)
            numbers = (entry.index, entry.day, max(len(parts), 1), entry.wording)
            for column, figure in zip(self._columns, numbers, strict=True):
                column.append(figure)

    def merge(self, segment: Segment, deleted: Iterable[int]) -> None:
        """Add all entries of a segment, except those that are deleted."""
        kept = np.setdiff1d(np.arange(segment.size), np.fromiter(deleted, np.int64))
        numbers = np.full(segment.size, -1, np.int64)
        numbers[kept] = np.arange(self.count, self.count + len(kept))
        for term, occurrences in segment.all_words():
            new = numbers[occurrences >> POSITION_BITS]
            moved = joined(new, occurrences & ((1 << POSITION_BITS) - 1))
            self._merged_words[term].append(moved[new >= 0])
        for term, entries in segment.all_facets():
            new = numbers[entries]
            self._merged_facets[term].append(new[new >= 0])
        for name, column in zip(_COLUMN_NAMES, self._columns, strict=True):
            column.extend(segment.column(name)[kept].tolist())
        self.count += len(kept)

    def fields(self) -> dict[str, dict[bytes, bytes]]:
        """Return what the segment holds, by field and term."""
        words = self._merged_words
        for (form, language), occurrences in self._words.items():
            found = np.frombuffer(occurrences, np.int64)
            words[form].append(found)
            if stemmed := stem(form, language):
                words[stemmed].append(found)
        for term, entries in self._facets.items():
            self._merged_facets[term].append(np.frombuffer(entries, np.int64))
        return {
            WORDS: {term.encode(): written(np.unique(one)) for term, one in _in_one(words) if one.size},
            FACETS: {
                term.encode(): written(np.sort(one)) for term, one in _in_one(self._merged_facets) if one.size
            },
            COLUMNS: {
                name.encode(): column.tobytes()
                for name, column in zip(_COLUMN_NAMES, self._columns, strict=True)
            },
        }


def _in_one(parts: dict[str, list[Numbers]]) -> Iterable[tuple[str, Numbers]]:
    """Yield the terms, each with all its arrays in one."""
    for term, arrays in parts.items():
        yield term, arrays[0] if len(arrays) == 1 else np.concatenate(arrays)
