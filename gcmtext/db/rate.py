"""How often something was done lately."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from gcmtext.db.base import Base, UtcDateTime


class Spell(Base):
    """How often something was done in one spell of time; removed once nobody asks for it any more.

    key: the SHA-256 of what was done and by whom. number: which spell, counted in its lengths since 1970.
    """

    __tablename__ = "spell"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int]
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
