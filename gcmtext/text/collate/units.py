"""The units of change of one paragraph: where several texts differ from it, and how."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from gcmtext.text.collate.model import Names, Piece, Reading, Unit, in_order, order
from gcmtext.text.diff import diff, word_counts
from gcmtext.text.model import Changes
from gcmtext.text.tokens import words

_REWRITTEN = 0.5  # of the words of either text kept, under which they are read one after the other
_FEW_WORDS = 8  # in a paragraph so short, or shorter, even a rewriting is read in place
_JOINED_OVER = 2  # so many words between changes of the same delegations are given up


class Edit(NamedTuple):
    """Characters of the base, from start to before end, and what is to stand there instead."""

    start: int
    end: int
    text: str


def collate_texts(base: str, texts: Mapping[str, Names]) -> tuple[Piece, ...]:
    """Return the words of the base as pieces, given the other texts and who proposes each.

    Changes that overlap or touch are in one unit, and so are changes of the same delegations with a word or
    two between them; all other words stand once, outside the units. Every text can be had from the pieces by
    taking in each unit the reading of one of its delegations, or the base where it has none.
    """
    edits = {text: edits_of(diff(base, text)) for text in texts}
    spans = _joined(_grouped(edit for found in edits.values() for edit in found), base, edits, texts)
    pieces: list[Piece] = []
    done = 0
    for start, end in spans:
        if done < start:
            pieces.append(base[done:start])
        pieces.append(Unit(base[start:end], _readings(base, start, end, edits, texts)))
        done = end
    if done < len(base):
        pieces.append(base[done:])
    return tuple(pieces)


def edits_of(changes: Changes) -> tuple[Edit, ...]:
    """Return changes with their places; what is deleted and inserted in one place is one edit."""
    edits: list[Edit] = []
    place = 0
    for operation, text in changes:
        if operation == "equal":
            place += len(text)
        elif operation == "delete":
            edits.append(Edit(place, place + len(text), ""))
            place += len(text)
        elif edits and edits[-1].end == place and not edits[-1].text:
            edits[-1] = edits[-1]._replace(text=text)
        else:
            edits.append(Edit(place, place, text))
    return tuple(edits)


def is_rewritten(base: str, text: str) -> bool:
    """Return whether a text keeps so little of another that changes in place could not be read."""
    deleted, inserted, kept = word_counts(diff(base, text))
    old, new = deleted + kept, inserted + kept
    return max(old, new) > _FEW_WORDS and kept < _REWRITTEN * min(old, new)


def readings_in_order(found: Mapping[str, Iterable[str]]) -> tuple[Reading, ...]:
    """Return readings in the order of their first delegations."""
    readings = [Reading(text, in_order(names)) for text, names in found.items()]
    return tuple(sorted(readings, key=lambda reading: order(reading.delegations[0])))


def _grouped(edits: Iterable[Edit]) -> Iterator[tuple[int, int]]:
    """Yield the stretches in which edits overlap or touch."""
    start = end = -1
    for edit in sorted(edits):
        if edit.start > end:
            if end >= 0:
                yield start, end
            start, end = edit.start, edit.end
        else:
            end = max(end, edit.end)
    if end >= 0:
        yield start, end


def _joined(
    spans: Iterator[tuple[int, int]],
    base: str,
    edits: Mapping[str, Sequence[Edit]],
    texts: Mapping[str, Names],
) -> list[tuple[int, int]]:
    """Return stretches, those joined that the same delegations change and only a word or two keeps apart."""
    found = list(spans)
    changed_by = [
        {name for text, made in edits.items() if _within(made, start, end) for name in texts[text]}
        for start, end in found
    ]
    joined = found[:1]
    for (before, after), span in zip(pairwise(changed_by), found[1:], strict=False):
        start, end = joined[-1]
        if before == after and len(words(base[end : span[0]])) <= _JOINED_OVER:
            joined[-1] = (start, span[1])
        else:
            joined.append(span)
    return joined


def _within(edits: Sequence[Edit], start: int, end: int) -> list[Edit]:
    return [edit for edit in edits if start <= edit.start and edit.end <= end]


def _readings(
    base: str, start: int, end: int, edits: Mapping[str, Sequence[Edit]], texts: Mapping[str, Names]
) -> tuple[Reading, ...]:
    found: dict[str, list[str]] = {}
    for text, made in edits.items():
        if inside := _within(made, start, end):
            found.setdefault(_applied(base, start, end, inside), []).extend(texts[text])
    found.pop(base[start:end], None)
    return readings_in_order(found)


def _applied(base: str, start: int, end: int, edits: Sequence[Edit]) -> str:
    parts = []
    for edit in edits:
        parts += [base[start : edit.start], edit.text]
        start = edit.end
    return "".join([*parts, base[start:end]])
