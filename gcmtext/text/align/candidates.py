"""Which pairs are worth a look: those that share rare features, and those that stand in the same gap."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nlargest

from gcmtext.text.align.features import Features
from gcmtext.text.align.groups import NONE

_COMMON = 40  # a feature of more paragraphs than this tells little, and costs much
_WORTH = 0.04  # least share of the smaller paragraph that is worth a look
_KEPT = 8
_GAP_REACH = 6


@dataclass(frozen=True, slots=True)
class Candidates:
    """For each paragraph those of the other side that share most rare features with it, best first."""

    of_old: dict[int, list[int]]
    of_new: dict[int, list[int]]

    def pairs(self, olds: list[int], news: list[int], most: int) -> set[tuple[int, int]]:
        """Return the best pairs (old, new) of some paragraphs of either side, at most so many of each."""
        pairs = {(i, j) for i in olds for j in self.of_old.get(i, ())[:most]}
        pairs.update((i, j) for j in news for i in self.of_new.get(j, ())[:most])
        return pairs


def by_shared_features(features: Features) -> Candidates:
    """Return the candidates among the chosen paragraphs."""
    of_old: dict[int, list[int]] = {}
    ranked_new: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    for i, ranked in _shared(features):
        of_old[i] = [j for _, j in nlargest(_KEPT, ranked)]
        for score, j in ranked:
            ranked_new[j].append((score, i))
    return Candidates(
        of_old, {j: [i for _, i in nlargest(_KEPT, ranked)] for j, ranked in ranked_new.items()}
    )


def _shared(features: Features) -> Iterator[tuple[int, list[tuple[float, int]]]]:
    count, weight, size = features.count, features.weight, features.new.weight
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for j, held in features.new.features.items():
        for f in held:
            if 1 < count[f] <= _COMMON:
                holders[f].append(j)
    for i, held in features.old.features.items():
        shared: defaultdict[int, float] = defaultdict(float)
        for f in held:
            if f in holders:
                w = weight[f]
                for j in holders[f]:
                    shared[j] += w
        own = features.old.weight[i]
        yield (
            i,
            [
                # Dice's coefficient, raised where one is a part of the other
                (score, j)
                for j, s in shared.items()
                if (score := s / min(own, size[j]) + 2 * s / (own + size[j])) > 2 * _WORTH
            ],
        )


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
