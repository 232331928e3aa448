"""Paragraphs with their changes in WordprocessingML."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from gcmtext.formats.docx_tracked.story import Fate, Run, Told
from gcmtext.formats.docx_tracked.styles import style_of
from gcmtext.text.language import is_right_to_left

_ELEMENTS = {
    Fate.INSERTED: "w:ins",
    Fate.DELETED: "w:del",
    Fate.LEFT: "w:moveFrom",
    Fate.ARRIVED: "w:moveTo",
}
# In a text from right to left, symbols of documents and Latin words keep their own direction.
_LATIN = re.compile(r"([A-Za-z][A-Za-z0-9./\-]*)")
_PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1418" w:right="1304" w:bottom="1418" w:left="1304"'
    ' w:header="709" w:footer="709" w:gutter="0"/>'
    "{}</w:sectPr>"
)


def write_body(story: Iterable[Told], author: str, date: datetime, language: str) -> str:
    """Return the body of the document: its paragraphs in order, and the page."""
    writer = _Writer(author, date, language)
    paragraphs = list(story)
    written = "".join(map(writer.paragraph, paragraphs))
    if not paragraphs or paragraphs[-1].mark != Fate.KEPT:
        written += "<w:p/>"  # the last mark of a file can be neither inserted nor deleted
    return written + _PAGE.format("<w:bidi/>" if is_right_to_left(language) else "")


class _Writer:
    """Numbers the changes, and signs each with its author and date."""

    def __init__(self, author: str, date: datetime, language: str) -> None:
        moment = date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._signature = f'w:author={quoteattr(author)} w:date="{moment}"'
        self._ids = count(1)
        self._is_right_to_left = is_right_to_left(language)
        self._is_chinese = language.partition("-")[0] == "zh"

    def paragraph(self, told: Told) -> str:
        runs = "".join(map(self._run, told.runs))
        if not told.move:
            return f"<w:p>{self._properties(told)}{runs}</w:p>"
        element = f"{_ELEMENTS[told.mark]}Range"
        number = next(self._ids)
        start = f'<{element}Start w:id="{number}" w:name={quoteattr(told.move)} {self._signature}/>'
        return f'<w:p>{self._properties(told)}{start}{runs}</w:p><{element}End w:id="{number}"/>'

    def _properties(self, told: Told) -> str:
        style = style_of(told.like)
        mark = f"<w:rPr><{self._open(told.mark)}/></w:rPr>" if told.mark != Fate.KEPT else ""
        change = ""
        if told.was_like and (was := style_of(told.was_like)) != style:
            change = f'<{self._signed("w:pPrChange")}><w:pPr><w:pStyle w:val="{was}"/></w:pPr></w:pPrChange>'
        return f'<w:pPr><w:pStyle w:val="{style}"/>{mark}{change}</w:pPr>'

    def _run(self, run: Run) -> str:
        words = "w:delText" if run.fate == Fate.DELETED else "w:t"
        runs = "".join(self._written(part, words) for part in self._parts(run.text))
        if run.fate == Fate.KEPT:
            return runs
        return f"<{self._open(run.fate)}>{runs}</{_ELEMENTS[run.fate]}>"

    def _parts(self, text: str) -> Iterator[str]:
        parts = _LATIN.split(text) if self._is_right_to_left else [text]
        return filter(None, parts)

    def _written(self, text: str, element: str) -> str:
        properties = ""
        if self._is_right_to_left and not _LATIN.fullmatch(text):
            properties = "<w:rPr><w:rtl/></w:rPr>"
        elif self._is_chinese:
            properties = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
        content = "<w:tab/>".join(
            f'<{element} xml:space="preserve">{escape(words)}</{element}>' if words else ""
            for words in text.split("\t")
        )
        return f"<w:r>{properties}{content}</w:r>"

    def _open(self, fate: Fate) -> str:
        return self._signed(_ELEMENTS[fate])

    def _signed(self, element: str) -> str:
        return f'{element} w:id="{next(self._ids)}" {self._signature}'
