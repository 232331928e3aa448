"""How sure a link is: evidence to probability.

A logistic regression on what speaks for a pair. Its coefficients were fitted once (Newton's method, ridge 1)
to all pairs that the rounds of matching.py looked at in some 500 revisions with known lineage, of 6 to 300
paragraphs, made from real resolutions, from the Global Compact and from two grammars, of which only
benchmarks/generate.py (seeds 200 to 207) is at hand: they cannot be fitted again to the letter. What
benchmarks/fit_confidence.py fits to the texts of the benchmarks alone explains their pairs better, but links
no better (benchmarks/README.md). The constant of ONE_TO_ONE stands 0.5 above the fitted one: a pair that won
against its rivals is right more often than a pair as such.

This is the probability of a pair by itself, at the time it was linked; rivalry.py makes of it the confidence
of a link, among all that could have been linked instead. Equal texts have theirs by the way they were found
(exact.py). On seeds used neither to fit nor to choose anything (8000 to 8009, three profiles):

    confidence           0.5-0.6  0.6-0.7  0.7-0.8  0.8-0.9  0.9-0.95  0.95-0.99  0.99-1
    generated: right        0.87     0.88     0.85     0.98      0.99       1.00    1.00
               links          15       17       33       53        72        271    7461
    recombined: right       0.86     1.00     0.95     0.97      0.97       0.99    1.00
                links         22        8       22       33        30        194    8750

`benchmarks/alignment.py` prints the same for the seeds 100 to 109.
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
