"""Files that delegations send: dropped, previewed, corrected, confirmed; the tray of what has no place."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from io import BytesIO

from flask import Blueprint, flash, jsonify, redirect, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import RequestEntityTooLarge

from gcmtext.db import Batch, BatchState, LanguageVersion
from gcmtext.errors import GcmtextError
from gcmtext.formats import FORMATS, MAX_BYTES
from gcmtext.formats.submissions import Received
from gcmtext.services import batches, intake, reading
from gcmtext.services.calls import are_taken, require_open
from gcmtext.services.entering import confirm, outlook
from gcmtext.services.permissions import Action, may
from gcmtext.text.model import Document
from gcmtext.web import limits
from gcmtext.web.access import actor, begin_write, needs
from gcmtext.web.access import negotiation as known
from gcmtext.web.clock import now
from gcmtext.web.errors import TOO_LARGE, answer, status_of
from gcmtext.web.form import number
from gcmtext.web.intake_form import MOST_AT_ONCE, correct, delegation_named, files, picked, place
from gcmtext.web.intake_view import as_json, batch_as_json, doubt_as_json, lines, open_doubts
from gcmtext.web.interface import DONE
from gcmtext.web.store import session
from gcmtext.web.versions import page_about, version_asked, way

blueprint = Blueprint("intake", __name__)

_TOO_LARGE_TOGETHER = (
    f"Together the files are larger than the {MAX_BYTES // 2**20} MB that are read at once: send some of "
    "them afterwards, and of a single one leave out pictures and attachments."
)
# What is too large to be read is looked at only for what was typed beside it.
_MOST_LOOKED_AT = 2**30


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one of the files that were sent: kept as a batch, or refused with a sentence."""

    file: str
    batch: Batch | None
    sentence: str = ""


@blueprint.get("/<negotiation>/<revision>/intake")
@needs(Action.INTAKE)
def start(negotiation: str, revision: str) -> ResponseReturnValue:
    """Ask for files, and list those that have been taken in."""
    return _start(version_asked(negotiation, revision), ())


@blueprint.get("/<negotiation>/<revision>/intake.json")
@needs(Action.INTAKE)
def start_json(negotiation: str, revision: str) -> ResponseReturnValue:
    """Return the files that have been taken in on a revision."""
    version = version_asked(negotiation, revision)
    found = version.revision.negotiation
    found_files = batches.taken_in(session(), actor(), version)
    return jsonify(
        negotiation=found.slug,
        revision=version.revision.slug,
        files=[batch_as_json(batch) for batch in found_files],
    )


