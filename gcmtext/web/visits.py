"""Who is signed in with the browser of this request: the cookie, and what stands for it in the database."""

from contextlib import suppress

from flask import Flask, Response, current_app, g, request
from flask import session as browser
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError

from gcmtext.db import Person, SignIn
from gcmtext.services import signing_in
from gcmtext.services.signing_in import LONGEST, Browser
from gcmtext.settings import Settings
from gcmtext.web import limits
from gcmtext.web.clock import now
from gcmtext.web.store import session, sessions

# What browsers say they are, those first that also claim to be another.
_PROGRAMS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
_PATIENCE = "PRAGMA busy_timeout=100"
_USUAL = "PRAGMA busy_timeout=30000"


def install(app: Flask, settings: Settings) -> None:
    """Name the cookie, and note every few minutes that somebody is still there."""
    app.config["GCMTEXT_SIGN_IN_COOKIE"] = "__Host-sign-in" if settings.is_behind_tls else "sign-in"
    app.config["GCMTEXT_DEMONSTRATION"] = settings.is_demonstration
    app.config["GCMTEXT_BASE_URL"] = settings.base_url
    app.after_request(_note)
    app.context_processor(lambda: {"signed_in": person, "demonstration": is_demonstration()})
    app.jinja_env.globals["called"] = called


def visit() -> SignIn | None:
    """Return where somebody is signed in with this browser, found once in a request; None if nobody is."""
    if "visit" not in g:
        token = request.cookies.get(current_app.config["GCMTEXT_SIGN_IN_COOKIE"], "")
        g.visit = signing_in.signed_in(session(), token, now()) if token else None
    found: SignIn | None = g.visit
    return found


def person() -> Person | None:
    """Return who is signed in with this browser, None if nobody is."""
    found = visit()
    return found.person if found else None


def is_vouched() -> bool:
    """Return whether the provider through which somebody has signed in vouches for a second factor."""
    found = visit()
    return found is not None and found.vouched


def is_demonstration() -> bool:
    """Whether everybody knows the passwords here."""
    return bool(current_app.config["GCMTEXT_DEMONSTRATION"])


def here() -> Browser:
    """Return where this request comes from."""
    return Browser(request.user_agent.string.replace("\0", ""), limits.network())


def welcome(
    response: Response, who: Person, password: str = "", provider: str = "", vouched: bool = False
) -> Response:
    """Sign a person in with this browser, under a token that is new; what it kept before is forgotten.

    The session of the request must have begun to write.
    """
    token = signing_in.begin(
        session(), who, here(), now(), password=password, provider=provider, vouched=vouched
    )
    browser.clear()
    response.set_cookie(
        current_app.config["GCMTEXT_SIGN_IN_COOKIE"],
        token,
        max_age=LONGEST,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response


def farewell(response: Response) -> Response:
    """Have the browser forget who was signed in with it."""
    browser.clear()
    response.delete_cookie(
        current_app.config["GCMTEXT_SIGN_IN_COOKIE"],
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    # Nothing of what was read stays in the memory of the browser, for whoever sits there next.
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def called(agent: str) -> str:
    """Return what people call a browser and what it runs on, as far as it says so."""
    program = next((name for sign, name in _PROGRAMS if sign in agent), "")
    system = next((name for sign, name in _SYSTEMS if sign in agent), "")
    return ", ".join(filter(None, [program, system])) or agent[:40] or _("unknown")


def _note(response: Response) -> Response:
    """Note that somebody is still there; where others write just now, the next request will do."""
    found: SignIn | None = g.get("visit")
    if found is None or found.ended_at or not signing_in.is_to_be_seen(found, now()):
        return response
    with sessions()() as own:
        is_sqlite = own.get_bind().dialect.name == "sqlite"
        connection = own.connection()
        if is_sqlite:
            connection.exec_driver_sql(_PATIENCE)
        with suppress(OperationalError):
            signing_in.note_seen(own, found.id, now())
            own.commit()
        own.rollback()
        if is_sqlite:
            own.connection().exec_driver_sql(_USUAL)
    return response
