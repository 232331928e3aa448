"""Being told by e-mail of what is new."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from gcmtext.services.digests import want, wants
from gcmtext.services.permissions import Action
from gcmtext.web.access import actor, begin_write, needs
from gcmtext.web.access import negotiation as known
from gcmtext.web.clock import now
from gcmtext.web.interface import DONE
from gcmtext.web.store import session

blueprint = Blueprint("digests", __name__)


@blueprint.app_context_processor
def _for_forms() -> dict[str, object]:
    """Let a page of a negotiation offer it."""
    return {"is_told": lambda negotiation: wants(session(), actor(), negotiation)}


@blueprint.post("/<negotiation>/digest")
@needs(Action.ACCOUNT_USE)
def choose(negotiation: str) -> ResponseReturnValue:
    """Say whether one wants to be told of what is new, once a day."""
    begin_write()
    found = known(negotiation)
    wanted = request.form.get("want") == "yes"
    want(session(), actor(), found, wanted, now())
    said = gettext("You will be told once a day.") if wanted else gettext("You will not be told any more.")
    flash(said, DONE)
    return redirect(url_for("amendments.index", negotiation=found.slug), 303)
