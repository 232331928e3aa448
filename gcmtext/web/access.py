"""Who asks, and whether they may: what every route declares."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from flask import Flask, g, request
from flask.typing import ResponseReturnValue
from sqlalchemy import inspect

from gcmtext.db import Negotiation, engine
from gcmtext.services import reading, second_factor
from gcmtext.services.actor import Actor, actor_of, anonymous
from gcmtext.services.permissions import Action, Object, may, require
from gcmtext.web import visits
from gcmtext.web.clock import now
from gcmtext.web.store import session

_REVISIONS = ("revision", "old", "new")  # what addresses call them

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


def install(app: Flask) -> None:
    """Let templates ask who is there and what they may do."""
    app.context_processor(lambda: {"actor": actor, "may": _may})


def actor() -> Actor:
    """Return who asks, with what they may do at this moment; found once in a request."""
    if "actor" not in g:
        person = visits.person()
        source = request.remote_addr or ""
        if person is None:
            g.actor = anonymous(now(), source)
        else:
            g.actor = actor_of(session(), person, now(), source)
            if not visits.is_demonstration() and not visits.is_vouched():
                g.actor = second_factor.restrained(g.actor, person)
    found: Actor = g.actor
    return found


def needs(action: Action) -> Callable[[View], View]:
    """Declare what a view does; who may not do it is refused before it begins.

    Where the address names a negotiation or revisions, it is asked of those; whether somebody may do it for
    the delegation concerned, or to what the form names, the service asks again.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def checked(*args: object, **named: object) -> ResponseReturnValue:
            for of in _objects():
                require(actor(), action, of)
            return view(*args, **named)

        checked.action = action  # type: ignore[attr-defined]
        return checked  # type: ignore[return-value]

    return declare


def negotiation(slug: str) -> Negotiation:
    """Return a negotiation that whoever asks may know of; raise NotFound for others.

    It is found once in a request, and again where the transaction in which it was read has ended.
    """
    known: tuple[str, Negotiation] | None = g.get("negotiation")
    if known and known[0] == slug and "revisions" not in inspect(known[1]).unloaded:
        return known[1]
    found = reading.negotiation(session(), actor(), slug)
    g.negotiation = (slug, found)
    return found


def begin_write() -> None:
    """Begin anew, with the right to write: what has been read before is to be read again."""
    session().rollback()
    engine.begin_write(session())


def _may(action: str, of: Object = None) -> bool:
    """Return whether whoever asks may do something: what they may not is not offered on a page."""
    return may(actor(), Action(action), of)


def _objects() -> list[Object]:
    """Return what the address names: a negotiation or its revisions; None, the site, where it names none."""
    named = request.view_args or {}
    if "negotiation" not in named:
        return [None]
    found = negotiation(named["negotiation"])
    revisions = [reading.revision(found, named[key]) for key in _REVISIONS if key in named]
    return [found, *revisions]
