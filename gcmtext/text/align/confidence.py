"""How sure a link is: evidence to probability.

Logistic regression; the coefficients were fitted to pairs from generated texts and are checked against others
by the benchmark, which prints a table of confidence against the share that is right.
"""

from collections.abc import Sequence
from math import exp
from operator import mul
from typing import NamedTuple


class PairEvidence(NamedTuple):
    """What speaks for a link of one old to one new paragraph, each figure from 0 to 1 but for the logarithms.

    one: 1. dice, words: similarity of all features, and of the words alone.
    contained: the larger share of one that stands in the other.
    shared: log of what is shared, counted in features that stand nowhere else.
    margin: by how much dice is above that of the best other candidate for either.
    before, after: whether the nearest linked paragraphs are linked to each other.
    kind: whether both are the same kind of paragraph.
    length: log of the words of the shorter.
    alone: 1 if these two alone stand unlinked between linked ones, less the more there are, else 0.
    """

    one: float
    dice: float
    contained: float
    words: float
    shared: float
    margin: float
    before: float
    after: float
    kind: float
    length: float
    alone: float


class PartEvidence(NamedTuple):
    """What speaks for one more part of a split or a merger, each figure from 0 to 1 but for the logarithm.

    one: 1. contained: share of the part that stands in the whole.
    residual: the same, without what the known parts hold.
    explained: share of what the known parts leave of the whole that this one holds.
    missing: share of the whole that the known parts leave.
    adjacent: whether the part stands beside a known one (up to 1.5).
    margin: by how much `contained` is above the similarity of the best candidate for a link of its own.
    shared: log of the residual, counted in features that stand nowhere else.
    """

    one: float
    contained: float
    residual: float
    explained: float
    missing: float
    adjacent: float
    margin: float
    shared: float


ONE_TO_ONE = PairEvidence(-2.66, -5.33, -0.03, 3.95, 5.62, 9.22, 1.99, 2.22, 3.21, -4.54, 1.5)
PART = PartEvidence(-11.07, -0.98, 5.06, 2.42, 2.96, 2.83, 8.69, 1.48)


def probability(coefficients: Sequence[float], evidence: Sequence[float]) -> float:
    """Return how probable a link is, given the evidence."""
    logit = sum(map(mul, coefficients, evidence))
    return 1 / (1 + exp(-max(-30.0, min(30.0, logit))))
