"""Plain text: paragraphs from lines.

A line end may be a blank inside a paragraph (the text was wrapped) or the end of one. The lines tell: where
text is wrapped they are full, that is, the first word of the next line would not have fitted.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from gcmtext.errors import InvalidText
from gcmtext.formats.decoding import decode
from gcmtext.formats.hyphens import Hyphens
from gcmtext.formats.lines import seam, split_at_labels, starts_with_label
from gcmtext.text.model import Block, Role, Source
from gcmtext.text.scripts import is_unspaced

_HEADING = re.compile(r"\s*(#{1,6})\s+(\S.*)")
_FOOTNOTES = re.compile(r"(?:foot)?notes", re.IGNORECASE)
_RULE = re.compile(r"\s*([=\-_~*–—])(?:\s?\1){2,}\s*")
_BULLET = re.compile(r"\s*[•‣▪◦●·*–—-]\s+(?=\S)")
# Symbols of United Nations documents: organ and body, session, number, each after a stroke.
_SYMBOL = re.compile(r"([A-Z]{1,6}(?:/[A-Z0-9][\w.()-]*)+)(?:\s+(?:[-–—:]\s+)?(\S.*))?")
_NOTE_MARK = re.compile(r"[\[(]?(\d{1,3})[\])]?[.:]?\s+(?=\S)")
_ENDED = re.compile(r"[.:;!?؛؟。；：！？…][\"'”’»)\]]*$")
_COMMA = re.compile(r"[,،，]\s*$")
_AND = re.compile(r"(?:and|or|et|ou|y|o|e|и|или)\b")
_HYPHENED = re.compile(r"\w[-‐\u00ad]$")
# Where fewer of the line ends than this could have come of wrapping, each line is a paragraph.
_WRAPPED_SHARE = 0.6
_NARROWEST, _NARROWEST_UNSPACED, _WIDEST = 40, 20, 132  # columns of text that is wrapped
_SHORT = 15  # columns that are left on a line which nobody wrapped there


def read(data: bytes) -> Source:
    """Return what a plain text file holds.

    Blank lines end blocks; so do labels and bullets at the start of a line, rules, and line ends that cannot
    come of wrapping. "# " begins a heading, as does a rule under a line; what follows a heading "Footnotes"
    is footnotes. Depth counts the indents. A document symbol at the start of the first line, and the title
    behind it, are stated as symbol and title too.

    Raises InvalidText if the bytes are no text, or hold no words.
    """
    decoded = decode(data)
    lines = _Lines(decoded.text)
    blocks = list(_with_footnotes(_with_depths(_pieces(lines))))
    if not any(character.isalnum() for block in blocks for character in block.text):
        raise InvalidText("The file holds no words: choose the file that holds the text.")
    symbol, title = _symbol_and_title(blocks[0].text)
    return Source(tuple(blocks), title=title, symbol=symbol, notices=decoded.notices)


class _Lines:
    """The lines of a file and what they show as a whole.

    width: what a full line holds, in characters. is_wrapped: whether lines are parts of paragraphs.
    hang: whether the lines of a paragraph stand further in than its first, and not the first than the others.
    """

    def __init__(self, text: str) -> None:
        self.lines = tuple(_over_pages(text.expandtabs(4).split("\n")))
        lengths = sorted(len(line.rstrip()) for line in self.lines if line.strip())
        self.width = lengths[min(len(lengths) - 1, int(0.95 * len(lengths)))] if lengths else 0
        pairs = [(a, b) for a, b in pairwise(self.lines) if a.strip() and b.strip() and not _is_start(b)]
        full = sum(not _has_room(a, b, self.width) for a, b in pairs)
        narrowest = _NARROWEST_UNSPACED if any(is_unspaced(b.lstrip()) for _, b in pairs) else _NARROWEST
        steps = list(_steps(self.lines))
        self.hang = sum(step > 0 for step in steps) > sum(step < 0 for step in steps)
        self.is_wrapped = narrowest <= self.width <= _WIDEST and full >= _WRAPPED_SHARE * len(pairs)

    @cached_property
    def hyphens(self) -> Hyphens:
        """What the file shows of its hyphens."""
        return Hyphens(self.lines)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block and how far it is indented, in columns; centred lines are not indented."""

    block: Block
    indent: int


def _is_start(line: str) -> bool:
    """Whether a line begins something by itself, however full the line before is."""
    return bool(_RULE.fullmatch(line) or _BULLET.match(line) or starts_with_label(line))


def _steps(lines: Sequence[str]) -> Iterator[int]:
    """Yield how far the second and third of three lines stand in from the first, where they stand alike."""
    for first, second, third in zip(lines, lines[1:], lines[2:], strict=False):
        if first.strip() and second.strip() and third.strip():
            step = _indent(second) - _indent(first)
            if abs(step) > 1 and abs(_indent(third) - _indent(second)) <= 1:
                yield step


