"""Many amendments as they are listed: chosen by what the address says, in the order of the text."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from gcmtext.db import AmendmentState, LanguageVersion, Negotiation, Revision
from gcmtext.services import reading
from gcmtext.services.actor import Actor
from gcmtext.services.amendments import submitted_on
from gcmtext.services.calls import current_revision
from gcmtext.services.compiling import Entry, compiled_of, entries
from gcmtext.services.groups import groups
from gcmtext.text.collate import in_order
from gcmtext.text.places import places
from gcmtext.web.amendment_view import Redline, redline
from gcmtext.web.filters import NONE, Filter, Offered, authors, offered
from gcmtext.web.form import number
from gcmtext.web.standing import Standing, standings

_MOST_ROWS = 250


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is asked for: the revision whose amendments are listed, which of them, and in which order."""

    version: LanguageVersion
    filter: Filter = NONE
    order: str = "text"
    page: int = 1

    def here(self, endpoint: str = "amendments.index", **changed: Any) -> str:
        """Return the address of the list, or of something else, with another choice."""
        said: dict[str, Any] = {**self.filter.said, "order": None if self.order == "text" else self.order}
        revision = self.version.revision
        said |= {"negotiation": revision.negotiation.slug, "revision": revision.slug, **changed}
        return url_for(endpoint, **said)


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
class Elsewhere:
    """How many amendments to other revisions a delegation has submitted, that has none to the one shown."""

    delegation: str
    counts: tuple[tuple[Revision, int], ...]


@dataclass(frozen=True, slots=True)
class Selected:
    """The amendments that are chosen, by number, all in that state, and what else can be chosen."""

    entries: tuple[Entry, ...]
    everyone: tuple[Entry, ...]
    offered: Offered


@dataclass(frozen=True, slots=True)
class Listed:
    """The amendments that are chosen. rows: those on the page, of so many pages; count: of all pages."""

    rows: tuple[Row, ...]
    count: int
    page: int
    pages: int
    total: int
    offered: Offered
    own: Own | None = None


def chosen(negotiation: Negotiation, said: Mapping[str, str], moment: datetime) -> Chosen | None:
    """Return what an address asks for; by default the revision that is open for amendments, else the last.

    None where no revision has been issued. Raises NotFound for what does not exist.
    """
    revision = _revision(negotiation, said.get("revision", ""), moment)
    if revision is None:
        return None
    return Chosen(
        reading.version(negotiation, revision),
        Filter.of(said, with_state=True),
        "number" if said.get("order") == "number" else "text",
        number(said.get("page", "")),
    )


def selected(session: Session, actor: Actor, picked: Chosen) -> Selected:
    """Return the amendments that are chosen, as far as the actor sees them; NotFound for no such section."""
    found = entries(session, actor, picked.version, state=picked.filter.state)
    base = reading.document(session, picked.version)
    grouped = groups(session, picked.version.revision.negotiation)
    can = offered(found, grouped, base, authors)
    part = can.part(picked.filter.section)
    shown = picked.filter.chosen(found, grouped, authors)
    return Selected(
        tuple(entry for entry in shown if part is None or part.holds(entry.proposal.at)), found, can
    )


def listed(session: Session, actor: Actor, picked: Chosen, own: frozenset[str]) -> Listed:
    """Return a page of what is `selected`. own: the delegations for which the reader acts."""
    base = reading.document(session, picked.version)
    addresses = reading.addresses(session, picked.version)
    named = places(base)
    found = selected(session, actor, picked)
    shown = list(found.entries)
    if picked.order == "text":
        shown.sort(key=lambda entry: (entry.proposal.at, entry.number))
    held = found.everyone
    if picked.filter.state is not AmendmentState.SUBMITTED:
        held = entries(session, actor, picked.version) if own else ()
    ours = [entry for entry in held if entry.delegation in own]
    stood = standings(held, compiled_of(base, held).compilation.paragraphs, ours) if ours else {}
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
        total=len(found.everyone),
        offered=found.offered,
        own=_own(ours, stood) if ours else None,
    )


def elsewhere(session: Session, picked: Chosen, names: Collection[str]) -> tuple[Elsewhere, ...]:
    """Return what delegations of the reader, which have nothing on the revision shown, have on others."""
    if not names:
        return ()
    negotiation = picked.version.revision.negotiation
    versions = {reading.version(negotiation, revision).id: revision for revision in negotiation.revisions}
    found = submitted_on(session, names, versions)
    return tuple(
        Elsewhere(name, tuple((versions[v], found[name, v]) for v in versions if (name, v) in found))
        for name in in_order(name for name, _ in found)
    )


def _own(ours: Sequence[Entry], stood: Mapping[int, Standing]) -> Own:
    return Own(
        in_order(entry.delegation for entry in ours),
        len(ours),
        sum(bool(entry.supporters or entry.sponsors) for entry in ours),
        sum(bool(entry.opponents) for entry in ours),
        sum(bool(stood[entry.number].conflicts) for entry in ours),
    )


def _revision(negotiation: Negotiation, said: str, moment: datetime) -> Revision | None:
    if said:
        return reading.revision(negotiation, said)
    called = [revision for revision in negotiation.revisions if revision.call is not None]
    last = called or negotiation.revisions
    return current_revision(negotiation, moment) or (last[-1] if last else None)
