"""The paragraphs of a compiled text."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from typing import NamedTuple

from gcmtext.text.collate import (
    Addition,
    Collated,
    Compilation,
    Mark,
    Names,
    Unit,
    Version,
    Whole,
    in_order,
)
from gcmtext.text.collate.reading import texts_of
from gcmtext.text.model import Kind, Paragraph
from gcmtext.text.profiles import Profile
from gcmtext.text.proposals import ProposalKind
from gcmtext.text.rendering.lifting import Lifted, is_bracketed, lifted
from gcmtext.text.rendering.naming import Labels
from gcmtext.text.rendering.nesting import nested
from gcmtext.text.rendering.runs import Run, RunRole, Runs, fill, join, tidy
from gcmtext.text.tokens import tokens

_IN_PLACE = frozenset({ProposalKind.DELETE, ProposalKind.MOVE, ProposalKind.MERGE})
_IN_ITS_STEAD = frozenset(
    {ProposalKind.CHANGE, ProposalKind.ALTERNATIVE, ProposalKind.SPLIT, ProposalKind.MERGE}
)
_SAID_BY = {
    ProposalKind.DELETE: "delete",
    ProposalKind.MOVE: "move",
    ProposalKind.MERGE: "merged",
    ProposalKind.RESERVE: "reserve",
}


class RenderedKind(StrEnum):
    """What a paragraph of a compiled text is: of the base, beside it, or what is said before or after it."""

    BASE = "base"
    ALTERNATIVE = "alternative"
    NEW = "new"
    LEAD = "lead"
    REMARK = "remark"


@dataclass(frozen=True, slots=True)
class Rendered:
    """One paragraph of a compiled text.

    like: its kind, level and label. place: the base paragraph that it is or stands beside; for a new one that
    before which it stands. proposals: how many readings it shows.
    """

    kind: RenderedKind
    like: Paragraph
    runs: Runs
    place: int
    proposals: int = 0

    @property
    def label(self) -> str:
        """Its label as printed."""
        return self.like.label


def render(
    compilation: Compilation, profile: Profile, short: Mapping[str, str] | None = None
) -> tuple[Rendered, ...]:
    """Return the paragraphs of a compilation in order, marked in the way of a profile.

    short: what delegations are called in attributions, where that is not their name.
    """
    return tuple(_Renderer(compilation, profile, short or {}).paragraphs())


class _Span(NamedTuple):
    """A stretch of a paragraph and who says something of it."""

    start: int
    end: int
    names: Names


class _Renderer:
    def __init__(self, compilation: Compilation, profile: Profile, short: Mapping[str, str]) -> None:
        self._compilation = compilation
        self._profile = profile
        self._short = short
        self._words = profile.words_in(compilation.base.language)
        self._labels = Labels(compilation.base, profile.labels, self._words)

    def paragraphs(self) -> Iterator[Rendered]:
        for gap, additions in enumerate(self._compilation.additions):
            for addition in additions:
                yield from self._addition(addition, gap)
            if gap < len(self._compilation.paragraphs):
                yield from self._collated(self._compilation.paragraphs[gap])

    # a paragraph of the base

    def _collated(self, collated: Collated) -> Iterator[Rendered]:
        base = collated.base
        symbols = self._symbols(collated)
        if symbols:
            yield self._lead(symbols, base)
        shown = sum(len(unit.readings) for unit in collated.units) + len(collated.marks)
        here = [whole for whole in collated.wholes if whole.kind in _IN_PLACE and not whole.parts]
        runs = tidy(self._in_place(collated, here))
        yield Rendered(RenderedKind.BASE, base, runs, base.index, shown + len(here))
        instead = [whole for whole in collated.wholes if whole.kind in _IN_ITS_STEAD and whole.parts]
        for number, whole in enumerate(instead, start=1):
            if symbol := self._profile.symbols.get(whole.kind.value, ""):
                yield self._lead({symbol: whole.delegations}, base)
            label = self._labels.alternative(base.index, number, len(instead))
            yield from self._in_its_stead(whole, base, label)
        form = self._profile.paragraph.remark
        for said in collated.said:
            remark = self._fill(
                form, names=self._names((said.delegation,)), remark=" ".join(said.text.split())
            )
            like = Paragraph(base.index, Kind.TEXT, "", base.level, "")
            yield Rendered(RenderedKind.REMARK, like, tidy(remark), base.index)

    def _in_place(self, collated: Collated, here: Sequence[Whole]) -> Runs:
        forms = self._profile.paragraph
        reserved = [mark for mark in collated.marks if mark.kind is ProposalKind.RESERVE]
        retained = [mark for mark in collated.marks if mark.kind is ProposalKind.RETAIN]
        is_deleted = any(whole.kind is ProposalKind.DELETE for whole in here) and not collated.units
        own = lifted(collated.base.text, collated.pieces, texts_of(collated))
        runs = self._pieces(collated, own, RunRole.DELETED if is_deleted else RunRole.BASE)
        runs = self._with_names_in_brackets(runs, own)
        said = [self._said(whole.kind, whole.delegations, self._goes_to(whole)) for whole in here]
        if whole_reserved := [mark for mark in reserved if mark.span is None]:
            said.append(self._said(ProposalKind.RESERVE, _names(whole_reserved)))
        if said:
            form = forms.open
            if is_bracketed(collated.base.text):
                form = form.replace("[", "").replace("]", "")
            runs = self._fill(form, words=runs, said=join(forms.between, said))
        if whole_retained := [mark for mark in retained if mark.span is None]:
            runs = self._fill(forms.retain, words=runs, names=self._names(_names(whole_retained)))
        return runs

    def _with_names_in_brackets(self, runs: Runs, own: Lifted) -> Runs:
        """Return runs in which the signs are replaced by who says what of the brackets there."""
        if not own.said:
            return runs
        forms = self._profile.unit
        signs = re.compile(f"([{''.join(own.said)}])")
        done: list[Run] = []
        for run in runs:
            for piece in signs.split(run.text):
                if piece not in own.said:
                    done.append(Run(run.role, piece, run.depth))
                elif run.role is not RunRole.INSERTED:
                    on = own.said[piece]
                    done += self._fill(forms.said, said=self._on_base(on.delete, on.retain))
        return tuple(done)

    def _on_base(self, deleting: Names, retaining: Names) -> Runs:
        """Return what is said of words of the base: who would delete and who retain them."""
        forms = self._profile.unit
        said = ((forms.delete, deleting), (forms.retain, retaining))
        return join(
            forms.between, [self._fill(form, names=self._names(names)) for form, names in said if names]
        )

    def _pieces(self, collated: Collated, own: Lifted, role: RunRole) -> Runs:
        """Return the words of a paragraph with its units, and brackets around what is reserved in it."""
        runs: list[Run] = []
        place = 0
        marks = [(mark.kind, mark.span, mark.delegations) for mark in collated.marks if mark.span]
        marks += [(ProposalKind.RESERVE, (start, end), names) for start, end, names in own.reserved]
        spans = [
            _Span(own.place(start), own.place(end), names)
            for kind, span, names in sorted(marks, key=lambda mark: (mark[1], mark[2]))
            if kind is ProposalKind.RESERVE
            for start, end in [_whole_words(collated.base.text, span)]
        ]
        kept = [
            _Span(own.place(span[0]), own.place(span[1]), names)
            for kind, span, names in marks
            if kind is ProposalKind.RETAIN
        ]
        opened: list[tuple[int, Names, int]] = []
        for piece in own.pieces:
            size = len(piece.base) if isinstance(piece, Unit) else len(piece)
            end = place + size
            if isinstance(piece, Unit):
                while spans and spans[0][0] < end:
                    opened.append((spans[0][1], spans[0][2], len(runs)))
                    spans.pop(0)
                retaining = in_order(
                    name for first, last, names in kept if first < end and place < last for name in names
                )
                runs += self._unit(piece.base, piece, retaining)
                runs = self._close(runs, opened, end)
            else:
                done = 0
                for cut in sorted({*(s[0] for s in spans), *(o[0] for o in opened), *(s[1] for s in spans)}):
                    if not place <= cut < end:
                        continue
                    runs.append(Run(role, piece[done : cut - place]))
                    done = cut - place
                    runs = self._close(runs, opened, cut)
                    while spans and spans[0][0] <= cut:
                        opened.append((spans[0][1], spans[0][2], len(runs)))
                        spans.pop(0)
                runs.append(Run(role, piece[done:]))
                runs = self._close(runs, opened, end)
            place = end
        return tuple(run for run in runs if run.text)

    def _close(self, runs: list[Run], opened: list[tuple[int, Names, int]], place: int) -> list[Run]:
        """Return runs with brackets around what was reserved up to a place."""
        while opened and opened[-1][0] <= place:
            _, names, start = opened.pop()
            said = self._said(ProposalKind.RESERVE, names)
            inside = tuple(runs[start:])
            runs = [*runs[:start], *self._fill(self._profile.paragraph.open, words=inside, said=said)]
        return runs

    def _unit(self, base: str, unit: Unit, retaining: Names = ()) -> Runs:
        forms = self._profile.unit
        inside = nested(unit)
        if not inside.outer:
            return self._inner(inside.pieces, RunRole.BASE)
        has_units = any(isinstance(piece, Unit) for piece in inside.pieces)
        options: list[Runs] = []
        deleting = in_order(
            name for reading in inside.outer if not reading.text.strip() for name in reading.delegations
        )
        if base.strip():
            words = self._inner(inside.pieces, RunRole.BASE if has_units else RunRole.DELETED)
            said = self._on_base(deleting, retaining)
            form = forms.base
            if is_bracketed(base.strip()):
                form = form.replace("[", "").replace("]", "")
            all_said = self._fill(forms.said, said=said) if said else ()
            options.append(self._fill(form, deleted=_stripped(words), said=all_said))
        for reading in inside.outer:
            if text := reading.text.strip():
                added = (Run(RunRole.INSERTED, text),)
                options.append(self._fill(forms.reading, added=added, names=self._names(reading.delegations)))
        blank = (Run(RunRole.BASE, " "),)
        texts = [text for text in (base, *(r.text for r in inside.outer)) if text.strip()]
        before = blank if any(text[0] == " " for text in texts) else ()
        after = blank if any(text[-1] == " " for text in texts) else ()
        around = fill(forms.opening, {}), fill(forms.closing, {})
        return (*before, *around[0], *join(forms.joiner, options), *around[1], *after)

    def _inner(self, pieces: Iterable[str | Unit], role: RunRole) -> Runs:
        runs: list[Run] = []
        for piece in pieces:
            runs += self._unit(piece.base, piece) if isinstance(piece, Unit) else (Run(role, piece),)
        return tuple(runs)

    # what stands beside it

    def _in_its_stead(self, whole: Whole, base: Paragraph, label: str) -> Iterator[Rendered]:
        forms = self._profile.paragraph
        form = {ProposalKind.SPLIT: forms.split, ProposalKind.MERGE: forms.merge}.get(
            whole.kind, forms.alternative
        )
        for number, part in enumerate(whole.parts, start=1):
            runs = self._fill(
                form,
                added=(Run(RunRole.INSERTED, part),),
                names=self._names(whole.delegations),
                number=str(number),
                total=str(len(whole.parts)),
                place=", ".join(map(self._labels.name, whole.bases)),
            )
            like = Paragraph(base.index, base.kind, label if number == 1 else "", base.level, part)
            yield Rendered(RenderedKind.ALTERNATIVE, like, tidy(runs), base.index, number == 1)

    def _addition(self, addition: Addition, gap: int) -> Iterator[Rendered]:
        first = addition.versions[0]
        moved = first.moved_from
        label = self._labels.new(first, gap) if moved is None else self._labels.printed(moved)
        symbol = self._profile.symbols.get("insert" if moved is None else "moved", "")
        for number, version in enumerate(addition.versions):
            own = version.paragraph
            if symbol:
                yield self._lead({symbol: version.delegations}, own, gap)
            if number:
                form = self._profile.labels
                others = len(addition.versions) - 1
                label_of = form.alternative if others == 1 else form.alternatives
                shown = self._plain(label_of, label=label, number=str(number))
            else:
                shown = label
            like = Paragraph(0, own.kind, shown, own.level, own.text)
            yield Rendered(RenderedKind.NEW, like, tidy(self._version(version)), gap, 1)

    def _version(self, version: Version) -> Runs:
        forms = self._profile.paragraph
        return self._fill(
            forms.new if version.moved_from is None else forms.moved,
            added=(Run(RunRole.INSERTED, version.text),),
            names=self._names(version.delegations),
            place="" if version.moved_from is None else self._labels.name(version.moved_from),
        )

    # symbols

    def _symbols(self, collated: Collated) -> dict[str, Names]:
        if not self._profile.symbols:
            return {}
        found: defaultdict[str, list[str]] = defaultdict(list)
        for unit in collated.units:
            for reading in unit.readings:
                found["change"] += reading.delegations
        for whole in collated.wholes:
            if not whole.parts:
                found["move" if whole.kind is ProposalKind.MOVE else "delete"] += whole.delegations
        for mark in collated.marks:
            found[mark.kind.value] += mark.delegations
        by_symbol: defaultdict[str, list[str]] = defaultdict(list)
        for kind, names in found.items():
            if symbol := self._profile.symbols.get(kind, ""):
                by_symbol[symbol] += names
        return {symbol: in_order(names) for symbol, names in sorted(by_symbol.items())}

    def _lead(self, symbols: Mapping[str, Names], beside: Paragraph, gap: int | None = None) -> Rendered:
        said = [
            self._fill(self._profile.lead, symbol=symbol, names=self._names(names))
            for symbol, names in symbols.items()
        ]
        like = Paragraph(beside.index, Kind.TEXT, "", beside.level, "")
        place = beside.index if gap is None else gap
        return Rendered(RenderedKind.LEAD, like, tidy(join("; ", said)), place)

    # forms

    def _fill(self, form: str, **values: str | Runs) -> Runs:
        return fill(form, {**self._words, **values})

    def _plain(self, form: str, **values: str) -> str:
        return "".join(run.text for run in self._fill(form, **values))

    def _said(self, kind: ProposalKind, names: Names, place: str = "") -> Runs:
        form = getattr(self._profile.paragraph, _SAID_BY[kind])
        return self._fill(form, names=self._names(names), place=place)

    def _goes_to(self, whole: Whole) -> str:
        if whole.kind is ProposalKind.MOVE and whole.to is not None:
            return self._labels.place(whole.to)
        return self._labels.name(whole.at) if whole.at is not None else ""

    def _names(self, names: Names) -> str:
        return ", ".join(self._short.get(name, name) for name in names)


def _names(marks: Iterable[Whole] | Iterable[Mark]) -> Names:
    return in_order(name for mark in marks for name in mark.delegations)


def _whole_words(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Return a span widened so that no word is cut."""
    ends = [0, *accumulate(map(len, tokens(text)))]
    return ends[bisect_right(ends, span[0]) - 1], ends[bisect_left(ends, span[1])]


def _stripped(runs: Runs) -> Runs:
    """Return runs without the blanks at their ends."""
    found = [run for run in runs if run.text]
    if found:
        found[0] = Run(found[0].role, found[0].text.lstrip(" "), found[0].depth)
        found[-1] = Run(found[-1].role, found[-1].text.rstrip(" "), found[-1].depth)
    return tuple(run for run in found if run.text)
