"""Signing in and out."""

import logging
from datetime import timedelta
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask import session as browser
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gcmtext.db import Person
from gcmtext.errors import GcmtextError, InvalidText, NotFound, TooMany
from gcmtext.services import second_factor, signing_in, tickets
from gcmtext.services.actor import actor_of
from gcmtext.services.permissions import Action
from gcmtext.services.tickets import Purpose
from gcmtext.web import limits, visits
from gcmtext.web.access import actor, begin_write, needs
from gcmtext.web.clock import now
from gcmtext.web.errors import refused
from gcmtext.web.limits import Bound
from gcmtext.web.local import local
from gcmtext.web.store import session

blueprint = Blueprint("sign_in", __name__)

_QUARTER = timedelta(minutes=15)
_log = logging.getLogger("gcmtext.security")


@blueprint.get("/sign-in")
@needs(Action.SIGN_IN)
def show() -> ResponseReturnValue:
    """Ask for an address and a password."""
    if visits.person():
        return redirect(_next())
    return _page("", None)


@blueprint.post("/sign-in")
@needs(Action.SIGN_IN)
def enter() -> ResponseReturnValue:
    """Sign in, or ask for the code of the second factor.

    Each account may be tried so often from one address, so often from all addresses that are new to it, and
    each address may try so often: who guesses at one account keeps nobody else out, nor its owner at home.
    """
    email = request.form.get("email", "").replace("\0", "").strip().casefold()[:254]
    password = request.form.get("password", "")
    bounds = _bounds(email)
    try:
        limits.count(*bounds)
    except TooMany as error:
        return _page(email, error)
    found = signing_in.check(session(), email, password, now(), demonstration=visits.is_demonstration())
    if found is None:
        _log.warning("sign-in refused from %s", limits.network())
        return _page(email, InvalidText(_("This address and password do not belong together.")))
    limits.forget(*bounds)
    identity = found.id
    begin_write()
    return admit(session().get_one(Person, identity), _next(), password)


@blueprint.get("/sign-in/code")
@needs(Action.SIGN_IN)
def code() -> ResponseReturnValue:
    """Ask for the code of the second factor."""
    if not _waiting():
        return redirect(url_for("sign_in.show"))
    return _code_page(None)


@blueprint.post("/sign-in/code")
@needs(Action.SIGN_IN)
def enter_code() -> ResponseReturnValue:
    """Sign in with the code of the second factor."""
    waiting = _waiting()
    if waiting is None:
        return redirect(url_for("sign_in.show"), 303)
    try:
        limits.count(Bound(f"code {waiting.id}", 10, _QUARTER))
    except TooMany as error:
        return _code_page(error)
    begin_write()
    person = session().get_one(Person, waiting.id)
    if not second_factor.passes(session(), person, request.form.get("code", ""), now(), limits.network()):
        _log.warning("second factor refused from %s for person %d", limits.network(), person.id)
        return _code_page(InvalidText(_("This code is wrong, or has been used: wait for the next one.")))
    provider = tickets.use(session(), Purpose.CODE, browser["code"], now()).about.get("provider", "")
    return _welcome(person, local(browser.get("next", "/")), provider=provider)


@blueprint.post("/sign-out")
@needs(Action.SIGN_IN)
def leave() -> ResponseReturnValue:
    """Sign out with this browser."""
    begin_write()
    found = visits.visit()
    if found is not None:
        signing_in.end(session(), actor(), found, now())
    return visits.farewell(make_response(redirect(url_for("negotiations.index"), 303)))


def admit(
    person: Person, onward: str, password: str = "", *, provider: str = "", vouched: bool = False
) -> ResponseReturnValue:
    """Sign in a person who has shown who they are, or ask for the code of their second factor first.

    `provider` is who has shown it, "" for a password; none is asked for where it vouches for one.
    """
    if not person.totp_secret or vouched:
        return _welcome(person, onward, password, provider, vouched)
    # Only what this request says: what the browser has kept from before is for nobody who comes after.
    browser.clear()
    about = {"provider": provider}
    browser["code"] = tickets.issue(session(), Purpose.CODE, now(), person=person, about=about)
    browser["next"] = onward
    return redirect(url_for("sign_in.code"), 303)


def refuse(error: GcmtextError, onward: str) -> ResponseReturnValue:
    """Return the page for signing in, with why it did not go well elsewhere."""
    return _answer("sign_in/show.html", error, email="", next=onward, is_elsewhere=True)


def _welcome(
    person: Person, onward: str, password: str = "", provider: str = "", vouched: bool = False
) -> ResponseReturnValue:
    """Sign a person in and lead on: first to the second factor, where one is needed and not there."""
    rights = actor_of(session(), person, now())
    lacks_factor = second_factor.is_required(rights) and not person.totp_secret and not vouched
    if lacks_factor and not visits.is_demonstration():
        onward = url_for("account.second_factor_page")
    return visits.welcome(make_response(redirect(onward, 303)), person, password, provider, vouched)


def _waiting() -> Person | None:
    """Return who has given a password with this browser and is asked for a code."""
    try:
        return tickets.find(session(), Purpose.CODE, browser.get("code", ""), now()).person
    except NotFound:
        return None


def _bounds(email: str) -> list[Bound]:
    network = limits.network()
    bounds = [Bound(f"sign-in {email} {network}", 10, _QUARTER)]
    if not signing_in.is_familiar(session(), email, network, now()):
        bounds.append(Bound(f"sign-in {email}", 60, _QUARTER))
    return [*bounds, Bound(f"sign-in {network}", 300, _QUARTER)]


def _next() -> str:
    return local(request.values.get("next", "/"))


def _page(email: str, refusal: GcmtextError | None) -> ResponseReturnValue:
    return _answer("sign_in/show.html", refusal, email=email, next=_next())


def _code_page(refusal: GcmtextError | None) -> ResponseReturnValue:
    return _answer("sign_in/code.html", refusal)


def _answer(template: str, refusal: GcmtextError | None, **shown: Any) -> ResponseReturnValue:
    page = render_template(template, refusal=str(refusal) if refusal else "", **shown)
    return refused(page, refusal)
