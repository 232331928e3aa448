"""A negotiation from above: its revisions, how much changed at each step, and how its sections flowed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from gcmtext.db import LanguageVersion, Negotiation, StoredComparison, StoredFlow, StoredParagraph
from gcmtext.services import reading
from gcmtext.services.comparing import compared, key_of
from gcmtext.services.lineage import Step, steps
from gcmtext.services.outline import Picked, picked
from gcmtext.text.compare import Summary, is_doubtful
from gcmtext.text.flow import VERSION, Band, Flow, Loose, Ribbon, bands, flow
from gcmtext.text.sections import Section


@dataclass(frozen=True, slots=True)
class Size:
    """How long a version is, and how many brackets open in it."""

    paragraphs: int
    brackets: int


@dataclass(frozen=True, slots=True)
class StepFacts:
    """What happened from one version to the next. doubts: the links that a person should look at."""

    old: LanguageVersion
    new: LanguageVersion
    figures: Summary
    doubts: int
    flow: Flow


@dataclass(frozen=True, slots=True)
class Overview:
    """A negotiation from above, in one language.

    versions: those in this language, in order. steps: between them. bands: the sections of each version.
    heads: by version id and index, the headings and the first paragraphs of the sections, and those to which
        what flows between them leads.
    sizes: by version id.
    """

    language: str
    versions: tuple[LanguageVersion, ...]
    steps: tuple[StepFacts, ...]
    bands: tuple[tuple[Band, ...], ...]
    heads: Mapping[tuple[int, int], Picked]
    sizes: Mapping[int, Size]


def overview(session: Session, negotiation: Negotiation, now: datetime) -> Overview:
    """Return a negotiation from above, in the language in which its latest revision is read.

    Takes a constant number of queries, once the comparisons and flows of all steps are kept.
    """
    if not negotiation.revisions:
        return Overview(negotiation.language, (), (), (), {}, {})
    language = reading.version(negotiation, negotiation.revisions[-1]).language
    versions = tuple(v for _, v in reading.versions_in(negotiation, language))
    facts = _steps(session, negotiation, versions, now)
    if facts:
        cut = (facts[0].flow.old, *(step.flow.new for step in facts))
    else:
        cut = (bands(reading.document(session, versions[0])),)
    return Overview(
        language=language,
        versions=versions,
        steps=facts,
        bands=cut,
        heads=picked(session, _named(versions, cut, facts)),
        sizes=sizes(session, versions),
    )


def _named(
    versions: Sequence[LanguageVersion], cut: Sequence[Sequence[Band]], facts: Iterable[StepFacts]
) -> Iterator[tuple[int, int]]:
    for version, found in zip(versions, cut, strict=True):
        for band in found:
            yield version.id, band.section.start
            yield from ((version.id, head) for head in band.section.heads)
    for step in facts:
        yield from ((step.new.id, ribbon.first) for ribbon in step.flow.ribbons)
        yield from ((step.new.id, loose.first) for loose in step.flow.inserted)
        yield from ((step.old.id, loose.first) for loose in step.flow.deleted)


def lengths(session: Session, versions: Iterable[LanguageVersion]) -> dict[int, int]:
    """Return how many paragraphs versions have, by their ids, with one query."""
    rows = session.execute(
        select(StoredParagraph.version_id, func.count().label("length"))
        .where(StoredParagraph.version_id.in_([v.id for v in versions]))
        .group_by(StoredParagraph.version_id)
    )
    return {row.version_id: row.length for row in rows}


def sizes(session: Session, versions: Iterable[LanguageVersion]) -> dict[int, Size]:
    """Return the sizes of versions by their ids, with one query."""
    text = StoredParagraph.text
    rows = session.execute(
        select(
            StoredParagraph.version_id,
            func.count(),
            func.sum(func.length(text) - func.length(func.replace(text, "[", ""))),
        )
        .where(StoredParagraph.version_id.in_([v.id for v in versions]))
        .group_by(StoredParagraph.version_id)
    )
    return {identity: Size(paragraphs, int(brackets)) for identity, paragraphs, brackets in rows}


def _steps(
    session: Session, negotiation: Negotiation, versions: tuple[LanguageVersion, ...], now: datetime
) -> tuple[StepFacts, ...]:
    ids = [v.id for v in versions]
    rows = session.execute(
        select(StoredComparison.old_id, StoredComparison.new_id, StoredComparison.figures, StoredFlow)
        .join(
            StoredFlow,
            and_(
                StoredFlow.old_id == StoredComparison.old_id,
                StoredFlow.new_id == StoredComparison.new_id,
                StoredFlow.key == StoredComparison.key + VERSION,
            ),
        )
        .where(StoredFlow.old_id.in_(ids), StoredFlow.new_id.in_(ids))
    )
    kept = {(old, new): (figures, stored) for old, new, figures, stored in rows}
    facts = []
    for step in steps(session, versions, now):
        figures, stored = kept.get((step.old.id, step.new.id), ({}, None))
        if stored is None or stored.key != key_of([step]) + VERSION:
            facts.append(_made(session, negotiation, step, now))
        else:
            read = _from_json(stored.flow)
            facts.append(StepFacts(step.old, step.new, Summary(**figures), stored.doubts, read))
    return tuple(facts)


def _made(session: Session, negotiation: Negotiation, step: Step, now: datetime) -> StepFacts:
    """Return the facts of a step, made from its texts, and keep them; if another process does, leave it."""
    result = compared(session, negotiation, step.old, step.new, now)
    facts = StepFacts(
        step.old,
        step.new,
        result.figures,
        sum(map(is_doubtful, result.comparison.alignment.links)),
        flow(result.comparison),
    )
    with suppress(IntegrityError, OperationalError), session.begin_nested():
        session.merge(
            StoredFlow(
                old_id=step.old.id,
                new_id=step.new.id,
                key=key_of([step]) + VERSION,
                doubts=facts.doubts,
                flow=asdict(facts.flow),
            )
        )
    return facts


def _from_json(stored: dict[str, Any]) -> Flow:
    return Flow(
        old=tuple(map(_band, stored["old"])),
        new=tuple(map(_band, stored["new"])),
        ribbons=tuple(Ribbon(**ribbon) for ribbon in stored["ribbons"]),
        deleted=tuple(Loose(**loose) for loose in stored["deleted"]),
        inserted=tuple(Loose(**loose) for loose in stored["inserted"]),
    )


def _band(stored: dict[str, Any]) -> Band:
    section = stored["section"]
    return Band(Section(section["start"], section["stop"], tuple(section["heads"])), stored["words"])
