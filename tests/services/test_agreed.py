"""The agreed language of a revision is kept ready, and found again when the corpus is another."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from gcmtext.db import LanguageVersion, StoredPrecedents, Visibility
from gcmtext.errors import NotFound
from gcmtext.services import corpus, reading
from gcmtext.services.actor import anonymous, operator
from gcmtext.services.agreed import agreed_language
from gcmtext.services.importing import import_revision, read_text, start_negotiation
from gcmtext.text.agreed import Precedents
from services.test_precedents import CLERK, KEPT, NOW, PAID, hold

CLERK_OF_ALL = operator("Clerk")


def version_of(session: Session, visibility: Visibility = Visibility.PUBLIC) -> LanguageVersion:
    text = f"# On lights\n\n1. {KEPT}\n\n2. {PAID.replace('is', 'shall be')}\n"
    data = f"---\nsymbol: LIGHT/L.1\n---\n\n{text}".encode()
    started = start_negotiation(session, CLERK_OF_ALL, "On lights", "en", NOW, visibility=visibility)
    import_revision(
        session,
        CLERK_OF_ALL,
        started,
        read_text(data, "lights.md"),
        ("lights.md", data),
        name="Rev.1",
        issued=None,
        visibility=visibility,
        now=NOW,
    )
    return reading.version(started, started.revisions[0])


def found(session: Session, version: LanguageVersion) -> tuple[Precedents, ...]:
    paragraphs = reading.document(session, version).paragraphs
    result = agreed_language(session, anonymous(datetime.now(UTC)), version, paragraphs)
    session.flush()
    return result


def test_what_is_kept_is_what_was_found(session: Session) -> None:
    hold(session, "LIGHT/3", "2003-05-01", KEPT, PAID)
    hold(session, "LIGHT/4", "2004-05-01", KEPT)
    version = version_of(session)
    first = found(session, version)
    assert first[1].runs[0].latest is not None
    assert first[2].near[0].deviations
    assert len(session.scalars(select(StoredPrecedents)).all()) == 1
    session.expire_all()
    asked: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *event: asked.append(event[2]))
    assert found(session, version) == first
    assert not any("FROM fingerprint" in statement for statement in asked)


def test_it_is_found_again_when_the_corpus_is_another(session: Session) -> None:
    version = version_of(session)
    assert [one.coverage for one in found(session, version)] == [0, 0, 0]
    hold(session, "LIGHT/3", "2003-05-01", KEPT)
    assert [one.coverage for one in found(session, version)] == [0, 1, 0]
    corpus.withdraw(session, CLERK, corpus.named(session, "LIGHT/3"), NOW)
    assert [one.coverage for one in found(session, version)] == [0, 0, 0]
    hold(session, "LIGHT/3", "2003-05-01", KEPT)
    assert [one.coverage for one in found(session, version)] == [0, 1, 0]


def test_a_revision_is_no_precedent_of_itself(session: Session) -> None:
    hold(session, "LIGHT/L.1", "2003-05-01", KEPT)
    assert not any(one.runs for one in found(session, version_of(session)))


def test_whoever_may_not_read_the_revision_is_told_nothing(session: Session) -> None:
    version = version_of(session, Visibility.PREPARED)
    with pytest.raises(NotFound):
        found(session, version)
