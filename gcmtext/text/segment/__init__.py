"""From the blocks of a file to the paragraphs of a negotiated text.

The rules, in the order in which they are asked of each block (the first that answers wins):

    footnote    the format says so, or the block opens with a raised reference number
    title       the format says so, or the block stands before the body and names the text
    heading     the format says so, or it has the label or the shape of one
    label       it opens with a label: a numbered paragraph or a sub-paragraph, by the enumerations open
    preamble    it has no label and stands between the formula ("The General Assembly,") and the first label
    chapeau     it has no label, ends with a colon, and a sub-paragraph follows
    text        anything else

No word of a block is dropped: each block gives one paragraph, whose label and text together are its words.
"""

import re
from collections.abc import Sequence

from gcmtext.text.enumerations import Open, close_parts, enter, is_year, level
from gcmtext.text.labels import Label, Numbering, is_division
from gcmtext.text.language import LANGUAGES, detect_language
from gcmtext.text.model import Document, Kind, Notice, Paragraph, Role, Source
from gcmtext.text.normalise import clean
from gcmtext.text.segment.bare_numbers import with_bare_numbers
from gcmtext.text.segment.item import DIVISION_WORDS, Item
from gcmtext.text.segment.opening import formula_places, note_places, preamble_places, title_place

_RAISED = re.compile(r"(?:\^\{?(?P<caret>[\d*]+(?:, ?[\d*]+)*)\}?|(?P<raised>[¹²³⁰⁴⁵⁶⁷⁸⁹]+))\s?(?=\S)")
_RAISED_DIGITS = str.maketrans("¹²³⁰⁴⁵⁶⁷⁸⁹", "1230456789")
_ANNEX_RANK, _LOWEST_RANK = -1, 6
_DIVISION_RANKS = {"part #": 1, "chapter #": 2, "section #": 4}
_LOOK_AHEAD = 40
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_OWN_SCRIPT = frozenset({"ar", "ru", "zh"})
_TELLING = 200  # characters from which on the words of Latin script tell the language


def segment(source: Source) -> Document:
    """Return the paragraphs of a source, one for each block with words, in order.

    The notices of the source are kept. Its language is the one it states, unless its words tell another of
    the six. Deterministic; time grows linearly with the blocks.
    """
    read = [item for item in map(Item.of, source.blocks) if item.text or item.label]
    items = with_bare_numbers(read, note_places(read))
    language, doubts = _language(source.language, items)
    paragraphs = _Segmenter(items, clean(source.title)).paragraphs()
    title = clean(source.title) or next((p.text for p in paragraphs if p.kind is Kind.TITLE), "")
    return Document(
        title=title,
        language=language,
        paragraphs=tuple(paragraphs),
        notices=(*source.notices, *doubts),
        symbol=clean(source.symbol),
        revision=clean(source.revision),
        date=clean(source.date),
    )


def _language(stated: str, items: Sequence[Item]) -> tuple[str, tuple[Notice, ...]]:
    """Return the language that a file states, unless its words tell another: then that one, and a notice.

    What is stated is often the language of a template.
    """
    tag = stated.strip().replace("_", "-")
    told = detect_language(item.text for item in items)
    if not _TAG.fullmatch(tag):
        return told, ()
    named = tag.partition("-")[0].lower()
    can_tell = told in _OWN_SCRIPT or sum(len(item.text) for item in items) >= _TELLING
    if not told or named == told or named not in LANGUAGES or not can_tell:
        return tag, ()
    message = f"The file says that it is in {LANGUAGES[named]}; it is read as {LANGUAGES[told]}."
    return told, (Notice("language", message),)


