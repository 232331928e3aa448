"""The schema from nothing to what the models say, and back; on either database."""

from collections.abc import Iterator
from threading import Thread

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from databases import Databases
from sqlalchemy import Engine, inspect, text

from gcmtext.db import migrate
from gcmtext.db.engine import begin_rebuild, open_engine
from gcmtext.db.migrate import State
from gcmtext.errors import Conflict


@pytest.fixture
def bare(databases: Databases) -> Iterator[Engine]:
    """A database with nothing in it."""
    with databases.one() as url:
        engine = open_engine(url)
        yield engine
        engine.dispose()


def test_migrations_lead_to_the_models(engine: Engine) -> None:
    assert migrate.drift(engine) == []


def test_migrations_stand_in_one_line(engine: Engine) -> None:
    with engine.connect() as connection:
        scripts = ScriptDirectory.from_config(migrate.config(connection))
    assert [script.revision for script in scripts.walk_revisions()][::-1] == migrate.revisions()
    assert scripts.get_current_head() == migrate.revisions()[-1]


def test_upgrade_tells_the_state_it_found(bare: Engine) -> None:
    assert migrate.upgrade(bare) is State.EMPTY
    assert migrate.upgrade(bare) is State.CURRENT
    migrate.check(bare)


def test_downgrade_leaves_nothing_and_upgrade_comes_back(engine: Engine) -> None:
    with begin_rebuild(engine) as connection:
        command.downgrade(migrate.config(connection), "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    assert migrate.upgrade(engine) is State.EMPTY
    assert migrate.drift(engine) == []


def test_a_database_that_is_not_set_up_is_refused_with_what_to_do(bare: Engine) -> None:
    with pytest.raises(Conflict, match=r"run “gcmtext init” first\.$"):
        migrate.check(bare)


def test_a_database_of_an_earlier_version_is_refused_with_what_to_do(engine: Engine) -> None:
    with begin_rebuild(engine) as connection:
        command.downgrade(migrate.config(connection), migrate.revisions()[0])
    with pytest.raises(Conflict, match="“gcmtext init” to bring it up to date"):
        migrate.check(engine)
    assert migrate.upgrade(engine) is State.OLD


def test_a_database_of_a_later_version_is_refused_and_left_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for use in (migrate.check, migrate.upgrade):
        with pytest.raises(Conflict, match="install that version"):
            use(engine)


def test_an_upgrade_that_fails_leaves_nothing(bare: Engine) -> None:
    def fail() -> None:
        with begin_rebuild(bare) as connection:
            command.upgrade(migrate.config(connection), "head")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert inspect(bare).get_table_names() == []


def test_a_rebuild_that_breaks_references_is_undone(engine: Engine) -> None:
    def drop() -> None:
        with begin_rebuild(engine) as connection:
            connection.execute(
                text(
                    "INSERT INTO revision (negotiation_id, name, slug, position, symbol, created_at,"
                    " visibility) VALUES (7, 'Rev.1', 'rev-1', 1, '', '2027-01-01', 'public')"
                )
            )

    with pytest.raises(Exception, match=r"(?i)foreign.key"):
        drop()
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM revision")).scalar() == 0


def test_two_that_set_up_at_once_take_turns(bare: Engine) -> None:
    found: list[State] = []
    threads = [Thread(target=lambda: found.append(migrate.upgrade(bare))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [State.CURRENT, State.EMPTY]
