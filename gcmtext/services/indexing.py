"""The search index follows the database: a job is written with each change, and worked off after the commit.

Whoever commits works off what there is to do, and so does whoever searches and finds something left. One at a
time, because the newest state must be the last to be put in; what was put in before its job went is put in
once more, which changes nothing.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from weakref import WeakKeyDictionary

from sqlalchemy import Engine as Database
from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from gcmtext.db import IndexJob
from gcmtext.db.engine import begin_write, open_sessions
from gcmtext.errors import Conflict
from gcmtext.search.engine import Engine, holding
from gcmtext.search.entry import Entry
from gcmtext.services.searched import KINDS, name_of, parts_of

_log = logging.getLogger(__name__)
_AT_ONCE = 500
_WAIT_SECONDS = 10.0
_LOOKS = 3
_NOTED = "gcmtext_index_jobs"
_engines: WeakKeyDictionary[Database, Engine] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Differences:
    """How the index differs from the database: objects of which entries or words are missing, or too many."""

    missing: tuple[str, ...]
    left_over: tuple[str, ...]


def engine_of(session: Session) -> Engine:
    """Return the search engine that goes with a database: PostgreSQL's own, else a folder beside the file."""
    database = _database(session)
    if database not in _engines:
        # Imported where they are used: most commands do not search, and should not pay for it.
        if database.dialect.name == "postgresql":
            from gcmtext.search.postgresql.engine import PostgresqlEngine

            _engines[database] = PostgresqlEngine(database)
        else:
            from gcmtext.search.embedded.engine import EmbeddedEngine

            _engines[database] = EmbeddedEngine(Path(str(database.url.database)).with_suffix(".search"))
    return _engines[database]


def to_be_indexed(session: Session, kind: str, number: int) -> None:
    """Note, in the transaction of a change, that the index is to follow it."""
    session.add(IndexJob(object=name_of(kind, number)))
    session.info[_NOTED] = True


def follow_commit(session: Session) -> None:
    """Work off what the transactions of a session have noted, if there is anything; after its commit."""
    if not session.info.pop(_NOTED, False):
        return
    try:
        follow(session)
    except Exception:  # what was committed stands, and its jobs are still there
        _log.exception("The search index could not follow")


def follow(session: Session, seconds: float = _WAIT_SECONDS, most: int | None = None) -> int:
    """Work off the jobs that there are; return how many remain.

    Waits so many seconds if others are at it; what they leave is worked off by whoever comes next. With
    `most`, works off no more, and none while somebody else is writing: for those who want something else.
    """
    engine = engine_of(session)
    if not engine.is_made():
        _note_all(session, seconds)
    if not _remaining(session):
        return 0
    done = 0
    with engine.turn(seconds) as ours, open_sessions(_database(session))() as own:
        while ours and (most is None or done < most):
            if most is not None and not _may_write(own, seconds):
                break
            jobs = own.execute(
                select(IndexJob.id, IndexJob.object)
                .order_by(IndexJob.id)
                .limit(min(most or _AT_ONCE, _AT_ONCE))
            ).all()
            if not jobs:
                break
            engine.index(dict(_read(own, sorted({job.object for job in jobs}))))
            if most is None:
                own.rollback()
                begin_write(own)
            own.execute(delete(IndexJob).where(IndexJob.id.in_([job.id for job in jobs])))
            own.commit()
            done += len(jobs)
    return _remaining(session)


def _may_write(session: Session, seconds: float) -> bool:
    """Return whether the right to write could be had in so many seconds."""
    try:
        begin_write(session, seconds)
    except Conflict:
        session.rollback()
        return False
    return True


def rebuild(session: Session) -> int:
    """Make the index anew from all that is stored; return how many paragraphs it holds.

    Those who search see what there was until it is done. Raises Conflict if others are at it all the time.
    """
    engine = engine_of(session)
    with engine.turn(_WAIT_SECONDS * 60) as ours, open_sessions(_database(session))() as own:
        if not ours:
            raise Conflict("The search index is being changed by somebody else: try again in a minute.")
        # By their ids one by one: a job of a smaller id may be committed after one of a larger.
        done = own.scalars(select(IndexJob.id)).all()
        engine.rebuild(_read(own, _all_objects(own)))
        own.rollback()
        begin_write(own)
        for start in range(0, len(done), _AT_ONCE):
            own.execute(delete(IndexJob).where(IndexJob.id.in_(done[start : start + _AT_ONCE])))
        own.commit()
    return sum(held.entries for held in engine.objects().values())


def verify(session: Session) -> Differences:
    """Work off what there is to do; return how the index differs then from what is stored.

    What others change meanwhile is looked at again.
    """
    found = Differences((), ())
    for _ in range(_LOOKS):
        follow(session)
        found = _differences(session)
        if not found.missing and not found.left_over:
            break
    return found


def _differences(session: Session) -> Differences:
    held = engine_of(session).objects()
    with open_sessions(_database(session))() as own:
        waiting = set(own.scalars(select(IndexJob.object)))
        stored = {
            name: holding(len(entries), sum(entry.wording for entry in entries))
            for name, entries in _read(own, _all_objects(own))
            if entries
        }
    return Differences(
        missing=tuple(
            name for name, whole in stored.items() if held.get(name) != whole and name not in waiting
        ),
        left_over=tuple(name for name in held if name not in stored and name not in waiting),
    )


def _remaining(session: Session) -> int:
    with open_sessions(_database(session))() as own:
        return own.scalar(select(func.count()).select_from(IndexJob)) or 0


def _note_all(session: Session, seconds: float) -> None:
    """Note all that is stored, for there is no index yet; left to the next if others write all the time."""
    engine = engine_of(session)
    with engine.turn(seconds) as ours, open_sessions(_database(session))() as own:
        if not ours or engine.is_made() or not _may_write(own, seconds):
            return
        if objects := _all_objects(own):
            own.execute(insert(IndexJob), [{"object": name} for name in objects])
        own.commit()
        engine.index({})  # last: once it is made, nobody notes what is stored again


def _all_objects(session: Session) -> list[str]:
    return [name_of(kind, number) for kind, searched in KINDS.items() for number in searched.ids(session)]


def _read(session: Session, objects: Sequence[str]) -> Iterator[tuple[str, Sequence[Entry]]]:
    """Yield objects with their entries as they are now, some at a time."""
    for start in range(0, len(objects), _AT_ONCE):
        wanted: dict[str, list[int]] = {}
        for name in objects[start : start + _AT_ONCE]:
            kind, number = parts_of(name)
            wanted.setdefault(kind, []).append(number)
        for kind, numbers in wanted.items():
            for number, entries in KINDS[kind].entries(session, numbers).items():
                yield name_of(kind, number), entries


def _database(session: Session) -> Database:
    bind = session.get_bind()
    return bind if isinstance(bind, Database) else bind.engine
