"""Bringing in the next revision."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from gcmtext.errors import NotFound

blueprint = Blueprint("imports", __name__)


@blueprint.get("/<negotiation>/import")
def start(negotiation: str) -> ResponseReturnValue:
    """Ask for the file of the next revision."""
    raise NotFound(f"Nothing can be imported into {negotiation} here yet.")


@blueprint.get("/new")
def new_negotiation() -> ResponseReturnValue:
    """Ask for the title of a new negotiation."""
    raise NotFound("No negotiation can be started here yet.")
