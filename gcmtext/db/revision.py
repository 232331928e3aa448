"""Revisions, their language versions and paragraphs."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import JSON, Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gcmtext.db.append_only import AppendOnly
from gcmtext.db.base import Base, JsonObject, UtcDateTime
from gcmtext.db.original import Original
from gcmtext.db.visibility import Visible

if TYPE_CHECKING:
    from gcmtext.db.call import Call
    from gcmtext.db.negotiation import Negotiation


class Revision(Visible, AppendOnly, Base):
    """One issued state of a text; never changed once issued, but shown to more people as time goes by.

    name: as people call it ("Rev.1"); slug: its part of every address, which stays.
    position: the order of the revisions of a negotiation; gaps are left for drafts that are found later, and
        made anew where they are used up.
    issued: the day on which it was circulated, where known.
    """

    may_change = frozenset({"position", "visibility", "public_from"})
    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("negotiation_id", "slug"),
        UniqueConstraint("negotiation_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    negotiation_id: Mapped[int] = mapped_column(ForeignKey("negotiation.id"))
    name: Mapped[str] = mapped_column(String(120))
    slug: Mapped[str] = mapped_column(String(120))
    position: Mapped[int]
    symbol: Mapped[str] = mapped_column(String(120))
    issued: Mapped[date | None] = mapped_column(Date)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    negotiation: Mapped["Negotiation"] = relationship(back_populates="revisions")
    versions: Mapped[list["LanguageVersion"]] = relationship(
        order_by="LanguageVersion.id", back_populates="revision"
    )
    call: Mapped["Call | None"] = relationship()


class LanguageVersion(AppendOnly, Base):
    """A revision in one of its languages.

    digest: SHA-256 of the paragraphs, so that the same text is known when it comes again.
    notices: what was said when the file was read.
    """

    __tablename__ = "language_version"
    __table_args__ = (UniqueConstraint("revision_id", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    original_id: Mapped[int] = mapped_column(ForeignKey("original.id"), index=True)
    language: Mapped[str] = mapped_column(String(35))
    title: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    notices: Mapped[list[JsonObject]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    revision: Mapped[Revision] = relationship(back_populates="versions")
    original: Mapped[Original] = relationship()
    paragraphs: Mapped[list["StoredParagraph"]] = relationship(order_by="StoredParagraph.index")


class StoredParagraph(AppendOnly, Base):
    """A paragraph of a language version; see gcmtext.text.model.Paragraph.

    address: what stands for it in addresses ("12-bis", "12-bis-a"), one of a kind in its version.
    """

    __tablename__ = "paragraph"
    __table_args__ = (UniqueConstraint("version_id", "address"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("language_version.id"), primary_key=True)
    index: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20))
    label: Mapped[str] = mapped_column(Text)
    level: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(String(255))
