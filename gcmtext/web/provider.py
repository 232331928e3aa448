"""Signing in through a provider, where one is set."""

import logging
from datetime import timedelta
from importlib.util import find_spec

from flask import Blueprint, Flask, current_app, redirect, request, url_for
from flask import session as browser
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gcmtext.errors import GcmtextError, InvalidText, NotFound
from gcmtext.services import provider, signing_in, tickets
from gcmtext.services.permissions import Action
from gcmtext.services.provider import Asked
from gcmtext.services.tickets import Purpose
from gcmtext.settings import Oidc, Settings
from gcmtext.web import limits, sign_in, store, visits
from gcmtext.web.access import begin_write, needs
from gcmtext.web.clock import now
from gcmtext.web.limits import Bound
from gcmtext.web.local import local
from gcmtext.web.store import session

blueprint = Blueprint("provider", __name__)

_QUARTER = timedelta(minutes=15)
_log = logging.getLogger("gcmtext.security")


def install(app: Flask, settings: Settings) -> None:
    """Offer the provider on the page for signing in; raise InvalidText if what it needs is not installed."""
    if settings.oidc and not (find_spec("joserfc") and find_spec("httpx")):
        raise InvalidText("Signing in through a provider needs more: install gcmtext[oidc].")
    app.config["GCMTEXT_OIDC"] = settings.oidc
    app.context_processor(lambda: {"provider": settings.oidc.name if settings.oidc else ""})


@blueprint.get("/sign-in/provider")
@needs(Action.SIGN_IN)
def begin() -> ResponseReturnValue:
    """Send the browser to the provider."""
    oidc, onward = _oidc(), local(request.args.get("next", "/"))
    if visits.person():
        return redirect(onward)
    try:
        limits.count(Bound(f"provider {limits.network()}", 300, _QUARTER))
        asked, state = Asked.anew(), tickets.new_token()
        address = provider.address(oidc, _back(), state, asked)
    except GcmtextError as error:
        return sign_in.refuse(error, onward)
    begin_write()
    about = {**provider.kept(asked), "next": onward}
    tickets.issue(session(), Purpose.PROVIDER, now(), about=about, token=state)
    # The answer is good in this browser alone.
    browser["provider"] = state
    return redirect(address, 303)


@blueprint.get("/sign-in/provider/back")
@needs(Action.SIGN_IN)
def back() -> ResponseReturnValue:
    """Sign in whoever comes back from the provider: each answer once, in the browser that asked.

    No account is made: whoever has none is told that accounts come by invitation.
    """
    oidc, onward = _oidc(), "/"
    try:
        limits.count(Bound(f"provider {limits.network()}", 300, _QUARTER))
        ticket = _used(request.args.get("state", ""))
        onward = local(ticket.pop("next"))
        identity = provider.identify(oidc, _back(), request.args, Asked(**ticket), now())
        begin_write()
        person = signing_in.known(session(), identity, oidc.name, limits.network(), now())
    except GcmtextError as error:
        _log.warning("sign-in through the provider refused from %s: %s", limits.network(), error)
        return sign_in.refuse(error, onward)
    return sign_in.admit(person, onward, provider=oidc.name, vouched=identity.vouched)


def _used(state: str) -> dict[str, str]:
    """Return what was kept under a state, and use it up for good, whatever becomes of the answer."""
    if not state or browser.pop("provider", None) != state:
        raise InvalidText(_("This sign-in was not begun in this browser, or is over: begin again."))
    begin_write()
    try:
        about = dict(tickets.use(session(), Purpose.PROVIDER, state, now()).about)
    except NotFound:
        raise InvalidText(_("This sign-in was not begun in this browser, or is over: begin again.")) from None
    # Nothing is held while another machine is waited for.
    store.keep()
    return about


def _oidc() -> Oidc:
    found: Oidc | None = current_app.config["GCMTEXT_OIDC"]
    if found is None:
        raise NotFound(_("There is nothing at this address."))
    return found


def _back() -> str:
    """Return where the provider sends people back to: on the host that is set, whatever a request names."""
    return str(current_app.config["GCMTEXT_BASE_URL"]) + url_for("provider.back")
