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
from dataclasses import dataclass

from gcmtext.text.enumerations import Open, close_parts, enter, level
from gcmtext.text.labels import Label, Numbering, is_division, read_mark, split_at_tab, split_label
from gcmtext.text.language import detect_language
from gcmtext.text.model import Block, Document, Kind, Paragraph, Role, Source
from gcmtext.text.normalise import clean

_RAISED = re.compile(r"(?:\^\{?(?P<caret>[\d*]+(?:, ?[\d*]+)*)\}?|(?P<raised>[¹²³⁰⁴⁵⁶⁷⁸⁹]+))\s?(?=\S)")
_RAISED_DIGITS = str.maketrans("¹²³⁰⁴⁵⁶⁷⁸⁹", "1230456789")
_ENDS_SENTENCE = re.compile(r"[.,;:!?…。，；：、؛،؟](?:[\"'”’»)\]）」』]*)$")
# General Assembly resolutions end their preambular paragraphs with commas, those of the World Health
# Assembly with semicolons.
_ENDS_CLAUSE = re.compile(r"[,;，；،؛](?:\s?(?:and|et|y|e|и))?[\"'”’»\]]*$")
_ENDS_COMMA = re.compile(r"[,，،]$")
_ENDS_COLON = re.compile(r"[:：][\"'”’»\]]*$")
_STARTS_LIKE_HEADING = re.compile(r"[\[(“\"«¿]*[^\W\d_]")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_NUMBERED_NOTE = re.compile(r"(\d{1,3}) (?=\S)")
_HEADING_WORDS = 14
_ANNEX_RANK, _LOWEST_RANK = -1, 6
_DIVISION_RANKS = {"part #": 1, "chapter #": 2, "section #": 4}
_NO_TITLE = (Role.FOOTNOTE, Role.ROW)
_TITLE_WORDS = 60

_ANNEX = re.compile(
    r"(?:annex|annexe|anexo|appendix|appendice|apéndice|приложение|المرفق|مرفق|附件|附录)"
    r"(?:\s?(?:[IVXLC]+|\d+|[A-Z]|[一二三四五六七八九十]+|الأول|الثاني|الثالث))?\s?\*?$",
    re.I,
)
_PREAMBLE = re.compile(r"(?:preamble|préambule|preámbulo|преамбула|(?:ال)?ديباجة|序言)$", re.I)
_ORGANS = re.compile(
    r"(?:the (?:general assembly|security council|human rights council|economic and social council)"
    r"|the (?:[\w-]+ )?world health assembly"
    r"|l[’']assemblée générale|le conseil .{4,40}|la asamblea general|el consejo .{4,40}"
    r"|генеральная ассамблея|совет .{4,60}"
    r"|(?:إن )?(?:الجمعية العامة|مجلس .{4,40}|المجلس .{4,40})"
    r"|大会|.{0,8}理事会)[,，،]?$",
    re.I,
)
# Any other body that speaks: an article, a name, a comma ("The Conference of the Parties,").
_SPEAKER = re.compile(r"(?:the|la|le|les|el|los|las|إن)\s\S|l[’'][^\W\d_]", re.I)
_FORMULA_WORDS = 14
_DIVISION_WORDS = 45
_LOOK_AHEAD = 40
_HEADING_NUMBERINGS = (
    Numbering.UPPER_ROMAN,
    Numbering.UPPER_LETTER,
    Numbering.ABJAD,
    Numbering.ARABIC_ORDINAL,
)


def segment(source: Source) -> Document:
    """Return the paragraphs of a source, one for each block with words, in order.

    The notices of the source are kept. Deterministic; time grows linearly with the blocks.
    """
    items = [item for item in map(_Item.of, source.blocks) if item.text or item.label]
    language = source.language or detect_language(item.text for item in items)
    paragraphs = _Segmenter(items, clean(source.title)).paragraphs()
    title = clean(source.title) or next((p.text for p in paragraphs if p.kind is Kind.TITLE), "")
    return Document(
        title=title,
        language=language,
        paragraphs=tuple(paragraphs),
        notices=source.notices,
        symbol=source.symbol,
        revision=source.revision,
        date=source.date,
    )


