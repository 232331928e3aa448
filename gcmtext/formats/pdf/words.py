"""Characters to words, by the white between them; on pages of Arabic or Hebrew by their places alone."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from statistics import median
from typing import NamedTuple, TypeAlias

from gcmtext.formats.pdf.page import ALWAYS, TRUSTED, UNSPACED, Word

BREAK = "\n"  # where PDFium sees the end of a line, or white that the file has no blank for

_SYMBOLS = {
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf0d8": "➢",
    "\uf0fc": "✓",
    "\uf02d": "–",
    "\uf0a8": "□",
    "\uf06f": "□",
}
_COMPATIBILITY = re.compile("[\ufb00-\ufb06\ufb13-\ufb17\ufb1d-\ufdff\ufe70-\ufefc]+")
_KINDS = {"AL": "R", "R": "R", "L": "L", "EN": "D", "AN": "D", "NSM": "M"}


class Style(NamedTuple):
    """How a character is set: y of its base line, size, weight and slant."""

    base: float
    size: float
    bold: bool
    italic: bool


class Glyph(NamedTuple):
    """A character with its place; BREAK has none."""

    text: str
    left: float
    right: float
    style: Style


_RTL_UNSPACED = 0.16  # as UNSPACED; Arabic letters are set closer or wider to join well
_Numbered: TypeAlias = tuple[int, Glyph]


def words_of(glyphs: Sequence[Glyph]) -> tuple[Word, ...]:
    """Return the words of a page."""
    letters = sum(_kind(g.text) in ("R", "L") for g in glyphs if g.text > "\u0590" or g.text.isalpha())
    rtl = sum(_kind(g.text) == "R" for g in glyphs if g.text > "\u0590")
    return tuple(_by_place(glyphs) if rtl > 0.3 * letters else _in_file_order(glyphs))


def _in_file_order(glyphs: Iterable[Glyph]) -> Iterator[Word]:
    """Yield the words of a page whose characters stand in the file as they are read."""
    run: list[Glyph] = []
    blank, space = UNSPACED, None
    for glyph in glyphs:
        if glyph.text == BREAK:  # seen better by place
            continue
        if glyph.text == " ":
            space = glyph
            continue
        if run and (space or glyph.style is not run[-1].style or _is_jump(run[-1], glyph)):
            for stretch in _stretches(run):
                yield _word(stretch, blank)
                blank = UNSPACED
            run = []
        if space:
            blank, space = UNSPACED if _closes(space, glyph) else ALWAYS, None
        run.append(glyph)
    for stretch in _stretches(run) if run else ():
        yield _word(stretch, blank)
        blank = UNSPACED


def _closes(space: Glyph, after: Glyph) -> bool:
    """Return whether kerning puts a character where the blank before it stands."""
    return abs(after.left - space.left) < 0.3 * (space.right - space.left)


def _is_jump(before: Glyph, after: Glyph) -> bool:
    return min(abs(after.left - before.right), abs(before.left - after.right)) > after.style.size


def _stretches(run: list[Glyph]) -> Iterator[list[Glyph]]:
    """Cut a run of characters at visible gaps, measured against the letter-spacing of the run."""
    gaps = [after.left - before.right for before, after in pairwise(run)]
    size = run[0].style.size
    spacing = median(gaps) if len(gaps) > 2 else 0.0
    limit = UNSPACED * size if spacing < 0.08 * size else 1.5 * spacing + 0.12 * size
    start = 0
    for i, white in enumerate(gaps, 1):
        if white > limit:
            yield run[start:i]
            start = i
    yield run[start:]


def _word(glyphs: Sequence[Glyph], blank: float) -> Word:
    left, right = min(g.left for g in glyphs), max(g.right for g in glyphs)
    return Word(clean("".join(g.text for g in glyphs)), left, right, *glyphs[0].style, blank)


def clean(text: str) -> str:
    """Return text with plain characters for ligatures, presentation forms and symbol fonts."""
    if text.isascii():
        return text
    text = _COMPATIBILITY.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)
    return "".join(_SYMBOLS.get(c) or (chr(ord(c) - 0xF000) if "\uf020" < c < "\uf07f" else c) for c in text)


def _kind(character: str) -> str:
    """Return L or R for letters by their direction, D for digits, M for marks, else ""."""
    return _KINDS.get(unicodedata.bidirectional(character[0]), "")


def _by_place(glyphs: Sequence[Glyph]) -> Iterator[Word]:
    """Yield the words of a page by their places: PDFium guesses the order of the words on lines of Arabic.

    Words end at blanks, at wide white, and where the direction or the style changes; a sign that is neither
    letter nor digit is a word of its own. Where the file has blanks, white alone parts words only if it is
    wide.
    """
    spaces = sum(g.text == " " for g in glyphs)
    unspaced, broken = (TRUSTED, 0.24) if spaces > 0.05 * len(glyphs) else (_RTL_UNSPACED, 0.145)
    stretch = list(accumulate(g.text == BREAK for g in glyphs))
    for line in _lines(_levelled(glyphs)):
        word: list[_Numbered] = []
        blank, seen, edge = unspaced, False, 0.0
        for number, glyph in sorted(line, key=lambda n: _middle(n[1])):
            if glyph.text == " ":
                seen = True
                continue
            if word:
                white = (glyph.left - edge) / glyph.style.size
                last = word[-1][0]
                cut = abs(number - last) < 8 and stretch[number] != stretch[last]
                apart = white > (broken if cut else unspaced)
                if seen or apart or not _goes_on(word[-1][1], glyph):
                    yield _ordered(word, blank)
                    word, blank = [], ALWAYS if seen or apart else unspaced
            edge = max(edge, glyph.right) if word else glyph.right
            word.append((number, glyph))
            seen = False
        if word:
            yield _ordered(word, blank)


def _levelled(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Return the characters, Arabic letters that a font sets higher or lower on the line.

    That is a base line near theirs that has more letters, one of them beside them: the lines of another
    column may stand as near, but not beside.
    """
    lefts: dict[float, dict[float, list[float]]] = {}
    for glyph in glyphs:
        if _kind(glyph.text) in ("R", "M"):
            lefts.setdefault(glyph.style.size, {}).setdefault(glyph.style.base, []).append(glyph.left)
    near: dict[tuple[float, float], list[tuple[float, list[float]]]] = {}
    for size, lines in lefts.items():
        for line in lines.values():
            line.sort()
        bases = sorted(lines)
        for base in bases:
            others = bases[bisect_left(bases, base - 0.45 * size) : bisect_right(bases, base + 0.45 * size)]
            fuller = [other for other in others if len(lines[other]) > len(lines[base])]
            fuller.sort(key=lambda other: (-len(lines[other]), abs(other - base)))
            near[size, base] = [(other, lines[other]) for other in fuller]
    return [_on_level(glyph, near) for glyph in glyphs]


