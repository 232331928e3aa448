"""What changed between two texts, word by word, as a person would mark it.

    diff(old, new)             one paragraph against one
    diff_paragraphs(old, new)  a split or a merger: several paragraphs against one
    word_counts(changes)       words deleted, inserted and kept

The texts are compared as words and signs (`gcmtext.text.tokens`), in named steps over runs of kept words
(`runs`), each in a module of its name; those that slide are in `slide`:

    match    keep phrases first, then as many of the other words as can stay
    gather   slide an insertion or deletion along repeated words until it meets the next one
    join     give up words kept by chance, one or two between larger changes
    settle   slide what is left to where a clause begins or ends
    render   put the white space back

Every step depends on the texts alone, never on a clock: the same texts give the same changes on any machine.
"""

from bisect import bisect
from collections.abc import Sequence

from gcmtext.text.diff.join import join
from gcmtext.text.diff.match import match
from gcmtext.text.diff.render import Writer, render
from gcmtext.text.diff.runs import read, with_ends
from gcmtext.text.diff.slide import gather, settle
from gcmtext.text.model import Changes, Operation
from gcmtext.text.tokens import words

VERSION = "diff 1"
"""Part of the key of every kept comparison: raised whenever the same texts may give other changes."""

_ROOM = 80  # characters that are read beside a change, so that it can be slid to a better place


def diff(old: str, new: str) -> Changes:
    """Return how the old text becomes the new one.

    The equal and the deleted texts in a row are the old text, the equal and the inserted ones the new text.
    Neighbours differ in operation, none is empty, and a deletion stands before the insertion in its place. No
    word is cut, and what is deleted and inserted in one place neither begins nor ends with the same word.
    """
    if old == new:
        return (("equal", old),) if old else ()
    head, tail = _same_ends(old, new)
    before, after = (read(text[head : len(text) - tail]) for text in (old, new))
    a, b = before.units, after.units
    runs = with_ends(match(a, b), a, b)
    for step in (gather, join, settle):
        runs = step(runs, a, b)
    written = Writer()
    written.equal(old[:head])
    render(written, runs, before, after)
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
