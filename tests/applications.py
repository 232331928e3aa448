"""Applications for tests: routes and templates are compiled once and put over one database after another."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import cast

from flask import Config, Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine
from sqlalchemy.pool import QueuePool

from gcmtext.app import create_app
from gcmtext.db.engine import open_engine, open_sessions
from gcmtext.settings import Settings


def prepared(settings: Settings, cache: Path | None = None) -> Flask:
    """Return an application: errors of the program are raised, forms need no token.

    Compiled templates are kept in the folder `cache`, for other processes as well.
    """
    app = create_app(settings)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    if cache:
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(cache))
    return app


@contextmanager
def over(database_url: str, application: Flask) -> Iterator[Flask]:
    """Give an application over a database, with the routes and templates of another."""
    app = copy(application)
    app.config = Config(app.root_path, application.config)
    engine = open_engine(database_url)
    app.extensions = application.extensions | {"gcmtext_sessions": open_sessions(engine)}
    yield app
    close(engine)


@contextmanager
def one(settings: Settings) -> Iterator[Flask]:
    """Give an application with settings of its own, otherwise as `prepared`."""
    app = prepared(settings)
    yield app
    close(app.extensions["gcmtext_sessions"].kw["bind"])


def close(engine: Engine) -> None:
    """Close the connections of a database; fail if anybody still holds one."""
    held = cast(QueuePool, engine.pool).checkedout()
    engine.dispose()
    assert not held, f"{held} connections have not been given back"