def _over_pages(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines with a blank one for each page break, unless a sentence goes on behind it."""
    for place, line in enumerate(lines):
        before, *pages = line.split("\f")
        if before.strip() or not pages:
            yield before
        for page in pages:
            last = next((found for found in reversed(lines[max(0, place - 3) : place]) if found.strip()), "")
            if before.strip() or _ENDED.search(last.rstrip()) or not page.lstrip()[:1].islower():
                yield ""
            yield page


def _has_room(line: str, following: str, width: int) -> bool:
    """Whether the first word of the following line would have fitted on this one."""
    words = following.split(maxsplit=1)
    return len(line.rstrip()) + 1 + (1 if is_unspaced(words[0]) else len(words[0])) <= width


def _pieces(lines: _Lines) -> Iterator[_Piece]:
    group: list[str] = []
    for line in (*lines.lines, ""):
        heading = _HEADING.fullmatch(line)
        if line.strip() and not heading and not _RULE.fullmatch(line):
            group.append(line)
            continue
        underlined = group and _RULE.fullmatch(line) and _is_under(group[-1], line)
        title = group.pop().strip() if underlined else ""
        yield from _paragraphs(group, lines)
        group = []
        if title:
            yield _Piece(Block(title, Role.HEADING, depth=1 if line.strip()[0] == "=" else 2), 0)
        if heading:
            yield _Piece(Block(_folded(heading[2]), Role.HEADING, depth=len(heading[1])), 0)


def _is_under(line: str, rule: str) -> bool:
    """Whether a rule underlines a line: they are about as long and begin at the same place."""
    length = len(line.strip())
    return abs(length - len(rule.strip())) <= max(2, length // 5) and abs(_indent(line) - _indent(rule)) <= 2


def _paragraphs(group: Sequence[str], lines: _Lines) -> Iterator[_Piece]:
    """Yield the paragraphs in lines without a blank line between them."""
    if not lines.is_wrapped:
        for line in group:
            yield _piece([line], lines)
        return
    for part in split_at_labels(group) if group else []:
        start = 0
        for place in range(1, len(part)):
            if _begins(part, start, place, lines):
                yield _piece(part[start:place], lines)
                start = place
        yield _piece(part[start:], lines)


def _begins(part: Sequence[str], start: int, place: int, lines: _Lines) -> bool:
    """Whether the line at `place` begins a paragraph, by the lines around it; the last began at `start`."""
    before, line = part[place - 1], part[place]
    ended = bool(_ENDED.search(before.rstrip()))
    room = _has_room(before, line, lines.width)
    if _BULLET.match(line):
        return ended or room or bool(_BULLET.match(part[start]))
    if starts_with_label(line) and room:
        return True
    inwards = _indent(line) - _indent(before)
    if inwards < -1 and (lines.hang or place - 1 > start):
        return True
    outwards = _indent(line) - _indent(part[place + 1]) if place + 1 < len(part) else 0
    if inwards > 1 and not lines.hang and (ended or outwards > 1):
        return True
    if line.lstrip()[0].isupper() and (
        _has_room(before, line, lines.width - _SHORT) or (room and _COMMA.search(before))
    ):
        return True
    return ended and room


def _piece(lines: Sequence[str], of: _Lines) -> _Piece:
    """Return the block of a paragraph. A line end that does not come of wrapping stays."""
    bullet = _BULLET.match(lines[0])
    parts = [_folded(lines[0][bullet.end() :] if bullet else lines[0])]
    for before, line in pairwise(lines):
        after = _folded(line)
        if _has_room(before, line, of.width):
            parts += ("\n", after)
        elif _HYPHENED.search(parts[-1]) and not _AND.match(after):  # "burden- and responsibility-sharing"
            parts[-1] = of.hyphens.join(parts[-1], after)
        else:
            parts += (seam(parts[-1], after), after)
    indent = bullet.end() if bullet else min(map(_indent, lines))
    if len(lines) == 1 and _is_centred(lines[0], of.width):
        indent = 0
    return _Piece(Block("".join(parts)), indent)


def _is_centred(line: str, width: int) -> bool:
    left, right = _indent(line), width - len(line.rstrip())
    return left > 8 and abs(left - right) <= 4


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _folded(text: str) -> str:
    return " ".join(text.split())


def _with_depths(pieces: Iterable[_Piece]) -> Iterator[Block]:
    """Yield the blocks with how many indents they stand in, below one heading."""
    indents: list[int] = []
    for piece in pieces:
        if piece.block.role is Role.HEADING:
            indents = []
            yield piece.block
            continue
        while indents and piece.indent < indents[-1] - 1:
            indents.pop()
        if not indents or piece.indent > indents[-1] + 1:
            indents.append(piece.indent)
        yield replace(piece.block, depth=len(indents) - 1)


def _with_footnotes(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks, those below a heading "Footnotes" as footnotes with their marks."""
    notes: list[Block] | None = None
    for block in blocks:
        if block.role is not Role.HEADING:
            if notes is None:
                yield block
            else:
                notes.append(block)
            continue
        yield from _notes(notes or ())
        notes = [] if _FOOTNOTES.fullmatch(block.text) else None
        yield block
    yield from _notes(notes or ())


def _notes(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield blocks as footnotes; the numbers they begin with are their marks if they go up by one."""
    found = [_NOTE_MARK.match(block.text) for block in blocks]
    numbers = [int(match[1]) for match in found if match]
    counts = len(numbers) == len(blocks) and all(b == a + 1 for a, b in pairwise(numbers))
    for block, match in zip(blocks, found, strict=True):
        if counts and match:
            yield Block(block.text[match.end() :], Role.FOOTNOTE, match[1])
        else:
            yield Block(block.text, Role.FOOTNOTE)


def _symbol_and_title(first: str) -> tuple[str, str]:
    """Return the document symbol a first line begins with, and the title behind it."""
    match = _SYMBOL.fullmatch(first)
    if not match or not any(character.isdigit() for character in match[1]):
        return "", ""
    return match[1].rstrip("."), match[2] or ""
