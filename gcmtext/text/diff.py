"""What changed between two texts, word by word, as a person would mark it.

    diff(old, new)             one paragraph against one
    diff_paragraphs(old, new)  a split or a merger: several paragraphs against one
    word_counts(changes)       words deleted, inserted and kept

The texts are compared as words and signs (`gcmtext.text.tokens`), in named steps over runs of kept words:

    match    keep phrases first, then as many of the other words as can stay
    gather   slide an insertion or deletion along repeated words until it meets the next one
    join     give up words kept by chance, one or two between larger changes
    settle   slide what is left to where a clause begins or ends
    render   put the white space back

Every step depends on the texts alone, never on a clock: the same texts give the same changes on any machine.
"""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

from gcmtext.text.model import Change, Changes, Operation
from gcmtext.text.subsequence import longest_common
from gcmtext.text.tokens import is_character, is_space, is_word, tokens, words

VERSION = "diff 1"
"""Part of the key of every kept comparison: raised whenever the same texts may give other changes."""

# How far a change is slid to a better place, in units; and the characters that are read beside it for that.
_FARTHEST = 100
_ROOM = 80

# Weights in half words, since a Chinese word has about two characters.
_WEIGHT_OF_WORD = 2
_WEIGHT_OF_CHARACTER = 1
_WEIGHT_OF_CHANCE = 2 * _WEIGHT_OF_WORD
_LENGTH_OF_CHANCE = 8  # units, signs among them

_ENDS_CLAUSE = frozenset(".!?;:…。！？；：؟؛")
_COMMAS = frozenset(",،，、")
_OPENING = frozenset("([{（［【「『《«“‘")
_CLOSING = frozenset(")]}）］】」』》»”")
_CONJUNCTIONS = frozenset(
    "and or nor but et ou ni y e o u и или а но و أو او وأن 和 与 及 或 并 且 以".split()
)