class _Segmenter:
    """One pass over the items of a source."""

    def __init__(self, items: Sequence[Item], title: str) -> None:
        self._items = items
        self._labels = [item.label for item in items]
        self._title = title_place(items, title)
        self._formulas = formula_places(items)
        self._preamble = preamble_places(items, self._formulas, self._title)
        self._open: Open = ()
        self._ranks: tuple[int, ...] = ()
        self._notes = note_places(items)
        self._last: Paragraph | None = None
        self._top = min((item.depth for item in items if item.role is Role.HEADING), default=1)

    def paragraphs(self) -> list[Paragraph]:
        found: list[Paragraph] = []
        for place, item in enumerate(self._items):
            kind, label, depth, text = self._read(place, item)
            self._last = Paragraph(place, kind, label, depth, text)
            found.append(self._last)
        return found

    def _read(self, place: int, item: Item) -> tuple[Kind, str, int, str]:
        if item.role is Role.FOOTNOTE:
            return Kind.FOOTNOTE, item.printed, 0, item.rest
        if item.role is Role.ROW:
            return Kind.ROW, item.printed, 0, item.rest
        if item.is_annex:
            return self._annex(item)
        if place == self._title:
            return Kind.TITLE, item.printed, 0, item.rest
        if item.role in (Role.HEADING, Role.TITLE) or self._is_heading(place, item):
            return self._heading(place, item)
        if item.label is not None and item.rest != item.text and is_year(self._open, item.label):
            return Kind.TEXT, "", 0, item.text
        if item.label is not None:
            return self._labelled(place, item, item.label)
        return self._plain(place, item)

    def _annex(self, item: Item) -> tuple[Kind, str, int, str]:
        self._open, self._ranks = (), (_ANNEX_RANK,)
        return Kind.ANNEX, item.printed, 1, item.rest

    def _is_heading(self, place: int, item: Item) -> bool:
        if item.has_heading_label:
            return not self._continues(item)
        before_title = self._title is not None and place < self._title
        if (
            not item.is_plain
            or item.depth
            or before_title
            or place in self._preamble
            or place in self._formulas
        ):
            return False
        if self._completes_heading(place):
            return not item.ends_sentence and item.length <= DIVISION_WORDS
        if not item.looks_like_heading:
            return False
        after = self._items[place + 1] if place + 1 < len(self._items) else None
        return after is not None and after.role in (Role.BODY, Role.HEADING) and not after.is_annex

    def _completes_heading(self, place: int) -> bool:
        """Whether the line before is the label of a heading and no more: "II", then its title."""
        before = self._items[place - 1] if place else None
        return before is not None and before.has_heading_label and not before.rest

    def _continues(self, item: Item) -> bool:
        """Whether a label such as "C)" or "I." belongs to an enumeration of sub-paragraphs that is open."""
        return item.label is not None and any(
            e.form == item.label.form
            and e.reading.numbering is r.numbering
            and r.value == e.reading.value + 1
            for e in self._open
            for r in item.label.readings
        )

    def _heading(self, place: int, item: Item) -> tuple[Kind, str, int, str]:
        if item.role is Role.HEADING:
            self._ranks = tuple(range(item.depth - self._top + 1))
        elif not self._completes_heading(place):
            rank = _rank(item.label)
            self._ranks = (*(outer for outer in self._ranks if outer < rank), rank)
        self._open = close_parts(self._open)
        return Kind.HEADING, item.printed, max(len(self._ranks), 1), item.rest

    def _labelled(self, place: int, item: Item, label: Label) -> tuple[Kind, str, int, str]:
        following = [other for other in self._labels[place + 1 : place + 1 + _LOOK_AHEAD] if other]
        self._open = enter(self._open, label, item.depth, following)
        depth = level(self._open)
        if label.form == "PP#":
            return Kind.PREAMBULAR, item.printed, 0, item.rest
        return (Kind.SUBPARAGRAPH if depth else Kind.NUMBERED), item.printed, depth, item.rest

    def _plain(self, place: int, item: Item) -> tuple[Kind, str, int, str]:
        if raised := _RAISED.match(item.text):
            label = raised["caret"] or raised["raised"].translate(_RAISED_DIGITS)
            return Kind.FOOTNOTE, label, 0, item.text[raised.end() :]
        if place in self._notes:
            label, _, text = item.text.partition(" ")
            return Kind.FOOTNOTE, label, 0, text
        if place in self._formulas:
            self._open, self._ranks = (), ()
            return Kind.CHAPEAU, "", 0, item.text
        if kind := self._preamble.get(place):
            return kind, "", 0, item.text
        if depth := self._list_level(place, item):
            return Kind.SUBPARAGRAPH, "", depth, item.text
        after = self._items[place + 1] if place + 1 < len(self._items) else None
        if item.ends_colon and after is not None and (after.label or after.depth > item.depth):
            return Kind.CHAPEAU, "", 0, item.text
        return Kind.TEXT, "", 0, item.text

    def _list_level(self, place: int, item: Item) -> int:
        """Return the level of an item of a list without labels, told by what it follows; 0 if it is none."""
        if not item.depth or self._last is None:
            return 0
        before, kind, depth = self._items[place - 1], self._last.kind, self._last.level
        if kind in (Kind.HEADING, Kind.ANNEX, Kind.TITLE, Kind.FOOTNOTE):
            return 0
        if before.ends_colon and item.depth >= before.depth:
            return depth if depth > 1 and self._stands_alone(place) else depth + 1
        if item.depth > before.depth and not before.ends_sentence:
            return depth + 1
        if item.depth < before.depth:
            return len([e for e in self._open if e.depth <= item.depth and not e.numbers_paragraphs])
        return depth

    def _stands_alone(self, place: int) -> bool:
        """Whether a plain item as deep as the one before it has none behind it: one item is no list, and the
        colon of the item before a slip.
        """
        after = self._items[place + 1] if place + 1 < len(self._items) else None
        depth = self._items[place].depth
        return depth == self._items[place - 1].depth and after is not None and not after.is_plain


def _rank(label: Label | None) -> int:
    """Return how far down the divisions of a text a heading stands by its label: parts over chapters over
    Roman numerals over sections over letters over all others.
    """
    if label is None:
        return _LOWEST_RANK
    if label.form in _DIVISION_RANKS:
        return _DIVISION_RANKS[label.form]
    if is_division(label):
        return _LOWEST_RANK
    return 5 if label.readings[0].numbering in (Numbering.UPPER_LETTER, Numbering.ABJAD) else 3
