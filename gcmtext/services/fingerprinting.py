"""Keeping the fingerprints of the corpus in step with it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy import text as sql
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from gcmtext.db import CorpusParagraph, HeldWording, StoredFingerprint
from gcmtext.text.fingerprint import SHINGLE, fingerprints, read_words

_INSERTS = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_AT_ONCE = 2_000
_TURN = 7_403_129  # any number, as long as it stays, and no other of the program

_COLUMNS = ("hash", "wording_id", "at", "beside")
_STORE_ARRAYS = sql(
    "INSERT INTO fingerprint (hash, wording_id, at, beside) SELECT * FROM unnest("
    "CAST(:hash AS bigint[]), CAST(:wording_id AS int[]), CAST(:at AS int[]), CAST(:beside AS bigint[]))"
)


def fingerprint(session: Session, texts: Mapping[str, str]) -> int:
    """Fingerprint texts, given by their wordings, as far as that has not been done; return how many were new.

    To be called in the transaction that stores the paragraphs. Nothing is ever to be removed: fingerprints
    depend on the words alone, and a wording that nothing holds is passed over when precedents are looked for.
    """
    _take_turns(session)
    fresh = _without_known(session, texts)
    prints = {wording: fingerprints(read_words(text).numbers) for wording, text in fresh.items()}
    new = _register(session, [wording for wording, found in prints.items() if found])
    _store(
        session,
        [
            (hash_, identity, at, beside)
            for wording, identity in new.items()
            for hash_, at, beside in prints[wording]
        ],
    )
    return len(new)


def rebuild(session: Session, progress: Callable[[int], object] = lambda _: None) -> int:
    """Make all fingerprints anew, from the paragraphs as they are; return how many wordings have some.

    `progress` is told after each lot how many paragraphs were read.
    """
    _take_turns(session)
    session.execute(delete(StoredFingerprint))
    session.execute(delete(HeldWording))
    for lot in _wordings(session):
        fingerprint(session, lot)
        progress(len(lot))
    return session.scalar(select(func.count()).select_from(HeldWording)) or 0


def missing(session: Session) -> int:
    """Return how many wordings of the corpus should have fingerprints and have none."""
    rows = session.execute(
        select(func.min(CorpusParagraph.text))
        .outerjoin(HeldWording, HeldWording.wording == CorpusParagraph.wording)
        .where(HeldWording.id.is_(None))
        .group_by(CorpusParagraph.wording)
    )
    return sum(len(read_words(text)) >= SHINGLE for (text,) in rows)


def _take_turns(session: Session) -> None:
    """Wait for whoever stores fingerprints in a transaction that goes on.

    Two that store the same wordings one after another, in different order or between other things that they
    wait for, would wait for each other for ever. On SQLite there is one writer anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sql(f"SELECT pg_advisory_xact_lock({_TURN})"))


def _without_known(session: Session, texts: Mapping[str, str]) -> dict[str, str]:
    known: set[str] = set()
    for some in _lots(list(texts)):
        known.update(session.scalars(select(HeldWording.wording).where(HeldWording.wording.in_(some))))
    return {wording: text for wording, text in texts.items() if wording not in known}


def _register(session: Session, wordings: list[str]) -> dict[str, int]:
    """Give an id to each wording; return those, without any that another process has given one meanwhile."""
    found: dict[str, int] = {}
    dialect_insert: Any = _INSERTS[session.get_bind().dialect.name]
    statement = dialect_insert(HeldWording).on_conflict_do_nothing()
    for some in _lots(wordings):
        rows = session.execute(
            statement.returning(HeldWording.wording, HeldWording.id), [{"wording": w} for w in some]
        )
        found.update((wording, identity) for wording, identity in rows)
    return found


def _store(session: Session, rows: list[tuple[int, int, int, int]]) -> None:
    """Store fingerprints in the order of their index, in which a large lot goes in several times as fast."""
    if not rows:
        return
    rows.sort()
    if session.get_bind().dialect.name == "postgresql":
        # An array for each column: a statement for each row takes ten times as long.
        columns = map(list, zip(*rows, strict=True))
        session.execute(_STORE_ARRAYS, dict(zip(_COLUMNS, columns, strict=True)))
    else:
        session.execute(insert(StoredFingerprint), [dict(zip(_COLUMNS, row, strict=True)) for row in rows])


def _lots(wordings: list[str]) -> Iterator[list[str]]:
    return (wordings[start : start + _AT_ONCE] for start in range(0, len(wordings), _AT_ONCE))


def _wordings(session: Session) -> Iterator[dict[str, str]]:
    """Yield all wordings of the corpus, each with the text of a paragraph that has it, lot by lot."""
    last = 0
    while True:
        rows = session.execute(
            select(CorpusParagraph.id, CorpusParagraph.wording, CorpusParagraph.text)
            .where(CorpusParagraph.id > last)
            .order_by(CorpusParagraph.id)
            .limit(_AT_ONCE)
        ).all()
        if not rows:
            return
        last = rows[-1][0]
        yield {wording: text for _, wording, text in rows}
