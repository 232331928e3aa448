"""The engine and its sessions, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from gcmtext.errors import Conflict

BUSY_SECONDS = 30
_IMMEDIATE, _PATIENCE = "gcmtext_immediate", "gcmtext_patience"
_REBUILD_LOCK = 7_403_126  # any number, as long as it stays


def open_engine(url: str) -> Engine:
    """Return an engine for a database; the folder of a SQLite file is made if it is not there."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "isolation_level": None})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin)
    return engine


def open_sessions(engine: Engine) -> sessionmaker[Session]:
    """Return what makes sessions; a session's objects stay readable after its commit."""
    return sessionmaker(engine, expire_on_commit=False)


def begin_write(session: Session, seconds: float = BUSY_SECONDS) -> None:
    """Take the right to write before anything is read, so that two writers take turns.

    Must come before any other use of the session's transaction. On SQLite a transaction that reads first and
    writes later fails when another has written meanwhile; on PostgreSQL writers meet at the rows they lock.
    Raises Conflict if another has not finished after so many seconds.
    """
    try:
        session.connection(execution_options={_IMMEDIATE: True, _PATIENCE: seconds})
    except OperationalError as error:
        if "locked" not in str(error.orig):
            raise
        raise Conflict("Somebody else is storing something large: try again in a minute.") from None


@contextmanager
def begin_rebuild(engine: Engine) -> Iterator[Connection]:
    """Give a connection in a transaction in which nobody else can write; commit at the end, or undo all.

    On SQLite foreign keys are not enforced meanwhile, because it changes a table by making it anew and
    dropping the old one; that they hold again is checked before the commit. On PostgreSQL only others who
    rebuild wait.
    """
    if engine.dialect.name != "sqlite":
        with engine.begin() as connection:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_REBUILD_LOCK})")
            yield connection
        return
    with engine.connect().execution_options(**{_IMMEDIATE: True}) as connection:
        pragma = connection.connection.cursor().execute  # before the transaction, inside it has no effect
        pragma("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise IntegrityError("PRAGMA foreign_key_check", None, Exception("dangling references"))
        finally:
            pragma("PRAGMA foreign_keys=ON")


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get(_IMMEDIATE)
    patience = connection.get_execution_options().get(_PATIENCE, BUSY_SECONDS)
    if patience != BUSY_SECONDS:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={int(1000 * patience)}")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
    finally:
        if patience != BUSY_SECONDS:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={1000 * BUSY_SECONDS}")


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """Foreign keys hold; readers do not wait for a writer; a commit survives a loss of power."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()
