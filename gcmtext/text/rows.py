"""The order in which a comparison is shown.

Rows follow the new text. A deleted paragraph stands where it stood: behind the paragraph that it followed in
the old text. What has moved is shown where it arrived, and a Departure marks the place that it left.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal, TypeAlias

from gcmtext.text.align.moves import in_order
from gcmtext.text.compare import Comparison, texts
from gcmtext.text.model import Change, Changes, LinkKind


@dataclass(frozen=True, slots=True)
class Row:
    """Paragraphs that are shown beside each other as text.

    link: the number of their link in the alignment; None for an inserted or a deleted paragraph.
    old, new: indices, ascending. Both are filled, except for what is inserted or deleted, and for those
        parts of a split that stand apart from its first part: they have a row of their own without old.
    """

    link: int | None
    old: tuple[int, ...]
    new: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Departure:
    """The place of an old paragraph whose text is shown elsewhere: in the first row of its link."""

    link: int
    old: int


Rows: TypeAlias = tuple[Row | Departure, ...]


def rows(comparison: Comparison) -> Rows:
    """Return what is shown, in reading order.

    Every paragraph of either text is in exactly one Row. A Departure stands for each old paragraph that was
    not beside its old neighbours in the row that shows it.
    """
    links = comparison.alignment.links
    staying = _staying(comparison)
    behind = _behind(comparison, staying)
    unlinked = {index: -1 - index for index in comparison.alignment.inserted}
    link_of_new = unlinked | {index: number for number, link in enumerate(links) for index in link.new}

    shown: list[Row | Departure] = list(behind[-1])
    runs = groupby(comparison.new.paragraphs, lambda paragraph: link_of_new[paragraph.index])
    for number, run in runs:
        new = tuple(paragraph.index for paragraph in run)
        if number < 0:
            shown.append(Row(None, (), new))
        elif new[0] != links[number].new[0]:
            shown.append(Row(number, (), new))
        else:
            shown.append(Row(number, links[number].old, new))
            if number in staying:
                shown.extend(item for index in links[number].old for item in behind[index])
    return tuple(shown)


def _staying(comparison: Comparison) -> frozenset[int]:
    """Return the numbers of the links that keep the order of both texts."""
    new = comparison.new.paragraphs
    links = {n: link for n, link in enumerate(comparison.alignment.links) if link.kind != LinkKind.MOVED}
    places = [(link.old[0], link.new[0]) for link in links.values()]
    if all(one[0] < other[0] and one[1] < other[1] for one, other in pairwise(places)):
        return frozenset(links)
    weights = [1.0 + sum(len(new[index].text) for index in link.new) for link in links.values()]
    return frozenset(n for n, stays in zip(links, in_order(places, weights), strict=True) if stays)


def _behind(comparison: Comparison, staying: frozenset[int]) -> dict[int, list[Row | Departure]]:
    """Return, for each old paragraph that stays (-1: the beginning), what left or went from behind it."""
    links = comparison.alignment.links
    link_of_old = {index: number for number, link in enumerate(links) for index in link.old}
    behind: dict[int, list[Row | Departure]] = defaultdict(list)
    place = -1
    for paragraph in comparison.old.paragraphs:
        index = paragraph.index
        number = link_of_old.get(index)
        if number is None:
            behind[place].append(Row(None, (index,), ()))
        elif number in staying and _adjoins(links[number].old, index):
            place = index
        else:
            behind[place].append(Departure(number, index))
    return behind


def _adjoins(old: Sequence[int], index: int) -> bool:
    """Return whether an old paragraph stood directly behind those that its row shows before it."""
    return index - old[0] == old.index(index)


def redlines(comparison: Comparison, number: int) -> tuple[Changes, ...]:
    """Return the changes of a link cut into its new paragraphs: what each keeps, gains and has lost."""
    new = texts(comparison.new, comparison.alignment.links[number].new)
    return _cut(comparison.changes[number], new, "insert")


def originals(comparison: Comparison, number: int) -> tuple[Changes, ...]:
    """Return the changes of a link cut into its old paragraphs: what each kept and has lost."""
    old = texts(comparison.old, comparison.alignment.links[number].old)
    kept_and_lost = tuple(change for change in comparison.changes[number] if change[0] != "insert")
    return _cut(kept_and_lost, old, "delete")


def _cut(changes: Changes, parts: Sequence[str], side: Literal["insert", "delete"]) -> tuple[Changes, ...]:
    """Return the changes of each of the parts that, with line breaks between them, are one side's text.

    What only the other side has goes to the part in which it stands, with the line breaks of that side.
    """
    cut: list[list[Change]] = [[]]
    left = len(parts[0])
    for operation, text in changes:
        if operation not in ("equal", side):
            cut[-1].append((operation, text))
            continue
        rest = text
        while len(rest) > left:
            if left:
                cut[-1].append((operation, rest[:left]))
            rest = rest[left + 1 :]
            cut.append([])
            left = len(parts[len(cut) - 1])
        if rest:
            cut[-1].append((operation, rest))
            left -= len(rest)
    cut.extend([] for _ in range(len(parts) - len(cut)))
    return tuple(map(tuple, cut))
