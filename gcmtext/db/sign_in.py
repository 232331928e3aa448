"""Who is signed in, and links that open a door once."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gcmtext.db.base import Base, JsonObject, UtcDateTime
from gcmtext.db.person import Person


class SignIn(Base):
    """One browser in which a person has signed in.

    digest: SHA-256 of the token that the browser keeps; the token itself is stored nowhere.
    seen_at: to within some minutes. ends_at: until when at most. ended_at: when it was ended before that.
    agent, address: what the browser says it is, and from where it came.
    provider: the name of the provider through which they signed in, "" for a password. vouched: whether it
    vouches for a second factor.
    offered: the secret of a second factor that is being set up, until the first code proves it.
    """

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    agent: Mapped[str] = mapped_column(String(300))
    address: Mapped[str] = mapped_column(String(64))
    provider: Mapped[str] = mapped_column(String(100), default="")
    vouched: Mapped[bool] = mapped_column(default=False)
    offered: Mapped[str] = mapped_column(String(64), default="")

    person: Mapped[Person] = relationship()


class Ticket(Base):
    """A link, or a step between two pages, that is good for one thing, once, for a time.

    digest: SHA-256 of its token, which is stored nowhere. purpose: what it is good for.
    person_id: for whom; None for somebody who is not there yet. email: where it was sent.
    about: what it brings, by its purpose. by: who made it.
    """

    __tablename__ = "ticket"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    about: Mapped[JsonObject] = mapped_column(JSON)
    by: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    person: Mapped[Person | None] = relationship()


class RecoveryCode(Base):
    """A code that stands in for the second factor once, on the day the telephone is lost."""

    __tablename__ = "recovery_code"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
