"""The first step: phrases are kept, then as many of the other words as can stay."""

from itertools import pairwise

from gcmtext.text.diff.runs import Run
from gcmtext.text.subsequence import longest_common


def match(a: list[str], b: list[str]) -> list[Run]:
    """Return runs of kept words: common pairs of neighbours first, then what fits between them.

    Phrases go first because a longest common subsequence of all words would rather keep three scattered
    articles and commas than a phrase of two words.
    """
    head, tail = shared_ends(a, b)
    matches = [Run(0, 0, head)] if head else []
    matches += _runs(_phrases_first(a[head : len(a) - tail], b[head : len(b) - tail]), head)
    if tail:
        matches.append(Run(len(a) - tail, len(b) - tail, tail))
    return matches


def shared_ends(a: list[str], b: list[str]) -> tuple[int, int]:
    """Return how many units two lists share at the beginning, and how many more at the end."""
    size = min(len(a), len(b))
    head = next((at for at in range(size) if a[at] != b[at]), size)
    return head, next((at for at in range(size - head) if a[-1 - at] != b[-1 - at]), size - head)


def _runs(pairs: list[tuple[int, int]], offset: int) -> list[Run]:
    starts = [at for at, (i, j) in enumerate(pairs) if at == 0 or pairs[at - 1] != (i - 1, j - 1)]
    return [
        Run(pairs[start][0] + offset, pairs[start][1] + offset, end - start)
        for start, end in pairwise([*starts, len(pairs)])
    ]


def _phrases_first(a: list[str], b: list[str]) -> list[tuple[int, int]]:
    common = set(pairwise(a)) & set(pairwise(b))
    in_a, in_b = _places(a, common), _places(b, common)
    phrases = longest_common([a[i] for i in in_a], [b[j] for j in in_b])
    pairs: list[tuple[int, int]] = []
    i = j = 0
    for x, y in [*((in_a[x], in_b[y]) for x, y in phrases), (len(a), len(b))]:
        if i < x and j < y:
            pairs += [(i + p, j + q) for p, q in longest_common(a[i:x], b[j:y])]
        pairs.append((x, y))
        i, j = x + 1, y + 1
    return pairs[:-1]


def _places(units: list[str], pairs: set[tuple[str, str]]) -> list[int]:
    """Return the places of the units that are part of one of the pairs."""
    firsts = [at for at, pair in enumerate(pairwise(units)) if pair in pairs]
    return sorted({*firsts, *(at + 1 for at in firsts)})
