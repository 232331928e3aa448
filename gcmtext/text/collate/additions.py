"""What several delegations put at one place of the base: new paragraphs, and moved ones."""

from collections.abc import Mapping, Sequence

from gcmtext.text.collate.model import Addition, Version, order
from gcmtext.text.tokens import fold, words

_NEARLY_EQUAL = 0.6  # of their words in common (Dice's coefficient)


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

    The pairs that are alike with the greatest sum, in order (Needleman and Wunsch 1970, without gap costs).
    """
    rows, columns = len(found), len(own)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            together = _likeness(found[i], own[j])
            paired = best[i + 1][j + 1] + together if together else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    result: list[Addition] = []
    i = j = 0
    while i < rows or j < columns:
        if i < rows and j < columns and best[i][j] > max(best[i + 1][j], best[i][j + 1]):
            result.append(_added(found[i], own[j]))
            i, j = i + 1, j + 1
        elif j < columns and (i == rows or best[i][j + 1] > best[i + 1][j]):
            result.append(Addition((own[j],)))
            j += 1
        elif i < rows:
            result.append(found[i])
            i += 1
        else:
            result.append(Addition((own[j],)))
            j += 1
    return result


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


def _likeness(addition: Addition, own: Version) -> float:
    """Return 2 for equal versions, their words in common for nearly equal ones, 0 for others."""
    most = 0.0
    for version in addition.versions:
        if _same(version, own):
            return 2.0
        if version.moved_from == own.moved_from:
            shared = likeness(version.text, own.text)
            if shared >= _NEARLY_EQUAL or version.moved_from is not None:
                most = max(most, shared)
    return most


def likeness(one: str, other: str) -> float:
    """Return how many of the words of two texts are the same, from 0 to 1, however often they stand."""
    a, b = ({*map(fold, words(text))} for text in (one, other))
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0
