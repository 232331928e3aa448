"""Files that delegations send: dropped, previewed, corrected, confirmed; the tray of what has no place."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import PurePosixPath

from flask import Blueprint, flash, jsonify, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from gcmtext.db import Batch, BatchState, Delegation, LanguageVersion, Negotiation
from gcmtext.errors import GcmtextError, InvalidText
from gcmtext.formats import FORMATS, MAX_BYTES
from gcmtext.formats.submissions import Received
from gcmtext.services import intake, reading
from gcmtext.services.calls import require_open
from gcmtext.services.entering import confirm, outlook
from gcmtext.services.permissions import Action
from gcmtext.text.model import Document
from gcmtext.text.naming import find_named
from gcmtext.web import limits
from gcmtext.web.access import actor, begin_write, needs
from gcmtext.web.access import negotiation as known
from gcmtext.web.clock import now
from gcmtext.web.errors import TOO_LARGE, status_of
from gcmtext.web.intake_view import as_json, batch_as_json, doubt_as_json, lines, open_doubts
from gcmtext.web.interface import DONE
from gcmtext.web.store import session

blueprint = Blueprint("intake", __name__)

MOST_AT_ONCE = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """The revision on which files are taken in."""

    negotiation: Negotiation
    version: LanguageVersion

    def way(self, endpoint: str, **named: object) -> str:
        """Return the address of something else about this revision."""
        language = self.version.language
        return url_for(
            endpoint,
            negotiation=self.negotiation.slug,
            revision=self.version.revision.slug,
            language=None if language == self.negotiation.language else language,
            **named,  # type: ignore[arg-type]
        )


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
    return _start(_asked(negotiation, revision), ())


@blueprint.get("/<negotiation>/<revision>/intake.json")
@needs(Action.INTAKE)
def start_json(negotiation: str, revision: str) -> ResponseReturnValue:
    """Return the files that have been taken in on a revision."""
    asked = _asked(negotiation, revision)
    found = intake.batches(session(), actor(), asked.version)
    return jsonify(
        negotiation=asked.negotiation.slug,
        revision=asked.version.revision.slug,
        files=[batch_as_json(batch) for batch in found],
    )


@blueprint.post("/<negotiation>/<revision>/intake")
@needs(Action.INTAKE)
def send(negotiation: str, revision: str) -> ResponseReturnValue:
    """Read files and keep what they propose; one that cannot be read does not stop the others.

    A single file leads to its preview. The script that shows the progress sends one after the other, and asks
    for the report of each alone.
    """
    alone = request.form.get("alone") == "1"
    asked = _asked(negotiation, revision)
    try:
        require_open(asked.negotiation, asked.version.revision, now())
        files = _files()
    except GcmtextError as error:
        return _start(asked, (), str(error), status_of(error))
    for _ in files:
        limits.work("intake")
    asked = _asked(negotiation, revision)
    base = reading.document(session(), asked.version)
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        read = list(pool.map(partial(_read, base), files))
    begin_write()
    asked = _asked(negotiation, revision)
    reports = tuple(_keep(asked, *one) for one in zip(files, read, strict=True))
    kept = [report.batch for report in reports if report.batch]
    if alone:
        return render_template(
            "intake/reports.html", negotiation=asked.negotiation, reports=reports, asked=asked
        )
    if len(kept) == len(reports) == 1:
        return redirect(asked.way("intake.show", key=kept[0].key), 303)
    return _start(asked, reports, status=200 if kept else 422)


@blueprint.get("/<negotiation>/<revision>/intake/<key>")
@needs(Action.INTAKE)
def show(negotiation: str, revision: str, key: str) -> ResponseReturnValue:
    """Show what a file proposes, to be corrected and confirmed; or what has become of it."""
    asked = _asked(negotiation, revision)
    return _show(asked, intake.find(session(), actor(), asked.version, key))


@blueprint.get("/<negotiation>/<revision>/intake/<key>.json")
@needs(Action.INTAKE)
def show_json(negotiation: str, revision: str, key: str) -> ResponseReturnValue:
    """Return what a file proposes, and what would become of it or has."""
    asked = _asked(negotiation, revision)
    batch = intake.find(session(), actor(), asked.version, key)
    base = reading.document(session(), asked.version)
    return jsonify(as_json(batch, outlook(session(), actor(), batch), base))


@blueprint.get("/<negotiation>/<revision>/intake/<key>/file")
@needs(Action.INTAKE)
def original(negotiation: str, revision: str, key: str) -> ResponseReturnValue:
    """Hand out the file as it was sent; the browser is told to keep it and not to look inside."""
    batch = intake.find(session(), actor(), _asked(negotiation, revision).version, key)
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
    asked = _asked(negotiation, revision)
    batch = intake.find(session(), actor(), asked.version, key, lock=True)
    wanted, _, number = request.form.get("do", "keep").partition("-")
    from_tray = request.form.get("back") == "tray"
    home = asked.way("intake.tray") if from_tray else asked.way("intake.show", key=batch.key)
    try:
        if wanted == "discard":
            intake.discard(session(), actor(), batch, now())
            flash(gettext("%(file)s has been discarded.", file=batch.file), DONE)
            return redirect(asked.way("intake.start"), 303)
        if batch.state == BatchState.READ and not from_tray:
            _correct(asked, batch)
        if wanted == "place":
            at = _place(asked, batch, _number(number))
            if at is not None:
                anchor = f"doubt-{batch.key}-{number}"
                return redirect(f"{home}{'&' if '?' in home else '?'}place={anchor[6:]}-{at}#{anchor}", 303)
        elif wanted == "dismiss":
            intake.dismiss(session(), actor(), batch, _number(number), now())
        if wanted == "confirm" or (wanted == "place" and batch.state == BatchState.CONFIRMED):
            confirm(session(), actor(), batch, now())
    except GcmtextError as error:
        if from_tray:
            return _tray(asked, str(error), status_of(error))
        return _show(asked, batch, str(error), status_of(error))
    return redirect(home, 303)


@blueprint.get("/<negotiation>/<revision>/tray")
@needs(Action.INTAKE)
def tray(negotiation: str, revision: str) -> ResponseReturnValue:
    """Show all that could not be placed on a revision, by delegation."""
    return _tray(_asked(negotiation, revision))


@blueprint.get("/<negotiation>/<revision>/tray.json")
@needs(Action.INTAKE)
def tray_json(negotiation: str, revision: str) -> ResponseReturnValue:
    """Return all that could not be placed on a revision."""
    asked = _asked(negotiation, revision)
    base = reading.document(session(), asked.version)
    found = open_doubts(intake.batches(session(), actor(), asked.version), base)
    return jsonify(
        negotiation=asked.negotiation.slug,
        revision=asked.version.revision.slug,
        unplaced=[batch_as_json(line.batch) | doubt_as_json(line) for line in found],
    )


def _asked(negotiation: str, revision: str) -> Asked:
    found = known(negotiation)
    said = request.args.get("language", "")
    return Asked(found, reading.version(found, reading.revision(found, revision), said))


def _start(
    asked: Asked, reports: Sequence[Report], refusal: str = "", status: int = 200
) -> ResponseReturnValue:
    found = intake.batches(session(), actor(), asked.version)
    call = asked.version.revision.call
    return (
        render_template(
            "intake/start.html",
            negotiation=asked.negotiation,
            version=asked.version,
            revision=asked.version.revision,
            asked=asked,
            is_open=call is not None and call.is_open_at(now()),
            conducts=intake.conducts(actor(), asked.version),
            delegations=intake.delegations(session(), actor(), asked.version),
            waiting=[batch for batch in found if batch.state == BatchState.READ],
            confirmed=[batch for batch in found if batch.state == BatchState.CONFIRMED],
            unplaced=sum(said["state"] == "open" for batch in found for said in batch.unplaced),
            reports=reports,
            refusal=refusal,
            formats=FORMATS,
            most=MAX_BYTES,
            most_files=MOST_AT_ONCE,
            too_large=TOO_LARGE,
        ),
        status,
    )


def _show(asked: Asked, batch: Batch, refusal: str = "", status: int = 200) -> ResponseReturnValue:
    base = reading.document(session(), asked.version)
    is_read = batch.state == BatchState.READ
    found = outlook(session(), actor(), batch) if is_read else None
    return (
        render_template(
            "intake/show.html",
            negotiation=asked.negotiation,
            version=asked.version,
            revision=asked.version.revision,
            asked=asked,
            batch=batch,
            is_read=is_read,
            outlook=found,
            lines=lines(batch, found, base, reading.addresses(session(), asked.version)),
            doubts=open_doubts([batch], base, _picked(base)),
            delegations=intake.delegations(session(), actor(), asked.version),
            conducts=intake.conducts(actor(), asked.version),
            editing=_number(request.args.get("edit", "")),
            refusal=refusal,
            lifetime=intake.LIFETIME.days,
        ),
        status,
    )


def _tray(asked: Asked, refusal: str = "", status: int = 200) -> ResponseReturnValue:
    base = reading.document(session(), asked.version)
    batches = intake.batches(session(), actor(), asked.version)
    batches.sort(key=lambda batch: (batch.delegation.short_name if batch.delegation else "", batch.id))
    return (
        render_template(
            "intake/tray.html",
            negotiation=asked.negotiation,
            version=asked.version,
            revision=asked.version.revision,
            asked=asked,
            doubts=open_doubts(batches, base, _picked(base)),
            refusal=refusal,
        ),
        status,
    )


def _files() -> list[tuple[str, bytes]]:
    """Return names and contents of the uploaded files; raise InvalidText for none, or for too many."""
    sent = [file for file in request.files.getlist("file") if file.filename]
    if not sent:
        raise InvalidText("Choose a file.")
    if len(sent) > MOST_AT_ONCE:
        raise InvalidText(f"{MOST_AT_ONCE} files at once are the most: send the others afterwards.")
    return [(_name(file.filename or ""), file.read()) for file in sent]


def _name(said: str) -> str:
    name = PurePosixPath(said.replace("\\", "/").replace("\0", "")).name
    return " ".join(name.split()) or "file"


def _read(base: Document, file: tuple[str, bytes]) -> Received | GcmtextError:
    name, data = file
    try:
        return intake.read(data, name, base)
    except GcmtextError as error:
        return error


def _keep(asked: Asked, file: tuple[str, bytes], read: Received | GcmtextError) -> Report:
    if isinstance(read, GcmtextError):
        return Report(file[0], None, str(read))
    try:
        with session().begin_nested():
            delegation = _delegation(asked, request.form.get("delegation", ""))
            if delegation is None:
                identity = intake.sender(session(), actor(), asked.version, file[0], read)
                delegation = _delegation(asked, str(identity or ""))
            batch = intake.hold(session(), actor(), asked.version, delegation, file, read, now())
    except GcmtextError as error:
        return Report(file[0], None, str(error))
    return Report(file[0], batch)


def _delegation(asked: Asked, said: str) -> Delegation | None:
    """Return the delegation of an id; None for none; InvalidText for one that one may not speak for."""
    if not said:
        return None
    able = intake.delegations(session(), actor(), asked.version)
    found = next((delegation for delegation in able if str(delegation.id) == said), None)
    if found is None:
        raise InvalidText("Choose one of the delegations.")
    return found


def _correct(asked: Asked, batch: Batch) -> None:
    shown = set(request.form.getlist("shown"))
    chosen = {
        number: f"chosen-{number}" in request.form
        for number in range(len(batch.proposals))
        if str(number) in shown
    }
    intake.correct(
        session(),
        actor(),
        batch,
        reading.document(session(), asked.version),
        chosen=chosen,
        texts=dict(_texts(len(batch.proposals))),
        delegation=_delegation(asked, request.form.get("delegation", "")),
        now=now(),
    )


def _texts(count: int) -> Iterator[tuple[int, str]]:
    for number in range(count):
        if f"text-{number}" in request.form:
            yield number, request.form[f"text-{number}"].replace("\0", "")


def _place(asked: Asked, batch: Batch, number: int) -> int | None:
    """Place an instruction where the form says; return the paragraph if its words are still needed."""
    base = reading.document(session(), asked.version)
    said = f"{batch.key}-{number}"
    other = request.form.get(f"other-{said}", "").strip()
    at = _number(request.form.get(f"at-{said}", ""))
    if other:
        found = find_named(other, base, reading.addresses(session(), asked.version))
        if len(found) != 1:
            raise InvalidText("Name one paragraph.")
        at = found[0]
    if at < 0:
        raise InvalidText("Choose the paragraph that is meant, or name another one.")
    text = request.form.get(f"words-{said}", "")
    return None if intake.place(session(), actor(), batch, base, number, at, text, now()) else at


def _picked(base: Document) -> tuple[str, int, int] | None:
    """Return the instruction whose words are asked for, and for which paragraph."""
    key, _, rest = request.args.get("place", "").rpartition("-")
    key, _, number = key.rpartition("-")
    at = _number(rest)
    return (key, _number(number), at) if key and 0 <= at < len(base.paragraphs) else None


def _number(said: str) -> int:
    """Return a number from 0, -1 for what is none."""
    return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else -1
