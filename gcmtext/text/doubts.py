"""Where the segmentation of a text may be wrong: what a person should look at before it is issued."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from gcmtext.text.labels import Label, read_mark
from gcmtext.text.model import Kind, Paragraph


class Why(StrEnum):
    """What makes a paragraph doubtful.

    UNNUMBERED: it has no label and stands between paragraphs that have one.
    GAP: a label is missing before its own. BEGINS: its enumeration does not begin at the beginning.
    REPEATED: its label is that of the one before. BACK: its label comes before that of the one before.
    DEEP: it stands two levels or more below what it follows.
    EMPTY: it has no words. LONG: it is a heading with the length of a paragraph.
    """

    UNNUMBERED = "unnumbered"
    GAP = "gap"
    BEGINS = "begins"
    REPEATED = "repeated"
    BACK = "back"
    DEEP = "deep"
    EMPTY = "empty"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One paragraph, by its index, and what is doubtful; `before` is the label that its own follows."""

    index: int
    why: Why
    before: str = ""


_HEADS = frozenset({Kind.HEADING, Kind.ANNEX})
_ITEMS = frozenset({Kind.NUMBERED, Kind.SUBPARAGRAPH})
_ASIDE = frozenset({Kind.FOOTNOTE, Kind.ROW})
_LONG_HEADING = 300  # characters; the longest titles of resolutions have fewer


def doubts(paragraphs: Sequence[Paragraph]) -> tuple[Doubt, ...]:
    """Return what is doubtful about the segmentation of a text, in its order; at most one for a paragraph.

    A doubt is no error: texts do skip numbers. Time grows linearly with the paragraphs.
    """
    found = {doubt.index: doubt for doubt in _about_shapes(paragraphs)}
    found |= {doubt.index: doubt for doubt in _about_labels(paragraphs)}
    return tuple(found[index] for index in sorted(found))


def _about_shapes(paragraphs: Sequence[Paragraph]) -> Iterator[Doubt]:
    level = 0
    run: list[Doubt] = []
    after_item = False
    for p in paragraphs:
        if p.kind is Kind.HEADING and len(p.text) > _LONG_HEADING:
            yield Doubt(p.index, Why.LONG)
        elif not p.text and p.kind not in _HEADS and p.kind is not Kind.ROW:
            yield Doubt(p.index, Why.EMPTY)
        if p.kind in _ASIDE:
            continue
        if p.kind is Kind.SUBPARAGRAPH and p.level > level + 1:
            yield Doubt(p.index, Why.DEEP)
        level = 0 if p.kind in _HEADS else p.level
        if p.kind is Kind.TEXT and not p.label and after_item:
            run.append(Doubt(p.index, Why.UNNUMBERED))
            continue
        after_item = p.kind in _ITEMS and bool(p.label)
        if after_item:
            yield from run
        run = []


def _about_labels(paragraphs: Sequence[Paragraph]) -> Iterator[Doubt]:
    series = _Series()
    for p in paragraphs:
        before, may_begin = series.enter(p)
        # What a label of several numbers counts ("2.1" after "1.9") is not asked.
        if not p.label or p.kind is Kind.ROW or "." in p.label:
            continue
        why = _why(before, read_mark(p.label), may_begin)
        if why:
            yield Doubt(p.index, why, before.printed if before else "")


@dataclass
class _Series:
    """The last label of each enumeration that is open: by the kind and the level of its paragraphs.

    headed, apart: whether a heading stands before the next numbered paragraph, a text without label before
        the next sub-paragraph; either may begin again there.
    """

    last: dict[tuple[str, int], Label] = field(default_factory=dict)
    headed: bool = True
    apart: bool = False

    def enter(self, p: Paragraph) -> tuple[Label | None, bool]:
        """Return the label that one follows, and whether it may begin again; end what the paragraph ends."""
        family = "item" if p.kind in _ITEMS else p.kind.value
        if p.kind in (Kind.ANNEX, Kind.TITLE):
            self.last.clear()
        elif p.kind is Kind.HEADING:
            self._end(family, p.level)
            self._end("item", 0)
        elif p.kind in _ITEMS or p.kind is Kind.CHAPEAU:
            self._end("item", p.level)
        before = self.last.get((family, p.level))
        may_begin = {Kind.NUMBERED: self.headed, Kind.SUBPARAGRAPH: self.apart}.get(p.kind, True)
        self.headed = p.kind in _HEADS or (self.headed and p.kind is not Kind.NUMBERED)
        self.apart = p.kind is Kind.TEXT or (self.apart and p.kind in _ASIDE)
        if p.label:
            self.last[family, p.level] = read_mark(p.label)
        return before, may_begin

    def _end(self, family: str, level: int) -> None:
        """End the enumerations of a family that stand deeper than a level."""
        for key in [key for key in self.last if key[0] == family and key[1] > level]:
            del self.last[key]


def _why(before: Label | None, label: Label, may_begin: bool) -> Why | None:
    """Return what is doubtful about a label behind another; None if it is the next, or may be the first."""
    if may_begin and any(reading.value == 1 for reading in label.readings):
        return None
    steps = [
        new.value - old.value
        for old in (before.readings if before and _dress(before) == _dress(label) else ())
        for new in label.readings
        if new.numbering is old.numbering
    ]
    if before is None or not steps:
        return None if any(reading.value == 1 for reading in label.readings) else Why.BEGINS
    # "3 bis" and "3 alt" stand beside 3, on either side.
    beside = before.printed != label.printed and bool(before.suffix or label.suffix)
    if 1 in steps or (0 in steps and beside):
        return None
    nearest = min(steps, key=abs)
    if nearest == 0:
        return Why.REPEATED
    return Why.GAP if nearest > 0 else Why.BACK


def _dress(label: Label) -> str:
    """Return how a label is dressed, apart from signs that are often left out."""
    return label.form.strip("().-–、")
