"""How sure a link is: evidence to probability.

Logistic regression; the coefficients were fitted to pairs from generated texts and are checked against others
by the benchmark, which prints a table of confidence against the share that is right.
"""

from collections.abc import Sequence
from math import exp
from operator import mul
from typing import NamedTuple


class PairEvidence(NamedTuple):
    """What speaks for a link of one old to one new paragraph.

    dice, words: similarity of all features, and of the words alone. contained: the larger share of one that
    stands in the other. shared: log of the weight shared. length: log of the words of the shorter.
    margin: by how much dice is above that of the best other candidate for either. before, after: whether the
    nearest linked paragraphs are linked to each other. kind: whether both are the same kind of paragraph.
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


class PartEvidence(NamedTuple):
    """What speaks for one more part of a split or a merger.

    contained: share of the part that stands in the whole. residual: the same, without what other parts of it
    hold. explained: share of what the other parts leave unexplained. missing: share of the whole that they
    leave. adjacent: whether the part stands beside another. margin: by how much `contained` is above the
    similarity of the best candidate for a link of its own. shared: log of the weight of the residual.
    """

    one: float
    contained: float
    residual: float
    explained: float
    missing: float
    adjacent: float
    margin: float
    shared: float


ONE_TO_ONE = PairEvidence(-8.36, -11.21, 1.18, 5.29, 4.41, 9.73, 2.62, 2.41, 2.02, -3.84)
PART = PartEvidence(-11.43, 1.53, 5.34, 2.91, 3.63, 3.45, 4.43, 0.62)


def probability(coefficients: Sequence[float], evidence: Sequence[float]) -> float:
    """Return how probable a link is, given the evidence."""
    logit = sum(map(mul, coefficients, evidence))
    return 1 / (1 + exp(-max(-30.0, min(30.0, logit))))
