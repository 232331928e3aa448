"""Many amendments as they are listed: chosen by what the address says, in the order of the text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from gcmtext.db import LanguageVersion, Negotiation, Revision
from gcmtext.errors import NotFound
from gcmtext.services import reading
from gcmtext.services.actor import Actor
from gcmtext.services.calls import current_revision
from gcmtext.services.compiling import Entry, compiled_of, entries
from gcmtext.text.collate import in_order
from gcmtext.text.model import Document
from gcmtext.text.places import places
from gcmtext.text.sections import Section, sections
from gcmtext.web.amendment_view import Redline, redline
from gcmtext.web.form import number
from gcmtext.web.standing import Standing, standings

_MOST_SECTIONS = 60
_MOST_ROWS = 250


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is asked for; "" and 0 where it does not matter.

    version: the revision whose amendments are listed. section: the index of its heading, -1 for all.
    """

    version: LanguageVersion | None
    delegation: str = ""
    kind: str = ""
    section: int = -1
    order: str = "text"
    page: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """An amendment with what it would change, and the address of its paragraph.

    standing: how it stands to those of others, for one of the reader's own delegations; None for the others.
    """

    entry: Entry
    redline: Redline
    address: str
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class Own:
    """What has become so far of what the reader's delegations proposed, in numbers.

    delegations: those that have proposed something. supported: of how many others support or sponsor;
    opposed, contested: of how many others object to, and want something else.
    """

    delegations: tuple[str, ...]
    count: int
    supported: int
    opposed: int
    contested: int


@dataclass(frozen=True, slots=True)
class Listed:
    """The amendments that are chosen, of how many, and what else can be chosen.

    sections: where each begins, and what it is called, "" before the first heading. count: how many are
    chosen; rows: those on the page, of so many pages.
    """

    rows: tuple[Row, ...]
    count: int
    page: int
    pages: int
    total: int
    delegations: tuple[str, ...]
    sections: tuple[tuple[int, str], ...]
    own: Own | None = None


def chosen(negotiation: Negotiation, said: Mapping[str, str], moment: datetime) -> Chosen:
    """Return what an address asks for; by default the revision that is open for amendments, else the last."""
    revision = _revision(negotiation, said.get("revision", ""), moment)
    if revision is None:
        return Chosen(None)
    return Chosen(
        reading.version(negotiation, revision),
        said.get("delegation", ""),
        said.get("kind", ""),
        number(said.get("section", "")),
        "number" if said.get("order") == "number" else "text",
        number(said.get("page", "")),
    )


def listed(session: Session, actor: Actor, picked: Chosen, own: frozenset[str]) -> Listed:
    """Return the amendments that are chosen, as far as the actor sees them; NotFound for no such section.

    own: the delegations for which the reader acts.
    """
    if picked.version is None:
        return Listed((), 0, 1, 1, 0, (), ())
    base = reading.document(session, picked.version)
    addresses = reading.addresses(session, picked.version)
    named, parts = places(base), sections(base.paragraphs, _MOST_SECTIONS)
    found = entries(session, actor, picked.version)
    within = next((part for part in parts if part.start == picked.section), None)
    if picked.section >= 0 and within is None:
        raise NotFound("There is no such section in this revision.")
    shown = [
        entry
        for entry in found
        if (not picked.delegation or picked.delegation in (entry.delegation, *entry.sponsors))
        and (not picked.kind or entry.proposal.kind == picked.kind)
        and (within is None or within.start <= entry.proposal.at < within.stop)
    ]
    if picked.order == "text":
        shown.sort(key=lambda entry: (entry.proposal.at, entry.number))
    ours = [entry for entry in found if entry.delegation in own]
    stood = standings(found, compiled_of(base, found).compilation.paragraphs, ours) if ours else {}
    pages = max(-(-len(shown) // _MOST_ROWS), 1)
    page = min(max(picked.page, 1), pages)
    on_it = shown[(page - 1) * _MOST_ROWS : page * _MOST_ROWS]
    return Listed(
        rows=tuple(
            Row(e, redline(base, e.proposal, named), addresses[e.proposal.at], stood.get(e.number))
            for e in on_it
        ),
        count=len(shown),
        page=page,
        pages=pages,
        total=len(found),
        delegations=in_order(name for entry in found for name in (entry.delegation, *entry.sponsors)),
        sections=tuple((part.start, _title(base, part)) for part in parts),
        own=_own(ours, stood) if ours else None,
    )


def _own(ours: Sequence[Entry], stood: Mapping[int, Standing]) -> Own:
    return Own(
        in_order(entry.delegation for entry in ours),
        len(ours),
        sum(bool(entry.supporters or entry.sponsors) for entry in ours),
        sum(bool(entry.opponents) for entry in ours),
        sum(bool(stood[entry.number].conflicts) for entry in ours),
    )


def _title(base: Document, part: Section) -> str:
    heads = [base.paragraphs[index] for index in part.heads[:1]]
    return " ".join(f"{head.label} {head.text}".strip() for head in heads)


def _revision(negotiation: Negotiation, said: str, moment: datetime) -> Revision | None:
    if said:
        return reading.revision(negotiation, said)
    called = [revision for revision in negotiation.revisions if revision.call is not None]
    last = called or negotiation.revisions
    return current_revision(negotiation, moment) or (last[-1] if last else None)
