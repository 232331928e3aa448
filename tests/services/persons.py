"""People for tests, who sign in with a password."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from gcmtext.db import Person, Role, RoleGrant
from gcmtext.db.engine import begin_write
from gcmtext.services.accounts import hashed

NOW = datetime(2027, 7, 12, 9, 30, tzinfo=UTC)
PASSWORD = "a lantern above nine quiet harbours"  # noqa: S105
OTHER = "seven gulls follow an empty trawler"


def keeper(
    session: Session,
    email: str = "amina@example.org",
    password: str = PASSWORD,
    *,
    is_administrator: bool = False,
    name: str = "Amina Diallo",
) -> Person:
    """Return a person who is stored, with a password."""
    session.rollback()
    begin_write(session)
    person = Person(
        email=email,
        name=name,
        password_hash=hashed(password),
        is_administrator=is_administrator,
        created_at=NOW,
        language="",
    )
    session.add(person)
    session.commit()
    return person


def grant(session: Session, person: Person, role: Role, negotiation_id: int) -> None:
    """Give a person a role."""
    session.add(RoleGrant(person_id=person.id, role=role.value, negotiation_id=negotiation_id, since=NOW))
    session.commit()
