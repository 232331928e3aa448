"""A page of a revision as it is shown: its paragraphs, and in the margin what happened to them."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from gcmtext.services.passage import Passage, Step
from gcmtext.text.compare import is_doubtful
from gcmtext.text.model import Kind, Link, LinkKind, Paragraph
from gcmtext.text.sections import is_head

_SECTIONS_LISTED = 120


@dataclass(frozen=True, slots=True)
class Source:
    """A paragraph of another revision, or another of this one: its address, and what it is called."""

    address: str
    name: str


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to a paragraph since the last revision.

    kind: a LinkKind, or "inserted". sources: the old paragraphs that moved, were split or merged into it.
    others: the other parts of a split. was: its printed label before, if that was another one.
    doubt: the confidence of the link in per cent, if a person should look at it; else None.
    """

    kind: str
    sources: tuple[Source, ...] = ()
    others: tuple[Source, ...] = ()
    was: str = ""
    doubt: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph with its address, and what happened to it; event is None where nothing did.

    rank: of a heading, how deep it stands, from 1, without the gaps that texts leave; else 0.
    """

    paragraph: Paragraph
    address: str
    rank: int
    event: Event | None


@dataclass(frozen=True, slots=True)
class Gone:
    """What stood here in the last revision and was deleted."""

    paragraphs: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a table that follow each other."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents. page: on which page it stands, from 0."""

    paragraph: Paragraph
    address: str
    page: int


Item: TypeAlias = Line | Gone | Table


def items(passage: Passage) -> tuple[Item, ...]:
    """Return what a page shows, in reading order."""
    found: list[Item] = []
    for is_row, run in groupby(_lines(passage), _is_row):
        lines = tuple(run)
        found.extend([Table(tuple(line for line in lines if isinstance(line, Line)))] if is_row else lines)
    return tuple(found)


def contents(passage: Passage) -> tuple[Entry, ...]:
    """Return the headings of the whole text; of a long one those of the first level and of this page."""
    heads = [p for p in passage.outline.paragraphs if is_head(p)]
    page_of = {i: number for number, stretch in enumerate(passage.pages) for i in stretch}
    if len(heads) > _SECTIONS_LISTED:
        here = passage.pages[passage.page]
        top = min(p.level for p in heads)
        kept = [p for p in heads if p.index in here or p.level == top]
        heads = kept if len(kept) <= _SECTIONS_LISTED else [p for p in heads if p.index in here]
    return tuple(Entry(p, passage.outline.addresses[p.index], page_of[p.index]) for p in heads)


def _is_row(item: Line | Gone) -> bool:
    return isinstance(item, Line) and item.paragraph.kind is Kind.ROW


def _lines(passage: Passage) -> Iterator[Line | Gone]:
    here = passage.pages[passage.page]
    addresses = passage.outline.addresses
    events = _events(passage.step, here) if passage.step else {}
    gone = _gone(passage.step, here) if passage.step else {}
    if here.start == 0 and -1 in gone:
        yield Gone(gone[-1])
    rank = 0
    for paragraph in passage.paragraphs:
        if is_head(paragraph):
            rank = max(1, min(paragraph.level, rank + 1))
        own_rank = rank if is_head(paragraph) else 0
        yield Line(paragraph, addresses[paragraph.index], own_rank, events.get(paragraph.index))
        if paragraph.index in gone:
            yield Gone(gone[paragraph.index])


def _events(step: Step, here: range) -> dict[int, Event]:
    events: dict[int, Event] = {j: Event("inserted") for j in step.alignment.inserted if j in here}
    for link in step.alignment.links:
        for j in link.new:
            if j in here and (event := _event(step, link, j)):
                events[j] = event
    return events


def _event(step: Step, link: Link, index: int) -> Event | None:
    labels = [step.old.paragraphs[i].label for i in link.old]
    was = ", ".join(filter(None, labels)) if [step.new.paragraphs[index].label] != labels else ""
    doubt = round(link.confidence * 100) if is_doubtful(link) else None
    if link.kind is LinkKind.SAME and not was and doubt is None:
        return None
    told = link.kind not in (LinkKind.SAME, LinkKind.EDITED)
    return Event(
        kind=link.kind,
        sources=_sources(step, link.old) if told else (),
        others=tuple(
            Source(step.new.addresses[j], step.new.place(j).full_name) for j in link.new if j != index
        ),
        was="" if told else was,
        doubt=doubt,
    )


def _gone(step: Step, here: range) -> dict[int, tuple[Source, ...]]:
    """Return what was deleted behind each new paragraph of a page; behind -1 what was deleted in front.

    A deleted paragraph stood behind the last one in front of it that has kept its place.
    """
    kept = {link.old[-1]: link.new[-1] for link in step.alignment.links if link.kind is not LinkKind.MOVED}
    places = sorted(kept)
    gone: dict[int, list[int]] = {}
    for index in step.alignment.deleted:
        number = bisect_left(places, index) - 1
        place = kept[places[number]] if number >= 0 else -1
        if place in here or place == -1:
            gone.setdefault(place, []).append(index)
    return {place: _sources(step, found) for place, found in gone.items()}


def _sources(step: Step, old: Sequence[int]) -> tuple[Source, ...]:
    return tuple(Source(step.old.addresses[i], step.old.place(i).full_name) for i in old)
