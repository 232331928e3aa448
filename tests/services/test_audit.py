"""The audit trail: nothing can be changed, taken out or put elsewhere unnoticed; on either database."""

from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from gcmtext.db import AuditEvent, AuditHead
from gcmtext.db.append_only import Immutable
from gcmtext.db.engine import begin_write, open_engine, open_sessions
from gcmtext.services.actor import Actor, operator
from gcmtext.services.audit import Break, canonical, hash_of, numbered, record, verify
from gcmtext.services.permissions import Action

NOW = datetime(2027, 7, 12, 9, 30, 0, 123456, tzinfo=UTC)


def add(session: Session, number: int) -> AuditEvent:
    actor = Actor("A. Keeper", 7, "192.0.2.7")
    after = {"name": f"Rev.{number}", "größe": number, "of": None}
    return record(session, actor, Action.REVISION_IMPORT, f"lights/rev-{number}", None, after, NOW)


@pytest.fixture
def trail(engine: Engine) -> Engine:
    """Ten events, in a database that lets itself be forged."""
    with open_sessions(engine)() as session:
        begin_write(session)
        for number in range(1, 11):
            add(session, number)
        session.commit()
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER audit_event_stays_update")
            connection.exec_driver_sql("DROP TRIGGER audit_event_stays_delete")
        else:
            connection.exec_driver_sql("DROP TRIGGER audit_event_stays ON audit_event")
    return engine


def breaks(engine: Engine) -> list[Break]:
    with open_sessions(engine)() as session:
        return list(verify(session))


def forge(engine: Engine, *changes: str) -> list[int]:
    """Change events behind the program; return the numbers at which it is noticed."""
    with engine.begin() as connection:
        for change in changes:
            connection.execute(text(f"UPDATE audit_event SET {change}"))  # noqa: S608
    return [found.number for found in breaks(engine)]


def remove(engine: Engine, which: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(f"DELETE FROM audit_event WHERE {which}"))  # noqa: S608


def test_a_trail_that_was_left_alone_holds(trail: Engine) -> None:
    assert breaks(trail) == []


@pytest.mark.parametrize(
    "change",
    [
        "actor = 'B. Keeper'",
        "person_id = 8",
        "person_id = NULL",
        "delegation = 'Norway'",
        "action = 'lineage.correct'",
        "negotiation_id = 1",
        "subject = 'lights/rev-8'",
        "before = '{}'",
        'after = \'{"name": "Rev.4", "größe": 4}\'',
        "source = 'command line'",
    ],
)
def test_a_change_is_found_where_it_was_made(trail: Engine, change: str) -> None:
    assert forge(trail, f"{change} WHERE number = 4") == [4]


def test_another_time_is_found(trail: Engine) -> None:
    with trail.begin() as connection:
        later = NOW + timedelta(microseconds=1)
        connection.execute(AuditEvent.__table__.update().where(AuditEvent.number == 4).values(at=later))
    assert breaks(trail) == [Break(4, "is not what was recorded")]


def test_a_change_with_a_hash_that_fits_breaks_the_chain_behind_it(trail: Engine) -> None:
    with open_sessions(trail)() as session:
        event = session.get_one(AuditEvent, 4)
        session.expunge(event)
        event.actor = "B. Keeper"
    assert forge(trail, f"actor = 'B. Keeper', hash = '{hash_of(event)}' WHERE number = 4") == [5]


def test_a_gap_is_found(trail: Engine) -> None:
    remove(trail, "number = 4")
    assert breaks(trail) == [Break(4, "missing: 4")]


def test_a_longer_gap_and_a_lost_end_are_found(trail: Engine) -> None:
    remove(trail, "number IN (4, 5, 9, 10)")
    assert breaks(trail) == [
        Break(4, "missing: 4 to 5"),
        Break(10, "the trail should end here and ends at 8"),
    ]


@pytest.mark.parametrize(
    "change", ["at = 'at noon'", "after = '{no JSON'", "after = '{\"größe\": NaN}'", "hash = ''"]
)
def test_what_cannot_be_read_any_more_is_found_there(trail: Engine, change: str) -> None:
    if trail.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps what is no time and no JSON out")
    assert forge(trail, f"{change} WHERE number = 4")[0] == 4
    with open_sessions(trail)() as session:
        assert [number for number, _ in numbered(session)] == list(range(1, 11))


def test_a_number_before_the_first_and_a_lost_end_are_found(trail: Engine) -> None:
    assert forge(trail, "number = -3 WHERE number = 4") == [-3, 4]
    with trail.begin() as connection:
        connection.execute(text("DELETE FROM audit_head"))
    assert breaks(trail)[-1] == Break(10, "where the trail should end is not known any more")


def test_another_order_is_found(trail: Engine) -> None:
    swapped = ("-1", "4"), ("4", "5"), ("5", "-1")
    moves = [f"number = {new} WHERE number = {old}" for new, old in swapped]
    assert forge(trail, *moves)[0] == 4


def test_the_database_itself_refuses_changes(engine: Engine) -> None:
    with open_sessions(engine)() as session:
        begin_write(session)
        add(session, 1)
        session.commit()
    for statement in ("UPDATE audit_event SET actor = ''", "DELETE FROM audit_event"):
        with engine.connect() as connection, pytest.raises(DBAPIError, match="never changed"):
            connection.execute(text(statement))


def test_the_session_refuses_changes(session: Session) -> None:
    begin_write(session)
    add(session, 1).actor = "B. Keeper"
    with pytest.raises(Immutable):
        session.flush()


def test_what_is_undone_leaves_nothing(session: Session) -> None:
    begin_write(session)
    add(session, 1)
    session.rollback()
    begin_write(session)
    assert add(session, 2).number == 1
    session.commit()
    assert list(verify(session)) == []


def append(url: str, name: str, times: int) -> None:
    engine = open_engine(url)
    for _ in range(times):
        with open_sessions(engine)() as session:
            begin_write(session)
            record(session, operator(name), Action.ROLES_GRANT, "lights", None, {}, NOW)
            session.commit()
    engine.dispose()


def test_processes_that_write_at_once_make_one_chain(database_url: str, engine: Engine) -> None:
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        for task in [pool.submit(append, database_url, f"{n}", 15) for n in range(4)]:
            task.result()
    assert breaks(engine) == []
    with open_sessions(engine)() as session:
        assert session.get_one(AuditHead, 1).number == 60


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(st.dictionaries(st.text(), JSON))
def test_the_order_of_keys_does_not_matter(value: dict[str, object]) -> None:
    assert canonical(value) == canonical(dict(reversed(value.items())))


def test_events_are_found_again_with_what_was_recorded(session: Session) -> None:
    begin_write(session)
    event = add(session, 1)
    session.commit()
    session.expire_all()
    assert hash_of(event) == event.hash
    assert (event.number, event.actor, event.at, event.before) == (1, "A. Keeper", NOW, None)
