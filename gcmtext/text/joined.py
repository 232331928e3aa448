"""Conditions joined by all, any and not.

What somebody has typed and what an engine is asked are both such trees; their leaves differ.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

Leaf = TypeVar("Leaf")


@dataclass(frozen=True, slots=True)
class All(Generic[Leaf]):
    """All of these; without any, everything."""

    of: tuple["Joined[Leaf]", ...]


@dataclass(frozen=True, slots=True)
class Any(Generic[Leaf]):
    """One or more of these; without any, nothing."""

    of: tuple["Joined[Leaf]", ...]


@dataclass(frozen=True, slots=True)
class Not(Generic[Leaf]):
    """What this is not true of."""

    of: "Joined[Leaf]"


Joined: TypeAlias = Leaf | All[Leaf] | Any[Leaf] | Not[Leaf]


def wanted(joined: Joined[Leaf]) -> Iterator[Leaf]:
    """Yield the leaves of a tree, in order, but for those that are not to be."""
    match joined:
        case All(of) | Any(of):
            for each in of:
                yield from wanted(each)
        case Not():
            return
        case _:
            yield joined
