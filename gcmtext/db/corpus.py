"""The corpus: adopted documents, held for the search of agreed language."""

from datetime import date, datetime

from sqlalchemy import JSON, Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gcmtext.db.base import Base, JsonObject, UtcDateTime


class CorpusDocument(Base):
    """An adopted document in one of its languages; adding it again brings it up to date.

    work: what all its language versions have in common: its symbol, or else its title, as a part of addresses
        ("a-res-73-195"). address: its own, the work with the language ("a-res-73-195-en").
    body: who adopted it; session: in which session; adopted: on which day, where known.
    source: SHA-256 of what it was read from, with what was said about it: the same again is not read again.
    changed_by: who added, changed or withdrew it last.
    withdrawn_at: since when it is no part of the corpus any more; its text stays, so that it can come back.
    """

    __tablename__ = "corpus_document"
    __table_args__ = (UniqueConstraint("work", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    work: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(160), unique=True)
    symbol: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(String(120))
    adopted: Mapped[date | None] = mapped_column(Date, index=True)
    session: Mapped[str] = mapped_column(String(40))
    status: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(35))
    notices: Mapped[list[JsonObject]] = mapped_column(JSON)
    source: Mapped[str] = mapped_column(String(64))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by: Mapped[str] = mapped_column(String(200))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    paragraphs: Mapped[list["CorpusParagraph"]] = relationship(
        order_by="CorpusParagraph.index", back_populates="document"
    )


class CorpusParagraph(Base):
    """A paragraph of a document of the corpus; see gcmtext.text.model.Paragraph.

    address: what stands for it in addresses, one of a kind in its document.
    wording: what two paragraphs share that differ in nothing but signs, case and blanks; see
        gcmtext.text.wording.
    """

    __tablename__ = "corpus_paragraph"
    __table_args__ = (UniqueConstraint("document_id", "index"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("corpus_document.id", ondelete="CASCADE"))
    index: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    label: Mapped[str] = mapped_column(Text)
    level: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(String(255))
    wording: Mapped[str] = mapped_column(String(32), index=True)

    document: Mapped[CorpusDocument] = relationship(back_populates="paragraphs")
