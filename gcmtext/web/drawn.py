"""The compilation of the amendments to a revision, drawn: where they are, whose, and where positions meet."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from gcmtext.db import Delegation
from gcmtext.services.compiling import Compiled, compiled
from gcmtext.services.permissions import Action
from gcmtext.views.compilation_drawn import SIDE, Meets, Share, Strip, meets, shares, strips
from gcmtext.web.access import actor, needs
from gcmtext.web.compilation_view import Choice, Ways
from gcmtext.web.store import session
from gcmtext.web.versions import page_about, version_asked

blueprint = Blueprint("drawn", __name__)


@blueprint.get("/<negotiation>/<revision>/compilation/drawn")
@needs(Action.AMENDMENT_READ)
def show(negotiation: str, revision: str) -> ResponseReturnValue:
    """Show the submitted amendments from above, as far as the reader sees them."""
    version = version_asked(negotiation, revision)
    found = version.revision.negotiation
    rows = session().execute(
        select(Delegation.short_name, Delegation.kind).where(Delegation.negotiation_id == found.id)
    )
    kinds = {row[0]: row[1] for row in rows}
    seen = compiled(session(), actor(), version)
    drawn, spread, met = _drawn(seen)
    return page_about(
        version,
        "compilation/drawn.html",
        strips=drawn,
        shares=sorted(spread, key=lambda share: kinds.get(share.delegation) != "group"),
        kinds=kinds,
        meets=met,
        side=SIDE,
        total=len(seen.entries),
        ways=Ways(found, version, Choice()),
    )


@blueprint.get("/<negotiation>/<revision>/compilation/drawn.json")
@needs(Action.AMENDMENT_READ)
def show_json(negotiation: str, revision: str) -> ResponseReturnValue:
    """Return what the drawings show."""
    version = version_asked(negotiation, revision)
    found = version.revision.negotiation
    drawn, spread, met = _drawn(compiled(session(), actor(), version))
    return jsonify(
        negotiation=found.slug,
        revision=version.revision.slug,
        sections=[_strip(strip) for strip in drawn],
        delegations=[{"delegation": share.delegation, "by_section": share.counts} for share in spread],
        shared=[asdict(one) for one in met.shared],
    )


def _drawn(seen: Compiled) -> tuple[tuple[Strip, ...], tuple[Share, ...], Meets]:
    amended = [
        index for entry in seen.entries for index in sorted({entry.proposal.at, *entry.proposal.bases})
    ]
    drawn = strips(seen.compilation, amended)
    spread = shares(drawn, [(entry.delegation, entry.proposal.at) for entry in seen.entries])
    return drawn, spread, meets(seen.compilation)


def _strip(strip: Strip) -> dict[str, Any]:
    return {
        "start": strip.start,
        "heading": f"{strip.head.label} {strip.head.text}".strip() if strip.head else "",
        "paragraphs": [
            {
                "index": cell.index,
                "place": cell.place.full_name,
                "address": cell.address,
                "amendments": cell.amendments,
                "contested": cell.is_contested,
            }
            for cell in strip.cells
        ],
    }
