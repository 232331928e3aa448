"""Light or dark: the choice of a reader, kept in a cookie, so that the first paint is right."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from gcmtext.web.local import local

THEMES = ("light", "dark")
COOKIE = "theme"
_SECONDS = 365 * 24 * 60 * 60

blueprint = Blueprint("appearance", __name__)


@blueprint.post("/appearance")
def choose() -> ResponseReturnValue:
    """Keep the choice and go back to the page on which it was made; without a theme, forget the choice.

    Needs no token against forgery: nobody gains by changing how a page looks, and nothing is stored.
    """
    response = redirect(local(request.form.get("back", "")), 303)
    theme = request.form.get("theme", "")
    if theme in THEMES:
        response.set_cookie(COOKIE, theme, max_age=_SECONDS, samesite="Lax")
    else:
        response.delete_cookie(COOKIE)
    return response


def theme() -> str:
    """Return the theme that the reader has chosen; "" for that of the system."""
    chosen = request.cookies.get(COOKIE, "")
    return chosen if chosen in THEMES else ""
