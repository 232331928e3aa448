"""In which role people act, in which negotiation, and for whom."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gcmtext.db.base import Base, UtcDateTime
from gcmtext.db.participant import Delegation
from gcmtext.db.person import Person


class Role(StrEnum):
    """In which capacity somebody acts.

    head, delegate and observer act for a delegation. person: whoever is signed in. public: everybody. These
    two and administrator are not granted in a negotiation.
    """

    ADMINISTRATOR = "administrator"
    CO_FACILITATOR = "co-facilitator"
    SECRETARIAT = "secretariat"
    HEAD = "head"
    DELEGATE = "delegate"
    OBSERVER = "observer"
    PERSON = "person"
    PUBLIC = "public"


class RoleGrant(Base):
    """That a person has a role in a negotiation from one moment until before another.

    delegation_id: for whom, where the role acts for a delegation. until: None as long as it lasts.
    """

    __tablename__ = "role_grant"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    negotiation_id: Mapped[int] = mapped_column(ForeignKey("negotiation.id"), index=True)
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id"), index=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship()
    delegation: Mapped[Delegation | None] = relationship()
