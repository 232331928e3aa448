"""What was done, chained by hash."""

from datetime import datetime

from sqlalchemy import JSON, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from gcmtext.db.append_only import AppendOnly
from gcmtext.db.base import Base, JsonObject, UtcDateTime


class AuditEvent(AppendOnly, Base):
    """One act. It outlives what it is about, and so refers to nothing by a foreign key.

    number: 1, 2, 3 … without a gap. actor: the name of who acted; delegation: for whom, "" for nobody.
    action: what the permission is called. subject: what it was done to, as the path of an address.
    before, after: what changed; None where there was or is nothing. source: from where it was asked for.
    previous: the hash of the event before. hash: of this one, see gcmtext.services.audit.
    """

    __tablename__ = "audit_event"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    actor: Mapped[str] = mapped_column(String(200))
    person_id: Mapped[int | None] = mapped_column(index=True)
    delegation: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(60), index=True)
    negotiation_id: Mapped[int | None] = mapped_column(index=True)
    subject: Mapped[str] = mapped_column(Text)
    before: Mapped[JsonObject | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[JsonObject | None] = mapped_column(JSON(none_as_null=True))
    source: Mapped[str] = mapped_column(String(200))
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditHead(Base):
    """The end of the chain, in one row, which those who write lock in turn."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
