"""Proposals to add one more part to a split or a merger."""

from collections.abc import Sequence
from math import log1p

from gcmtext.text.align.confidence import PartEvidence
from gcmtext.text.align.features import Features, Half
from gcmtext.text.align.groups import Surroundings

_LEAST = 0.12  # of the features of a part, how many must stand in the whole to be worth a look


def part_evidence(
    part: int,
    whole: int,
    others: Sequence[int],
    group: int,
    rival: float,
    features: Features,
    parts: Half,
    wholes: Half,
    around: Surroundings,
) -> PartEvidence | None:
    """Return what speaks for a paragraph of one side being a part of one of the other side; None if nothing.

    others: the parts of the whole that are known, all in one group. rival: the similarity of the best
    candidate for a link of its own. around: what stands around the parts.
    """
    held = parts.features[part]
    shared = held & wholes.features[whole]
    if len(shared) < _LEAST * len(held):
        return None
    missing = wholes.features[whole].difference(*(parts.features[other] for other in others))
    free = features.weigh(shared & missing)
    weight = parts.weight[part]
    if not free:
        return None
    missing_weight = features.weigh(missing)
    contained = features.weigh(shared) / weight
    return PartEvidence(
        one=1.0,
        contained=contained,
        residual=free / weight,
        explained=free / missing_weight,
        missing=missing_weight / wholes.weight[whole],
        adjacent=_adjacent(part, others, group, around),
        margin=contained - rival,
        shared=log1p(free / features.rarest),
    )


def _adjacent(part: int, others: Sequence[int], group: int, around: Surroundings) -> float:
    if any(abs(part - other) == 1 for other in others):
        return 1.5
    if group in (around.before[part][0], around.after[part][0]):
        return 1.0
    return 0.5 if group in around.before[part] or group in around.after[part] else 0.0
