"""The amendments to a revision, compiled: what is stored, as one attributed text."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Text, case, cast, select
from sqlalchemy.orm import Session, aliased

from gcmtext.db import (
    Amendment,
    AmendmentEdition,
    AmendmentState,
    Delegation,
    LanguageVersion,
    Stance,
    StanceKind,
)
from gcmtext.services.actor import Actor
from gcmtext.services.permissions import amendments_of, sees
from gcmtext.services.reading import document
from gcmtext.text.collate import Collated, Compilation, collate, collate_paragraph
from gcmtext.text.model import Document
from gcmtext.text.proposals import FATES, INSERTS, Proposal, ProposalKind, Submission
from gcmtext.views.proposal_json import proposal_from_json

_IN_FORCE = (AmendmentEdition.amendment_id == Amendment.id) & (AmendmentEdition.number == Amendment.edition)


@dataclass(frozen=True, slots=True)
class Entry:
    """An amendment that has been submitted, as compilations and lists hold it.

    parent: the number of the amendment that it amends. sponsors, supporters, opponents: delegations by short
    name, in the order in which they said so.
    """

    number: int
    delegation: str
    delegation_id: int
    proposal: Proposal
    rationale: str
    edition: int
    submitted_at: datetime
    written_at: datetime
    parent: int | None
    sponsors: tuple[str, ...] = ()
    supporters: tuple[str, ...] = ()
    opponents: tuple[str, ...] = ()

    @property
    def new_at(self) -> datetime:
        """When it came to stand as it does before those who see it."""
        return max(self.submitted_at, self.written_at)


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """The submitted amendments to a revision that somebody may see, and what they make of it.

    Those who see the same amendments get the same object, so that what is made of it can be kept with it.
    """

    compilation: Compilation
    entries: tuple[Entry, ...]


def compiled(session: Session, actor: Actor, version: LanguageVersion) -> Compiled:
    """Return the submitted amendments to a revision, as far as the actor sees them, compiled.

    A delegation's own text holds what it proposes, and what it sponsors wherever it has no text of its own.
    Takes as many queries for one amendment as for thousands.
    """
    return compiled_of(document(session, version), entries(session, actor, version))


@dataclass(frozen=True, slots=True)
class Alone:
    """A paragraph with the submitted amendments to it that somebody may see.

    near: these and the ones around it, among them new paragraphs in the same place. open: the indices of all
    paragraphs that somebody would change, as far as the same person sees it.
    """

    base: Document
    collated: Collated
    entries: tuple[Entry, ...]
    near: tuple[Entry, ...]
    open: frozenset[int]


def compiled_at(session: Session, actor: Actor, version: LanguageVersion, index: int) -> Alone:
    """Return one paragraph as `compiled` has it, without reading what is proposed for all the others."""
    base = document(session, version)
    spoken = _spoken(session, actor, version)
    found = entries(session, actor, version, {*_around(index, spoken), index - 1, index + 1})
    here = tuple(entry for entry in found if index in (entry.proposal.at, *entry.proposal.bases))
    is_open = frozenset(place for places in spoken for place in places)
    return Alone(base, collate_paragraph(base, submissions(found), index), here, found, is_open)


def _spoken(session: Session, actor: Actor, version: LanguageVersion) -> frozenset[tuple[int, ...]]:
    """Return the paragraphs for which the actor sees anything proposed, those together that are merged."""
    merged = case((Amendment.kind == ProposalKind.MERGE.value, cast(AmendmentEdition.proposal, Text)))
    rows = session.execute(
        select(Amendment.delegation_id, Amendment.at, merged)
        .join(AmendmentEdition, _IN_FORCE)
        .where(
            _in_state(version, AmendmentState.SUBMITTED),
            Amendment.kind.not_in(kind.value for kind in INSERTS),
        )
        .distinct()
    )
    seen = _seen(actor, version, _delegations(session, version))
    return frozenset(_proposal(said).bases if said else (at,) for by, at, said in rows if by in seen)


def _around(index: int, spoken: Collection[tuple[int, ...]]) -> set[int]:
    """Return a paragraph with those that some would merge with it, or with one of these.

    What becomes of them hangs together: a delegation that would merge two cannot sponsor a change of one.
    """
    found = {index}
    mergers = [frozenset(places) for places in spoken if len(places) > 1]
    while near := [places for places in mergers if places & found and not places <= found]:
        found |= frozenset().union(*near)
    return found


@lru_cache(maxsize=8)
def compiled_of(base: Document, found: tuple[Entry, ...]) -> Compiled:
    """Return amendments that have been read, compiled; see `compiled`."""
    return Compiled(collate(base, submissions(found)), found)


def entries(
    session: Session,
    actor: Actor,
    version: LanguageVersion,
    at: Collection[int] | None = None,
    state: AmendmentState = AmendmentState.SUBMITTED,
) -> tuple[Entry, ...]:
    """Return the amendments to a revision that have been submitted and that the actor sees, by number.

    Takes three queries. `at`: only those that are about these paragraphs. `state`: those that have been
    withdrawn since are not compiled, and can be listed.
    """
    parent = aliased(Amendment)
    chosen = () if at is None else (Amendment.at.in_(sorted(at)),)
    # What has been submitted has a number and a date, which its columns do not say.
    rows: Sequence[Any] = session.execute(
        select(
            Amendment.id,
            Amendment.number,
            Amendment.delegation_id,
            Amendment.edition,
            Amendment.submitted_at,
            parent.number,
            cast(AmendmentEdition.proposal, Text),
            AmendmentEdition.rationale,
            AmendmentEdition.written_at,
        )
        .join(AmendmentEdition, _IN_FORCE)
        .outerjoin(parent, (parent.id == Amendment.parent_id) & (parent.state == AmendmentState.SUBMITTED))
        .where(_in_state(version, state), *chosen)
        .order_by(Amendment.number)
    ).all()
    delegations = _delegations(session, version)
    seen = _seen(actor, version, delegations, state)
    stances = _stances(session, version, delegations, chosen)
    return tuple(
        Entry(
            number=number,
            delegation=delegations[by].short_name,
            delegation_id=by,
            proposal=_proposal(proposal),
            rationale=rationale,
            edition=edition,
            submitted_at=submitted_at,
            written_at=written_at,
            parent=amended,
            sponsors=tuple(stances.get((identity, StanceKind.SPONSOR), ())),
            supporters=tuple(stances.get((identity, StanceKind.SUPPORT), ())),
            opponents=tuple(stances.get((identity, StanceKind.OPPOSE), ())),
        )
        for identity, number, by, edition, submitted_at, amended, proposal, rationale, written_at in rows
        if by in seen
    )


def _in_state(version: LanguageVersion, state: AmendmentState) -> ColumnElement[bool]:
    # A draft that was discarded is withdrawn as well, and has no number.
    numbered = Amendment.number.is_not(None)
    return (Amendment.version_id == version.id) & (Amendment.state == state) & numbered


def _delegations(session: Session, version: LanguageVersion) -> dict[int, Delegation]:
    query = select(Delegation).where(Delegation.negotiation_id == version.revision.negotiation_id)
    return {delegation.id: delegation for delegation in session.scalars(query)}


def _seen(
    actor: Actor,
    version: LanguageVersion,
    delegations: Mapping[int, Delegation],
    state: AmendmentState = AmendmentState.SUBMITTED,
) -> frozenset[int]:
    """Return the delegations whose amendments in a state the actor sees."""
    return frozenset(
        identity
        for identity, delegation in delegations.items()
        if sees(actor, amendments_of(actor, version.revision, delegation, state))
    )


@lru_cache(maxsize=8192)
def _proposal(said: str) -> Proposal:
    """Return a proposal as it is stored; kept, since the same thousands are read for each page."""
    return proposal_from_json(json.loads(said))


def submissions(found: Iterable[Entry]) -> tuple[Submission, ...]:
    """Return what each delegation proposes: its own amendments, then those of others that it sponsors.

    What it sponsors is left out where it has a text of its own for the same paragraph, or sponsors another.
    """
    own: defaultdict[str, list[Proposal]] = defaultdict(list)
    sponsored: defaultdict[str, list[Proposal]] = defaultdict(list)
    for entry in found:
        own[entry.delegation].append(entry.proposal)
        for name in entry.sponsors:
            sponsored[name].append(entry.proposal)
    return tuple(
        Submission(name, tuple(_without_second_fates([*own[name], *sponsored[name]])))
        for name in sorted({*own, *sponsored})
    )


def _without_second_fates(proposals: Sequence[Proposal]) -> list[Proposal]:
    kept: dict[Proposal, None] = {}
    fated: set[int] = set()
    for proposal in proposals:
        places = {proposal.at, *proposal.bases} if proposal.kind in FATES else set()
        if places & fated or proposal in kept:
            continue
        fated |= places
        kept[proposal] = None
    return list(kept)


def _stances(
    session: Session,
    version: LanguageVersion,
    delegations: Mapping[int, Delegation],
    chosen: Collection[ColumnElement[bool]],
) -> Mapping[tuple[int, str], list[str]]:
    """Return who stands how to amendments to a revision at the moment, by amendment and kind."""
    found: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    rows = session.execute(
        select(Stance.amendment_id, Stance.kind, Stance.delegation_id)
        .join(Amendment)
        .where(Amendment.version_id == version.id, Stance.until.is_(None), *chosen)
        .order_by(Stance.id)
    )
    for amendment_id, kind, delegation_id in rows:
        found[amendment_id, kind].append(delegations[delegation_id].short_name)
    return found
