"""What a paragraph is, as its style or its look says."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gcmtext.formats.docx.styles import ParagraphFormat
from gcmtext.text.model import Role

_HEADING = re.compile(r"heading ?([1-9])", re.IGNORECASE)
_TITLES = {"title"}
_LIST = re.compile(r"list(?: number| bullet| continue)? ([2-5])", re.IGNORECASE)
_CONTENTS = re.compile(r"(toc|contents) ?([1-9]|heading)|table of (figures|authorities)", re.IGNORECASE)
_CONTENTS_HEADING = re.compile(
    r"(?:table of )?contents|table des matières|sommaire|índice|содержание|оглавление"
    r"|(?:ال)?محتويات|目录|目次|pages?|páginas?|стр\.?|(?:ال)?صفحة|页次?",
    re.IGNORECASE,
)
_CONTENTS_ROW = re.compile(r".*\S \| (?P<page>\d{1,4})", re.DOTALL)
_FEWEST_ROWS = 3
_UN_HEADING = re.compile(r"_?H(Ch|M|1|23|2/3|4|56|5/6)(_?GC?)?")
"""Heading styles of the templates of United Nations documents, blanks and inner lines left out."""

_UN_DEPTHS = {"Ch": 1, "1": 2, "23": 3, "2/3": 3, "4": 4, "56": 5, "5/6": 5}
_UN_BODY = re.compile(r"_?SingleTxt.*", re.IGNORECASE)

_MAX_HEADING_WORDS = 60
_MAX_SENTENCE_WORDS = 25
_MAX_GUESS_WORDS = 20
_SENTENCE_END = re.compile(r"[.;:,،؛。；：，]['\"”’»)\]]*$")
_LETTER = re.compile(r"[^\W\d_]")

CENTRED_DEPTH = 1
BOLD_DEPTH = 2


@dataclass(frozen=True, slots=True)
class Standing:
    """The role of a paragraph, for headings with the depth; guessed: from the look alone."""

    role: Role = Role.BODY
    depth: int = 0
    guessed: bool = False


BODY = Standing()


def is_contents(names: Iterable[str]) -> bool:
    """Whether a paragraph with these style names stands in a table of contents."""
    return any(_CONTENTS.fullmatch(name) for name in names)


def is_contents_table(before: str, rows: Sequence[str]) -> bool:
    """Whether the rows of a table, cells set apart by " | ", are a table of contents without styles.

    It stands under "Contents", or its first row says "Page"; all others end with numbers that do not go back.
    """
    if rows and _CONTENTS_HEADING.fullmatch(rows[0]):
        before, rows = rows[0], rows[1:]
    pages = [int(match["page"]) for row in rows if (match := _CONTENTS_ROW.fullmatch(row))]
    return (
        bool(_CONTENTS_HEADING.fullmatch(before))
        and len(pages) == len(rows) >= _FEWEST_ROWS
        and pages == sorted(pages)
    )


def standing(names: Iterable[str], direct: ParagraphFormat, resolved: ParagraphFormat, text: str) -> Standing:
    """Return what a paragraph is by its styles (nearest first) and its outline level.

    A long paragraph or a long sentence is body whatever its style: numbered paragraphs are often given
    heading styles for their numbers alone.
    """
    if direct.outline == 9:
        return BODY
    found = _by_style(names)
    if found is None and resolved.outline is not None and 0 <= resolved.outline < 9:
        found = Standing(Role.HEADING, resolved.outline + 1)
    if found is None or found is BODY:
        return BODY
    words = len(text.split())
    if words > _MAX_HEADING_WORDS or (words > _MAX_SENTENCE_WORDS and _SENTENCE_END.search(text)):
        return BODY
    return found


def list_depth(names: Iterable[str]) -> int:
    """Return how deep Word's own styles for lists stand ("List Number 2" is 1 deep), 0 for other styles.

    Each of them counts in a list of its own with one level, so that the numbering does not tell.
    """
    return next((int(match[1]) - 1 for name in names if (match := _LIST.fullmatch(name))), 0)


def look(resolved: ParagraphFormat, text: str, *, bold: bool, bulleted: bool) -> Standing:
    """Return HEADING for a paragraph that stands alone and looks like one, else BODY.

    The rule: at most 20 words, among them a letter, all of them bold or the paragraph centred, no bullet, and
    no full stop, comma, colon or semicolon at the end. Centred ones are of depth 1, others of depth 2.
    """
    centred = resolved.alignment == "center"
    if not (bold or centred) or bulleted or not _LETTER.search(text):
        return BODY
    if len(text.split()) > _MAX_GUESS_WORDS or _SENTENCE_END.search(text):
        return BODY
    return Standing(Role.HEADING, CENTRED_DEPTH if centred else BOLD_DEPTH, guessed=True)


def _by_style(names: Iterable[str]) -> Standing | None:
    for name in names:
        if match := _HEADING.fullmatch(name):
            return Standing(Role.HEADING, int(match[1]))
        if name.lower() in _TITLES:
            return Standing(Role.TITLE)
        if name.lower() == "subtitle":
            return Standing(Role.HEADING, 1)
        compact = re.sub(r"[ _]+(?!$)", "", name)
        if _UN_BODY.fullmatch(compact):
            return BODY
        if match := _UN_HEADING.fullmatch(compact):
            return Standing(Role.TITLE) if match[1] == "M" else Standing(Role.HEADING, _UN_DEPTHS[match[1]])
    return None
