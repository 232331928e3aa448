"""Searches that people keep."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gcmtext.db.attention import Looked
from gcmtext.db.base import Base, UtcDateTime
from gcmtext.db.participant import Delegation
from gcmtext.db.person import Person


class SavedSearch(Base):
    """A search that a person keeps under a name; what it finds is never kept.

    key: its part of the address, which nobody can guess. question: the query string of the search.
    delegation: to whom it is shown besides; None for nobody.
    """

    __tablename__ = "saved_search"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(16), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    question: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship()
    delegation: Mapped[Delegation | None] = relationship()


class SavedSearchLook(Looked):
    """When a person looked at what a saved search finds, and the time before."""

    __tablename__ = "saved_search_look"

    saved_id: Mapped[int] = mapped_column(ForeignKey("saved_search.id", ondelete="CASCADE"), primary_key=True)
