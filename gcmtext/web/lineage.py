"""The review of a lineage by people."""

from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gcmtext.db import Correction, LanguageVersion, Negotiation
from gcmtext.errors import Conflict, InvalidText
from gcmtext.services import reading
from gcmtext.services.carrying import left_behind
from gcmtext.services.comparing import alignment_between, chain
from gcmtext.services.lineage import correct
from gcmtext.services.permissions import Action
from gcmtext.services.review import Doubt, Review, doubts_in, review
from gcmtext.text.corrections import Decision, Verb
from gcmtext.text.naming import find_named
from gcmtext.web import access
from gcmtext.web.access import actor, needs
from gcmtext.web.clock import now
from gcmtext.web.errors import status_of
from gcmtext.web.form import number, page_asked
from gcmtext.web.lineage_view import PER_PAGE, ReviewView
from gcmtext.web.store import session
from gcmtext.web.versions import language_in_address

blueprint = Blueprint("lineage", __name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person sent, to be shown again where it could not be stored.

    decision: as the pressed button says it. refusal: why it was not stored; "" if nothing was sent.
    overtaken: whether that is because somebody else has decided something first.
    """

    reason: str = ""
    old: str = ""
    new: str = ""
    decision: str = ""
    seen: int = 0
    refusal: str = ""
    overtaken: bool = False


@blueprint.get("/<negotiation>/lineage/<old>/<new>")
@needs(Action.LINEAGE_READ)
def show(negotiation: str, old: str, new: str) -> ResponseReturnValue:
    """Show what is in doubt between two revisions, and what has been decided; or the steps between them."""
    found, first, last = _versions(negotiation, old, new)
    if len(chain(found, first, last)) > 2:
        return _show_steps(found, first, last)
    said = Answer(old=request.args.get("from", ""), new=request.args.get("to", ""))
    return _page(found, review(session(), found, first, last, now()), said)


@blueprint.get("/<negotiation>/lineage/<old>/<new>.json")
@needs(Action.LINEAGE_READ)
def show_json(negotiation: str, old: str, new: str) -> ResponseReturnValue:
    """Return the lineage between two revisions with its doubts and corrections, or the steps between them."""
    found, first, last = _versions(negotiation, old, new)
    way = chain(found, first, last)
    if len(way) > 2:
        return jsonify(steps=[[a.revision.slug, b.revision.slug] for a, b in pairwise(way)])
    shown = review(session(), found, first, last, now())
    return jsonify(
        old=first.revision.slug,
        new=last.revision.slug,
        language=first.language,
        algorithm=shown.step.stored.algorithm,
        found_at=shown.step.stored.found_at.isoformat(),
        links=[asdict(link) for link in shown.alignment.links],
        inserted=shown.alignment.inserted,
        deleted=shown.alignment.deleted,
        doubts=[_doubt_as_json(shown, doubt) for doubt in shown.doubts[:PER_PAGE]],
        doubts_in_all=len(shown.doubts),
        corrections=[_correction_as_json(made.correction) | {"holds": made.holds} for made in shown.made],
        elsewhere=[
            _correction_as_json(left.correction) | {"between": left.revisions} for left in shown.elsewhere
        ],
    )


@blueprint.post("/<negotiation>/lineage/<old>/<new>")
@needs(Action.LINEAGE_CORRECT)
def decide(negotiation: str, old: str, new: str) -> ResponseReturnValue:
    """Store what a person decides, and go on to the next doubt; refused, show it again with the reason."""
    access.begin_write()
    found, first, last = _versions(negotiation, old, new)
    said = _answer()
    if said.decision == "none":
        return _page(found, review(session(), found, first, last, now()), said)
    try:
        if len(chain(found, first, last)) > 2:
            raise Conflict(_("Another revision has been put between these two: review the steps to it."))
        decision = _decision(said, first, last)
        made = correct(
            session(),
            actor(),
            first,
            last,
            decision,
            reason=said.reason,
            seen=said.seen,
            now=now(),
        )
    except (InvalidText, Conflict) as error:
        if len(chain(found, first, last)) > 2:
            return _show_steps(found, first, last, str(error)), status_of(error)
        refused = replace(said, refusal=str(error), overtaken=isinstance(error, Conflict))
        return _page(found, review(session(), found, first, last, now()), refused), status_of(error)
    flash(str(made.id), "decided")
    return redirect(_address(found, first, last, at=request.args.get("next", "")))


def _versions(negotiation: str, old: str, new: str) -> tuple[Negotiation, LanguageVersion, LanguageVersion]:
    found = access.negotiation(negotiation)
    first, last = reading.revision(found, old), reading.revision(found, new)
    language = request.args.get("language") or reading.version(found, last).language
    return found, reading.version(found, first, language), reading.version(found, last, language)


def _address(found: Negotiation, first: LanguageVersion, last: LanguageVersion, at: str = "") -> str:
    return url_for(
        "lineage.show",
        negotiation=found.slug,
        old=first.revision.slug,
        new=last.revision.slug,
        language=language_in_address(last),
        at=at or None,
        _anchor=at or None,
    )


def _answer() -> Answer:
    return Answer(
        reason=request.form.get("reason", "").strip(),
        old=request.form.get("old", "").strip(),
        new=request.form.get("new", "").strip(),
        decision=request.form.get("decision", ""),
        seen=max(number(request.form.get("seen", "")), 0),
    )


def _decision(said: Answer, first: LanguageVersion, last: LanguageVersion) -> Decision:
    """Return the decision of a button, or the one that is written in labels; raise InvalidText for none."""
    verb, _space, sides = said.decision.partition(" ")
    if verb == "typed":
        old = reading.document(session(), first), reading.addresses(session(), first)
        new = reading.document(session(), last), reading.addresses(session(), last)
        kind = _verb(sides)
        return Decision(
            kind,
            find_named(said.old, *old) if kind is not Verb.INSERTED else (),
            find_named(said.new, *new) if kind is not Verb.DELETED else (),
        )
    named = [_indices(side) for side in sides.split(" ")]
    if len(named) != 2:
        raise InvalidText(_("Nothing has been decided: press one of the buttons."))
    return Decision(_verb(verb), *named)


def _verb(word: str) -> Verb:
    if word not in list(Verb):
        raise InvalidText(_("Nothing has been decided: press one of the buttons."))
    return Verb(word)


def _indices(side: str) -> tuple[int, ...]:
    parts = [] if side == "-" else side.split(",")
    indices = sorted(map(number, parts))
    if indices and indices[0] < 0:
        raise InvalidText(_("Nothing has been decided: press one of the buttons."))
    return tuple(indices)


def _page(found: Negotiation, shown: Review, said: Answer) -> str:
    view = ReviewView(shown)
    anchors = view.anchors()
    pages = max(1, -(-len(anchors) // PER_PAGE))
    page = min(max(page_asked(), 1), pages)
    at = request.args.get("at", "")
    if at in anchors:
        page = anchors.index(at) // PER_PAGE + 1
    start = (page - 1) * PER_PAGE
    return render_template(
        "lineage/show.html",
        negotiation=found,
        steps=_steps(found, shown.step.new.language),
        old=shown.step.old,
        new=shown.step.new,
        address=_address(found, shown.step.old, shown.step.new),
        language=language_in_address(shown.step.new),
        review=shown,
        view=view,
        questions=view.questions(start, start + PER_PAGE),
        following=[*anchors[start + 1 : start + PER_PAGE + 1], ""],
        page=page,
        pages=pages,
        first=start + 1,
        decided=view.decided(),
        meanwhile=view.decided()[: len(shown.made) - said.seen] if said.overtaken else [],
        said=said,
    )


def _steps(found: Negotiation, language: str) -> list[tuple[LanguageVersion, LanguageVersion]]:
    versions = [version for _revision, version in reading.versions_in(found, language)]
    return list(pairwise(versions))


def _show_steps(found: Negotiation, first: LanguageVersion, last: LanguageVersion, refusal: str = "") -> str:
    way = chain(found, first, last)
    steps = list(pairwise(way))
    return render_template(
        "lineage/steps.html",
        negotiation=found,
        old=first,
        new=last,
        language=language_in_address(last),
        steps=[(a, b, doubts_in(alignment_between(session(), found, a, b, now()))) for a, b in steps],
        elsewhere={
            left.correction.id: left for step in steps for left in left_behind(session(), found, *step)
        }.values(),
        refusal=refusal,
    )


def _doubt_as_json(shown: Review, doubt: Doubt) -> dict[str, Any]:
    return {
        "old": doubt.old,
        "new": doubt.new,
        "confidence": doubt.confidence,
        "shared": round(doubt.shared, 3),
        "alternatives": [asdict(candidate) for candidate in shown.opened(doubt).alternatives],
    }


def _correction_as_json(correction: Correction) -> dict[str, Any]:
    return {
        "verb": correction.verb,
        "old": correction.old,
        "new": correction.new,
        "by": correction.by,
        "at": correction.at.isoformat(),
        "reason": correction.reason,
        "carried_over": correction.carried_from_id is not None,
    }
