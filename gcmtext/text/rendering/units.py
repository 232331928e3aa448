"""The words of one paragraph of the base with all that is proposed inside it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from itertools import accumulate, pairwise

from gcmtext.text.brackets import parse
from gcmtext.text.collate import Collated, Names, Piece, Unit, in_order
from gcmtext.text.collate.reading import texts_of
from gcmtext.text.proposals import ProposalKind
from gcmtext.text.rendering.forms import Forms
from gcmtext.text.rendering.lifting import Lifted, is_bracketed, lifted
from gcmtext.text.rendering.nesting import nested
from gcmtext.text.rendering.runs import Run, RunRole, Runs, fill, join
from gcmtext.text.tokens import tokens

_BLANK = (Run(RunRole.BASE, " "),)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of a paragraph, from a place to before another, as it is written."""

    start: int
    end: int
    runs: Runs


@dataclass(frozen=True, slots=True)
class _Span:
    """A part of a paragraph of which some say that they reserve it, or would retain it."""

    start: int
    end: int
    names: Names
    kind: ProposalKind

    def meets(self, start: int, end: int) -> bool:
        """Whether it has anything in common with another part."""
        return self.start < end and start < self.end


def words_of(collated: Collated, role: RunRole, forms: Forms) -> Runs:
    """Return the words of a paragraph with its units, and brackets around what is reserved in it.

    role: what its own words are, outside the units.
    """
    own = lifted(collated.base.text, collated.pieces, texts_of(collated))
    reserved, retained = _spans(collated, own)
    said_in_units = {span for span in retained if _is_said_in_a_unit(span, own.pieces)}
    apart = [span for span in retained if span not in said_in_units]
    cuts = {place for span in (*reserved, *apart) for place in (span.start, span.end)}
    stretches = list(_stretches(own.pieces, cuts, said_in_units, role, forms))
    for span in sorted({*reserved, *apart}, key=lambda span: (span.end - span.start, span.start, span.names)):
        stretches = _around(stretches, span, forms)
    return _with_names_in_brackets([run for stretch in stretches for run in stretch.runs], own, forms)


def _spans(collated: Collated, own: Lifted) -> tuple[list[_Span], list[_Span]]:
    """Return what is reserved and what is to be retained in a paragraph."""
    found: dict[ProposalKind, list[_Span]] = {ProposalKind.RESERVE: [], ProposalKind.RETAIN: []}
    marks = [(mark.kind, mark.span, mark.delegations) for mark in collated.marks if mark.span]
    marks += [(ProposalKind.RESERVE, (start, end), names) for start, end, names in own.reserved]
    for kind, span, names in marks:
        start, end = _whole_words(collated.base.text, span)
        if kind is ProposalKind.RETAIN:
            start, end = _in_brackets(collated.base.text, start, end)
        found[kind].append(_Span(own.place(start), own.place(end), names, kind))
    return found[ProposalKind.RESERVE], found[ProposalKind.RETAIN]


def _is_said_in_a_unit(span: _Span, pieces: Iterable[Piece]) -> bool:
    """Return whether a unit that a span meets names behind the words of the base who would retain them."""
    start = 0
    for piece in pieces:
        end = start + len(piece.base if isinstance(piece, Unit) else piece)
        if isinstance(piece, Unit) and piece.base.strip() and span.meets(start, end) and nested(piece).outer:
            return True
        start = end
    return False


def _stretches(
    pieces: Iterable[Piece], cuts: Set[int], retained: Iterable[_Span], role: RunRole, forms: Forms
) -> Iterator[_Stretch]:
    """Yield the units, and what stands between them, cut where something is said of a part."""
    start = 0
    for piece in pieces:
        if isinstance(piece, Unit):
            end = start + len(piece.base)
            retaining = in_order(name for span in retained if span.meets(start, end) for name in span.names)
            yield _Stretch(start, end, _unit(piece, forms, retaining))
        else:
            end = start + len(piece)
            places = [start, *sorted(cut for cut in cuts if start < cut < end), end]
            for one, other in pairwise(places):
                yield _Stretch(one, other, (Run(role, piece[one - start : other - start]),))
        start = end


