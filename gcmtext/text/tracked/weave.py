"""From the pieces of a file to the paragraphs of a text with tracked changes.

A piece lies in a paragraph of the text before, of the text after, or of both. Where two paragraphs share a
piece, one became the other: so splits and mergers are known from the file, and nothing is guessed.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from gcmtext.text.align.moves import in_order
from gcmtext.text.compose import kind_of
from gcmtext.text.diff import diff
from gcmtext.text.model import Alignment, Document, Link, Operation
from gcmtext.text.normalise import clean
from gcmtext.text.tracked.model import CERTAIN, LEAST, NOBODY, Run, Signature, TrackedParagraph


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a file in one state of revision, in the order of the file.

    text: "" for a paragraph mark that was inserted or deleted.
    base, proposed: the paragraph in which it stands with all changes rejected, and accepted.
    inserted, deleted: by whom. moved: whether it left for another place, or came from one.
    """

    text: str
    base: int | None
    proposed: int | None
    inserted: Signature | None = None
    deleted: Signature | None = None
    moved: bool = False


def weave(
    base: Document, proposed: Document, pieces: Sequence[Piece]
) -> tuple[Alignment, tuple[TrackedParagraph, ...]]:
    """Return the lineage between the two states that the pieces show, and the paragraphs with their runs."""
    shared = _shared(pieces)
    moves = _moves(base, proposed, pieces, shared)
    alignment = _alignment(base, proposed, [*shared, *moves], {p for _, p in moves})
    pairs = _pairs(shared)
    rows = _rows(base, proposed, pieces, pairs)
    weaver = _Weaver(base, proposed, pieces)
    return alignment, tuple(weaver.paragraph(b, p) for b, p in rows)


def _shared(pieces: Iterable[Piece]) -> dict[tuple[int, int], int]:
    """Return how many letters each two paragraphs have in common; signs alone make no lineage."""
    found: defaultdict[tuple[int, int], int] = defaultdict(int)
    for piece in pieces:
        if piece.base is not None and piece.proposed is not None:
            letters = sum(map(str.isalnum, piece.text))
            if letters:
                found[piece.base, piece.proposed] += letters
    return dict(found)


def _moves(
    base: Document,
    proposed: Document,
    pieces: Sequence[Piece],
    shared: dict[tuple[int, int], int],
) -> list[tuple[int, int]]:
    """Return what left with what arrived: of the same words first, then in order."""
    linked_base, linked_proposed = {b for b, _ in shared}, {p for _, p in shared}
    left = _moved((piece.base, piece.moved) for piece in pieces if piece.proposed is None)
    arrived = _moved((piece.proposed, piece.moved) for piece in pieces if piece.base is None)
    left = [b for b in left if b not in linked_base]
    arrived = [p for p in arrived if p not in linked_proposed]
    found = []
    for alike in (_same_words(base, proposed), lambda _b, _p: True):
        for p in list(arrived):
            b = next((b for b in left if alike(b, p)), None)
            if b is not None:
                found.append((b, p))
                left.remove(b)
                arrived.remove(p)
    return found


def _same_words(base: Document, proposed: Document) -> Callable[[int, int], bool]:
    return lambda b, p: base.paragraphs[b].text == proposed.paragraphs[p].text


def _moved(places: Iterable[tuple[int | None, bool]]) -> list[int]:
    """Return the paragraphs of which any piece moved."""
    return list(dict.fromkeys(place for place, moved in places if moved and place is not None))


def _alignment(
    base: Document, proposed: Document, edges: Iterable[tuple[int, int]], arrived: set[int]
) -> Alignment:
    groups: dict[tuple[bool, int], tuple[set[int], set[int]]] = {}
    for b, p in edges:
        one = groups.get((True, b), ({b}, set()))
        other = groups.get((False, p), (set(), {p}))
        joined = one[0] | other[0], one[1] | other[1]
        groups |= dict.fromkeys(((True, i) for i in joined[0]), joined)
        groups |= dict.fromkeys(((False, i) for i in joined[1]), joined)
    found = sorted({(tuple(sorted(old)), tuple(sorted(new))) for old, new in groups.values()}, key=_by_new)
    weights = [LEAST if new[0] in arrived else float(len(proposed.paragraphs)) for _, new in found]
    kept = in_order([(old[0], new[0]) for old, new in found], weights)
    linked = {i for old, _ in found for i in old}, {i for _, new in found for i in new}
    return Alignment(
        tuple(
            Link(old, new, kind_of(old, new, stays, base.paragraphs, proposed.paragraphs), 1.0, CERTAIN)
            for (old, new), stays in zip(found, kept, strict=True)
        ),
        inserted=tuple(p.index for p in proposed.paragraphs if p.index not in linked[1]),
        deleted=tuple(p.index for p in base.paragraphs if p.index not in linked[0]),
    )


