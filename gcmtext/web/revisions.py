"""A revision and its paragraphs."""

from io import BytesIO

from flask import Blueprint, jsonify, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from gcmtext.services import reading
from gcmtext.services.biography import biography, index_of
from gcmtext.services.passage import read_passage
from gcmtext.services.permissions import Action
from gcmtext.web import paragraph_view, revision_view
from gcmtext.web.access import needs
from gcmtext.web.clock import now
from gcmtext.web.form import page_asked
from gcmtext.web.proposers import way_to_propose
from gcmtext.web.store import session
from gcmtext.web.versions import page_about, version_asked

blueprint = Blueprint("revisions", __name__)


@blueprint.get("/<negotiation>/<revision>")
@needs(Action.REVISION_READ)
def show(negotiation: str, revision: str) -> ResponseReturnValue:
    """Show a revision to read: all of it, or a long one page by page."""
    version = version_asked(negotiation, revision)
    found = version.revision.negotiation
    passage = read_passage(
        session(), found, version, now(), page=page_asked() - 1, at=request.args.get("at", "")
    )
    return page_about(
        version,
        "revisions/show.html",
        passage=passage,
        items=revision_view.items(passage),
        contents=revision_view.contents(passage),
        propose=way_to_propose(version),
    )


@blueprint.get("/<negotiation>/<revision>.json")
@needs(Action.REVISION_READ)
def show_json(negotiation: str, revision: str) -> ResponseReturnValue:
    """Return a revision as a segmented text, with the address of each paragraph."""
    version = version_asked(negotiation, revision)
    found = version.revision.negotiation
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
@needs(Action.REVISION_READ)
def original(negotiation: str, revision: str) -> ResponseReturnValue:
    """Hand out the file as it was uploaded; the browser is told to keep it and not to look inside."""
    version = version_asked(negotiation, revision)
    return send_file(
        BytesIO(version.original.data),
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=version.original.name,
        etag=version.original.sha256,
        last_modified=version.original.stored_at,
    )


@blueprint.get("/<negotiation>/<revision>/para/<address>")
@needs(Action.REVISION_READ)
def paragraph(negotiation: str, revision: str, address: str) -> ResponseReturnValue:
    """Show a paragraph through all revisions; one asked for by its number is led to its own address."""
    version = version_asked(negotiation, revision)
    found = version.revision.negotiation
    index, known_as = index_of(session(), version, address)
    if known_as != address:
        return redirect(_address_of(request.endpoint, known_as), 301)
    life = biography(session(), found, version, index, now())
    return page_about(
        version,
        "revisions/paragraph.html",
        life=life,
        past=paragraph_view.past(life),
        lost=life.versions[life.lifeline.lost] if life.lifeline.lost else None,
        subject=life.subject.paragraph,
        propose=way_to_propose(version),
        stable=_address_of("revisions.paragraph", known_as, whole=True),
    )


@blueprint.get("/<negotiation>/<revision>/para/<address>.json")
@needs(Action.REVISION_READ)
def paragraph_json(negotiation: str, revision: str, address: str) -> ResponseReturnValue:
    """Return a paragraph through all revisions."""
    version = version_asked(negotiation, revision)
    found = version.revision.negotiation
    index, known_as = index_of(session(), version, address)
    if known_as != address:
        return redirect(_address_of(request.endpoint, known_as), 301)
    life = biography(session(), found, version, index, now())
    return jsonify(
        negotiation=found.slug,
        revision=version.revision.slug,
        language=version.language,
        **paragraph_view.as_json(life, paragraph_view.past(life)),
    )


def _address_of(endpoint: str | None, address: str, *, whole: bool = False) -> str:
    """Return the address of a paragraph of the revision and language that are asked for."""
    return url_for(
        endpoint or "revisions.paragraph",
        **(request.view_args or {}) | {"address": address},
        language=request.args.get("language"),
        _external=whole,
    )
