"""The schema of the database: its state, brought up to date, and compared with the models."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, inspect, text

from gcmtext.db.base import Base
from gcmtext.db.engine import begin_rebuild
from gcmtext.errors import Conflict

# Alembic is imported where it works: it takes long, and to compare two numbers it is not needed.
if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parent / "migrations"


class State(StrEnum):
    """How the schema of a database stands to what this version of the program needs."""

    EMPTY = "empty"
    OLD = "old"
    CURRENT = "current"
    NEW = "new"


def state(connection: Connection) -> State:
    """Return the state of the schema."""
    there = None
    if inspect(connection).has_table("alembic_version"):
        there = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if there is None:
        return State.EMPTY
    known = revisions()
    if there == known[-1]:
        return State.CURRENT
    return State.OLD if there in known else State.NEW


def revisions() -> list[str]:
    """Return the numbers of the migrations, oldest first: their files begin with them."""
    return sorted(path.name.partition("_")[0] for path in (_MIGRATIONS / "versions").glob("[0-9]*_*.py"))


def upgrade(engine: Engine) -> State:
    """Bring the schema to what this version of the program needs; return the state it was in.

    All or nothing. Raises Conflict if a later version of the program has made the database.
    """
    from alembic import command

    with begin_rebuild(engine) as connection:
        found = state(connection)
        if found is State.NEW:
            raise Conflict(_REFUSALS[found])
        if found is not State.CURRENT:
            command.upgrade(config(connection), "head")
        return found


def check(engine: Engine) -> None:
    """Raise Conflict, with what to do, unless the schema is what this version of the program needs."""
    with engine.connect() as connection:
        found = state(connection)
    if found is not State.CURRENT:
        raise Conflict(_REFUSALS[found])


def drift(engine: Engine) -> list[Any]:
    """Return what differs between the database and the models, as Alembic says it; [] if nothing does."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))


def config(connection: Connection) -> "Config":
    """Return the configuration with which Alembic's commands work on a connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


_REFUSALS = {
    State.EMPTY: "The database has not been set up: run “gcmtext init” first.",
    State.OLD: "The database is of an earlier version of gcmtext: run “gcmtext init” to bring it up to date.",
    State.NEW: "A later version of gcmtext has made this database: install that version to use it.",
}
