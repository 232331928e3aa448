"""How the index lies in the files of a segment of Whoosh.

The dictionary of terms is Whoosh's. What it points to is one stretch of the postings file: numbers of 64
bits, in order, as they lie in memory, so that mapping the file is all that it takes to read them. The fields
are

    words     forms, stems and what stands whole: where each occurs (see `joined`)
    facets    name, NUL, value: which entries have it
    columns   "index", "day", "length", "wording": a number for each entry
"""

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3TermInfo
from whoosh.fields import ID, Schema

Numbers: TypeAlias = NDArray[np.int64]

WORDS, FACETS, COLUMNS = "words", "facets", "columns"
POSITION_BITS = 16
NUMBER = "<i8"


def schema() -> Schema:
    """Return the schema of the index."""
    return Schema(**{name: ID() for name in (WORDS, FACETS, COLUMNS)})


def written(numbers: Numbers) -> bytes:
    """Return numbers as they lie in the postings file."""
    return numbers.astype(NUMBER, copy=False).tobytes()


def joined(entries: Numbers, positions: Any) -> Numbers:
    """Return occurrences, each as one number: they sort by entry, then by position."""
    found: Numbers = (entries << POSITION_BITS) | positions
    return found


class _FieldWriter(W3FieldWriter):  # type: ignore[misc]
    """Writes whole postings, as `Codec` says, instead of one after another."""

    def add_fields(self, schema: Schema, fields: Mapping[str, Mapping[bytes, bytes]]) -> None:
        """Write what each term of each field points to."""
        for name in sorted(fields):
            self.start_field(name, schema[name])
            field = self._fieldid.to_bytes(2, "big")
            for term in sorted(fields[name]):
                data = fields[name][term]
                info = W3TermInfo(minid=0)
                info.set_extent(self._postfile.tell(), len(data))
                self._postfile.write(data)
                self._tindex.add(field + term, info.to_bytes())
            self.finish_field()


class Codec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec with postings that are read as arrays."""

    def field_writer(self, storage: Any, segment: Any) -> _FieldWriter:
        """Return what writes the fields of a segment."""
        return _FieldWriter(self, storage, segment)
