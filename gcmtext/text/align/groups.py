"""The links found so far: which paragraphs of both texts belong together, and what stands around each."""

from dataclasses import dataclass, field
from itertools import groupby

NONE = -1
_BEGIN, _END = -2, -3
_REACH = 3


@dataclass(slots=True)
class Group:
    """Paragraphs that belong together, the first of each side linked first; one side has one paragraph.

    scores: how probable the first link was when it was made, then each further part.
    rival: the similarity of the best other candidate when the first link was made.
    """

    old: list[int]
    new: list[int]
    scores: list[float]
    rival: float


@dataclass(slots=True)
class Groups:
    """The links found so far. of_old, of_new: the group of each paragraph, NONE while it is in none."""

    of_old: list[int]
    of_new: list[int]
    all: list[Group] = field(default_factory=list)

    @classmethod
    def none(cls, old: int, new: int) -> "Groups":
        """Return the state without any link between texts of so many paragraphs."""
        return cls([NONE] * old, [NONE] * new)

    def link(self, i: int, j: int, score: float, rival: float) -> None:
        """Link old paragraph i and new paragraph j if neither is linked."""
        if self.of_old[i] == NONE == self.of_new[j]:
            self.of_old[i] = self.of_new[j] = len(self.all)
            self.all.append(Group([i], [j], [score], rival))

    def add_new(self, i: int, j: int, score: float) -> None:
        """Make unlinked new paragraph j one more part of old paragraph i, unless i was merged with others."""
        if self.of_new[j] == NONE and self.of_old[i] != NONE:
            group = self.all[self.of_old[i]]
            if len(group.old) == 1:
                self.of_new[j] = self.of_old[i]
                group.new.append(j)
                group.scores.append(score)

    def add_old(self, i: int, j: int, score: float) -> None:
        """Make unlinked old paragraph i one more part of new paragraph j, unless j is a part of a split."""
        if self.of_old[i] == NONE and self.of_new[j] != NONE:
            group = self.all[self.of_new[j]]
            if len(group.new) == 1:
                self.of_old[i] = self.of_new[j]
                group.old.append(i)
                group.scores.append(score)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """For each paragraph the groups of the nearest linked ones before and after it, nearest first.

    The beginning and the end of both texts count as linked. gap: for each unlinked one how many stand
    unlinked between the nearest linked ones, itself included; 0 for the linked.
    """

    before: list[tuple[int, ...]]
    after: list[tuple[int, ...]]
    gap: list[int]


def surroundings(of: list[int]) -> Surroundings:
    """Return what stands around each paragraph of a side, given the group of each."""
    return Surroundings(_nearest(of, _BEGIN), _nearest(of[::-1], _END)[::-1], _gaps(of))


def _nearest(of: list[int], edge: int) -> list[tuple[int, ...]]:
    seen: tuple[int, ...] = (edge,)
    nearest = []
    for group in of:
        nearest.append(seen)
        if group not in (NONE, seen[0]):
            seen = (group, *seen[: _REACH - 1])
    return nearest


def _gaps(of: list[int]) -> list[int]:
    gap: list[int] = []
    for linked, run in groupby(group != NONE for group in of):
        length = len(list(run))
        gap += [0 if linked else length] * length
    return gap


def agreement(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Return 1 if the nearest linked paragraphs are linked to each other, .5 if others near are, else 0."""
    if one[0] == other[0]:
        return 1.0
    return 0.5 if any(group in other for group in one) else 0.0
