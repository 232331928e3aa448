"""What the page of another site has a browser send, in the name of whoever is signed in: refused.

A form of ours carries a token that no other site can know. Programs have no form: a view that takes what they
send declares `@without_token`, and is then asked where the request comes from, which a browser always says of
what other sites send. There is no third way.
"""

from urllib.parse import urlsplit

from flask import Flask, current_app, request
from flask_wtf import CSRFProtect

from gcmtext.errors import NotAllowed
from gcmtext.web.access import View


def install(app: Flask) -> None:
    """Hold every request that may change something to the one or the other."""
    # The check is made here, for all: no list of exemptions is heard.
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    CSRFProtect(app)
    app.before_request(_check)


def without_token(view: View) -> View:
    """Declare that a view takes what programs send, without the token of a form; other sites are refused."""
    view.is_without_token = True  # type: ignore[attr-defined]
    return view


def _check() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.method not in current_app.config["WTF_CSRF_METHODS"]:
        return
    if getattr(view, "is_without_token", False):
        _refuse_other_sites()
    elif current_app.config["WTF_CSRF_ENABLED"]:
        current_app.extensions["csrf"].protect()


def _refuse_other_sites() -> None:
    origin = request.headers.get("Origin")
    if origin and urlsplit(origin).netloc != request.host:
        raise NotAllowed("This comes from the page of another site.")
