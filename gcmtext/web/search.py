"""Searching, on a page and as files."""

import csv
from collections.abc import Callable
from io import BytesIO, StringIO

from flask import Blueprint, Response, jsonify, render_template, request, send_file
from flask.typing import ResponseReturnValue

from gcmtext.errors import GcmtextError
from gcmtext.services import saved
from gcmtext.services.found import in_other_languages, uses
from gcmtext.services.permissions import Action, may
from gcmtext.services.search_address import FACETS, Search, query_string
from gcmtext.services.searching import MOST_HITS, Results, as_json, search
from gcmtext.text.query import FIELDS
from gcmtext.web import limits, search_view
from gcmtext.web.access import actor, needs
from gcmtext.web.clock import now
from gcmtext.web.errors import refused
from gcmtext.web.store import session

blueprint = Blueprint("search", __name__)
blueprint.add_app_template_global(search_view.value_name)

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LISTED = 10  # of the searches that one has saved; the others are on a page of their own
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would reckon with


@blueprint.get("/search")
@needs(Action.SITE_READ)
def show() -> ResponseReturnValue:
    """Show what is looked for in the address; where nothing is, the searches that one has saved."""
    return page(search_view.asked(request.args, FACETS))


def page(asked: Search, typed: str | None = None, refusal: GcmtextError | None = None) -> ResponseReturnValue:
    """Return the page of a search, with the name under which it was to be saved and why it was not."""
    found = search(session(), actor(), asked) if asked else None
    keeps = may(actor(), Action.SEARCH_SAVE, None)
    shown = render_template(
        "search/show.html",
        asked=asked,
        found=found,
        kept=saved.saved_already(session(), actor(), asked) if found and keeps else None,
        question=query_string(asked),
        typed=asked.query[: saved.LONGEST_NAME] if typed is None else typed,
        refusal=str(refusal) if refusal else "",
        held=saved.listed(session(), actor(), now(), _LISTED) if keeps and not found else (),
        **results(found, asked, lambda number: search_view.address(asked, page=number)),
    )
    return refused(shown, refusal)


def results(found: Results | None, asked: Search, way: Callable[[int], str]) -> dict[str, object]:
    """Return what templates show of results; `way` tells the address of a page of them."""
    paragraphs = [result.found for result in found.results] if found else []
    used = uses(session(), (one.wording for one in paragraphs))
    others = in_other_languages(session(), paragraphs)
    return {
        "lines": search_view.lines(found, used, others) if found else (),
        "facets": search_view.facets(found, asked) if found else (),
        "years": search_view.years(found) if found else None,
        "pages": search_view.pages(found, asked, way) if found else None,
        "address": search_view.address,
    }


@blueprint.get("/search/help")
@needs(Action.SITE_READ)
def explain() -> ResponseReturnValue:
    """Explain on one page what can be typed."""
    return render_template("search/help.html", fields=FIELDS)


@blueprint.get("/search.json")
@needs(Action.SITE_READ)
def show_json() -> ResponseReturnValue:
    """Return what `gcmtext search --json` prints."""
    return jsonify(as_json(search(session(), actor(), search_view.asked(request.args))))


@blueprint.get("/search.csv")
@needs(Action.SITE_READ)
def show_csv() -> ResponseReturnValue:
    """Return the paragraphs found as a table, up to MOST_HITS."""
    limits.work("export")
    table = StringIO()
    writer = csv.writer(table)
    writer.writerow(
        ["document", "symbol", "title", "date", "paragraph", "label", "language", "text", "in", "delegation"]
    )
    for result in search(session(), actor(), _all_of_it()).results:
        found = result.found
        row = [found.document, found.symbol, found.name, found.date or "", found.paragraph, found.label]
        writer.writerow(_harmless([*row, found.language, found.text, found.within, found.delegation]))
    data = "\ufeff" + table.getvalue()  # by which spreadsheets know that this is UTF-8
    return Response(
        data,
        mimetype="text/csv",
        headers={"Content-Disposition": 'attachment; filename="search.csv"'},
    )


@blueprint.get("/search.docx")
@needs(Action.SITE_READ)
def show_docx() -> ResponseReturnValue:
    """Return the paragraphs found as a compendium in Word, each with its source."""
    from gcmtext.formats.docx_tracked.compendium import write_compendium

    limits.work("export")
    asked = _all_of_it()
    passages = [
        (search_view.source(result.found), result.found.text, result.found.language)
        for result in search(session(), actor(), asked).results
    ]
    return send_file(
        BytesIO(write_compendium(asked.query or "Search", passages, now())),
        mimetype=_WORD,
        as_attachment=True,
        download_name="compendium.docx",
    )


def _all_of_it() -> Search:
    return search_view.asked(request.args, offset=0, limit=MOST_HITS)


def _harmless(row: list[object]) -> list[str]:
    """Return cells that no spreadsheet takes for a formula."""
    return [f"'{cell}" if str(cell).startswith(_FORMULA) else str(cell) for cell in row]
