"""How a paragraph is named when people speak of it, and what it stands under."""

from dataclasses import dataclass

from gcmtext.text.model import Document, Kind, Paragraph
from gcmtext.text.tokens import is_character

_HEADS = frozenset({Kind.TITLE, Kind.HEADING, Kind.ANNEX})
_QUOTED_WORDS = 4
_QUOTED_WIDTH = 32


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands.

    name: its label after those of the paragraphs it stands under, as "14 (a)"; where it has none of its own,
        its first words in quotation marks instead.
    full_name: the same, for a sub-paragraph after the label of its heading if no paragraph that it stands
        under has one, as "OBJECTIVE 7 (a)".
    above: the headings and paragraphs that it stands under, outermost first.
    """

    name: str
    full_name: str
    above: tuple[int, ...]


def places(document: Document) -> tuple[Place, ...]:
    """Return the place of each paragraph of a document."""
    heads: list[Paragraph] = []
    open_paragraphs: list[Paragraph] = []
    found = []
    for paragraph in document.paragraphs:
        if paragraph.kind in _HEADS:
            open_paragraphs = []
            heads = [head for head in heads if head.level < paragraph.level]
        else:
            open_paragraphs = [p for p in open_paragraphs if p.level < paragraph.level]
        found.append(_place(paragraph, heads, open_paragraphs))
        (heads if paragraph.kind in _HEADS else open_paragraphs).append(paragraph)
    return tuple(found)


def _place(paragraph: Paragraph, heads: list[Paragraph], paragraphs: list[Paragraph]) -> Place:
    labels = [p.label for p in paragraphs if p.label]
    name = " ".join([*labels, paragraph.label or f"“{excerpt(paragraph.text)}”"])
    is_nameless = bool(paragraphs) and not labels
    head = next((h.label for h in reversed(heads) if h.label), "") if is_nameless else ""
    return Place(name, f"{head} {name}".strip(), tuple(p.index for p in heads + paragraphs))


def excerpt(text: str, words: int = _QUOTED_WORDS, width: int = _QUOTED_WIDTH) -> str:
    """Return the first words of a text, with an ellipsis if any are left out; a long word may be cut.

    width: the most that is returned, in Latin characters; a Chinese one is as wide as two.
    """
    short = " ".join(text.split(" ")[:words])
    fitting = width // 2 if any(map(is_character, short)) else width
    if len(short) > fitting:
        short = short[:fitting].rpartition(" ")[0] or short[:fitting]
    return short if short == text else f"{short}…"
