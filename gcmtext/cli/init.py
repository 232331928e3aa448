"""`gcmtext init`: a database that is ready."""

import click

from gcmtext.cli.store import engine_of, place_of
from gcmtext.db import migrate
from gcmtext.settings import Settings


@click.command("init")
def command() -> None:
    """Make the database, or bring it up to date for this version of the program.

    GCMTEXT_DATA_DIR names the folder that holds all that is stored, GCMTEXT_DATABASE_URL another
    database.
    """
    settings = Settings.from_environment()
    with engine_of(settings) as engine:
        found = migrate.upgrade(engine)
    done = {
        migrate.State.EMPTY: "The database is ready",
        migrate.State.OLD: "The database has been brought up to date",
        migrate.State.CURRENT: "The database was up to date already",
    }[found]
    click.echo(f"{done}: {place_of(settings)}")
