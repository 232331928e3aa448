"""What stands on a page, and where: x to the right, y down from the top edge, in points (1/72 inch)."""

import re
from dataclasses import dataclass

CJK = "\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
ALWAYS, UNSPACED, TRUSTED = -9.0, 0.14, 0.5  # values of Word.blank
_CJK = re.compile(f"[{CJK}]")
_HYPHENS = ("-", "‐")


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of characters of one style without a visible gap.

    base: y of the base line. size: of the type. raised: whether it is set as a superscript.
    apart: whether a blank stands before it in reading order, if it is not the first of its line.
    blank: the white to its left, in units of its size, from which a reader sees a blank there: little if the
    file has one, much if the file has blanks elsewhere and the writing spreads its letters.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    italic: bool = False
    blank: float = UNSPACED
    raised: bool = False
    apart: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line, or the box of a drawn shape."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def horizontal(self) -> bool:
        """Whether it is a thin line from left to right."""
        return self.bottom - self.top < 3 and self.right - self.left > 12


@dataclass(frozen=True, slots=True)
class Page:
    """One page as the file holds it.

    slanted: the words set at an angle to the others (stamps, watermarks), as one text.
    unmapped: how many characters have no known Unicode value. pictures: whether it shows pictures.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]
    slanted: str
    unmapped: int
    pictures: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one base line of one column, in reading order.

    start, end: where it begins and ends in the direction of reading, from the column's starting edge;
    room: where the column ends on the same scale. column: counts columns through the document.
    """

    words: tuple[Word, ...]
    base: float
    size: float
    start: float
    end: float
    room: float
    column: int
    page: int
    rtl: bool = False

    @property
    def bold(self) -> bool:
        """Whether every word with letters or digits is bold."""
        return all(w.bold for w in self.words if not w.raised and any(map(str.isalnum, w.text)))

    @property
    def italic(self) -> bool:
        """Whether every word with letters or digits is italic."""
        return all(w.italic for w in self.words if not w.raised and any(map(str.isalnum, w.text)))


def gap(before: Word, after: Word) -> float:
    """Return the white between two neighbours on a line, in either direction; negative if they overlap."""
    return max(after.left - before.right, before.left - after.right)


def is_apart(left: Word, right: Word) -> bool:
    """Return whether a reader sees a blank between two neighbours on a line.

    A blank in the file that kerning has closed is none; a jump without a blank in the file is one, except by
    Chinese and Japanese characters, which programs set off from Latin words by some white, and before a
    hyphen, which a program put there when it cut the word.
    """
    blank = right.blank
    if blank == UNSPACED and (right.text in _HYPHENS or _CJK.match(right.text) or _CJK.match(left.text[-1])):
        blank = 0.4
    return right.left - left.right > blank * min(left.size, right.size)


def words_text(words: tuple[Word, ...]) -> str:
    """Return the words as text, with single blanks where a reader sees them."""
    return "".join(f" {w.text}" if w.apart and i else w.text for i, w in enumerate(words))
