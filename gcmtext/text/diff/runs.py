"""Two texts as units, and the runs of them that are kept."""

from dataclasses import dataclass
from typing import NamedTuple

from gcmtext.text.tokens import is_space, tokens


class Run(NamedTuple):
    """Words kept: `length` of them, from `old` on in the old text and from `new` on in the new one."""

    old: int
    new: int
    length: int


@dataclass(frozen=True, slots=True)
class Text:
    """A text as tokens, and as units: its words and signs, with their places among the tokens."""

    tokens: list[str]
    places: list[int]
    units: list[str]

    def between(self, start: int, end: int) -> str:
        """Return the units from start to before end, with the space before the first and after the last."""
        first = self.places[start - 1] + 1 if start else 0
        last = self.places[end] if end < len(self.places) else len(self.tokens)
        return "".join(self.tokens[first:last])

    def inside(self, start: int, end: int) -> str:
        """Return the units from start to before end, without the space around them."""
        return "".join(self.tokens[self.places[start] : self.places[end - 1] + 1])

    def space(self, before: int) -> str:
        """Return the white space before a unit, or after the last."""
        return self.between(before, before)


def read(text: str) -> Text:
    """Return a text as tokens and units."""
    found = tokens(text)
    spaces = set(filter(is_space, set(found)))
    places = [at for at, token in enumerate(found) if token not in spaces]
    return Text(found, places, [found[at] for at in places])


def with_ends(runs: list[Run], a: list[str], b: list[str]) -> list[Run]:
    """Return runs of which the first and the last are at the ends of the texts, where they may be empty."""
    if not runs or runs[0][:2] != (0, 0):
        runs = [Run(0, 0, 0), *runs]
    last = runs[-1]
    if (last.old + last.length, last.new + last.length) != (len(a), len(b)):
        runs = [*runs, Run(len(a), len(b), 0)]
    return runs


def change(left: Run, right: Run) -> tuple[int, int, int, int]:
    """Return where the change between two runs begins and ends in the old and in the new text."""
    return left.old + left.length, right.old, left.new + left.length, right.new
