"""How pages look, light or dark, to one or to a room; kept in cookies, so that the first paint is right."""

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from gcmtext.web.forgery import without_token
from gcmtext.web.local import local

THEMES = ("light", "dark")
COOKIE = "theme"
_SECONDS = 365 * 24 * 60 * 60

ROOM = "room"
ROOM_COOKIE = "view"
SHOWN_IN_ROOM = frozenset(
    {"revisions.show", "revisions.paragraph", "compare.show", "amendments.paragraph", "compilation.show"}
)
"""The pages that are made to be read from the last row: those that show the text under negotiation."""

blueprint = Blueprint("appearance", __name__)


@blueprint.post("/appearance")
@without_token
def choose() -> ResponseReturnValue:
    """Keep what the form chooses, and go back to the page on which it was chosen; "" forgets the choice.

    Needs no token: nobody gains by changing how a page looks, and nothing is stored.
    """
    response = redirect(local(request.form.get("back", "")), 303)
    assert isinstance(response, Response)  # noqa: S101 (Flask's own)
    if "theme" in request.form:
        _keep(response, COOKIE, request.form["theme"], THEMES, _SECONDS)
    if "view" in request.form:
        _keep(response, ROOM_COOKIE, request.form["view"], (ROOM,), None)
    return response


def theme() -> str:
    """Return the theme that the reader has chosen; "" for that of the system."""
    chosen = request.cookies.get(COOKIE, "")
    return chosen if chosen in THEMES else ""


def view() -> str:
    """Return "room" for a page that is shown on the screen of a room, "" for all others."""
    chosen = request.cookies.get(ROOM_COOKIE, "")
    return ROOM if chosen == ROOM and request.endpoint in SHOWN_IN_ROOM else ""


def has_room() -> bool:
    """Return whether the page can be shown on the screen of a room."""
    return request.endpoint in SHOWN_IN_ROOM


def _keep(response: Response, name: str, chosen: str, known: tuple[str, ...], seconds: int | None) -> None:
    """Keep a choice for some time, or, without a time, as long as the browser is open."""
    if chosen in known:
        response.set_cookie(name, chosen, max_age=seconds, samesite="Lax")
    else:
        response.delete_cookie(name)
