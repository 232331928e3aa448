"""The labels of numbered paragraphs, computed from numbering.xml as Word computes them.

Lists that share an abstract definition share its counters (so one goes on where the other stopped); a start
override of a list counts once, at its first paragraph of that level. A level restarts after any higher level,
unless w:lvlRestart says otherwise; a higher level that was not yet used shows and takes its start.
"""

import re
from dataclasses import dataclass, field

from lxml import etree

from gcmtext.formats.docx.names import VAL, W, integer, is_on
from gcmtext.formats.docx.numerals import printed
from gcmtext.formats.docx.styles import ParagraphFormat, Styles

_PLACEHOLDER = re.compile(r"%([1-9])")
_LEVELS = range(9)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list.

    form: of its number. text: its label, "%1" standing for the number of the first level.
    restart: None after any higher level, 0 never, n only after level n (from 1) or higher.
    legal: all numbers in decimal. style: the paragraph style tied to it.
    """

    start: int = 0
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    hidden: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class List:
    """What a numbering id stands for: levels by number from 0, and the starts it overrides."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]


@dataclass(frozen=True, slots=True)
class Numbering:
    """The lists of a file by id."""

    lists: dict[int, List]
    styles: Styles

    @classmethod
    def read(cls, root: etree._Element | None, styles: Styles) -> "Numbering":
        """Return the lists in a w:numbering element."""
        lists = {}
        if root is not None:
            definitions = _Definitions(root, styles)
            for element in root.iterfind(W + "num"):
                number = integer(element.get(W + "numId"))
                if number is not None:
                    lists[number] = definitions.list(element)
        return cls(lists, styles)

    def place(self, paragraph: ParagraphFormat) -> tuple[int, int] | None:
        """Return the list and the level of a paragraph, by itself or by its style; None if it has none.

        A level that a style gives is the one that names the style (17.3.1.19), before what the style says.
        """
        resolved = self.styles.paragraph(paragraph)
        number = resolved.number
        if not number or number not in self.lists:
            return None
        level = min(max(resolved.level or 0, 0), _LEVELS[-1])
        if paragraph.level is not None or paragraph.number is not None:
            return number, level
        tied = {tie.style: ilvl for ilvl, tie in self.lists[number].levels.items() if tie.style}
        for identity, style in self.styles.chain(paragraph.style):
            if identity in tied:
                return number, tied[identity]
            if style.paragraph.number is not None:
                break
        return number, level

    def level(self, number: int, ilvl: int) -> Level:
        """Return a level of a list; one without a label if it is not defined."""
        return self.lists[number].levels.get(ilvl) or Level()


@dataclass(slots=True)
class Counters:
    """The state of the lists of one story (the text, the text boxes, the notes) while it is read."""

    numbering: Numbering
    unknown: set[str] = field(default_factory=set)
    _values: dict[str, dict[int, int]] = field(default_factory=dict)
    _overridden: set[tuple[int, int]] = field(default_factory=set)

    def next(self, number: int, ilvl: int) -> str:
        """Count one paragraph and return its label as printed; "" for bullets."""
        found = self.numbering.lists[number]
        values = self._values.setdefault(found.abstract, {})
        if ilvl in found.starts and (number, ilvl) not in self._overridden:
            self._overridden.add((number, ilvl))
            values[ilvl] = found.starts[ilvl]
        elif ilvl in values:
            values[ilvl] += 1
        else:
            values[ilvl] = self._start(number, ilvl)
        for higher in range(ilvl):
            values.setdefault(higher, self._start(number, higher))
        for lower in [key for key in values if key > ilvl]:
            restart = self.numbering.level(number, lower).restart
            if restart is None or ilvl < restart:
                del values[lower]
        return self._label(number, ilvl, values)

    def _start(self, number: int, ilvl: int) -> int:
        return self.numbering.lists[number].starts.get(ilvl, self.numbering.level(number, ilvl).start)

    def _label(self, number: int, ilvl: int, values: dict[int, int]) -> str:
        level = self.numbering.level(number, ilvl)
        if level.form == "bullet" or level.hidden:
            return ""

        def numeral(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            form = self.numbering.level(number, place).form
            if form in ("none", "bullet") or place not in values:
                return ""
            if level.legal and form != "decimalZero":
                form = "decimal"
            shown = printed(values[place], form)
            if shown is None:
                self.unknown.add(form)
                shown = str(values[place])
            return shown

        return _PLACEHOLDER.sub(numeral, level.text).strip()


class _Definitions:
    """The definitions in numbering.xml, each read once: files hold up to thousands of lists of a few."""

    def __init__(self, root: etree._Element, styles: Styles) -> None:
        self._styles = styles
        self._links = {}
        self._levels = {}
        for element in root.iterfind(W + "abstractNum"):
            identity = element.get(W + "abstractNumId", "")
            self._links[identity] = _value(element, "numStyleLink")
            self._levels[identity] = {
                ilvl: _level(lvl)
                for lvl in element.iterfind(W + "lvl")
                if (ilvl := integer(lvl.get(W + "ilvl"))) is not None and ilvl in _LEVELS
            }
        self._abstracts = {
            integer(element.get(W + "numId")): _value(element, "abstractNumId") or ""
            for element in root.iterfind(W + "num")
        }

    def list(self, element: etree._Element) -> List:
        """Return the list that a w:num makes."""
        abstract = self._abstract(_value(element, "abstractNumId") or "")
        levels = dict(self._levels.get(abstract, {}))
        starts = {}
        for override in element.iterfind(W + "lvlOverride"):
            ilvl = integer(override.get(W + "ilvl"))
            if ilvl is None or ilvl not in _LEVELS:
                continue
            if (definition := override.find(W + "lvl")) is not None:
                levels[ilvl] = _level(definition)
            if (start := _value(override, "startOverride")) is not None:
                starts[ilvl] = integer(start) or 0
        return List(abstract, levels, starts)

    def _abstract(self, identity: str) -> str:
        """Return the definition meant: where one only links to a numbering style, the one of that style."""
        seen = set()
        while (link := self._links.get(identity)) in self._styles.styles and link not in seen:
            seen.add(link)
            identity = self._abstracts.get(self._styles.styles[link].paragraph.number, identity)
        return identity


def _level(element: etree._Element) -> Level:
    start = integer(_value(element, "start"))
    restart = integer(_value(element, "lvlRestart"))
    legal = element.find(W + "isLgl")
    hidden = element.find(f"{W}rPr/{W}vanish")
    return Level(
        start=start or 0,
        form=_form(element),
        text=_value(element, "lvlText") or "",
        restart=restart,
        legal=legal is not None and is_on(legal.get(VAL)),
        hidden=hidden is not None and is_on(hidden.get(VAL)),
        style=_value(element, "pStyle") or "",
    )


def _form(element: etree._Element) -> str:
    """Return the number format; where it is a custom one (often in mc:AlternateContent), its pattern."""
    found = element.find(f".//{W}numFmt")
    form = "decimal" if found is None else found.get(VAL, "decimal")
    return found.get(W + "format", "decimal") if found is not None and form == "custom" else form


def _value(element: etree._Element, name: str) -> str | None:
    child = element.find(W + name)
    return None if child is None else child.get(VAL)
