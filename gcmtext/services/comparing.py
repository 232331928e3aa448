"""Comparing any two revisions of a negotiation, through all that lie between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import pairwise

from sqlalchemy.orm import Session

from gcmtext.db import Correction, LanguageVersion, Negotiation, StoredComparison, StoredLineage
from gcmtext.errors import InvalidText
from gcmtext.services.lineage import (
    alignment_from,
    alignment_of,
    corrections,
    find_lineage,
    link_from_json,
    link_to_json,
)
from gcmtext.services.reading import document, versions_in
from gcmtext.text.compare import Comparison, changes_of
from gcmtext.text.compose import compose
from gcmtext.text.diff import VERSION as DIFF_VERSION
from gcmtext.text.model import Alignment, Document


def compare_versions(
    session: Session, negotiation: Negotiation, old: LanguageVersion, new: LanguageVersion, now: datetime
) -> Comparison:
    """Return what changed from one revision to a later one in the same language.

    Between revisions that do not follow each other the lineage is composed of those of the steps, with the
    corrections made there. The result is kept, and made again when a lineage or correction has changed.
    Raises InvalidText for two languages, or for a later revision given as the older one.
    """
    steps = [_Step.find(session, a, b, now) for a, b in pairwise(_chain(negotiation, old, new))]
    first, last = document(session, old), document(session, new)
    key = _key(steps)
    stored = session.get(StoredComparison, (old.id, new.id))
    if stored is not None and stored.key == key:
        alignment = alignment_from(map(link_from_json, stored.links), first, last)
        changes = tuple(tuple(map(tuple, link["changes"])) for link in stored.links)
        return Comparison(first, last, alignment, changes)
    alignment = _alignment(session, steps, first, last)
    comparison = Comparison(first, last, alignment, changes_of(first, last, alignment))
    _keep(session, stored or StoredComparison(old_id=old.id, new_id=new.id), key, comparison)
    return comparison


@dataclass(frozen=True, slots=True)
class _Step:
    """The lineage in force from one version to the next."""

    old: LanguageVersion
    new: LanguageVersion
    stored: StoredLineage
    decided: Sequence[Correction]

    @classmethod
    def find(cls, session: Session, old: LanguageVersion, new: LanguageVersion, now: datetime) -> "_Step":
        return cls(old, new, find_lineage(session, old, new, now), corrections(session, old, new))


def _chain(negotiation: Negotiation, old: LanguageVersion, new: LanguageVersion) -> list[LanguageVersion]:
    if old.language != new.language:
        raise InvalidText("Compare two revisions in the same language.")
    versions = [v for _, v in versions_in(negotiation, old.language)]
    start, end = versions.index(old), versions.index(new)
    if start >= end:
        raise InvalidText("Compare an earlier revision with a later one.")
    return versions[start : end + 1]


def _key(steps: Sequence[_Step]) -> str:
    parts = [DIFF_VERSION, *(f"{step.stored.id}:{[c.id for c in step.decided]}" for step in steps)]
    return sha256("|".join(parts).encode()).hexdigest()


def _alignment(session: Session, steps: Sequence[_Step], first: Document, last: Document) -> Alignment:
    texts = [first, *(document(session, step.new) for step in steps[:-1]), last]
    found = [
        alignment_of(step.stored, step.decided, old, new)
        for step, (old, new) in zip(steps, pairwise(texts), strict=True)
    ]
    return found[0] if len(found) == 1 else compose(found, first.paragraphs, last.paragraphs)


def _keep(session: Session, stored: StoredComparison, key: str, comparison: Comparison) -> None:
    stored.key = key
    stored.links = [
        link_to_json(link) | {"changes": [list(change) for change in changes]}
        for link, changes in zip(comparison.alignment.links, comparison.changes, strict=True)
    ]
    session.add(stored)
    session.flush()
