"""Akoma Ntoso (OASIS LegalDocML 1.0 to 3.0), as the United Nations publish resolutions (AKN4UN).

Of the many elements only those are named here that begin blocks or mean something to a reader; the text of
all others runs on. Element names are those of the standard, whatever the namespace of its version.
"""

import re
from collections.abc import Iterator

from lxml import etree

from gcmtext.errors import InvalidText
from gcmtext.formats import xml
from gcmtext.formats.flow import Setting
from gcmtext.formats.markup import MarkupReader, text_of
from gcmtext.text.model import Role, Source

# Divisions with headings, from part to article: they give headings their level.
_DIVISIONS = frozenset(
    """part subpart book tome title subtitle chapter subchapter section subsection division subdivision
    article rule subrule hcontainer""".split()
)
# Paragraphs, which stand at the margin, and what stands in from them.
_PARAGRAPHS = frozenset("paragraph clause alinea level proviso transitional".split())
_POINTS = frozenset("subparagraph subclause point indent item li sublist".split())
_HEADINGS = frozenset("heading subheading crossHeading".split())
_OTHER_BLOCKS = frozenset(
    """p block blockContainer div longTitle formula content intro wrapUp list blockList listIntroduction
    listWrapUp ul ol tblock table caption header signature interstitial quotedStructure embeddedStructure
    doc bill act statement collectionBody component components documentCollection officialGazette
    coverPage preface preamble recitals recital citations citation body mainBody conclusions
    attachments attachment annex container portion portionBody fragment fragmentBody
    amendment amendmentList amendmentBody amendmentHeading amendmentContent amendmentReference
    amendmentJustification judgment judgmentBody introduction background arguments remedies motivation
    decision debate debateReport debateBody debateSection speech speechGroup question answer from narrative
    scene summary address adjournment prayers oralStatements writtenStatements communication petitions papers
    questions noticesOfMotion resolutions nationalInterest declarationOfVote ministerialStatements
    pointOfOrder proceduralMotions rollCall administrationOfOath""".split()
)
_BLOCKS = _DIVISIONS | _PARAGRAPHS | _POINTS | _HEADINGS | _OTHER_BLOCKS
_LANGUAGES = {
    "ara": "ar",
    "chi": "zh",
    "zho": "zh",
    "eng": "en",
    "fra": "fr",
    "fre": "fr",
    "rus": "ru",
    "spa": "es",
    "deu": "de",
    "ger": "de",
    "ita": "it",
    "por": "pt",
}
# The heading styles of the United Nations are H1, H23 (for the second and third level), H4 and H56.
_DATE = re.compile(r"[12]\d{3}-\d\d-\d\d")
_HEADING_CLASS = re.compile(r"_?H_?(\d)")


def read(data: bytes) -> Source:
    """Return what an Akoma Ntoso document holds: preface, preamble, body, conclusions, attachments, in order.

    <num> is the mark of its paragraph; notes come at the end with their markers. Deleted text, the cover page
    (if there is a preface with the title), tables of contents and words within the metadata are in notices.

    Raises InvalidText if the bytes are no XML that can be parsed safely, no Akoma Ntoso, or hold no words.
    """
    root = xml.parse(data)
    if _name(root).lower() != "akomantoso":
        raise InvalidText(
            f"The file is XML but not Akoma Ntoso (its first element is <{_name(root)}>): "
            "save it in the format its name says."
        )
    reader = _Reader(root)
    reader.read()
    blocks = (*reader.flow.blocks, *reader.flow.footnotes)
    if not blocks:
        raise InvalidText("The Akoma Ntoso document holds no words: choose the file that holds the text.")
    return Source(
        blocks=blocks,
        title=next((b.text for b in blocks if b.role is Role.TITLE), ""),
        language=_language(root),
        symbol=_symbol(root),
        date=_date(root),
        notices=reader.notices(),
    )


_LEFT_OUT = {
    "tracked-changes": "The text marks changes: insertions are read as accepted, deletions are left out.",
    "cover-page": "The cover page was left out; the title stands in the preface.",
    "contents": "The table of contents was left out.",
    "metadata": "Words within the metadata, such as page footers and lists of voters, were left out.",
}


