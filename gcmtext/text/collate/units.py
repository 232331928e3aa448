"""The units of change of one paragraph: where several texts differ from it, and how."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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

    @property
    def is_empty(self) -> bool:
        """Whether it only adds."""
        return self.start == self.end


class _Span(NamedTuple):
    """A stretch of the base in which edits belong together."""

    start: int
    end: int
    edits: frozenset[Edit]

    @property
    def is_empty(self) -> bool:
        """Whether its edits only add."""
        return self.start == self.end


def collate_texts(base: str, texts: Mapping[str, Names], touching: bool = True) -> tuple[Piece, ...]:
    """Return the words of the base as pieces, given the other texts and who proposes each.

    Changes that overlap or touch are in one unit, and so are changes of the same delegations with a word or
    two between them; all other words stand once, outside the units. Every text can be had from the pieces by
    taking in each unit the reading of one of its delegations, or the base where it has none.

    touching: where False, what is only added beside words that others change is a unit of its own.
    """
    return collate_edits(base, {text: edits_of(diff(base, text)) for text in texts}, texts, touching)


def collate_edits(
    base: str, edits: Mapping[str, Sequence[Edit]], texts: Mapping[str, Names], touching: bool = True
) -> tuple[Piece, ...]:
    """Return the same as `collate_texts`, given how each text comes from the base."""
    spans = _joined(_grouped((e for found in edits.values() for e in found), touching), base, edits, texts)
    pieces: list[Piece] = []
    done = 0
    for span in spans:
        if done < span.start:
            pieces.append(base[done : span.start])
        pieces.append(Unit(base[span.start : span.end], _readings(base, span, edits, texts)))
        done = span.end
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


def is_rewritten(changes: Changes) -> bool:
    """Return whether so little of a text is kept that changes in place could not be read."""
    deleted, inserted, kept = word_counts(changes)
    old, new = deleted + kept, inserted + kept
    return max(old, new) > _FEW_WORDS and kept < _REWRITTEN * min(old, new)


def readings_in_order(found: Mapping[str, Iterable[str]]) -> tuple[Reading, ...]:
    """Return readings in the order of their first delegations."""
    readings = [Reading(text, in_order(names)) for text, names in found.items()]
    return tuple(sorted(readings, key=lambda reading: order(reading.delegations[0])))


def _grouped(edits: Iterable[Edit], touching: bool) -> Iterator[_Span]:
    """Yield the stretches in which edits overlap or touch.

    touching: where False, an addition does not touch what is changed beside it.
    """
    span = _Span(-1, -1, frozenset())
    for edit in sorted({*edits}):
        apart = not touching and edit.start == span.end and span.is_empty != edit.is_empty
        if edit.start > span.end or apart:
            if span.edits:
                yield span
            span = _Span(edit.start, edit.end, frozenset({edit}))
        else:
            span = _Span(span.start, max(span.end, edit.end), span.edits | {edit})
    if span.edits:
        yield span


def _joined(
    spans: Iterable[_Span], base: str, edits: Mapping[str, Sequence[Edit]], texts: Mapping[str, Names]
) -> list[_Span]:
    """Return stretches, those joined that the same delegations change and only a word or two keeps apart."""
    joined: list[_Span] = []
    before: set[str] = set()
    for span in spans:
        names = {
            name for text, made in edits.items() if span.edits.intersection(made) for name in texts[text]
        }
        if names == before and len(words(base[joined[-1].end : span.start])) <= _JOINED_OVER:
            joined[-1] = _Span(joined[-1].start, span.end, joined[-1].edits | span.edits)
        else:
            joined.append(span)
        before = names
    return joined


def _readings(
    base: str, span: _Span, edits: Mapping[str, Sequence[Edit]], texts: Mapping[str, Names]
) -> tuple[Reading, ...]:
    found: dict[str, list[str]] = {}
    for text, made in edits.items():
        if inside := [edit for edit in made if edit in span.edits]:
            found.setdefault(applied(base, span.start, span.end, inside), []).extend(texts[text])
    found.pop(base[span.start : span.end], None)
    return readings_in_order(found)


def applied(base: str, start: int, end: int, edits: Sequence[Edit]) -> str:
    """Return a stretch of the base with edits inside it made."""
    parts = []
    for edit in edits:
        parts += [base[start : edit.start], edit.text]
        start = edit.end
    return "".join([*parts, base[start:end]])
