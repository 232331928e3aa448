"""Words to lines: superscripts to their line, words of one base line together, in reading order."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter

from gcmtext.formats.pdf.page import Line, Word, gap, is_apart, words_text

_RTL = re.compile("[\u0590-\u08ff]")
_LTR = re.compile(r"[^\W\d_\u0590-\u08ff]")
_MARK = re.compile(r"(?:\d{1,3}|[*†‡§¶]{1,4}|[a-z])[.)]?")
_DIGIT = re.compile(r"\d")
_PAIRS = ("()", "[]", "{}", "«»", "‹›")
_PAIR_OF = {sign: pair for pair in _PAIRS for sign in pair}
_JOINER = re.compile(r"[-/.,:]")
_SEPARATOR = re.compile(r"[/.,:٫٬،\u066b\u066c]")


def settle(words: Iterable[Word]) -> list[Word]:
    """Return the words with superscripts and subscripts put on the base line of the word they belong to."""
    ordered = sorted(words, key=attrgetter("base"))
    bases = [w.base for w in ordered]
    settled = [_settled(word, ordered, bases) if len(word.text) <= 8 else word for word in ordered]
    return _with_series(ordered, settled)


def _with_series(words: list[Word], settled: list[Word]) -> list[Word]:
    """Return the settled words, with each mark raised that stands in a row with a raised one: "1, 2"."""
    result = list(settled)
    small = [i for i, word in enumerate(words) if _MARK.fullmatch(word.text.rstrip(",،"))]
    small.sort(key=lambda i: (words[i].base, words[i].left))
    pairs = list(pairwise(small))
    for i, j in [*pairs, *((j, i) for i, j in reversed(pairs))]:
        one, other = words[i], words[j]
        if (
            (one.base, one.size) == (other.base, other.size)
            and result[i].raised
            and not result[j].raised
            and gap(one, other) < one.size
        ):
            result[j] = replace(other, base=result[i].base, raised=True)
    return result


def _settled(word: Word, ordered: list[Word], bases: list[float]) -> Word:
    """Return the word on the base line of a bigger neighbour that stands a little lower or higher, if any.

    A word it touches goes before one that it may lead as the mark of a note.
    """
    is_mark = _MARK.fullmatch(word.text)
    led: Word | None = None
    for i in range(bisect_left(bases, word.base - 4), len(ordered)):
        host = ordered[i]
        rise = host.base - word.base
        if rise > 18:
            break
        if host is word or not -0.35 * host.size < rise < 0.75 * host.size:
            continue
        is_smaller = word.size <= 0.85 * host.size
        if not is_smaller and not (is_mark and 0.3 * host.size < rise):
            continue
        apart = abs(gap(word, host))
        if rise > 0.12 * host.size:
            if apart < 0.5 * host.size:
                return replace(word, base=host.base, raised=True)
            if is_smaller and led is None and _leads(word, host):
                led = host
        elif rise != 0 and apart < 0.2 * host.size:
            return replace(word, base=host.base)
    return replace(word, base=led.base, raised=True) if led else word


def _leads(word: Word, host: Word) -> bool:
    """Return whether a word is the mark of a note that begins, perhaps after a tab, with the other."""
    if not _MARK.fullmatch(word.text):
        return False
    white = word.left - host.right if _RTL.search(host.text) else host.left - word.right
    return 0 < white < 3.5 * host.size


def rows(words: Iterable[Word]) -> list[list[Word]]:
    """Return the words by base line, top to bottom, each row from left to right."""
    result: list[list[Word]] = []
    base = -1e9
    for word in sorted(words, key=attrgetter("base")):
        if word.base - base > max(1.0, 0.2 * word.size):
            result.append([])
            base = word.base
        result[-1].append(word)
    for row in result:
        row.sort(key=attrgetter("left"))
    return result


def is_rtl(words: Iterable[Word], default: bool = False) -> bool:
    """Return whether most letters are of a script that runs from right to left; `default` without letters."""
    text = "".join(w.text for w in words)
    right, left = len(_RTL.findall(text)), len(_LTR.findall(text))
    return right > 0 and right >= left if right or left else default


def in_reading_order(row: Sequence[Word], rtl: bool) -> tuple[Word, ...]:
    """Return the words of a row, given from left to right, as they are read, with blanks between them.

    Undoes what the Unicode bidirectional algorithm (UAX #9) does to a line: on a line that runs from right to
    left, Latin words and numbers keep their inner order.
    """
    if not rtl:
        return tuple(_with_blanks(row))
    backwards = list(reversed(row))
    result: list[Word] = []
    before: Word | None = None  # the neighbour to the right
    while len(result) < len(backwards):
        start = len(result)
        end = max(_end_of_left_to_right(backwards, start), start + 1)
        run = list(_with_blanks(backwards[start:end][::-1]))
        run[0] = replace(run[0], apart=before is not None and is_apart(run[-1], before))
        before = run[0]
        result += run
    return tuple(result)


def row_text(row: Sequence[Word]) -> str:
    """Return the words of a row across the page as text."""
    return words_text(in_reading_order(row, is_rtl(row)))


def _with_blanks(row: Sequence[Word]) -> Iterator[Word]:
    before: Word | None = None
    for word in row:
        apart = before is not None and is_apart(before, word)
        yield word if word.apart == apart else replace(word, apart=apart)
        before = word


def with_brackets_right(line: Line) -> Line:
    """Return a line that runs from right to left with brackets that open and close as they should.

    Which of the two signs a file holds there differs by program, by font and by what stands beside it. The
    white around a bracket tells: it opens before a word and closes behind one. Brackets without white, or
    with white on both sides, open and close in turn. Brackets among Latin words are as they are.
    """
    words = list(line.words)
    opened = dict.fromkeys(_PAIRS, False)
    for i, word in enumerate(words):
        pair = _PAIR_OF.get(word.text)
        if pair is None or _is_among_latin(words, i):
            continue
        white_before = i == 0 or word.apart
        white_behind = i + 1 == len(words) or words[i + 1].apart or words[i + 1].text in "،؛.,:;"
        opens = white_before if white_before != white_behind else not opened[pair]
        opened[pair] = opens
        words[i] = replace(word, text=pair[0] if opens else pair[1])
    return replace(line, words=tuple(words))


def _is_among_latin(words: Sequence[Word], i: int) -> bool:
    """Return whether a word is part of a stretch that runs from left to right."""
    return (i > 0 and words[i - 1].left < words[i].left) or (
        i + 1 < len(words) and words[i + 1].left > words[i].left
    )


def _end_of_left_to_right(words: list[Word], start: int) -> int:
    """Return where a run of Latin words and numbers ends that starts at `start`; `start` if none does."""
    if not (_LTR.search(words[start].text) or _DIGIT.search(words[start].text)):
        return start
    # A hyphen between numbers keeps them in order only where no Arabic letter stands before them.
    signs = _SEPARATOR if any(_RTL.search(w.text) for w in words[:start]) else _JOINER
    end, latin = start + 1, bool(_LTR.search(words[start].text))
    for i in range(start + 1, len(words)):
        text = words[i].text
        if _RTL.search(text) or (text in _PAIR_OF and not latin):
            break
        if _LTR.search(text):
            end, latin = i + 1, True
        elif _DIGIT.search(text) and (latin or _is_number(words[start : i + 1], signs)):
            end = i + 1
        elif not latin and not signs.fullmatch(text) and not _latin_follows(words, i):
            break
    return end


def _is_number(words: list[Word], signs: re.Pattern[str]) -> bool:
    """Return whether words without gaps are digits and separators only, and so one number."""
    return all(_DIGIT.search(w.text) or signs.fullmatch(w.text) for w in words) and all(
        gap(a, b) < 0.14 * a.size for a, b in pairwise(words)
    )


def _latin_follows(words: list[Word], i: int) -> bool:
    """Return whether a Latin word stands further on before any word that runs from right to left."""
    for word in words[i:]:
        if _RTL.search(word.text):
            return False
        if _LTR.search(word.text):
            return True
    return False


def line_of(
    row: Sequence[Word], left: float, right: float, column: int, page: int, default_rtl: bool
) -> Line:
    """Return a row of words as a line of the column that stands between `left` and `right`."""
    rtl = is_rtl(row, default_rtl)
    first, last = min(w.left for w in row), max(w.right for w in row)
    start, end = (right - last, right - first) if rtl else (first - left, last - left)
    sizes: dict[float, int] = {}
    for word in row:
        sizes[word.size] = sizes.get(word.size, 0) + len(word.text)
    size = max(sizes, key=lambda s: sizes[s])
    base = next(w.base for w in row if w.size == size)
    return Line(in_reading_order(row, rtl), base, size, start, end, right - left, column, page, rtl)
