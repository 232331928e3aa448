"""A segment of the index, opened to be read."""

import os
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from mmap import ACCESS_READ, mmap
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3TermInfo, W3TermsReader
from whoosh.filedb.structfile import BufferFile

from gcmtext.search.embedded.codec import COLUMNS, FACETS, NUMBER, WORDS, Numbers

_NOTHING: Numbers = np.empty(0, np.int64)


class Segment:
    """The postings, facets and columns of a segment; entries are numbered from 0.

    deleted: whether each entry has been deleted.
    """

    def __init__(self, storage: Any, segment: Any) -> None:
        codec = segment.codec()
        terms = _Mapped(storage.open_file(segment.make_filename(codec.TERMS_EXT)))
        self._terms = W3TermsReader(codec, terms, terms.size, None)
        self._postings = _mapped(segment.open_file(storage, codec.POSTS_EXT))
        self.size: int = segment.doc_count_all()
        self.mark_deleted(segment)

    def mark_deleted(self, segment: Any) -> None:
        """Take over from a table of contents which entries are deleted."""
        self.deleted: NDArray[np.bool_] = np.zeros(self.size, np.bool_)
        self.deleted_count: int = segment.deleted_count()
        if self.deleted_count:
            self.deleted[list(segment.deleted_docs())] = True

    def occurrences(self, term: str) -> Numbers:
        """Return where a form or stem occurs (see codec.joined), in order."""
        return self._numbers(WORDS, term.encode())

    def entries_with(self, name: str, value: str) -> Numbers:
        """Return the entries of which a facet has a value, in order."""
        return self._numbers(FACETS, f"{name}\0{value}".encode())

    def column(self, name: str) -> Numbers:
        """Return a number for each entry."""
        return self._numbers(COLUMNS, name.encode())

    @cached_property
    def facets(self) -> dict[str, list[tuple[str, Numbers]]]:
        """The values of each facet with the entries that have them."""
        found: defaultdict[str, list[tuple[str, Numbers]]] = defaultdict(list)
        for term, entries in self.all_facets():
            name, _, value = term.partition("\0")
            found[name].append((value, entries))
        return dict(found)

    def words_from(self, start: str) -> list[str]:
        """Return the forms that begin with some letters, in order."""
        words = self._forms
        low = bisect_left(words, start)
        high = low
        while high < len(words) and words[high].startswith(start):
            high += 1
        return words[low:high]

    def all_words(self) -> Iterator[tuple[str, Numbers]]:
        """Yield every form and stem with its occurrences."""
        return self._all(WORDS)

    def all_facets(self) -> Iterator[tuple[str, Numbers]]:
        """Yield name, NUL and value of every facet with its entries."""
        return self._all(FACETS)

    @cached_property
    def _forms(self) -> list[str]:
        terms = (term.decode() for field, term in self._terms.terms() if field == WORDS)
        return sorted(term for term in terms if "~" not in term)

    def _all(self, field: str) -> Iterator[tuple[str, Numbers]]:
        for name, term in list(self._terms.terms()):
            if name == field:
                yield term.decode(), self._numbers(field, term)

    def _numbers(self, field: str, term: bytes) -> Numbers:
        """Return what a term of a field points to; nothing if there is no such term."""
        try:
            info = self._terms._tindex[self._terms._keycoder(field, term)]
        except KeyError:
            return _NOTHING
        offset, (length,) = W3TermInfo.from_bytes(info).extent()  # a tuple, as Whoosh leaves it
        return np.frombuffer(self._postings, NUMBER, length // 8, offset)


class _Mapped(BufferFile):  # type: ignore[misc]
    """A file of Whoosh in memory: threads that look something up at once share no place in it."""

    def __init__(self, file: Any) -> None:
        super().__init__(b"")
        self._buf = self.file = mapped = _mapped(file)
        self.size = len(mapped)


def _mapped(file: Any) -> mmap | bytes:
    """Return a file of Whoosh mapped into memory."""
    with file.file as opened:
        number = opened.fileno()
        return mmap(number, 0, access=ACCESS_READ) if os.fstat(number).st_size else b""
