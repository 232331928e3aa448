"""Links between paragraphs that stand word for word in both texts."""

from collections import Counter, defaultdict, deque

from gcmtext.text.align.features import Side
from gcmtext.text.align.groups import NONE, Groups

_WINDOW = 5
_FOLLOWING = 1.5  # how much more what follows counts than what goes before
# Confidence, as measured (see confidence.py): unique texts; repeated ones by their neighbours on both sides,
# for which another place speaks as loudly, and what it is worth if their own is louder by one vote; by order
# alone; what is left over.
_CERTAIN, _SURE, _TIED, _LEAD, _BY_ORDER, _DOUBTFUL = 0.999, 0.99, 0.55, 0.35, 0.85, 0.1


def link_unique(old: Side, new: Side, groups: Groups) -> None:
    """Link the texts that stand once in either."""
    place_old, place_new = _unique(old.key), _unique(new.key)
    for key, i in place_old.items():
        if key in place_new:
            groups.link(i, place_new[key], _CERTAIN, 0.0)


def link_enclosed(old: Side, new: Side, groups: Groups) -> None:
    """Link runs of equal texts that stand, in both, between paragraphs linked to each other, or the ends."""
    before = (-1, -1)
    pairs = [(group.old[0], group.new[0]) for group in groups.all]
    for i, j in sorted([*pairs, (len(old), len(new))]):
        run = range(before[0] + 1, i)
        shift = j - i
        if (
            run
            and shift == before[1] - before[0]
            and all(old.key[x] == new.key[x + shift] and groups.of_new[x + shift] == NONE for x in run)
        ):
            for x in run:
                groups.link(x, x + shift, _SURE, 1.0)
        before = (i, j)


def grow(old: Side, new: Side, groups: Groups) -> None:
    """Link equal texts that follow, or are followed by, paragraphs linked to each other, again and again."""
    starts = sorted((group.old[0], group.new[0]) for group in groups.all)
    _run([(-1, -1), *starts], 1, old, new, groups)
    _run([(len(old), len(new)), *reversed(starts)], -1, old, new, groups)


def _run(starts: list[tuple[int, int]], step: int, old: Side, new: Side, groups: Groups) -> None:
    for start in starts:
        i, j = start[0] + step, start[1] + step
        while (
            0 <= i < len(old)
            and 0 <= j < len(new)
            and old.key[i] == new.key[j]
            and groups.of_old[i] == NONE == groups.of_new[j]
        ):
            groups.link(i, j, _BY_ORDER, 1.0)
            i, j = i + step, j + step


def link_repeated(old: Side, new: Side, groups: Groups, least: float = 0.0) -> None:
    """Link equal texts that stand several times, where linked paragraphs around both agree.

    Every linked paragraph within five places, and either end of the text, votes for the place at the same
    distance from its partner, the nearer the more, and what follows more than what goes before: what stands
    several times mostly opens something. The most votes are heard first, and fewer than `least` not at all.
    A chapeau in the midst of what is gone does not become one in the midst of what is new.
    """
    places: defaultdict[int, set[int]] = defaultdict(set)
    for j, key in enumerate(new.key):
        if groups.of_new[j] == NONE:
            places[key].add(j)
    old_beside = set(_beside_linked(old.key, groups.of_old))
    new_beside = set(_beside_linked(new.key, groups.of_new))
    heard = [
        (-vote, abs(i - j), i, j)
        for i, key in enumerate(old.key)
        if groups.of_old[i] == NONE and key in places
        for j, vote in _votes(i, places[key], groups).items()
    ]
    heard.sort()
    of_old: defaultdict[int, list[float]] = defaultdict(list)
    of_new: defaultdict[int, list[float]] = defaultdict(list)
    for negative, _, i, j in heard:
        of_old[i].append(-negative)
        of_new[j].append(-negative)
    for negative, _, i, j in heard:
        if -negative >= least and (i in old_beside or j in new_beside):
            groups.link(i, j, _sure(-negative, of_old[i], of_new[j]), 1.0)


def _sure(vote: float, *votes: list[float]) -> float:
    """Return how sure a link by votes is: the more, the fewer votes any other place for either has."""
    rival = max(
        (found[1] if vote == found[0] else found[0] for found in votes if len(found) > 1), default=0.0
    )
    return min(_SURE, _TIED + _LEAD * max(0.0, vote - rival))


def link_rest(old: Side, new: Side, groups: Groups) -> None:
    """Link what is left of equal texts, in order, unless nothing beside either copy is linked."""
    places: defaultdict[int, deque[int]] = defaultdict(deque)
    for j in _beside_linked(new.key, groups.of_new):
        places[new.key[j]].append(j)
    for i in _beside_linked(old.key, groups.of_old):
        if places[old.key[i]]:
            groups.link(i, places[old.key[i]].popleft(), _DOUBTFUL, 1.0)


def _beside_linked(keys: list[int], of: list[int]) -> list[int]:
    """Return the unlinked paragraphs of which the next other text, before or after, is linked or the edge."""
    before = _next_other_is_linked(keys, of)
    after = _next_other_is_linked(keys[::-1], of[::-1])[::-1]
    return [x for x, group in enumerate(of) if group == NONE and (before[x] or after[x])]


def _next_other_is_linked(keys: list[int], of: list[int]) -> list[bool]:
    linked = [True] * len(keys)
    for x in range(1, len(keys)):
        linked[x] = linked[x - 1] if keys[x] == keys[x - 1] else of[x - 1] != NONE
    return linked


def _votes(i: int, places: set[int], groups: Groups) -> dict[int, float]:
    votes: defaultdict[int, float] = defaultdict(float)
    for distance in range(1, _WINDOW + 1):
        for x in (i - distance, i + distance):
            voice = (_FOLLOWING if x > i else 1.0) / distance
            for y in _partners(x, groups):
                for j in (y + i - x - 1, y + i - x, y + i - x + 1):
                    if j in places:
                        votes[j] += voice if j - y == i - x else voice / 2
    return votes


def _partners(x: int, groups: Groups) -> list[int]:
    """Return the new paragraphs of an old one; the ends of the texts are partners."""
    if 0 <= x < len(groups.of_old):
        return groups.all[groups.of_old[x]].new if groups.of_old[x] != NONE else []
    if x == -1:
        return [-1]
    return [len(groups.of_new)] if x == len(groups.of_old) else []


def _unique(keys: list[int]) -> dict[int, int]:
    count = Counter(keys)
    return {key: place for place, key in enumerate(keys) if count[key] == 1}
