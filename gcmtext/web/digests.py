"""Being told by e-mail of what is new."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from gcmtext.db import Often
from gcmtext.errors import InvalidText
from gcmtext.services import reading
from gcmtext.services.digests import NEVER, want, wanted
from gcmtext.services.permissions import Action
from gcmtext.web.access import actor, begin_write, needs
from gcmtext.web.access import negotiation as known
from gcmtext.web.clock import now
from gcmtext.web.interface import DONE
from gcmtext.web.store import session

blueprint = Blueprint("digests", __name__)

_FIELD = "told-"


@blueprint.app_context_processor
def _for_forms() -> dict[str, object]:
    """Let a page of a negotiation offer it."""
    return {"told": lambda negotiation: wanted(session(), actor()).get(negotiation.id)}


@blueprint.post("/<negotiation>/digest")
@needs(Action.ACCOUNT_USE)
def choose(negotiation: str) -> ResponseReturnValue:
    """Say how often one wants to be told of what is new in a negotiation."""
    begin_write()
    found = known(negotiation)
    often = _often(request.form.get("often", ""))
    want(session(), actor(), found, often, now())
    flash(_done(often), DONE)
    return redirect(url_for("amendments.index", negotiation=found.slug), 303)


@blueprint.post("/account/digests")
@needs(Action.ACCOUNT_USE)
def choose_all() -> ResponseReturnValue:
    """Say so for each negotiation; of those that the form does not name, nothing is changed."""
    begin_write()
    chosen = {
        found: _often(request.form[_FIELD + found.slug])
        for found in reading.negotiations(session(), actor())
        if _FIELD + found.slug in request.form
    }
    for found, often in chosen.items():
        want(session(), actor(), found, often, now())
    return redirect(url_for("account.show", done="digests", _anchor="page.digests"), 303)


def _often(said: str) -> Often | None:
    if said not in (NEVER, *Often):
        raise InvalidText(gettext("Choose how often you want to be told: never, hourly or daily."))
    return None if said == NEVER else Often(said)


def _done(often: Often | None) -> str:
    if often is None:
        return str(gettext("You will not be told any more."))
    if often is Often.HOURLY:
        return str(gettext("You will be told every hour in which there is something new."))
    return str(gettext("You will be told once a day."))
