"""The longest common subsequence of two sequences of words.

Computed in len(a) operations on integers of len(b) bits: H. Hyyrö, "Bit-parallel LCS-length computation
revisited" (2004). Halved where the bits would take too much memory: D. S. Hirschberg, "A linear space
algorithm for computing maximal common subsequences" (1975). The search of diff-match-patch (E. W. Myers 1986)
gives the same lengths; in Python it takes fifteen times as long for a paragraph, its time grows with the
square of the changes, and the clock ends it.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

BITS_HELD = 2**28
BITS_COMPUTED = 2**34


def longest_common(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Return the pairs of places of a longest common subsequence, ascending; the same for the same sequences.

    Exact, but empty where len(a) * len(b) is over BITS_COMPUTED: 131,000 words against as many.
    """
    bits = len(a) * len(b)
    if bits == 0 or bits > BITS_COMPUTED or set(a).isdisjoint(b):
        return []
    if len(a) < len(b):
        return [(i, j) for j, i in longest_common(b, a)]
    if bits <= BITS_HELD:
        return _trace(list(_rows(a, b)), len(b))
    half = len(a) // 2
    forward = _lengths(a[:half], b)
    backward = _lengths(a[half:][::-1], b[::-1])
    cut = max(range(len(b) + 1), key=lambda at: forward[at] + backward[len(b) - at])
    rest = longest_common(a[half:], b[cut:])
    return longest_common(a[:half], b[:cut]) + [(i + half, j + cut) for i, j in rest]


def _rows(a: Sequence[str], b: Sequence[str]) -> Iterator[int]:
    """Yield, for each unit of a, the row of the table: bit j is 0 where b[j] makes the subsequence longer."""
    places: dict[str, list[int]] = {}
    for j, unit in enumerate(b):
        places.setdefault(unit, []).append(j)
    rare = len(b) ** 2 // BITS_HELD  # so that the masks of the others take no more than BITS_HELD
    masks = {unit: _mask(at) for unit, at in places.items() if len(at) > rare}
    everywhere = (1 << len(b)) - 1
    row = everywhere
    for unit in a:
        hits = row & (masks.get(unit) or _mask(places.get(unit, ())))
        if hits:
            row = ((row + hits) | (row - hits)) & everywhere
        yield row


def _mask(places: Iterable[int]) -> int:
    mask = 0
    for at in places:
        mask |= 1 << at
    return mask


def _trace(rows: list[int], width: int) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    i, j = len(rows), width
    while i and j:
        if rows[i - 1] >> (j - 1) & 1:
            j -= 1
            continue
        i -= 1
        if i == 0 or rows[i - 1] >> (j - 1) & 1:
            j -= 1
            pairs.append((i, j))
    return pairs[::-1]


def _lengths(a: Sequence[str], b: Sequence[str]) -> list[int]:
    """Return the length of a longest common subsequence of a and each beginning of b."""
    last = deque(_rows(a, b), maxlen=1)[0]
    return [0, *accumulate(bit == "0" for bit in reversed(f"{last:0{len(b)}b}"))]
