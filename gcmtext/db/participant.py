"""Who takes part in a negotiation: delegations, groups and their members, stakeholders on a list."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gcmtext.db.base import Base, UtcDateTime
from gcmtext.db.negotiation import Negotiation


class DelegationKind(StrEnum):
    """What a delegation is. Only States and their groups amend; the others comment and contribute."""

    STATE = "state"
    GROUP = "group"
    OBSERVER = "observer"
    ORGANISATION = "organisation"
    ENTITY = "entity"
    STAKEHOLDER = "stakeholder"


class Delegation(Base):
    """A participant of one negotiation.

    kind: a DelegationKind. name: in full; short_name: as it stands in brackets and lists. code: ISO 3166-1
    alpha-2 of a State, "" where there is none. address: its part of every address.
    """

    __tablename__ = "delegation"
    __table_args__ = (UniqueConstraint("negotiation_id", "address"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    negotiation_id: Mapped[int] = mapped_column(ForeignKey("negotiation.id"))
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(300))
    short_name: Mapped[str] = mapped_column(String(80))
    code: Mapped[str] = mapped_column(String(2), default="")
    address: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    negotiation: Mapped[Negotiation] = relationship()
    accreditation: Mapped["Accreditation | None"] = relationship(back_populates="delegation")


class Membership(Base):
    """That a delegation belongs to a group from one day until before another, or that it chairs it.

    chairs: whether it speaks for the group in that time. A member that comes to chair has two rows: the one
    of its membership goes on. until: None as long as it lasts.
    """

    __tablename__ = "membership"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"), index=True)
    chairs: Mapped[bool] = mapped_column(default=False)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)

    group: Mapped[Delegation] = relationship(foreign_keys=[group_id])
    member: Mapped[Delegation] = relationship(foreign_keys=[member_id])


class Outcome(StrEnum):
    """What became of a name on the list of stakeholders."""

    ACCREDITED = "accredited"
    NOT_ACCREDITED = "not accredited"
    WITHDRAWN = "withdrawn"


class Accreditation(Base):
    """A stakeholder on the list that States consider on a non-objection basis.

    about: what States are told of it. deadline: until when a State can object. outcome: an Outcome, "" while
    the list is under consideration.
    """

    __tablename__ = "accreditation"

    id: Mapped[int] = mapped_column(primary_key=True)
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"), unique=True)
    about: Mapped[str] = mapped_column(Text)
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deadline: Mapped[datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(String(20), default="")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    delegation: Mapped[Delegation] = relationship(back_populates="accreditation")
    objections: Mapped[list["Objection"]] = relationship(order_by="Objection.id")


class Objection(Base):
    """That a State objects to a name on the list; why, if it says so, and "" if it does not."""

    __tablename__ = "objection"
    __table_args__ = (UniqueConstraint("accreditation_id", "delegation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    accreditation_id: Mapped[int] = mapped_column(ForeignKey("accreditation.id"))
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"), index=True)
    basis: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    delegation: Mapped[Delegation] = relationship()
