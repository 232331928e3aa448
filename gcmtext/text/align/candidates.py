"""Which pairs are worth a look: those that share rare features, and those that stand in the same gap."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import nlargest

from gcmtext.text.align.features import Features
from gcmtext.text.align.groups import NONE

_WORTH = 0.04  # of the old paragraph, how much must be shared to be worth a look
_KEPT = 5
_GAP_REACH = 6


@dataclass(frozen=True, slots=True)
class Candidates:
    """For each paragraph those of the other side that share most rare features with it, best first."""

    of_old: dict[int, list[int]]
    of_new: dict[int, list[int]]

    def pairs(self, olds: Iterable[int], news: Iterable[int], most: int = _KEPT) -> set[tuple[int, int]]:
        """Return the best pairs (old, new) of some paragraphs of either side, at most so many of each."""
        pairs = {(i, j) for i in olds for j in self.of_old.get(i, ())[:most]}
        pairs.update((i, j) for j in news for i in self.of_new.get(j, ())[:most])
        return pairs


def by_shared_features(
    features: Features, olds: Iterable[int], news: Iterable[int], common: int
) -> Candidates:
    """Return the candidates by the features that at most `common` of some new paragraphs hold."""
    of_old: dict[int, list[int]] = {}
    ranked_new: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    for i, ranked in _shared(features, olds, news, common):
        of_old[i] = [j for _, j in nlargest(_KEPT, ranked)]
        for score, j in ranked:
            ranked_new[j].append((score, i))
    return Candidates(
        of_old, {j: [i for _, i in nlargest(_KEPT, ranked)] for j, ranked in ranked_new.items()}
    )


def _shared(
    features: Features, olds: Iterable[int], news: Iterable[int], common: int
) -> Iterator[tuple[int, list[tuple[float, int]]]]:
    weight, size = features.weight, features.new.weight
    in_old = frozenset().union(*(features.old.features[i] for i in olds))
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for j in news:
        for f in features.new.features[j] & in_old:
            holders[f].append(j)
    rare = frozenset(f for f, held_by in holders.items() if len(held_by) <= common)
    for i in olds:
        shared: defaultdict[int, float] = defaultdict(float)
        for f in features.old.features[i] & rare:
            w = weight[f]
            for j in holders[f]:
                shared[j] += w
        own = features.old.weight[i]
        least = _WORTH * own
        # Dice's coefficient, raised where one is a part of the other
        ranked = [
            (s / min(own, size[j]) + 2 * s / (own + size[j]), j) for j, s in shared.items() if s > least
        ]
        yield i, ranked


def in_gaps(
    of_old: list[int], of_new: list[int], old: list[tuple[int, ...]], new: list[tuple[int, ...]]
) -> set[tuple[int, int]]:
    """Return the pairs of unlinked paragraphs next to paragraphs that are linked to each other.

    of_old, of_new: the group of each paragraph. old, new: the groups around it, on one side, nearest first.
    Of long gaps only pairs at about the same place are returned.
    """
    gap: defaultdict[int, list[int]] = defaultdict(list)
    for j, group in enumerate(of_new):
        if group == NONE:
            gap[new[j][0]].append(j)
    place: defaultdict[int, int] = defaultdict(int)
    pairs: set[tuple[int, int]] = set()
    for i, group in enumerate(of_old):
        if group == NONE:
            beside = old[i][0]
            near = gap.get(beside, ())[max(0, place[beside] - _GAP_REACH) : place[beside] + _GAP_REACH + 1]
            pairs.update((i, j) for j in near)
            place[beside] += 1
    return pairs
