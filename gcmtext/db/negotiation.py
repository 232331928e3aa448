"""Negotiations."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gcmtext.db.base import Base, UtcDateTime
from gcmtext.db.revision import Revision
from gcmtext.db.visibility import Visible


class Negotiation(Visible, Base):
    """One text under negotiation, from its zero draft to adoption.

    slug: its part of every address. language: the working language; others are aligned with it.
    revisions: those that whoever reads it may see, so they are never loaded without being asked for.
    """

    __tablename__ = "negotiation"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(500))
    language: Mapped[str] = mapped_column(String(35))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    revisions: Mapped[list[Revision]] = relationship(
        order_by=Revision.position, back_populates="negotiation", lazy="raise"
    )