def _on_level(glyph: Glyph, near: dict[tuple[float, float], list[tuple[float, list[float]]]]) -> Glyph:
    """Return an Arabic letter, a mark or a blank, which stands as the letter before it, on its base line."""
    style = glyph.style
    candidates = near.get((style.size, style.base))
    if not candidates or not (glyph.text == " " or _kind(glyph.text) in ("R", "M")):
        return glyph
    for base, lefts in candidates:
        first = bisect_left(lefts, glyph.left - 1.2 * style.size)
        if first < len(lefts) and lefts[first] < glyph.right + 1.2 * style.size:
            return glyph._replace(style=style._replace(base=base))
    return glyph


def _lines(glyphs: Iterable[Glyph]) -> Iterator[list[_Numbered]]:
    """Yield the characters of each base line, numbered in the order of the file."""
    line: list[_Numbered] = []
    numbered = [(i, g) for i, g in enumerate(glyphs) if g.text != BREAK]
    for number, glyph in sorted(numbered, key=lambda n: n[1].style.base):
        if line and glyph.style.base - line[-1][1].style.base > 0.6:
            yield line
            line = []
        line.append((number, glyph))
    if line:
        yield line


def _goes_on(before: Glyph, after: Glyph) -> bool:
    """Return whether a character goes on with the word to its left."""
    kind = _kind(after.text)
    return kind == "M" or (kind != "" and _kind(before.text) in (kind, "M") and after.style == before.style)


def _ordered(word: Sequence[_Numbered], blank: float) -> Word:
    """Return characters, given from left to right, as a word.

    Letters that run from right to left keep the order of the file, where ligatures are in order, unless it
    does not run from right to left, or begins with a mark, which follows its letter.
    """
    in_file = [g for _, g in sorted(word)]
    glyphs = [g for _, g in word]
    if any(_kind(g.text) in ("R", "M") for g in glyphs):
        backwards = all(_middle(after) < before.right for before, after in pairwise(in_file))
        glyphs = in_file if backwards and _kind(in_file[0].text) != "M" else _from_right(in_file)
    found = _word(glyphs, blank)
    return replace(found, text=unicodedata.normalize("NFC", found.text))


def _from_right(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Return characters from right to left, each mark behind the letter it stands at."""
    letters = [g for g in glyphs if _kind(g.text) != "M"]

    def place(glyph: Glyph) -> tuple[float, bool]:
        if _kind(glyph.text) != "M":
            return -_middle(glyph), False
        return min((-_middle(g) for g in letters), key=lambda m: abs(m + _middle(glyph)), default=0.0), True

    return sorted(glyphs, key=place)


def _middle(glyph: Glyph) -> float:
    return (glyph.left + glyph.right) / 2
