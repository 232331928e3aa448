"""What the forms of an intake say: files, corrections, the places of instructions."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from flask import request

from gcmtext.db import Batch, Delegation, LanguageVersion
from gcmtext.errors import InvalidText
from gcmtext.services import intake, reading
from gcmtext.text.model import Document
from gcmtext.text.naming import find_named
from gcmtext.web.access import actor
from gcmtext.web.clock import now
from gcmtext.web.form import number
from gcmtext.web.store import session

MOST_AT_ONCE = 60


def files() -> list[tuple[str, bytes]]:
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


def delegation_named(version: LanguageVersion, said: str) -> Delegation | None:
    """Return the delegation of an id; None for none; InvalidText for one that one may not speak for."""
    if not said:
        return None
    able = intake.delegations(session(), actor(), version)
    found = next((delegation for delegation in able if str(delegation.id) == said), None)
    if found is None:
        raise InvalidText("Choose one of the delegations.")
    return found


def correct(version: LanguageVersion, batch: Batch) -> None:
    """Keep what the form says of a file: which proposals are chosen, their words, whose file it is."""
    shown = set(request.form.getlist("shown"))
    count = len(batch.proposals)
    intake.correct(
        session(),
        actor(),
        batch,
        reading.document(session(), version),
        chosen={n: f"chosen-{n}" in request.form for n in range(count) if str(n) in shown},
        texts=dict(_texts(count)),
        delegation=delegation_named(version, request.form.get("delegation", "")),
        now=now(),
    )


def _texts(count: int) -> Iterator[tuple[int, str]]:
    for n in range(count):
        if f"text-{n}" in request.form:
            yield n, request.form[f"text-{n}"].replace("\0", "")


def place(version: LanguageVersion, batch: Batch, which: int) -> int | None:
    """Place an instruction where the form says; return the paragraph if its words are still needed."""
    base = reading.document(session(), version)
    said = f"{batch.key}-{which}"
    other = request.form.get(f"other-{said}", "").strip()
    at = number(request.form.get(f"at-{said}", ""))
    if other:
        found = find_named(other, base, reading.addresses(session(), version))
        if len(found) != 1:
            raise InvalidText("Name one paragraph.")
        at = found[0]
    if at < 0:
        raise InvalidText("Choose the paragraph that is meant, or name another one.")
    text = request.form.get(f"words-{said}", "")
    return None if intake.place(session(), actor(), batch, base, which, at, text, now()) else at


def picked(base: Document) -> tuple[str, int, int] | None:
    """Return the instruction whose words are asked for, and for which paragraph."""
    key, _, rest = request.args.get("place", "").rpartition("-")
    key, _, said = key.rpartition("-")
    at = number(rest)
    return (key, number(said), at) if key and 0 <= at < len(base.paragraphs) else None
