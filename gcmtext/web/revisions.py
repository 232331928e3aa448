"""A revision and its paragraphs."""

from io import BytesIO

from flask import Blueprint, jsonify, render_template, request, send_file
from flask.typing import ResponseReturnValue

from gcmtext.db import LanguageVersion, Negotiation
from gcmtext.errors import NotFound
from gcmtext.services import reading
from gcmtext.services.passage import read_passage
from gcmtext.web import revision_view
from gcmtext.web.clock import now
from gcmtext.web.store import session

blueprint = Blueprint("revisions", __name__)


@blueprint.get("/<negotiation>/<revision>")
def show(negotiation: str, revision: str) -> ResponseReturnValue:
    """Show a revision to read: all of it, or a long one page by page."""
    found, version = _version(negotiation, revision)
    passage = read_passage(session(), found, version, now(), page=_page(), at=request.args.get("at", ""))
    return render_template(
        "revisions/show.html",
        negotiation=found,
        revision=version.revision,
        version=version,
        passage=passage,
        items=revision_view.items(passage),
        contents=revision_view.contents(passage),
    )


@blueprint.get("/<negotiation>/<revision>.json")
def show_json(negotiation: str, revision: str) -> ResponseReturnValue:
    """Return a revision as a segmented text, with the address of each paragraph."""
    found, version = _version(negotiation, revision)
    document = reading.document(session(), version)
    addresses = reading.addresses(session(), version)
    return jsonify(
        negotiation=found.slug,
        revision=version.revision.slug,
        name=version.revision.name,
        symbol=version.revision.symbol,
        issued=document.date or None,
        language=version.language,
        languages=[v.language for v in version.revision.versions],
        title=version.title,
        paragraphs=[
            {
                "index": paragraph.index,
                "address": address,
                "kind": paragraph.kind,
                "label": paragraph.label,
                "level": paragraph.level,
                "text": paragraph.text,
            }
            for paragraph, address in zip(document.paragraphs, addresses, strict=True)
        ],
        notices=version.notices,
    )


@blueprint.get("/<negotiation>/<revision>/original")
def original(negotiation: str, revision: str) -> ResponseReturnValue:
    """Hand out the file as it was uploaded; the browser is told to keep it and not to look inside."""
    _, version = _version(negotiation, revision)
    return send_file(
        BytesIO(version.original.data),
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=version.original.name,
        etag=version.original.sha256,
        last_modified=version.original.stored_at,
    )


@blueprint.get("/<negotiation>/<revision>/para/<address>")
def paragraph(negotiation: str, revision: str, address: str) -> ResponseReturnValue:
    """Show a paragraph through all revisions."""
    raise NotFound(f"{address} of {revision} of {negotiation} cannot be read here yet.")


def _version(negotiation: str, revision: str) -> tuple[Negotiation, LanguageVersion]:
    found = reading.negotiation(session(), negotiation)
    language = request.args.get("language", "")
    return found, reading.version(found, reading.revision(found, revision), language)


def _page() -> int:
    """Return the number of the page that is asked for, from 0."""
    asked = request.args.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 6):
        raise NotFound("A page is given by its number.")
    return int(asked) - 1
