"""What the search index has yet to follow."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from gcmtext.db.base import Base


class IndexJob(Base):
    """An object that has changed since it was put into the search index, written with the change itself.

    object: its kind and id ("corpus:17"). Whoever has committed, or searches, works it off; a row goes when
    the index holds what it is about, so that nothing is lost with a process.
    """

    __tablename__ = "index_job"

    id: Mapped[int] = mapped_column(primary_key=True)
    object: Mapped[str] = mapped_column(String(80))
