"""The lineage between versions: found once, kept, corrected, composed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gcmtext.db import Correction, LanguageVersion, Revision, StoredLineage
from gcmtext.errors import Conflict, InvalidText
from gcmtext.services.actor import Actor
from gcmtext.services.audit import record
from gcmtext.services.permissions import Action, require
from gcmtext.services.reading import document
from gcmtext.text.align import VERSION, align
from gcmtext.text.corrections import Decision, Verb, decide
from gcmtext.text.model import Alignment, Document, Evidence, Link, LinkKind


@dataclass(frozen=True, slots=True)
class Step:
    """The lineage in force from one version to the next, and what was decided about it, oldest first."""

    old: LanguageVersion
    new: LanguageVersion
    stored: StoredLineage
    decided: tuple[Correction, ...]


def steps(session: Session, versions: Sequence[LanguageVersion], now: datetime) -> list[Step]:
    """Return the steps between versions that follow each other.

    The lineage of a step is the one found first, by whatever version of the aligner; where there is none, it
    is found and stored.
    """
    ids = [version.id for version in versions]
    stored: dict[tuple[int, int], StoredLineage] = {}
    for lineage in session.scalars(
        select(StoredLineage)
        .where(StoredLineage.old_id.in_(ids), StoredLineage.new_id.in_(ids))
        .order_by(StoredLineage.id)
    ):
        stored.setdefault((lineage.old_id, lineage.new_id), lineage)
    decided: defaultdict[tuple[int, int], list[Correction]] = defaultdict(list)
    for correction in session.scalars(
        select(Correction)
        .where(Correction.old_id.in_(ids), Correction.new_id.in_(ids))
        .order_by(Correction.id)
    ):
        decided[correction.old_id, correction.new_id].append(correction)
    return [
        Step(
            old,
            new,
            stored.get((old.id, new.id)) or _find(session, old, new, now),
            tuple(decided[old.id, new.id]),
        )
        for old, new in pairwise(versions)
    ]


def find_lineage(
    session: Session, old: LanguageVersion, new: LanguageVersion, now: datetime
) -> StoredLineage:
    """Return the lineage in force between two versions that follow each other; see `steps`."""
    (step,) = steps(session, (old, new), now)
    return step.stored


def corrections(session: Session, old: LanguageVersion, new: LanguageVersion) -> Sequence[Correction]:
    """Return what was decided about the lineage between two versions, oldest first."""
    return session.scalars(
        select(Correction)
        .where(Correction.old_id == old.id, Correction.new_id == new.id)
        .order_by(Correction.id)
    ).all()


def _find(session: Session, old: LanguageVersion, new: LanguageVersion, now: datetime) -> StoredLineage:
    alignment = align(document(session, old).paragraphs, document(session, new).paragraphs)
    return keep_lineage(session, old, new, alignment, now)


def keep_lineage(
    session: Session, old: LanguageVersion, new: LanguageVersion, alignment: Alignment, now: datetime
) -> StoredLineage:
    """Store what has been found of two versions between which nothing is stored yet."""
    stored = StoredLineage(
        old_id=old.id,
        new_id=new.id,
        algorithm=VERSION,
        links=[link_to_json(link) for link in alignment.links],
        found_at=now,
    )
    session.add(stored)
    session.flush()
    return stored


def alignment_of(
    stored: StoredLineage, decided: Sequence[Correction], old: Document, new: Document
) -> Alignment:
    """Return a stored lineage with the decisions about it applied."""
    found = alignment_from(map(link_from_json, stored.links), old, new)
    if not decided:
        return found
    return decide(found, decisions_of(decided), old.paragraphs, new.paragraphs)


def decisions_of(made: Iterable[Correction]) -> list[Decision]:
    """Return corrections as decisions, in their order."""
    return [Decision(Verb(c.verb), tuple(c.old), tuple(c.new)) for c in made]


def correct(
    session: Session,
    actor: Actor,
    old: LanguageVersion,
    new: LanguageVersion,
    decision: Decision,
    *,
    reason: str,
    seen: int,
    now: datetime,
) -> Correction:
    """Store what a person decided about the lineage between two versions that follow each other.

    `seen` is the number of decisions that the person knew of. Raises NotAllowed for who may not decide,
    InvalidText for a decision that cannot be, Conflict if somebody else has decided meanwhile or a revision
    has been put between the two.
    """
    negotiation = new.revision.negotiation
    for version in (old, new):
        require(actor, Action.LINEAGE_CORRECT, version)
    name = " ".join(actor.name.split())
    if len(name) > _LONGEST_NAME or len(reason) > _LONGEST_REASON:
        raise InvalidText(
            f"A name has {_LONGEST_NAME} characters at most, a reason {_LONGEST_REASON:,}: shorten it."
        )
    stored = find_lineage(session, old, new, now)
    _take_turn(session, stored)
    before = corrections(session, old, new)
    if len(before) != seen:
        raise Conflict(
            f"{before[-1].by if before else 'Somebody'} has corrected this lineage meanwhile: "
            "look at it again, then decide."
        )
    _check_neighbours(session, old, new)
    correction = Correction(
        old_id=old.id,
        new_id=new.id,
        verb=decision.verb.value,
        old=list(decision.old),
        new=list(decision.new),
        by=name,
        reason=reason.strip(),
        at=now,
    )
    alignment_of(stored, [*before, correction], document(session, old), document(session, new))
    session.add(correction)
    after = {
        "verb": correction.verb,
        "old": correction.old,
        "new": correction.new,
        "language": new.language,
        "reason": correction.reason,
    }
    of = f"{negotiation.slug}/lineage/{old.revision.slug}/{new.revision.slug}"
    record(session, actor, Action.LINEAGE_CORRECT, of, None, after, now, negotiation=negotiation)
    return correction


_LONGEST_NAME = 200
_LONGEST_REASON = 10_000


def _take_turn(session: Session, lineage: StoredLineage) -> None:
    """Wait until nobody else corrects this lineage; on SQLite those who write take turns anyway."""
    session.execute(select(StoredLineage.id).where(StoredLineage.id == lineage.id).with_for_update())


def _check_neighbours(session: Session, old: LanguageVersion, new: LanguageVersion) -> None:
    between = session.scalar(
        select(Revision.name)
        .join(LanguageVersion, LanguageVersion.revision_id == Revision.id)
        .where(
            Revision.negotiation_id == old.revision.negotiation_id,
            LanguageVersion.language == old.language,
            Revision.position > old.revision.position,
            Revision.position < new.revision.position,
        )
        .order_by(Revision.position)
        .limit(1)
    )
    if between is not None:
        raise Conflict(
            f"{between} stands between {old.revision.name} and {new.revision.name}: correct the steps to it "
            "and from it."
        )


def alignment_from(links: Iterable[Link], old: Document, new: Document) -> Alignment:
    """Return an alignment with what its links leave over."""
    kept = tuple(links)
    linked_old = {i for link in kept for i in link.old}
    linked_new = {j for link in kept for j in link.new}
    return Alignment(
        kept,
        tuple(p.index for p in new.paragraphs if p.index not in linked_new),
        tuple(p.index for p in old.paragraphs if p.index not in linked_old),
    )


def link_to_json(link: Link) -> dict[str, Any]:
    """Return a link as it is stored."""
    return {
        "old": list(link.old),
        "new": list(link.new),
        "kind": link.kind.value,
        "confidence": link.confidence,
        "evidence": asdict(link.evidence),
    }


def link_from_json(stored: dict[str, Any]) -> Link:
    """Return a stored link."""
    return Link(
        tuple(stored["old"]),
        tuple(stored["new"]),
        LinkKind(stored["kind"]),
        stored["confidence"],
        Evidence(**stored["evidence"]),
    )
