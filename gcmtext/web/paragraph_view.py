"""The history of a paragraph as it is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from gcmtext.db import LanguageVersion
from gcmtext.services.biography import MOST, Biography
from gcmtext.text.compare import is_doubtful, is_edited
from gcmtext.text.lifeline import Stage, redlines_of
from gcmtext.text.model import Changes, Link, LinkKind, Paragraph


@dataclass(frozen=True, slots=True)
class Named:
    """A paragraph of some revision: its address, and what it is called."""

    address: str
    name: str


@dataclass(frozen=True, slots=True)
class Piece:
    """What a paragraph, or a part of it, was in one revision, and how it came from the one before.

    kind: a LinkKind; "inserted" for what is new; "" in the first revision. changes: against the one before.
    sources: what it came from, others: what else came from that. edited: whether any word is new or gone.
    doubt: the confidence of the link in per cent, if a person should look at it.
    """

    paragraph: Paragraph
    named: Named
    kind: str
    changes: Changes
    edited: bool
    sources: tuple[Named, ...] = ()
    others: tuple[Named, ...] = ()
    doubt: int | None = None

    @property
    def was(self) -> str:
        """What it was called before, if it was called otherwise."""
        names = ", ".join(source.name for source in self.sources)
        return names if names != self.named.name else ""


@dataclass(frozen=True, slots=True)
class Past:
    """One revision in the history. more: pieces that are not shown."""

    version: LanguageVersion
    is_here: bool
    pieces: tuple[Piece, ...]
    more: int


def past(found: Biography) -> tuple[Past, ...]:
    """Return the history, the oldest revision first."""
    return tuple(
        Past(
            version=found.versions[stage.revision],
            is_here=stage.revision == found.position,
            pieces=tuple(_pieces(found, stage)),
            more=max(0, len(stage.paragraphs) - MOST),
        )
        for stage in found.lifeline.stages
    )


def named(found: Biography, version: LanguageVersion, index: int) -> Named:
    """Return what a paragraph of a revision is called, and its address."""
    key = version.id, index
    return Named(found.paragraphs[key].address, found.places[key].full_name)


def as_json(found: Biography, history: Iterable[Past]) -> dict[str, Any]:
    """Return what programs are told."""
    subject = found.subject
    return {
        "index": found.index,
        "address": subject.address,
        "kind": subject.paragraph.kind,
        "label": subject.paragraph.label,
        "level": subject.paragraph.level,
        "name": found.place.full_name,
        "text": subject.paragraph.text,
        "above": [head.address for head in found.headings],
        "states": [
            {
                "revision": state.version.revision.slug,
                "name": state.version.revision.name,
                "paragraphs": [
                    {
                        "address": piece.named.address,
                        "name": piece.named.name,
                        "text": piece.paragraph.text,
                        "kind": piece.kind or None,
                        "changes": [list(change) for change in piece.changes],
                        "from": [source.address for source in piece.sources],
                        "with": [other.address for other in piece.others],
                        "in_doubt": piece.doubt,
                    }
                    for piece in state.pieces
                ],
                "left_out": state.more,
            }
            for state in history
        ],
        "lost_in": found.versions[found.lifeline.lost].revision.slug if found.lifeline.lost else None,
    }


def _pieces(found: Biography, stage: Stage) -> Iterable[Piece]:
    version = found.versions[stage.revision]
    redlined: dict[Link, dict[int, Changes]] = {}
    for index, link in stage.pieces[:MOST]:
        paragraph = found.paragraphs[version.id, index].paragraph
        called = named(found, version, index)
        if link is None:
            is_first = stage.revision == 0
            changes: Changes = (("equal" if is_first else "insert", paragraph.text),)
            yield Piece(paragraph, called, "" if is_first else "inserted", changes, not is_first)
            continue
        before = found.versions[stage.revision - 1]
        if link not in redlined:
            old = [found.paragraphs[before.id, i].paragraph for i in link.old]
            new = [found.paragraphs[version.id, j].paragraph for j in link.new]
            redlined[link] = dict(zip(link.new, redlines_of(link, old, new), strict=True))
        changes = redlined[link][index]
        yield Piece(
            paragraph=paragraph,
            named=called,
            kind=link.kind,
            changes=changes,
            edited=is_edited(changes) or link.kind in (LinkKind.SPLIT, LinkKind.MERGED),
            sources=tuple(named(found, before, i) for i in link.old),
            others=tuple(named(found, version, j) for j in link.new if j != index),
            doubt=round(link.confidence * 100) if is_doubtful(link) else None,
        )
