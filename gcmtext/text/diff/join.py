"""Words that are kept by chance, one or two between larger changes, are given up."""

from itertools import accumulate

from gcmtext.text.diff.match import shared_ends
from gcmtext.text.diff.runs import Run, change
from gcmtext.text.tokens import is_character, is_word

# Weights in half words, since a Chinese word has about two characters.
_WEIGHT_OF_WORD = 2
_WEIGHT_OF_CHARACTER = 1
_WEIGHT_OF_CHANCE = 2 * _WEIGHT_OF_WORD
_LENGTH_OF_CHANCE = 8  # units, signs among them


def join(runs: list[Run], a: list[str], b: list[str]) -> list[Run]:
    """Give up runs of a word or two between larger changes, but keep what the ends of a change share."""
    if all(run.length > _LENGTH_OF_CHANCE for run in runs[1:-1]):
        return _trim(runs, a, b)
    weight = {unit: _weight(unit) for unit in {*a, *b}}
    weights_a, weights_b = ([0, *accumulate(map(weight.__getitem__, units))] for units in (a, b))

    def size(left: Run, right: Run) -> tuple[int, int]:
        i, i_end, j, j_end = change(left, right)
        return weights_a[i_end] - weights_a[i], weights_b[j_end] - weights_b[j]

    done = [runs[0]]
    for run in runs[1:]:
        done.append(run)
        while len(done) > 2:
            first, middle, last = done[-3:]
            if middle.length > _LENGTH_OF_CHANCE:
                break
            kept = weights_a[middle.old + middle.length] - weights_a[middle.old]
            in_word = _inside_word(first, middle, last, a, b)
            if not _by_chance(kept, size(first, middle), size(middle, last), in_word):
                break
            del done[-2]
    return _trim(done, a, b)


def _inside_word(first: Run, middle: Run, last: Run, a: list[str], b: list[str]) -> bool:
    """Return whether a run is one character between changed characters, and so likely within a word."""
    if middle.length > 1 or not is_character(a[middle.old]):
        return False
    i, i_end, j, j_end = change(first, middle)
    before = a[i:i_end][-1:] + b[j:j_end][-1:]
    i, i_end, j, j_end = change(middle, last)
    after = a[i:i_end][:1] + b[j:j_end][:1]
    return any(map(is_character, before)) and any(map(is_character, after))


def _by_chance(kept: int, before: tuple[int, int], after: tuple[int, int], in_word: bool) -> bool:
    """Return whether words of this weight are kept by chance: they are few, the changes around them large.

    before, after: the weights of what is deleted and inserted on either side. Between two insertions, or two
    deletions, only one word between whole phrases is by chance; more show that nothing else was touched.
    """
    sizes = max(before), max(after)
    around = sum(sizes)
    if kept > _WEIGHT_OF_CHANCE or kept > min(sizes):
        return False
    one_sided = 0 in (before[0] + after[0], before[1] + after[1])
    if one_sided:
        return (
            0 < kept <= _WEIGHT_OF_WORD
            and min(sizes) >= 2 * _WEIGHT_OF_WORD
            and around >= 6 * _WEIGHT_OF_WORD
        )
    return in_word or around > 2 * max(kept, _WEIGHT_OF_WORD)


def _weight(unit: str) -> int:
    if not is_word(unit):
        return 0
    return _WEIGHT_OF_CHARACTER if is_character(unit) else _WEIGHT_OF_WORD


def _trim(runs: list[Run], a: list[str], b: list[str]) -> list[Run]:
    trimmed = [runs[0]]
    for right in runs[1:]:
        left = trimmed[-1]
        i, i_end, j, j_end = change(left, right)
        head, tail = shared_ends(a[i:i_end], b[j:j_end])
        trimmed[-1] = left._replace(length=left.length + head)
        trimmed.append(Run(right.old - tail, right.new - tail, right.length + tail))
    return trimmed
