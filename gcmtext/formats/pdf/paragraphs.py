"""Lines to paragraphs, by white, indents, labels and lines that end before the margin."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from gcmtext.formats.pdf.page import CJK, Line, Word, gap, words_text

_LABEL = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,3})*[.)]|\d{1,2}(?:\.\d{1,3})+|[(（](?:\d{1,3}|[a-zа-я]{1,2}|[ivxlc]{1,6}|[\u0621-\u064a]{1,4})[)）]"
    r"|(?:[a-zа-я]|[ivx]{1,5}|[\u0621-\u064a]{1,4})[)）]|(?:PP|OP)\s?\d{1,3}\.?|[IVXLC]{1,6}\.|[A-ZА-Я]\."
    r"|[•▪➢✓□●○◦‣·∙*–—-]|[\u0660-\u0669]{1,3}\s?[-.)]|\d{1,3}\s?[-–]|[一二三四五六七八九十]{1,3}[、.]|[(（][一二三四五六七八九十]{1,3}[)）]|\d{1,3}[、．])(?P<more>.*)"
)
_ENDS = re.compile(r"(?:[.;:!?…。；：！？؛؟]|, and|, or|; and)[”\"»’)\]]*$")
_CJK_START = re.compile(f"[{CJK}]")


@dataclass(frozen=True, slots=True)
class Prose:
    """The lines of one paragraph."""

    lines: tuple[Line, ...]

    @property
    def start(self) -> float:
        """How far from the column's edge it begins: the smallest indent of its lines."""
        return min(line.start for line in self.lines)


class Typography:
    """What a document's lines have in common: the size, weight and pitch of its text, and where it ends.

    body_size: the size of most of the text. bold: whether most of the text is bold.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        sizes: Counter[float] = Counter()
        steps: defaultdict[float, Counter[float]] = defaultdict(Counter)
        for before, line in zip([None, *lines], lines, strict=False):
            sizes[line.size] += sum(len(w.text) for w in line.words)
            if before and before.column == line.column and before.size == line.size and _is_full(before):
                step = round(2 * (line.base - before.base)) / 2
                if 0.8 * line.size < step < 2.6 * line.size:
                    steps[line.size][step] += 1
        self.body_size = sizes.most_common(1)[0][0] if sizes else 10.0
        body = steps.get(self.body_size, Counter()).most_common(1)
        self._ratio = body[0][0] / self.body_size if body else 1.2
        self._pitch = {size: self._usual(size, found) for size, found in steps.items()}
        weights = Counter[bool]()
        ends: defaultdict[tuple[int, int], list[float]] = defaultdict(list)
        for line in lines:
            weights[line.bold] += sum(len(w.text) for w in line.words)
            ends[_measure(line)].append(line.end)
        self.bold = weights[True] > weights[False]
        self._first_line_indents = _first_line_indents(lines)
        self._edge = {at: edge for at, found in ends.items() if (edge := _justified_edge(found))}

    def _usual(self, size: float, steps: Counter[float]) -> float:
        """Return the most usual step; type that seldom has several lines is judged by that of the text."""
        step, count = steps.most_common(1)[0]
        return step if count > 4 and step < (self._ratio + 0.3) * size else self._ratio * size

    def ends_short(self, line: Line, after: Line) -> bool:
        """Return whether a line ends before it must.

        Then the first word of the next line would have found room on it; or it is not stretched to the edge
        where lines like it are.
        """
        edge = self._edge.get(_measure(line))
        first = after.words[0]
        width = 1.5 * first.size if _CJK_START.match(first.text) else _width_of_first_word(after.words)
        room = line.room if edge is None else edge
        if line.end + 0.25 * line.size + width < room - 0.5 * line.size:
            return True
        return edge is not None and line.end < edge - 2.5

    def opens(self, line: Line) -> bool:
        """Return whether a line stands where only the first lines of paragraphs do."""
        return _measure(line) in self._first_line_indents

    def pitch(self, size: float) -> float:
        """Return the usual distance from line to line in type of this size."""
        return self._pitch.get(size, self._ratio * size)


def _is_full(line: Line) -> bool:
    """Return whether a line is long enough for the next to go on with its paragraph."""
    return line.end > 0.7 * line.room


def _measure(line: Line) -> tuple[int, int]:
    """Return what lines set to one width have in common: the width of the column and the indent."""
    return round(line.room / 2), round(line.start / 2)


def _first_line_indents(lines: Sequence[Line]) -> frozenset[tuple[int, int]]:
    """Return the indents from which the next line mostly steps back."""
    back, same = Counter[tuple[int, int]](), Counter[tuple[int, int]]()
    for before, line in pairwise(lines):
        if before.column == line.column and before.size == line.size:
            step = before.start - line.start
            back[_measure(before)] += step > 0.8 * line.size
            same[_measure(before)] += abs(step) <= 0.8 * line.size
    return frozenset(at for at, count in back.items() if count > 2 and count > 2 * same[at])


def _justified_edge(ends: Sequence[float]) -> float | None:
    """Return where lines end that are set flush on both sides; None if too few end at one place."""
    edge, count = Counter(map(round, ends)).most_common(1)[0]
    return edge if count > 2 and count > 0.4 * len(ends) and edge + 12 > max(ends) else None


def paragraphs(lines: Sequence[Line], typography: Typography) -> list[Prose]:
    """Return the lines as paragraphs, in order; a paragraph may go on over columns and pages."""
    result: list[list[Line]] = []
    for line in lines:
        if result and not _begins(line, result[-1], typography):
            result[-1].append(line)
        else:
            result.append([line])
    return [Prose(tuple(p)) for p in result]


def _begins(line: Line, paragraph: list[Line], typography: Typography) -> bool:
    """Return whether a line begins a new paragraph."""
    before = paragraph[-1]
    if abs(line.size - before.size) > 0.6:
        return True
    same_column = line.column == before.column
    if same_column and not 0 <= line.base - before.base <= typography.pitch(line.size) + 0.22 * line.size:
        return True
    short = typography.ends_short(before, line)
    if line.bold != before.bold and (short or not same_column):
        return True
    heading = (line.bold and before.bold and not typography.bold) or line.size > 1.15 * typography.body_size
    text = _text(before)
    if label(line) and (_has_tab(line) or short or _ENDS.search(text)):
        return True
    if heading:
        return not same_column or (_indent_breaks(line, paragraph) and not _is_centred(line, before))
    if short or (typography.opens(line) and _measure(line) == _measure(before)):
        return True
    if not same_column and text.rstrip().endswith((";", "؛", "；", ":")) and _starts_high(line):
        return True
    return _indent_breaks(line, paragraph)


def _indent_breaks(line: Line, paragraph: list[Line]) -> bool:
    """Return whether the indent of a line does not go on from the paragraph's."""
    step = 0.8 * line.size
    if len(paragraph) > 1:
        return abs(line.start - paragraph[1].start) > step
    first = paragraph[0]
    if line.start <= first.start + step:
        return line.start < first.start - 8 * step and bool(label(first))
    return not any(abs(line.start - stop) < step for stop in _tab_stops(first))


