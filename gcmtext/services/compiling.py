"""The amendments to a revision, compiled: what is stored, as one attributed text."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

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
from gcmtext.text.collate import Compilation, collate
from gcmtext.text.model import Document
from gcmtext.text.proposals import FATES, Proposal, Submission
from gcmtext.views.proposal_json import proposal_from_json


@dataclass(frozen=True, slots=True)
class Entry:
    """A submitted amendment, as a compilation holds it.

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


@lru_cache(maxsize=8)
def compiled_of(base: Document, found: tuple[Entry, ...]) -> Compiled:
    """Return amendments that have been read, compiled; see `compiled`."""
    return Compiled(collate(base, submissions(found)), found)


def entries(session: Session, actor: Actor, version: LanguageVersion) -> tuple[Entry, ...]:
    """Return the submitted amendments to a revision that the actor sees, by number; in three queries."""
    # What has been submitted has a number and a date, which its columns do not say.
    rows: Sequence[Any] = session.execute(
        select(
            Amendment.id,
            Amendment.number,
            Amendment.parent_id,
            Amendment.delegation_id,
            Amendment.edition,
            Amendment.submitted_at,
            cast(AmendmentEdition.proposal, Text),
            AmendmentEdition.rationale,
            AmendmentEdition.written_at,
        )
        .join(
            AmendmentEdition,
            (AmendmentEdition.amendment_id == Amendment.id) & (AmendmentEdition.number == Amendment.edition),
        )
        .where(Amendment.version_id == version.id, Amendment.state == AmendmentState.SUBMITTED)
        .order_by(Amendment.number)
    ).all()
    delegations = {
        delegation.id: delegation
        for delegation in session.scalars(
            select(Delegation).where(Delegation.negotiation_id == version.revision.negotiation_id)
        )
    }
    seen = {
        delegation.id
        for delegation in delegations.values()
        if sees(actor, amendments_of(actor, version.revision, delegation, AmendmentState.SUBMITTED))
    }
    stances = _stances(session, version, delegations)
    numbers = {row[0]: row[1] for row in rows}
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
            parent=numbers.get(parent),
            sponsors=tuple(stances.get((identity, StanceKind.SPONSOR), ())),
            supporters=tuple(stances.get((identity, StanceKind.SUPPORT), ())),
            opponents=tuple(stances.get((identity, StanceKind.OPPOSE), ())),
        )
        for identity, number, parent, by, edition, submitted_at, proposal, rationale, written_at in rows
        if by in seen
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
    kept: list[Proposal] = []
    fated: set[int] = set()
    for proposal in proposals:
        places = {proposal.at, *proposal.bases} if proposal.kind in FATES else set()
        if places & fated or proposal in kept:
            continue
        fated |= places
        kept.append(proposal)
    return kept


def _stances(
    session: Session, version: LanguageVersion, delegations: dict[int, Delegation]
) -> defaultdict[tuple[int, str], list[str]]:
    """Return who stands how to the amendments to a revision at the moment, by amendment and kind."""
    found: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    rows = session.execute(
        select(Stance.amendment_id, Stance.kind, Stance.delegation_id)
        .join(Amendment)
        .where(Amendment.version_id == version.id, Stance.until.is_(None))
        .order_by(Stance.id)
    )
    for amendment_id, kind, delegation_id in rows:
        found[amendment_id, kind].append(delegations[delegation_id].short_name)
    return found
