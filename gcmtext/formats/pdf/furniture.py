"""Page furniture: running heads and feet, page numbers, document codes at the edge of the page."""

import re
from collections import defaultdict
from collections.abc import Sequence

from gcmtext.formats.pdf.lines import row_text
from gcmtext.formats.pdf.page import Page, Word
from gcmtext.formats.pdf.repeated import Edges, Rows, repeated
from gcmtext.text.places import excerpt

_HEAD, _FOOT = 0.12, 0.17  # shares of the height in which furniture is looked for
_DEPTH = 5  # rows looked at, from the edge inwards
_SHORT = 25  # characters; longer rows that are no furniture end the search
_QUOTED = 6  # kinds of furniture of which a notice shows the words
_QUOTED_LENGTH = 8, 60  # words and characters of each
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


def furniture(pages: Sequence[Page], page_rows: Sequence[Rows], symbol: str) -> list[Rows]:
    """Return for each page the rows, out of `page_rows`, that are furniture, from the top."""
    edges = [_edge_rows(page, found) for page, found in zip(pages, page_rows, strict=True)]
    texts = [{row_text(row) for side in sides for row in side} for sides in edges]
    counted = {
        id(row)
        for number, sides in enumerate(edges)
        for side in sides
        for row in side
        if is_code(row_text(row), symbol) or _is_number(row_text(row), number, texts)
    }
    known = counted | repeated(page_rows, edges, counted)
    result: list[Rows] = []
    for number, sides in enumerate(edges):
        taken: Rows = []
        for side in sides:
            outer: Rows = []
            for row in side:
                if row[0].raised or row[-1].raised:  # a footnote
                    break
                if id(row) in known:
                    outer.append(row)
                elif len(row_text(row)) > _SHORT:
                    break
            while outer and _is_close(outer[-1], page_rows[number], outer):
                outer.pop()
            taken += outer
        result.append(sorted(taken, key=lambda row: row[0].base))
    return result


def quoted(left_out: Sequence[Rows]) -> str:
    """Return the words of furniture in short: words before numbers, what differs in numbers alone as one."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for rows in left_out:
        for row in rows:
            kinds[re.sub(r"\d+", "#", row_text(row))].append(row_text(row))
    worded = sorted(kinds, key=lambda kind: not any(map(str.isalpha, kind)))
    said = [_said(kinds[kind]) for kind in worded[:_QUOTED]]
    more = sum(len(kinds[kind]) for kind in worded[_QUOTED:])
    return ", ".join(said) + (f" and {more} more" if more else "")


def _said(alike: Sequence[str]) -> str:
    first, last = (f"“{excerpt(text, *_QUOTED_LENGTH)}”" for text in (alike[0], alike[-1]))
    if first != last:
        return f"{first} … {last}"
    return f"{first} ({len(alike)} times)" if len(alike) > 1 else first


def _is_close(row: list[Word], page_row: Rows, outer: Rows) -> bool:
    """Return whether a row stands as close to a line of the text as lines of the text do to one another."""
    return any(
        abs(other[0].base - row[0].base) < 1.25 * row[0].size
        for other in page_row
        if other is not row and not any(other is o for o in outer)
    )


def is_code(text: str, symbol: str) -> bool:
    """Return whether text is made of document codes, page numbers and the document's own symbol only."""
    rest = text.replace(symbol, " ", 1).strip() if symbol else text.strip()
    had_symbol = rest != text.strip()
    rest, codes = _CODE.subn(" ", rest)
    return (codes > 0 or had_symbol) and (not rest.strip() or bool(_NUMBER.fullmatch(rest.strip())))


def _edge_rows(page: Page, page_rows: Rows) -> Edges:
    """Return the outermost rows at the top and at the foot, each from the edge inwards."""
    top = [r for r in page_rows[:_DEPTH] if r[0].base < _HEAD * page.height]
    low = page_rows[-_DEPTH - 2 :]
    foot = [r for r in low if r[0].base > (1 - _FOOT) * page.height and r not in top]
    return top, foot[::-1]


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
