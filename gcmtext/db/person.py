"""People who can sign in."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from gcmtext.db.base import Base, UtcDateTime


class Person(Base):
    """A person with an account. Nobody is ever removed: what they did keeps its author.

    email: what they sign in with, casefolded. password_hash: None until they have chosen a password.
    totp_secret: of their second factor, None without one; totp_step: the half minute of the last code used:
    none is used twice. disabled_at: since when they cannot sign in.
    provider_subject: the SHA-256 of who they are to the provider through which they have signed in, if any.
    language: that of the interface, "" for that of their browser.
    """

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str | None] = mapped_column(String(255))
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    totp_step: Mapped[int | None]
    provider_subject: Mapped[str | None] = mapped_column(String(64), unique=True)
    is_administrator: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    language: Mapped[str] = mapped_column(String(35), default="")
