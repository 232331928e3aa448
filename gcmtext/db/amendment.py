"""Amendments: what delegations propose on one place of one revision, and how others stand to it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gcmtext.db.append_only import AppendOnly
from gcmtext.db.base import Base, JsonObject, UtcDateTime
from gcmtext.db.original import Original
from gcmtext.db.participant import Delegation
from gcmtext.db.revision import LanguageVersion


class AmendmentState(StrEnum):
    """What has become of an amendment. A draft that is discarded is withdrawn, and never has a number."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"


class StanceKind(StrEnum):
    """How a delegation stands to the amendment of another one."""

    SPONSOR = "sponsor"
    SUPPORT = "support"
    OPPOSE = "oppose"


class Amendment(Base):
    """One delegation's proposal on one place of one revision; what it says is in its editions.

    key: its part of the address while it is a draft, which nobody can guess.
    number: counts the submitted amendments of a negotiation from 1 and stays. A draft has none, so that
        nobody can tell from the numbers how many drafts there are.
    kind: a gcmtext.text.proposals.ProposalKind. at: the index of the paragraph it is about.
    parent: the amendment that this one amends.
    state: an AmendmentState.
    edition: the number of the edition in force.
    """

    __tablename__ = "amendment"
    __table_args__ = (
        UniqueConstraint("negotiation_id", "number"),
        Index("ix_amendment_place", "version_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    negotiation_id: Mapped[int] = mapped_column(ForeignKey("negotiation.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("language_version.id"))
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("amendment.id"), index=True)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"), index=True)
    key: Mapped[str] = mapped_column(String(43), unique=True)
    number: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(20))
    at: Mapped[int]
    state: Mapped[str] = mapped_column(String(12))
    edition: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    delegation: Mapped[Delegation] = relationship()
    version: Mapped[LanguageVersion] = relationship()
    editions: Mapped[list["AmendmentEdition"]] = relationship(
        order_by="AmendmentEdition.number", back_populates="amendment"
    )
    stances: Mapped[list["Stance"]] = relationship(order_by="Stance.id", back_populates="amendment")


class AmendmentEdition(AppendOnly, Base):
    """What an amendment says, from one editing to the next; none is ever changed.

    proposal: a gcmtext.text.proposals.Proposal in JSON: the full proposed text; what it changes is computed.
    nonce: stands for the form as it was sent, so that a form sent twice makes one edition.
    """

    __tablename__ = "amendment_edition"

    amendment_id: Mapped[int] = mapped_column(ForeignKey("amendment.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    proposal: Mapped[JsonObject] = mapped_column(JSON)
    rationale: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(35))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    nonce: Mapped[str | None] = mapped_column(String(64), unique=True)

    amendment: Mapped[Amendment] = relationship(back_populates="editions")


class Stance(Base):
    """How a delegation stands to the amendment of another, from one moment to another.

    kind: a StanceKind. until: None as long as it holds; a delegation holds one at a time.
    """

    __tablename__ = "stance"
    __table_args__ = (
        Index(
            "uq_stance_held",
            "amendment_id",
            "delegation_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    amendment_id: Mapped[int] = mapped_column(ForeignKey("amendment.id"), index=True)
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)

    amendment: Mapped[Amendment] = relationship(back_populates="stances")
    delegation: Mapped[Delegation] = relationship()


class BatchState(StrEnum):
    """What has become of a file that a delegation sent. One that is discarded is removed."""

    READ = "read"
    CONFIRMED = "confirmed"


class Batch(Base):
    """A file that a delegation sent, as it was understood, until it is confirmed as amendments or discarded.

    key: its part of the address. delegation: None until it is known from whom the file is.
    conducted: whether the secretariat takes it in; otherwise the delegation itself does, and nobody else
        sees it.
    proposals, unplaced, notices: what was read, in JSON, with the corrections of a person; see
        gcmtext.services.batches. state: a BatchState.
    """

    __tablename__ = "batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(43), unique=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("language_version.id"), index=True)
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id"), index=True)
    conducted: Mapped[bool]
    original_id: Mapped[int] = mapped_column(ForeignKey("original.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    file: Mapped[str] = mapped_column(String(255))
    proposals: Mapped[list[JsonObject]] = mapped_column(JSON)
    unplaced: Mapped[list[JsonObject]] = mapped_column(JSON)
    notices: Mapped[list[JsonObject]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(12))
    read_at: Mapped[datetime] = mapped_column(UtcDateTime)

    delegation: Mapped[Delegation | None] = relationship()
    version: Mapped[LanguageVersion] = relationship()
    original: Mapped[Original] = relationship()
