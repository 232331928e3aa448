"""Hyphens at the ends of lines: which belong to the word, and which the line made."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest

_WORD = re.compile(r"[^\W\d_]+(?:[-‐'’][^\W\d_]+)*")
_HYPHEN = "-‐\u00ad\u2011"
# First and second elements that are written with a hyphen when nothing else in the document tells; of the
# first, those that begin no other words, and those that may.
_ALWAYS_FIRST = frozenset(
    "non self twenty thirty forty fifty sixty seventy eighty ninety "
    "vingt trente quarante cinquante soixante quatre celui celle ceux".split()
)
_FIRST = frozenset(
    "well cross counter high low long short mid follow gender age peer fact anti ex vice "
    "quasi multi socio semi co "
    "peut lui elle eux vis demi mi "
    "по из кое во северо юго научно социально".split()
)
_SECOND = frozenset(
    "based making building related term wide led sensitive responsive sharing keeping being "
    "facilitator facilitators sponsor sponsors sponsored sponsoring sponsorship rapporteur rapporteurs "
    "facilitateur facilitateurs facilitatrice facilitatrices "
    "first second third fourth fifth sixth seventh eighth ninth "
    "ci là même mêmes delà dire vous nous ils elles il elle on то либо нибудь".split()
)
_SELDOM, _ENOUGH = (
    0.02,
    100,
)  # share of lines that end in a hyphen if none cuts a word; the lines that show it


class Hyphens:
    """What a document shows of its hyphens: the words in the middle of its lines, and how lines end."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._known: Counter[str] = Counter()
        self._parts: Counter[str] = Counter()
        ends: list[tuple[str, str]] = []
        cut = False
        for line, after in zip_longest(lines, lines[1:], fillvalue=""):
            found = [m[0].replace("‐", "-").casefold() for m in _WORD.finditer(line)]
            if cut:  # the line begins with the rest of a word
                found = found[1:]
            cut = bool(found) and line[-1] in _HYPHEN
            if cut:
                ends.append((found.pop(), _first_word(after).casefold()))
            self._known.update(found)
            self._parts.update(part for word in found for part in word.split("-"))
        # A document whose lines cut words shows some of these words whole elsewhere.
        self._cuts = any(self._known[left + right] for left, right in ends if left and right)
        self._seldom = len(lines) >= _ENOUGH and len(ends) <= _SELDOM * len(lines)

    def join(self, before: str, after: str) -> str:
        """Return two lines as one, the first of which ends in a hyphen.

        Kept: a hyphen next to a digit or a capital letter, in a compound the document has elsewhere, after or
        before a word that forms compounds; and between any words in a document whose lines do not cut words.
        """
        if before.endswith("\u00ad"):
            return before[:-1] + after
        left, right = _last_word(before[:-1]), _first_word(after)
        if left.isupper() and right.isupper() and self._known[f"{left}{right}".casefold()]:
            return before[:-1] + after
        if not left or not right or not right[0].islower():
            return before + after
        return before + after if self._belongs(left.casefold(), right.casefold()) else before[:-1] + after

    def _belongs(self, left: str, right: str) -> bool:
        joined, compound = self._known[left + right], self._known[f"{left}-{right}"]
        if joined != compound:
            return compound > joined
        first, second = left.rsplit("-", 1)[-1], right.split("-", 1)[0]
        if first in _ALWAYS_FIRST or second in _SECOND:
            return True
        if first in _FIRST and (self._parts[second] or not self._cuts):
            return True
        if self._cuts:
            return False
        return self._seldom or "-" in left or self._parts[first] > 0 or self._parts[second] > 0


def _last_word(text: str) -> str:
    found = re.search(r"([^\W\d_]+(?:[-‐'’][^\W\d_]+)*)$", text[-60:])
    return found[1] if found else ""


def _first_word(text: str) -> str:
    found = _WORD.match(text)
    return found[0] if found else ""
