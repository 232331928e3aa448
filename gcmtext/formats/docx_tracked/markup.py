"""Paragraphs with their changes in WordprocessingML."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from gcmtext.formats.docx_tracked.story import Fate, Margin, Run, Told
from gcmtext.formats.docx_tracked.styles import style_of
from gcmtext.text.language import is_right_to_left
from gcmtext.text.tracked import Signature

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


@dataclass(frozen=True, slots=True)
class Body:
    """The content of a document, and of the part with its comments; "" if there are none."""

    text: str
    comments: str


def page(language: str) -> str:
    """Return the page of a document in a language: its size and margins."""
    return _PAGE.format("<w:bidi/>" if is_right_to_left(language) else "")


def write_text(text: str, language: str, element: str = "w:t", properties: str = "") -> str:
    """Return words as runs; in a text from right to left, Latin ones are runs of their own.

    element: what words stand in. properties: of the runs, in the order of the schema.
    """
    rtl = is_right_to_left(language)
    parts = filter(None, _LATIN.split(text)) if rtl else [text]
    hint = '<w:rFonts w:hint="eastAsia"/>' if language.partition("-")[0] == "zh" else ""
    return "".join(
        _written(
            part, element, hint + properties + ("<w:rtl/>" if rtl and not _LATIN.fullmatch(part) else "")
        )
        for part in parts
    )


def _written(text: str, element: str, properties: str) -> str:
    content = "<w:tab/>".join(
        f'<{element} xml:space="preserve">{escape(words)}</{element}>' if words else ""
        for words in text.split("\t")
    )
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{content}</w:r>"


def write_body(story: Iterable[Told], by: Signature, language: str) -> Body:
    """Return the body of the document: its paragraphs in order, and the page.

    by: who signs what nobody else has signed.
    """
    writer = _Writer(by, language)
    paragraphs = list(story)
    written = "".join(map(writer.paragraph, paragraphs))
    if not paragraphs or paragraphs[-1].mark != Fate.KEPT:
        written += "<w:p/>"  # the last mark of a file can be neither inserted nor deleted
    return Body(written + page(language), "".join(writer.comments))


class _Writer:
    """Numbers the changes, and signs each with its author and date. comments: those written so far."""

    def __init__(self, by: Signature, language: str) -> None:
        self.comments: list[str] = []
        self._by = by
        self._ids = count(1)
        self._of_file = self._language = language

    def paragraph(self, told: Told) -> str:
        self._language = told.language or self._of_file
        runs = self._commented(told) if told.comments else "".join(map(self._run, told.runs))
        if not told.move:
            return f"<w:p>{self._properties(told)}{runs}</w:p>"
        element = f"{_ELEMENTS[told.mark]}Range"
        number = next(self._ids)
        start = f'<{element}Start w:id="{number}" w:name={quoteattr(told.move)} {self._signature(told.by)}/>'
        return f'<w:p>{self._properties(told)}{start}{runs}</w:p><{element}End w:id="{number}"/>'

    def _properties(self, told: Told) -> str:
        style = style_of(told.like)
        rtl = is_right_to_left(self._language)
        turned = rtl != is_right_to_left(self._of_file)
        direction = f'<w:bidi w:val="{int(rtl)}"/>' if turned else ""
        mark = f"<w:rPr><{self._open(told.mark, told.by)}/></w:rPr>" if told.mark != Fate.KEPT else ""
        change = ""
        if told.was_like and (was := style_of(told.was_like)) != style:
            opened = self._signed("w:pPrChange", told.by)
            change = f'<{opened}><w:pPr><w:pStyle w:val="{was}"/></w:pPr></w:pPrChange>'
        return f'<w:pPr><w:pStyle w:val="{style}"/>{direction}{mark}{change}</w:pPr>'

    def _run(self, run: Run) -> str:
        words = "w:delText" if run.fate == Fate.DELETED else "w:t"
        foreign = self._language != self._of_file and not is_right_to_left(self._language)
        spelt = f"<w:lang w:val={quoteattr(self._language)}/>" if foreign else ""
        runs = write_text(run.text, self._language, words, spelt)
        if run.fate == Fate.KEPT:
            return runs
        return f"<{self._open(run.fate, run.by)}>{runs}</{_ELEMENTS[run.fate]}>"

    def _open(self, fate: Fate, by: Signature | None) -> str:
        return self._signed(_ELEMENTS[fate], by)

    def _signed(self, element: str, by: Signature | None) -> str:
        return f'{element} w:id="{next(self._ids)}" {self._signature(by)}'

    def _signature(self, by: Signature | None) -> str:
        by = by or self._by
        date = f' w:date="{by.date}"' if by.date else ""
        return f"w:author={quoteattr(by.author)}{date}"

    def _commented(self, told: Told) -> str:
        """Return the runs of a paragraph with the edges of the comments between them."""
        numbers = {next(self._ids): comment for comment in told.comments}
        self.comments += (self._comment(number, comment) for number, comment in numbers.items())
        edges: dict[int, list[str]] = {}
        written = closing = ""
        for number, comment in numbers.items():
            start = f'<w:commentRangeStart w:id="{number}"/>'
            end = f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'
            if comment.span is None:
                written += start
                closing += end
            else:
                edges.setdefault(comment.span[0], []).append(start)
                edges.setdefault(comment.span[1], []).insert(0, end)
        place = 0
        for run in told.runs:
            is_old = run.fate not in (Fate.INSERTED, Fate.ARRIVED)
            done = 0
            for edge in sorted(edges) if is_old else ():
                if edge <= place + len(run.text):
                    cut = edge - place
                    written += self._run(replace(run, text=run.text[done:cut])) if cut > done else ""
                    written += "".join(edges.pop(edge))
                    done = cut
            written += self._run(replace(run, text=run.text[done:])) if run.text[done:] else ""
            place += len(run.text) if is_old else 0
        return written + "".join(map("".join, edges.values())) + closing

    def _comment(self, number: int, comment: Margin) -> str:
        lines = "".join(f"<w:p>{write_text(line, self._language)}</w:p>" for line in comment.text.split("\n"))
        initials = "".join(word[0] for word in (comment.by or self._by).author.split())[:4]
        signature = self._signature(comment.by)
        return f'<w:comment w:id="{number}" {signature} w:initials={quoteattr(initials)}>{lines}</w:comment>'
