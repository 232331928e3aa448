"""Footnotes: small type at the foot of a column, and the marks in the text that refer to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gcmtext.formats.pdf.page import Line, Page, Word

_MARK = re.compile(r"(\d{1,3}|[٠-٩]{1,3}|[*†‡§¶]{1,4}|[a-z])[.)]?")
_LEADING = re.compile(r"(\d{1,3}|[*†‡§¶]{1,4})(?=\D|$)[.)]?")
_REFERENCE = re.compile(r"[\s,،;]+")


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote: its mark, and its lines without the mark."""

    mark: str
    lines: tuple[Line, ...]


def part(lines: Sequence[Line], pages: Sequence[Page], body_size: float) -> tuple[list[Line], list[Footnote]]:
    """Return the lines of the text and the footnotes, in order.

    A footnote that runs over to the next page is one. A line at the foot of a column is of a footnote if it
    is set in smaller type and stands below a mark or a short rule.
    """
    raised = {mark for line in lines for word in line.words if word.raised for mark in marks(word)}
    text: list[Line] = []
    notes: list[Footnote] = []
    for group in _by_column(lines):
        start = _start(group, pages[group[0].page], body_size, raised)
        text += group[:start]
        for line in group[start:]:
            mark, rest = _split(line, raised, notes)
            if mark or not notes:
                notes.append(Footnote(mark, (rest,) if rest.words else ()))
            else:
                notes[-1] = Footnote(notes[-1].mark, (*notes[-1].lines, line))
    return text, notes


def marks(word: Word) -> list[str]:
    """Return the footnote marks a raised word is made of; none if it is an ordinal or the like."""
    found = [m for m in _REFERENCE.split(word.text) if m]
    return [m.rstrip(".)") for m in found] if found and all(_MARK.fullmatch(m) for m in found) else []


def _by_column(lines: Sequence[Line]) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in lines:
        if not groups or groups[-1][-1].column != line.column:
            groups.append([])
        groups[-1].append(line)
    return groups


def _start(group: list[Line], page: Page, body_size: float, raised: set[str]) -> int:
    """Return the index of the first line of the column that is of a footnote."""
    small = len(group)
    while small and group[small - 1].size <= 0.93 * body_size:
        small -= 1
    rule = _separator(page, group)
    if rule is not None:
        below = next((i for i, line in enumerate(group) if line.base > rule), len(group))
        if below < len(group) and (below >= small or _leading(group[below], raised)):
            return below
    for i in range(small, len(group)):
        if _leading(group[i], raised):
            return i
    # In type of the same size: a raised mark begins the last lines, set off by white.
    for i in range(len(group) - 1, max(len(group) - 6, 0), -1):
        if group[i].words[0].raised and group[i].base - group[i - 1].base > 1.6 * group[i].size:
            return i if group[i].base > 0.6 * page.height else len(group)
    return len(group)


def _separator(page: Page, group: list[Line]) -> float | None:
    """Return the y of the short rule that parts the text of a column from its footnotes."""
    left = min(w.left for line in group for w in line.words)
    right = max(w.right for line in group for w in line.words)
    lower = [
        rule.bottom
        for rule in page.rules
        if rule.horizontal
        and 30 < rule.right - rule.left < 0.45 * page.width
        and left - 10 < (rule.left + rule.right) / 2 < right + 10
        and group[0].base - 20 < rule.top < group[-1].base
        and not any(
            other is not rule and abs(other.top - rule.top) < 2 and abs(other.left - rule.right) < 6
            for other in page.rules
        )
    ]
    return max(lower, default=None)


def _leading(line: Line, raised: set[str]) -> str:
    """Return the footnote mark a line begins with, "" if none."""
    first = line.words[0]
    if first.raised:
        return "".join(marks(first)[:1])
    found = _LEADING.match(first.text)
    return found[1] if found and found[1] in raised else ""


def _split(line: Line, raised: set[str], notes: list[Footnote]) -> tuple[str, Line]:
    """Return the mark of the footnote that begins with this line ("" if none) and the line without it."""
    mark = _leading(line, raised)
    first = line.words[0]
    if not mark or (not first.raised and not _in_step(mark, notes)):
        return "", line
    rest = _LEADING.sub("", first.text, count=1) if not first.raised else ""
    words = line.words[1:]
    if rest:
        words = (replace(first, text=rest), *words)
    return mark, replace(line, words=words)


def _in_step(mark: str, notes: list[Footnote]) -> bool:
    """Return whether a mark that is not raised is the one to expect after the last footnote."""
    numbers = [int(n.mark) for n in notes if n.mark.isdecimal()]
    return not mark.isdecimal() or not numbers or int(mark) in (numbers[-1] + 1, 1)