class _Run(NamedTuple):
    """Words kept: `length` of them, from `old` on in the old text and from `new` on in the new one."""

    old: int
    new: int
    length: int


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as tokens, and as units: its words and signs, with their places among the tokens."""

    tokens: list[str]
    places: list[int]
    units: list[str]

    def between(self, start: int, end: int) -> str:
        """Return the units from start to before end, with the space before the first and after the last."""
        first = self.places[start - 1] + 1 if start else 0
        last = self.places[end] if end < len(self.places) else len(self.tokens)
        return "".join(self.tokens[first:last])

    def inside(self, start: int, end: int) -> str:
        """Return the units from start to before end, without the space around them."""
        return "".join(self.tokens[self.places[start] : self.places[end - 1] + 1])

    def space(self, before: int) -> str:
        """Return the white space before a unit, or after the last."""
        return self.between(before, before)


def diff(old: str, new: str) -> Changes:
    """Return how the old text becomes the new one.

    The equal and the deleted texts in a row are the old text, the equal and the inserted ones the new text.
    Neighbours differ in operation, none is empty, and a deletion stands before the insertion in its place. No
    word is cut, and what is deleted and inserted in one place neither begins nor ends with the same word.
    """
    if old == new:
        return (("equal", old),) if old else ()
    head, tail = _same_ends(old, new)
    before, after = (_read(text[head : len(text) - tail]) for text in (old, new))
    a, b = before.units, after.units
    runs = _with_ends(_match(a, b), a, b)
    for step in (_gather, _join, _settle):
        runs = step(runs, a, b)
    written = _Writer()
    written.equal(old[:head])
    _render(written, runs, before, after)
    written.equal(old[len(old) - tail :])
    return written.changes()


def diff_paragraphs(old: Sequence[str], new: Sequence[str]) -> Changes:
    """Return how the old paragraphs become the new ones: as `diff`, of their texts joined by line breaks.

    A boundary that was put in or taken out is an insertion or deletion of "\\n".
    """
    return diff("\n".join(old), "\n".join(new))


def word_counts(changes: Changes) -> tuple[int, int, int]:
    """Return how many words are deleted, inserted and kept."""
    counts: dict[Operation, int] = {"delete": 0, "insert": 0, "equal": 0}
    for operation, text in changes:
        counts[operation] += len(words(text))
    return counts["delete"], counts["insert"], counts["equal"]


def _same_ends(old: str, new: str) -> tuple[int, int]:
    """Return how many characters at the beginning and at the end need not be read, for they are the same.

    They end and begin at a blank before a letter, where no word is cut, and leave room to slide a change.
    """
    size = min(len(old), len(new))
    same = bisect(range(1, size + 1), False, key=lambda n: old[:n] != new[:n])
    size -= same
    same_at_end = bisect(range(1, size + 1), False, key=lambda n: old[len(old) - n :] != new[len(new) - n :])
    head = old.rfind(" ", 0, max(0, same - _ROOM)) + 1
    if not old[head : head + 1].isalpha():
        head = 0
    tail = len(old) - 1 - old.find(" ", max(head, len(old) - same_at_end + _ROOM))
    if tail >= same_at_end or not old[len(old) - tail : len(old) - tail + 1].isalpha():
        tail = 0
    return head, tail


def _read(text: str) -> _Text:
    found = tokens(text)
    spaces = set(filter(is_space, set(found)))
    places = [at for at, token in enumerate(found) if token not in spaces]
    return _Text(found, places, [found[at] for at in places])


# match


def _match(a: list[str], b: list[str]) -> list[_Run]:
    """Return runs of kept words: common pairs of neighbours first, then what fits between them.

    Phrases go first because a longest common subsequence of all words would rather keep three scattered
    articles and commas than a phrase of two words.
    """
    head, tail = _shared_ends(a, b)
    matches = [_Run(0, 0, head)] if head else []
    matches += _runs(_phrases_first(a[head : len(a) - tail], b[head : len(b) - tail]), head)
    if tail:
        matches.append(_Run(len(a) - tail, len(b) - tail, tail))
    return matches


def _shared_ends(a: list[str], b: list[str]) -> tuple[int, int]:
    """Return how many units two lists share at the beginning, and how many more at the end."""
    size = min(len(a), len(b))
    head = next((at for at in range(size) if a[at] != b[at]), size)
    return head, next((at for at in range(size - head) if a[-1 - at] != b[-1 - at]), size - head)


def _runs(pairs: list[tuple[int, int]], offset: int) -> list[_Run]:
    starts = [at for at, (i, j) in enumerate(pairs) if at == 0 or pairs[at - 1] != (i - 1, j - 1)]
    return [
        _Run(pairs[start][0] + offset, pairs[start][1] + offset, end - start)
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


# gather, join, settle: from runs to runs, of which the first and the last may be empty at an end of the texts


def _with_ends(runs: list[_Run], a: list[str], b: list[str]) -> list[_Run]:
    if not runs or runs[0][:2] != (0, 0):
        runs = [_Run(0, 0, 0), *runs]
    last = runs[-1]
    if (last.old + last.length, last.new + last.length) != (len(a), len(b)):
        runs = [*runs, _Run(len(a), len(b), 0)]
    return runs


def _change(left: _Run, right: _Run) -> tuple[int, int, int, int]:
    """Return where the change between two runs begins and ends in the old and in the new text."""
    return left.old + left.length, right.old, left.new + left.length, right.new


def _slides(left: _Run, right: _Run, a: list[str], b: list[str]) -> tuple[int, int]:
    """Return by how many units the change between two runs can go left and right, its effect unchanged.

    Only what is inserted alone or deleted alone can, over a run that repeats its units.
    """
    i, i_end, j, j_end = _change(left, right)
    if i < i_end and j < j_end:
        return 0, 0
    units, start, end = (b, j, j_end) if j < j_end else (a, i, i_end)
    size = end - start
    back = next((n for n in range(left.length) if units[start - 1 - n] != units[end - 1 - n]), left.length)
    on = next((n for n in range(right.length) if units[start + n] != units[start + n + size]), right.length)
    return back, on


def _slid(left: _Run, right: _Run, by: int) -> tuple[_Run, _Run]:
    return left._replace(length=left.length + by), _Run(right.old + by, right.new + by, right.length - by)


def _gather(runs: list[_Run], a: list[str], b: list[str]) -> list[_Run]:
    """Slide a change over a whole run to the next change, so that both become one."""
    done = [runs[0]]
    for run in runs[1:]:
        done.append(run)
        while len(done) > 2:
            first, middle, last = done[-3:]
            if _slides(middle, last, a, b)[0] == middle.length:
                done[-3:] = [first, _slid(middle, last, -middle.length)[1]]
            elif _slides(first, middle, a, b)[1] == middle.length:
                done[-3:] = [_slid(first, middle, middle.length)[0], last]
            else:
                break
    return done


def _join(runs: list[_Run], a: list[str], b: list[str]) -> list[_Run]:
    """Give up runs of a word or two between larger changes, but keep what the ends of a change share."""
    if all(run.length > _LENGTH_OF_CHANCE for run in runs[1:-1]):
        return _trim(runs, a, b)
    weight = {unit: _weight(unit) for unit in {*a, *b}}
    weights_a, weights_b = ([0, *accumulate(map(weight.__getitem__, units))] for units in (a, b))

    def size(left: _Run, right: _Run) -> tuple[int, int]:
        i, i_end, j, j_end = _change(left, right)
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


def _inside_word(first: _Run, middle: _Run, last: _Run, a: list[str], b: list[str]) -> bool:
    """Return whether a run is one character between changed characters, and so likely within a word."""
    if middle.length > 1 or not is_character(a[middle.old]):
        return False
    i, i_end, j, j_end = _change(first, middle)
    before = a[i:i_end][-1:] + b[j:j_end][-1:]
    i, i_end, j, j_end = _change(middle, last)
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


def _trim(runs: list[_Run], a: list[str], b: list[str]) -> list[_Run]:
    trimmed = [runs[0]]
    for right in runs[1:]:
        left = trimmed[-1]
        i, i_end, j, j_end = _change(left, right)
        head, tail = _shared_ends(a[i:i_end], b[j:j_end])
        trimmed[-1] = left._replace(length=left.length + head)
        trimmed.append(_Run(right.old - tail, right.new - tail, right.length + tail))
    return trimmed


def _settle(runs: list[_Run], a: list[str], b: list[str]) -> list[_Run]:
    """Slide each insertion and deletion to the place where it is best read, the first of equal ones."""
    settled = list(runs)
    for at in range(len(runs) - 1):
        left, right = settled[at : at + 2]
        back, on = _slides(left, right, a, b)
        if not back and not on:
            continue
        back = min(back, left.length - (at > 0), _FARTHEST)
        on = min(on, right.length - (at + 2 < len(runs)), _FARTHEST)
        i, i_end, j, j_end = _change(left, right)
        units, start, end = (b, j, j_end) if j < j_end else (a, i, i_end)
        best = max(range(-back, on + 1), key=lambda by: _fitness(units, start + by, end + by))
        settled[at : at + 2] = _slid(left, right, best)
    return settled


def _fitness(units: list[str], start: int, end: int) -> int:
    """Return how well units read as one insertion or deletion; higher is better."""
    open_brackets = 0
    for unit in units[start:end]:
        open_brackets += (unit in _OPENING) - (unit in _CLOSING)
        if open_brackets < 0:
            break
    return _joint(units, start) + _joint(units, end) - (10 if open_brackets else 0)


def _joint(units: list[str], at: int) -> int:
    """Return how strong the joint before a unit is."""
    if at == 0 or at == len(units) or units[at - 1] == "\n":
        return 6
    last, following = units[at - 1], units[at]
    if last in _ENDS_CLAUSE:
        return 5
    if last in _COMMAS:
        return 4
    if following in _CONJUNCTIONS or following in _OPENING:
        return 3
    return 2 if last in _CONJUNCTIONS or last in _CLOSING else 0


# render


class _Writer:
    """Changes in the making: what is equal goes to one side of what is deleted and inserted."""

    def __init__(self) -> None:
        self._changes: list[Change] = []
        self._pending: dict[Operation, str] = {"equal": "", "delete": "", "insert": ""}

    def equal(self, text: str) -> None:
        """Add what stays."""
        if text:
            self._flush("delete", "insert")
            self._pending["equal"] += text

    def replace(self, deleted: str, inserted: str) -> None:
        """Add what goes and what comes in its place."""
        if deleted or inserted:
            self._flush("equal")
            self._pending["delete"] += deleted
            self._pending["insert"] += inserted

    def changes(self) -> Changes:
        """Return what was added."""
        self._flush("equal", "delete", "insert")
        return tuple(self._changes)

    def _flush(self, *operations: Operation) -> None:
        for operation in operations:
            if text := self._pending[operation]:
                self._changes.append((operation, text))
                self._pending[operation] = ""


def _render(written: _Writer, runs: list[_Run], old: _Text, new: _Text) -> None:
    if len(runs) == 1 or runs[0].length:
        _write_space(written, old.space(0), new.space(0))
    for at, run in enumerate(runs):
        if run.length:
            _write_kept(written, run, old, new)
        if at + 1 < len(runs):
            _write_changed(written, *_change(run, runs[at + 1]), old, new)
    if runs[-1].length:
        _write_space(written, old.space(len(old.units)), new.space(len(new.units)))


def _write_kept(written: _Writer, run: _Run, old: _Text, new: _Text) -> None:
    whole = old.inside(run.old, run.old + run.length)
    if whole == new.inside(run.new, run.new + run.length):
        written.equal(whole)
        return
    for n in range(run.length):
        if n:
            _write_space(written, old.space(run.old + n), new.space(run.new + n))
        written.equal(old.units[run.old + n])


def _write_space(written: _Writer, old: str, new: str) -> None:
    if new.startswith(old):
        written.equal(old)
        written.replace("", new[len(old) :])
    elif old.startswith(new):
        written.equal(new)
        written.replace(old[len(new) :], "")
    else:
        written.replace(old, new)


def _write_changed(written: _Writer, i: int, i_end: int, j: int, j_end: int, old: _Text, new: _Text) -> None:
    """Write a change with the space around it; what is the same space in both texts stays."""
    if i == i_end and j == j_end:
        _write_space(written, old.space(i), new.space(j))
        return
    deleted, inserted = old.between(i, i_end), new.between(j, j_end)
    head = old.space(i)
    if head != new.space(j):
        head = ""
    tail = old.space(i_end)
    if tail != new.space(j_end) or min(len(deleted), len(inserted)) < len(head) + len(tail):
        tail = ""
    written.equal(head)
    written.replace(
        deleted[len(head) : len(deleted) - len(tail)], inserted[len(head) : len(inserted) - len(tail)]
    )
    written.equal(tail)
