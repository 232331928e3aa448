"""The paragraphs and tables of a Word file with the state of revision of each piece.

Nothing is decided here between what was there before tracked changes and what is proposed: every span,
paragraph mark, row and cell says by whom it was inserted or deleted. `resolve` takes one of the two views.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeAlias

from gcmtext.formats.docx.styles import PLAIN, ParagraphFormat, RunFormat


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who made a tracked change, and when (ISO 8601 as in the file, "" if it does not say)."""

    author: str
    date: str = ""
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Revision:
    """The state of a piece of a file: inserted by somebody, deleted by somebody, both, or neither."""

    inserted: Stamp | None = None
    deleted: Stamp | None = None


KEPT = Revision()


class View(StrEnum):
    """With all tracked changes accepted or all rejected."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"

    def shows(self, revision: Revision) -> bool:
        """Whether a piece stands in the text in this view."""
        return (revision.deleted if self is View.ACCEPTED else revision.inserted) is None


class NoteKind(StrEnum):
    """The two kinds of notes, by the names of their elements."""

    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"


@dataclass(frozen=True, slots=True)
class NoteReference:
    """The place of a note in the text; without an identity, of its number in the note itself.

    mark: the custom mark; "" where notes are numbered.
    """

    kind: NoteKind
    identity: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class CommentEdge:
    """Where the words begin, or end, on which a comment hangs."""

    identity: str
    begins: bool


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text with one format and one state of revision. "\\n" stands for a line break."""

    text: str
    format: RunFormat
    revision: Revision = KEPT
    note: NoteReference | None = None
    comment: CommentEdge | None = None


@dataclass(frozen=True, slots=True)
class NoteSettings:
    """How the notes of a section are numbered; "" and None where nothing is said."""

    form: str = ""
    start: int | None = None
    restarts_by_section: bool = False


@dataclass(slots=True)
class Paragraph:
    """One paragraph. mark: the state of its paragraph mark; original: its format before tracked changes.

    boxes: the text boxes that hang on it. section: what ends with it, where it ends a section.
    """

    format: ParagraphFormat
    original: ParagraphFormat
    spans: list[Span] = field(default_factory=list)
    mark: Revision = KEPT
    mark_format: RunFormat = PLAIN
    boxes: "list[Item]" = field(default_factory=list)
    section: dict[NoteKind, NoteSettings] | None = None


@dataclass(slots=True)
class Cell:
    """A cell of a table; continues: whether it is merged with the one above."""

    items: "list[Item]"
    revision: Revision = KEPT
    continues: bool = False


@dataclass(slots=True)
class Row:
    """A row of a table."""

    cells: list[Cell]
    revision: Revision = KEPT


@dataclass(slots=True)
class Table:
    """A table."""

    rows: list[Row]


Item: TypeAlias = Paragraph | Table


def resolve(items: Iterable[Item], view: View) -> Iterator[Item]:
    """Yield the items as they stand in a view, without what does not stand in it.

    A paragraph whose mark is gone runs on into the next one and takes its format, as in Word; before a
    table or at the end of a cell it stays.
    """
    unended: list[Paragraph] = []
    for item in items:
        if isinstance(item, Paragraph):
            unended.append(_resolve_paragraph(item, view))
            if not view.shows(item.mark):
                continue
        elif not (table := _resolve_table(item, view)).rows:
            continue
        if unended:
            yield _joined(unended)
            unended = []
        if isinstance(item, Table):
            yield table
    if unended:
        yield _joined(unended)


def _resolve_paragraph(item: Paragraph, view: View) -> Paragraph:
    if item.format is item.original and not item.boxes and all(span.revision is KEPT for span in item.spans):
        return item
    return replace(
        item,
        format=item.format if view is View.ACCEPTED else item.original,
        spans=[span for span in item.spans if view.shows(span.revision)],
        boxes=list(resolve(item.boxes, view)),
    )


def _resolve_table(table: Table, view: View) -> Table:
    rows = []
    for row in table.rows:
        if not view.shows(row.revision):
            continue
        cells = [
            replace(cell, items=list(resolve(cell.items, view)))
            for cell in row.cells
            if view.shows(cell.revision)
        ]
        if cells:
            rows.append(Row(cells, row.revision))
    return Table(rows)


def _joined(paragraphs: list[Paragraph]) -> Paragraph:
    last = paragraphs[-1]
    if len(paragraphs) == 1:
        return last
    return replace(
        last,
        spans=[span for paragraph in paragraphs for span in paragraph.spans],
        boxes=[box for paragraph in paragraphs for box in paragraph.boxes],
        section=next((p.section for p in reversed(paragraphs) if p.section is not None), None),
    )
