"""Calls for amendments."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from gcmtext.db.base import Base, UtcDateTime
from gcmtext.db.visibility import Visibility

PROFILE = "ga"


class Call(Base):
    """That amendments to a revision are taken, from one moment until another.

    closes_at: None until it is said. shown: a Visibility: who sees what has been submitted, besides the
        delegation itself: those who conduct the negotiation, all who take part, or everybody.
    profile: how the compilation marks what is proposed, see gcmtext.text.profiles.
    """

    __tablename__ = "call"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), primary_key=True)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    shown: Mapped[str] = mapped_column(String(20), default=Visibility.DELEGATIONS.value)
    profile: Mapped[str] = mapped_column(String(40), default=PROFILE)

    def is_open_at(self, moment: datetime) -> bool:
        """Return whether amendments are taken at a moment."""
        return self.opened_at <= moment and (self.closes_at is None or moment < self.closes_at)
