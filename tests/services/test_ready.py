"""What is compared before the right to write is taken, and taken only where it still fits."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from gcmtext.db import LanguageVersion, Negotiation, StoredLineage
from gcmtext.services.actor import operator
from gcmtext.services.comparing import compare_versions
from gcmtext.services.importing import import_revision, read_text, start_negotiation
from gcmtext.services.ready import Ready, made_ready
from gcmtext.text.compare import Comparison, changes_of
from gcmtext.text.model import Alignment, Document
from services.importer import NOW, file_of

OPERATOR = operator("keeper")
ONE, TWO, THREE = (file_of(seed, 12) for seed in range(3))


@pytest.fixture
def lights(session: Session) -> Negotiation:
    return start_negotiation(session, OPERATOR, "On lights", "en", NOW)


def text(data: bytes) -> Document:
    return read_text(data, "lights.md")


def take(
    session: Session, into: Negotiation, name: str, data: bytes, ready: Ready, before: str | None = None
) -> LanguageVersion:
    return import_revision(
        session,
        OPERATOR,
        into,
        text(data),
        ("lights.md", data),
        name=name,
        issued=None,
        before=before,
        ready=ready,
        now=NOW,
    ).version


def marked(ready: Ready) -> Ready:
    """Return comparisons that nobody would find: nothing is linked."""

    def apart(found: Comparison) -> Comparison:
        alignment = Alignment(
            (), tuple(p.index for p in found.new.paragraphs), tuple(p.index for p in found.old.paragraphs)
        )
        return replace(found, alignment=alignment, changes=changes_of(found.old, found.new, alignment))

    return {digests: apart(found) for digests, found in ready.items()}


def links(session: Session) -> list[int]:
    """Return how many links each stored lineage has."""
    return [len(stored.links) for stored in session.scalars(select(StoredLineage).order_by(StoredLineage.id))]


def test_it_is_what_would_be_found_later(session: Session, lights: Negotiation) -> None:
    old = take(session, lights, "Rev.1", ONE, {})
    (made,) = made_ready(session, lights, [("rev-2", text(TWO))]).values()
    new = take(session, lights, "Rev.2", TWO, {})
    found = compare_versions(session, lights, old, new, NOW)
    assert (made.alignment, made.changes) == (found.alignment, found.changes)


def test_it_is_stored_as_it_was_made(session: Session, lights: Negotiation) -> None:
    old = take(session, lights, "Rev.1", ONE, {})
    new = take(session, lights, "Rev.2", TWO, marked(made_ready(session, lights, [("rev-2", text(TWO))])))
    assert links(session) == [0]
    assert compare_versions(session, lights, old, new, NOW).alignment.links == ()


def test_a_revision_that_came_meanwhile_makes_it_void(session: Session, lights: Negotiation) -> None:
    take(session, lights, "Rev.1", ONE, {})
    ready = marked(made_ready(session, lights, [("rev-2", text(THREE))]))
    take(session, lights, "Rev.2", TWO, {})
    take(session, lights, "Rev.3", THREE, ready)
    assert links(session) == [13, 13]


def test_between_two_revisions_both_steps_are_made(session: Session, lights: Negotiation) -> None:
    take(session, lights, "Rev.1", ONE, {})
    take(session, lights, "Rev.3", THREE, {})
    ready = marked(made_ready(session, lights, [("rev-2", text(TWO))], "rev-3"))
    assert len(ready) == 2
    take(session, lights, "Rev.2", TWO, ready, before="rev-3")
    assert links(session) == [13, 0, 0]


def test_what_is_there_already_needs_nothing(session: Session, lights: Negotiation) -> None:
    take(session, lights, "Rev.1", ONE, {})
    assert made_ready(session, lights, [("rev-1", text(ONE))]) == {}


def test_texts_of_a_negotiation_that_is_still_to_come(session: Session) -> None:
    texts = [(f"rev-{n}", text(data)) for n, data in enumerate((ONE, TWO, THREE))]
    assert len(made_ready(session, None, texts)) == 2
