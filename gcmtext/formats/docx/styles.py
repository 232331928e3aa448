"""The properties of paragraphs and runs that bear on the text, resolved along the chain of styles."""

from dataclasses import dataclass, field, fields, replace
from typing import TypeVar

from lxml import etree

from gcmtext.formats.docx.names import VAL, W, first, integer, is_on

_PSTYLE, _NUMPR, _NUM_ID, _ILVL = (W + name for name in ("pStyle", "numPr", "numId", "ilvl"))
_OUTLINE, _JC, _IND, _LEFT, _START = (W + name for name in ("outlineLvl", "jc", "ind", "left", "start"))
_RSTYLE, _BOLD, _VANISH, _LANG = (W + name for name in ("rStyle", "b", "vanish", "lang"))
_STRUCK, _UNDERLINE = frozenset({W + "strike", W + "dstrike"}), W + "u"
_BIDI, _EAST_ASIA = W + "bidi", W + "eastAsia"

_MAX_CHAIN = 64
"""The most styles in a chain that are followed; real ones have less than ten."""

_F = TypeVar("_F", "ParagraphFormat", "RunFormat")


@dataclass(frozen=True, slots=True)
class ParagraphFormat:
    """Properties of a paragraph; None where nothing is said.

    number: the id of its numbering (0: none). level: its level there, from 0. outline: from 0; 9 is body.
    indent: of all lines, in twentieths of a point.
    """

    style: str | None = None
    number: int | None = None
    level: int | None = None
    outline: int | None = None
    alignment: str | None = None
    indent: int | None = None


@dataclass(frozen=True, slots=True)
class RunFormat:
    """Properties of a run; None where nothing is said. The languages are those of the three script groups."""

    style: str | None = None
    bold: bool | None = None
    struck: bool | None = None
    hidden: bool | None = None
    underlined: bool | None = None
    latin: str | None = None
    complex: str | None = None
    asian: str | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """A style of the file, with its own properties and the id of the style it is based on."""

    name: str
    based_on: str
    paragraph: ParagraphFormat
    run: RunFormat


def paragraph_format(properties: etree._Element | None) -> ParagraphFormat:
    """Return what a w:pPr says."""
    found: dict[str, str | int | None] = {}
    for element in properties if properties is not None else ():
        tag = element.tag
        if tag == _PSTYLE:
            found["style"] = element.get(VAL)
        elif tag == _NUMPR:
            found["number"] = _child_value(element, _NUM_ID)
            found["level"] = _child_value(element, _ILVL)
        elif tag == _OUTLINE:
            found["outline"] = integer(element.get(VAL))
        elif tag == _JC:
            found["alignment"] = element.get(VAL)
        elif tag == _IND:
            found["indent"] = integer(element.get(_LEFT, element.get(_START)))
    return ParagraphFormat(**found)  # type: ignore[arg-type]


PLAIN = RunFormat()


def run_format(properties: etree._Element | None) -> RunFormat:
    """Return what a w:rPr says."""
    if properties is None:
        return PLAIN
    found: dict[str, str | bool | None] = {}
    for element in properties:
        tag = element.tag
        if tag == _BOLD:
            found["bold"] = is_on(element.get(VAL))
        elif tag == _VANISH:
            found["hidden"] = is_on(element.get(VAL))
        elif tag in _STRUCK:
            found["struck"] = is_on(element.get(VAL))
        elif tag == _UNDERLINE:
            found["underlined"] = element.get(VAL) != "none"
        elif tag == _RSTYLE:
            found["style"] = element.get(VAL)
        elif tag == _LANG:
            found["latin"] = element.get(VAL)
            found["complex"] = element.get(_BIDI)
            found["asian"] = element.get(_EAST_ASIA)
    return RunFormat(**found) if found else PLAIN  # type: ignore[arg-type]


def _child_value(element: etree._Element, tag: str) -> int | None:
    found = first(element, tag)
    return None if found is None else integer(found.get(VAL))


def over(upper: _F, lower: _F) -> _F:
    """Return the properties of `upper`, and those of `lower` where it says nothing."""
    missing = {
        f.name: value
        for f in fields(lower)
        if getattr(upper, f.name) is None and (value := getattr(lower, f.name)) is not None
    }
    return replace(upper, **missing) if missing else upper


@dataclass(slots=True)
class Styles:
    """The styles of a file; `styles` by id, `default` the id of the style of paragraphs that name none."""

    styles: dict[str, Style] = field(default_factory=dict)
    default: str = ""
    paragraph_defaults: ParagraphFormat = ParagraphFormat()
    run_defaults: RunFormat = RunFormat()
    _paragraphs: dict[ParagraphFormat, ParagraphFormat] = field(default_factory=dict)
    _runs: dict[tuple[str | None, RunFormat], RunFormat] = field(default_factory=dict)

    @classmethod
    def read(cls, root: etree._Element | None) -> "Styles":
        """Return the styles in a w:styles element."""
        found = cls()
        if root is None:
            return found
        for element in root.iterfind(W + "style"):
            identity = element.get(W + "styleId", "")
            name = element.find(W + "name")
            based_on = element.find(W + "basedOn")
            found.styles[identity] = Style(
                name="" if name is None else name.get(VAL, ""),
                based_on="" if based_on is None else based_on.get(VAL, ""),
                paragraph=paragraph_format(element.find(W + "pPr")),
                run=run_format(element.find(W + "rPr")),
            )
            if element.get(W + "type") == "paragraph" and is_on(element.get(W + "default", "0")):
                found.default = identity
        defaults = W + "docDefaults/" + W
        found.paragraph_defaults = paragraph_format(root.find(f"{defaults}pPrDefault/{W}pPr"))
        found.run_defaults = run_format(root.find(f"{defaults}rPrDefault/{W}rPr"))
        return found

    def chain(self, identity: str | None) -> list[tuple[str, Style]]:
        """Return a style and those it is based on, nearest first; the default style where it is unknown."""
        identity = identity if identity in self.styles else self.default
        found: dict[str, Style] = {}
        while identity in self.styles and identity not in found and len(found) < _MAX_CHAIN:
            found[identity] = self.styles[identity]
            identity = self.styles[identity].based_on
        return list(found.items())

    def names(self, identity: str | None) -> list[str]:
        """Return the names of a paragraph style and of those it is based on, nearest first."""
        return [style.name for _, style in self.chain(identity)]

    def paragraph(self, direct: ParagraphFormat) -> ParagraphFormat:
        """Return the properties of a paragraph with those of its style and of the file."""
        found = self._paragraphs.get(direct)
        if found is None:
            found = direct
            for _, style in self.chain(direct.style):
                found = over(found, style.paragraph)
            found = self._paragraphs[direct] = over(found, self.paragraph_defaults)
        return found

    def run(self, direct: RunFormat, paragraph_style: str | None) -> RunFormat:
        """Return the properties of a run with those of its style, its paragraph's style and the file."""
        key = (paragraph_style, direct)
        found = self._runs.get(key)
        if found is None:
            found = direct
            character = self.chain(direct.style) if direct.style in self.styles else []
            for _, style in [*character, *self.chain(paragraph_style)]:
                found = over(found, style.run)
            found = self._runs[key] = over(found, self.run_defaults)
        return found
