"""HTML: the text of a page as a browser prints it.

The page's own navigation, hidden text and deleted text are named in notices. Style sheets are not applied,
except for what stands in the style attribute of an element, as Word and LibreOffice write it.
"""

import re

from lxml import etree

from gcmtext.errors import InvalidText
from gcmtext.formats.decoding import Decoded, decode
from gcmtext.formats.flow import Setting
from gcmtext.formats.html_lists import LISTS, Lists
from gcmtext.formats.html_notes import Notes
from gcmtext.formats.markup import MarkupReader, text_of
from gcmtext.formats.xml import MAX_MARKUP
from gcmtext.text.model import Notice, Role, Source

_BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main nav p pre search section summary
    table tbody tfoot thead""".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_INDENTED = frozenset({"blockquote", "dd"})
_UNPRINTED = frozenset({"script", "style", "head", "meta", "link", "base"})
_HIDDEN = frozenset({"template", "noscript", "datalist"})
_FURNITURE = frozenset({"nav", "header", "footer", "aside", "search"})
_FURNITURE_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary"})
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_CHARSET = re.compile(
    rb"<meta[^>]{1,200}charset\s*=\s*[\"']?([\w:.-]+)|<\?xml[^>]{1,100}encoding=[\"']([\w.-]+)", re.I
)
# Word writes the number of a list item as text, in a span of its own, and the level as a style of its own.
_WORD_NUMBER = re.compile(r"mso-list\s*:\s*Ignore", re.IGNORECASE)
_WORD_LEVEL = re.compile(r"mso-list\s*:[^;]*\blevel(\d)", re.IGNORECASE)
_WORD_BULLETS = frozenset("·o§Øüqv•-–—○■□▪")
_LONG_CELL = 600
_LEFT_OUT = {
    "tracked-changes": "The page marks changes: insertions are read as accepted, deletions are left out.",
    "page-furniture": "Words of the page around the text (navigation, header, footer) were left out.",
    "hidden-text": "Text that browsers do not show was left out.",
}


def read(data: bytes) -> Source:
    """Return what an HTML page holds.

    List items have the number that browsers print as their mark. Rows of tables are blocks, unless a table
    only lays out text. A single h1 is the title. Footnotes come at the end; the links to them are not in the
    text. Language is that of the root element.

    Raises InvalidText if the bytes are no text, nested more than 2,000 levels deep, over MAX_MARKUP tags,
    or hold no words.
    """
    decoded = _decode(data)
    root = _parse(decoded.text)
    reader = _Reader(root)
    reader.read()
    blocks = (*reader.flow.blocks, *reader.flow.footnotes)
    if not blocks:
        raise InvalidText("The page holds no words: choose the page that holds the text.")
    title = next((block.text for block in blocks if block.role is Role.TITLE), "")
    page_title = next((text_of(element) for element in root.iter("title")), "")
    notices = [*decoded.notices, *reader.notices()]
    if title and page_title and page_title != title:
        notices.append(
            Notice("page-title", "The title of the page differs from that of the text.", page_title)
        )
    return Source(blocks, title=title or page_title, language=_language(root), notices=tuple(notices))


def _decode(data: bytes) -> Decoded:
    declared = _CHARSET.search(data[:4096])
    return decode(data, (declared[1] or declared[2]).decode("ascii", "ignore") if declared else "")


def _parse(text: str) -> etree._Element:
    if text.count("<") > MAX_MARKUP:
        raise InvalidText("The page is too large to be read as one text: split it.")
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(text.encode(), parser) if text.strip() else None
    except etree.XMLSyntaxError:
        root = None
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        raise InvalidText("The page is nested more than 2,000 levels deep: it holds no text to read.")
    if root is None:
        raise InvalidText("The page holds no words: choose the page that holds the text.")
    return root


class _Reader(MarkupReader):
    """One pass over the elements of a page."""

    def __init__(self, root: etree._Element) -> None:
        super().__init__(root, _LEFT_OUT)
        self._notes = Notes(root)
        self._lists = Lists()
        self._indents = 0
        self._preformatted = 0
        self._has_title = sum(1 for _ in root.iter("h1")) == 1
        self._layouts = {table for table in root.iter("table") if _is_layout(table)}
        self._tables: list[bool] = []
        self._main = next((e for e in root.iter() if e.tag == "main" or e.get("role") == "main"), None)
        self._around_main = set(self._main.iterancestors()) if self._main is not None else set()

    def is_changed(self) -> bool:
        return any(e.tag == "ins" or e.get("class") == "msoIns" for e in self.root.iter("ins", "span"))

    def write(self, text: str | None) -> None:
        if not self._preformatted or not text:
            self.flow.write(text)
            return
        first, *others = text.split("\n")
        self.flow.write(first)
        for line in others:
            self.flow.break_line()
            self.flow.write(line)

    def reason_to_leave_out(self, element: etree._Element) -> str | None:
        tag, style = element.tag, element.get("style", "")
        if tag in _UNPRINTED or element in self._notes.references or element in self._notes.returns:
            return ""
        if _WORD_NUMBER.search(style) and text_of(element) in _WORD_BULLETS:
            return ""
        if tag == "del" or element.get("class") == "msoDel":
            return "tracked-changes"
        if tag in _HIDDEN or element.get("hidden") is not None or _HIDDEN_STYLE.search(style):
            return "hidden-text"
        return "page-furniture" if self._is_furniture(element) else None

    def _is_furniture(self, element: etree._Element) -> bool:
        """Whether an element belongs to the page and not to its text."""
        parent = element.getparent()
        if self._main is not None:
            beside_main = parent in self._around_main and element not in self._around_main
            named = beside_main and element is not self._main
        else:
            named = element.tag in _FURNITURE or element.get("role") in _FURNITURE_ROLES
            if element.tag in ("header", "footer", "aside"):
                named = named and not any(True for _ in element.iterancestors("article"))
        return (
            named
            and not any(True for _ in element.iter("h1"))
            and not any(inner in self._notes.holders for inner in element.iter())
        )

    def start(self, element: etree._Element) -> None:
        tag = element.tag
        if element in self._notes.holders:
            self.flow.end_block()
            self.flow.open_note(self._notes.holders[element])
        elif tag in LISTS:
            self.flow.end_block()
            self._lists.open_list(element)
        elif tag == "li":
            mark = self._lists.open_item(element)
            self.flow.open(self._setting(element))
            self.flow.set_mark(mark)
        elif tag == "table":
            self._tables.append(element in self._layouts)
            self.flow.end_block()
        elif tag == "tr" and not self._is_laid_out():
            self.flow.open_row()
        elif tag in ("td", "th") and not self._is_laid_out():
            self.flow.open_cell()
        elif tag in _BLOCKS or tag in ("tr", "td", "th"):
            self._indents += tag in _INDENTED
            self._preformatted += tag == "pre"
            self.flow.open(self._setting(element))
        elif tag == "br":
            self.flow.break_line()
        elif tag == "img":
            self.flow.write(element.get("alt"))
        elif _WORD_NUMBER.search(element.get("style", "")):
            self.flow.open(self.flow.setting)

    def end(self, element: etree._Element) -> None:
        tag = element.tag
        if element in self._notes.holders:
            self.flow.close_note()
        elif tag in LISTS:
            self.flow.end_block()
            self._lists.close_list()
        elif tag == "li":
            self.flow.close()
            self.flow.end_mark()
            self._lists.close_item()
        elif tag == "table":
            self.flow.end_block()
            self._tables.pop()
        elif tag == "tr" and not self._is_laid_out():
            self.flow.close_row()
        elif tag in ("td", "th") and not self._is_laid_out():
            self.flow.close_cell()
        elif tag in _BLOCKS or tag in ("tr", "td", "th"):
            self.flow.close()
            self._indents -= tag in _INDENTED
            self._preformatted -= tag == "pre"
        elif _WORD_NUMBER.search(element.get("style", "")) and tag not in ("br", "img"):
            self.flow.close_mark()

    def _is_laid_out(self) -> bool:
        """Whether the table around is there for the layout only, or there is none."""
        return not self._tables or self._tables[-1]

    def _setting(self, element: etree._Element) -> Setting:
        if level := _HEADINGS.get(element.tag):
            return Setting(Role.TITLE) if level == 1 and self._has_title else Setting(Role.HEADING, level)
        if element.get("class") == "MsoTitle" and not self._has_title:
            self._has_title = True
            return Setting(Role.TITLE)
        level_in_word = _WORD_LEVEL.search(element.get("style", ""))
        depth = int(level_in_word[1]) - 1 if level_in_word else self._lists.depth
        return Setting(Role.BODY, depth + self._indents)


def _is_layout(table: etree._Element) -> bool:
    """Whether a table only lays out text: one column, or cells with lists, headings, tables or long texts."""
    if table.get("role") == "presentation" or any(True for _ in table.iter(*_HEADINGS, *LISTS)):
        return True
    if any(inner is not table for inner in table.iter("table")):
        return True
    rows = list(table.iter("tr"))
    if all(len(row) < 2 for row in rows):
        return True
    return any(len(text_of(cell)) > _LONG_CELL for row in rows for cell in row)


def _language(root: etree._Element) -> str:
    for element in (root, *root.iter("body")):
        if language := element.get("lang") or element.get("xml:lang"):
            return language.strip()
    metas = (m for m in root.iter("meta") if m.get("http-equiv", "").lower() == "content-language")
    return next((meta.get("content", "").split(",")[0].strip() for meta in metas), "")