def _by_new(link: tuple[tuple[int, ...], tuple[int, ...]]) -> int:
    return link[1][0]


def _pairs(shared: dict[tuple[int, int], int]) -> list[tuple[int, int]]:
    """Return which two paragraphs are shown as one: each with the one it shares most with, in order."""
    found: list[tuple[int, int]] = []
    taken_base: set[int] = set()
    taken_proposed: set[int] = set()
    for b, p in sorted(shared, key=lambda pair: (-shared[pair], pair)):
        if b not in taken_base and p not in taken_proposed:
            found.append((b, p))
            taken_base.add(b)
            taken_proposed.add(p)
    found.sort(key=lambda pair: pair[1])
    weights = [float(shared[pair]) for pair in found]
    return [pair for pair, stays in zip(found, in_order(found, weights), strict=True) if stays]


def _rows(
    base: Document, proposed: Document, pieces: Sequence[Piece], pairs: Iterable[tuple[int, int]]
) -> Iterator[tuple[int | None, int | None]]:
    """Yield the paragraphs to be shown: the pairs, and between them what has no partner, as in the file."""
    place_of_base: dict[int, int] = {}
    place_of_proposed: dict[int, int] = {}
    for place, piece in enumerate(pieces):
        if piece.base is not None:
            place_of_base.setdefault(piece.base, place)
        if piece.proposed is not None:
            place_of_proposed.setdefault(piece.proposed, place)
    b = p = 0
    for next_b, next_p in (*pairs, (len(base.paragraphs), len(proposed.paragraphs))):
        while b < next_b or p < next_p:
            of_base = place_of_base.get(b, -1) if b < next_b else len(pieces)
            of_proposed = place_of_proposed.get(p, -1) if p < next_p else len(pieces)
            if of_base <= of_proposed and b < next_b:
                yield b, None
                b += 1
            else:
                yield None, p
                p += 1
        if next_b < len(base.paragraphs) or next_p < len(proposed.paragraphs):
            yield next_b, next_p
        b, p = next_b + 1, next_p + 1


@dataclass(frozen=True, slots=True)
class _Sign:
    """One character, in the text before, the text after, or both, and who changed it."""

    character: str
    in_base: bool
    in_proposed: bool
    by: Signature


class _Weaver:
    """Writes the runs of paragraphs."""

    def __init__(self, base: Document, proposed: Document, pieces: Sequence[Piece]) -> None:
        self._base = base.paragraphs
        self._proposed = proposed.paragraphs
        self._pieces = pieces
        self._of_base: defaultdict[int, list[int]] = defaultdict(list)
        self._of_proposed: defaultdict[int, list[int]] = defaultdict(list)
        self._marks: list[int] = []
        for place, piece in enumerate(pieces):
            if piece.base is not None:
                self._of_base[piece.base].append(place)
            if piece.proposed is not None:
                self._of_proposed[piece.proposed].append(place)
            if not piece.text:
                self._marks.append(place)

    def paragraph(self, b: int | None, p: int | None) -> TrackedParagraph:
        """Return a paragraph before and after with its runs."""
        before = "" if b is None else self._base[b].text
        after = "" if p is None else self._proposed[p].text
        places = sorted(
            {*(self._of_base[b] if b is not None else ()), *(self._of_proposed[p] if p is not None else ())}
        )
        if before == after and all(
            self._pieces[place].base == b and self._pieces[place].proposed == p for place in places
        ):
            return TrackedParagraph(b, p, (Run("equal", before),) if before else ())
        signs = _without_labels(list(self._signs(places, b, p)), before, after)
        runs = _laid(signs, before, after)
        if runs is None:
            by = next((sign.by for sign in signs if sign.by != NOBODY), NOBODY)
            changes = diff(before, after)
            runs = tuple(Run(op, text, NOBODY if op == "equal" else by) for op, text in changes)
        return TrackedParagraph(b, p, runs)

    def _signs(self, places: Iterable[int], b: int | None, p: int | None) -> Iterator[_Sign]:
        for place in places:
            piece = self._pieces[place]
            in_base = b is not None and piece.base == b
            in_proposed = p is not None and piece.proposed == p
            by = piece.inserted or piece.deleted
            if by is None and in_base != in_proposed:
                by = self._mark(place)
            for character in unicodedata.normalize("NFC", piece.text):
                if has_ink(character) or character.isspace():
                    yield _Sign(character, in_base, in_proposed, by or NOBODY)

    def _mark(self, place: int) -> Signature:
        """Return who put in or took out the paragraph mark that moved a piece: the nearest."""
        nearest = min(self._marks, key=lambda mark: abs(mark - place), default=None)
        if nearest is None:
            return NOBODY
        mark = self._pieces[nearest]
        return mark.inserted or mark.deleted or NOBODY


