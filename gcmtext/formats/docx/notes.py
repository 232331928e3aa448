"""Footnotes and endnotes: their printed marks and their text."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from lxml import etree

from gcmtext.formats.docx.blocks import Composer, Draft, PlacedNote
from gcmtext.formats.docx.names import W
from gcmtext.formats.docx.numerals import printed
from gcmtext.formats.docx.story import Item, NoteKind, NoteSettings

_DEFAULT_FORMS = {NoteKind.FOOTNOTE: "decimal", NoteKind.ENDNOTE: "lowerRoman"}


def note_elements(root: etree._Element | None, kind: NoteKind) -> dict[str, etree._Element]:
    """Return the notes of a part by id, without the separators."""
    if root is None:
        return {}
    return {
        element.get(W + "id", ""): element
        for element in root.iterfind(W + kind.value)
        if element.get(W + "type", "normal") == "normal"
    }


def note_drafts(
    composer: Composer,
    elements: dict[NoteKind, dict[str, etree._Element]],
    settings: dict[NoteKind, NoteSettings],
    read: Callable[[etree._Element], Iterator[Item]],
) -> Iterator[Draft]:
    """Yield the notes the text refers to, footnotes before endnotes, each once, in order of reference."""
    referred = list(composer.notes)
    sections = list(composer.sections)
    for kind in NoteKind:
        counters = composer.counters()
        marks = _marks(
            [note for note in referred if note.reference.kind is kind], sections, settings.get(kind)
        )
        for identity, mark in marks.items():
            element = elements[kind].get(identity)
            if element is None:
                continue
            draft = composer.note(read(element), counters)
            text = draft.block.text
            if mark and text.startswith(mark):
                text = text.removeprefix(mark).lstrip()
            if text:
                yield replace(draft, block=replace(draft.block, text=text, mark=mark))


def _marks(
    notes: list[PlacedNote], sections: list[dict[NoteKind, NoteSettings]], of_file: NoteSettings | None
) -> dict[str, str]:
    """Return the printed mark of each note by id. Numbering by page cannot be known and runs on."""
    marks: dict[str, str] = {}
    number = 0
    last_section = -1
    for note in notes:
        kind = note.reference.kind
        identity = note.reference.identity
        if identity in marks:
            continue
        if note.reference.mark:
            marks[identity] = note.reference.mark.strip()
            continue
        own = sections[note.section].get(kind) if note.section < len(sections) else None
        settings = _merged(own, of_file)
        if last_section < 0 or (note.section != last_section and settings.restarts_by_section):
            number = (settings.start if settings.start is not None else 1) - 1
        last_section = note.section
        number += 1
        marks[identity] = printed(number, settings.form or _DEFAULT_FORMS[kind]) or str(number)
    return marks


def _merged(upper: NoteSettings | None, lower: NoteSettings | None) -> NoteSettings:
    upper, lower = upper or NoteSettings(), lower or NoteSettings()
    return NoteSettings(
        upper.form or lower.form,
        upper.start if upper.start is not None else lower.start,
        upper.restarts_by_section or lower.restarts_by_section,
    )
