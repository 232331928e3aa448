"""Searches that people keep: saved, opened again, shown to a delegation, renamed, deleted.

A saved search is a question and nothing else: whoever opens one sees what they may read themselves. It is the
person's own. Shown to a delegation, it is seen by those who act for it, and still changed by one alone.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from gcmtext.db import Delegation, Person, SavedSearch, SavedSearchLook
from gcmtext.errors import Conflict, InvalidText, NotFound
from gcmtext.services.actor import Actor
from gcmtext.services.arrivals import arrivals
from gcmtext.services.audit import record
from gcmtext.services.looking import look
from gcmtext.services.permissions import SITE, Action, may, require, sees
from gcmtext.services.search_address import Search, query_string, read_query_string
from gcmtext.services.searching import Count, counts
from gcmtext.text.query import MOST_CHARACTERS

MOST = 50
LONGEST_NAME = 120
_MOST_VALUES = 100
_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Held:
    """A saved search as it stands in somebody's list.

    count: how many paragraphs they would see, and how many of them are new; None if counting takes too long.
    since: up to when they had seen what it finds; None if they never looked.
    """

    saved: SavedSearch
    asked: Search
    count: Count | None
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A saved search that is opened: what it asks for, up to when it had been seen, what has come since."""

    saved: SavedSearch
    asked: Search
    since: datetime | None
    new: frozenset[str]


def save(session: Session, actor: Actor, name: str, asked: Search, now: datetime) -> SavedSearch:
    """Return a search that is kept under a name; one that is kept already is returned as it is.

    Raises InvalidText for what cannot be a name, and for what asks for nothing or for too much; Conflict for
    one search too many.
    """
    require(actor, Action.SEARCH_SAVE, SITE)
    if not asked:
        raise InvalidText("Type what you look for, then save it: this asks for nothing.")
    values = sum(len(values) for _, values in asked.filters)
    if len(asked.query) > MOST_CHARACTERS or values > _MOST_VALUES:
        raise InvalidText(
            f"This is too much to be saved: {MOST_CHARACTERS:,} characters are the most, and {_MOST_VALUES} "
            "boxes. Ask in fewer words."
        )
    words = _named(name)
    # Whoever saves twice at the same time, with a double click, waits for the first.
    person = session.scalars(select(Person).where(Person.id == actor.person_id).with_for_update()).one()
    if (held := saved_already(session, actor, asked)) is not None:
        return held
    count = session.scalar(select(func.count()).where(SavedSearch.person_id == person.id)) or 0
    if count >= MOST:
        raise Conflict(f"You have saved {count} searches, and {MOST} are the most: delete one first.")
    made = SavedSearch(
        key=secrets.token_urlsafe(9),
        person=person,
        name=words,
        question=query_string(asked),
        saved_at=now,
    )
    session.add(made)
    session.flush()
    session.add(SavedSearchLook(person_id=person.id, saved_id=made.id, at=now, before=now))
    _record(session, actor, made, None, _said(made), now)
    return made


def saved_already(session: Session, actor: Actor, asked: Search) -> SavedSearch | None:
    """Return the search with which somebody keeps this question; None if they do not."""
    own = SavedSearch.person_id == actor.person_id, SavedSearch.question == query_string(asked)
    return session.scalars(select(SavedSearch).where(*own)).first() if actor.person_id else None


def find(session: Session, actor: Actor, key: str) -> SavedSearch:
    """Return a saved search; raise NotFound as far as the actor may know."""
    found = session.scalar(
        select(SavedSearch).where(SavedSearch.key == key.replace("\0", "�")).options(*_WHOLE)
    )
    if found is None or not sees(actor, found):
        raise NotFound("There is no such saved search: it may have been deleted, or is somebody else's.")
    require(actor, Action.SEARCH_OPEN, found)
    return found


def opened(session: Session, actor: Actor, saved: SavedSearch, now: datetime) -> Opened:
    """Return a saved search with what is new in it, and remember that somebody looks now."""
    since = look(session, actor, saved, now)
    new = arrivals(session, since, now) if since else {}
    return Opened(saved, read_query_string(saved.question), since, frozenset(new))


def counted(session: Session, actor: Actor, here: Opened) -> Count | None:
    """Return how many paragraphs somebody sees of a search that is opened; None if it takes too long."""
    return next(counts(session, actor, [(here.asked, here.new)], _SECONDS))


