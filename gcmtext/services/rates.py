"""How often something may be done: counted in the database, for all processes together.

Two spells of time are looked at: the present one, and the one before by the share of it that still lies
within the last `per`. That takes two rows for each key, and comes close to counting every single time.
"""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from math import ceil
from random import random

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from gcmtext.db import Spell
from gcmtext.errors import TooMany

_SWEEP = 0.01  # of the times that something is counted, how often old rows are removed


def limit(session: Session, key: str, most: int, per: timedelta, now: datetime) -> None:
    """Count one more for a key, exactly, however many do so at once.

    The session must have begun to write, and be committed whatever becomes of what is counted.
    Raises TooMany, which says how long to wait, if it would be more than `most` within the last `per`; then
    the session is to be rolled back: those that are refused do not count.
    """
    number, begun = _spell(now, per)
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    row = insert(Spell).values(key=_digest(key), number=number, count=1, ends_at=begun + 2 * per)
    count = session.execute(
        row.on_conflict_do_update(
            index_elements=[Spell.key, Spell.number], set_={"count": Spell.count + 1}
        ).returning(Spell.count)
    ).scalar_one()
    before = session.scalar(select(Spell.count).where(Spell.key == _digest(key), Spell.number == number - 1))
    left = 1 - (now - begun) / per
    if (before or 0) * left + count > most:
        raise TooMany(ceil(_wait(before or 0, count - 1, most, left) * per.total_seconds()))
    if random() < _SWEEP:  # noqa: S311 (nothing hangs on it)
        session.execute(delete(Spell).where(Spell.ends_at < now))


def forget(session: Session, key: str, per: timedelta, now: datetime) -> None:
    """Take back one that was counted in the present spell: what it was counted for has gone well."""
    number, _ = _spell(now, per)
    session.execute(
        update(Spell)
        .where(Spell.key == _digest(key), Spell.number == number, Spell.count > 0)
        .values(count=Spell.count - 1)
        .execution_options(synchronize_session=False)
    )


def _spell(now: datetime, per: timedelta) -> tuple[int, datetime]:
    number = int(now.timestamp() // per.total_seconds())
    return number, datetime.fromtimestamp(number * per.total_seconds(), UTC)


def _wait(before: int, lately: int, most: int, left: float) -> float:
    """Return after how much of a spell there is room for one more."""
    if lately + 1 <= most:
        return left - (most - lately - 1) / before if before else left
    # The present spell alone is too much: it must have become the one before, and its share small enough.
    return left + 1 - (most - 1) / lately


def _digest(key: str) -> str:
    """Return what stands for a key in the database: of equal length, and no list of addresses."""
    return sha256(key.encode()).hexdigest()
