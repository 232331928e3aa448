"""A compiled text as a Word file, in the marks of a profile."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from xml.sax.saxutils import escape

from gcmtext.formats.docx_tracked.markup import Body
from gcmtext.formats.docx_tracked.package import write_package
from gcmtext.formats.docx_tracked.styles import style_of
from gcmtext.text.language import is_right_to_left
from gcmtext.text.model import Document
from gcmtext.text.profiles import Profile, Style, Styles
from gcmtext.text.rendering import Rendered, RenderedKind, Run, RunRole

_PROPERTIES = {
    Style.BOLD: "<w:b/><w:bCs/>",
    Style.ITALIC: "<w:i/><w:iCs/>",
    Style.STRIKE: "<w:strike/>",
    Style.SMALL: '<w:sz w:val="18"/><w:szCs w:val="18"/>',
    Style.UNDERLINE: '<w:u w:val="single"/>',
}
# The order in which the schema has them.
_ORDER = (Style.BOLD, Style.ITALIC, Style.STRIKE, Style.SMALL, Style.UNDERLINE)
_LATIN = re.compile(r"([A-Za-z][A-Za-z0-9./\-]*)")
_PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1418" w:right="1304" w:bottom="1418" w:left="1304"'
    ' w:header="709" w:footer="709" w:gutter="0"/>'
    "{}</w:sectPr>"
)


def write_docx(rendered: Sequence[Rendered], profile: Profile, base: Document, date: datetime) -> bytes:
    """Return a Word file with a compiled text; the same arguments give the same bytes.

    Its paragraphs have the labels and words of `rendered`, a tab between them.
    """
    writer = _Writer(profile.styles, base.language)
    body = "".join(map(writer.paragraph, rendered)) or "<w:p/>"
    page = _PAGE.format("<w:bidi/>" if is_right_to_left(base.language) else "")
    return write_package(
        Body(body + page, ""), language=base.language, title=base.title, author=profile.name, date=date
    )


class _Writer:
    def __init__(self, styles: Styles, language: str) -> None:
        self._styles = {
            RunRole.INSERTED: styles.added,
            RunRole.DELETED: styles.deleted,
            RunRole.ATTRIBUTION: styles.attribution,
        }
        self._is_right_to_left = is_right_to_left(language)

    def paragraph(self, paragraph: Rendered) -> str:
        keep = "<w:keepNext/>" if paragraph.kind is RenderedKind.LEAD else ""
        label = self._run(Run(RunRole.BASE, f"{paragraph.label}\t")) if paragraph.label else ""
        runs = "".join(map(self._run, paragraph.runs))
        return f'<w:p><w:pPr><w:pStyle w:val="{style_of(paragraph.like)}"/>{keep}</w:pPr>{label}{runs}</w:p>'

    def _run(self, run: Run) -> str:
        styles = self._styles.get(run.role, ())
        properties = "".join(_PROPERTIES[style] for style in _ORDER if style in styles)
        return "".join(self._written(part, properties) for part in self._parts(run.text))

    def _parts(self, text: str) -> Iterator[str]:
        return filter(None, _LATIN.split(text) if self._is_right_to_left else [text])

    def _written(self, text: str, properties: str) -> str:
        if self._is_right_to_left and not _LATIN.fullmatch(text):
            properties += "<w:rtl/>"
        content = "<w:tab/>".join(
            f'<w:t xml:space="preserve">{escape(words)}</w:t>' if words else "" for words in text.split("\t")
        )
        return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{content}</w:r>"