def listed(session: Session, actor: Actor, now: datetime, most: int | None = None) -> list[Held]:
    """Return the saved searches that somebody may open, their own first, the latest first, with counts.

    All that has come is looked up once; each search is counted on its own, as long as it does not take long.
    """
    require(actor, Action.SEARCH_OPEN, SITE)
    rows = _visible(session, actor)[:most]
    looks = session.scalars(select(SavedSearchLook).where(SavedSearchLook.person_id == actor.person_id))
    since = {one.saved_id: one.at for one in looks}
    seen = [since[one.id] for one in rows if one.id in since]
    come = arrivals(session, min(seen), now) if seen else {}

    def new(saved: SavedSearch) -> list[str]:
        moment = since.get(saved.id)
        return [name for name, at in come.items() if moment is not None and at > moment]

    asked = [read_query_string(saved.question) for saved in rows]
    counted = counts(session, actor, zip(asked, map(new, rows), strict=True), _SECONDS)
    return [
        Held(saved, one, count, since.get(saved.id))
        for saved, one, count in zip(rows, asked, counted, strict=True)
    ]


def change(
    session: Session, actor: Actor, saved: SavedSearch, name: str, shown_to: Delegation | None, now: datetime
) -> None:
    """Give a saved search a name, and show it to a delegation, or to nobody else.

    Raises InvalidText for what cannot be a name, NotAllowed for a delegation one does not act for.
    """
    require(actor, Action.SEARCH_SAVE, saved)
    if shown_to is not None and shown_to.id != saved.delegation_id:
        require(actor, Action.SEARCH_SHOW, shown_to)
    before = _said(saved)
    saved.name, saved.delegation = _named(name), shown_to
    after = _said(saved)
    if after != before:
        _record(session, actor, saved, before, after, now)


def delete(session: Session, actor: Actor, saved: SavedSearch, now: datetime) -> None:
    """Forget a saved search; its address leads nowhere from now on."""
    require(actor, Action.SEARCH_SAVE, saved)
    before = _said(saved)
    session.delete(saved)
    _record(session, actor, saved, before, None, now)


def delegations(session: Session, actor: Actor) -> Sequence[Delegation]:
    """Return those to whom somebody may show a search, by negotiation and name."""
    found = session.scalars(
        select(Delegation)
        .where(Delegation.id.in_(actor.acts_for()))
        .options(joinedload(Delegation.negotiation))
        .order_by(Delegation.negotiation_id, Delegation.short_name)
    )
    return [one for one in found if may(actor, Action.SEARCH_SHOW, one)]


_WHOLE = (
    joinedload(SavedSearch.person),
    joinedload(SavedSearch.delegation).joinedload(Delegation.negotiation),
)


def _visible(session: Session, actor: Actor) -> list[SavedSearch]:
    rows = session.scalars(
        select(SavedSearch)
        .where(or_(SavedSearch.person_id == actor.person_id, SavedSearch.delegation_id.in_(actor.acts_for())))
        .options(*_WHOLE)
        .order_by(SavedSearch.person_id != actor.person_id, SavedSearch.id.desc())
    )
    return [one for one in rows if may(actor, Action.SEARCH_OPEN, one)]


def _named(name: str) -> str:
    words = " ".join(name.replace("\0", "").split())
    if not words:
        raise InvalidText("Give it a name, by which you know it again.")
    if len(words) > LONGEST_NAME:
        raise InvalidText(
            f"The name has {len(words):,} characters, and {LONGEST_NAME} are the most: shorten it."
        )
    return words


def _said(saved: SavedSearch) -> dict[str, str]:
    """Return what the audit trail holds: not the words, which are for those alone who may open the search."""
    return {
        "name": _digest(saved.name),
        "question": _digest(saved.question),
        "shown to": saved.delegation.short_name if saved.delegation else "",
    }


def _digest(words: str) -> str:
    return sha256(words.encode()).hexdigest()


def _record(
    session: Session,
    actor: Actor,
    of: SavedSearch,
    before: dict[str, str] | None,
    after: dict[str, str] | None,
    now: datetime,
) -> None:
    record(session, actor, Action.SEARCH_SAVE, f"search/saved/{of.key}", before, after, now)
