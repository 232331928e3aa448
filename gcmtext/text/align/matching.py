"""Links between paragraphs whose words differ: the most probable first, in rounds.

Each round knows more of what stands around a paragraph, and asks for less.
"""

from collections import Counter
from collections.abc import Iterator

from gcmtext.text.align import candidates
from gcmtext.text.align.confidence import ONE_TO_ONE, PART, probability
from gcmtext.text.align.exact import link_repeated
from gcmtext.text.align.features import Features, Side, Similarity
from gcmtext.text.align.groups import NONE, Groups, surroundings
from gcmtext.text.align.pairs import Context, Rivals, pair_evidence
from gcmtext.text.align.parts import part_evidence
from gcmtext.text.align.rivalry import Claims

_FIRST_LOOK = 2
_FIRST_COMMON, _COMMON = 12, 40  # a feature of more paragraphs tells little, and costs much
_FIRST_LEAST = 0.97
_ROUNDS = (0.9, 0.5)
_CLAIM = 0.05  # from how probable on a pair is a rival of others
_BOTH_SIDES = 3.0  # votes for a repeated text that do not come from what goes before it, or follows, alone

_PAIR, _SPLIT, _MERGER = range(3)
_Pairs = set[tuple[int, int]]
_Proposal = tuple[float, int, int, int, int, float]


def link_similar(old: Side, new: Side, groups: Groups) -> tuple[Features, Claims]:
    """Link what is similar enough, given what stands around it.

    Return the features of what was compared, and all pairs that could have been linked.
    """
    claims: Claims = {}
    link_repeated(old, new, groups, _BOTH_SIDES)
    olds, news = _unlinked(groups.of_old), _unlinked(groups.of_new)
    features = Features(old, new, olds, news)
    among_all = candidates.by_shared_features(features, olds, news, _FIRST_COMMON)
    context = Context(old, new, features, surroundings(groups.of_old), surroundings(groups.of_new))
    _settle(among_all.pairs(olds, news, _FIRST_LOOK), set(), _FIRST_LEAST, groups, context, claims)
    olds, news = _unlinked(groups.of_old), _unlinked(groups.of_new)
    among_rest = candidates.by_shared_features(features, olds, news, _COMMON)
    found = among_all.pairs(olds, news) | among_rest.pairs(olds, news)
    for least in _ROUNDS:
        link_repeated(old, new, groups, _BOTH_SIDES)
        context = Context(old, new, features, surroundings(groups.of_old), surroundings(groups.of_new))
        _settle(found | _in_gaps(groups, context), _beside(groups, context), least, groups, context, claims)
    link_repeated(old, new, groups)
    return features, claims


def _unlinked(of: list[int]) -> list[int]:
    return [x for x, group in enumerate(of) if group == NONE]


def _in_gaps(groups: Groups, context: Context) -> _Pairs:
    one, other = context.around_old, context.around_new
    before = candidates.in_gaps(groups.of_old, groups.of_new, one.before, other.before)
    return before | candidates.in_gaps(groups.of_old, groups.of_new, one.after, other.after)


def _beside(groups: Groups, context: Context) -> _Pairs:
    """Return the pairs of an unlinked paragraph and the partner of one that stands next to it."""
    pairs = set()
    for around, of, half, is_old in (
        (context.around_old, groups.of_old, context.features.new, True),
        (context.around_new, groups.of_new, context.features.old, False),
    ):
        for x in _unlinked(of):
            for group in (around.before[x][0], around.after[x][0]):
                if group >= 0:
                    y = groups.all[group].new[0] if is_old else groups.all[group].old[0]
                    if y in half.features:
                        pairs.add((x, y) if is_old else (y, x))
    return pairs


def _unreserved(
    old_keys: list[int], of_old: list[int], new_keys: list[int], of_new: list[int]
) -> tuple[set[int], set[int]]:
    """Return the unlinked paragraphs of both sides, but those for each of which an equal one is left."""
    olds, news = _unlinked(of_old), _unlinked(of_new)
    old_count, new_count = Counter(old_keys[i] for i in olds), Counter(new_keys[j] for j in news)
    return (
        {i for i in olds if old_count[old_keys[i]] > new_count[old_keys[i]]},
        {j for j in news if new_count[new_keys[j]] > old_count[new_keys[j]]},
    )


def _settle(
    pairs: _Pairs, beside: _Pairs, least: float, groups: Groups, context: Context, claims: Claims
) -> None:
    """Link what is at least so probable, the most probable first."""
    old, new = _unreserved(context.old.key, groups.of_old, context.new.key, groups.of_new)
    unlinked = {(i, j) for i, j in pairs if i in old and j in new}
    half_linked = [
        (i, j)
        for i, j in pairs | beside
        if (i in old and groups.of_new[j] != NONE) or (j in new and groups.of_old[i] != NONE)
    ]
    similarity = context.features.similarity
    similar = [(i, j, found) for i, j in unlinked if (found := similarity(i, j)).shared]
    rivals = Rivals(similar)
    proposals = [
        *_pair_proposals(similar, rivals, context),
        *_part_proposals(half_linked, rivals, groups, context),
    ]
    for negative, _, kind, i, j, _ in proposals:
        if kind == _PAIR and -negative >= _CLAIM:
            claims[i, j] = max(-negative, claims.get((i, j), 0.0))
    for negative, _, kind, i, j, rival in sorted(p for p in proposals if -p[0] >= least):
        if kind == _PAIR:
            groups.link(i, j, -negative, rival)
        elif kind == _SPLIT:
            groups.add_new(i, j, -negative)
        else:
            groups.add_old(i, j, -negative)


def _pair_proposals(
    similar: list[tuple[int, int, Similarity]], rivals: Rivals, context: Context
) -> Iterator[_Proposal]:
    for i, j, similarity in similar:
        rival = rivals.of_pair(i, j, similarity.dice)
        p = probability(ONE_TO_ONE, pair_evidence(i, j, similarity, rival, context))
        yield -p, abs(i - j), _PAIR, i, j, rival


def _part_proposals(
    pairs: list[tuple[int, int]], rivals: Rivals, groups: Groups, context: Context
) -> Iterator[_Proposal]:
    features = context.features
    for i, j in pairs:
        if groups.of_new[j] == NONE:
            kind, group, rival = _SPLIT, groups.of_old[i], rivals.of_new(j)
            others = groups.all[group].new
            evidence = part_evidence(
                j, i, others, group, rival, features, features.new, features.old, context.around_new
            )
        else:
            kind, group, rival = _MERGER, groups.of_new[j], rivals.of_old(i)
            others = groups.all[group].old
            evidence = part_evidence(
                i, j, others, group, rival, features, features.old, features.new, context.around_old
            )
        if evidence:
            yield -probability(PART, evidence), abs(i - j), kind, i, j, rival
