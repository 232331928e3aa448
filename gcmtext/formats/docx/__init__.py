"""Word files (.docx): Office Open XML, ISO/IEC 29500, transitional and strict.

package (ZIP and XML, safely) -> walk (paragraphs and tables with their tracked changes: story)
-> resolve (one view of them) -> blocks (styles, numbering, roles) -> Source
"""

from collections.abc import Iterator

from lxml import etree

from gcmtext.errors import InvalidText
from gcmtext.formats.docx.blocks import Composer, Draft, finished
from gcmtext.formats.docx.changes import Tally
from gcmtext.formats.docx.language import main_language
from gcmtext.formats.docx.names import DC, MC, XML_SPACE, W
from gcmtext.formats.docx.notes import note_blocks, note_elements
from gcmtext.formats.docx.numbering import Numbering
from gcmtext.formats.docx.package import Package
from gcmtext.formats.docx.story import Item, NoteKind, View, resolve
from gcmtext.formats.docx.styles import Styles
from gcmtext.formats.docx.walk import Walker, note_settings
from gcmtext.text.model import Block, Notice, Role, Source

_BODY = W + "body"
_BODY_PARTS = (*(W + name for name in ("p", "tbl", "sdt", "sectPr", "body")), MC + "AlternateContent")
_NEAR_TOP = 40


def read(data: bytes) -> Source:
    """Return the text of a Word file, tracked changes accepted; raise InvalidText where it cannot be read.

    Blocks follow the text; footnotes and endnotes come last, in order of reference. The marks of numbered
    paragraphs are those Word prints. Notices name what is not in the blocks: tracked changes, headers and
    footers, comments, tables of contents, hidden words, pictures and embedded objects.
    """
    return read_view(data, View.ACCEPTED)


def read_view(data: bytes, view: View) -> Source:
    """Return the text of a Word file with all tracked changes accepted or all rejected."""
    try:
        return _Reading(Package(data), view).source()
    except RecursionError:
        raise InvalidText(
            "its elements are nested deeper than any text needs: open it in Word and save it again."
        ) from None


class _Reading:
    """One reading of one file."""

    def __init__(self, package: Package, view: View) -> None:
        self._package = package
        self._view = view
        self._main = package.main()
        self._walker = Walker()
        self._tally = Tally()
        styles = Styles.read(self._related("styles"))
        self._composer = Composer(styles, Numbering.read(self._related("numbering"), styles))

    def source(self) -> Source:
        composer = self._composer
        drafts: list[Draft] = list(
            composer.drafts(resolve(self._tally.watch(self._body()), self._view), composer.counters())
        )
        settings = self._related("settings")
        notes = note_blocks(
            composer,
            {kind: note_elements(self._related(f"{kind}s"), kind) for kind in NoteKind},
            {} if settings is None else note_settings(settings),
            self._note,
        )
        blocks = (*finished(drafts), *notes)
        if not blocks:
            raise InvalidText("The file holds no words: choose the file that holds the text.")
        return Source(
            blocks,
            title=self._title(blocks),
            language=main_language(composer.languages)
            or self._core(DC + "language").partition("-")[0].lower(),
            notices=tuple(self._notices()),
        )

    def _related(self, kind: str) -> etree._Element | None:
        names = self._package.related(self._main, kind)
        return self._package.parse(names[0]) if names else None

    def _body(self) -> Iterator[Item]:
        """Yield the items of the text as they are read; each is let go then, so that memory stays bounded."""
        done: etree._Element | None = None
        for element in self._package.stream(self._main, _BODY_PARTS):
            whole = element.tag == _BODY
            body = element if whole else element.getparent()
            if body is None or body.tag != _BODY:
                continue
            self._walker.preserve = body.getroottree().getroot().get(XML_SPACE) == "preserve"
            # The parser is ahead: what follows the element may be incomplete and must not be touched.
            for child in (
                list(body) if whole else [*reversed(list(element.itersiblings(preceding=True))), element]
            ):
                if child is not done:
                    yield from self._top(child)
                if child is not element:
                    body.remove(child)
            if not whole:
                element.clear()
                done = element

    def _top(self, element: etree._Element) -> Iterator[Item]:
        if element.tag == W + "sectPr":
            self._composer.sections.append(note_settings(element))
        else:
            yield from self._walker.item(element)

    def _note(self, element: etree._Element) -> Iterator[Item]:
        return resolve(self._tally.watch(self._walker.story(element)), self._view)

    def _title(self, blocks: tuple[Block, ...]) -> str:
        """Return the paragraphs in title style, or the title in the properties where it stands near the top.

        Properties are often those of the file this one was copied from.
        """
        titles = [block.text for block in blocks if block.role is Role.TITLE]
        if titles:
            return " ".join(" ".join(titles).split())
        stated = " ".join(self._core(DC + "title").split())
        near_top = (" ".join(block.text.split()).casefold() for block in blocks[:_NEAR_TOP])
        return stated if stated.casefold() in near_top else ""

    def _core(self, tag: str) -> str:
        for name in self._package.related("", "core-properties"):
            return self._package.parse(name).findtext(tag) or ""
        return ""

    def _words(self, *kinds: str) -> str:
        """Return the words of the parts of some kinds, which are no part of the text."""
        composer = Composer(self._composer.styles, self._composer.numbering)
        texts = []
        for kind in kinds:
            for name in self._package.related(self._main, kind):
                items = resolve(Walker().story(self._package.parse(name)), self._view)
                texts.append(composer.text(items, composer.counters()))
        return "\n".join(dict.fromkeys(text for text in texts if text))

    def _notices(self) -> Iterator[Notice]:
        if (tracked := self._tally.notice()) is not None:
            yield tracked
        composer, findings = self._composer, self._walker.findings
        if words := _joined(composer.contents):
            yield Notice("table-of-contents", "The table of contents is left out.", words)
        if words := _joined(composer.hidden):
            yield Notice("hidden-text", "Hidden words, which are not printed, are left out.", words)
        if words := self._words("header", "footer"):
            yield Notice("headers-footers", "The headers and footers are left out.", words)
        if words := self._words("comments"):
            count = len(self._related_children("comments"))
            yield Notice("comments", f"{_some(count, 'comment')} left out.", words)
        if words := _joined(findings.ruby):
            yield Notice("ruby", "The readings printed above words are left out.", words)
        if findings.pictures:
            yield Notice(
                "pictures", f"{_some(findings.pictures, 'picture')} not read: words in pictures are missed."
            )
        if findings.objects:
            yield Notice("objects", f"{_some(findings.objects, 'embedded object')} not read.")
        if findings.embedded:
            yield Notice("embedded-documents", f"{_some(findings.embedded, 'embedded document')} not read.")
        if findings.unknown_symbols:
            signs = _some(findings.unknown_symbols, "sign")
            yield Notice(
                "symbols", f"{signs} of a symbol font not known and shown as \N{REPLACEMENT CHARACTER}."
            )
        if composer.unknown_forms:
            forms = ", ".join(sorted(composer.unknown_forms))
            yield Notice(
                "number-formats", f"Numbers in formats that are not known are shown in digits ({forms})."
            )
        if self._package.related(self._main, "vbaProject"):
            yield Notice("macros", "The file holds macros; they were not run.")

    def _related_children(self, kind: str) -> list[etree._Element]:
        root = self._related(kind)
        return [] if root is None else list(root)


def _joined(texts: list[str]) -> str:
    return "\n".join(" ".join(text.split()) for text in texts if text.strip())


def _some(count: int, what: str) -> str:
    return f"1 {what} is" if count == 1 else f"{count} {what}s are"
