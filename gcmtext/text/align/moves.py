"""Which links keep the order of the text, and which have moved."""

from bisect import bisect_left
from collections.abc import Sequence


def in_order(places: Sequence[tuple[int, int]], weights: Sequence[float]) -> list[bool]:
    """Return for each link whether it belongs to the heaviest chain of links that ascend in both texts.

    places: the old and the new place of each link; no two links share an old or a new place. weights: what
    each link weighs, above 0. What is left out moved: it is the lightest set whose removal leaves both texts
    in the same order. The chain is found in O(n log n), with a tree of running maxima over the new places
    (Fenwick 1994).
    """
    new_places = sorted(new for _, new in places)
    best: list[tuple[float, int]] = [(0.0, -1)] * (len(places) + 1)
    before = [-1] * len(places)
    for k in sorted(range(len(places)), key=places.__getitem__):
        rank = bisect_left(new_places, places[k][1])
        total, before[k] = _best_below(best, rank)
        _raise(best, rank, (total + weights[k], k))
    _, last = _best_below(best, len(places))
    kept = [False] * len(places)
    while last >= 0:
        kept[last] = True
        last = before[last]
    return kept


def _best_below(best: list[tuple[float, int]], rank: int) -> tuple[float, int]:
    found = (0.0, -1)
    while rank > 0:
        if best[rank][0] > found[0]:
            found = best[rank]
        rank &= rank - 1
    return found


def _raise(best: list[tuple[float, int]], rank: int, value: tuple[float, int]) -> None:
    rank += 1
    while rank < len(best):
        if value[0] > best[rank][0]:
            best[rank] = value
        rank += rank & -rank
