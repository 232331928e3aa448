"""How sections flow from one version into the next, kept ready for the page that draws it."""

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from gcmtext.db.base import Base, JsonObject


class StoredFlow(Base):
    """A gcmtext.text.flow.Flow with the number of links in doubt; derived, so it may be dropped.

    key: what it was made from, as that of the comparison, and the version of what made it.
    """

    __tablename__ = "flow"

    old_id: Mapped[int] = mapped_column(ForeignKey("language_version.id"), primary_key=True)
    new_id: Mapped[int] = mapped_column(ForeignKey("language_version.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(80))
    doubts: Mapped[int]
    flow: Mapped[JsonObject] = mapped_column(JSON)
