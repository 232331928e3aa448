"""Any two revisions compared."""

from dataclasses import asdict
from datetime import UTC, datetime, time
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gcmtext.db import LanguageVersion, Negotiation
from gcmtext.errors import InvalidText, NotFound
from gcmtext.services import reading
from gcmtext.services.comparing import Compared, compared, is_kept
from gcmtext.services.permissions import Action
from gcmtext.text.compare import DOUBTFUL
from gcmtext.text.mistakes import mistakes
from gcmtext.views import as_json
from gcmtext.views.comparison import DIFFERENCES, WORDS, ComparisonView, Item
from gcmtext.views.selection import Choice, reaching, select, stretch
from gcmtext.web import access, compare_view, limits
from gcmtext.web.access import needs
from gcmtext.web.clock import now
from gcmtext.web.compare_view import Links, Ways
from gcmtext.web.form import page_asked
from gcmtext.web.store import session

blueprint = Blueprint("compare", __name__)

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@blueprint.get("/<negotiation>/compare")
@needs(Action.REVISION_READ)
def choose(negotiation: str) -> ResponseReturnValue:
    """Lead to the comparison of two revisions, whichever is named first; by default of the latest step."""
    found = access.negotiation(negotiation)
    latest = reading.latest_step(found)
    if latest is None:
        raise NotFound(f"“{found.title}” has fewer than two revisions to compare.")
    pair = (
        reading.revision(found, request.args.get("old") or latest[0].slug),
        reading.revision(found, request.args.get("new") or latest[1].slug),
    )
    old, new = sorted(pair, key=lambda revision: revision.position)
    language = request.args.get("language") or None
    return redirect(
        url_for("compare.show", negotiation=found.slug, old=old.slug, new=new.slug, language=language)
    )


@blueprint.get("/<negotiation>/compare/<old>/<new>")
@needs(Action.REVISION_READ)
def show(negotiation: str, old: str, new: str) -> ResponseReturnValue:
    """Show what changed from one revision to another: what the reader has chosen, page by page."""
    found, first, last = _versions(negotiation, old, new)
    if first.revision.position > last.revision.position:
        asked: dict[str, Any] = request.args.to_dict(flat=False)
        return redirect(url_for("compare.show", negotiation=negotiation, old=new, new=old, **asked))
    view, result, addresses = _view(found, first, last)
    at = request.args.get("at", "")
    ways = Ways(found, first, last, reaching(view, _choice(), at))
    selection = select(view, ways.choice, page_asked(), at)
    figures = asdict(result.figures)
    return render_template(
        "compare/show.html",
        negotiation=found,
        revisions=reading.versions_in(found, last.language),
        old=first,
        new=last,
        documents=(result.comparison.old, result.comparison.new),
        figures=result.figures,
        notices=mistakes(reading.stated(first), reading.stated(last), result.figures),
        ways=ways,
        view=view,
        selection=selection,
        section_name=compare_view.heading_of(view, selection),
        links=Links(ways, view, selection.items, addresses),
        picks=compare_view.picks(ways, selection),
        differences={kind: selection.kinds[kind] for kind in DIFFERENCES},
        words={kind: figures[kind] for kind in WORDS},
        contents=compare_view.contents(ways, view, selection),
        doubts=[e for e in view.entries if e.counts and "doubtful" in e.marks],
        bound=round(DOUBTFUL * 100),
        everywhere=Choice(),
        all_changes=Choice(section=ways.choice.section),
        all_rows=Choice(section=ways.choice.section, everything=True),
        kept={name: request.cookies.get(name, "") for name in ("broad", "narrow")},
    )


