"""What an engine can do: hold entries by the object they belong to, and answer questions.

    index    put objects in, each with all its entries, in place of what is there of them
    remove   take objects out
    query    answer a question
    rebuild  hold these objects and no others

What has been put in is found by every process as soon as the call returns. Two processes may call at the same
time; those that write take turns.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from gcmtext.search.entry import Entry
from gcmtext.search.question import Answer, Node, Question

OBJECT, CIRCLE = "object", "circle"
"""The facets that say which object an entry belongs to and who may see it; engines add them themselves."""


class Holding(NamedTuple):
    """What is held of an object: how many entries, and the sum of their wordings, which tells the words."""

    entries: int
    wordings: int


def holding(entries: int, wordings: int) -> Holding:
    """Return what is held, with a sum of wordings in which 64 bits count."""
    return Holding(entries, wordings & (2**64 - 1))


class TooLong(Exception):
    """A question would take longer than anybody should wait for an answer."""


class Engine(Protocol):
    """An engine, with the four functions and what they need to be asked well."""

    def index(self, objects: Mapping[str, Sequence[Entry]]) -> None:
        """Put objects in with all their entries, instead of those they have."""

    def remove(self, objects: Iterable[str]) -> None:
        """Take objects out; those that are not there make no difference."""

    def query(self, question: Question) -> Answer:
        """Answer a question; raise TooLong for one that would take more than two seconds or so."""

    def rebuild(self, objects: Iterable[tuple[str, Sequence[Entry]]]) -> None:
        """Hold these objects and no others; readers see what there was until all is in."""

    def words(self, start: str) -> list[str]:
        """Return the forms that begin with `start`, in order, whoever may see them."""

    def matching(self, pattern: str, most: int) -> list[str]:
        """Return the first `most` forms, in order, that a pattern with * and ? stands for."""

    def values(self, name: str) -> list[str]:
        """Return the values of a facet, in order, whoever may see them."""

    def counts(self, nodes: Sequence[Node], circles: Sequence[str]) -> list[int]:
        """Return how many entries match each of some nodes that somebody of these circles may see."""

    def turn(self, seconds: float) -> AbstractContextManager[bool]:
        """Give whether it is our turn to make the index follow, having waited so long for others."""

    def is_made(self) -> bool:
        """Return whether there is an index, even if nothing is in it."""

    def objects(self) -> dict[str, Holding]:
        """Return the objects that are held, each with what is held of it."""
