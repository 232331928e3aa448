"""Databases for tests: made in no time as copies of one that is ready, on SQLite and on PostgreSQL."""

import fcntl
import os
import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, make_url

from gcmtext.db.engine import open_engine
from gcmtext.settings import Settings


class Databases(ABC):
    """Makes databases and removes them. All are given as URLs."""

    kind: str

    @abstractmethod
    def new(self, template: str = "") -> str:
        """Return a new database: a copy of `template`, which nobody is connected to, or an empty one."""

    @abstractmethod
    def remove(self, url: str) -> None:
        """Remove a database and whoever is connected to it."""

    @contextmanager
    def one(self, template: str = "") -> Iterator[str]:
        """Give a database that is removed at the end."""
        url = self.new(template)
        try:
            yield url
        finally:
            self.remove(url)

    def prepared(self, prepare: Callable[[Engine], object]) -> str:
        """Return a new database that a function has filled, fit to be a template for all processes."""
        url = self.new()
        engine = open_engine(url)
        try:
            prepare(engine)
        finally:
            engine.dispose()
        return url


class SqliteDatabases(Databases):
    """Databases that are files in one folder."""

    kind = "sqlite"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)

    def new(self, template: str = "") -> str:
        path = self._folder / f"{next(self._numbers)}.sqlite3"
        if template:
            shutil.copyfile(_file(template), path)
        return f"sqlite:///{path}"

    def remove(self, url: str) -> None:
        for end in ("", "-wal", "-shm"):
            _file(url).with_name(_file(url).name + end).unlink(missing_ok=True)


class PostgresqlDatabases(Databases):
    """Databases of one server, reached through the database of a user who may make others."""

    kind = "postgresql"

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self._engine = create_engine(url, isolation_level="AUTOCOMMIT")

    def new(self, template: str = "") -> str:
        name = f"gcmtext_{uuid4().hex}"
        source = make_url(template).database if template else "template0"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}" STRATEGY file_copy')
        return self._url.set(database=name).render_as_string(hide_password=False)

    def remove(self, url: str) -> None:
        self._execute(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')

    def close(self) -> None:
        self._engine.dispose()

    def _execute(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.exec_driver_sql(statement)


@contextmanager
def open_databases(backend: str, folder: Path) -> Iterator[Databases]:
    """Give what makes databases on "sqlite" or "postgresql"; skip or fail where there is no PostgreSQL."""
    if backend == "sqlite":
        yield SqliteDatabases(folder)
        return
    url = os.environ.get("GCMTEXT_TEST_POSTGRESQL_URL")
    if not url:
        if os.environ.get("GCMTEXT_REQUIRE_POSTGRESQL") == "1":
            pytest.fail("PostgreSQL is required: set GCMTEXT_TEST_POSTGRESQL_URL, see .ci/postgresql.")
        pytest.skip("needs PostgreSQL: set GCMTEXT_TEST_POSTGRESQL_URL, see .ci/postgresql")
    databases = PostgresqlDatabases(Settings.from_environment({"GCMTEXT_DATABASE_URL": url}).database_url)
    try:
        yield databases
    finally:
        databases.close()


@contextmanager
def shared(place: Path, make: Callable[[], str], remove: Callable[[str], object]) -> Iterator[str]:
    """Give what several processes use: the first to come makes it, the last to leave removes it.

    At `place` they note what it is, and a line for each of them.
    """
    with _alone(place):
        noted = place.read_text(encoding="utf-8").splitlines() if place.exists() else [make()]
        place.write_text("\n".join([*noted, str(os.getpid())]), encoding="utf-8")
    try:
        yield noted[0]
    finally:
        with _alone(place):
            made, *users = place.read_text(encoding="utf-8").splitlines()
            users.remove(str(os.getpid()))
            if users:
                place.write_text("\n".join([made, *users]), encoding="utf-8")
            else:
                place.unlink()
                remove(made)


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Keep other processes from a place meanwhile."""
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _file(url: str) -> Path:
    return Path(str(make_url(url).database))
