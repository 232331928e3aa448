"""Square brackets in a text: around words that are not agreed.

    brackets(text)     the text in pieces, each bracket by itself
    parse(texts)       where each pair opens and closes, how deep it stands, and what is unbalanced

They nest. Clean is derived: a paragraph is clean if no bracket stands in it and none is open around it. Some
brackets say something else and are no sign of disagreement: an editor's word ("[sic]"), and the number of a
note or reference ("[12]"). All others count, the symbol of a document in brackets among them: a person who
brackets "[A/RES/71/1]" leaves the reference open.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_BRACKET = re.compile(r"([\[\]])")
_NO_DISAGREEMENT = re.compile(r"\[(?:sic|\d{1,3})\]", re.I)


@dataclass(frozen=True, slots=True)
class Pair:
    """Brackets that belong together: (paragraph, character) of each, and how deep they stand, from 1."""

    opens: tuple[int, int]
    closes: tuple[int, int]
    depth: int


@dataclass(frozen=True, slots=True)
class Bracketing:
    """The brackets of a text.

    pairs: in the order in which they open. unclosed, unopened: the places of brackets without a partner, as
    (paragraph, character). deepest: how deep brackets stand in each paragraph; 0 for one that is clean.
    """

    pairs: tuple[Pair, ...]
    unclosed: tuple[tuple[int, int], ...]
    unopened: tuple[tuple[int, int], ...]
    deepest: tuple[int, ...]

    def count(self, paragraph: int) -> int:
        """Return how many pairs open in a paragraph."""
        return sum(pair.opens[0] == paragraph for pair in self.pairs)

    def is_clean(self, paragraph: int) -> bool:
        """Return whether no bracket stands in a paragraph, and none is open around it."""
        return not self.deepest[paragraph]

    @property
    def is_balanced(self) -> bool:
        """Whether each bracket has a partner."""
        return not self.unclosed and not self.unopened


def parse(texts: Sequence[str], across: bool = True) -> Bracketing:
    """Return the brackets of paragraphs in a row.

    across: whether what opens in one paragraph may close in a later one, as a bracket around several
    paragraphs does; else each paragraph is taken by itself.
    """
    pairs: list[Pair] = []
    waiting: list[tuple[int, int]] = []
    unclosed: list[tuple[int, int]] = []
    unopened: list[tuple[int, int]] = []
    deepest = []
    for index, text in enumerate(texts):
        depth = len(waiting)
        for place, sign in _signs(text):
            if sign == "[":
                waiting.append((index, place))
                depth = max(depth, len(waiting))
            elif waiting:
                pairs.append(Pair(waiting[-1], (index, place), len(waiting)))
                waiting.pop()
            else:
                unopened.append((index, place))
                depth = max(depth, 1)
        deepest.append(depth)
        if not across:
            unclosed += waiting
            waiting = []
    unclosed += waiting
    for index, _ in waiting:
        # Nobody knows how far a bracket reaches that is never closed: it is not taken to reach to the end.
        for later in range(index + 1, len(deepest)):
            deepest[later] -= 1
    pairs.sort(key=lambda pair: pair.opens)
    return Bracketing(tuple(pairs), tuple(unclosed), tuple(unopened), tuple(deepest))


def brackets(text: str) -> Iterator[tuple[int, str]]:
    """Yield the text in pieces, each bracket by itself with its depth from 1, all other words with 0.

    Joined, the pieces are the text. What opens here may close in another paragraph and the other way round:
    a bracket that closes what did not open here has depth 1.
    """
    depth = 0
    for piece in _BRACKET.split(text):
        if piece == "[":
            depth += 1
            yield depth, piece
        elif piece == "]":
            yield max(depth, 1), piece
            depth = max(depth - 1, 0)
        elif piece:
            yield 0, piece


def _signs(text: str) -> Iterator[tuple[int, str]]:
    """Yield the brackets of a text that say that words are not agreed, with their places."""
    others = {
        place for match in _NO_DISAGREEMENT.finditer(text) for place in (match.start(), match.end() - 1)
    }
    for match in _BRACKET.finditer(text):
        if match.start() not in others:
            yield match.start(), match[0]
