"""The brackets of a text, counted by paragraph and section, and what is wrong with them."""

from collections.abc import Iterator
from dataclasses import dataclass

from gcmtext.text.brackets import Bracketing, parse
from gcmtext.text.model import Document, Notice
from gcmtext.text.places import places
from gcmtext.text.sections import sections

_SECTIONS = 60
_AROUND = 30  # characters, and on to the end of the word


@dataclass(frozen=True, slots=True)
class BracketedSection:
    """A section: its heading ("" before the first), and what is open in it."""

    heading: str
    start: int
    stop: int
    pairs: int
    open: int


@dataclass(frozen=True, slots=True)
class BracketedText:
    """A text with its brackets. names: what each paragraph is called."""

    document: Document
    bracketing: Bracketing
    names: tuple[str, ...]
    sections: tuple[BracketedSection, ...]
    notices: tuple[Notice, ...]

    @property
    def open(self) -> tuple[int, ...]:
        """The paragraphs that are not clean."""
        return tuple(p.index for p in self.document.paragraphs if not self.bracketing.is_clean(p.index))


def bracketed(document: Document) -> BracketedText:
    """Return the brackets of a text with counts and notices."""
    bracketing = parse([paragraph.text for paragraph in document.paragraphs])
    names = tuple(place.full_name for place in places(document))
    return BracketedText(
        document,
        bracketing,
        names,
        tuple(_sections(document, bracketing)),
        tuple(_notices(document, bracketing, names)),
    )


def _sections(document: Document, bracketing: Bracketing) -> Iterator[BracketedSection]:
    for section in sections(document.paragraphs, _SECTIONS):
        heads = [document.paragraphs[index] for index in section.heads]
        inside = range(section.start, section.stop)
        yield BracketedSection(
            " ".join(f"{head.label} {head.text}".strip() for head in heads),
            section.start,
            section.stop,
            sum(bracketing.count(index) for index in inside),
            sum(not bracketing.is_clean(index) for index in inside),
        )


def _notices(document: Document, bracketing: Bracketing, names: tuple[str, ...]) -> Iterator[Notice]:
    for places_, code, what in (
        (bracketing.unclosed, "unclosed", "opens and is never closed"),
        (bracketing.unopened, "unopened", "closes and was never opened"),
    ):
        for index, place in places_:
            text = document.paragraphs[index].text
            yield Notice(code, f"In {names[index]} a bracket {what}: “{_around(text, place)}”.", text[place])
    for pair in bracketing.pairs:
        if pair.opens[0] != pair.closes[0]:
            ends = names[pair.opens[0]], names[pair.closes[0]]
            yield Notice("across", f"A bracket opens in {ends[0]} and closes in {ends[1]}.")


def _around(text: str, place: int) -> str:
    """Return the words around a place, with an ellipsis where any are left out."""
    start = text.rfind(" ", 0, max(0, place - _AROUND)) + 1
    end = text.find(" ", place + _AROUND)
    end = len(text) if end < 0 else end
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
