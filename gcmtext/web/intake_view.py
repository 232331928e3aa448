"""A file that a delegation sent, as its preview and the tray show it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from gcmtext.db import Batch, BatchState
from gcmtext.services.amendments import address_of
from gcmtext.services.batches import Doubt, Item, doubts, items
from gcmtext.services.entering import Outlook, Prospect
from gcmtext.text.model import Document
from gcmtext.text.places import Place, places, surroundings
from gcmtext.views.proposal_json import proposal_to_json
from gcmtext.web.amendment_view import Redline, redline


@dataclass(frozen=True, slots=True)
class Line:
    """A proposal of a file. number: from 0, in the order of the file. text: to be edited, "" if none can."""

    number: int
    item: Item
    redline: Redline
    prospect: Prospect | None
    address: str
    text: str


@dataclass(frozen=True, slots=True)
class Meant:
    """A place that an instruction could mean: its words, "" for all of it, between those around them."""

    at: int
    place: Place
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class DoubtLine:
    """An instruction that could not be placed, with the places that it could mean.

    at, place: the paragraph for which its words are asked, None where they are not. text: of that paragraph.
    """

    batch: Batch
    number: int
    doubt: Doubt
    candidates: tuple[Meant, ...]
    at: int | None = None
    place: Place | None = None
    text: str = ""


def lines(batch: Batch, found: Outlook | None, base: Document, addresses: Sequence[str]) -> tuple[Line, ...]:
    """Return the proposals of a file in the order of the text."""
    named = places(base)
    shown = (
        Line(
            number,
            item,
            redline(base, item.proposal, named),
            found.prospects[number] if found else None,
            addresses[item.proposal.at],
            "\n\n".join(item.proposal.parts) or item.proposal.text or "",
        )
        for number, item in enumerate(items(batch))
    )
    return tuple(sorted(shown, key=lambda line: (line.item.proposal.at, line.number)))


def open_doubts(
    batches: Iterable[Batch], base: Document, asked: tuple[str, int, int] | None = None
) -> tuple[DoubtLine, ...]:
    """Return what is still to be placed; `asked` is that of which the words are asked: key, number, place."""
    named = places(base)
    return tuple(
        _doubt_line(batch, number, doubt, base, named, asked)
        for batch in batches
        for number, doubt in enumerate(doubts(batch))
        if doubt.state == "open"
    )


def _doubt_line(
    batch: Batch,
    number: int,
    doubt: Doubt,
    base: Document,
    named: Sequence[Place],
    asked: tuple[str, int, int] | None,
) -> DoubtLine:
    candidates = tuple(
        Meant(c.at, named[c.at], *surroundings(base.paragraphs[c.at].text, c.words)) for c in doubt.candidates
    )
    if asked is None or asked[:2] != (batch.key, number):
        return DoubtLine(batch, number, doubt, candidates)
    at = asked[2]
    return DoubtLine(batch, number, doubt, candidates, at, named[at], base.paragraphs[at].text)


def batch_as_json(batch: Batch) -> dict[str, Any]:
    """Return what programs are told of one of many files."""
    return {
        "key": batch.key,
        "file": batch.file,
        "sha256": batch.original.sha256,
        "delegation": batch.delegation.short_name if batch.delegation else None,
        "state": batch.state,
        "read": batch.read_at.isoformat(),
        "proposals": len(batch.proposals),
        "unplaced": sum(said["state"] == "open" for said in batch.unplaced),
    }


def as_json(batch: Batch, found: Outlook | None, base: Document) -> dict[str, Any]:
    """Return what programs are told of a file."""
    named = places(base)
    is_read = batch.state == BatchState.READ
    return batch_as_json(batch) | {
        "proposals": [
            {
                "number": number,
                "place": named[item.proposal.at].full_name,
                "proposal": proposal_to_json(item.proposal),
                "chosen": item.chosen,
                "would_be": _prospect_as_json(found.prospects[number]) if found and is_read else None,
                "became": {"what": item.outcome, "amendment": item.amendment or None, "why": item.why or None}
                if item.outcome
                else None,
            }
            for number, item in enumerate(items(batch))
        ],
        "unplaced": [doubt_as_json(line) for line in open_doubts([batch], base)],
        "notices": batch.notices,
    }


def doubt_as_json(line: DoubtLine) -> dict[str, Any]:
    """Return what programs are told of an instruction that could not be placed."""
    return {
        "number": line.number,
        "instruction": line.doubt.instruction,
        "reason": line.doubt.reason,
        "candidates": [
            {
                "index": meant.at,
                "place": meant.place.full_name,
                "words": meant.words,
                "before": meant.before,
                "after": meant.after,
            }
            for meant in line.candidates
        ],
    }


def _prospect_as_json(prospect: Prospect) -> dict[str, Any]:
    return {"what": prospect.fate, "amendments": [address_of(met) for met in prospect.met]}
