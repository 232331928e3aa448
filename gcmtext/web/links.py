"""What comes by a link: an invitation, a new password."""

from collections.abc import Callable
from datetime import timedelta

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gcmtext.db import Person
from gcmtext.errors import GcmtextError, InvalidText
from gcmtext.services import invitations, second_factor
from gcmtext.services.accounts import checked_name, checked_password
from gcmtext.services.actor import actor_of
from gcmtext.services.invitations import Invitation
from gcmtext.services.mail import checked_address
from gcmtext.services.permissions import Action, sees
from gcmtext.web import limits, visits
from gcmtext.web.access import begin_write, needs
from gcmtext.web.clock import now
from gcmtext.web.errors import refused
from gcmtext.web.interface import DONE
from gcmtext.web.limits import Bound
from gcmtext.web.store import session

blueprint = Blueprint("links", __name__)

_HOUR = timedelta(hours=1)


@blueprint.get("/reset")
@needs(Action.SIGN_IN)
def ask() -> ResponseReturnValue:
    """Ask to which address a link for a new password is to be sent."""
    return render_template("links/ask.html", email="", refusal="", is_sent=False)


@blueprint.post("/reset")
@needs(Action.SIGN_IN)
def send() -> ResponseReturnValue:
    """Send a link, if somebody signs in with the address; the answer is the same if nobody does."""
    email = request.form.get("email", "").replace("\0", "")[:254]
    try:
        checked_address(email)
        limits.count(
            Bound(f"reset {email.strip().casefold()}", 3, _HOUR),
            Bound(f"reset {limits.network()}", 30, _HOUR),
        )
    except GcmtextError as error:
        return refused(
            render_template("links/ask.html", email=email, refusal=str(error), is_sent=False), error
        )
    begin_write()
    invitations.ask_reset(
        session(), email, lambda token: absolute("links.reset", token), limits.network(), now()
    )
    return render_template("links/ask.html", email=email, refusal="", is_sent=True)


@blueprint.get("/reset/<token>")
@needs(Action.SIGN_IN)
def reset(token: str) -> ResponseReturnValue:
    """Ask for a new password."""
    return _private(render_template("links/reset.html", who=_resets(token), refusal=""))


@blueprint.post("/reset/<token>")
@needs(Action.SIGN_IN)
def set_new(token: str) -> ResponseReturnValue:
    """Set the new password, which ends all that was signed in with the old one; then it is to be used."""
    begin_write()
    who = _resets(token)
    try:
        invitations.reset(session(), token, _password(), limits.network(), now())
    except InvalidText as error:
        return _private(refused(render_template("links/reset.html", who=who, refusal=str(error)), error))
    return _private(redirect(url_for("sign_in.show"), 303))


@blueprint.get("/invitation/<token>")
@needs(Action.SIGN_IN)
def invitation(token: str) -> ResponseReturnValue:
    """Show to what somebody is invited, and ask for a name and a password."""
    found = invitations.invitation(session(), token, now())
    return _private(render_template("links/invitation.html", invitation=found, name="", refusals={}))


@blueprint.post("/invitation/<token>")
@needs(Action.SIGN_IN)
def accept(token: str) -> ResponseReturnValue:
    """Make the account, and sign in."""
    begin_write()
    found = invitations.invitation(session(), token, now())
    name = request.form.get("name", "").replace("\0", "")
    checks: dict[str, Callable[[], str]] = {
        "name": lambda: checked_name(name),
        "password": lambda: checked_password(_password(), name, found.email),
    }
    refusals: dict[str, InvalidText] = {}
    for field, check in checks.items():
        try:
            check()
        except InvalidText as error:
            refusals[field] = error
    if refusals:
        page = render_template(
            "links/invitation.html",
            invitation=found,
            name=name,
            refusals={field: str(error) for field, error in refusals.items()},
        )
        return _private(refused(page, next(iter(refusals.values()))))
    person = invitations.accept(session(), token, name, _password(), limits.network(), now())
    answer = _private(visits.welcome(make_response(redirect(_home(person, found), 303)), person))
    if found.negotiation and not sees(actor_of(session(), person, now()), found.negotiation):
        # It stands on the page that is shown next: what the browser has kept before is forgotten by now.
        title = found.negotiation.title
        flash(_("You will find “%(title)s” here once it is circulated to delegations.", title=title), DONE)
    return answer


def absolute(endpoint: str, token: str) -> str:
    """Return the address of a link, for an e-mail.

    Its host is the one that the settings name, never one that a request names.
    """
    return str(current_app.config["GCMTEXT_BASE_URL"]) + url_for(endpoint, token=token)


def _home(person: Person, accepted: Invitation) -> str:
    """Return where somebody who has accepted an invitation goes on."""
    rights = actor_of(session(), person, now())
    if second_factor.is_required(rights) and not visits.is_demonstration():
        return url_for("account.second_factor_page")
    if accepted.negotiation is None:
        return url_for("account.show")
    if sees(rights, accepted.negotiation):
        return url_for("negotiations.show", negotiation=accepted.negotiation.slug)
    return url_for("negotiations.index")


def _resets(token: str) -> Person:
    return invitations.resets(session(), token, now())


def _password() -> str:
    return request.form.get("password", "")


def _private(answer: ResponseReturnValue) -> Response:
    """Return an answer that no browser keeps: its address opens a door."""
    response = make_response(answer)
    response.headers["Cache-Control"] = "no-store"
    return response
