"""Files that have been read and not issued."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gcmtext.db.base import Base, JsonObject, UtcDateTime
from gcmtext.db.revision import LanguageVersion


class PendingImport(Base):
    """A file on its way into a negotiation, while a person looks at its preview; removed after a day.

    token: its part of the address, which nobody can guess.
    data: the file as it came; None once it has been issued.
    text: what was read from it (gcmtext.text.model.Document, in JSON): what has been seen is what is issued.
    name, issued, language, before: as typed. edits: the corrections, by index.
    version: what it has become; the row stays for a form that is sent twice.
    """

    __tablename__ = "pending_import"

    token: Mapped[str] = mapped_column(String(43), primary_key=True)
    negotiation_id: Mapped[int] = mapped_column(ForeignKey("negotiation.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    file: Mapped[str] = mapped_column(Text)
    data: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    text: Mapped[JsonObject] = mapped_column(JSON, deferred=True)
    name: Mapped[str] = mapped_column(Text)
    issued: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    before: Mapped[str] = mapped_column(Text)
    edits: Mapped[dict[str, JsonObject]] = mapped_column(JSON)
    version_id: Mapped[int | None] = mapped_column(ForeignKey("language_version.id"))

    version: Mapped[LanguageVersion | None] = relationship()
