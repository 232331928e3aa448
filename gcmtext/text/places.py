"""How a paragraph is named when people speak of it, and what it stands under."""

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from gcmtext.text.model import HEADS, Document, Kind, Paragraph
from gcmtext.text.tokens import is_character

_OF_KIND = re.compile(r"(PP|OP)\s*(?=\d)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3}")  # "Article 5" says what it is by itself
_QUOTED_WORDS = 4
_QUOTED_WIDTH = 32
_NO_LEVEL = 1_000_000  # above that of any heading


class Form(StrEnum):
    """The word before the number of a paragraph when it is spoken of; none where its name says what it is."""

    NAME = ""
    PARAGRAPH = "paragraph"
    PREAMBULAR = "preambular paragraph"
    OPERATIVE = "operative paragraph"
    FOOTNOTE = "footnote"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands.

    name: its label after those of the paragraphs it stands under, as "14 (a)"; where it has none of its own,
        its first words in quotation marks instead.
    full_name: the same, for a sub-paragraph after the label of its heading if no paragraph that it stands
        under has one, as "OBJECTIVE 7 (a)".
    above: the headings and paragraphs that it stands under, outermost first.
    form, number: how it is called in a sentence: "preambular paragraph", "3"; the number of what has a name
        of its own is its full name.
    """

    name: str
    full_name: str
    above: tuple[int, ...]
    form: Form
    number: str

    @property
    def spoken(self) -> str:
        """How it is called in an English sentence."""
        return f"{self.form} {self.number}".lstrip()


def places(document: Document) -> tuple[Place, ...]:
    """Return the place of each paragraph of a document."""
    found: list[Place] = []
    preambular = 0
    for p, heads, paragraphs in _standing(document.paragraphs, heads_of(document.paragraphs)):
        preambular += p.kind is Kind.PREAMBULAR
        found.append(_place(p, heads, paragraphs, preambular))
    return tuple(found)


def above(paragraphs: Sequence[Paragraph], heads: Sequence[Paragraph], chosen: Container[int]) -> set[int]:
    """Return the headings and paragraphs that any of the chosen ones stand under; heads: see `heads_of`."""
    return {
        p.index
        for paragraph, *over in _standing(paragraphs, heads)
        if paragraph.index in chosen
        for p in chain.from_iterable(over)
    }


def _standing(
    paragraphs: Sequence[Paragraph], heads: Sequence[Paragraph]
) -> Iterator[tuple[Paragraph, list[Paragraph], list[Paragraph]]]:
    """Yield each paragraph with the headings and the paragraphs that it stands under, outermost first."""
    headings = {head.index for head in heads}
    open_heads: list[Paragraph] = []
    open_paragraphs: list[Paragraph] = []
    for paragraph in paragraphs:
        level = paragraph.level
        if paragraph.index in headings:
            open_paragraphs = []
            open_heads = [head for head in open_heads if head.level < level]
        else:
            open_paragraphs = [p for p in open_paragraphs if p.level < level]
        yield paragraph, open_heads, open_paragraphs
        (open_heads if paragraph.index in headings else open_paragraphs).append(paragraph)


def heads_of(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """Return the title and the headings of a text."""
    return tuple(paragraph for paragraph in paragraphs if paragraph.kind in HEADS)


def place_of(paragraphs: Sequence[Paragraph], index: int, heads: Sequence[Paragraph]) -> Place:
    """Return the place of one paragraph; the same as `places` gives, without those of all the others.

    heads: see `heads_of`.
    """
    paragraph = paragraphs[index]
    above: list[Paragraph] = []
    level = paragraph.level
    if paragraph.kind not in HEADS:
        for other in (paragraphs[i] for i in range(index - 1, -1, -1)):
            if other.kind in HEADS or level == 0:
                break
            if other.level < level:
                above.append(other)
                level = other.level
    level = paragraph.level if paragraph.kind in HEADS else _NO_LEVEL
    heads_above: list[Paragraph] = []
    for number in range(bisect_left(heads, index, key=lambda head: head.index) - 1, -1, -1):
        if heads[number].level < level:
            heads_above.append(heads[number])
            level = heads[number].level
        if level == 0:
            break
    preambular = 0
    if paragraph.kind is Kind.PREAMBULAR:
        preambular = sum(p.kind is Kind.PREAMBULAR for p in paragraphs[: index + 1])
    return _place(paragraph, heads_above[::-1], above[::-1], preambular)


def _place(
    paragraph: Paragraph, heads: list[Paragraph], paragraphs: list[Paragraph], preambular: int
) -> Place:
    labels = [p.label for p in paragraphs if p.label]
    name = " ".join([*labels, paragraph.label or f"“{excerpt(paragraph.text)}”"])
    is_nameless = bool(paragraphs) and not labels
    head = next((h.label for h in reversed(heads) if h.label), "") if is_nameless else ""
    full_name = f"{head} {name}".strip()
    form, number = _called(paragraph, name, full_name, preambular)
    return Place(name, full_name, tuple(p.index for p in heads + paragraphs), form, number)


def _called(paragraph: Paragraph, name: str, full_name: str, preambular: int) -> tuple[Form, str]:
    """Return how a paragraph is called in a sentence; preambular: which of those it is, if it is one."""
    kind = _OF_KIND.match(name)
    if paragraph.kind is Kind.FOOTNOTE:
        return Form.FOOTNOTE, full_name
    if paragraph.kind is Kind.ROW:
        return Form.ROW, full_name
    if paragraph.kind in HEADS or name != full_name:
        return Form.NAME, full_name
    if kind:
        return Form.PREAMBULAR if kind[1].upper() == "PP" else Form.OPERATIVE, name[kind.end() :]
    if paragraph.kind is Kind.PREAMBULAR:
        return Form.PREAMBULAR, paragraph.label or str(preambular)
    if not paragraph.label or _WORD.match(name):
        return Form.NAME, full_name
    return Form.PARAGRAPH, full_name


def excerpt(text: str, words: int = _QUOTED_WORDS, width: int = _QUOTED_WIDTH) -> str:
    """Return the first words of a text, with an ellipsis if any are left out; a long word may be cut.

    width: the most that is returned, in Latin characters; a Chinese one is as wide as two.
    """
    short = " ".join(text.split(" ")[:words])
    fitting = width // 2 if any(map(is_character, short)) else width
    if len(short) > fitting:
        short = short[:fitting].rpartition(" ")[0] or short[:fitting]
    return short if short == text else f"{short}…"


def surroundings(text: str, words: str, width: int = 64) -> tuple[str, str, str]:
    """Return what stands in a text before some words of it, these, and what stands after them.

    Either side is cut to a width, between words, with an ellipsis. Of no words, or words that do not stand in
    the text, the first words of the text are returned as what comes after.
    """
    start = text.find(words) if words else -1
    if start < 0:
        return "", "", excerpt(text, width, 2 * width)
    before, after = text[:start], text[start + len(words) :]
    if len(before) > width:
        before = before[-width:]
        before = "…" + (before.partition(" ")[2] or before)
    if len(after) > width:
        after = after[:width]
        after = (after.rpartition(" ")[0] or after) + "…"
    return before, words, after
