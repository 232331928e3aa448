"""The audit trail, of everything and of one negotiation."""

from collections.abc import Callable, Iterator
from urllib.parse import quote

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session, sessionmaker

from gcmtext.db import Negotiation
from gcmtext.errors import InvalidText
from gcmtext.services import trail
from gcmtext.services.permissions import RULES, Action
from gcmtext.services.trail import Wanted
from gcmtext.web import access
from gcmtext.web.access import needs
from gcmtext.web.form import asked, day, number
from gcmtext.web.store import session, sessions

blueprint = Blueprint("audit", __name__)

Rows = Callable[[Session, Negotiation | None, Wanted], Iterator[str]]


@blueprint.get("/audit")
@needs(Action.AUDIT_READ_ALL)
def show_all() -> ResponseReturnValue:
    """Show what was done, the latest first."""
    return _page(None)


@blueprint.get("/audit.json")
@needs(Action.AUDIT_READ_ALL)
def show_all_json() -> ResponseReturnValue:
    """Return what was done, the latest first."""
    return _json(None)


@blueprint.get("/audit.jsonl")
@needs(Action.AUDIT_READ_ALL)
def all_json_lines() -> ResponseReturnValue:
    """Return all that was done as JSON, one event a line, the oldest first."""
    return _file(None, trail.json_lines, "application/jsonl", "audit.jsonl")


@blueprint.get("/audit.csv")
@needs(Action.AUDIT_READ_ALL)
def all_csv() -> ResponseReturnValue:
    """Return all that was done as a table, the oldest first."""
    return _file(None, trail.csv_rows, "text/csv", "audit.csv")


@blueprint.get("/<negotiation>/audit")
@needs(Action.AUDIT_READ)
def show(negotiation: str) -> ResponseReturnValue:
    """Show what was done in a negotiation, the latest first."""
    return _page(access.negotiation(negotiation))


@blueprint.get("/<negotiation>/audit.json")
@needs(Action.AUDIT_READ)
def show_json(negotiation: str) -> ResponseReturnValue:
    """Return what was done in a negotiation, the latest first."""
    return _json(access.negotiation(negotiation))


@blueprint.get("/<negotiation>/audit.jsonl")
@needs(Action.AUDIT_READ)
def json_lines(negotiation: str) -> ResponseReturnValue:
    """Return all that was done in a negotiation as JSON, one event a line, the oldest first."""
    return _file(access.negotiation(negotiation), trail.json_lines, "application/jsonl", "audit.jsonl")


@blueprint.get("/<negotiation>/audit.csv")
@needs(Action.AUDIT_READ)
def as_csv(negotiation: str) -> ResponseReturnValue:
    """Return all that was done in a negotiation as a table, the oldest first."""
    return _file(access.negotiation(negotiation), trail.csv_rows, "text/csv", "audit.csv")


def _page(found: Negotiation | None) -> ResponseReturnValue:
    refusal, wanted, before = "", Wanted(), None
    try:
        wanted, before = _wanted(), _before()
    except InvalidText as error:
        refusal = str(error)
    events, more = trail.page_of(session(), found, wanted, before)
    return render_template(
        "audit/show.html",
        negotiation=found,
        events=events,
        more=more,
        wanted=wanted,
        asked={name: request.args.get(name, "") for name in _NAMES},
        actors=trail.actors(session(), found),
        actions=trail.actions(session(), found),
        says={action.value: rule.says for action, rule in RULES.items()},
        refusal=refusal,
    ), 422 if refusal else 200


def _json(found: Negotiation | None) -> ResponseReturnValue:
    events, more = trail.page_of(session(), found, _wanted(), _before())
    return jsonify(
        negotiation=found.slug if found else None,
        events=[trail.as_json(event) for event in events],
        before=events[-1].number if more else None,
    )


def _file(found: Negotiation | None, rows: Rows, kind: str, name: str) -> ResponseReturnValue:
    whole = f"{found.slug}-{name}" if found else name
    return Response(
        _streamed(sessions(), rows, found, _wanted()),
        mimetype=kind,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(whole)}"},
    )


def _streamed(
    sessions: sessionmaker[Session], rows: Rows, found: Negotiation | None, wanted: Wanted
) -> Iterator[str]:
    """Give rows from a session that lasts as long as they are read: that of the request has ended by then."""
    with sessions() as own:
        yield from rows(own, found, wanted)


_NAMES = ("actor", "action", "since", "until")


def _wanted() -> Wanted:
    return Wanted(asked("actor"), asked("action"), day(asked("since")), day(asked("until")))


def _before() -> int | None:
    asked = request.args.get("before", "")
    if asked and number(asked) < 0:
        raise InvalidText("An event is given by its number.")
    return number(asked) if asked else None
