"""A revision and its paragraphs."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from gcmtext.errors import NotFound

blueprint = Blueprint("revisions", __name__)


@blueprint.get("/<negotiation>/<revision>")
def show(negotiation: str, revision: str) -> ResponseReturnValue:
    """Show a revision to read."""
    raise NotFound(f"{revision} of {negotiation} cannot be read here yet.")


@blueprint.get("/<negotiation>/<revision>/para/<address>")
def paragraph(negotiation: str, revision: str, address: str) -> ResponseReturnValue:
    """Show a paragraph through all revisions."""
    raise NotFound(f"{address} of {revision} of {negotiation} cannot be read here yet.")
