"""What paragraphs are by how they are set: title, heading, text; and how deep they stand."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from gcmtext.formats.pdf.paragraphs import Prose, Typography, label
from gcmtext.text.model import Block, Role

_CLOSED = re.compile(r"[.;:,،؛。；：，][”\"»’)\]]*$")
_NUMBERED = re.compile(r"(?:[IVXLC]+|[A-Z]|\d{1,3}|[(（]?[a-z]{1,4}[)）]|Item \d+)[.)]?\s")
_BULLET = re.compile(r"[•▪➢✓□●○◦‣·∙*–—-]\s+(?=\S)")
_COLON = re.compile(r"[:：]$")
_LONGEST_HEADING = 320  # characters
_SAME_HEADING = 20.0  # points; numerals before headings are set to the right
_SAME = 5.0  # points; indents that differ by less are one


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph with its text, or a row of a table (prose is None)."""

    text: str
    prose: Prose | None


def blocks(pieces: Sequence[Piece], typography: Typography) -> list[Block]:
    """Return a block for each piece, in order. Bullets are left out: the items they mark have a depth."""
    headings = [p.prose is not None and _is_heading(p, p.prose, typography) for p in pieces]
    title = _title(pieces, headings)
    ranks = _ranks(pieces, headings, title)
    depths = _depths(pieces, headings, title)
    if any(headings):
        depths |= _bare_items(pieces, headings, depths)
    result = []
    for i, piece in enumerate(pieces):
        if piece.prose is None:
            result.append(Block(piece.text, Role.ROW))
        elif i == title:
            result.append(Block(piece.text, Role.TITLE))
        elif headings[i] and (title is None or i > title):
            result.append(Block(piece.text, Role.HEADING, depth=ranks[i]))
        else:
            result.append(_body(piece.text, piece.prose, depths.get(i, 0)))
    return result


def _body(text: str, prose: Prose, depth: int) -> Block:
    bullet = _BULLET.match(text)
    if bullet and label(prose.lines[0]) == bullet[0].strip():
        return Block(text[bullet.end() :], depth=max(depth, 1))
    return Block(text, depth=depth)


def _is_heading(piece: Piece, prose: Prose, typography: Typography) -> bool:
    """Return whether a paragraph is set as a heading: big, bold or a short line in italics."""
    text, first, body_size = piece.text, prose.lines[0], typography.body_size
    if len(text) > _LONGEST_HEADING or not any(map(str.isalpha, text)):
        return False
    if first.size > 1.15 * body_size:
        return True
    if _CLOSED.search(text) or first.size < 0.9 * body_size:
        return False
    return (not typography.bold and all(line.bold for line in prose.lines)) or (
        len(prose.lines) == 1 and first.italic and len(text) < 70 and text[0].isupper()
    )


def _style(prose: Prose) -> tuple[float, bool, bool]:
    """Return what tells levels of headings apart, smaller for higher levels."""
    line = prose.lines[0]
    return -round(line.size), not line.bold, line.italic


def _title(pieces: Sequence[Piece], headings: Sequence[bool]) -> int | None:
    """Return the index of the title: the last of the biggest headings that open the first page."""
    best = None
    for i, piece in enumerate(pieces):
        prose = piece.prose
        if prose is None or prose.lines[0].page > 0 or (len(piece.text) > 200 and not headings[i]):
            break
        if not headings[i]:
            continue
        if _NUMBERED.match(piece.text):
            break
        if best is None or _style(prose) <= best[1]:
            best = (i, _style(prose))
    return best[0] if best else None


def _ranks(pieces: Sequence[Piece], headings: Sequence[bool], title: int | None) -> dict[int, int]:
    """Return the level of each heading: by size, weight and slant, and among equals by indent."""
    first = 0 if title is None else title + 1
    found = {i: p.prose for i, p in enumerate(pieces) if i >= first and headings[i] and p.prose}
    steps: dict[tuple[float, bool, bool], list[float]] = {}
    for style in {_style(prose) for prose in found.values()}:
        starts = sorted(prose.start for prose in found.values() if _style(prose) == style)
        steps[style] = [s for i, s in enumerate(starts) if i == 0 or s - starts[i - 1] > _SAME_HEADING]
    keys = {i: (_style(p), sum(step <= p.start for step in steps[_style(p)])) for i, p in found.items()}
    ranks = {key: rank for rank, key in enumerate(sorted(set(keys.values())), 1)}
    return {i: ranks[key] for i, key in keys.items()}


def _depths(pieces: Sequence[Piece], headings: Sequence[bool], title: int | None) -> dict[int, int]:
    """Return the depth of each paragraph of text by the steps of its indent."""
    first = 0 if title is None else title + 1
    starts = {
        i: p.prose.start
        for i, p in enumerate(pieces)
        if i >= first and p.prose is not None and not headings[i]
    }
    starts = _without_first_line_indents(pieces, starts)
    counts = Counter(round(s) for s in starts.values())
    steps: list[float] = []
    for start in sorted(counts):
        count = sum(n for s, n in counts.items() if abs(s - start) < _SAME)
        if count > 1 and (not steps or start - steps[-1] > _SAME):
            steps.append(start)
    enough = 0.15 * len(starts)
    while len(steps) > 1 and sum(n for s, n in counts.items() if s < steps[1] - 1) < min(enough, 3):
        steps.pop(0)
    return {i: max(0, sum(step <= start + 2 for step in steps) - 1) for i, start in starts.items()}


def _bare_items(pieces: Sequence[Piece], headings: Sequence[bool], depths: dict[int, int]) -> dict[int, int]:
    """Return the depths of list items without bullet or indent.

    They are the paragraphs after a colon, two or more of them, that end without punctuation. They would pass
    for headings, but this document sets its headings in a way of its own.
    """
    result: dict[int, int] = {}
    items: list[int] = []
    chapeau: int | None = None
    for i, piece in enumerate(pieces):
        plain = piece.prose is not None and not headings[i] and not label(piece.prose.lines[0])
        if (
            chapeau is not None
            and plain
            and not _CLOSED.search(piece.text)
            and depths.get(i) == depths[chapeau]
        ):
            items.append(i)
            continue
        if len(items) > 1:
            result |= {j: depths[j] + 1 for j in items}
        items = []
        chapeau = i if plain and i in depths and _COLON.search(piece.text) else None
    return result


def _without_first_line_indents(pieces: Sequence[Piece], starts: dict[int, float]) -> dict[int, float]:
    """Return the indents, those of single lines without the indent that first lines have in this document."""
    usual: Counter[tuple[int, int]] = Counter()
    for i, start in starts.items():
        prose = pieces[i].prose
        if prose is not None and len(prose.lines) > 1:
            usual[round(prose.lines[0].start), round(start)] += 1
    result = dict(starts)
    for i, start in starts.items():
        prose = pieces[i].prose
        if prose is not None and len(prose.lines) == 1:
            near = Counter({s: n for (f, s), n in usual.items() if abs(f - start) < 2})
            if near:
                result[i] = float(near.most_common(1)[0][0])
    return result
