"""Proposals to link one old paragraph to one new one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import log1p

from gcmtext.text.align.confidence import PairEvidence
from gcmtext.text.align.features import Features, Side, Similarity
from gcmtext.text.align.groups import Surroundings, agreement
from gcmtext.text.model import Kind

_NOT_BODY = frozenset({Kind.TITLE, Kind.HEADING, Kind.FOOTNOTE, Kind.ROW})


@dataclass(frozen=True, slots=True)
class Context:
    """What is known in one round about everything: the texts, their features, and the links so far."""

    old: Side
    new: Side
    features: Features
    around_old: Surroundings
    around_new: Surroundings


class Rivals:
    """The two largest similarities of every paragraph, from which the best rival of each pair is known."""

    def __init__(self, similar: Iterable[tuple[int, int, Similarity]]) -> None:
        self._old: defaultdict[int, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
        self._new: defaultdict[int, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
        for i, j, similarity in similar:
            self._old[i] = _two_largest(similarity.dice, self._old[i])
            self._new[j] = _two_largest(similarity.dice, self._new[j])

    def of_pair(self, i: int, j: int, dice: float) -> float:
        """Return the similarity of the best other candidate for either of a pair whose own is `dice`."""
        one, other = self._old[i], self._new[j]
        return max(one[dice >= one[0]], other[dice >= other[0]])

    def of_old(self, i: int) -> float:
        """Return the similarity of the best candidate of an old paragraph."""
        return self._old[i][0]

    def of_new(self, j: int) -> float:
        """Return the similarity of the best candidate of a new paragraph."""
        return self._new[j][0]


def _two_largest(value: float, two: tuple[float, float]) -> tuple[float, float]:
    if value > two[0]:
        return value, two[0]
    return (two[0], value) if value > two[1] else two


def pair_evidence(i: int, j: int, similarity: Similarity, rival: float, context: Context) -> PairEvidence:
    """Return what speaks for new paragraph j coming from old paragraph i."""
    return PairEvidence(
        one=1.0,
        dice=similarity.dice,
        contained=max(similarity.kept, similarity.drawn),
        words=similarity.words,
        shared=log1p(similarity.shared),
        margin=similarity.dice - rival,
        before=agreement(context.around_old.before[i], context.around_new.before[j]),
        after=agreement(context.around_old.after[i], context.around_new.after[j]),
        kind=_alike(context.old.paragraphs[i].kind, context.new.paragraphs[j].kind),
        alone=_alone(i, j, context),
        length=log1p(min(len(context.old.words[i]), len(context.new.words[j]))),
    )


def _alone(i: int, j: int, context: Context) -> float:
    old, new = context.around_old, context.around_new
    if old.before[i][0] != new.before[j][0] or old.after[i][0] != new.after[j][0]:
        return 0.0
    return 1 / max(old.gap[i], new.gap[j])


def _alike(one: Kind, other: Kind) -> float:
    if one == other:
        return 1.0
    return 0.0 if one in _NOT_BODY or other in _NOT_BODY else 0.5
