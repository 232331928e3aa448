"""The places of one paragraph that are in dispute: who would have what there, and who agrees with whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gcmtext.text.collate.model import Collated, Names, Unit, Whole, in_order
from gcmtext.text.proposals import ProposalKind


@dataclass(frozen=True, slots=True)
class Dispute:
    """A place of a paragraph that somebody would change.

    start, end: its characters in the base; the same where words are only added. words: those of the base.
    wanted: what each delegation would have there instead. retained: those that want the words to stay.
    """

    start: int
    end: int
    words: str
    wanted: Mapping[str, str]
    retained: Names = ()

    @property
    def is_conflict(self) -> bool:
        """Whether not all of it can stand."""
        return len({*self.wanted.values()}) > 1 or bool(self.retained)


@dataclass(frozen=True, slots=True)
class Relation:
    """How what one delegation wants for a paragraph stands to what another one wants.

    conflicts, same: the numbers of the places, from 1, on which they differ and agree; 0 for the paragraph as
    a whole.
    """

    other: str
    conflicts: tuple[int, ...]
    same: tuple[int, ...]


def disputes(collated: Collated) -> tuple[Dispute, ...]:
    """Return the places of a paragraph that are in dispute, in their order."""
    found: list[Dispute] = []
    place = 0
    for piece in collated.pieces:
        if isinstance(piece, Unit):
            end = place + len(piece.base)
            wanted = {name: r.text for r in piece.readings for name in r.delegations}
            found.append(Dispute(place, end, piece.base, wanted, _retained(collated, place, end)))
            place = end
        else:
            place += len(piece)
    return tuple(found)


def wholes_of(collated: Collated) -> Mapping[str, ProposalKind]:
    """Return what each delegation would do with a paragraph as a whole, if it would do something."""
    return {name: whole.kind for whole in collated.wholes for name in whole.delegations}


def is_contested_whole(collated: Collated) -> bool:
    """Return whether not all can stand that delegations would do with a paragraph as a whole.

    It cannot where they would do different things with it, or others would change its words or retain them.
    """
    if not collated.wholes:
        return False
    return len(collated.wholes) + bool(collated.units) + bool(_retainers(collated)) > 1


def relations(
    collated: Collated, delegation: str, found: Iterable[Dispute] | None = None
) -> tuple[Relation, ...]:
    """Return how what a delegation wants for a paragraph stands to what the others want.

    Those with which it has no place in common are left out: both texts can stand. `found`: the disputes of
    the paragraph, if they are known.
    """
    conflicts: dict[str, list[int]] = {}
    same: dict[str, list[int]] = {}
    for number, dispute in enumerate(disputes(collated) if found is None else found, 1):
        views: dict[str, str | None] = {**dict.fromkeys(dispute.retained), **dispute.wanted}
        if delegation not in views:
            continue
        for other, text in views.items():
            if other != delegation:
                (same if text == views[delegation] else conflicts).setdefault(other, []).append(number)
    own = _whole_of(collated, delegation)
    changers = {name for unit in collated.units for r in unit.readings for name in r.delegations}
    keepers = changers | _retainers(collated)
    for other in {*wholes_of(collated)} | keepers:
        if other == delegation:
            continue
        theirs = _whole_of(collated, other)
        if own is not None and own is theirs:
            same.setdefault(other, []).append(0)
        elif own is not None or (theirs is not None and delegation in keepers):
            conflicts.setdefault(other, []).append(0)
    return tuple(
        Relation(other, tuple(conflicts.get(other, ())), tuple(same.get(other, ())))
        for other in in_order([*conflicts, *same])
    )


def _retained(collated: Collated, start: int, end: int) -> Names:
    """Return who wants words to stay that are changed between two places."""
    names: list[str] = []
    for mark in collated.marks:
        first, last = mark.span or (0, len(collated.base.text))
        if mark.kind is ProposalKind.RETAIN and first <= end and start <= last:
            names += mark.delegations
    return in_order(names)


def _retainers(collated: Collated) -> set[str]:
    return {name for m in collated.marks if m.kind is ProposalKind.RETAIN for name in m.delegations}


def _whole_of(collated: Collated, delegation: str) -> Whole | None:
    return next((whole for whole in collated.wholes if delegation in whole.delegations), None)
