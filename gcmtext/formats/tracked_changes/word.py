"""A Word file in both views, and the pieces of which each is made."""

from collections.abc import Iterable, Iterator

from gcmtext.errors import InvalidText
from gcmtext.formats.docx.reading import Composed, Reading
from gcmtext.formats.docx.story import KEPT, Item, NoteKind, Paragraph, Revision, Span, Stamp, View
from gcmtext.formats.tracked_changes.authors import only_by
from gcmtext.formats.tracked_changes.comments import place_comments, read_comments
from gcmtext.text.model import Document, Notice
from gcmtext.text.normalise import clean
from gcmtext.text.segment import segment
from gcmtext.text.segment.item import Item as SegmentItem
from gcmtext.text.tracked import Piece, Signature, TrackedText, is_by, weave

_OTHERWISE_SAID = frozenset({"comments"})


def read(data: bytes, author: str) -> TrackedText:
    """Return the text before and after the tracked changes; raise InvalidText where it cannot be read."""
    reading = Reading(data)
    items = list(reading.items())
    if author:
        items = [only_by(author, item) for item in items]
    notes = _notes(reading, items, author)
    documents: dict[View, Document] = {}
    of: dict[View, dict[int, int]] = {}
    for view in (View.ACCEPTED, View.REJECTED):
        composed = reading.compose(items, view, lambda element: notes.get(id(element), []), keep_spans=True)
        notices = tuple(n for n in reading.notices(view) if n.code not in _OTHERWISE_SAID)
        documents[view] = (
            segment(reading.stated(composed.blocks, notices)) if composed.blocks else Document("", "", ())
        )
        of[view] = _paragraph_of_span(composed)
    base, proposed = documents[View.REJECTED], documents[View.ACCEPTED]
    if not base.paragraphs and not proposed.paragraphs:
        raise InvalidText("The file holds no words: choose the file that holds the text.")
    spans = list(_spans(items))
    for found in notes.values():
        spans += _spans(found)
    pieces = [
        Piece(
            span.text,
            of[View.REJECTED].get(id(span)),
            of[View.ACCEPTED].get(id(span)),
            *_signed(span.revision),
            moved=_is_moved(span.revision),
        )
        for span in spans
    ]
    alignment, paragraphs = weave(
        base, proposed, [piece for piece, span in zip(pieces, spans, strict=True) if _counts(piece, span)]
    )
    comments = place_comments(read_comments(reading), spans, pieces)
    if author:
        comments = tuple(comment for comment in comments if is_by(comment.by.author, author))
    notices = tuple(_notices(reading, documents, "" if author else _withdrawn(pieces)))
    return TrackedText(base, proposed, alignment, paragraphs, comments, notices)


def _notes(reading: Reading, items: Iterable[Item], author: str) -> dict[int, list[Item]]:
    """Return the items of the notes referred to, by their elements; they share the fate of the reference."""
    found: dict[int, list[Item]] = {}
    elements = {kind: reading.note_elements(kind) for kind in NoteKind}
    for span in _spans(items):
        if span.note is None or not span.note.identity:
            continue
        element = elements[span.note.kind].get(span.note.identity)
        if element is not None and id(element) not in found:
            note = reading.note(element, span.revision)
            found[id(element)] = [only_by(author, item) for item in note] if author else note
    return found


def _spans(items: Iterable[Item]) -> Iterator[Span]:
    """Yield all spans in the order of the file, and one without words for each mark that is tracked."""
    for item in items:
        if isinstance(item, Paragraph):
            yield from item.spans
            if item.mark != KEPT:
                yield Span("", item.mark_format, item.mark)
            yield from _spans(item.boxes)
        else:
            for row in item.rows:
                for cell in row.cells:
                    yield from _spans(cell.items)


def _paragraph_of_span(composed: Composed) -> dict[int, int]:
    """Return the number of the paragraph in which each span stands, by its identity."""
    found: dict[int, int] = {}
    index = 0
    for block, spans in zip(composed.blocks, composed.spans, strict=True):
        item = SegmentItem.of(block)
        if item.text or item.label:
            found |= dict.fromkeys(map(id, spans), index)
            index += 1
    return found


def _signed(revision: Revision) -> tuple[Signature | None, Signature | None]:
    return _signature(revision.inserted), _signature(revision.deleted)


def _signature(stamp: Stamp | None) -> Signature | None:
    return None if stamp is None else Signature(stamp.author, stamp.date)


def _is_moved(revision: Revision) -> bool:
    return any(stamp is not None and stamp.moved for stamp in (revision.inserted, revision.deleted))


def _counts(piece: Piece, span: Span) -> bool:
    """Whether a piece bears on the text: words in either view, or a mark that is tracked."""
    if not span.text:
        return span.note is None and span.comment is None and span.revision != KEPT
    return piece.base is not None or piece.proposed is not None


def _withdrawn(pieces: Iterable[Piece]) -> str:
    """Return the words that were inserted and deleted again, which stand in neither text."""
    return clean(" ".join(piece.text for piece in pieces if piece.inserted and piece.deleted))


def _notices(reading: Reading, documents: dict[View, Document], withdrawn: str) -> Iterator[Notice]:
    seen: set[Notice] = set()
    for view in (View.ACCEPTED, View.REJECTED):
        for notice in documents[view].notices:
            if notice not in seen:
                seen.add(notice)
                yield notice
    if withdrawn:
        message = "Words that were inserted and deleted again stand neither in the base nor in the proposal."
        yield Notice("withdrawn", message, withdrawn)
    if count := reading.formatting_changes:
        message = (
            "1 change of the format alone is left out: it changes no words."
            if count == 1
            else f"{count} changes of the format alone are left out: they change no words."
        )
        yield Notice("formatting-changes", message)
