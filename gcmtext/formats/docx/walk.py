"""From the elements of a story (the text, a note) to its paragraphs and tables.

What is not known is walked through, so no words are lost; what holds no text of its own is named here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from gcmtext.formats.docx.names import MC, VAL, XML_SPACE, A, M, V, W, first, integer, is_on
from gcmtext.formats.docx.story import (
    KEPT,
    Cell,
    CommentEdge,
    Item,
    NoteKind,
    NoteReference,
    NoteSettings,
    Paragraph,
    Revision,
    Row,
    Span,
    Stamp,
    Table,
)
from gcmtext.formats.docx.styles import PLAIN, ParagraphFormat, paragraph_format, run_format
from gcmtext.formats.docx.symbols import character

_SKIPPED = frozenset(
    W + name
    for name in (
        "pPr", "rPr", "tblPr", "tblGrid", "tblPrEx", "trPr", "tcPr", "sdtPr", "sdtEndPr", "customXmlPr",
        "smartTagPr", "sectPr", "instrText", "delInstrText", "fldData", "softHyphen",
        "annotationRef", "commentReference",
        "bookmarkStart", "bookmarkEnd", "proofErr", "lastRenderedPageBreak", "separator",
        "continuationSeparator",
    )
)  # fmt: skip
"""Elements without words of the text in them."""

_PPR, _RPR, _SECTION, _PPR_CHANGE, _RPR_CHANGE = (
    W + name for name in ("pPr", "rPr", "sectPr", "pPrChange", "rPrChange")
)
_NUMBERING_INSERTED = f"{W}numPr/{W}ins"

_TRACKED = {W + "ins": "inserted", W + "moveTo": "inserted", W + "del": "deleted", W + "moveFrom": "deleted"}
_ROW_TRACKED = {W + "ins": "inserted", W + "del": "deleted"}
_CELL_TRACKED = {W + "cellIns": "inserted", W + "cellDel": "deleted"}
_NOTES = {W + "footnoteReference": NoteKind.FOOTNOTE, W + "endnoteReference": NoteKind.ENDNOTE}
_OWN_NUMBERS = {W + "footnoteRef": NoteKind.FOOTNOTE, W + "endnoteRef": NoteKind.ENDNOTE}
_NOTE_PROPERTIES = {W + "footnotePr": NoteKind.FOOTNOTE, W + "endnotePr": NoteKind.ENDNOTE}
_COMMENT_EDGES = {W + "commentRangeStart": True, W + "commentRangeEnd": False}
_TEXT = {W + "t", W + "delText", M + "t"}
_CHARACTERS = {W + "tab": "\t", W + "ptab": "\t", W + "cr": "\n", W + "noBreakHyphen": "-"}
_MATH_SIGNS = {M + "den": "/", M + "sup": "^", M + "sub": "_", M + "deg": ""}
_BLOCKS = frozenset(W + name for name in ("p", "tbl", "altChunk", "subDoc"))
_INLINE = frozenset(W + name for name in ("r", "hyperlink", "fldSimple", "t"))


@dataclass(slots=True)
class Findings:
    """What a walk met that is no text, counted; ruby: readings printed above the words.

    formatting: tracked changes of the format alone.
    """

    pictures: int = 0
    objects: int = 0
    embedded: int = 0
    unknown_symbols: int = 0
    formatting: int = 0
    ruby: list[str] = field(default_factory=list)


class Walker:
    """Reads stories of one file. findings: what was met so far. preserve: whether blanks at edges count."""

    def __init__(self) -> None:
        self.findings = Findings()
        self.preserve = False
        # The fields that have begun, each with whether its instruction has not ended; how many have not.
        self._fields: list[bool] = []
        self._instructions = 0
        self._paragraph: Paragraph | None = None
        self._format = PLAIN
        self._custom_mark_at: int | None = None
        self._handlers: dict[str, Callable[[etree._Element, Revision], None]] = {
            W + "r": self._read_run,
            W + "rPr": self._run_properties,
            W + "br": self._break,
            W + "sym": self._symbol,
            W + "fldChar": self._field_character,
            W + "ruby": self._ruby,
            W + "object": self._object,
            W + "drawing": self._picture,
            W + "pict": self._picture,
            W + "txbxContent": self._box,
            MC + "AlternateContent": self._alternative,
        }
        self._handlers |= dict.fromkeys(_TEXT, self._text)
        self._handlers |= dict.fromkeys(_CHARACTERS, self._character)
        self._handlers |= dict.fromkeys(_TRACKED, self._tracked)
        self._handlers |= dict.fromkeys(_NOTES, self._note)
        self._handlers |= dict.fromkeys(_OWN_NUMBERS, self._own_number)
        self._handlers |= dict.fromkeys(_MATH_SIGNS, self._math_part)
        self._handlers |= dict.fromkeys(_COMMENT_EDGES, self._comment_edge)
        # Edges of comments between paragraphs wait for the next one.
        self._edges: list[Span] = []

    def items(self, parent: etree._Element, revision: Revision = KEPT) -> Iterator[Item]:
        """Yield the paragraphs and tables in an element, in reading order."""
        for child in parent:
            yield from self.item(child, revision)

    def item(self, element: etree._Element, revision: Revision = KEPT) -> Iterator[Item]:
        """Yield what one element at the level of blocks holds."""
        tag = element.tag
        if tag == W + "p":
            yield self._read_paragraph(element, revision)
        elif tag == W + "tbl":
            yield self._read_table(element, revision)
        elif tag in (W + "altChunk", W + "subDoc"):
            self.findings.embedded += 1
        elif tag in _INLINE:
            yield self._stray(element, revision)
        elif tag in _TRACKED:
            yield from self.items(element, _stamped(revision, element, _TRACKED[tag]))
        elif tag in _COMMENT_EDGES:
            self._comment_edge(element, revision)
        elif tag == MC + "AlternateContent":
            if (chosen := _chosen(element)) is not None:
                yield from self.items(chosen, revision)
        elif tag not in _SKIPPED:
            yield from self.items(element, revision)

    def story(self, element: etree._Element, revision: Revision = KEPT) -> list[Item]:
        """Return what a note or a text box holds; the fields around it do not reach into it."""
        outer = self._fields, self._instructions
        self._fields, self._instructions = [], 0
        items = list(self.items(element, revision))
        self._fields, self._instructions = outer
        return items

    def _stray(self, element: etree._Element, revision: Revision) -> Paragraph:
        """Words outside any paragraph, which damaged files hold, make one of their own."""
        paragraph = Paragraph(ParagraphFormat(), ParagraphFormat())
        self._within(paragraph, lambda: self._handlers.get(element.tag, self._other)(element, revision))
        return paragraph

    def _read_paragraph(self, element: etree._Element, revision: Revision) -> Paragraph:
        paragraph = Paragraph(ParagraphFormat(), ParagraphFormat(), mark=revision)
        properties = first(element, _PPR)
        if properties is not None:
            _read_properties(paragraph, properties, revision)
            self.findings.formatting += first(properties, _PPR_CHANGE) is not None
        self._within(paragraph, lambda: self._inline(element, revision))
        return paragraph

    def _within(self, paragraph: Paragraph, read: Callable[[], None]) -> None:
        begun = len(self._fields)
        outer = self._paragraph, self._format, self._custom_mark_at
        self._paragraph, self._format, self._custom_mark_at = paragraph, PLAIN, None
        paragraph.spans.extend(self._edges)
        self._edges.clear()
        read()
        self._paragraph, self._format, self._custom_mark_at = outer
        # An instruction ends with its paragraph at the latest: a field without an end eats no text.
        while self._instructions and begun < len(self._fields):
            self._instructions -= self._fields[begun]
            self._fields[begun] = False
            begun += 1

    def _read_table(self, element: etree._Element, revision: Revision) -> Table:
        return Table([self._read_row(row, state) for row, state in _parts(element, W + "tr", revision)])

    def _read_row(self, element: etree._Element, revision: Revision) -> Row:
        revision = _property_revision(element.find(W + "trPr"), _ROW_TRACKED, revision)
        return Row(
            [self._read_cell(cell, state) for cell, state in _parts(element, W + "tc", revision)], revision
        )

    def _read_cell(self, element: etree._Element, revision: Revision) -> Cell:
        properties = element.find(W + "tcPr")
        revision = _property_revision(properties, _CELL_TRACKED, revision)
        merge = None if properties is None else properties.find(W + "vMerge")
        return Cell(
            list(self.items(element, revision)),
            revision,
            continues=merge is not None and merge.get(VAL, "continue") == "continue",
        )

    def _inline(self, parent: etree._Element, revision: Revision) -> None:
        handlers = self._handlers
        for element in parent:
            handlers.get(element.tag, self._other)(element, revision)

    def _other(self, element: etree._Element, revision: Revision) -> None:
        """Walk through an element without a handler; paragraphs in a paragraph hang on it like text boxes."""
        if element.tag in _BLOCKS:
            if self._paragraph is not None:
                self._paragraph.boxes.extend(self.item(element, revision))
        elif element.tag not in _SKIPPED:
            self._inline(element, revision)

    def _read_run(self, element: etree._Element, revision: Revision) -> None:
        outer = self._format, self._custom_mark_at
        self._format, self._custom_mark_at = PLAIN, None
        self._inline(element, revision)
        self._format, self._custom_mark_at = outer

    def _run_properties(self, element: etree._Element, _revision: Revision) -> None:
        self._format = run_format(element)
        self.findings.formatting += first(element, _RPR_CHANGE) is not None

    def _add(self, text: str, revision: Revision, note: NoteReference | None = None) -> None:
        if self._paragraph is None or self._instructions:
            return
        spans = self._paragraph.spans
        at = self._custom_mark_at
        if at is not None and (reference := spans[at].note) is not None:
            spans[at] = replace(spans[at], note=replace(reference, mark=reference.mark + text))
        else:
            spans.append(Span(text, self._format, revision, note))

    def _text(self, element: etree._Element, revision: Revision) -> None:
        text = element.text
        if not text:
            return
        if not self.preserve and element.get(XML_SPACE) != "preserve" and not element.tag.startswith(M):
            text = text.strip(" \t\r\n")
        self._add(text.replace("\n", " ").replace("\r", " "), revision)

    def _character(self, element: etree._Element, revision: Revision) -> None:
        self._add(_CHARACTERS[element.tag], revision)

    def _break(self, element: etree._Element, revision: Revision) -> None:
        self._add(" " if element.get(W + "type") in ("page", "column") else "\n", revision)

    def _symbol(self, element: etree._Element, revision: Revision) -> None:
        sign = character(element.get(W + "font", ""), element.get(W + "char", ""))
        self.findings.unknown_symbols += sign == "\N{REPLACEMENT CHARACTER}"
        self._add(sign, revision)

    def _field_character(self, element: etree._Element, revision: Revision) -> None:
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self._form_field(element, revision)
            self._fields.append(True)
            self._instructions += 1
        elif kind == "separate" and self._fields:
            self._instructions -= self._fields[-1]
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._instructions -= self._fields.pop()

    def _form_field(self, element: etree._Element, revision: Revision) -> None:
        """The choice of a drop-down list is printed but stands in no result."""
        choices = element.find(f"{W}ffData/{W}ddList")
        if choices is None:
            return
        entries = [entry.get(VAL, "") for entry in choices.iterfind(W + "listEntry")]
        chosen = choices.find(W + "result")
        place = 0 if chosen is None else integer(chosen.get(VAL)) or 0
        if 0 <= place < len(entries):
            self._add(entries[place], revision)

    def _note(self, element: etree._Element, revision: Revision) -> None:
        reference = NoteReference(_NOTES[element.tag], element.get(W + "id", ""))
        self._add("", revision, reference)
        custom = element.get(W + "customMarkFollows")
        if custom is not None and is_on(custom) and self._paragraph is not None and self._paragraph.spans:
            self._custom_mark_at = len(self._paragraph.spans) - 1

    def _own_number(self, element: etree._Element, revision: Revision) -> None:
        self._add("", revision, NoteReference(_OWN_NUMBERS[element.tag], ""))

    def _comment_edge(self, element: etree._Element, _revision: Revision) -> None:
        edge = Span("", PLAIN, comment=CommentEdge(element.get(W + "id", ""), _COMMENT_EDGES[element.tag]))
        (self._edges if self._paragraph is None else self._paragraph.spans).append(edge)

    def _tracked(self, element: etree._Element, revision: Revision) -> None:
        self._inline(element, _stamped(revision, element, _TRACKED[element.tag]))

    def _ruby(self, element: etree._Element, revision: Revision) -> None:
        for reading in element.iterfind(W + "rt"):
            self.findings.ruby.append("".join(text.text or "" for text in reading.iter(W + "t")))
        for base in element.iterfind(W + "rubyBase"):
            self._inline(base, revision)

    def _math_part(self, element: etree._Element, revision: Revision) -> None:
        if next(element.iter(M + "t"), None) is not None:
            self._add(_MATH_SIGNS[element.tag], revision)
        self._inline(element, revision)

    def _object(self, element: etree._Element, revision: Revision) -> None:
        self.findings.objects += 1
        self._inline(element, revision)

    def _picture(self, element: etree._Element, revision: Revision) -> None:
        holds_text = next(element.iter(W + "txbxContent"), None) is not None
        if next(element.iter(A + "blip", V + "imagedata"), None) is not None:
            self.findings.pictures += 1
        elif not holds_text and next(element.iter(A + "graphicData"), None) is not None:
            self.findings.objects += not _is_shape(element)
        self._inline(element, revision)

    def _box(self, element: etree._Element, revision: Revision) -> None:
        anchor = self._paragraph
        items = self.story(element, revision)
        if anchor is not None:
            anchor.boxes.extend(items)

    def _alternative(self, element: etree._Element, revision: Revision) -> None:
        if (chosen := _chosen(element)) is not None:
            self._inline(chosen, revision)


def note_settings(section: etree._Element) -> dict[NoteKind, NoteSettings]:
    """Return how notes are numbered, as a w:sectPr or w:settings says."""
    found = {}
    for element in section:
        kind = _NOTE_PROPERTIES.get(element.tag)
        if kind is None:
            continue
        values = {child.tag: child.get(VAL) for child in element}
        found[kind] = NoteSettings(
            form=values.get(W + "numFmt") or "",
            start=integer(values.get(W + "numStart")),
            restarts_by_section=values.get(W + "numRestart") == "eachSect",
        )
    return found


def _read_properties(paragraph: Paragraph, properties: etree._Element, revision: Revision) -> None:
    paragraph.format = paragraph.original = paragraph_format(properties)
    changed = first(properties, _PPR_CHANGE)
    if changed is not None:
        paragraph.original = paragraph_format(changed.find(W + "pPr"))
    elif paragraph.format.number is not None and properties.find(_NUMBERING_INSERTED) is not None:
        paragraph.original = replace(paragraph.format, number=None, level=None)
    mark = first(properties, _RPR)
    if mark is not None:
        paragraph.mark_format = run_format(mark)
        paragraph.mark = _property_revision(mark, _TRACKED, revision)
    section = first(properties, _SECTION)
    if section is not None:
        paragraph.section = note_settings(section)


def _property_revision(
    properties: etree._Element | None, tracked: dict[str, str], revision: Revision
) -> Revision:
    for element in properties if properties is not None else ():
        if element.tag in tracked:
            revision = _stamped(revision, element, tracked[element.tag])
    return revision


def _stamped(revision: Revision, element: etree._Element, state: str) -> Revision:
    moved = element.tag in (W + "moveTo", W + "moveFrom")
    stamp = Stamp(element.get(W + "author", ""), element.get(W + "date", ""), moved)
    return Revision(revision.inserted, stamp) if state == "deleted" else Revision(stamp, revision.deleted)


def _parts(parent: etree._Element, tag: str, revision: Revision) -> Iterator[tuple[etree._Element, Revision]]:
    """Yield the rows of a table or the cells of a row, also those in wrappers."""
    for child in parent:
        if child.tag == tag:
            yield child, revision
        elif child.tag in _TRACKED:
            yield from _parts(child, tag, _stamped(revision, child, _TRACKED[child.tag]))
        elif child.tag not in _SKIPPED:
            yield from _parts(child, tag, revision)


def _chosen(element: etree._Element) -> etree._Element | None:
    """Return the first choice of an mc:AlternateContent; its fallback says the same for older programs."""
    choice = element.find(MC + "Choice")
    return choice if choice is not None else element.find(MC + "Fallback")


def _is_shape(element: etree._Element) -> bool:
    graphic = next(element.iter(A + "graphicData"))
    return "wordprocessing" in graphic.get("uri", "").lower()
