"""The steps from a PDF to a Source, in order."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from gcmtext.errors import InvalidText
from gcmtext.formats.pdf import extract, facts
from gcmtext.formats.pdf.footnotes import marks, part
from gcmtext.formats.pdf.furniture import furniture, quoted
from gcmtext.formats.pdf.joining import Joiner
from gcmtext.formats.pdf.lines import row_text, rows, settle
from gcmtext.formats.pdf.masthead import masthead
from gcmtext.formats.pdf.order import in_reading_order
from gcmtext.formats.pdf.page import Line, Page, Word, words_text
from gcmtext.formats.pdf.paragraphs import Typography, paragraphs
from gcmtext.formats.pdf.roles import Piece, blocks
from gcmtext.formats.pdf.tables import Row
from gcmtext.text.model import Block, Notice, Role, Source

_Rows = list[list[Word]]
_MOST_UNMAPPED = 0.2  # share of characters without Unicode value from which a text is refused


def read(data: bytes, read_pages: Callable[[bytes], list[Page]] = extract.read_pages) -> Source:
    """Return what a PDF holds: blocks in reading order, footnotes at the end.

    Running heads, page numbers and the masthead are left out and named in notices, so that every word of the
    file is in a block or in a notice. Superscript references to footnotes are left out of the text.

    read_pages: how its pages are read; in this process, if nothing else is given.

    Raises InvalidText if the file is damaged, protected by a password, too big, a scan without text, or set
    in fonts that do not say which characters they show.
    """
    pages = read_pages(data)
    notices = [*_missing_text(pages), *_unmapped(pages)]
    page_rows = [rows(settle(page.words)) for page in pages]
    head = masthead(pages[0], page_rows[0])
    page_rows[0] = _without(page_rows[0], head)
    stated = "\n".join(map(row_text, head))
    symbol = facts.symbol(stated.replace("\n/", "/")) or _symbol_at_edge(pages, page_rows)
    left_out = furniture(pages, page_rows, symbol)
    elements = in_reading_order(pages, [_without(r, out) for r, out in zip(page_rows, left_out, strict=True)])

    lines = [e for e in elements if isinstance(e, Line)]
    typography = Typography(lines)
    body, notes = part(lines, pages, typography.body_size)
    known = {note.mark for note in notes}
    joiner = Joiner([words_text(line.words) for line in lines])
    unknown: list[str] = []

    def text_of(lines: Sequence[Line]) -> str:
        return joiner.join([_text(line.words, known, unknown) for line in lines])

    pieces = _pieces(elements, body, typography, text_of, joiner)
    found = blocks(pieces, typography)
    footnotes = [Block(text_of(note.lines), Role.FOOTNOTE, note.mark) for note in notes]
    repeated = [note for before, note in pairwise(footnotes) if note == before]
    found += footnotes[:1] + [note for before, note in pairwise(footnotes) if note != before]
    notices += _left_out(head, left_out, pages, repeated, unknown)
    codes = "\n".join(row_text(row) for out in left_out for row in out)
    return Source(
        blocks=tuple(b for b in found if b.text),
        title=next((b.text for b in found if b.role is Role.TITLE), ""),
        language=facts.language(codes),
        symbol=symbol,
        date=facts.date(stated),
        notices=tuple(notices),
    )


def _missing_text(pages: Sequence[Page]) -> list[Notice]:
    """Return a notice of the pages that show pictures only; raise InvalidText if all do."""
    empty = [page.number + 1 for page in pages if not page.words and page.pictures]
    if not any(page.words for page in pages):
        if empty:
            raise InvalidText(
                "holds pictures of pages and no text: recognise the text (OCR) first, "
                "or ask for the Word file."
            )
        raise InvalidText("holds no text: choose the file that does.")
    if not empty:
        return []
    which = f"Page {empty[0]} holds" if len(empty) == 1 else f"Pages {_and(map(str, empty))} hold"
    return [Notice("page-without-text", f"{which} a picture and no text: what it shows is not read.")]


def _and(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def _unmapped(pages: Sequence[Page]) -> list[Notice]:
    """Return a notice of characters that no font explains; raise InvalidText if there are many."""
    bad = sum(page.unmapped for page in pages)
    total = sum(len(word.text) for page in pages for word in page.words)
    if bad > _MOST_UNMAPPED * total:
        raise InvalidText(
            "is set in fonts that do not say which letters they show: ask for the Word file, "
            "or recognise the text (OCR)."
        )
    if not bad:
        return []
    where = _and(str(page.number + 1) for page in pages if page.unmapped)
    return [
        Notice(
            "unknown-characters",
            f"{bad} characters on page {where} are in fonts that do not say what they are.",
        )
    ]


def _without(page_rows: _Rows, taken: _Rows) -> _Rows:
    ids = {id(row) for row in taken}
    return [row for row in page_rows if id(row) not in ids]


def _symbol_at_edge(pages: Sequence[Page], page_rows: Sequence[_Rows]) -> str:
    """Return the symbol printed most often at the top of pages, "" if none is."""
    found = Counter(
        symbol
        for page, page_row in zip(pages, page_rows, strict=True)
        for row in page_row[:3]
        if row[0].base < 0.15 * page.height and (symbol := facts.symbol(row_text(row)))
    )
    return found.most_common(1)[0][0] if found else ""


def _row_text(row: Row, joiner: Joiner) -> str:
    """Return the cells of a row of a table as text, parted by bars."""
    return " | ".join(joiner.join([words_text(line) for line in cell]) for cell in row).strip(" |")


def _pieces(
    elements: Sequence[Line | Row],
    body: Sequence[Line],
    typography: Typography,
    text_of: Callable[[Sequence[Line]], str],
    joiner: Joiner,
) -> list[Piece]:
    """Return the paragraphs of the lines in `body`, and between them the rows of tables."""
    kept = {id(line) for line in body}
    pieces: list[Piece] = []
    run: list[Line] = []
    for element in [*elements, None]:
        if isinstance(element, Line):
            if id(element) in kept:
                run.append(element)
            continue
        pieces += [Piece(text_of(prose.lines), prose) for prose in paragraphs(run, typography)]
        run = []
        if element is not None:
            pieces.append(Piece(_row_text(element, joiner), None))
    return pieces


def _text(words: tuple[Word, ...], known: set[str], unknown: list[str]) -> str:
    """Return the words of a line without references to footnotes; add to `unknown` those to none."""
    parts: list[str] = []
    apart = False
    for i, word in enumerate(words):
        apart = apart or (i > 0 and word.apart)
        if word.raised and (found := marks(word)):
            if known.issuperset(found):
                continue
            if found[0].isdecimal() and _refers(parts):
                unknown.append(word.text)
                continue
        if apart:
            parts.append(" ")
        parts.append(word.text)
        apart = False
    return "".join(parts).strip()


def _refers(parts: Sequence[str]) -> bool:
    """Return whether a raised number after this text refers to a note, and is no power (m², 10³)."""
    return not parts or bool(re.search(r"([^\W\d]{4,}|[.,;:)\]”’\"»،؛])$", parts[-1]))


def _left_out(
    head: _Rows,
    left_out: Sequence[_Rows],
    pages: Sequence[Page],
    repeated: Sequence[Block],
    unknown: Sequence[str],
) -> list[Notice]:
    """Return the notices of what is in no block."""
    notices = []
    if head:
        words = "\n".join(map(row_text, head))
        notices.append(Notice("masthead", "The masthead of the first page is not part of the text.", words))
    furniture_text = "\n".join(row_text(row) for out in left_out for row in out)
    if furniture_text:
        notices.append(
            Notice(
                "page-furniture",
                "Running heads, page numbers and document codes are not part of the text: "
                f"{quoted(left_out)}.",
                furniture_text,
            )
        )
    if slanted := "\n".join(page.slanted for page in pages if page.slanted):
        notices.append(Notice("slanted-text", "Words set at an angle are not part of the text.", slanted))
    if repeated:
        words = "\n".join(f"{note.mark} {note.text}".strip() for note in repeated)
        notices.append(
            Notice("repeated-footnote", "Footnotes printed again on later pages count once.", words)
        )
    if unknown:
        notices.append(
            Notice(
                "reference-without-footnote",
                "Raised numbers refer to footnotes that the file does not hold.",
                " ".join(unknown),
            )
        )
    return notices
