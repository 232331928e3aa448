"""What an instruction says, before it is known where that is in the base."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gcmtext.text.instructions.place import Said
from gcmtext.text.labels import split_label


@dataclass(frozen=True, slots=True)
class Pointed:
    """Words of the text that an instruction points at; which: the second is 2, the last -1, 0 if not said."""

    words: str
    which: int = 0
    every: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to be done.

    line: the instruction as it was written; commands of one line share it.
    place, to: where, and for moves and mergers the other place.
    old, new: the words to be found, and those to be put; text: the texts of whole paragraphs.
    awaits: whether the text stands in the paragraphs that follow; many: whether several may.
    """

    line: str
    action: str
    place: Said = field(default_factory=Said)
    to: Said = field(default_factory=Said)
    old: Pointed | None = None
    new: str = ""
    texts: tuple[str, ...] = ()
    label: str = ""
    awaits: bool = False
    many: bool = False
    note: str = ""


def paragraphs_of(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield label and words of each text; the label is "" where it has none."""
    for text in texts:
        found = split_label(text)
        yield (found[0].printed, found[1]) if found else ("", text)
