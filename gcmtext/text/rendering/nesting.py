"""Units inside units: a long stretch that some would replace as a whole, and others would change in places.

The definition of a unit puts all of that into one. A person writes the stretch once, with the small changes
in it, in brackets, and what is to replace it after that.
"""

from dataclasses import dataclass
from functools import lru_cache

from gcmtext.text.brackets import parse
from gcmtext.text.collate import Piece, Reading, Unit
from gcmtext.text.collate.units import collate_texts, edits_of
from gcmtext.text.diff import diff
from gcmtext.text.tokens import words

_LONG = 10  # words, from which a stretch is worth looking into
_OUTER = 0.5  # of the words of the stretch touched, from which a reading replaces it as a whole


@dataclass(frozen=True, slots=True)
class Nested:
    """A unit as it is written: its words in pieces, with smaller units, and what replaces the whole."""

    pieces: tuple[Piece, ...]
    outer: tuple[Reading, ...]


@lru_cache(maxsize=4096)
def nested(unit: Unit) -> Nested:
    """Return a unit with the small changes inside it; as it is where it is short or all changes are large.

    What is only added beside words that others change stands by itself.
    """
    apart = collate_texts(unit.base, {r.text: r.delegations for r in unit.readings}, touching=False)
    if sum(isinstance(piece, Unit) for piece in apart) > 1 and _is_balanced(apart):
        return Nested(apart, ())
    total = len(words(unit.base))
    if total < _LONG:
        return Nested((unit.base,), unit.readings)
    inner: dict[str, tuple[str, ...]] = {}
    outer: list[Reading] = []
    for reading in unit.readings:
        if _touched(unit.base, reading.text) < _OUTER * total:
            inner[reading.text] = reading.delegations
        else:
            outer.append(reading)
    pieces = collate_texts(unit.base, inner)
    is_whole = not outer and [piece for piece in pieces if isinstance(piece, Unit)] == [unit]
    if is_whole or not _is_balanced(pieces):
        return Nested((unit.base,), unit.readings)
    return Nested(pieces, tuple(outer))


def _is_balanced(pieces: tuple[Piece, ...]) -> bool:
    """Return whether no unit holds one bracket of a pair without the other."""
    return all(parse([piece.base]).is_balanced for piece in pieces if isinstance(piece, Unit))


def _touched(base: str, text: str) -> int:
    """Return how many words of the base lie from the first that is changed to the last."""
    edits = edits_of(diff(base, text))
    return len(words(base[edits[0].start : edits[-1].end]))
