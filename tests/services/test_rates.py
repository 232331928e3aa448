"""How often something may be done: exactly so often, for all processes together."""

import multiprocessing
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from gcmtext.db import Spell
from gcmtext.db.engine import begin_write, open_engine, open_sessions
from gcmtext.errors import TooMany
from gcmtext.services import rates
from gcmtext.services.rates import forget, limit

NOW = datetime(2027, 7, 12, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def admitted(engine: Engine, key: str, most: int, now: datetime) -> bool:
    with open_sessions(engine)() as session:
        begin_write(session)
        try:
            limit(session, key, most, HOUR, now)
        except TooMany:
            return False
        session.commit()
        return True


def test_as_many_as_are_allowed_and_no_more(engine: Engine) -> None:
    assert [admitted(engine, "lamp", 3, NOW) for _ in range(5)] == [True, True, True, False, False]
    assert admitted(engine, "tower", 3, NOW)


@pytest.mark.parametrize("minutes", [0, 7, 20, 59])
def test_who_is_refused_is_told_how_long_to_wait_and_then_admitted(engine: Engine, minutes: int) -> None:
    now = NOW.replace(minute=0)
    for _ in range(5):
        now += timedelta(minutes=minutes)
        admitted(engine, "lamp", 3, now)
    while admitted(engine, "lamp", 3, now):
        pass
    with open_sessions(engine)() as session:
        begin_write(session)
        with pytest.raises(TooMany) as refused:
            limit(session, "lamp", 3, HOUR, now)
    wait = refused.value.seconds
    assert not admitted(engine, "lamp", 3, now + timedelta(seconds=wait - 2))
    assert admitted(engine, "lamp", 3, now + timedelta(seconds=wait + 1))


def test_never_twice_as_many_where_two_spells_meet(engine: Engine) -> None:
    end = NOW.replace(minute=59, second=59)
    assert all(admitted(engine, "lamp", 10, end) for _ in range(10))
    assert not admitted(engine, "lamp", 10, end + timedelta(seconds=2))


def test_what_went_well_is_taken_back(engine: Engine, session: Session) -> None:
    assert admitted(engine, "lamp", 1, NOW)
    begin_write(session)
    forget(session, "lamp", HOUR, NOW)
    session.commit()
    assert admitted(engine, "lamp", 1, NOW)


def test_old_rows_are_removed(engine: Engine, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "_SWEEP", 1.0)
    for hour in range(5):
        assert admitted(engine, f"lamp {hour}", 1, NOW + hour * HOUR)
    assert session.scalar(select(func.count()).select_from(Spell)) == 2


def count_in_a_process(url: str, outcomes: "multiprocessing.Queue[int]") -> None:
    engine = open_engine(url)
    outcomes.put(sum(admitted(engine, "lamp", 25, NOW) for _ in range(20)))
    engine.dispose()


def test_two_processes_share_a_limit(database_url: str) -> None:
    context = multiprocessing.get_context("spawn")
    outcomes: multiprocessing.Queue[int] = context.Queue()
    work: Callable[[str, multiprocessing.Queue[int]], None] = count_in_a_process
    processes = [context.Process(target=work, args=(database_url, outcomes)) for _ in range(2)]
    for process in processes:
        process.start()
    admitted_in_all = sum(outcomes.get(timeout=60) for _ in processes)
    for process in processes:
        process.join(30)
    assert admitted_in_all == 25
