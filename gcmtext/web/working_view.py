"""One paragraph with all its amendments side by side: the places in dispute, and who agrees with whom."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gcmtext.services.compiling import Alone, Entry
from gcmtext.text.addresses import addresses
from gcmtext.text.collate import Collated
from gcmtext.text.collate.disputes import (
    Dispute,
    disputes,
    is_contested_whole,
    wholes_of,
)
from gcmtext.text.model import Document
from gcmtext.text.places import Place, places
from gcmtext.text.proposals import ProposalKind
from gcmtext.web.amendment_view import Redline, entry_as_json, redline
from gcmtext.web.standing import Standing, standings


@dataclass(frozen=True, slots=True)
class Card:
    """An amendment beside the others: what it changes, and how it stands to them."""

    entry: Entry
    redline: Redline
    mine: bool
    standing: Standing


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of the paragraph: a place in dispute with its number, or what lies between two (number 0)."""

    text: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class WorkingView:
    """A paragraph with its amendments.

    stretches: its words, in a row. places: those in dispute. wholes: what delegations would do with it as a
    whole; is_contested_whole: whether not all of that can stand. columns: the delegations that would change
    it, in the order of their cards.
    """

    collated: Collated
    place: Place
    stretches: tuple[Stretch, ...]
    places: tuple[Dispute, ...]
    wholes: Mapping[str, ProposalKind]
    is_contested_whole: bool
    columns: tuple[str, ...]
    cards: tuple[Card, ...]

    @property
    def conflicts(self) -> int:
        """How many places are in conflict, the paragraph as a whole among them."""
        return sum(dispute.is_conflict for dispute in self.places) + self.is_contested_whole

    @property
    def count(self) -> int:
        """How many places there are, the paragraph as a whole among them."""
        return len(self.places) + bool(self.wholes)


@dataclass(frozen=True, slots=True)
class Way:
    """A paragraph to go to: its address, and what it is called."""

    address: str
    place: Place


@dataclass(frozen=True, slots=True)
class Beside:
    """The paragraphs before and after one, and the open ones; None where there is none."""

    before: Way | None
    after: Way | None
    open_before: Way | None
    open_after: Way | None


def beside(base: Document, is_open: Collection[int], index: int) -> Beside:
    """Return the neighbours of a paragraph, and the open paragraphs next to it on either side."""
    known_as, named = addresses(base.paragraphs), places(base)

    def way(place: int | None) -> Way | None:
        return None if place is None else Way(known_as[place], named[place])

    return Beside(
        way(index - 1 if index else None),
        way(index + 1 if index + 1 < len(known_as) else None),
        way(max((place for place in is_open if place < index), default=None)),
        way(min((place for place in is_open if place > index), default=None)),
    )


@lru_cache(maxsize=64)
def working_view(alone: Alone, own: frozenset[str]) -> WorkingView:
    """Return a paragraph with its amendments; `own` are the delegations for which the reader acts."""
    base, collated, here = alone.base, alone.collated, alone.entries
    index = collated.base.index
    named = places(base)
    found = disputes(collated)
    stood = standings(alone.near, {index: collated}, here, index)
    cards = tuple(
        Card(
            entry=entry,
            redline=redline(base, entry.proposal, named),
            mine=entry.delegation in own,
            standing=stood[entry.number],
        )
        for entry in here
    )
    wholes = wholes_of(collated)
    changing = {*wholes, *(name for dispute in found for name in (*dispute.wanted, *dispute.retained))}
    columns = [entry.delegation for entry in here if entry.delegation in changing]
    return WorkingView(
        collated=collated,
        place=named[index],
        stretches=tuple(_stretches(collated.base.text, found)),
        places=found,
        wholes=wholes,
        is_contested_whole=is_contested_whole(collated),
        columns=tuple(dict.fromkeys([*columns, *sorted(changing)])),
        cards=cards,
    )


def as_json(view: WorkingView) -> dict[str, Any]:
    """Return what programs are told."""
    return {
        "index": view.collated.base.index,
        "place": view.place.full_name,
        "text": view.collated.base.text,
        "places": [
            {
                "span": [dispute.start, dispute.end],
                "words": dispute.words,
                "wanted": dispute.wanted,
                "retained": dispute.retained,
                "conflict": dispute.is_conflict,
            }
            for dispute in view.places
        ],
        "whole": {"wanted": view.wholes, "conflict": view.is_contested_whole},
        "amendments": [
            entry_as_json(card.entry, view.place.full_name)
            | {
                "changes": card.redline.changes,
                "in_conflict_with": {r.other: r.conflicts for r in card.standing.conflicts},
                "the_same_as": {r.other: r.same for r in card.standing.same},
            }
            for card in view.cards
        ],
    }


def _stretches(text: str, found: Iterable[Dispute]) -> Iterable[Stretch]:
    done = 0
    for number, dispute in enumerate(found, 1):
        if done < dispute.start:
            yield Stretch(text[done : dispute.start])
        yield Stretch(text[dispute.start : dispute.end], number)
        done = dispute.end
    if done < len(text):
        yield Stretch(text[done:])