@dataclass(frozen=True, slots=True)
class _Item:
    """A block with clean words and the label that stands at their head, if any."""

    role: Role
    depth: int
    text: str
    label: Label | None
    rest: str

    @classmethod
    def of(cls, block: Block) -> "_Item":
        text, mark = clean(block.text), clean(block.mark)
        if block.role in (Role.FOOTNOTE, Role.ROW):
            label, rest = (read_mark(mark) if mark else None), text
        elif mark:
            label, rest = read_mark(mark), text
        else:
            label, rest = split_at_tab(block.text) or split_label(text) or (None, text)
        return cls(block.role, block.depth, text, label, clean(rest))

    @property
    def printed(self) -> str:
        return self.label.printed if self.label else ""

    @property
    def length(self) -> int:
        """The number of words; two Chinese characters count as one."""
        return len(self.rest.split()) + len(_CJK.findall(self.rest)) // 2

    @property
    def ends_clause(self) -> bool:
        return bool(_ENDS_CLAUSE.search(self.rest))

    @property
    def ends_comma(self) -> bool:
        return bool(_ENDS_COMMA.search(self.rest))

    @property
    def ends_colon(self) -> bool:
        return bool(_ENDS_COLON.search(self.rest))

    @property
    def ends_sentence(self) -> bool:
        return bool(_ENDS_SENTENCE.search(self.rest))

    @property
    def is_plain(self) -> bool:
        """Whether neither the format nor a label says what this is."""
        return self.role is Role.BODY and self.label is None

    @property
    def is_formula(self) -> bool:
        return self.is_plain and bool(_ORGANS.match(self.text))

    @property
    def is_annex(self) -> bool:
        if self.role not in (Role.BODY, Role.HEADING, Role.TITLE):
            return False
        if self.label and self.label.form == "annex #":
            return not self.ends_sentence
        return bool(_ANNEX.match(self.text))

    @property
    def looks_like_heading(self) -> bool:
        """Whether a line without a label is short, opens like a heading and does not end like a sentence."""
        return (
            self.length <= _HEADING_WORDS
            and bool(_STARTS_LIKE_HEADING.match(self.rest))
            and not self.rest[:1].islower()
            and not self.ends_sentence
        )

    @property
    def has_heading_label(self) -> bool:
        """Whether its label is one that headings have, and its words do not speak against it."""
        label = self.label
        if label is None:
            return False
        if is_division(label):
            return not self.rest or (
                self.length <= _DIVISION_WORDS and not self.rest.endswith((";", ",", "；", "،"))
            )
        heads = label.readings[0].numbering in _HEADING_NUMBERINGS or label.form == "#、"
        return heads and label.form in ("#.", "#-", "#、", "#") and (not self.rest or self.looks_like_heading)


class _Segmenter:
    """One pass over the items of a source."""

    def __init__(self, items: Sequence[_Item], title: str) -> None:
        self._items = items
        self._labels = [item.label for item in items]
        self._title = _title_place(items, title)
        self._formulas = _formula_places(items)
        self._preamble = _preamble_places(items, self._formulas, self._title)
        self._open: Open = ()
        self._ranks: tuple[int, ...] = ()
        self._notes = _note_places(items)
        self._last: Paragraph | None = None
        self._top = min((item.depth for item in items if item.role is Role.HEADING), default=1)

    def paragraphs(self) -> list[Paragraph]:
        found: list[Paragraph] = []
        for place, item in enumerate(self._items):
            kind, label, depth, text = self._read(place, item)
            self._last = Paragraph(place, kind, label, depth, text)
            found.append(self._last)
        return found

    def _read(self, place: int, item: _Item) -> tuple[Kind, str, int, str]:
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
        if item.label is not None:
            return self._labelled(place, item, item.label)
        return self._plain(place, item)

    def _annex(self, item: _Item) -> tuple[Kind, str, int, str]:
        self._open, self._ranks = (), (_ANNEX_RANK,)
        return Kind.ANNEX, item.printed, 1, item.rest

    def _is_heading(self, place: int, item: _Item) -> bool:
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
            return not item.ends_sentence and item.length <= _DIVISION_WORDS
        if not item.looks_like_heading:
            return False
        after = self._items[place + 1] if place + 1 < len(self._items) else None
        return after is not None and after.role in (Role.BODY, Role.HEADING) and not after.is_annex

    def _completes_heading(self, place: int) -> bool:
        """Whether the line before is the label of a heading and no more: "II", then its title."""
        before = self._items[place - 1] if place else None
        return before is not None and before.has_heading_label and not before.rest

    def _continues(self, item: _Item) -> bool:
        """Whether a label such as "C)" or "I." belongs to an enumeration of sub-paragraphs that is open."""
        return item.label is not None and any(
            e.form == item.label.form
            and e.reading.numbering is r.numbering
            and r.value == e.reading.value + 1
            for e in self._open
            for r in item.label.readings
        )

    def _heading(self, place: int, item: _Item) -> tuple[Kind, str, int, str]:
        if item.role is Role.HEADING:
            self._ranks = tuple(range(item.depth - self._top + 1))
        elif not self._completes_heading(place):
            rank = _rank(item.label)
            self._ranks = (*(outer for outer in self._ranks if outer < rank), rank)
        self._open = close_parts(self._open)
        return Kind.HEADING, item.printed, max(len(self._ranks), 1), item.rest

    def _labelled(self, place: int, item: _Item, label: Label) -> tuple[Kind, str, int, str]:
        following = [other for other in self._labels[place + 1 : place + 1 + _LOOK_AHEAD] if other]
        self._open = enter(self._open, label, item.depth, following)
        depth = level(self._open)
        if label.form == "PP#":
            return Kind.PREAMBULAR, item.printed, 0, item.rest
        return (Kind.SUBPARAGRAPH if depth else Kind.NUMBERED), item.printed, depth, item.rest

    def _plain(self, place: int, item: _Item) -> tuple[Kind, str, int, str]:
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

    def _list_level(self, place: int, item: _Item) -> int:
        """Return the level of an item of a list without labels, told by what it follows; 0 if it is none."""
        if not item.depth or self._last is None:
            return 0
        before, kind, depth = self._items[place - 1], self._last.kind, self._last.level
        if kind in (Kind.HEADING, Kind.ANNEX, Kind.TITLE, Kind.FOOTNOTE):
            return 0
        if before.ends_colon and item.depth >= before.depth:
            return depth + 1
        if item.depth < before.depth:
            return len([e for e in self._open if e.depth <= item.depth and not e.numbers_paragraphs])
        return depth


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


