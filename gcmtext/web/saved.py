"""Saved searches: the list of them, each with an address that stays, and as JSON."""

from functools import partial
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gcmtext.db import Delegation
from gcmtext.errors import Conflict, GcmtextError, InvalidText
from gcmtext.services import saved
from gcmtext.services.permissions import Action, may
from gcmtext.services.saved import Held, Opened
from gcmtext.services.search_address import FACETS, read_query_string
from gcmtext.services.searching import as_json, search
from gcmtext.web import search_view
from gcmtext.web.access import actor, begin_write, needs
from gcmtext.web.clock import now
from gcmtext.web.errors import refused
from gcmtext.web.form import typed
from gcmtext.web.interface import DONE
from gcmtext.web.search import page, results
from gcmtext.web.store import keep, session

blueprint = Blueprint("saved", __name__)


@blueprint.get("/search/saved")
@needs(Action.SEARCH_OPEN)
def index() -> ResponseReturnValue:
    """Show the searches that one has saved, and those shown to one's delegation."""
    return render_template("search/saved_list.html", held=saved.listed(session(), actor(), now()))


@blueprint.get("/search/saved.json")
@needs(Action.SEARCH_OPEN)
def index_json() -> ResponseReturnValue:
    """Return the list; a count is null where counting takes too long."""
    return jsonify(searches=[_entry(one) for one in saved.listed(session(), actor(), now())])


@blueprint.post("/search/saved")
@needs(Action.SEARCH_SAVE)
def save() -> ResponseReturnValue:
    """Save a search under a name."""
    begin_write()
    asked = read_query_string(request.form.get("question", ""))
    try:
        made = saved.save(session(), actor(), typed("name"), asked, now())
    except (InvalidText, Conflict) as error:
        session().rollback()
        return page(search_view.on_page(asked, request.args, FACETS), typed("name"), error)
    flash(_("Saved. This address stays."), DONE)
    return _back(made.key)


@blueprint.get("/search/saved/<key>")
@needs(Action.SEARCH_OPEN)
def show(key: str) -> ResponseReturnValue:
    """Show what a saved search finds now, for whoever opens it; with ?new=1 only what is new."""
    return _page(_opened(key))


@blueprint.get("/search/saved/<key>.json")
@needs(Action.SEARCH_OPEN)
def show_json(key: str) -> ResponseReturnValue:
    """Return a saved search with what it finds now."""
    here = _opened(key)
    found = search(session(), actor(), search_view.on_page(here.asked, request.args), _within(here))
    held = Held(here.saved, here.asked, saved.counted(session(), actor(), here), here.since)
    return jsonify(_entry(held) | as_json(found))


@blueprint.post("/search/saved/<key>")
@needs(Action.SEARCH_SAVE)
def change(key: str) -> ResponseReturnValue:
    """Rename a saved search, and say who sees it besides."""
    begin_write()
    found = saved.find(session(), actor(), key)
    try:
        saved.change(session(), actor(), found, typed("name"), _shown_to(found.delegation), now())
    except InvalidText as error:
        session().rollback()
        return _page(_opened(key), typed("name"), error)
    flash(_("Kept."), DONE)
    return _back(key)


@blueprint.post("/search/saved/<key>/delete")
@needs(Action.SEARCH_SAVE)
def delete(key: str) -> ResponseReturnValue:
    """Delete a saved search."""
    begin_write()
    found = saved.find(session(), actor(), key)
    name = found.name
    saved.delete(session(), actor(), found, now())
    flash(_("“%(name)s” is deleted.", name=name), DONE)
    return redirect(url_for("saved.index"), 303)


def _opened(key: str) -> Opened:
    """Return a saved search that is opened; that somebody has looked is stored before it is searched."""
    here = saved.opened(session(), actor(), saved.find(session(), actor(), key), now())
    keep()
    return here


def _page(here: Opened, name: str | None = None, refusal: GcmtextError | None = None) -> ResponseReturnValue:
    asked = search_view.on_page(here.asked, request.args, FACETS)
    found = search(session(), actor(), asked, _within(here))
    only_new = "1" if _within(here) is not None else None
    way = partial(url_for, "saved.show", key=here.saved.key, new=only_new)
    shown = render_template(
        "search/saved.html",
        here=here,
        saved=here.saved,
        asked=asked,
        found=found,
        count=saved.counted(session(), actor(), here),
        only_new=only_new,
        name=here.saved.name if name is None else name,
        refusal=str(refusal) if refusal else "",
        delegations=saved.delegations(session(), actor()),
        own=may(actor(), Action.SEARCH_SAVE, here.saved),
        **results(found, asked, lambda number: way(page=number)),
    )
    return refused(shown, refusal)


def _within(here: Opened) -> frozenset[str] | None:
    """Return in which objects it is looked for: those that are new, where that is asked; None for all."""
    return here.new if request.args.get("new") and here.since else None


def _shown_to(present: Delegation | None) -> Delegation | None:
    """Return the delegation that was chosen; raise InvalidText for one that cannot be."""
    words = typed("shown_to")
    for one in [*saved.delegations(session(), actor()), *filter(None, [present])]:
        if words == str(one.id):
            return one
    if words:
        raise InvalidText(_("Choose one of the delegations that you act for."))
    return None


def _entry(held: Held) -> dict[str, Any]:
    one, count = held.saved, held.count
    return {
        "name": one.name,
        "address": url_for("saved.show", key=one.key),
        "question": one.question,
        "by": one.person.name,
        "shown_to": one.delegation.short_name if one.delegation else None,
        "saved": one.saved_at.isoformat(),
        "since": held.since.isoformat() if held.since else None,
        "total": count.total if count else None,
        "new": count.new if count and held.since else None,
    }


def _back(key: str) -> ResponseReturnValue:
    return redirect(url_for("saved.show", key=key), 303)
