"""The fingerprints of the corpus are in step with it, whatever is added, and made anew to the same."""

import time
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier

import pytest
from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from gcmtext.db import HeldWording, StoredFingerprint
from gcmtext.db.engine import begin_write, open_engine, open_sessions
from gcmtext.services.fingerprinting import fingerprint, missing, rebuild
from services.test_precedents import KEPT, PAID, hold


def state(session: Session) -> set[tuple[str, int, int, int]]:
    printed = StoredFingerprint
    columns = HeldWording.wording, printed.hash, printed.at, printed.beside
    rows = session.execute(select(*columns).join(printed, printed.wording_id == HeldWording.id))
    return {tuple(row) for row in rows}


def test_the_same_words_are_fingerprinted_once(session: Session) -> None:
    hold(session, "LIGHT/3", "2003-05-01", KEPT, PAID, "Too short.")
    before = state(session)
    hold(session, "LIGHT/4", "2004-05-01", KEPT.upper(), PAID)
    assert state(session) == before
    assert len({wording for wording, *_ in before}) == 2


def test_rebuilding_gives_the_same_and_finds_what_was_missing(session: Session) -> None:
    hold(session, "LIGHT/3", "2003-05-01", KEPT, PAID)
    before = state(session)
    assert missing(session) == 0
    session.execute(delete(StoredFingerprint))
    session.execute(delete(HeldWording))
    assert missing(session) == 2
    told: list[int] = []
    assert rebuild(session, told.append) == 2
    assert sum(told) == 3
    assert (state(session), missing(session)) == (before, 0)


def test_processes_that_add_the_same_words_at_once_store_them_once(
    database_url: str, session: Session
) -> None:
    texts = {str(n): f"Lamp {n} of tower {n * 7} is lit by keeper {n * 13}." for n in range(300)}
    context = get_context("spawn")
    start = context.Barrier(2)
    processes = [context.Process(target=_store, args=(database_url, texts, start)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    assert len(session.scalars(select(HeldWording.wording)).all()) == 300
    assert len({wording for wording, *_ in state(session)}) == 300


@pytest.mark.parametrize("symbol", ["LIGHT/3", "LIGHT/4"])
def test_who_adds_what_another_is_adding_waits_for_them(
    engine: Engine, session: Session, symbol: str
) -> None:
    """Two add documents with words in common, in transactions of several documents: neither is refused."""
    begin_write(session)
    hold(session, "LIGHT/3", "2003-05-01", KEPT)
    with ThreadPoolExecutor(1) as threads:
        other = threads.submit(_hold_alone, engine, symbol)
        time.sleep(1)
        hold(session, "LIGHT/5", "2005-05-01", PAID)
        session.commit()
        other.result(60)
    assert (len(state(session)), missing(session)) == (len(set(state(session))), 0)


def _hold_alone(engine: Engine, symbol: str) -> None:
    with open_sessions(engine)() as own:
        begin_write(own)
        hold(own, symbol, "2004-05-01", PAID)
        own.commit()


def _store(url: str, texts: dict[str, str], start: Barrier) -> None:
    engine = open_engine(url)
    start.wait(60)
    with open_sessions(engine)() as session:
        begin_write(session)
        fingerprint(session, texts)
        session.commit()
    engine.dispose()
