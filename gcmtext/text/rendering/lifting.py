"""Brackets that stand in the base, and what delegations do with them.

Whoever lifts brackets wants the words inside to stay, whoever strikes them with their words wants these to
go; of several bracketed alternatives beside each other one is chosen; whoever adds brackets and nothing else
reserves the words. A person writes that as names in the brackets, not as brackets struck through or added.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gcmtext.text.brackets import parse
from gcmtext.text.collate import Names, Piece, Unit, in_order
from gcmtext.text.collate.units import Edit, applied, collate_edits, edits_of
from gcmtext.text.diff import diff

_FIRST_SIGN = 0xF0000  # of a private plane: stands in the words for what is said of a pair
_LAST_SIGN = 0xFFFFD


@dataclass(frozen=True, slots=True)
class OnBrackets:
    """Who wants the words in a pair of brackets to stay, and who wants them to go."""

    retain: Names
    delete: Names


@dataclass(frozen=True, slots=True)
class Lifted:
    """The words of a paragraph with what is proposed, its own brackets left where they are.

    pieces: with a sign before each closing bracket of which somebody says something. said: by these signs.
    reserved: stretches of the base around which brackets are added, with who does.
    """

    pieces: tuple[Piece, ...]
    said: Mapping[str, OnBrackets]
    reserved: tuple[tuple[int, int, Names], ...] = ()

    def place(self, place: int) -> int:
        """Return where a place in the base is in the pieces."""
        text = "".join(piece.base if isinstance(piece, Unit) else piece for piece in self.pieces)
        here = [at for at, sign in enumerate(text) if sign in self.said]
        return place + sum(at - number < place for number, at in enumerate(here))


def lifted(base: str, pieces: tuple[Piece, ...], texts: Mapping[str, Names]) -> Lifted:
    """Return a paragraph in which names stand inside its brackets where only these are touched.

    texts: the texts that are proposed, with who proposes each. Where a change goes over a bracket, all that
    the pair holds is changed: no unit holds one bracket without the other.
    """
    if not any(sign in text for text in (base, *texts) for sign in "[]"):
        return Lifted(pieces, {})
    marked = _Marked.of(base)
    reserved: list[tuple[int, int, Names]] = []
    retain: defaultdict[int, list[str]] = defaultdict(list)
    delete: defaultdict[int, list[str]] = defaultdict(list)
    edits: dict[str, list[Edit]] = {}
    for text, names in texts.items():
        raw = edits_of(diff(base, text))
        if span := _reserved(raw):
            reserved.append((*span, names))
            continue
        found = marked.read(text)
        if found is None:
            edits[text] = marked.balanced(raw)
            continue
        edits[text] = found.edits
        for pair in found.kept:
            retain[pair] += names
        for pair in found.struck:
            delete[pair] += names
    signs = {pair: chr(_FIRST_SIGN + n) for n, pair in enumerate(sorted({*retain, *delete}))}
    before = {marked.pairs[pair][1]: sign for pair, sign in signs.items()}
    whole = _written(base, (), before)
    own: dict[str, Names] = {}
    shifted: dict[str, list[Edit]] = {}
    for text, made in edits.items():
        written = _written(base, made, before)
        if written != whole:
            own[written] = in_order((*own.get(written, ()), *texts[text]))
            shifted[written] = [_shifted(edit, before) for edit in made]
    said = {sign: OnBrackets(in_order(retain[p]), in_order(delete[p])) for p, sign in signs.items()}
    return Lifted(collate_edits(whole, shifted, own), said, tuple(reserved))


def _reserved(edits: Sequence[Edit]) -> tuple[int, int] | None:
    """Return the stretch around which edits put brackets, None if they do anything else."""
    added = [edit.text.strip() for edit in edits]
    if len(edits) == 2 and added == ["[", "]"] and all(edit.is_empty for edit in edits):
        return edits[0].start, edits[1].start
    return None


@dataclass(frozen=True, slots=True)
class _Read:
    """What a text does with the base: edits of words, and the pairs it lifts or strikes."""

    edits: list[Edit]
    kept: list[int]
    struck: list[int]


@dataclass(frozen=True, slots=True)
class _Marked:
    """A text without its brackets. places: of its characters in the text with them.

    pairs: the places of brackets in the text; inside: what they hold, as places in `plain`.
    """

    text: str
    plain: str
    places: list[int]
    pairs: list[tuple[int, int]]
    inside: list[tuple[int, int]]

    @classmethod
    def of(cls, text: str) -> "_Marked":
        """Return a text without those brackets that have a partner."""
        found = parse([text])
        return cls._without(text, [(pair.opens[1], pair.closes[1]) for pair in found.pairs])

    @classmethod
    def _without(cls, text: str, pairs: list[tuple[int, int]]) -> "_Marked":
        signs = {place for pair in pairs for place in pair}
        places = [at for at in range(len(text)) if at not in signs]
        before = dict.fromkeys(signs, 0)
        for number, at in enumerate(sorted(signs)):
            before[at] = at - number
        inside = [(before[opens], before[closes]) for opens, closes in pairs]
        return cls(text, "".join(text[at] for at in places), places, pairs, inside)

    def read(self, text: str) -> _Read | None:
        """Return what a text does with this one; None where its brackets are not some of those here."""
        found = parse([text])
        if not found.is_balanced:
            return None
        other = self._without(text, [(pair.opens[1], pair.closes[1]) for pair in found.pairs])
        edits = edits_of(diff(self.plain, other.plain))
        left = list(other.inside)
        gone: list[int] = []
        for number, (start, end) in enumerate(self.inside):
            starts, ends = _reach(edits, start), _reach(edits, end)
            same = next((p for p in left if p[0] in starts and p[1] in ends), None)
            if same is None:
                gone.append(number)
            else:
                left.remove(same)
        if left or not gone:
            return None
        return self._told(edits, gone)

    def _told(self, edits: Sequence[Edit], gone: list[int]) -> _Read | None:
        kept = set(gone)
        struck: list[int] = []
        made: list[Edit] = []
        for edit in edits:
            whole = [n for n in gone if edit.start <= self.inside[n][0] < self.inside[n][1] <= edit.end]
            rest = self._outside(edit, whole)
            kept -= set(whole)
            if whole and not edit.text.strip() and not rest.strip():
                struck += [n for n in whole if not any(self._holds(other, n) for other in whole)]
            else:
                made.append(self._back(edit, whole))
        made.sort()
        made = self._balanced(made, gone)
        if any(one.end > two.start for one, two in pairwise(made)):
            return None
        kept = {n for n in kept if not any(e.start <= self.pairs[n][0] < e.end for e in made)}
        struck = [n for n in struck if not any(self._beside(n, other) for other in kept)]
        return _Read(made, sorted(kept), struck)

    def _outside(self, edit: Edit, whole: Sequence[int]) -> str:
        inside = {at for n in whole for at in range(*self.inside[n])}
        return "".join(self.plain[at] for at in range(edit.start, edit.end) if at not in inside)

    def _holds(self, outer: int, inner: int) -> bool:
        one, two = self.pairs[outer], self.pairs[inner]
        return one[0] < two[0] and two[1] < one[1]

    def _beside(self, one: int, other: int) -> bool:
        """Whether two pairs are alternatives: only blanks and other pairs stand between them."""
        first, last = sorted((self.inside[one], self.inside[other]))
        between = range(first[1], last[0])
        bracketed = {at for pair in self.inside for at in range(*pair) if pair[0] >= first[1]}
        return first[1] <= last[0] and all(at in bracketed or self.plain[at] == " " for at in between)

    def _back(self, edit: Edit, whole: Sequence[int]) -> Edit:
        """Return an edit of the plain text as one of the text; brackets go with all that they hold."""
        if edit.is_empty:
            at = self.places[edit.start] if edit.start < len(self.places) else self._end()
            return Edit(at, at, edit.text)
        start = min([self.places[edit.start], *(self.pairs[n][0] for n in whole)])
        end = max([self.places[edit.end - 1] + 1, *(self.pairs[n][1] + 1 for n in whole)])
        return Edit(start, end, edit.text)

    def balanced(self, edits: Sequence[Edit]) -> list[Edit]:
        """Return edits of the text, widened where needed, so that none holds one bracket of a pair alone."""
        return self._balanced(edits, ())

    def _balanced(self, edits: Sequence[Edit], gone: Sequence[int]) -> list[Edit]:
        """Return the same, without the brackets of pairs that are gone in what is widened."""
        spans = [(edit.start, edit.end) for edit in edits]
        while True:
            joined: list[tuple[int, int]] = []
            for start, end in sorted({self._widened(span) for span in spans}):
                if joined and start < joined[-1][1]:
                    joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
                else:
                    joined.append((start, end))
            if joined == spans:
                break
            spans = joined
        signs = {at for n in gone for at in self.pairs[n]}
        signs -= {at for edit in edits for at in range(edit.start, edit.end)}
        every = sorted([*edits, *(Edit(at, at + 1, "") for at in signs)])
        as_they_are = {(edit.start, edit.end): edit for edit in edits}
        return [as_they_are.get(span) or Edit(*span, self._applied(*span, every)) for span in spans]

    def _applied(self, start: int, end: int, edits: Sequence[Edit]) -> str:
        return applied(self.text, start, end, [e for e in edits if start <= e.start and e.end <= end])

    def _widened(self, span: tuple[int, int]) -> tuple[int, int]:
        start, end = span
        for opens, closes in self.pairs:
            if (start <= opens < end) != (start <= closes < end):
                start, end = min(start, opens), max(end, closes + 1)
        return start, end

    def _end(self) -> int:
        return len(self.plain) + 2 * len(self.pairs)


def _reach(edits: Sequence[Edit], place: int) -> range:
    """Return where a place between characters can be once edits are made."""
    shift = 0
    for edit in edits:
        if edit.end < place:
            shift += len(edit.text) - (edit.end - edit.start)
        elif edit.start <= place:
            low = edit.start + shift
            high = low + len(edit.text) + max(0, place - edit.end)
            return range(low, high + 1) if edit.end >= place else range(high, high + 1)
    return range(place + shift, place + shift + 1)


def _shifted(edit: Edit, signs: Mapping[int, str]) -> Edit:
    """Return an edit of the base as one of the base with signs before some of its characters."""
    start, end = (place + sum(at < place for at in signs) for place in (edit.start, edit.end))
    return Edit(start, end, edit.text)


def _written(base: str, edits: Sequence[Edit], signs: Mapping[int, str]) -> str:
    """Return the base with edits, and signs before some of its characters where these stay."""
    parts: list[str] = []
    done = 0
    for edit in [*edits, Edit(len(base), len(base), "")]:
        parts += [signs.get(at, "") + base[at] for at in range(done, edit.start)]
        parts.append(edit.text)
        done = edit.end
    return "".join(parts)


def is_bracketed(text: str) -> bool:
    """Return whether words stand in brackets of their own, all of them."""
    pairs = [pair for pair in parse([text]).pairs if pair.depth == 1]
    within = {at for pair in pairs for at in range(pair.opens[1], pair.closes[1] + 1)}
    return bool(pairs) and all(at in within or sign == " " for at, sign in enumerate(text))
