"""Numbers without a stop, "12 We commit …", told from other numbers by those that they follow."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from gcmtext.text.labels import Label, Numbering, Reading
from gcmtext.text.model import Role
from gcmtext.text.segment.item import Item

# "12 We commit", but not "12 May 2027"
_BARE = re.compile(r"(?P<number>\d{1,3}) (?![A-Z][a-z]+ \d{4}\b)(?=[\"'“”«„(\[]*(?P<letter>[^\W\d_]))")
_FEWEST = 3
_MOST_OMITTED = 5  # numbers, between two that follow each other: of paragraphs that an excerpt leaves out
_MOST_BETWEEN = 40  # items: sub-paragraphs and the like


class _Numbered(NamedTuple):
    """An item that opens with a number; label: the one that it would have, None if it has one already."""

    place: int
    value: int
    label: Label | None

    def leads_to(self, other: "_Numbered") -> bool:
        """Whether the other one, which comes later, may be the next of an enumeration."""
        return 0 < other.value - self.value <= _MOST_OMITTED + 1 and other.place - self.place <= _MOST_BETWEEN


def with_bare_numbers(items: Sequence[Item], notes: frozenset[int]) -> list[Item]:
    """Return the items with numbers as labels where at least three go up, by themselves or with labels.

    A number is no label if what follows begins with a small letter ("2 metres") or does not end as a sentence
    does; nor are those of `notes`.
    """
    numbered = list(_numbered(items, notes))
    before = _lengths(numbered, _Numbered.leads_to)
    after = _lengths(numbered[::-1], lambda later, earlier: earlier.leads_to(later))[::-1]
    found = {
        one.place: one.label
        for one, up, down in zip(numbered, before, after, strict=True)
        if one.label and up + down - 1 >= _FEWEST
    }
    return [
        replace(item, label=label, rest=item.text.partition(" ")[2]) if (label := found.get(place)) else item
        for place, item in enumerate(items)
    ]


def _numbered(items: Sequence[Item], notes: frozenset[int]) -> Iterator[_Numbered]:
    for place, item in enumerate(items):
        printed = _printed(item)
        if printed is not None:
            yield _Numbered(place, printed, None)
        elif place not in notes and (label := _bare(item)):
            yield _Numbered(place, label.readings[0].value, label)


def _lengths(numbered: Sequence[_Numbered], leads: Callable[[_Numbered, _Numbered], bool]) -> list[int]:
    """Return for each how many there are in the longest enumeration that ends with it."""
    lengths: list[int] = []
    for i, one in enumerate(numbered):
        near = range(max(0, i - _MOST_BETWEEN), i)
        lengths.append(1 + max((lengths[j] for j in near if leads(numbered[j], one)), default=0))
    return lengths


def _printed(item: Item) -> int | None:
    """Return the number of a paragraph that is numbered in the usual way."""
    label = item.label
    if label is None or item.role is not Role.BODY or label.suffix or label.form not in ("#.", "#"):
        return None
    first = label.readings[0]
    return first.value if first.numbering is Numbering.ARABIC else None


def _bare(item: Item) -> Label | None:
    match = _BARE.match(item.text) if item.is_plain else None
    if match is None or match["letter"].islower() or not item.ends_sentence:
        return None
    number = match["number"]
    return Label(number, "#.", (Reading(Numbering.ARABIC, int(number)),))
