"""What several delegations put at one place of the base: new paragraphs, and moved ones."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import compress

from gcmtext.text.align.moves import in_order
from gcmtext.text.collate.model import Addition, Version, order
from gcmtext.text.tokens import fold, words

_NEARLY_EQUAL = 0.6  # of their words in common (Dice's coefficient)
_EQUAL = 2.0
_MOST_COMPARED = 250_000  # pairs of paragraphs at one place that are held against each other


def collate_additions(put: Mapping[str, Sequence[Version]]) -> tuple[Addition, ...]:
    """Return what stands at a place, given what each delegation puts there, in its order.

    Equal paragraphs become one version with many names, nearly equal ones versions of one addition, as far as
    the order in which each delegation has its paragraphs allows. What a delegation puts there is the
    versions that bear its name, in their order.
    """
    found: list[Addition] = []
    for name in sorted(put, key=order):
        found = _with(found, put[name])
    return tuple(found)


def _with(found: list[Addition], own: Sequence[Version]) -> list[Addition]:
    """Return additions with those of one more delegation among them.

    Those that are alike are joined: the heaviest chain of such pairs that keeps both orders.
    """
    if not found:
        return [Addition((version,)) for version in own]
    alike = list(_alike(found, own))
    # Of the pairs of one addition the later ones come first: so no chain has two of them.
    places = [(i * len(own) - j, j) for i, j, _ in alike]
    joined = compress(alike, in_order(places, [weight for *_, weight in alike]))
    result: list[Addition] = []
    i = j = 0
    for next_i, next_j, _ in joined:
        result += [*found[i:next_i], *(Addition((version,)) for version in own[j:next_j])]
        result.append(_added(found[next_i], own[next_j]))
        i, j = next_i + 1, next_j + 1
    return [*result, *found[i:], *(Addition((version,)) for version in own[j:])]


def _alike(found: Sequence[Addition], own: Sequence[Version]) -> Iterator[tuple[int, int, float]]:
    """Yield which additions and versions are alike, and how much; equal ones more than any others.

    Where there are too many to hold each against each, only the equal ones.
    """
    equal: defaultdict[tuple[str, int | None], list[int]] = defaultdict(list)
    for j, version in enumerate(own):
        equal[version.text, version.moved_from].append(j)
    is_few = len(found) * len(own) <= _MOST_COMPARED
    own_words = [_words(version.text) for version in own] if is_few else []
    for i, addition in enumerate(found):
        weights: dict[int, float] = {}
        for version in addition.versions:
            its_words = _words(version.text) if is_few else frozenset()
            for j, others in enumerate(own_words):
                if own[j].moved_from != version.moved_from:
                    continue
                shared = _in_common(its_words, others)
                if shared >= _NEARLY_EQUAL or version.moved_from is not None:
                    weights[j] = max(shared, weights.get(j, 0.0))
        for version in addition.versions:
            weights |= dict.fromkeys(equal.get((version.text, version.moved_from), ()), _EQUAL)
        yield from ((i, j, weight) for j, weight in weights.items() if weight)


def _added(addition: Addition, own: Version) -> Addition:
    versions = list(addition.versions)
    for at, version in enumerate(versions):
        if _same(version, own):
            # Delegations come in their order, so the new one is the last.
            versions[at] = Version(
                version.delegations + own.delegations,
                version.paragraphs + own.paragraphs,
                version.moved_from,
            )
            return Addition(tuple(versions))
    return Addition((*versions, own))


def _same(one: Version, other: Version) -> bool:
    return one.text == other.text and one.moved_from == other.moved_from


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(map(fold, words(text)))


def _in_common(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how many of their words two texts share, from 0 to 1, however often these stand in them."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0
