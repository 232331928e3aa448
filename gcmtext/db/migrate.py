"""The schema of the database: brought up to date, and compared with the models."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from gcmtext.db.base import Base


def upgrade(engine: Engine) -> None:
    """Bring the schema to the state that this version of the program needs; do nothing if it is there."""
    with engine.begin() as connection:
        command.upgrade(_config(connection), "head")


def is_current(engine: Engine) -> bool:
    """Return whether the schema is the one this version of the program needs."""
    with engine.connect() as connection:
        heads = ScriptDirectory.from_config(_config(connection)).get_heads()
        return MigrationContext.configure(connection).get_current_heads() == tuple(heads)


def drift(engine: Engine) -> list[Any]:
    """Return what differs between the database and the models, as Alembic says it; [] if nothing does."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
