"""All negotiations, and one of them from above."""

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue

from gcmtext.db import LanguageVersion, Negotiation
from gcmtext.services import reading
from gcmtext.services.overview import lengths, overview
from gcmtext.services.permissions import Action
from gcmtext.text.sections import WHOLE
from gcmtext.web import access, overview_view
from gcmtext.web.access import actor, needs
from gcmtext.web.clock import now
from gcmtext.web.drawing import time_line
from gcmtext.web.store import session

blueprint = Blueprint("negotiations", __name__)


@blueprint.get("/")
@needs(Action.SITE_READ)
def index() -> ResponseReturnValue:
    """Show all negotiations."""
    found = reading.negotiations(session(), actor())
    latest = {n.id: _latest(n) for n in found}
    return render_template(
        "negotiations/index.html",
        negotiations=found,
        latest=latest,
        lengths=lengths(session(), [v for v in latest.values() if v]),
    )


@blueprint.get("/index.json")
@needs(Action.SITE_READ)
def index_json() -> ResponseReturnValue:
    """Return all negotiations with their latest revisions."""
    found = reading.negotiations(session(), actor())
    return jsonify(
        negotiations=[
            {
                "name": n.slug,
                "title": n.title,
                "language": n.language,
                "revisions": [
                    {
                        "revision": r.slug,
                        "name": r.name,
                        "issued": r.issued.isoformat() if r.issued else None,
                        "languages": [v.language for v in r.versions],
                    }
                    for r in n.revisions
                ],
            }
            for n in found
        ]
    )


@blueprint.get("/<negotiation>")
@needs(Action.NEGOTIATION_READ)
def show(negotiation: str) -> ResponseReturnValue:
    """Show a negotiation from above: time line, what changed at each step, the flow of its sections."""
    found = access.negotiation(negotiation)
    seen = overview(session(), found, now())
    return render_template(
        "negotiations/show.html",
        negotiation=found,
        overview=seen,
        kinds=overview_view.KINDS,
        rows=overview_view.rows(seen),
        flow=overview_view.flow_view(seen) if seen.steps else None,
        whole=WHOLE,
        time_line=time_line([r.name for r in found.revisions], [r.issued for r in found.revisions]),
    )


@blueprint.get("/<negotiation>.json")
@needs(Action.NEGOTIATION_READ)
def show_json(negotiation: str) -> ResponseReturnValue:
    """Return a negotiation from above."""
    found = access.negotiation(negotiation)
    seen = overview(session(), found, now())
    return jsonify(negotiation=found.slug, title=found.title, **overview_view.as_json(seen))


def _latest(negotiation: Negotiation) -> LanguageVersion | None:
    return reading.version(negotiation, negotiation.revisions[-1]) if negotiation.revisions else None
