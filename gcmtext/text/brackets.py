"""Square brackets in a text: around words that are not agreed. They nest."""

import re
from collections.abc import Iterator

_BRACKET = re.compile(r"([\[\]])")


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