def _tab_stops(line: Line) -> list[float]:
    """Return where the words of a line begin that stand behind a label or behind more than a blank."""
    edge = line.words[0].right if line.rtl else line.words[0].left
    end = len(label(line))
    stops, read = [], 0
    for before, word in pairwise(line.words):
        read += len(before.text)
        if gap(before, word) > 0.75 * word.size or read == end:
            stops.append(line.start + abs((word.right if line.rtl else word.left) - edge))
    return stops


def label(line: Line) -> str:
    """Return the words of a line up to the end of its label; "" if it has none."""
    words = line.words
    text = ""
    for i, word in enumerate(words[:5]):
        if i and gap(words[i - 1], word) > 0.2 * word.size and text:
            break
        text += word.text
        if len(text) > 14:
            break
    found = _LABEL.fullmatch(text)
    return text if found and not found["more"] else ""


def _has_tab(line: Line) -> bool:
    """Return whether a label is set off from the words after it by more than a blank."""
    for before, after in pairwise(line.words):
        white = gap(before, after)
        if white > 0.14 * before.size:
            return white > 0.75 * before.size and white > 1.6 * _blank(line)
    return False


def _blank(line: Line) -> float:
    """Return the usual blank between the words of a line, which is wide in justified text."""
    found = sorted(gap(a, b) for a, b in pairwise(line.words[1:]) if gap(a, b) > 0.14 * a.size)
    return found[len(found) // 2] if found else 0.25 * line.size


def _width_of_first_word(words: tuple[Word, ...]) -> float:
    left, right = words[0].left, words[0].right
    for before, word in pairwise(words):
        if gap(before, word) > 0.14 * word.size:
            break
        left, right = min(left, word.left), max(right, word.right)
    return right - left


def _is_centred(line: Line, before: Line) -> bool:
    return abs((line.start + line.end) - (before.start + before.end)) < line.size


def _starts_high(line: Line) -> bool:
    first = line.words[0].text.lstrip("“«\"'([")
    return not first[:1].islower()


def _text(line: Line) -> str:
    return words_text(line.words)
