"""Words in quotation marks and names of places, set apart from what is said about them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_PAIRS = {"“": "”", "«": "»", "‹": "›", "„": "“", "‘": "’'", '"': '"', "'": "'’", "”": "”"}
_MARKS = frozenset("".join([*_PAIRS, *_PAIRS.values()]))
_NESTING = frozenset("“«‹")
_FIRST = 0xE000
_FIRST_PLACE = 0xF000
_MOST = 24
_MOST_ENDS = 4
_MOST_MARKS = 200  # a line with more is no instruction
_SAME = str.maketrans({"’": "'", "‘": "'", "\u00a0": " ", "\u202f": " ", "‑": "-", "‐": "-"})
_OPENS_AFTER = re.compile(r"[\s(\[:,;—–/]|^")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A line with a private character for each quotation in it, and for each place that is named.

    said: the line without the quotations, apostrophes and blanks in one form.
    quotations: the words of each, without the marks. places: how each place is named.
    origins: for each character of `said`, where it stands in the line.
    """

    line: str
    said: str
    quotations: tuple[str, ...]
    origins: tuple[int, ...]
    places: tuple[str, ...] = ()

    def with_places(self, place: re.Pattern[str]) -> "Quoted":
        """Return the same line with a character for each place."""
        said, origins, found, at = "", (), [], 0  # type: str, tuple[int, ...], list[str], int
        for match in place.finditer(self.said):
            said += self.said[at : match.start()] + chr(_FIRST_PLACE + len(found))
            origins += (*self.origins[at : match.start()], self.origins[match.start()])
            found.append(match[0])
            at = match.end()
        return replace(
            self, said=said + self.said[at:], origins=origins + self.origins[at:], places=tuple(found)
        )

    def place(self, mark: str) -> str:
        """Return the place that a character stands for; what is no such character is returned as it is."""
        return self.places[ord(mark) - _FIRST_PLACE] if len(mark) == 1 and mark >= chr(_FIRST_PLACE) else mark

    def words(self, mark: str) -> str:
        """Return the quotation that a character stands for."""
        return self.quotations[ord(mark) - _FIRST]

    def tail(self, start: int) -> str:
        """Return the line from a place in `said` on, as it stands."""
        return self.line[self.origins[start] :] if start < len(self.origins) else ""


def readings(line: str) -> Iterator[Quoted]:
    """Yield the ways to read the quotation marks of a line, the likeliest first; at least one.

    Marks nest. What is also an apostrophe may close a quotation or stand in it: 'migrants' rights'.
    """
    if sum(character in _MARKS for character in line) > _MOST_MARKS:
        yield Quoted(line, line.translate(_SAME), (), tuple(range(len(line))))
        return
    yielded = 0
    seen: set[Quoted] = set()
    for reading in _readings(line, 0, "", (), ()):
        if reading not in seen:
            seen.add(reading)
            yield reading
            yielded += 1
        if yielded >= _MOST:
            return


def unquoted(text: str) -> str:
    """Return a text without the quotation marks around it, if one pair stands around all of it."""
    text = text.strip()
    if text[:1] in _PAIRS:
        for end in _ends(text, 0):
            if not text[end + 1 :].strip(" .;"):
                return text[1:end].strip()
    return text


def is_open(text: str) -> bool:
    """Return whether a text opens with a mark that it does not close."""
    text = text.strip()
    return text[:1] in _NESTING and not _ends(text, 0)


def _readings(
    line: str, at: int, said: str, found: tuple[str, ...], origins: tuple[int, ...]
) -> Iterator[Quoted]:
    for place in range(at, len(line)):
        if line[place] in _PAIRS and _opens(line, place):
            before = said + line[at:place].translate(_SAME) + chr(_FIRST + len(found))
            for end in _ends(line, place)[:_MOST_ENDS]:
                words = line[place + 1 : end].strip(" \u00a0\u202f")
                yield from _readings(
                    line, end + 1, before, (*found, words), (*origins, *range(at, place), place)
                )
    yield Quoted(line, said + line[at:].translate(_SAME), found, (*origins, *range(at, len(line))))


def _opens(line: str, place: int) -> bool:
    """Whether the mark at a place can open a quotation; one that can close as well must head a word."""
    if line[place] in _NESTING:
        return True
    before, after = line[:place][-1:], line[place + 1 : place + 2]
    return bool(_OPENS_AFTER.match(before)) and bool(after.strip())


def _ends(line: str, place: int) -> list[int]:
    """Return where a quotation that opens at a place may close, the likeliest first."""
    opening = line[place]
    closing = _PAIRS[opening]
    if opening in _NESTING:
        depth = 0
        for end in range(place, len(line)):
            depth += (line[end] == opening) - (line[end] in closing)
            if depth == 0:
                return [end]
        return []
    found = []
    for end in range(place + 2, len(line)):
        if line[end] in closing and not line[end - 1].isspace() and not line[end + 1 : end + 2].isalnum():
            found.append(end)
            if opening not in "'‘":
                break
        elif found and line[end] in "'‘" and line[end - 1].isspace():
            break  # another quotation opens here
    return found
