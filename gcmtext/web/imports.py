"""Bringing in the next revision: a file, its preview, its issue."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import RequestEntityTooLarge

from gcmtext.db import LanguageVersion, Negotiation, PendingImport
from gcmtext.errors import GcmtextError, InvalidText
from gcmtext.formats import FORMATS, MAX_BYTES
from gcmtext.services import pending, reading
from gcmtext.services.importing import (
    Edit,
    take_turn,
)
from gcmtext.services.pending import Draft, Preview, Said
from gcmtext.services.permissions import Action
from gcmtext.services.ready import Ready
from gcmtext.text.model import Kind
from gcmtext.web import access, import_view, limits
from gcmtext.web import import_form as form
from gcmtext.web.access import actor, needs
from gcmtext.web.clock import now
from gcmtext.web.errors import TOO_LARGE, answer
from gcmtext.web.forgery import without_token
from gcmtext.web.import_view import language_choices
from gcmtext.web.interface import DONE
from gcmtext.web.store import session
from gcmtext.web.versions import way

blueprint = Blueprint("imports", __name__)

# What is too large to be read is looked at only for what was typed beside it.
_MOST_LOOKED_AT = 2**30


@blueprint.get("/<negotiation>/import")
@needs(Action.REVISION_IMPORT)
def start(negotiation: str) -> ResponseReturnValue:
    """Ask for the file of the next revision."""
    return _start(access.negotiation(negotiation), Said(), {})


@blueprint.get("/<negotiation>/import.json")
@needs(Action.REVISION_IMPORT)
def start_json(negotiation: str) -> ResponseReturnValue:
    """Return what an import needs to know: what comes next, what is there, and what can be read."""
    found = access.negotiation(negotiation)
    return jsonify(
        negotiation=found.slug,
        language=found.language,
        name=pending.usual_name(found),
        revisions=[{"revision": r.slug, "name": r.name} for r in found.revisions],
        formats=[suffix for f in FORMATS for suffix in f.suffixes],
        most_bytes=MAX_BYTES,
    )


@blueprint.post("/<negotiation>/import")
@needs(Action.REVISION_IMPORT)
def read(negotiation: str) -> ResponseReturnValue:
    """Read a file and lead to its preview; nothing of the negotiation changes."""
    limits.work("import")
    found = access.negotiation(negotiation)
    said = form.said()
    try:
        file, data = form.upload()
        draft = pending.read_draft(found, data, file, said)
    except GcmtextError as error:
        return _start(found, said, {"file": error})
    shown = pending.preview(found, draft)
    # The same again, unless somebody says that it goes by another name now.
    if shown.same and (shown.is_there or not (said.name or draft.text.revision)):
        return _start(found, said, {}, shown.same)
    # What has only been left open is asked for on the preview.
    refusals = {about: e for about, e in shown.refusals.items() if about != "name" or draft.said.name}
    if refusals:
        return _start(found, said, refusals)
    access.begin_write()
    found = access.negotiation(negotiation)
    address = _address(found, pending.hold(session(), actor(), found, draft, data, now()))
    # The script that shows the progress asks for the address alone, so that the page is made only once.
    if request.accept_mimetypes.best == "application/json":
        return jsonify(preview=address), 201
    return redirect(address, 303)


@blueprint.post("/<negotiation>/import.json")
@without_token
@needs(Action.REVISION_IMPORT)
def read_json(negotiation: str) -> ResponseReturnValue:
    """Return what a file would become; with issue=1 store it as that, and say what it became."""
    limits.work("import")
    found = access.negotiation(negotiation)
    file, data = form.upload()
    draft = pending.read_draft(found, data, file, form.said())
    draft = pending.edited(draft, form.edits_in_json())
    if request.form.get("issue") != "1":
        return jsonify(_as_json(found, draft, pending.preview(found, draft)))
    compared = pending.ready(session(), found, draft)
    access.begin_write()
    found = take_turn(session(), access.negotiation(negotiation))
    shown = pending.preview(found, draft)
    if shown.refusals:
        return form.refused(shown.refusals)
    imported = pending.issue(session(), actor(), found, draft, data, compared, now())
    return jsonify(
        negotiation=found.slug,
        revision=imported.version.revision.slug,
        language=imported.version.language,
        created=imported.created,
        address=way(imported.version, "revisions.show"),
    ), (201 if imported.created else 200)


@blueprint.get("/<negotiation>/import/<token>")
@needs(Action.REVISION_IMPORT)
def preview(negotiation: str, token: str) -> ResponseReturnValue:
    """Show what a file would become, to be corrected and issued; or what it has become."""
    found = access.negotiation(negotiation)
    held = pending.find(session(), found, token, now())
    if held.version:
        return redirect(way(held.version, "revisions.show"))
    return _preview(found, held, pending.draft_of(held))


@blueprint.get("/<negotiation>/import/<token>.json")
@needs(Action.REVISION_IMPORT)
def preview_json(negotiation: str, token: str) -> ResponseReturnValue:
    """Return what a file would become."""
    found = access.negotiation(negotiation)
    draft = pending.draft_of(pending.find(session(), found, token, now()))
    return jsonify(_as_json(found, draft, pending.preview(found, draft)))


@blueprint.post("/<negotiation>/import/<token>")
@needs(Action.REVISION_IMPORT)
def change(negotiation: str, token: str) -> ResponseReturnValue:
    """Keep corrections and show the preview again, or issue the text, or discard it.

    The same form sent twice issues once: the second time it leads to what was issued the first time.
    """
    wanted = request.form.get("do", "")
    compared = _ready(negotiation, token) if wanted == "issue" else {}
    access.begin_write()
    found = access.negotiation(negotiation)
    held = pending.find(session(), found, token, now(), lock=True)
    if held.version:
        return redirect(way(held.version, "revisions.show"), 303)
    if wanted == "discard":
        pending.discard(session(), actor(), found, held, now())
        return redirect(url_for("imports.start", negotiation=found.slug), 303)
    before = pending.draft_of(held)
    edits = form.edits(before)
    draft = pending.edited(replace(before, said=form.said()), edits)
    pending.keep(held, draft)
    if wanted != "issue":
        return redirect(_address(found, held, *_next(edits)), 303)
    found = take_turn(session(), found)
    shown = pending.preview(found, draft)
    if shown.refusals:
        return _not_issued(negotiation, token, draft, status=form.status(shown.refusals))
    if import_view.seen(shown.against) != request.form.get("seen"):
        overtaken = "place" if _place(before.said) != _place(draft.said) else "meanwhile"
        return _not_issued(negotiation, token, draft, overtaken=overtaken, status=409)
    imported = pending.issue(session(), actor(), found, draft, held.data or b"", compared, now())
    pending.settle(held, imported.version)
    flash(gettext("%(name)s has been issued.", name=imported.version.revision.name), DONE)
    return redirect(way(imported.version, "revisions.show"), 303)


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Say so beside the upload, with what was typed there."""
    if request.endpoint != "imports.read":
        return answer(413, TOO_LARGE)
    request.max_content_length = _MOST_LOOKED_AT
    found = access.negotiation((request.view_args or {})["negotiation"])
    return _start(found, form.said(), {"file": InvalidText(TOO_LARGE)}, status=413)


