"""Imports by several processes at once, and by processes that are killed: all or nothing."""

import multiprocessing
import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from multiprocessing.context import BaseContext
from signal import SIGKILL

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from gcmtext.db import AuditEvent, Correction, Original, Revision, StoredLineage, StoredParagraph
from gcmtext.db.engine import open_sessions
from gcmtext.services.audit import verify
from gcmtext.services.importing import start_negotiation
from gcmtext.services.permissions import Action
from gcmtext.services.reading import document, negotiation, versions_in
from services.importer import NOW, OPERATOR, decide, file_of, store

PARAGRAPHS = 60


@pytest.fixture(scope="module")
def processes() -> BaseContext:
    """Where processes come from that have everything imported."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["services.importer"])
    return context


@pytest.fixture
def started(engine: Engine) -> str:
    """A database with two negotiations, which nobody is connected to."""
    with open_sessions(engine)() as session:
        for title in ("On lights", "On beacons"):
            start_negotiation(session, OPERATOR, title, "en", NOW)
        session.commit()
    engine.dispose()
    return engine.url.render_as_string(hide_password=False)


def at_once(
    processes: BaseContext, url: str, calls: Sequence[tuple[object, ...]], do: Callable[..., str] = store
) -> list[str]:
    """Run calls, each in a process of its own, from one moment on; return what each said."""
    with processes.Manager() as manager, ProcessPoolExecutor(len(calls), processes) as pool:
        start = manager.Barrier(len(calls))
        running = [pool.submit(do, url, *call, start) for call in calls]
        return [future.result(60) for future in running]


def check_whole(session: Session) -> list[str]:
    """Check that what is stored is whole; return the names of the revisions of the lights, in their order."""
    found = negotiation(session, OPERATOR, "on-lights")
    versions = [v for _, v in versions_in(found, "en")]
    assert len(versions) == len(found.revisions) == session.scalar(select(func.count(Revision.id)))
    for version in versions:
        read = document(session, version)
        assert [p.index for p in read.paragraphs] == list(range(len(read.paragraphs)))
        assert version.original.data.count(b"\n\n") == len(read.paragraphs)
    links = {(stored.old_id, stored.new_id) for stored in session.scalars(select(StoredLineage))}
    assert links == {(a.id, b.id) for a, b in pairwise(versions)}
    assert list(verify(session)) == []
    imports = select(AuditEvent.subject).where(AuditEvent.action == Action.REVISION_IMPORT.value)
    assert sorted(session.scalars(imports.where(AuditEvent.negotiation_id == found.id))) == sorted(
        f"{found.slug}/{r.slug}" for r in found.revisions
    )
    return [r.name for r in found.revisions]


def test_of_two_texts_for_one_name_exactly_one_is_stored(
    processes: BaseContext, started: str, session: Session
) -> None:
    texts = [file_of(seed, PARAGRAPHS) for seed in range(4)]
    said = at_once(processes, started, [("on-lights", "Rev.1", data) for data in texts])
    assert said.count("") == 1
    assert {words.partition(",")[0] for words in said if words} == {
        "Conflict: Rev.1 has been issued with another text"
    }
    assert check_whole(session) == ["Rev.1"]
    assert session.scalars(select(Original)).one().data == texts[said.index("")]


def test_one_text_that_comes_from_all_sides_is_stored_once(
    processes: BaseContext, started: str, session: Session
) -> None:
    data = file_of(1, PARAGRAPHS)
    assert at_once(processes, started, [("on-lights", "Rev.1", data)] * 4) == [""] * 4
    assert check_whole(session) == ["Rev.1"]
    assert session.scalar(select(func.count()).select_from(StoredParagraph)) == PARAGRAPHS + 1


def test_revisions_that_come_at_once_all_find_their_place(
    processes: BaseContext, started: str, session: Session
) -> None:
    names = [f"Rev.{number}" for number in range(1, 5)]
    imports = [("on-lights", name, file_of(n, PARAGRAPHS)) for n, name in enumerate(names)]
    assert at_once(processes, started, imports) == [""] * 4
    assert sorted(check_whole(session)) == names


def test_one_file_for_two_negotiations_is_kept_once(
    processes: BaseContext, started: str, session: Session
) -> None:
    data = file_of(1, PARAGRAPHS)
    imports = [("on-lights", "Rev.1", data), ("on-beacons", "Rev.1", data)]
    assert at_once(processes, started, imports) == ["", ""]
    assert session.scalar(select(func.count(Original.id))) == 1
    assert session.scalar(select(func.count(Revision.id))) == 2


def test_of_two_corrections_at_once_one_is_told_of_the_other(
    processes: BaseContext, started: str, session: Session
) -> None:
    for number, name in enumerate(("Rev.1", "Rev.2")):
        assert store(started, "on-lights", name, file_of(number, PARAGRAPHS)) == ""
    people = [f"Keeper {number}" for number in range(4)]
    said = at_once(processes, started, [("on-lights", name) for name in people], decide)
    assert said.count("") == 1
    winner = people[said.index("")]
    assert {words.partition(":")[2].strip().partition(":")[0] for words in said if words} == {
        f"{winner} has corrected this lineage meanwhile"
    }
    assert [c.by for c in session.scalars(select(Correction))] == [winner]


@pytest.mark.parametrize("kills", [10, pytest.param(100, marks=pytest.mark.slow)])
def test_an_import_killed_in_the_middle_leaves_all_or_nothing(
    processes: BaseContext, started: str, session: Session, kills: int
) -> None:
    chance = random.Random(kills)  # noqa: S311 - the same moments each time, as far as a machine can
    assert store(started, "on-lights", "Rev.1", file_of(0, 600)) == ""
    begun = time.monotonic()
    assert store(started, "on-lights", "Rev.2", file_of(1, 600)) == ""
    whole = time.monotonic() - begun
    expected = ["Rev.1", "Rev.2"]
    for number in range(3, 3 + kills):
        name = f"Rev.{number}"
        process = processes.Process(
            target=store, args=(started, "on-lights", name, file_of(number, 600)), daemon=True
        )
        process.start()
        process.join(chance.uniform(0, 1.2 * whole))
        process.kill()
        process.join()
        assert process.exitcode in (0, -SIGKILL)
        found = check_whole(session)
        session.rollback()
        session.expunge_all()
        assert found in (expected, [*expected, name])
        assert process.exitcode != 0 or name in found
        expected = found
    assert store(started, "on-lights", "Final draft", file_of(0, 600)) == ""
    assert check_whole(session) == [*expected, "Final draft"]
    if session.get_bind().dialect.name == "sqlite":
        assert session.scalar(text("PRAGMA integrity_check")) == "ok"
