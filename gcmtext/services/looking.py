"""What is new to a person since they last looked."""

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from gcmtext.db import Look, Revision
from gcmtext.services.actor import Actor

_COMES_BACK = timedelta(minutes=30)
_REMEMBERED = timedelta(minutes=1)


def look(session: Session, actor: Actor, revision: Revision, now: datetime) -> datetime | None:
    """Return up to when somebody had seen the amendments to a revision, and remember that they look now.

    What they had seen stays the same while they go on looking, and moves when they come back after half an
    hour; None if they never looked before. If another process writes just now, it is not remembered.
    """
    if actor.person_id is None:
        return None
    held = session.get(Look, (actor.person_id, revision.id))
    if held is not None and now - held.at < _REMEMBERED:
        return held.before
    before = None
    if held is not None:
        before = held.at if now - held.at >= _COMES_BACK else held.before
    with suppress(IntegrityError, OperationalError), session.begin_nested():
        held = held or Look(person_id=actor.person_id, revision_id=revision.id)
        held.at, held.before = now, before
        session.add(held)
    return before
