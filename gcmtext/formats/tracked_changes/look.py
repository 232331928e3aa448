"""Text with what is added in bold and what goes struck out, read as tracked changes: older practice."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gcmtext.formats.docx.story import KEPT, Item, Paragraph, Revision, Span, Stamp, Table

BY_LOOK = Stamp("bold and struck words")
"""Signs what nobody tracked, but set in bold or struck out."""

_HEADING = 20  # words up to which a paragraph that is bold all through is rather a heading

_INSERTED, _DELETED = Revision(inserted=BY_LOOK), Revision(deleted=BY_LOOK)


def is_marked_by_look(items: Sequence[Item]) -> bool:
    """Whether a file has words that are struck out, and no tracked changes."""
    paragraphs = list(_paragraphs(items))
    return any(span.format.struck and span.text.strip() for p in paragraphs for span in p.spans) and not any(
        revision != KEPT for p in paragraphs for revision in (p.mark, *(span.revision for span in p.spans))
    )


def as_tracked(item: Item) -> Item:
    """Return an item with its bold words as insertions and its struck ones as deletions.

    A paragraph that is all bold, or all struck out, comes or goes as a whole; a short one that is all bold is
    a heading, as it was.
    """
    if isinstance(item, Table):
        rows = [
            replace(
                row, cells=[replace(cell, items=[as_tracked(i) for i in cell.items]) for cell in row.cells]
            )
            for row in item.rows
        ]
        return Table(rows)
    boxes = [as_tracked(box) for box in item.boxes]
    revisions = {_revision(span) for span in item.spans if span.text.strip()}
    if revisions == {_INSERTED} and len(" ".join(s.text for s in item.spans).split()) <= _HEADING:
        return replace(item, boxes=boxes)
    [mark] = revisions if len(revisions) == 1 else (KEPT,)
    spans = [replace(span, revision=mark if mark != KEPT else _revision(span)) for span in item.spans]
    return replace(item, spans=spans, mark=mark, boxes=boxes)


def _revision(span: Span) -> Revision:
    if span.format.struck:
        return _DELETED
    return _INSERTED if span.format.bold else KEPT


def _paragraphs(items: Sequence[Item]) -> Iterator[Paragraph]:
    for item in items:
        if isinstance(item, Table):
            for row in item.rows:
                for cell in row.cells:
                    yield from _paragraphs(cell.items)
        else:
            yield item
            yield from _paragraphs(item.boxes)
