"""E-mail on its way."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from gcmtext.db.base import Base, UtcDateTime


class OutgoingMail(Base):
    """A message that was written with what it tells of, in one transaction, and is delivered afterwards.

    identity: its Message-ID, the same each time it is tried. text: "" once it has been delivered.
    due_at: when it is tried next; None once it has been delivered or given up. fault: why it was not
    delivered the last time.
    """

    __tablename__ = "outgoing_mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    identity: Mapped[str] = mapped_column(String(43), unique=True)
    to: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fault: Mapped[str] = mapped_column(Text, default="")
