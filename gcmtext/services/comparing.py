"""Comparing any two revisions of a negotiation, through all that lie between them."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from hashlib import sha256
from itertools import pairwise
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from gcmtext.db import LanguageVersion, Negotiation, StoredComparison
from gcmtext.errors import InvalidText
from gcmtext.services.lineage import Step, alignment_from, alignment_of, link_from_json, link_to_json, steps
from gcmtext.services.reading import document, versions_in
from gcmtext.text.compare import Comparison, Summary, changes_of, summary
from gcmtext.text.compose import compose
from gcmtext.text.diff import VERSION as DIFF_VERSION
from gcmtext.text.model import Alignment, Changes, Document, Link


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison with its figures, which take as long to count as the rest takes to read."""

    comparison: Comparison
    figures: Summary


def compare_versions(
    session: Session,
    negotiation: Negotiation,
    old: LanguageVersion,
    new: LanguageVersion,
    now: datetime,
    ready: Comparison | None = None,
) -> Comparison:
    """Return what changed from one revision to a later one in the same language; see `compared`."""
    return compared(session, negotiation, old, new, now, ready).comparison


def compared(
    session: Session,
    negotiation: Negotiation,
    old: LanguageVersion,
    new: LanguageVersion,
    now: datetime,
    ready: Comparison | None = None,
) -> Compared:
    """Return what changed from one revision to a later one in the same language, with its figures.

    Between revisions that do not follow each other the lineage is composed of those of the steps, with the
    corrections made there. The result is kept, and made again when a lineage or correction has changed;
    `ready` is one that was made of the same texts before, and serves as long as nothing has been decided.
    Raises InvalidText for two languages, or for a later revision given as the older one.
    """
    way = steps(session, chain(negotiation, old, new), now)
    first, last = document(session, old), document(session, new)
    key = key_of(way)
    stored = session.get(StoredComparison, (old.id, new.id))
    if stored is not None and stored.key == key:
        return Compared(_comparison(stored, first, last), Summary(**stored.figures))
    if ready is not None and len(way) == 1 and not way[0].decided:
        comparison = replace(ready, old=first, new=last)
    else:
        alignment = _alignment(session, way, first, last)
        comparison = Comparison(first, last, alignment, changes_of(first, last, alignment))
    result = Compared(comparison, summary(comparison))
    _keep(session, stored or StoredComparison(old_id=old.id, new_id=new.id), key, result)
    return result


def is_kept(session: Session, old: LanguageVersion, new: LanguageVersion) -> bool:
    """Whether a comparison has been made before; it is made again only after a correction."""
    key = StoredComparison.old_id == old.id, StoredComparison.new_id == new.id
    return session.scalar(select(StoredComparison.old_id).where(*key)) is not None


def alignment_between(
    session: Session, negotiation: Negotiation, old: LanguageVersion, new: LanguageVersion, now: datetime
) -> Alignment:
    """Return the lineage in force from one revision to a later one, through all that lie between them."""
    way = steps(session, chain(negotiation, old, new), now)
    return _alignment(session, way, document(session, old), document(session, new))


def chain(negotiation: Negotiation, old: LanguageVersion, new: LanguageVersion) -> list[LanguageVersion]:
    """Return the versions from one to a later one in the same language.

    Raises InvalidText for two languages, or for a version that is not later.
    """
    if old.language != new.language:
        raise InvalidText("Compare two revisions in the same language.")
    versions = [v for _, v in versions_in(negotiation, old.language)]
    start, end = versions.index(old), versions.index(new)
    if start == end:
        raise InvalidText(f"Both are {old.revision.name}: choose two different revisions.")
    if start > end:
        raise InvalidText(
            f"{old.revision.name} is later than {new.revision.name}: ask for what changed from "
            f"{new.revision.name} to {old.revision.name}."
        )
    return versions[start : end + 1]


def key_of(way: Sequence[Step]) -> str:
    """Return what tells whether a comparison that was kept is still right: what it is made from."""
    parts = [DIFF_VERSION, *(f"{step.stored.id}:{[c.id for c in step.decided]}" for step in way)]
    return sha256("|".join(parts).encode()).hexdigest()


def _alignment(session: Session, way: Sequence[Step], first: Document, last: Document) -> Alignment:
    texts = [first, *(document(session, step.new) for step in way[:-1]), last]
    found = [
        alignment_of(step.stored, step.decided, old, new)
        for step, (old, new) in zip(way, pairwise(texts), strict=True)
    ]
    return found[0] if len(found) == 1 else compose(found, first.paragraphs, last.paragraphs)


def _keep(session: Session, stored: StoredComparison, key: str, result: Compared) -> None:
    """Keep a comparison ready; if another process keeps it, or writes just now, leave it to that one."""
    comparison = result.comparison
    with suppress(IntegrityError, OperationalError), session.begin_nested():
        stored.key = key
        stored.figures = asdict(result.figures)
        stored.links = [
            _to_json(link, changes, comparison.new)
            for link, changes in zip(comparison.alignment.links, comparison.changes, strict=True)
        ]
        session.add(stored)


def _to_json(link: Link, changes: Changes, new: Document) -> dict[str, Any]:
    kept = link_to_json(link)
    return kept if changes == _unchanged(link, new) else kept | {"changes": changes}


def _comparison(stored: StoredComparison, old: Document, new: Document) -> Comparison:
    alignment = alignment_from(map(link_from_json, stored.links), old, new)
    changes = tuple(
        tuple(map(tuple, kept["changes"])) if "changes" in kept else _unchanged(link, new)
        for kept, link in zip(stored.links, alignment.links, strict=True)
    )
    return Comparison(old, new, alignment, changes)


def _unchanged(link: Link, new: Document) -> Changes:
    """Return the changes of a link that has none."""
    return (("equal", "\n".join(new.paragraphs[index].text for index in link.new)),)
