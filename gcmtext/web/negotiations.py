"""All negotiations, and one of them from above."""

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from gcmtext.services import reading
from gcmtext.web.store import session

blueprint = Blueprint("negotiations", __name__)


@blueprint.get("/")
@blueprint.get("/index.json", endpoint="index_json")
def index() -> ResponseReturnValue:
    """Show all negotiations."""
    found = reading.negotiations(session())
    if request.path.endswith(".json"):
        return jsonify(
            negotiations=[{"name": n.slug, "title": n.title, "language": n.language} for n in found]
        )
    return render_template("negotiations/index.html", negotiations=found)


@blueprint.get("/<negotiation>")
def show(negotiation: str) -> ResponseReturnValue:
    """Show a negotiation from above."""
    return render_template("negotiations/show.html", negotiation=reading.negotiation(session(), negotiation))