class _Reader(MarkupReader):
    """One pass over the elements of a document."""

    def __init__(self, root: etree._Element) -> None:
        super().__init__(root, _LEFT_OUT)
        self._open: list[str] = []
        self._has_title = False
        self._has_preface = any(True for _ in _within(root, "preface", "docTitle"))

    def is_changed(self) -> bool:
        return any(True for _ in self.root.iter("{*}ins"))

    def reason_to_leave_out(self, element: etree._Element) -> str | None:
        name = _name(element)
        if name == "coverPage":
            return "cover-page" if self._has_preface else None
        return {"meta": "metadata", "toc": "contents", "del": "tracked-changes"}.get(name)

    def start(self, element: etree._Element) -> None:
        name = _name(element)
        self._open.append(name)
        if name in ("eol", "br"):
            self.flow.break_line()
        elif name == "img":
            self.flow.write(element.get("alt"))
        elif name == "authorialNote":
            self.flow.open_note(element.get("marker", ""))
        elif name == "tr":
            self.flow.open_row()
        elif name in ("td", "th"):
            self.flow.open_cell()
        elif self._is_mark(name):
            self.flow.open(self.flow.setting)
        elif name in _BLOCKS:
            self.flow.open(self._setting(element, name))

    def end(self, element: etree._Element) -> None:
        name = _name(element)
        if name == "authorialNote":
            self.flow.close_note()
        elif name == "tr":
            self.flow.close_row()
        elif name in ("td", "th"):
            self.flow.close_cell()
        elif self._is_mark(name):
            self.flow.close_mark()
        elif name in _BLOCKS:
            self.flow.close()
            if name in _DIVISIONS or name in _PARAGRAPHS or name in _POINTS:
                self.flow.end_mark()
        self._open.pop()

    def _is_mark(self, name: str) -> bool:
        """Whether an element that is open holds a label; the number of a resolution is that of its title."""
        return name == "num" or (name == "docNumber" and self.flow.setting.role is Role.TITLE)

    def _setting(self, element: etree._Element, name: str) -> Setting:
        if name in _HEADINGS:
            return Setting(Role.HEADING, self._heading_level(element, name))
        if name in ("p", "longTitle", "block") and any(True for _ in element.iter("{*}docTitle")):
            if not self._has_title:
                self._has_title = True
                return Setting(Role.TITLE)
            if "preface" in self._open:
                return Setting(Role.HEADING, 1)
        return Setting(Role.BODY, self._depth())

    def _heading_level(self, element: etree._Element, name: str) -> int:
        divisions = sum(name in _DIVISIONS for name in self._open)
        parent = element.getparent()
        style = _HEADING_CLASS.match(parent.get("class", "")) if parent is not None else None
        if style:
            return divisions + int(style[1])
        return max(divisions, 1) if name == "heading" else divisions + 1

    def _depth(self) -> int:
        paragraphs = sum(name in _PARAGRAPHS for name in self._open)
        return sum(name in _POINTS for name in self._open) + max(paragraphs - 1, 0)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


def _within(root: etree._Element, container: str, name: str) -> Iterator[etree._Element]:
    for outer in root.iter(f"{{*}}{container}"):
        yield from outer.iter(f"{{*}}{name}")


def _language(root: etree._Element) -> str:
    for element in root.iter("{*}FRBRlanguage"):
        language = element.get("language", "")
        return _LANGUAGES.get(language.lower(), language)
    return root.get("{http://www.w3.org/XML/1998/namespace}lang", "")


def _symbol(root: etree._Element) -> str:
    """Return the document symbol, which is marked as such or else on the cover page, or else the number."""
    marked = (n for n in root.iter("{*}docNumber") if n.get("refersTo") == "#symbol")
    on_cover = _within(root, "coverPage", "docNumber")
    numbers = (*marked, *on_cover, *_within(root, "preface", "docNumber"))
    return next((text_of(number).strip(" .") for number in numbers), "")


def _date(root: etree._Element) -> str:
    """Return the date of adoption, or else of this version (the FRBR expression), or else of the work."""
    work = list(_within(root, "FRBRWork", "FRBRdate"))
    adoption = [date for date in work if date.get("name") == "adoption"]
    for element in (*adoption, *_within(root, "FRBRExpression", "FRBRdate"), *work):
        date = element.get("date", "")[:10]
        if _DATE.fullmatch(date):
            return date
    return ""
