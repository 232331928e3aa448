"""Starting a negotiation."""

from collections.abc import Callable, Mapping

from flask import Blueprint, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from gcmtext.db import Negotiation
from gcmtext.errors import Conflict, GcmtextError
from gcmtext.services.importing import (
    checked_language,
    checked_negotiation,
    checked_title,
    start_negotiation,
)
from gcmtext.services.permissions import Action
from gcmtext.web import access
from gcmtext.web import import_form as form
from gcmtext.web.access import actor, needs
from gcmtext.web.clock import now
from gcmtext.web.forgery import without_token
from gcmtext.web.import_view import language_choices
from gcmtext.web.store import session

blueprint = Blueprint("beginnings", __name__)


@blueprint.get("/new")
@needs(Action.NEGOTIATION_START)
def new_negotiation() -> ResponseReturnValue:
    """Ask for the title of a new negotiation."""
    return _new({"language": "en"}, {})


@blueprint.post("/new")
@needs(Action.NEGOTIATION_START)
def start_new() -> ResponseReturnValue:
    """Start a negotiation, and lead to the import of its first text."""
    access.begin_write()
    typed = {name: form.typed(name) for name in ("title", "name", "language")}
    made = _started(typed)
    if isinstance(made, Negotiation):
        return redirect(url_for("imports.start", negotiation=made.slug), 303)
    return _new(typed, made)


@blueprint.post("/new.json")
@without_token
@needs(Action.NEGOTIATION_START)
def start_new_json() -> ResponseReturnValue:
    """Start a negotiation; return its part of the address."""
    access.begin_write()
    made = _started({name: form.typed(name) for name in ("title", "name", "language")})
    if isinstance(made, Negotiation):
        return jsonify(name=made.slug, title=made.title, language=made.language), 201
    return form.refused(made)


def _new(typed: Mapping[str, str], refusals: Mapping[str, GcmtextError]) -> ResponseReturnValue:
    return (
        render_template(
            "imports/new.html",
            typed=typed,
            refusals=form.by_field(refusals),
            choices=language_choices(typed["language"]),
        ),
        form.status(refusals),
    )


def _started(typed: Mapping[str, str]) -> Negotiation | dict[str, GcmtextError]:
    """Return a new negotiation, or what stands in its way, field by field."""
    title, name, language = typed["title"], typed["name"].strip(), typed["language"]
    questions: dict[str, Callable[[], str]] = {
        "title": lambda: checked_title(title),
        "name": lambda: checked_negotiation(name or title),
        "language": lambda: checked_language(language or "en"),
    }
    refusals: dict[str, GcmtextError] = {}
    for about, question in questions.items():
        try:
            question()
        except GcmtextError as error:
            refusals[about] = error
    if "title" in refusals and not name:
        refusals.pop("name", None)
    if refusals:
        return refusals
    try:
        return start_negotiation(session(), actor(), title, language, now(), name)
    except Conflict as error:
        return {"name": error}
