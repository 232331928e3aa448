"""A text as Markdown, in the form that docs/markdown.md describes and gcmtext.formats.markdown reads."""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

from gcmtext.text.model import Block, Document, Kind, Paragraph, Role
from gcmtext.text.segment.item import Item

_INLINE = re.compile(r"[\\`*_<]|\^(?=\[)|\[(?=\^)|(?<=\])\(|&(?=[#\w])")
_AT_START = re.compile(r"[#>+~-]|\d{1,9}(?=([.)])(?:\s|$))")
_LIST_LABEL = re.compile(r"\d{1,9}\)?")
_NOTE_LABEL = re.compile(r"[^\W_]+")
_CELLS = " | "
_AFTER_LABEL = (" ", ". ", ": ", " – ", "- ", "、", "\t")


def write_markdown(document: Document) -> str:
    """Return a text as Markdown.

    Read back it has the same words in the same order, and the same paragraphs, unless their kinds, labels or
    levels were told by something that Markdown cannot say: indents of a Word file, headings below the fifth
    level, footnotes without a number, a person.
    """
    at_end = _notes_at_end(document.paragraphs)
    body = document.paragraphs[: len(document.paragraphs) - len(at_end)]
    blocks = [_front_matter(document)]
    list_number = ""
    for is_row, group in groupby(body, key=lambda p: p.kind is Kind.ROW):
        if is_row:
            blocks += _tables([p.text.split(_CELLS) for p in group])
            list_number = ""
            continue
        for p in group:
            words, number = _block(p, list_number)
            blocks.append(words)
            list_number = number
    blocks += [f"[^{p.label}]: {escaped(p.text)}" for p in at_end]
    return "\n\n".join(blocks) + "\n"


def _front_matter(document: Document) -> str:
    stated = {
        "title": document.title,
        "revision": document.revision,
        "date": document.date,
        "symbol": document.symbol,
        "language": document.language,
    }
    # JSON's strings are YAML's as well.
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in stated.items() if value]
    return "\n".join(["---", *lines, "---"])


def _notes_at_end(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the footnotes at the end of a text that can be defined by their labels."""
    seen: set[str] = set()
    notes = []
    for p in takewhile(lambda p: p.kind is Kind.FOOTNOTE, reversed(paragraphs)):
        if not _NOTE_LABEL.fullmatch(p.label) or p.label in seen or not p.text:
            break
        seen.add(p.label)
        notes.append(p)
    return notes[::-1]


def _block(p: Paragraph, list_number: str) -> tuple[str, str]:
    """Return a paragraph that is no row, and its number if it is an item of a list.

    `list_number` is that of the item before it: the second of the same number would be counted on.
    """
    if p.kind is Kind.TITLE and p.index == 0:
        return f"# {escaped(_printed(p, Role.TITLE))}", ""
    if p.kind is Kind.HEADING:
        return f"{'#' * min(p.level + 1, 6)} {escaped(_printed(p, Role.HEADING))}", ""
    if p.kind is Kind.FOOTNOTE and p.label:
        return f"^{p.label} {escaped(p.text)}".rstrip(), ""
    if _LIST_LABEL.fullmatch(p.label) and p.text and p.label != list_number:
        marker = p.label if p.label.endswith(")") else f"{p.label}."
        return f"{marker} {escaped(p.text, at_start=True)}", p.label
    words = escaped(_printed(p, Role.BODY), at_start=True)
    is_bullet = p.kind is Kind.SUBPARAGRAPH and not p.label
    return ("> " * (p.level - 1) + "- " + words if is_bullet else words), ""


def _printed(p: Paragraph, role: Role) -> str:
    """Return a paragraph with its label in front, in a form from which the label can be told again."""
    if not p.label:
        return p.text
    forms = [f"{p.label}{sign}{p.text}" for sign in _AFTER_LABEL]
    told = (form.rstrip() for form in forms if _tells(form.rstrip(), p, role))
    return next(told, forms[0].rstrip())


def _tells(form: str, p: Paragraph, role: Role) -> bool:
    item = Item.of(Block(form, role))
    return item.printed == p.label and item.rest == p.text


def _tables(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield tables, a new one where the number of cells changes, for a table has as many in each row."""
    for width, group in groupby(rows, key=len):
        lines = [f"| {' | '.join(map(_cell, row))} |" for row in group]
        yield "\n".join([lines[0], "|" + "---|" * width, *lines[1:]])


def _cell(text: str) -> str:
    return escaped(text).replace("|", "\\|")


def escaped(text: str, at_start: bool = False) -> str:
    """Return words so that Markdown reads them as they are; `at_start`: where a block begins."""
    safe = _INLINE.sub(r"\\\g<0>", text)
    if at_start and (found := _AT_START.match(safe)):
        place = found.end(0) if found[1] else 0
        safe = f"{safe[:place]}\\{safe[place:]}"
    return safe
