"""Numbers without a stop, "12 We commit …", told from other numbers by those that they follow."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from gcmtext.text.labels import Label, Numbering, Reading
from gcmtext.text.model import Role
from gcmtext.text.segment.item import Item

_BARE = re.compile(r"(?P<number>\d{1,3}) (?=[\"'“”«„(\[]*(?P<letter>[^\W\d_]))")
_SHORTEST = 3


def with_bare_numbers(items: Sequence[Item], notes: frozenset[int]) -> list[Item]:
    """Return the items with numbers as labels where at least three follow each other, from 1 or from a label.

    A number is no label if what follows begins with a small letter ("2 metres") or does not end as a sentence
    does; nor are those of `notes`.
    """
    found: dict[int, Label] = {}
    run: list[tuple[int, int, Label | None]] = []
    last = 0
    for place, item in enumerate(items):
        printed = _printed(item)
        if printed is None:
            bare = None if place in notes else _bare(item)
            if bare is None or bare.readings[0].value != last + 1:
                continue
            run.append((place, last := last + 1, bare))
        else:
            run.append((place, last := printed, None))
    for _, stretch in groupby(enumerate(run), key=lambda entry: entry[1][1] - entry[0]):
        members = [member for _, member in stretch]
        if len(members) >= _SHORTEST:
            found |= {place: label for place, _, label in members if label}
    return [
        replace(item, label=label, rest=item.text.partition(" ")[2]) if (label := found.get(place)) else item
        for place, item in enumerate(items)
    ]


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
