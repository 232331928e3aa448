"""The fingerprints of the corpus, and what was found by them, kept ready; both are derived."""

from sqlalchemy import JSON, BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from gcmtext.db.base import Base, JsonObject


class HeldWording(Base):
    """A wording of the corpus that has fingerprints: the same words have them once, wherever they stand.

    wording: as that of the paragraphs. Where no paragraph has it any more, or only those of documents that
    were withdrawn, it says nothing, and it is no error.
    """

    __tablename__ = "held_wording"

    id: Mapped[int] = mapped_column(primary_key=True)
    wording: Mapped[str] = mapped_column(String(32), unique=True)


class StoredFingerprint(Base):
    """A gcmtext.text.fingerprint.Fingerprint of a held wording.

    There are two for five words, so the table has nothing but its key: on SQLite no rows beside it, and no
    foreign key, which would need an index as large again.
    """

    __tablename__ = "fingerprint"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy reads it so

    hash: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    wording_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    beside: Mapped[int] = mapped_column(BigInteger)


class StoredPrecedents(Base):
    """The precedents of all paragraphs of a version, kept ready for its pages.

    key: what they were found in: the state of the corpus, and the version of what found them.
    """

    __tablename__ = "precedents"

    version_id: Mapped[int] = mapped_column(ForeignKey("language_version.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    found: Mapped[list[JsonObject]] = mapped_column(JSON)
