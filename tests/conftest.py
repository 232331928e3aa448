"""Fixtures for tests that need a database or the application.

Each test has a database of its own, so it may commit, and other processes may work on it. Tests run on
SQLite, and once more on PostgreSQL where GCMTEXT_TEST_POSTGRESQL_URL names a server on which databases can be
made; GCMTEXT_REQUIRE_POSTGRESQL=1 turns its absence into a failure.

engine, session    an up-to-date, empty database
application        the application over none, to be put over one: nothing may be added to it
app, client        the application over an empty database
demo               the application over the demonstration negotiation, shared by all tests: read only
own_demo           the same, of the test's own, to be changed
demo_folder        the data folder of `gcmtext demo`, shared by all processes: to be copied
browser            Chromium
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from applications import close, over, prepared
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST
from databases import Databases, open_databases, shared
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, sync_playwright
from processes import environment
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from gcmtext.db import migrate
from gcmtext.db.engine import open_engine, open_sessions
from gcmtext.resources import drafts_dir
from gcmtext.services import accounts
from gcmtext.services.actor import operator
from gcmtext.services.demonstration import load_demonstration
from gcmtext.settings import Settings

# How long one example takes depends on what else the machine has to do.
hypothesis_settings.register_profile("gcmtext", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("gcmtext")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try pages and commands on PostgreSQL among the long tests."""
    for item in items:
        of = getattr(item, "callspec", None)
        if of and of.params.get("databases") == "postgresql" and item.path.parent.name in ("web", "cli"):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session", autouse=True)
def _cheap_hashes() -> Iterator[None]:
    """Passwords of tests cost little: at full price they would take a minute of every run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "_hasher", PasswordHasher.from_parameters(CHEAPEST))
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, one for all tests of a process: Playwright does not start twice."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        if os.environ.get("GCMTEXT_REQUIRE_BROWSER") == "1":
            pytest.fail("Chromium is required and is not here.")
        pytest.skip("needs Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def databases(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Databases]:
    with open_databases(request.param, tmp_path_factory.mktemp("databases")) as found:
        yield found


@pytest.fixture(scope="session")
def common_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that all processes of a run have in common."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@pytest.fixture(scope="session")
def empty_template(databases: Databases, common_folder: Path) -> Iterator[str]:
    place = common_folder / f"empty-{databases.kind}"
    with shared(place, lambda: databases.prepared(migrate.upgrade), databases.remove) as url:
        yield url


@pytest.fixture(scope="session")
def demo_template(databases: Databases, common_folder: Path) -> Iterator[str]:
    place = common_folder / f"demonstration-{databases.kind}"
    with shared(place, lambda: databases.prepared(fill_with_demonstration), databases.remove) as url:
        yield url


@pytest.fixture(scope="session")
def demo_folder(common_folder: Path) -> Iterator[Path]:
    """The data folder of the demonstration, which nothing has been done to."""
    folder = common_folder / "demonstration"

    def load() -> str:
        subprocess.run(
            [sys.executable, "-m", "gcmtext", "demo", "--no-serve"],
            env=environment(folder),
            check=True,
            capture_output=True,
            timeout=120,
        )
        return str(folder)

    with shared(common_folder / "demonstration-folder", load, shutil.rmtree):
        yield folder


@pytest.fixture
def database_url(databases: Databases, empty_template: str) -> Iterator[str]:
    with databases.one(empty_template) as url:
        yield url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_engine(database_url)
    yield engine
    close(engine)


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with open_sessions(engine)() as session:
        yield session


@pytest.fixture(scope="session")
def application(common_folder: Path) -> Flask:
    return prepared(Settings(common_folder, "sqlite://", "a key for tests"), common_folder)


@pytest.fixture
def app(application: Flask, database_url: str) -> Iterator[Flask]:
    with over(database_url, application) as app:
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def demo(application: Flask, databases: Databases, demo_template: str) -> Iterator[Flask]:
    with databases.one(demo_template) as url, over(url, application) as app:
        yield app


@pytest.fixture
def own_demo(application: Flask, databases: Databases, demo_template: str) -> Iterator[Flask]:
    with databases.one(demo_template) as url, over(url, application) as app:
        yield app


def fill_with_demonstration(engine: Engine) -> None:
    migrate.upgrade(engine)
    with open_sessions(engine)() as session:
        load_demonstration(session, operator("tests"), drafts_dir(), datetime.now(UTC))
        session.commit()
