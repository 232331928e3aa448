"""What is new to a person since they last looked."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from gcmtext.db import Look, Revision, SavedSearch, SavedSearchLook
from gcmtext.db.attention import Looked
from gcmtext.services.actor import Actor

_COMES_BACK = timedelta(minutes=30)
_REMEMBERED = timedelta(minutes=1)
# How it is remembered, and what that calls what is looked at.
_KEPT: Mapping[type, tuple[type[Looked], str]] = {
    Revision: (Look, "revision_id"),
    SavedSearch: (SavedSearchLook, "saved_id"),
}


def look(session: Session, actor: Actor, at: Revision | SavedSearch, now: datetime) -> datetime | None:
    """Return up to when somebody had seen something, and remember that they look now.

    It is the amendments to a revision, or what a saved search finds. What they had seen stays the same while
    they go on looking, and moves when they come back after half an hour; None if they never looked before. If
    another process writes just now, it is not remembered.
    """
    if actor.person_id is None:
        return None
    kind, name = _KEPT[type(at)]
    key = {"person_id": actor.person_id, name: at.id}
    held = session.get(kind, key)
    if held is not None and now - held.at < _REMEMBERED:
        return held.before
    before = None
    if held is not None:
        before = held.at if now - held.at >= _COMES_BACK else held.before
    with suppress(IntegrityError, OperationalError), session.begin_nested():
        held = held or kind(**key)
        held.at, held.before = now, before
        session.add(held)
    return before
