"""How sure the links are in the end: the less, the more their paragraphs could have been linked otherwise.

A paragraph comes from one place, unless it was merged. So of all pairs that claim it only one is right: of
several with the odds a, b and c the first is so with the probability a / (1 + a + b + c). Where a claim fell
away because an earlier link had taken the other paragraph, what was left over is right only if that link is.
"""

from collections import defaultdict

from gcmtext.text.align.groups import NONE, Groups

Claims = dict[tuple[int, int], float]
"""Pairs (old, new) that could be linked, and how probable that was when it was most probable."""


def confidences(groups: Groups, claims: Claims) -> list[float]:
    """Return how sure each group is, in their order: of splits and mergers as sure as the weakest part."""
    of_old: defaultdict[int, list[int]] = defaultdict(list)
    of_new: defaultdict[int, list[int]] = defaultdict(list)
    for i, j in claims:
        of_old[i].append(j)
        of_new[j].append(i)
    sure: list[float] = []
    for number, group in enumerate(groups.all):
        i, j = group.old[0], group.new[0]
        first, *further = group.scores
        if (i, j) in claims:
            rivals = [(groups.of_new[y], claims[i, y]) for y in of_old[i] if y != j]
            rivals += [(groups.of_old[x], claims[x, j]) for x in of_new[j] if x != i]
            first = _among(rivals, first, number, sure)
        sure.append(min(first, *further) if further else first)
    return sure


def _among(rivals: list[tuple[int, float]], alone: float, number: int, sure: list[float]) -> float:
    """Return how probable a link is among its rivals, given how probable it would be alone.

    rivals: of each pair that claims one of its paragraphs the group in which the other one is in the end, and
    how probable the pair is. number: of the group of the link, whose own parts are no rivals. sure: how sure
    the groups before it are.
    """
    odds, stands = 0.0, 1.0
    for group, probability in rivals:
        if NONE != group < number:
            stands *= 1 - probability * (1 - sure[group])
        elif group != number:
            odds += probability / (1 - probability)
    return stands / (1 + (1 + odds) * (1 - alone) / alone)
