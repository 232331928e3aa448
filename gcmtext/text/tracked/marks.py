"""Changes shown by type alone, as in older practice: added words bold or underlined, deleted ones struck.

Headings are bold, too, and people underline for weight. So with the base at hand nothing is taken for a
change unless it says so: without what is marked as added, a paragraph must be one of the base, word for word.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from gcmtext.text.model import Block, Document, Notice, Source
from gcmtext.text.normalise import clean
from gcmtext.text.segment import segment
from gcmtext.text.segment.item import Item
from gcmtext.text.tracked.model import Signature, TrackedComment, TrackedText
from gcmtext.text.tracked.weave import Piece, weave

_GLIMPSE = 40
_HEADING = 20  # words up to which a paragraph that is bold all through is rather a heading

BY_TYPE = Signature("bold and struck words")
"""Signs what nobody tracked, but set in bold or struck out."""

_SAID = Notice(
    "bold-and-struck",
    "Nothing is tracked in the file: words in bold are read as added, and struck ones as deleted.",
)


class Type(StrEnum):
    """How words are set."""

    PLAIN = "plain"
    ADDED = "added"
    STRUCK = "struck"


Stretches: TypeAlias = tuple[tuple[str, Type], ...]
"""The words of a block, with how they are set."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A block with what its marks were found to be; is_sure: whether the base bears it out."""

    block: Block
    stretches: Stretches
    is_sure: bool = True

    def text(self, hidden: Type) -> str:
        return "".join(text for text, kind in self.stretches if kind is not hidden)


def read_marks(
    source: Source,
    marked: Sequence[Stretches],
    base: Document | None = None,
    comments: Iterable[TrackedComment] = (),
) -> TrackedText | None:
    """Return a source with its bold and struck words read as changes; None if they are none.

    marked: the words of each block of the source. comments: those on it as it stands.
    Where the base does not bear a reading out, struck words are read as deleted, bold ones as they stand, and
    a notice names the place. Without a base, words are read so only in a text in which some are struck; a
    short paragraph that is all bold is then a heading.
    """
    known = None if base is None else {paragraph.text for paragraph in base.paragraphs}
    if known is None and not any(kind is Type.STRUCK for words in marked for _, kind in words):
        return None
    read = [_read(block, words, known) for block, words in zip(source.blocks, marked, strict=True)]
    if not any(r.is_sure and any(kind is not Type.PLAIN for _, kind in r.stretches) for r in read):
        return None
    before, of_before = _view(source, read, Type.ADDED)
    after, of_after = _view(source, read, Type.STRUCK)
    pieces = [
        Piece(
            text,
            None if kind is Type.ADDED else of_before.get(number),
            None if kind is Type.STRUCK else of_after.get(number),
            inserted=BY_TYPE if kind is Type.ADDED else None,
            deleted=BY_TYPE if kind is Type.STRUCK else None,
        )
        for number, r in enumerate(read)
        for text, kind in r.stretches
    ]
    alignment, paragraphs = weave(before, after, pieces)
    unsure = _unsure(r for r in read if not r.is_sure)
    placed = (
        replace(comment, base=of_before.get(comment.proposed), proposed=of_after.get(comment.proposed))
        for comment in comments
        if comment.proposed is not None
    )
    notices = (*after.notices, _SAID, *unsure)
    return TrackedText(before, after, alignment, paragraphs, tuple(placed), notices)


def _read(block: Block, words: Stretches, known: set[str] | None) -> _Read:
    """Return a block with its marks as changes, or as mere type, whichever the base bears out."""
    kinds = {kind for text, kind in words if text.strip()}
    plain = _Read(block, tuple((text, Type.PLAIN) for text, _ in words))
    if kinds <= {Type.PLAIN}:
        return plain
    with_marks = _Read(block, words)
    if known is None:
        is_heading = kinds == {Type.ADDED} and len(block.text.split()) <= _HEADING
        return plain if is_heading else with_marks
    before = _words(block, with_marks.text(Type.ADDED))
    if not before and _words(block, block.text) in known:
        return plain
    if not before or before in known:
        return with_marks
    if Type.STRUCK not in kinds and _words(block, block.text) in known:
        return plain
    struck = tuple((text, kind if kind is Type.STRUCK else Type.PLAIN) for text, kind in words)
    return _Read(block, struck, is_sure=False)


def _words(block: Block, text: str) -> str:
    """Return the text of a paragraph without the label in front of it."""
    return Item.of(replace(block, text=text)).rest


def _view(source: Source, read: Iterable[_Read], hidden: Type) -> tuple[Document, dict[int, int]]:
    """Return one state of the text, and for each block with words in it the number of its paragraph."""
    blocks: list[Block] = []
    places: dict[int, int] = {}
    for number, r in enumerate(read):
        text = r.text(hidden)
        if clean(text):
            places[number] = len(blocks)
            blocks.append(replace(r.block, text=" ".join(text.split(" "))))
    return segment(replace(source, blocks=tuple(blocks))), places


def _unsure(unsure: Iterable[_Read]) -> Iterator[Notice]:
    places = [f"“{clean(r.text(Type.STRUCK))[:_GLIMPSE]}…”" for r in unsure]
    if places:
        yield Notice(
            "uncertain-marks",
            "Words are bold or struck, but without them the paragraph is not in the base. Struck words are "
            f"read as deleted, bold ones as they stand; look at {', '.join(places)}.",
        )
