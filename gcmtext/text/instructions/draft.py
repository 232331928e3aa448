"""A paragraph under the hands of several instructions, which may not touch the same words."""

import re
from collections.abc import Iterable

from gcmtext.text.instructions.words import Span

_CLOSES = re.compile(r"[,;:.!?)\]’'”»]")
_NEW = -1


class Draft:
    """The text of a paragraph as instructions change it; knows which instruction each change is from.

    Places are those in the text of the base, so that the order of instructions does not shift them.
    """

    def __init__(self, text: str) -> None:
        self.base = text
        self._chars = list(text)
        self._origins = list(range(len(text)))
        self._owners = [_NEW] * len(text)
        self._deleted: dict[int, int] = {}
        self.owners: set[int] = set()

    @property
    def text(self) -> str:
        """The text as it is now."""
        return "".join(self._chars)

    def replace(self, span: Span, new: str, owner: int) -> set[int]:
        """Put other words in the place of some; return the instructions that have touched these, if any."""
        if touched := self._touched(span):
            return touched
        start, end = self._now(span)
        if not new:
            start, end = self._with_a_blank(start, end)
        self._put(start, end, new, owner)
        return set()

    def insert(self, place: int, new: str, owner: int, before: bool) -> set[int]:
        """Put words before or after a place, with the blank that is needed."""
        beside = (place, place + 1) if before else (place - 1, place)
        if touched := self._touched(beside):
            return touched
        start, end = self._now(beside)
        at = start if before else end
        if other := self._inserted_at(at):
            return other
        if before:
            blank = "" if new[-1:] in "[(" else " "
            self._put(at, at, new + blank, owner)
            return set()
        following = self.text[at : at + 1]
        if following and new[-1:] == following and following in ",;.":
            new = new[:-1]
        blank = "" if _CLOSES.match(new) else " "
        self._put(at, at, blank + new, owner)
        return set()

    def wrap(self, span: Span, owner: int) -> set[int]:
        """Put brackets around words."""
        if touched := self._touched(span):
            return touched
        start, end = self._now(span)
        self._put(end, end, "]", owner)
        self._put(start, start, "[", owner)
        return set()

    def drop(self, places: Iterable[int], owner: int) -> set[int]:
        """Take out single characters of the base, such as brackets, and nothing around them."""
        for place in places:
            if touched := self._touched((place, place + 1)):
                return touched
            start, end = self._now((place, place + 1))
            self._put(start, end, "", owner)
        return set()

    def _touched(self, span: Span) -> set[int]:
        gone = {self._deleted[place] for place in range(*span) if place in self._deleted}
        if gone:
            return gone
        start, end = self._now(span)
        return {self._owners[i] for i in range(start, end) if self._origins[i] == _NEW}

    def _now(self, span: Span) -> Span:
        return self._origins.index(span[0]), self._origins.index(span[1] - 1) + 1

    def _inserted_at(self, at: int) -> set[int]:
        around = [i for i in (at - 1, at) if 0 <= i < len(self._chars)]
        return {self._owners[i] for i in around if self._origins[i] == _NEW}

    def _with_a_blank(self, start: int, end: int) -> Span:
        """Return a stretch that goes, with the blank that would be one too many."""
        text = self.text
        before, after = text[start - 1 : start], text[end : end + 1]
        if before == " " and (not after or after == " " or _CLOSES.match(after)):
            return start - 1, end
        if after == " " and (not before or before in "[("):
            return start, end + 1
        return start, end

    def _put(self, start: int, end: int, new: str, owner: int) -> None:
        for place in range(start, end):
            if self._origins[place] != _NEW:
                self._deleted[self._origins[place]] = owner
        self._chars[start:end] = list(new)
        self._origins[start:end] = [_NEW] * len(new)
        self._owners[start:end] = [owner] * len(new)
        self.owners.add(owner)
