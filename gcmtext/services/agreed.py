"""The agreed language of a whole revision, kept ready for its pages."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from gcmtext.db import CorpusDocument, HeldWording, LanguageVersion, StoredPrecedents
from gcmtext.services.actor import Actor
from gcmtext.services.permissions import Action, require
from gcmtext.services.precedents import VERSION, precedents
from gcmtext.text.agreed import Near, Place, Precedents, Run
from gcmtext.text.deviation_terms import Family
from gcmtext.text.deviations import Deviation
from gcmtext.text.model import Paragraph


def agreed_language(
    session: Session, actor: Actor, version: LanguageVersion, paragraphs: Sequence[Paragraph]
) -> tuple[Precedents, ...]:
    """Return the precedents of all paragraphs of a version, which are those given.

    They are kept, and found again when anything in the corpus has changed.
    """
    require(actor, Action.REVISION_READ, version)
    key = _state(session)
    stored = session.get(StoredPrecedents, version.id)
    if stored is not None and stored.key == key:
        return tuple(_read(p.text, kept) for p, kept in zip(paragraphs, stored.found, strict=True))
    symbols = frozenset({version.revision.symbol} - {""})
    found = precedents(session, actor, [p.text for p in paragraphs], symbols)
    _keep(session, stored or StoredPrecedents(version_id=version.id), key, found)
    return found


def _state(session: Session) -> str:
    """Return what is another whenever the corpus is."""
    documents = session.execute(
        select(
            func.count(CorpusDocument.id),
            func.count(CorpusDocument.withdrawn_at),
            func.max(CorpusDocument.id),
            func.max(CorpusDocument.changed_at),
        )
    ).one()
    wordings = session.scalar(select(func.max(HeldWording.id)))
    return sha256(repr((VERSION, *documents, wordings)).encode()).hexdigest()


def _keep(session: Session, stored: StoredPrecedents, key: str, found: Iterable[Precedents]) -> None:
    """Keep precedents ready; if another process keeps them, or writes just now, leave it to that one."""
    with suppress(IntegrityError, OperationalError), session.begin_nested():
        stored.key = key
        stored.found = [_written(one) for one in found]
        session.add(stored)


def _written(one: Precedents) -> dict[str, Any]:
    """Return precedents as JSON, without the text, which the version has."""
    written = asdict(one)
    del written["text"]
    return written


def _read(text: str, kept: dict[str, Any]) -> Precedents:
    return Precedents(
        text=text,
        coverage=kept["coverage"],
        runs=tuple(
            Run(
                start=run["start"],
                end=run["end"],
                place=Place(**run["place"]),
                documents=run["documents"],
                latest=Place(**run["latest"]) if run["latest"] else None,
            )
            for run in kept["runs"]
        ),
        near=tuple(
            Near(
                place=Place(**near["place"]),
                changes=tuple((operation, words) for operation, words in near["changes"]),
                deviations=tuple(
                    Deviation(Family(d["family"]), d["agreed"], d["here"]) for d in near["deviations"]
                ),
            )
            for near in kept["near"]
        ),
    )
