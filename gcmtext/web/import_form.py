"""What the forms of an import say, and what is said beside their fields."""

import json
from collections.abc import Mapping
from pathlib import PurePosixPath

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from gcmtext.errors import GcmtextError, InvalidText
from gcmtext.services.importing import Edit, corrected
from gcmtext.services.pending import Draft, Said
from gcmtext.text.model import Kind
from gcmtext.web.errors import status_of
from gcmtext.web.form import number


def said() -> Said:
    """Return what is said of a file: name, day, language and place of the revision."""
    return Said(typed("name"), typed("issued"), typed("language"), typed("before"))


def typed(name: str) -> str:
    """Return what was typed into a field; no text of PostgreSQL holds a NUL."""
    return request.form.get(name, "").replace("\0", "")


def upload() -> tuple[str, bytes]:
    """Return the name and the content of the uploaded file; raise InvalidText if there is none."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise InvalidText("Choose a file.")
    name = PurePosixPath(file.filename.replace("\\", "/").replace("\0", "")).name
    return name or "file", file.read()


def edits(draft: Draft) -> dict[int, Edit]:
    """Return what the form says otherwise than the draft, of the paragraphs that it holds."""
    found = {}
    for p in corrected(draft.text, draft.edits).paragraphs:
        kind = request.form.get(f"kind-{p.index}")
        if kind is None:
            continue
        edit = _edit(
            kind,
            typed(f"label-{p.index}").strip(),
            request.form.get(f"level-{p.index}", str(p.level)),
        )
        if edit != Edit(p.kind, p.label, p.level):
            found[p.index] = edit
    return found


def edits_in_json() -> dict[int, Edit]:
    """Return the corrections that a program sends: {"12": {"kind": …, "label": …, "level": …}, …}."""
    try:
        given = json.loads(request.form.get("edits") or "{}")
        return {
            int(index): _edit(edit["kind"], str(edit["label"]), str(edit["level"]))
            for index, edit in given.items()
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InvalidText(
            'The corrections are not understood: send {"12": {"kind": "heading", "label": "", "level": 1}}.'
        ) from None


def _edit(kind: str, label: str, level: str) -> Edit:
    if kind not in set(Kind) or not 0 <= number(level) < 1000:
        raise InvalidText("A correction gives the kind, the label and the level of a paragraph.")
    return Edit(Kind(kind), label, int(level))


def index(asked: str) -> int:
    """Return the number of the paragraph that is asked for, from 0; 0 if none is."""
    return max(number(asked), 0)


def by_field(refusals: Mapping[str, GcmtextError]) -> dict[str, str]:
    """Return the sentences of refusals by the names of their fields."""
    return {about: str(error) for about, error in refusals.items()}


def refused(refusals: Mapping[str, GcmtextError]) -> ResponseReturnValue:
    """Return to a program why something cannot be, in one sentence after the other and field by field."""
    words = " ".join(map(str, refusals.values()))
    return jsonify(error=words, errors=by_field(refusals)), status(refusals)


def status(refusals: Mapping[str, GcmtextError]) -> int:
    """Return the status that fits refusals; 200 if there are none."""
    return max(map(status_of, refusals.values()), default=200)