@blueprint.post("/<negotiation>/<revision>/intake")
@needs(Action.INTAKE)
def send(negotiation: str, revision: str) -> ResponseReturnValue:
    """Read files and keep what they propose; one that cannot be read does not stop the others.

    A single file leads to its preview. The script that shows the progress sends one after the other, and asks
    for the report of each alone.
    """
    alone = request.form.get("alone") == "1"
    version = version_asked(negotiation, revision)
    try:
        require_open(version.revision.negotiation, version.revision, now())
        sent = files()
    except GcmtextError as error:
        return _start(version, (), str(error), status_of(error))
    for _ in sent:
        limits.work("intake")
    version = version_asked(negotiation, revision)
    base = reading.document(session(), version)
    session().rollback()  # so that no connection is held while files are read
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        read = list(pool.map(partial(_read, base), sent))
    begin_write()
    version = version_asked(negotiation, revision)
    reports = tuple(_keep(version, *one) for one in zip(sent, read, strict=True))
    kept = [report.batch for report in reports if report.batch]
    if alone:
        return page_about(version, "intake/reports.html", reports=reports)
    if len(reports) == 1:
        [report] = reports
        if report.batch is None:
            return _start(version, (), report.sentence, 422)
        return redirect(way(version, "intake.show", key=report.batch.key), 303)
    return _start(version, reports, status=200 if kept else 422)


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Say so beside the field, with what was chosen there."""
    named = request.view_args or {}
    if request.endpoint != "intake.send" or not may(actor(), Action.INTAKE, known(named["negotiation"])):
        return answer(413, TOO_LARGE)
    request.max_content_length = _MOST_LOOKED_AT
    return _start(version_asked(named["negotiation"], named["revision"]), (), _TOO_LARGE_TOGETHER, 413)


@blueprint.get("/<negotiation>/<revision>/intake/<key>")
@needs(Action.INTAKE)
def show(negotiation: str, revision: str, key: str) -> ResponseReturnValue:
    """Show what a file proposes, to be corrected and confirmed; or what has become of it."""
    version = version_asked(negotiation, revision)
    return _show(version, batches.find(session(), actor(), version, key))


@blueprint.get("/<negotiation>/<revision>/intake/<key>.json")
@needs(Action.INTAKE)
def show_json(negotiation: str, revision: str, key: str) -> ResponseReturnValue:
    """Return what a file proposes, and what would become of it or has."""
    version = version_asked(negotiation, revision)
    batch = batches.find(session(), actor(), version, key)
    base = reading.document(session(), version)
    return jsonify(as_json(batch, outlook(session(), actor(), batch), base))


@blueprint.get("/<negotiation>/<revision>/intake/<key>/file")
@needs(Action.INTAKE)
def original(negotiation: str, revision: str, key: str) -> ResponseReturnValue:
    """Hand out the file as it was sent; the browser is told to keep it and not to look inside."""
    batch = batches.find(session(), actor(), version_asked(negotiation, revision), key)
    return send_file(
        BytesIO(batch.original.data),
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=batch.file,
    )


@blueprint.post("/<negotiation>/<revision>/intake/<key>")
@needs(Action.INTAKE)
def act(negotiation: str, revision: str, key: str) -> ResponseReturnValue:
    """Keep corrections, place or dismiss an instruction, confirm the file, or discard it."""
    begin_write()
    version = version_asked(negotiation, revision)
    batch = batches.find(session(), actor(), version, key, lock=True)
    wanted, _, which = request.form.get("do", "keep").partition("-")
    from_tray = request.form.get("back") == "tray"
    home = way(version, "intake.tray") if from_tray else way(version, "intake.show", key=batch.key)
    try:
        if wanted == "discard":
            intake.discard(session(), actor(), batch, now())
            flash(gettext("%(file)s has been discarded.", file=batch.file), DONE)
            return redirect(way(version, "intake.start"), 303)
        if batch.state == BatchState.READ and not from_tray:
            correct(version, batch)
        if wanted == "place":
            at = place(version, batch, number(which))
            if at is not None:
                anchor = f"doubt-{batch.key}-{which}"
                return redirect(f"{home}{'&' if '?' in home else '?'}place={anchor[6:]}-{at}#{anchor}", 303)
        elif wanted == "dismiss":
            intake.dismiss(session(), actor(), batch, number(which), now())
        if wanted == "confirm" or (wanted == "place" and batch.state == BatchState.CONFIRMED):
            confirm(session(), actor(), batch, now())
    except GcmtextError as error:
        if from_tray:
            return _tray(version, str(error), status_of(error))
        return _show(version, batch, str(error), status_of(error))
    return redirect(home, 303)


@blueprint.get("/<negotiation>/<revision>/tray")
@needs(Action.INTAKE)
def tray(negotiation: str, revision: str) -> ResponseReturnValue:
    """Show all that could not be placed on a revision, by delegation."""
    return _tray(version_asked(negotiation, revision))


@blueprint.get("/<negotiation>/<revision>/tray.json")
@needs(Action.INTAKE)
def tray_json(negotiation: str, revision: str) -> ResponseReturnValue:
    """Return all that could not be placed on a revision."""
    version = version_asked(negotiation, revision)
    found = version.revision.negotiation
    base = reading.document(session(), version)
    doubts = open_doubts(batches.taken_in(session(), actor(), version), base)
    return jsonify(
        negotiation=found.slug,
        revision=version.revision.slug,
        unplaced=[batch_as_json(line.batch) | doubt_as_json(line) for line in doubts],
    )


def _start(
    version: LanguageVersion, reports: Sequence[Report], refusal: str = "", status: int = 200
) -> ResponseReturnValue:
    found = batches.taken_in(session(), actor(), version)
    return (
        page_about(
            version,
            "intake/start.html",
            is_open=are_taken(version.revision, now()),
            conducts=intake.conducts(actor(), version),
            delegations=intake.delegations(session(), actor(), version),
            waiting=[batch for batch in found if batch.state == BatchState.READ],
            confirmed=[batch for batch in found if batch.state == BatchState.CONFIRMED],
            unplaced=sum(said["state"] == "open" for batch in found for said in batch.unplaced),
            reports=reports,
            refusal=refusal,
            picked=request.form.get("delegation", ""),
            formats=FORMATS,
            most=MAX_BYTES,
            most_files=MOST_AT_ONCE,
            too_large=TOO_LARGE,
        ),
        status,
    )


def _show(
    version: LanguageVersion, batch: Batch, refusal: str = "", status: int = 200
) -> ResponseReturnValue:
    base = reading.document(session(), version)
    is_read = batch.state == BatchState.READ
    found = outlook(session(), actor(), batch) if is_read else None
    return (
        page_about(
            version,
            "intake/show.html",
            batch=batch,
            is_read=is_read,
            outlook=found,
            lines=lines(batch, found, base, reading.addresses(session(), version)),
            doubts=open_doubts([batch], base, picked(base)),
            delegations=intake.delegations(session(), actor(), version),
            conducts=intake.conducts(actor(), version),
            editing=number(request.args.get("edit", "")),
            refusal=refusal,
            lifetime=intake.LIFETIME.days,
        ),
        status,
    )


def _tray(version: LanguageVersion, refusal: str = "", status: int = 200) -> ResponseReturnValue:
    base = reading.document(session(), version)
    found = batches.taken_in(session(), actor(), version)
    found.sort(key=lambda batch: (batch.delegation.short_name if batch.delegation else "", batch.id))
    return (
        page_about(
            version,
            "intake/tray.html",
            doubts=open_doubts(found, base, picked(base)),
            refusal=refusal,
        ),
        status,
    )


def _read(base: Document, file: tuple[str, bytes]) -> Received | GcmtextError:
    name, data = file
    try:
        return intake.read(data, name, base)
    except GcmtextError as error:
        return error


def _keep(version: LanguageVersion, file: tuple[str, bytes], read: Received | GcmtextError) -> Report:
    if isinstance(read, GcmtextError):
        return Report(file[0], None, str(read))
    try:
        with session().begin_nested():
            delegation = delegation_named(version, request.form.get("delegation", ""))
            if delegation is None:
                identity = intake.sender(session(), actor(), version, file[0], read)
                delegation = delegation_named(version, str(identity or ""))
            batch = intake.hold(session(), actor(), version, delegation, file, read, now())
    except GcmtextError as error:
        return Report(file[0], None, str(error))
    return Report(file[0], batch)