@blueprint.get("/<negotiation>/compare/<old>/<new>/rows")
@needs(Action.REVISION_READ)
def rows(negotiation: str, old: str, new: str) -> ResponseReturnValue:
    """Return the rows of a stretch alone, to be put in where it was folded."""
    found, first, last = _versions(negotiation, old, new)
    ways = Ways(found, first, last, _choice())
    view, _, addresses = _view(found, first, last)
    items: tuple[Item, ...] = stretch(view, request.args.get("first", ""), request.args.get("last", ""))
    return render_template(
        "compare/rows.html",
        new=last,
        view=view,
        items=items,
        ways=ways,
        links=Links(ways, view, items, addresses),
    )


@blueprint.get("/<negotiation>/compare/<old>/<new>.json")
@needs(Action.REVISION_READ)
def show_json(negotiation: str, old: str, new: str) -> ResponseReturnValue:
    """Return a comparison as `gcmtext compare --json` prints it."""
    found, first, last = _versions(negotiation, old, new)
    result = _compared(found, first, last)
    notices = mistakes(reading.stated(first), reading.stated(last), result.figures)
    return jsonify(as_json.comparison(result.comparison, result.figures, notices))


@blueprint.get("/<negotiation>/compare/<old>/<new>.docx")
@needs(Action.REVISION_READ)
def show_docx(negotiation: str, old: str, new: str) -> ResponseReturnValue:
    """Return the new text as a Word file with tracked changes against the old."""
    from gcmtext.formats.docx_tracked import write_docx

    limits.work("export")
    found, first, last = _versions(negotiation, old, new)
    comparison = _compared(found, first, last).comparison
    issued = last.revision.issued
    date = datetime.combine(issued, time(), UTC) if issued else last.created_at.replace(microsecond=0)
    author = f"{first.revision.name} → {last.revision.name}"
    return _file(write_docx(comparison, author=author, date=date), _WORD, found, first, last, "docx")


@blueprint.get("/<negotiation>/compare/<old>/<new>.html")
@needs(Action.REVISION_READ)
def show_html(negotiation: str, old: str, new: str) -> ResponseReturnValue:
    """Return a comparison as one page that needs nothing else, to be sent by e-mail or printed."""
    from gcmtext.formats.html_report import write_html

    limits.work("export")
    found, first, last = _versions(negotiation, old, new)
    comparison = _compared(found, first, last).comparison
    page = write_html(comparison, (first.revision.name, last.revision.name))
    return _file(page.encode(), "text/html; charset=utf-8", found, first, last, "html")


def _versions(negotiation: str, old: str, new: str) -> tuple[Negotiation, LanguageVersion, LanguageVersion]:
    """Return what is to be compared: in the language that is asked for, or that both were issued in."""
    found = access.negotiation(negotiation)
    first, last = reading.revision(found, old), reading.revision(found, new)
    language = request.args.get("language") or reading.version(found, last).language
    return found, reading.version(found, first, language), reading.version(found, last, language)


def _compared(found: Negotiation, first: LanguageVersion, last: LanguageVersion) -> Compared:
    if not is_kept(session(), first, last):
        limits.work("comparison")
        access.negotiation(found.slug)  # to count has ended the transaction in which it was read
    return compared(session(), found, first, last, now())


def _view(
    found: Negotiation, first: LanguageVersion, last: LanguageVersion
) -> tuple[ComparisonView, Compared, tuple[tuple[str, ...], tuple[str, ...]]]:
    result = _compared(found, first, last)
    addresses = reading.addresses(session(), first), reading.addresses(session(), last)
    return ComparisonView(result.comparison, addresses), result, addresses


def _choice() -> Choice:
    show = request.args.get("show", "")
    if show not in ("", "all", "changes"):
        raise InvalidText("What is shown is “all” or “changes”.")
    return Choice(
        kinds=tuple(request.args.getlist("kind")),
        section=request.args.get("section", ""),
        everything=show == "all",
    )


def _file(
    data: bytes, kind: str, found: Negotiation, first: LanguageVersion, last: LanguageVersion, suffix: str
) -> Response:
    response = Response(data, content_type=kind)
    name = f"{found.slug}_{first.revision.slug}_{last.revision.slug}.{suffix}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
