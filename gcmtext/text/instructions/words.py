"""Where quoted words stand in a paragraph: exactly, or nearly."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from gcmtext.text.tokens import fold, is_space, tokens

# Marks that look alike and are one character each: what is typed for them does not tell words apart.
_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‛ʼ′", "'"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‐‑–", "-"),
        **dict.fromkeys("\u00a0\u202f", " "),
    }
)
_NEAR = 0.75
_ENOUGH = 3
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-z]|[\[“«])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:no|nos|vol|art|arts|para|paras|par|p|pp|cf|al|núm|párr|Mr|Ms|St)|\b[A-Z])\.$", re.I
)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that an instruction could mean: a paragraph of the base and words in it ("" for all of it)."""

    at: int
    words: str = ""


def spans(text: str, words: str) -> tuple[Span, ...]:
    """Return where words stand in a text, whole, whatever the form of quotation marks, hyphens and blanks."""
    words = words.translate(_SAME)
    text = text.translate(_SAME)
    found = []
    at = text.find(words) if words else -1
    while at >= 0:
        end = at + len(words)
        if not _cuts(text, at) and not _cuts(text, end):
            found.append((at, end))
        at = text.find(words, at + 1)
    return tuple(found)


def nearly(text: str, words: str) -> str:
    """Return the words of a text that are most like others, "" if none are much like them.

    Case does not count. Windows of about as many words are compared by Ratcliff and Obershelp's measure.
    """
    wanted = " ".join(fold(token) for token in tokens(words) if not is_space(token))
    pieces = [token for token in tokens(text) if not is_space(token)]
    folded = [fold(piece) for piece in pieces]
    size = wanted.count(" ") + 1
    best, found = _NEAR, ""
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    places = _places(text)
    for length in range(max(1, size - 1), size + 2):
        for start in range(len(pieces) - length + 1):
            matcher.set_seq1(" ".join(folded[start : start + length]))
            if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best and matcher.ratio() > best:
                best = matcher.ratio()
                found = text[places[start][0] : places[start + length - 1][1]]
    return found if len(found) >= _ENOUGH else ""


def sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of a text, without the blanks between them."""
    starts = [0]
    ends = []
    for gap in _SENTENCE_END.finditer(text):
        if not _ABBREVIATED.search(text[: gap.start()]):
            ends.append(gap.start())
            starts.append(gap.end())
    return tuple(zip(starts, [*ends, len(text)], strict=True))


def _cuts(text: str, place: int) -> bool:
    """Whether a place is inside a word."""
    return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()


def _places(text: str) -> list[Span]:
    found, at = [], 0
    for token in tokens(text):
        if not is_space(token):
            found.append((at, at + len(token)))
        at += len(token)
    return found