def _ready(negotiation: str, token: str) -> Ready:
    """Return what can be compared before the right to write is taken to issue what the form says."""
    found = access.negotiation(negotiation)
    held = pending.find(session(), found, token, now())
    if held.version:
        return {}
    draft = pending.draft_of(held)
    draft = pending.edited(replace(draft, said=form.said()), form.edits(draft))
    return pending.ready(session(), found, draft)


def _start(
    found: Negotiation,
    said: Said,
    refusals: Mapping[str, GcmtextError],
    there: LanguageVersion | None = None,
    status: int = 0,
) -> ResponseReturnValue:
    return (
        render_template(
            "imports/start.html",
            negotiation=found,
            said=said,
            refusals=form.by_field(refusals),
            there=there,
            usual=pending.usual_name(found),
            choices=language_choices(found.language, said.language),
            formats=FORMATS,
            most=MAX_BYTES,
            too_large=TOO_LARGE,
        ),
        status or form.status(refusals),
    )


def _not_issued(
    negotiation: str, token: str, draft: Draft, *, status: int, overtaken: str = ""
) -> ResponseReturnValue:
    """Show what was typed, and why it was not issued; others may write while that is compared and drawn."""
    session().rollback()
    found = access.negotiation(negotiation)
    held = pending.find(session(), found, token, now())
    return _preview(found, held, draft, overtaken=overtaken, status=status)


def _preview(
    found: Negotiation, held: PendingImport, draft: Draft, *, overtaken: str = "", status: int = 200
) -> ResponseReturnValue:
    shown = pending.preview(found, draft)
    page = import_view.Page.of(shown.text, form.index(request.args.get("at") or request.form.get("from", "")))
    # The lineage takes longest, and stands on the first page.
    compared = pending.comparison(session(), shown) if page.number == 1 else None
    lineage = None
    if compared and shown.against:
        lineage = import_view.LineageView(
            compared, found, shown, shown.against, reading.addresses(session(), shown.against)
        )
    return (
        render_template(
            "imports/preview.html",
            negotiation=found,
            held=held,
            draft=draft,
            shown=shown,
            refusals=form.by_field(shown.refusals),
            seen=import_view.seen(shown.against),
            overtaken=overtaken,
            page=page,
            rows=import_view.rows(shown, draft, page),
            counts=import_view.counts(shown.text),
            deepest=max(6, *(p.level for p in shown.text.paragraphs)),
            lineage=lineage,
            kinds=tuple(Kind),
            choices=language_choices(found.language, draft.said.language),
        ),
        status,
    )


def _place(said: Said) -> tuple[str, str, str]:
    """Return what tells which version a text would follow."""
    return said.name, said.language, said.before


def _next(edits: Mapping[int, Edit]) -> tuple[int, str]:
    """Return the paragraph whose page is shown next, and the anchor there.

    Where a button leads, else where the first correction was made, else the page that was shown.
    """
    asked = request.form.get("at") or (str(min(edits)) if edits else "")
    return form.index(asked or request.form.get("from", "")), f"para.{form.index(asked)}" if asked else ""


def _address(found: Negotiation, held: PendingImport, at: int = 0, anchor: str = "") -> str:
    """Return the address of a preview, on the page of a paragraph."""
    return url_for(
        "imports.preview",
        negotiation=found.slug,
        token=held.token,
        at=at or None,
        _anchor=anchor or None,
    )


def _as_json(found: Negotiation, draft: Draft, shown: Preview) -> dict[str, Any]:
    return import_view.as_json(found, draft, shown, pending.comparison(session(), shown))
