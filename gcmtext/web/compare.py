"""Any two revisions compared."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from gcmtext.errors import NotFound

blueprint = Blueprint("compare", __name__)


@blueprint.get("/<negotiation>/compare/<old>/<new>")
def show(negotiation: str, old: str, new: str) -> ResponseReturnValue:
    """Show what changed from one revision to another."""
    raise NotFound(f"{old} and {new} of {negotiation} cannot be compared here yet.")
