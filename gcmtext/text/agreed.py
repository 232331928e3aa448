"""What of a text is agreed language, as it is shown and kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gcmtext.text.addresses import spoken
from gcmtext.text.deviations import Deviation
from gcmtext.text.model import Changes
from gcmtext.text.tokens import is_word, tokens


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph of an adopted document, as one refers to it.

    document, paragraph: the addresses of both. adopted: on which day (ISO 8601), "" where that is not known.
    label: "" for a paragraph without.
    """

    document: str
    symbol: str
    title: str
    language: str
    adopted: str
    paragraph: str
    label: str

    @property
    def name(self) -> str:
        """What the document is called: its symbol, or else its title."""
        return self.symbol or self.title

    @property
    def where(self) -> str:
        """What the paragraph is called in it: "12 (a)", PP2 for a preambular one without a label; or ""."""
        return spoken(self.paragraph, self.label)


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a text, from character `start` to before `end`, that stand in an adopted document.

    place: where they were adopted first. latest: where last, if they are in several documents.
    documents: how many hold them.
    """

    start: int
    end: int
    place: Place
    documents: int
    latest: Place | None


@dataclass(frozen=True, slots=True)
class Near:
    """An adopted paragraph that a text is like. changes: how it would become the text."""

    place: Place
    changes: Changes
    deviations: tuple[Deviation, ...]


@dataclass(frozen=True, slots=True)
class Precedents:
    """What is agreed language in a text.

    coverage: the share of its words that stand in runs, from 0 to 1. runs: in order; neighbours may overlap.
    near: the paragraphs that are most like it but not the same, the likest first.
    """

    text: str
    coverage: float
    runs: tuple[Run, ...]
    near: tuple[Near, ...]


class Piece(NamedTuple):
    """A part of a text. run: the number of the run that it belongs to, from 1; 0 for none."""

    text: str
    run: int


def pieces(found: Precedents) -> tuple[Piece, ...]:
    """Return a text cut at its runs; joined they are the text. What is in two runs goes to the first."""
    cut = []
    at = 0
    for number, run in enumerate(found.runs, 1):
        start = max(run.start, at)
        while start < run.end and not found.text[start].isalnum():
            start += 1  # the signs between two runs are of neither
        if start >= run.end:
            continue
        if start > at:
            cut.append(Piece(found.text[at:start], 0))
        cut.append(Piece(found.text[start : run.end], number))
        at = run.end
    if at < len(found.text):
        cut.append(Piece(found.text[at:], 0))
    return tuple(cut)


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a whole text is agreed language. whole, partly, none: paragraphs. words, agreed: words."""

    whole: int
    partly: int
    none: int
    words: int
    agreed: int

    @property
    def coverage(self) -> float:
        """The share of words, from 0 to 1."""
        return self.agreed / self.words if self.words else 0.0


def share(found: Iterable[Precedents]) -> Share:
    """Return how much of some paragraphs is agreed language."""
    listed = list(found)
    lengths = [sum(map(is_word, tokens(one.text))) for one in listed]
    whole = sum(one.coverage == 1 for one in listed)
    none = sum(one.coverage == 0 for one in listed)
    agreed = sum(round(one.coverage * length) for one, length in zip(listed, lengths, strict=True))
    return Share(whole, len(listed) - whole - none, none, sum(lengths), agreed)


def sources(found: Sequence[Precedents]) -> tuple[tuple[Place, int], ...]:
    """Return the documents that runs are from, each with the number of its runs, the most drawn on first."""
    counts: dict[str, tuple[Place, int]] = {}
    for one in found:
        for run in one.runs:
            place, count = counts.get(run.place.document, (run.place, 0))
            counts[run.place.document] = (place, count + 1)
    return tuple(sorted(counts.values(), key=lambda item: (-item[1], item[0].adopted, item[0].document)))