@lru_cache(maxsize=4096)
def has_ink(character: str) -> bool:
    """Return whether a character is left when a text is cleaned."""
    return bool(clean(character))


def _without_labels(signs: Sequence[_Sign], before: str, after: str) -> list[_Sign]:
    """Return the signs without those of a label in front, which is no part of the text of a paragraph."""
    label_before = _surplus((sign.character for sign in signs if sign.in_base), before)
    label_after = _surplus((sign.character for sign in signs if sign.in_proposed), after)
    kept = []
    for sign in signs:
        in_base, in_proposed = sign.in_base, sign.in_proposed
        if not has_ink(sign.character):
            kept.append(sign)
            continue
        if in_base and label_before:
            in_base = False
            label_before -= 1
        if in_proposed and label_after:
            in_proposed = False
            label_after -= 1
        if in_base or in_proposed:
            kept.append(replace(sign, in_base=in_base, in_proposed=in_proposed))
    return kept


def _surplus(characters: Iterable[str], text: str) -> int:
    """Return how many of the characters stand before those of a text."""
    held, ink = ("".join(filter(has_ink, found)) for found in (characters, text))
    return len(held) - len(ink) if held.endswith(ink) else 0


def _laid(signs: Iterable[_Sign], before: str, after: str) -> tuple[Run, ...] | None:
    """Return the runs of a paragraph: its signs, with the blanks between them as either text has them.

    A blank of the file counts where the texts have one. Signs that only the texts have, such as the strokes
    between the cells of a row, go with the blanks. None where a sign is not in its text.
    """
    laying = _Laying(before, after)
    for sign in signs:
        if has_ink(sign.character):
            if not laying.sign(sign):
                return None
        else:
            laying.blank(sign)
    return laying.runs()


class _Laying:
    """The runs of a paragraph in the making, with how far either text is read."""

    def __init__(self, before: str, after: str) -> None:
        self._before, self._after = before, after
        self._i = self._j = 0
        self._written: list[tuple[Operation, str, Signature]] = []
        self._last = NOBODY

    def blank(self, sign: _Sign) -> None:
        """Write a blank of the file, unless the texts have none here."""
        before = self._before[self._i : self._i + 1] if sign.in_base else " "
        after = self._after[self._j : self._j + 1] if sign.in_proposed else " "
        if before.isspace() and after.isspace():
            self._write(sign)

    def sign(self, sign: _Sign) -> bool:
        """Write a sign and what the texts have before it; return whether they have it."""
        gap_before = gap_after = ""
        if sign.in_base:
            found = self._before.find(sign.character, self._i)
            gap_before = self._before[self._i : found]
            self._i = found
        if sign.in_proposed:
            found = self._after.find(sign.character, self._j)
            gap_after = self._after[self._j : found]
            self._j = found
        if min(self._i, self._j) < 0 or any(map(str.isalnum, gap_before + gap_after)):
            return False
        if sign.by != NOBODY:
            self._last = sign.by
        self._gaps(gap_before, gap_after)
        self._write(sign)
        return True

    def runs(self) -> tuple[Run, ...] | None:
        """Return what was written; None if words of the texts are left."""
        before, after = self._before[self._i :], self._after[self._j :]
        if any(map(str.isalnum, before + after)):
            return None
        self._gaps(before, after)
        return _joined(self._written)

    def _write(self, sign: _Sign) -> None:
        character = self._before[self._i] if sign.in_base else self._after[self._j]
        self._i += sign.in_base
        self._j += sign.in_proposed
        if sign.in_base and sign.in_proposed:
            self._written.append(("equal", character, NOBODY))
        else:
            self._written.append(("delete" if sign.in_base else "insert", character, sign.by))

    def _gaps(self, before: str, after: str) -> None:
        if before == after:
            self._written.append(("equal", before, NOBODY))
        else:
            self._written += [("delete", before, self._last), ("insert", after, self._last)]


def _joined(written: Iterable[tuple[Operation, str, Signature]]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for operation, text, by in written:
        if not text:
            continue
        if runs and (runs[-1].operation, runs[-1].by) == (operation, by):
            runs[-1] = Run(operation, runs[-1].text + text, by)
        else:
            runs.append(Run(operation, text, by))
    return tuple(runs)
