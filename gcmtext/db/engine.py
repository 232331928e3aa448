"""The engine and its sessions, on SQLite and on PostgreSQL."""

from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_SECONDS = 30
_IMMEDIATE = "gcmtext_immediate"


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


def begin_write(session: Session) -> None:
    """Take the right to write before anything is read, so that two writers take turns.

    Must come before any other use of the session's transaction. On SQLite a transaction that reads first and
    writes later fails when another has written meanwhile; on PostgreSQL writers meet at the rows they lock.
    """
    session.connection(execution_options={_IMMEDIATE: True})


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get(_IMMEDIATE)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """Foreign keys hold; readers do not wait for a writer; a commit survives a loss of power."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()
