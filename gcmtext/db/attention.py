"""What a person has seen, and wants to be told."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from gcmtext.db.base import Base, UtcDateTime


class Looked(Base):
    """When a person looked at something for the last time, and the time before.

    What has come since `before` is new to them, as long as they are looking: `at` moves with every look, and
    `before` only when they come back after a while.
    """

    __abstract__ = True

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    before: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Look(Looked):
    """When a person looked at the amendments to a revision, and the time before."""

    __tablename__ = "look"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), primary_key=True)


class Often(StrEnum):
    """How often somebody is told by e-mail of what is new, at most."""

    HOURLY = "hourly"
    DAILY = "daily"


class Digest(Base):
    """That a person is told by e-mail of what is new in a negotiation, and how often.

    sent_at: up to when they have been.
    """

    __tablename__ = "digest"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    negotiation_id: Mapped[int] = mapped_column(ForeignKey("negotiation.id"), primary_key=True)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    often: Mapped[str] = mapped_column(String(10))
