"""What has been issued is never changed, whatever the code does: the session refuses."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from gcmtext.db import (
    Correction,
    LanguageVersion,
    Negotiation,
    Original,
    Revision,
    StoredLineage,
    StoredParagraph,
)
from gcmtext.db.append_only import Immutable
from gcmtext.services.actor import operator
from gcmtext.services.importing import import_revision, read_text, start_negotiation
from gcmtext.services.lineage import correct
from gcmtext.text.corrections import Decision, Verb

NOW = datetime(2027, 2, 1, tzinfo=UTC)
OPERATOR = operator("A. Keeper")
ISSUED = [Revision, LanguageVersion, StoredParagraph, Original, StoredLineage, Correction]
CHANGES = {
    Revision: "name",
    LanguageVersion: "title",
    StoredParagraph: "text",
    Original: "name",
    StoredLineage: "algorithm",
    Correction: "reason",
}


@pytest.fixture
def stored(session: Session) -> Session:
    """A session on two revisions of a text, with a correction between them."""
    negotiation = start_negotiation(session, OPERATOR, "Lighthouses", "en", NOW)
    versions = []
    for name, text in (("Rev.1", "1. Keep the lights.\n"), ("Rev.2", "1. Keep all the lights.\n")):
        document = read_text(text.encode(), "lights.md")
        versions.append(
            import_revision(
                session,
                OPERATOR,
                negotiation,
                document,
                ("lights.md", text.encode()),
                name=name,
                issued=None,
                now=NOW,
            ).version
        )
    decision = Decision(Verb.LINK, (0,), (0,))
    correct(session, operator("A. Keeper"), *versions, decision, reason="read it", seen=0, now=NOW)
    session.commit()
    return session


@pytest.mark.parametrize("model", ISSUED)
def test_no_column_can_be_changed(stored: Session, model: type) -> None:
    row = stored.query(model).first()
    setattr(row, CHANGES[model], "something else")
    with pytest.raises(Immutable):
        stored.commit()


@pytest.mark.parametrize("model", ISSUED)
def test_no_row_can_be_removed(stored: Session, model: type) -> None:
    stored.delete(stored.query(model).first())
    with pytest.raises(Immutable):
        stored.commit()


@pytest.mark.parametrize("model", ISSUED)
@pytest.mark.parametrize(
    "statement", [delete, lambda model: update(model).values({CHANGES[model]: "something else"})]
)
def test_no_statement_can_do_it_either(
    stored: Session, model: type, statement: Callable[[type], object]
) -> None:
    with pytest.raises(Immutable):
        stored.execute(statement(model))  # type: ignore[call-overload]


def test_what_is_not_issued_can_be_changed(stored: Session) -> None:
    negotiation = stored.query(Negotiation).one()
    negotiation.title = "Lighthouses and beacons"
    stored.query(Revision).order_by(Revision.position).all()[-1].position += 1
    stored.commit()
