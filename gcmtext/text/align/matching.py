"""Links between paragraphs whose words differ: the most probable first, in rounds.

Each round knows more of what stands around a paragraph, and asks for less.
"""

from collections.abc import Iterator

from gcmtext.text.align import candidates
from gcmtext.text.align.exact import grow, link_repeated
from gcmtext.text.align.features import Features, Side
from gcmtext.text.align.groups import NONE, Groups, surroundings
from gcmtext.text.align.pairs import Context, Rivals, pair_probability
from gcmtext.text.align.parts import part_probability

_FIRST_LOOK = 2
_LATER_LOOK = 8
_ROUNDS = ((0.95, _FIRST_LOOK), (0.9, _LATER_LOOK), (0.7, _LATER_LOOK), (0.5, _LATER_LOOK))

_PAIR, _SPLIT, _MERGER = range(3)
_Proposal = tuple[float, int, int, int, int, float]


def link_similar(old: Side, new: Side, groups: Groups) -> Features:
    """Link what is similar enough, given what stands around it; return the features of what was compared."""
    features = Features(old, new, _unlinked(groups.of_old), _unlinked(groups.of_new))
    found = candidates.by_shared_features(features)
    for least, look in _ROUNDS:
        _round(old, new, groups, features, found, least, look)
        grow(old, new, groups)
        link_repeated(old, new, groups)
    return features


def _unlinked(of: list[int]) -> list[int]:
    return [x for x, group in enumerate(of) if group == NONE]


def _round(
    old: Side,
    new: Side,
    groups: Groups,
    features: Features,
    found: candidates.Candidates,
    least: float,
    look: int,
) -> None:
    context = Context(old, new, features, surroundings(groups.of_old), surroundings(groups.of_new))
    pairs = found.pairs(_unlinked(groups.of_old), _unlinked(groups.of_new), look)
    parts: list[tuple[int, int]] = []
    if look > _FIRST_LOOK:
        parts = [(i, j) for i, j in pairs if (groups.of_old[i] == NONE) != (groups.of_new[j] == NONE)]
        for one, other in (
            (context.around_old.before, context.around_new.before),
            (context.around_old.after, context.around_new.after),
        ):
            pairs |= candidates.in_gaps(groups.of_old, groups.of_new, one, other)
    pairs = {(i, j) for i, j in pairs if groups.of_old[i] == NONE == groups.of_new[j]}
    rivals = Rivals(features, pairs)
    proposals = [*_pair_proposals(pairs, rivals, context), *_part_proposals(parts, rivals, groups, context)]
    for negative, _, kind, i, j, rival in sorted(p for p in proposals if -p[0] >= least):
        if kind == _PAIR:
            groups.link(i, j, -negative, rival)
        elif kind == _SPLIT:
            groups.add_new(i, j, -negative)
        else:
            groups.add_old(i, j, -negative)


def _pair_proposals(pairs: set[tuple[int, int]], rivals: Rivals, context: Context) -> Iterator[_Proposal]:
    for i, j in pairs:
        dice = context.features.similarity(i, j).dice
        if dice:
            rival = rivals.of_pair(i, j, dice)
            yield -pair_probability(i, j, rival, context), abs(i - j), _PAIR, i, j, rival


def _part_proposals(
    pairs: list[tuple[int, int]], rivals: Rivals, groups: Groups, context: Context
) -> Iterator[_Proposal]:
    features = context.features
    for i, j in pairs:
        if groups.of_new[j] == NONE:
            group, rival = groups.of_old[i], rivals.of_new(j)
            others = groups.all[group].new
            p = part_probability(
                j, i, others, group, rival, features, features.new, features.old, context.around_new
            )
            yield -p, abs(i - j), _SPLIT, i, j, rival
        else:
            group, rival = groups.of_new[j], rivals.of_old(i)
            others = groups.all[group].old
            p = part_probability(
                i, j, others, group, rival, features, features.old, features.new, context.around_old
            )
            yield -p, abs(i - j), _MERGER, i, j, rival
