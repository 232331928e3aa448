"""Lineage between language versions, its corrections, and comparisons kept ready."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gcmtext.db.append_only import AppendOnly
from gcmtext.db.base import Base, JsonObject, UtcDateTime


class StoredLineage(AppendOnly, Base):
    """The links from one version to the next, as they were found; append-only.

    algorithm: the version of the aligner that found them. The lineage in force is the one found first: an
    upgrade of the program adds another only when somebody asks for it.
    links: as gcmtext.text.model.Link, in JSON.
    """

    __tablename__ = "lineage"
    __table_args__ = (UniqueConstraint("old_id", "new_id", "algorithm"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    old_id: Mapped[int] = mapped_column(ForeignKey("language_version.id"))
    new_id: Mapped[int] = mapped_column(ForeignKey("language_version.id"), index=True)
    algorithm: Mapped[str] = mapped_column(String(40))
    links: Mapped[list[JsonObject]] = mapped_column(JSON, deferred=True)
    found_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Correction(AppendOnly, Base):
    """What a person decided about the lineage between two versions; it wins over what was found.

    verb: "link", "unlink", "inserted", "deleted" or "withdraw". old, new: indices of the paragraphs it is
        about.
    by, at, reason: who, when and why. A later correction of the same paragraphs replaces an earlier one; none
        is ever changed or removed.
    carried_from_id: the correction that it repeats, if that one was made before a revision was put between
        the two that it is about.
    """

    __tablename__ = "correction"

    id: Mapped[int] = mapped_column(primary_key=True)
    old_id: Mapped[int] = mapped_column(ForeignKey("language_version.id"), index=True)
    new_id: Mapped[int] = mapped_column(ForeignKey("language_version.id"), index=True)
    verb: Mapped[str] = mapped_column(String(10))
    old: Mapped[list[int]] = mapped_column(JSON)
    new: Mapped[list[int]] = mapped_column(JSON)
    by: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("correction.id"))


class StoredComparison(Base):
    """The word changes between two versions, kept ready for their page; derived, so it may be dropped.

    key: what it was made from: the lineages and corrections in force, and the version of the diff.
    links: with the changes of each, where any word is new or gone. figures: the summary.
    """

    __tablename__ = "comparison"

    old_id: Mapped[int] = mapped_column(ForeignKey("language_version.id"), primary_key=True)
    new_id: Mapped[int] = mapped_column(ForeignKey("language_version.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    links: Mapped[list[JsonObject]] = mapped_column(JSON)
    figures: Mapped[dict[str, int]] = mapped_column(JSON)
