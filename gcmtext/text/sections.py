"""The sections of a text, and its pages where it is too long for one."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from gcmtext.text.model import Kind, Paragraph

_HEADS = frozenset({Kind.HEADING, Kind.ANNEX})
_MOST = 2 / 3  # what leaves so much of a text in one section does not divide it
_HUNDRED = 100
WHOLE = 600  # a text of so many paragraphs is one page
_PAGE = 300


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a text, from paragraph `start` to before `stop`.

    heads: indices of the headings that it is known by: one, or two for a label and the title on the line
        after it; none for what stands in front of the first heading and for a stretch of a text without
        headings; the first and the last where sections are joined.
    """

    start: int
    stop: int
    heads: tuple[int, ...] = ()


def sections(paragraphs: Sequence[Paragraph], most: int) -> tuple[Section, ...]:
    """Return the sections of a text in order, `most` or fewer; every paragraph is in one.

    A section begins at each heading of the first level, or where most of the text would be in one (an annex),
    of the first levels that divide it. Without headings, hundreds of paragraphs stand for sections. Where
    there are too many, neighbours are joined.
    """
    starts = _starts(paragraphs)
    if len(starts) < 2:
        size = max(_HUNDRED, ceil(len(paragraphs) / most))
        return tuple(
            Section(start, min(start + size, len(paragraphs)), tuple(s for s in starts if s == start))
            for start in range(0, len(paragraphs), size)
        )
    bounds = [*starts, len(paragraphs)]
    found = [Section(a, b, _heads_from(paragraphs, a)) for a, b in zip(starts, bounds[1:], strict=True)]
    if starts[0] > 0:
        found.insert(0, Section(0, starts[0]))
    size = ceil(len(found) / most)
    return tuple(_joined(found[at : at + size]) for at in range(0, len(found), size))


def pages(paragraphs: Sequence[Paragraph]) -> tuple[range, ...]:
    """Return the stretches in which a text is shown: itself, or pages of about 300 paragraphs.

    A page ends before a heading if there is one in its second half, else before a paragraph that stands under
    no other, else anywhere.
    """
    if len(paragraphs) <= WHOLE:
        return (range(len(paragraphs)),)
    found = []
    start = 0
    while len(paragraphs) - start > _PAGE:
        stop = _end_of_page(paragraphs, start)
        found.append(range(start, stop))
        start = stop
    return (*found, range(start, len(paragraphs)))


def is_head(paragraph: Paragraph) -> bool:
    """Return whether a paragraph is a heading, of the text or of an annex."""
    return paragraph.kind in _HEADS


def _heads_from(paragraphs: Sequence[Paragraph], start: int) -> tuple[int, ...]:
    """Return a heading, with the line after it where it stands on two: "II", then its title."""
    return (start, start + 1) if _completes_heading(paragraphs, start + 1) else (start,)


def _completes_heading(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether a heading is the second line of the one before it, which is a label and no more."""
    if not 0 < index < len(paragraphs) or not is_head(paragraphs[index]):
        return False
    before = paragraphs[index - 1]
    return is_head(before) and not before.text and before.level == paragraphs[index].level


def _starts(paragraphs: Sequence[Paragraph]) -> list[int]:
    heads = [p for p in paragraphs if is_head(p) and not _completes_heading(paragraphs, p.index)]
    levels = [[p.index for p in heads if p.level <= level] for level in sorted({p.level for p in heads})]
    several = [starts for starts in levels if len(starts) > 1]
    dividing = (starts for starts in several if _longest(starts, len(paragraphs)) < _MOST * len(paragraphs))
    return next(dividing, next(iter(several), [p.index for p in heads]))


def _longest(starts: Sequence[int], count: int) -> int:
    return max(after - before for before, after in pairwise([0, *starts, count]))


def _joined(run: Sequence[Section]) -> Section:
    heads = [head for section in run for head in section.heads]
    return Section(run[0].start, run[-1].stop, tuple(dict.fromkeys([*heads[:1], *heads[-1:]])))


def _end_of_page(paragraphs: Sequence[Paragraph], start: int) -> int:
    later = range(start + _PAGE, start + _PAGE // 2, -1)
    heads = (i for i in later if is_head(paragraphs[i]))
    free = (i for i in later if paragraphs[i].level == 0)
    return next(heads, 0) or next(free, 0) or start + _PAGE
