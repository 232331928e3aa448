"""A compilation as the paragraphs of a Word file.

Words of the base that several delegations would not keep are deleted by all of them together; what each
would put there follows, reading by reading. A reading of a whole paragraph follows it as a new one. So each
delegation's text is had by accepting what bears its name and rejecting the rest.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from gcmtext.formats.docx_tracked.story import Fate, Margin, Run, Told, arranged
from gcmtext.text.collate import Addition, Collated, Compilation, Names, Unit, Whole, in_order
from gcmtext.text.model import Paragraph
from gcmtext.text.proposals import ProposalKind
from gcmtext.text.tracked import Signature, joined_names
from gcmtext.text.tracked.model import SAID_OF_MARKS

_NOTHING = "delete"


def tell_compilation(compilation: Compilation, dates: Mapping[str, datetime]) -> Iterator[Told]:
    """Yield the paragraphs of the file in order; dates: of each delegation."""
    return arranged(_Teller(compilation, dates).paragraphs())


class _Teller:
    """Tells one compilation."""

    def __init__(self, compilation: Compilation, dates: Mapping[str, datetime]) -> None:
        self._compilation = compilation
        self._dates = dates
        self._moves: dict[int | None, str] = dict(self._true_moves())

    def paragraphs(self) -> Iterator[Told]:
        """Yield the paragraphs of the base, each behind what is put before it and before its readings."""
        for gap, additions in enumerate(self._compilation.additions):
            for addition in additions:
                yield from self._added(addition)
            if gap < len(self._compilation.paragraphs):
                yield from self._paragraph(self._compilation.paragraphs[gap])

    def _true_moves(self) -> Iterator[tuple[int, str]]:
        """Yield the paragraphs of which all that is proposed is one move, with the names of the moves."""
        count = 0
        for collated in self._compilation.paragraphs:
            if collated.units or len(collated.wholes) != 1:
                continue
            (whole,) = collated.wholes
            if whole.kind is not ProposalKind.MOVE or whole.to is None:
                continue
            versions = (v for a in self._compilation.additions[whole.to] for v in a.versions)
            index, text = collated.base.index, collated.base.text
            if any(
                (v.moved_from, v.delegations, v.text) == (index, whole.delegations, text) for v in versions
            ):
                count += 1
                yield index, f"move{count}"

    def _added(self, addition: Addition) -> Iterator[Told]:
        for version in addition.versions:
            name = self._moves.get(version.moved_from, "")
            fate = Fate.ARRIVED if name else Fate.INSERTED
            yield self._new(version.paragraph, version.delegations, fate, name)

    def _new(self, paragraph: Paragraph, names: Names, fate: Fate = Fate.INSERTED, move: str = "") -> Told:
        by = self._signed(names)
        return Told((Run(fate, _printed(paragraph), by),), fate, paragraph, move=move, by=by)

    def _paragraph(self, collated: Collated) -> Iterator[Told]:
        base = collated.base
        move = self._moves.get(base.index, "")
        leaving = in_order(name for whole in collated.wholes for name in whole.delegations)
        runs = tuple(self._runs(collated, leaving, Fate.LEFT if move else Fate.DELETED))
        mark = Fate.KEPT if not leaving else Fate.LEFT if move else Fate.DELETED
        yield Told(
            runs,
            mark,
            base,
            move=move,
            by=self._signed(leaving) if leaving else None,
            comments=tuple(self._comments(collated)),
        )
        for whole in collated.wholes:
            for number, text in enumerate(whole.parts):
                label = "" if number else base.label
                part = Paragraph(base.index, base.kind, label, base.level, text)
                yield self._new(part, whole.delegations)

    def _runs(self, collated: Collated, leaving: Names, gone: Fate) -> Iterator[Run]:
        def old(text: str, names: Names) -> Run:
            return Run(gone, text, self._signed(names)) if names else Run(Fate.KEPT, text)

        if collated.base.label:
            yield old(f"{collated.base.label}\t", leaving)
        for piece in collated.pieces:
            if not isinstance(piece, Unit):
                yield old(piece, leaving)
                continue
            changing = (name for reading in piece.readings for name in reading.delegations)
            if piece.base:
                yield old(piece.base, in_order([*leaving, *changing]))
            for reading in piece.readings:
                if reading.text:
                    yield Run(Fate.INSERTED, reading.text, self._signed(reading.delegations))

    def _comments(self, collated: Collated) -> Iterator[Margin]:
        base = collated.base
        before = len(base.label) + 1 if base.label else 0
        for mark in collated.marks:
            span = None if mark.span is None else (before + mark.span[0], before + mark.span[1])
            yield Margin(self._signed(mark.delegations), SAID_OF_MARKS[mark.kind], span)
        for said in collated.said:
            yield Margin(self._signed((said.delegation,)), said.text)
        if collated.is_conflict:
            yield Margin(None, "\n".join(_conflict(collated)))

    def _signed(self, names: Names) -> Signature:
        """Return the common signature of delegations, with the date of the last."""
        date = max(self._dates[name] for name in names).astimezone(UTC)
        return Signature(joined_names(names), date.strftime("%Y-%m-%dT%H:%M:%SZ"))


def _printed(paragraph: Paragraph) -> str:
    return f"{paragraph.label}\t{paragraph.text}" if paragraph.label else paragraph.text


def _conflict(collated: Collated) -> Iterator[str]:
    """Yield what delegations disagree on, a line for each place."""
    if len(collated.wholes) + bool(collated.units) > 1:
        readings = [f"{_said(whole)} ({', '.join(whole.delegations)})" for whole in collated.wholes]
        if collated.units:
            names = in_order(n for unit in collated.units for r in unit.readings for n in r.delegations)
            readings.append(f"change in it ({', '.join(names)})")
        yield f"Not agreed, the paragraph: {'; '.join(readings)}."
    for unit in collated.units:
        if unit.is_conflict:
            told = (f"{_quoted(r.text)} ({', '.join(r.delegations)})" for r in unit.readings)
            yield f"Not agreed, {_quoted(unit.base) if unit.base.strip() else 'addition'}: {'; '.join(told)}."


def _said(whole: Whole) -> str:
    return _NOTHING if whole.kind is ProposalKind.DELETE else whole.kind.value


def _quoted(text: str) -> str:
    return f"“{text.strip()}”" if text.strip() else _NOTHING
