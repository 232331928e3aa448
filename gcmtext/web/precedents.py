"""Agreed language: of a revision, of one of its paragraphs, of any text."""

from datetime import UTC, datetime, time
from io import BytesIO

from flask import Blueprint, jsonify, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from gcmtext.db import LanguageVersion
from gcmtext.errors import InvalidText, NotFound
from gcmtext.formats import plain
from gcmtext.services import reading
from gcmtext.services.agreed import agreed_language
from gcmtext.services.biography import index_of
from gcmtext.services.permissions import Action
from gcmtext.services.precedents import is_empty, precedents
from gcmtext.text.agreed import Precedents
from gcmtext.text.model import Document
from gcmtext.text.places import heads_of, place_of
from gcmtext.text.sections import pages
from gcmtext.text.segment import segment
from gcmtext.views import as_json
from gcmtext.web import limits, precedents_view
from gcmtext.web.access import actor, needs
from gcmtext.web.form import number
from gcmtext.web.store import session
from gcmtext.web.versions import page_about, version_asked

blueprint = Blueprint("precedents", __name__)

MOST = 50_000
_MOST_TYPED = 10_000
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@blueprint.get("/<negotiation>/<revision>/agreed")
@needs(Action.REVISION_READ)
def show(negotiation: str, revision: str) -> ResponseReturnValue:
    """Show a revision with its agreed language: a map of the whole text, and the sources in the margin."""
    version = version_asked(negotiation, revision)
    document, addresses, agreed = _agreed(version)
    cut = pages(document.paragraphs)
    page = _page(len(cut))
    lines = precedents_view.lines(document, addresses, agreed)
    return page_about(
        version,
        "precedents/revision.html",
        figures=precedents_view.share(agreed),
        sources=precedents_view.sources(agreed),
        sections=precedents_view.sections_of(lines, cut),
        lines=[lines[index] for index in cut[page]],
        page=page,
        pages=len(cut),
        empty=is_empty(session()),
    )


@blueprint.get("/<negotiation>/<revision>/agreed.json")
@needs(Action.REVISION_READ)
def show_json(negotiation: str, revision: str) -> ResponseReturnValue:
    """Return the agreed language of a revision as `gcmtext precedents --json` prints it."""
    version = version_asked(negotiation, revision)
    return jsonify(as_json.precedents(_agreed(version)[2]))


@blueprint.get("/<negotiation>/<revision>/agreed.docx")
@needs(Action.REVISION_READ)
def show_docx(negotiation: str, revision: str) -> ResponseReturnValue:
    """Return a revision as a Word file with the sources of its agreed language in comments."""
    from gcmtext.formats.docx_tracked.agreed import write_agreed

    limits.work("export")
    version = version_asked(negotiation, revision)
    document, _, agreed = _agreed(version)
    issued = version.revision.issued
    date = datetime.combine(issued, time(), UTC) if issued else version.created_at.replace(microsecond=0)
    return send_file(
        BytesIO(write_agreed(document, agreed, date)),
        mimetype=_WORD,
        as_attachment=True,
        download_name=f"{version.revision.negotiation.slug} {version.revision.slug} agreed language.docx",
    )


@blueprint.get("/<negotiation>/<revision>/para/<address>/agreed")
@needs(Action.REVISION_READ)
def paragraph(negotiation: str, revision: str, address: str) -> ResponseReturnValue:
    """Show what of a paragraph is agreed language, and what is nearly so; by its number it is led there."""
    version = version_asked(negotiation, revision)
    index, known_as = index_of(session(), version, address)
    if known_as != address:
        language = request.args.get("language")
        named = (request.view_args or {}) | {"address": known_as, "language": language}
        return redirect(url_for("precedents.paragraph", **named), 301)
    document, addresses, agreed = _agreed(version)
    return page_about(
        version,
        "precedents/paragraph.html",
        line=precedents_view.lines(document, addresses, agreed)[index],
        called=place_of(document.paragraphs, index, heads_of(document.paragraphs)),
        empty=is_empty(session()),
    )


@blueprint.route("/precedents", methods=["GET", "POST"])
@needs(Action.SITE_READ)
def ask() -> ResponseReturnValue:
    """Show what of a text that somebody gives is agreed language; a short one may stand in the address."""
    limits.work("comparison")
    text = _given()
    refusal = ""
    lines: tuple[precedents_view.Line, ...] = ()
    try:
        lines = _lines(text)
    except InvalidText as error:
        refusal = str(error)
    page = render_template(
        "precedents/ask.html",
        asked=text[:MOST],
        refusal=refusal,
        lines=lines,
        figures=precedents_view.share([line.found for line in lines]),
        empty=is_empty(session()),
        most=MOST,
    )
    return page, 422 if refusal else 200


@blueprint.get("/precedents.json")
@needs(Action.SITE_READ)
def ask_json() -> ResponseReturnValue:
    """Return the agreed language of a text as `gcmtext precedents --json` prints it."""
    limits.work("comparison")
    return jsonify(as_json.precedents([line.found for line in _lines(_given())]))


@blueprint.route("/precedents/fragment", methods=["GET", "POST"])
@needs(Action.SITE_READ)
def fragment() -> ResponseReturnValue:
    """Return a part of a page: the agreed language of the beginning of what somebody types."""
    lines = _lines(_given()[:_MOST_TYPED])
    figures = precedents_view.share([line.found for line in lines])
    return render_template("precedents/fragment.html", lines=lines, figures=figures)


@blueprint.app_template_global("corpus_way")
def corpus_way(document: str, paragraph: str = "") -> str:
    """Return the address of a document of the corpus, or of a paragraph in it."""
    return url_for("corpus.show", address=document, _anchor=paragraph or None)


def _given() -> str:
    """Return the text that somebody gives, without what no text holds."""
    return request.values.get("text", "").replace("\0", "")


def _lines(text: str) -> tuple[precedents_view.Line, ...]:
    """Return the paragraphs of a text that somebody gives, with what was found; none if it has no words."""
    if not any(map(str.isalnum, text)):
        return ()
    if len(text) > MOST:
        raise InvalidText(f"The text is longer than {MOST:,} characters: give less of it, or import it.")
    document = segment(plain.read(text.encode(errors="replace")))
    found = precedents(session(), actor(), [p.text for p in document.paragraphs])
    return precedents_view.lines(document, [""] * len(found), found)


def _agreed(version: LanguageVersion) -> tuple[Document, tuple[str, ...], tuple[Precedents, ...]]:
    document = reading.document(session(), version)
    addresses = reading.addresses(session(), version)
    return document, addresses, agreed_language(session(), actor(), version, document.paragraphs)


def _page(pages: int) -> int:
    """Return the number of the page that is asked for, from 0."""
    asked = number(request.args.get("page", "1"))
    if not 0 < asked <= pages:
        raise NotFound("There is no such page.")
    return asked - 1
