"""A compiled text as a Word file, in the marks of a profile."""

from collections.abc import Sequence
from datetime import datetime

from gcmtext.formats.docx_tracked.markup import Body, page, write_text
from gcmtext.formats.docx_tracked.package import write_package
from gcmtext.formats.docx_tracked.styles import style_of
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


def write_docx(rendered: Sequence[Rendered], profile: Profile, base: Document, date: datetime) -> bytes:
    """Return a Word file with a compiled text; the same arguments give the same bytes.

    Its paragraphs have the labels and words of `rendered`, a tab between them.
    """
    writer = _Writer(profile.styles, base.language)
    body = "".join(map(writer.paragraph, rendered)) or "<w:p/>"
    return write_package(
        Body(body + page(base.language), ""),
        language=base.language,
        title=base.title,
        author=profile.name,
        date=date,
    )


class _Writer:
    def __init__(self, styles: Styles, language: str) -> None:
        self._styles = {
            RunRole.INSERTED: styles.added,
            RunRole.DELETED: styles.deleted,
            RunRole.ATTRIBUTION: styles.attribution,
        }
        self._language = language

    def paragraph(self, paragraph: Rendered) -> str:
        keep = "<w:keepNext/>" if paragraph.kind is RenderedKind.LEAD else ""
        label = self._run(Run(RunRole.BASE, f"{paragraph.label}\t")) if paragraph.label else ""
        runs = "".join(map(self._run, paragraph.runs))
        return f'<w:p><w:pPr><w:pStyle w:val="{style_of(paragraph.like)}"/>{keep}</w:pPr>{label}{runs}</w:p>'

    def _run(self, run: Run) -> str:
        styles = self._styles.get(run.role, ())
        properties = "".join(_PROPERTIES[style] for style in _ORDER if style in styles)
        return write_text(run.text, self._language, properties=properties)
