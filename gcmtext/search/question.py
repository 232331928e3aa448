"""What is asked of an engine, and what it answers; a value, so that every engine understands the same.

A question is a tree. Its leaves stand for words as they stand in an index (see gcmtext.text.analysis), not as
they were typed: prefixes, wildcards and spelling have been resolved to words before.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from gcmtext.text import joined
from gcmtext.text.joined import Joined


@dataclass(frozen=True, slots=True)
class Words:
    """Any of these forms and stems, at one position; none of them matches nothing."""

    any_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words one after another: each with its position from the first; `size` parts together."""

    words: tuple[tuple[int, Words], ...]
    size: int


@dataclass(frozen=True, slots=True)
class Near:
    """Two words or phrases, in either order, the second beginning `within` words or fewer after the first."""

    one: "Words | Phrase"
    other: "Words | Phrase"
    within: int


@dataclass(frozen=True, slots=True)
class Has:
    """Entries of which a facet has one of these values."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """Entries of days from `first` to `last`, both included, as ordinals."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Most:
    """What `least` or more of these words match, wherever they stand."""

    of: tuple[Words, ...]
    least: int


Leaf: TypeAlias = Words | Phrase | Near | Has | Dated | Most
Node: TypeAlias = Joined[Leaf]


def wanted(node: Node) -> Iterator[Words | Phrase | Near]:
    """Yield the words of a question that an entry is the better for."""
    for leaf in joined.wanted(node):
        if isinstance(leaf, Most):
            yield from leaf.of
        elif isinstance(leaf, Words | Phrase | Near):
            yield leaf


class Order(StrEnum):
    """In which order hits come; equal ones from the newest to the oldest, then by object and index."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Question:
    """A tree, and what is to be shown of its matches.

    circles: those of who asks; nothing else is seen, counted or weighed. filters: facets of which one value
    of each must hold; the counts of a facet are those without its own filter. counted: the facets to count.
    once: of entries of the same wording, show only the first.
    """

    node: Node
    circles: tuple[str, ...]
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    counted: tuple[str, ...] = ()
    order: Order = Order.RELEVANCE
    offset: int = 0
    limit: int = 20
    once: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that matches: which object, which index, how well."""

    object: str
    index: int
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits that were asked for, of `total`, in `objects` objects, and the counts of facets.

    different: how many entries there are if those of the same wording count once.
    """

    total: int
    objects: int
    hits: tuple[Hit, ...]
    different: int = 0
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
