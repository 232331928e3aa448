"""Comments on paragraphs, on passages of them, and on amendments."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gcmtext.db.amendment import Amendment
from gcmtext.db.base import Base, UtcDateTime
from gcmtext.db.participant import Delegation
from gcmtext.db.person import Person
from gcmtext.db.revision import LanguageVersion


class Comment(Base):
    """What a person says about a paragraph, a passage of it, or an amendment, for a stated audience.

    key: its part of addresses; from numbers people could tell how many comments they may not read.
    root: the comment that opened the thread; None for that one itself.
    index: of the paragraph; start, end: the passage of its text, in characters; None for the whole.
    delegation: for whom it speaks; None for co-facilitators and the secretariat.
    audience: a Visibility: own for the delegation alone, prepared for those who conduct the negotiation as
        well. A reply has that of the comment that opened the thread.
    text: Markdown, as it was typed.
    resolved_at: of the opening comment: when the thread was closed; None while it is open.
    nonce: stands for the form as it was sent, so that a form sent twice makes one comment.
    """

    __tablename__ = "comment"
    __table_args__ = (Index("ix_comment_place", "version_id", "index"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(16), unique=True)
    negotiation_id: Mapped[int] = mapped_column(ForeignKey("negotiation.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("language_version.id"))
    index: Mapped[int]
    start: Mapped[int | None]
    end: Mapped[int | None]
    amendment_id: Mapped[int | None] = mapped_column(ForeignKey("amendment.id"), index=True)
    root_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id"))
    audience: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    nonce: Mapped[str | None] = mapped_column(String(64), unique=True)

    person: Mapped[Person] = relationship()
    delegation: Mapped[Delegation | None] = relationship()
    version: Mapped[LanguageVersion] = relationship()
    amendment: Mapped[Amendment | None] = relationship()
    root: Mapped["Comment | None"] = relationship(remote_side=[id])