def _around(stretches: list[_Stretch], span: _Span, forms: Forms) -> list[_Stretch]:
    """Return stretches of which those that a span meets are one, with what its delegations say of it."""
    inside = [n for n, stretch in enumerate(stretches) if span.meets(stretch.start, stretch.end)]
    if not inside:
        return stretches
    first, last = inside[0], inside[-1]
    words = tuple(run for stretch in stretches[first : last + 1] for run in stretch.runs)
    if span.kind is ProposalKind.RETAIN:
        runs = forms.retained(words, span.names)
    else:
        runs = forms.open(words, forms.said(span.kind, span.names))
    whole = _Stretch(stretches[first].start, stretches[last].end, runs)
    return [*stretches[:first], whole, *stretches[last + 1 :]]


def _with_names_in_brackets(runs: Iterable[Run], own: Lifted, forms: Forms) -> Runs:
    """Return runs in which the signs are replaced by who says what of the brackets there."""
    if not own.said:
        return tuple(runs)
    signs = re.compile(f"([{''.join(own.said)}])")
    done: list[Run] = []
    for run in runs:
        for piece in signs.split(run.text):
            if piece not in own.said:
                done.append(Run(run.role, piece, run.depth))
            elif run.role is not RunRole.INSERTED:
                done += forms.on_base(own.said[piece].delete, own.said[piece].retain)
    return tuple(done)


def _unit(unit: Unit, forms: Forms, retaining: Names = ()) -> Runs:
    """Return a unit: its words in the base, with the smaller units in them, and the other readings."""
    inside = nested(unit)
    if not inside.outer:
        return _inner(inside.pieces, RunRole.BASE, forms)
    options: list[Runs] = []
    if unit.base.strip():
        has_units = any(isinstance(piece, Unit) for piece in inside.pieces)
        words = _inner(inside.pieces, RunRole.BASE if has_units else RunRole.DELETED, forms)
        cutting = (reading for reading in inside.outer if not reading.text.strip())
        deleting = in_order(name for reading in cutting for name in reading.delegations)
        said = forms.on_base(deleting, retaining)
        options.append(forms.base(_stripped(words), said, is_bracketed(unit.base.strip())))
    options += [
        forms.fill(
            forms.profile.unit.reading,
            added=(Run(RunRole.INSERTED, reading.text.strip()),),
            names=forms.names(reading.delegations),
        )
        for reading in inside.outer
        if reading.text.strip()
    ]
    texts = [text for text in (unit.base, *(r.text for r in inside.outer)) if text.strip()]
    before = _BLANK if any(text[0] == " " for text in texts) else ()
    after = _BLANK if any(text[-1] == " " for text in texts) else ()
    around = forms.profile.unit
    opening, closing = fill(around.opening, {}), fill(around.closing, {})
    return (*before, *opening, *join(around.joiner, options), *closing, *after)


def _inner(pieces: Iterable[Piece], role: RunRole, forms: Forms) -> Runs:
    runs: list[Run] = []
    for piece in pieces:
        runs += _unit(piece, forms) if isinstance(piece, Unit) else (Run(role, piece),)
    return tuple(runs)


def _whole_words(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Return a span widened so that no word is cut."""
    ends = [0, *accumulate(map(len, tokens(text)))]
    return ends[bisect_right(ends, span[0]) - 1], ends[bisect_left(ends, span[1])]


def _in_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without the two brackets that hold all of it, if there are any."""
    words = text[start:end]
    is_pair = words[:1] == "[" and [pair.closes for pair in parse([words]).pairs if pair.opens == (0, 0)]
    return (start + 1, end - 1) if is_pair == [(0, len(words) - 1)] and len(words) > 2 else (start, end)


def _stripped(runs: Runs) -> Runs:
    """Return runs without the blanks at their ends."""
    found = [run for run in runs if run.text]
    if found:
        found[0] = Run(found[0].role, found[0].text.lstrip(" "), found[0].depth)
        found[-1] = Run(found[-1].role, found[-1].text.rstrip(" "), found[-1].depth)
    return tuple(run for run in found if run.text)
