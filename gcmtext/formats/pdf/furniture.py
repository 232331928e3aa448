"""Page furniture: running heads and feet, page numbers, document codes at the edge of the page."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from gcmtext.formats.pdf.lines import in_reading_order, is_rtl
from gcmtext.formats.pdf.page import Page, Word, words_text

_HEAD, _FOOT = 0.12, 0.17  # shares of the height in which furniture is looked for
_DEPTH = 5  # rows looked at, from the edge inwards
_SHORT = 25  # characters; longer rows that are no furniture end the search
_DIGITS = re.compile(r"\d{1,9}")
_Rows: TypeAlias = list[list[Word]]
_NUMBER = re.compile(
    r"[-–—\s|]*(?:(?:page|pagina|página|стр\.?|صفحة|第)\s*)?"
    r"(?P<n>\d{1,4}|(?=[ivx])x{0,3}(?:i[xv]|v?i{0,3})|[٠-٩]{1,4})(?:\s*(?:/|of|de|sur|из|من)\s*[\d٠-٩]{1,4})?\s*页?[-–—\s|]*",
    re.IGNORECASE,
)
# Job numbers of UN documents ("GE.18-01763(E)", "18-22257 (E)"), their bar code and the line beside it.
_CODE = re.compile(
    r"(?:GE\.|[A-Z]{2,4}\.)?\d{2}-\d{4,6}(?:\s*\([A-Z]{1,2}\))?(?:\s+\d{6})*|\*\d{5,8}[A-Z]?\*|\*[\d ]{9,}\*"
    r"|(?:please\s+recycle|prière de recycler|se ruega reciclar|请回收|الرجاء إعادة الاستعمال"
    r"|просьба отправить на вторичную переработку)\W*",
    re.IGNORECASE,
)


def furniture(pages: Sequence[Page], page_rows: Sequence[_Rows], symbol: str) -> list[_Rows]:
    """Return for each page the rows, out of `page_rows`, that are furniture, from the top."""
    edges = [_edge_rows(page, found) for page, found in zip(pages, page_rows, strict=True)]
    repeated = _repeated(pages, edges)
    texts = [{row_text(row) for side in sides for row in side} for sides in edges]
    result: list[_Rows] = []
    for number, sides in enumerate(edges):
        taken: _Rows = []
        for side in sides:
            outer: _Rows = []
            for row in side:
                text = row_text(row)
                if row[0].raised or row[-1].raised:  # a footnote
                    break
                if id(row) in repeated or is_code(text, symbol) or _is_number(text, number, texts):
                    outer.append(row)
                elif len(text) > _SHORT:
                    break
            while outer and _is_close(outer[-1], page_rows[number], outer):
                outer.pop()
            taken += outer
        result.append(sorted(taken, key=lambda row: row[0].base))
    return result


def _is_close(row: list[Word], page_row: _Rows, outer: _Rows) -> bool:
    """Return whether a row stands as close to a line of the text as lines of the text do to one another."""
    return any(
        abs(other[0].base - row[0].base) < 1.25 * row[0].size
        for other in page_row
        if other is not row and not any(other is o for o in outer)
    )


def row_text(row: list[Word]) -> str:
    """Return the words of a row across the page as text."""
    return words_text(in_reading_order(row, is_rtl(row)))


def is_code(text: str, symbol: str) -> bool:
    """Return whether text is made of document codes, page numbers and the document's own symbol only."""
    rest = text.replace(symbol, " ", 1).strip() if symbol else text.strip()
    had_symbol = rest != text.strip()
    rest, codes = _CODE.subn(" ", rest)
    return (codes > 0 or had_symbol) and (not rest.strip() or bool(_NUMBER.fullmatch(rest.strip())))


def _edge_rows(page: Page, page_rows: _Rows) -> tuple[_Rows, _Rows]:
    """Return the outermost rows at the top and at the foot, each from the edge inwards."""
    top = [r for r in page_rows[:_DEPTH] if r[0].base < _HEAD * page.height]
    low = page_rows[-_DEPTH - 2 :]
    foot = [r for r in low if r[0].base > (1 - _FOOT) * page.height and r not in top]
    return top, foot[::-1]


def _repeated(pages: Sequence[Page], edges: Sequence[tuple[_Rows, _Rows]]) -> set[int]:
    """Return the ids of the rows whose words stand at the same height on several pages.

    The order of words does not count, for heads alternate left and right; nor do numbers that count pages.
    """
    places: dict[tuple[str, bool], list[_Place]] = defaultdict(list)
    for number, sides in enumerate(edges):
        for side in sides:
            for row in side:
                words = row_text(row).split()
                key = " ".join(sorted(_DIGITS.sub("#", word) for word in words))
                numbers = tuple(sorted(int(n) for word in words for n in _DIGITS.findall(word)))
                places[key, side is sides[0]].append(_Place(number, row[0].base, numbers, id(row)))
    needed = 2 if len(pages) < 8 else 3
    return {
        place.row
        for (key, _), seen in places.items()
        if len(key) > 2
        for place in seen
        if sum(place.goes_with(other) for other in seen) >= needed
    }


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a row stands, and the numbers in it."""

    page: int
    base: float
    numbers: tuple[int, ...]
    row: int

    def goes_with(self, other: "_Place") -> bool:
        """Return whether the other row is the same but for numbers that go up with the pages."""
        return abs(self.base - other.base) < 4 and all(
            a == b or a - b == self.page - other.page
            for a, b in zip(self.numbers, other.numbers, strict=True)
        )


def _is_number(text: str, number: int, texts: Sequence[set[str]]) -> bool:
    """Return whether text is a page number: alone in its row, and in step with those of other pages."""
    found = _NUMBER.fullmatch(text)
    if not found:
        return False
    if not found["n"].isdecimal():
        return found["n"].islower()  # "I" alone is the heading of a part
    if len(texts) == 1 or found["n"] != text:
        return True
    offset = int(found["n"]) - number
    in_step = any(str(other + offset) in there for other, there in enumerate(texts) if other != number)
    return in_step or offset in (0, 1)
