"""The review of a lineage by people."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from gcmtext.errors import NotFound

blueprint = Blueprint("lineage", __name__)


@blueprint.get("/<negotiation>/lineage/<old>/<new>")
def show(negotiation: str, old: str, new: str) -> ResponseReturnValue:
    """Show the lineage from one revision to the next."""
    raise NotFound(f"The lineage from {old} to {new} of {negotiation} cannot be reviewed here yet.")
