"""One paragraph with all its amendments side by side: the places in dispute, and who agrees with whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gcmtext.services.compiling import Compiled, Entry
from gcmtext.text.collate import Collated
from gcmtext.text.collate.disputes import (
    Dispute,
    Relation,
    disputes,
    is_contested_whole,
    relations,
    wholes_of,
)
from gcmtext.text.places import Place, places
from gcmtext.text.proposals import FATES, ProposalKind
from gcmtext.web.amendment_view import Redline, entry_as_json, redline

_STANDING = FATES | {ProposalKind.RETAIN}
"""The kinds of proposals that others can contradict."""


@dataclass(frozen=True, slots=True)
class Card:
    """An amendment beside the others: what it changes, and how it stands to them."""

    entry: Entry
    redline: Redline
    mine: bool
    conflicts: tuple[Relation, ...]
    same: tuple[Relation, ...]

    @property
    def clashes(self) -> tuple[tuple[tuple[str, ...], tuple[int, ...]], ...]:
        """Those with whom it is in conflict, by the places where it is."""
        return _by_places((relation.other, relation.conflicts) for relation in self.conflicts)

    @property
    def fits(self) -> tuple[tuple[tuple[str, ...], tuple[int, ...]], ...]:
        """Those who want the same, by the places where they do."""
        return _by_places((relation.other, relation.same) for relation in self.same)


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


@lru_cache(maxsize=64)
def working_view(compiled: Compiled, index: int, own: frozenset[str]) -> WorkingView:
    """Return a paragraph with its amendments; `own` are the delegations for which the reader acts."""
    base = compiled.compilation.base
    collated = compiled.compilation.paragraphs[index]
    named = places(base)
    found = disputes(collated)
    here = [entry for entry in compiled.entries if index in (entry.proposal.at, *entry.proposal.bases)]
    related = {
        entry.delegation: relations(collated, entry.delegation)
        for entry in here
        if entry.proposal.kind in _STANDING
    }
    cards = tuple(
        Card(
            entry=entry,
            redline=redline(base, entry.proposal, named),
            mine=entry.delegation in own,
            conflicts=tuple(r for r in _of(related, entry) if r.conflicts),
            same=tuple(r for r in _of(related, entry) if r.same),
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
                "in_conflict_with": {r.other: r.conflicts for r in card.conflicts},
                "the_same_as": {r.other: r.same for r in card.same},
            }
            for card in view.cards
        ],
    }


def _of(related: dict[str, tuple[Relation, ...]], entry: Entry) -> tuple[Relation, ...]:
    return related.get(entry.delegation, ()) if entry.proposal.kind in _STANDING else ()


def _by_places(
    found: Iterable[tuple[str, tuple[int, ...]]],
) -> tuple[tuple[tuple[str, ...], tuple[int, ...]], ...]:
    together: dict[tuple[int, ...], list[str]] = {}
    for name, where in found:
        together.setdefault(where, []).append(name)
    return tuple((tuple(names), where) for where, names in together.items())


def _stretches(text: str, found: Iterable[Dispute]) -> Iterable[Stretch]:
    done = 0
    for number, dispute in enumerate(found, 1):
        if done < dispute.start:
            yield Stretch(text[done : dispute.start])
        yield Stretch(text[dispute.start : dispute.end], number)
        done = dispute.end
    if done < len(text):
        yield Stretch(text[done:])
