"""One Word file that is being read: its items, once; then one view of them, or several, as blocks."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from gcmtext.errors import InvalidText
from gcmtext.formats.docx.blocks import Composer, Draft, finished
from gcmtext.formats.docx.changes import Tally
from gcmtext.formats.docx.language import main_language
from gcmtext.formats.docx.names import DC, MC, XML_SPACE, W
from gcmtext.formats.docx.notes import note_drafts, note_elements
from gcmtext.formats.docx.numbering import Numbering
from gcmtext.formats.docx.package import Package
from gcmtext.formats.docx.story import KEPT, Item, NoteKind, NoteSettings, Revision, Span, View, resolve
from gcmtext.formats.docx.styles import Styles
from gcmtext.formats.docx.walk import Walker, note_settings
from gcmtext.text.model import Block, Notice, Role, Source

_BODY = W + "body"
_BODY_PARTS = (*(W + name for name in ("p", "tbl", "sdt", "sectPr", "body")), MC + "AlternateContent")
_NEAR_TOP = 40


@dataclass(frozen=True, slots=True)
class Composed:
    """The blocks of one view of a file, and for each the spans its words come from, if they are kept."""

    blocks: tuple[Block, ...]
    spans: tuple[tuple[Span, ...], ...]


class Reading:
    """A Word file that is being read."""

    def __init__(self, data: bytes) -> None:
        self._package = Package(data)
        self._main = self._package.main()
        self._walker = Walker()
        self._tally = Tally()
        self._styles = Styles.read(self._related("styles"))
        self._numbering = Numbering.read(self._related("numbering"), self._styles)
        self._composer = self._new_composer()
        self._last_sections: list[dict[NoteKind, NoteSettings]] = []
        self._note_elements: dict[NoteKind, dict[str, etree._Element]] = {}

    @property
    def package(self) -> Package:
        """The parts of the file."""
        return self._package

    @property
    def main(self) -> str:
        """The name of the part that holds the text."""
        return self._main

    @property
    def formatting_changes(self) -> int:
        """How many tracked changes of the format alone were met so far."""
        return self._walker.findings.formatting

    def source(self, view: View) -> Source:
        """Return one view of the text; items are let go as they are read, so that memory stays bounded."""
        blocks = self.compose(
            self._tally.watch(self.items()), view, lambda element: self._tally.watch(self.note(element))
        ).blocks
        tracked = self._tally.notice()
        return self.stated(blocks, (*([tracked] if tracked else []), *self.notices(view)))

    def stated(self, blocks: tuple[Block, ...], notices: tuple[Notice, ...]) -> Source:
        """Return blocks as a source, with what the file states of itself."""
        if not blocks:
            raise InvalidText("The file holds no words: choose the file that holds the text.")
        return Source(
            blocks,
            title=self._title(blocks),
            language=main_language(self._composer.languages)
            or self._core(DC + "language").partition("-")[0].lower(),
            notices=notices,
        )

    def compose(
        self,
        items: Iterable[Item],
        view: View,
        note: Callable[[etree._Element], Iterable[Item]],
        *,
        keep_spans: bool = False,
    ) -> Composed:
        """Return the blocks of one view; `note` gives the items of a footnote or an endnote."""
        self._composer = composer = self._new_composer()
        composer.keeps_spans = keep_spans
        drafts: list[Draft] = list(composer.drafts(resolve(items, view), composer.counters()))
        composer.sections.extend(self._last_sections)
        settings = self._related("settings")
        notes = list(
            note_drafts(
                composer,
                {kind: self.note_elements(kind) for kind in NoteKind},
                {} if settings is None else note_settings(settings),
                lambda element: resolve(note(element), view),
            )
        )
        return Composed(
            (*finished(drafts), *(draft.block for draft in notes)),
            tuple(draft.spans for draft in (*drafts, *notes)),
        )

    def note_elements(self, kind: NoteKind) -> dict[str, etree._Element]:
        """Return the footnotes or the endnotes of the file by id."""
        if kind not in self._note_elements:
            self._note_elements[kind] = note_elements(self._related(f"{kind}s"), kind)
        return self._note_elements[kind]

    def note(self, element: etree._Element, revision: Revision = KEPT) -> list[Item]:
        """Return the items of a note whose reference has this state of revision."""
        return self._walker.story(element, revision)

    def _new_composer(self) -> Composer:
        return Composer(self._styles, self._numbering)

    def _related(self, kind: str) -> etree._Element | None:
        names = self._package.related(self._main, kind)
        return self._package.parse(names[0]) if names else None

    def items(self) -> Iterator[Item]:
        """Yield the items of the text as they are read."""
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
            self._last_sections.append(note_settings(element))
        else:
            yield from self._walker.item(element)

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

    def _words(self, view: View, *kinds: str) -> str:
        """Return the words of the parts of some kinds, which are no part of the text."""
        composer = self._new_composer()
        texts = []
        for kind in kinds:
            for name in self._package.related(self._main, kind):
                items = resolve(Walker().story(self._package.parse(name)), view)
                texts.append(composer.text(items, composer.counters()))
        return "\n".join(dict.fromkeys(text for text in texts if text))

    def notices(self, view: View) -> Iterator[Notice]:
        """Yield what a person should know of the view composed last, tracked changes apart."""
        composer, findings = self._composer, self._walker.findings
        if words := _joined(composer.contents):
            yield Notice("table-of-contents", "The table of contents is left out.", words)
        if words := _joined(composer.hidden):
            yield Notice("hidden-text", "Hidden words, which are not printed, are left out.", words)
        if words := self._words(view, "header", "footer"):
            yield Notice("headers-footers", "The headers and footers are left out.", words)
        if words := self._words(view, "comments"):
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
