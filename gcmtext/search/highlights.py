"""Where in a text the words stand for which it was found."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from gcmtext.search.question import Near, Node, Phrase, Words, wanted
from gcmtext.text.analysis import Analysis, analyse, base, stem

Span = tuple[int, int]


def highlights(text: str, language: str, node: Node) -> tuple[Span, ...]:
    """Return where the words of a question stand in a text, in order, none overlapping."""
    found = _Text(text, base(language))
    spans = sorted(span for leaf in wanted(node) for span in found.spans(leaf))
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


class _Text:
    """A text with the terms that stand at each of its positions."""

    def __init__(self, text: str, language: str) -> None:
        analysis: Analysis = analyse(text)
        self._parts = analysis.parts
        self._terms = [{part.form, stem(part.form, language)} for part in analysis.parts]
        self._sizes = {}
        for whole in analysis.wholes:
            self._terms[whole.at].add(whole.form)
            self._sizes[whole.at, whole.form] = whole.size

    def spans(self, leaf: Words | Phrase | Near) -> Iterator[Span]:
        """Yield where words, phrases, or two near each other stand."""
        places = list(self._near(leaf)) if isinstance(leaf, Near) else self._places(leaf)
        for first, last in places:
            yield self._parts[first].start, self._parts[min(last, len(self._parts) - 1)].end

    def _near(self, near: Near) -> Iterator[tuple[int, int]]:
        ones, others = self._places(near.one), self._places(near.other)
        yield from _beside(ones, others, near.within)
        yield from _beside(others, ones, near.within)

    def _places(self, leaf: Words | Phrase) -> list[tuple[int, int]]:
        """Return the first and last positions of all places where words or a phrase stand."""
        if isinstance(leaf, Words):
            terms = frozenset(leaf.any_of)
            return [
                (at, at + max((self._sizes.get((at, term), 1) for term in here), default=1) - 1)
                for at, held in enumerate(self._terms)
                if (here := held & terms)
            ]
        rows = [(at, frozenset(words.any_of)) for at, words in leaf.words]
        last = len(self._terms) - leaf.size
        return [
            (start, start + leaf.size - 1)
            for start in range(last + 1)
            if all(self._terms[start + at] & terms for at, terms in rows)
        ]


def _beside(places: list[tuple[int, int]], others: list[tuple[int, int]], within: int) -> Iterator[Span]:
    """Yield the places, by first and last position, that one of the others is near, behind or before."""
    firsts = sorted(first for first, _ in others)
    lasts = sorted(last for _, last in others)
    for first, last in places:
        if bisect_right(firsts, last) < bisect_right(firsts, last + within) or bisect_left(
            lasts, first - within
        ) < bisect_left(lasts, first):
            yield first, last
