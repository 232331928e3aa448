"""Uploaded files, as they came."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from gcmtext.db.append_only import AppendOnly
from gcmtext.db.base import Base, UtcDateTime


class Original(AppendOnly, Base):
    """A file as it was uploaded, kept once however often it comes.

    It lies in the database and not beside it, so that it is stored in the transaction of what was read from
    it, and is there on every machine that serves.
    """

    __tablename__ = "original"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(255))
    size: Mapped[int]
    stored_at: Mapped[datetime] = mapped_column(UtcDateTime)
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
