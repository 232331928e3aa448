"""From the paragraphs and tables of a story to blocks."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from gcmtext.formats.docx import roles
from gcmtext.formats.docx.language import language_of
from gcmtext.formats.docx.numbering import Counters, Numbering
from gcmtext.formats.docx.story import Item, NoteKind, NoteReference, NoteSettings, Paragraph, Row, Span
from gcmtext.formats.docx.styles import Styles
from gcmtext.text.model import Block, Role

_MAX_CELL = 400
"""Characters in a cell above which its row is taken for layout, not for data."""

_MIN_INDENT = 200
"""Twentieths of a point by which indents differ to be two, not one."""

_NOTE = "\0"
"""Stands for the number of a note until brackets around it are known; XML cannot hold it."""

_NOTE_PLACE = re.compile(r"\(\0\)|\[\0\]|\0")
_BLANKS = re.compile(r"[ \r\f\v]{2,}|[\r\f\v]")
_TABS = re.compile(r"[ \t]*\t[ \t]*")
_LINE_EDGES = re.compile(r" ?\n[ \n]*")


@dataclass(frozen=True, slots=True)
class Draft:
    """A block to be.

    indent: of a paragraph in no list, None in a list. guessed: heading by its look alone. spans: those its
    words come from, if the composer keeps them.
    """

    block: Block
    indent: int | None = None
    guessed: bool = False
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class PlacedNote:
    """A note as referred to in the text, with the number of its section from 0."""

    reference: NoteReference
    section: int


@dataclass(slots=True)
class Composer:
    """Makes blocks of the items of one story after the other, in reading order.

    What it meets on the way it keeps: notes referred to, settings of sections, languages (letters in each),
    words not printed, words of tables of contents.
    """

    styles: Styles
    numbering: Numbering
    notes: list[PlacedNote] = field(default_factory=list)
    sections: list[dict[NoteKind, NoteSettings]] = field(default_factory=list)
    languages: Counter[str] = field(default_factory=Counter)
    hidden: list[str] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)
    unknown_forms: set[str] = field(default_factory=set)
    keeps_spans: bool = False
    _boxes: Counters | None = None

    def counters(self) -> Counters:
        """Return the counters of a new story."""
        return Counters(self.numbering, self.unknown_forms)

    def drafts(self, items: Iterable[Item], counters: Counters, *, in_table: bool = False) -> Iterator[Draft]:
        """Yield the blocks of some items; those of empty paragraphs are left out."""
        before = ""
        for item in items:
            if isinstance(item, Paragraph):
                draft = self._paragraph(item, counters, in_table)
                if draft.block.text:
                    before = draft.block.text
                    yield draft
                if item.boxes:
                    yield from self._box(item.boxes)
                if item.section is not None:
                    self.sections.append(item.section)
            else:
                rows = [draft for row in item.rows for draft in self._row(row, counters)]
                words = [draft.block.text for draft in rows]
                if roles.is_contents_table(before, words):
                    self.contents += words
                else:
                    yield from rows

    def text(self, items: Iterable[Item], counters: Counters) -> str:
        """Return the words of a note in one text, a line for each paragraph."""
        return self.note(items, counters).block.text

    def note(self, items: Iterable[Item], counters: Counters) -> Draft:
        """Return a note as one block, a line for each paragraph."""
        drafts = list(self.drafts(items, counters, in_table=True))
        text = "\n".join(f"{draft.block.mark} {draft.block.text}".strip() for draft in drafts)
        return Draft(Block(text, Role.FOOTNOTE), spans=_spans(drafts))

    def _box(self, items: list[Item]) -> Iterator[Draft]:
        """Text boxes are one story of their own, wherever they hang."""
        if self._boxes is None:
            self._boxes = self.counters()
        return self.drafts(items, self._boxes)

    def _paragraph(self, item: Paragraph, counters: Counters, in_table: bool) -> Draft:
        text, bold, any_hidden = self._words(item)
        names = self.styles.names(item.format.style)
        if roles.is_contents(names):
            self.contents.append(text)
            return Draft(Block(""))
        place = self.numbering.place(item.format)
        if place is not None and not text and any_hidden and self._mark_is_hidden(item):
            place = None
        mark = "" if place is None else counters.next(*place)
        resolved = self.styles.paragraph(item.format)
        standing = roles.standing(names, item.format, resolved, text)
        if standing is roles.BODY and not in_table:
            standing = roles.look(resolved, text, bold=bold, bulleted=place is not None and not mark)
        depth = standing.depth
        indent = None
        if standing.role is Role.BODY:
            nested = roles.list_depth(names)
            depth = nested if place is None else place[1] or nested
            indent = (resolved.indent or 0) if place is None and not nested else None
        spans = tuple(item.spans) if self.keeps_spans else ()
        return Draft(Block(text, standing.role, mark, depth), indent, standing.guessed, spans)

    def _words(self, item: Paragraph) -> tuple[str, bool, bool]:
        """Return the printed text of a paragraph, whether all of it is bold, and whether some is hidden."""
        parts = []
        bold = True
        any_hidden = False
        for span in item.spans:
            form = self.styles.run(span.format, item.format.style)
            if form.hidden:
                any_hidden = True
                self.hidden.append(span.text)
                continue
            if span.note is not None:
                parts.append(_NOTE)
                if span.note.identity:
                    self.notes.append(PlacedNote(span.note, len(self.sections)))
                continue
            text = span.text
            parts.append(text)
            if text and not text.isspace():
                bold = bold and bool(form.bold)
                self.languages[language_of(text, form)] += len(text)
        return _folded(_NOTE_PLACE.sub("", "".join(parts))), bold, any_hidden

    def _mark_is_hidden(self, item: Paragraph) -> bool:
        return bool(self.styles.run(item.mark_format, item.format.style).hidden)

    def _row(self, row: Row, counters: Counters) -> Iterator[Draft]:
        """Yield one ROW, or the blocks of the cells where the table only lays out text."""
        cells = []
        numbered_only = []
        for cell in row.cells:
            found = list(self._cell(cell.items, counters))
            filled = [draft for draft in found if draft.block.text]
            if cell.continues:
                self.hidden.extend(draft.block.text for draft in filled)
                continue
            cells.append(filled)
            numbered_only.append("" if filled or not found else found[-1].block.mark)
        if len(row.cells) == 1 or any(_is_layout(cell) for cell in cells):
            pending = ""
            for cell_drafts, mark in zip(cells, numbered_only, strict=True):
                pending = pending or mark
                for draft in cell_drafts:
                    if pending and not draft.block.mark:
                        draft = replace(draft, block=replace(draft.block, mark=pending))
                        pending = ""
                    yield draft
            return
        texts = [
            cell[0].block.text if cell else mark for cell, mark in zip(cells, numbered_only, strict=True)
        ]
        if any(cells):
            text = " | ".join(text.replace("\n", " ") for text in texts if text)
            yield Draft(Block(text, Role.ROW), spans=_spans(cell[0] for cell in cells if cell))

    def _cell(self, items: Iterable[Item], counters: Counters) -> Iterator[Draft]:
        """Yield the blocks of a cell, and for one that only holds a number a block without text."""
        for item in items:
            if isinstance(item, Paragraph):
                yield self._paragraph(item, counters, in_table=True)
                if item.boxes:
                    yield from self._box(item.boxes)
            else:
                yield from self.drafts([item], counters)


def finished(drafts: list[Draft]) -> Iterator[Block]:
    """Yield the blocks with the depths of indents; no guesses where half the text looks like headings."""
    guesses = sum(draft.guessed for draft in drafts)
    bodies = sum(draft.block.role is Role.BODY for draft in drafts)
    depths = _indent_depths(drafts)
    for draft in drafts:
        block = draft.block
        if draft.guessed and guesses > bodies + 3:
            yield replace(block, role=Role.BODY, depth=0)
        elif draft.indent is not None:
            yield replace(block, depth=depths[draft.indent])
        else:
            yield block


def _indent_depths(drafts: list[Draft]) -> dict[int, int]:
    """Return the depth of each indent: 0 up to the most common (by letters), then one more each."""
    words: Counter[int] = Counter()
    for draft in drafts:
        if draft.indent is not None:
            words[draft.indent] += len(draft.block.text)
    depths: dict[int, int] = {}
    if words:
        base = step = max(words, key=lambda indent: (words[indent], -indent))
        depth = 0
        for indent in sorted(words):
            if indent >= step + _MIN_INDENT:
                depth += 1
                step = indent
            depths[indent] = depth if indent > base else 0
    return depths


def _spans(drafts: Iterable[Draft]) -> tuple[Span, ...]:
    return tuple(span for draft in drafts for span in draft.spans)


def _is_layout(cell: list[Draft]) -> bool:
    return len(cell) > 1 or any(
        draft.block.mark or draft.block.role is Role.ROW or len(draft.block.text) > _MAX_CELL
        for draft in cell
    )


def _folded(text: str) -> str:
    if "  " in text or not text.isprintable():
        text = _LINE_EDGES.sub("\n", _TABS.sub("\t", _BLANKS.sub(" ", text)))
    return text.strip()
