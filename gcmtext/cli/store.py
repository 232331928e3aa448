"""The database on the command line."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from gcmtext.db import migrate
from gcmtext.db.engine import begin_write, open_engine, open_sessions
from gcmtext.errors import NotFound
from gcmtext.services.actor import Actor, operator
from gcmtext.services.indexing import follow_commit
from gcmtext.settings import Settings


@contextmanager
def engine_of(settings: Settings) -> Iterator[Engine]:
    """Give the engine of the database that the settings name; raise NotFound if it cannot be reached."""
    try:
        engine = open_engine(settings.database_url)
        engine.connect().close()
    except (DBAPIError, OSError) as error:
        cause = str(getattr(error, "orig", error)).strip().partition("\n")[0]
        raise NotFound(
            f"The database cannot be reached ({cause}): check GCMTEXT_DATA_DIR and GCMTEXT_DATABASE_URL."
        ) from None
    try:
        yield engine
    finally:
        engine.dispose()


def place_of(settings: Settings) -> str:
    """Return where the database is, fit to be shown: a file, or a URL without its password."""
    url = make_url(settings.database_url)
    file = url.database if url.get_backend_name() == "sqlite" else None
    return file or url.render_as_string()


@contextmanager
def reading() -> Iterator[Session]:
    """Give a session on the database of this environment; raise Conflict if its schema is not up to date."""
    with engine_of(Settings.from_environment()) as engine:
        migrate.check(engine)
        with open_sessions(engine)() as session:
            yield session


@contextmanager
def writing() -> Iterator[Session]:
    """Give a session beside which nobody else can write; commit at the end, or undo all on an error."""
    with reading() as session:
        begin_write(session)
        yield session
        session.commit()
        follow_commit(session)


def who(by: str = "") -> Actor:
    """Return the person at this machine as an actor, by a name that is given or that of the account."""
    return operator(by or _account())


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name, as in some containers
        return "operator"