def _note_places(items: Sequence[_Item]) -> frozenset[int]:
    """Return where a text ends with notes that are numbered without a sign: "1 See …", "2 Ibid."."""
    places: list[int] = []
    following = 0
    for place in reversed(range(len(items))):
        number = _NUMBERED_NOTE.match(items[place].text) if items[place].is_plain else None
        if not number or (places and int(number[1]) != following - 1):
            break
        following = int(number[1])
        places.append(place)
    return frozenset(places) if following == 1 and len(places) > 1 else frozenset()


def _title_place(items: Sequence[_Item], title: str) -> int | None:
    """Return where the title stands: named by the format, or the line that names the text before its body."""
    for place, item in enumerate(items):
        if item.role is Role.TITLE:
            return place
    body = next(
        (i for i, item in enumerate(items) if item.label or item.is_formula or item.role in _NO_TITLE),
        len(items),
    )
    for place, item in enumerate(items[:body]):
        if title and title.casefold() in item.text.casefold() and not item.ends_sentence:
            return place
    depths = [item.depth for item in items if item.role is Role.HEADING]
    if (
        len(depths) > 1
        and items[0].role is Role.HEADING
        and depths.count(depths[0]) == 1
        and not items[0].label
    ):
        return 0
    body = next((i for i, item in enumerate(items[:body]) if item.role is Role.HEADING), body)
    lines = [i for i in range(body) if items[i].length <= _TITLE_WORDS and not items[i].ends_sentence]
    lines = [i for i in lines if _STARTS_LIKE_HEADING.match(items[i].text)]
    if not lines or len(items) < 2:
        return None
    if body < len(items) and items[body].is_formula:
        near = [i for i in lines if all(j in lines for j in range(i, body))]
        return max(near, key=lambda i: (items[i].length, -i)) if near else lines[0]
    return lines[0] if lines[0] == 0 else None


def _formula_places(items: Sequence[_Item]) -> frozenset[int]:
    """Return where a body begins to speak: "The General Assembly,", "The Conference of the Parties,"."""
    found = set()
    for place, item in enumerate(items):
        if item.is_formula:
            found.add(place)
        elif (
            item.is_plain and item.length <= _FORMULA_WORDS and _SPEAKER.match(item.text) and item.ends_comma
        ):
            after = next((other for other in items[place + 1 : place + 2]), None)
            if after is not None and after.is_plain and after.ends_clause:
                found.add(place)
    return frozenset(found)


def _preamble_places(items: Sequence[_Item], formulas: frozenset[int], title: int | None) -> dict[int, Kind]:
    """Return which unlabelled items are preambular, and which operative.

    A preamble runs from a formula, from a heading that says so or, without either, from the title, to the
    first number or heading.
    """
    headed = [place for place, item in enumerate(items) if _PREAMBLE.match(item.rest)]
    kinds: dict[int, Kind] = {}
    for start in formulas:
        kinds |= _after_formula(items, start)
    for start in headed:
        kinds |= {place: Kind.PREAMBULAR for place in _zone(items, start) if items[place].ends_sentence}
    if not kinds:
        zone = _zone(items, -1 if title is None else title)
        kinds = {i: Kind.PREAMBULAR for i in zone if items[i].ends_clause and items[i].length > 2}
    return {place: kind for place, kind in kinds.items() if items[place].is_plain and place not in formulas}


def _after_formula(items: Sequence[_Item], formula: int) -> dict[int, Kind]:
    """Return the kinds of the items between a formula and the first number or heading.

    A resolution with one operative paragraph does not number it: it is the sentence after the last clause.
    """
    zone = _zone(items, formula)
    after = zone[-1] + 1 if zone else formula + 1
    numbered = after < len(items) and items[after].label is not None
    last = max((place for place in zone if items[place].ends_clause), default=formula)
    return {
        place: Kind.PREAMBULAR if place <= last or numbered else Kind.NUMBERED
        for place in zone
        if place <= last or items[place].ends_sentence
    }


def _zone(items: Sequence[_Item], start: int) -> list[int]:
    """Return the places after `start` up to the first numbered paragraph, heading or note."""
    zone = []
    for place in range(start + 1, len(items)):
        item = items[place]
        if item.role is not Role.BODY or item.has_heading_label or item.is_annex:
            break
        if item.label and not item.label.form.startswith(("(", "#)", "PP")):
            break
        zone.append(place)
    return zone
