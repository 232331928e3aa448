"""Comments: written beside what they are about, answered, resolved."""

import secrets
from collections.abc import Sequence

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gcmtext.db import Amendment, Comment, Delegation, LanguageVersion, Negotiation, Visibility
from gcmtext.errors import Closed, GcmtextError, InvalidText
from gcmtext.services import amendments, commenting, reading
from gcmtext.services.actor import DELEGATED
from gcmtext.services.biography import index_of
from gcmtext.services.permissions import Action, may, require
from gcmtext.services.representing import represented
from gcmtext.web.access import actor, begin_write, needs
from gcmtext.web.access import negotiation as known
from gcmtext.web.clock import now
from gcmtext.web.errors import status_of
from gcmtext.web.form import sending
from gcmtext.web.store import session
from gcmtext.web.versions import version_asked, way

blueprint = Blueprint("comments", __name__)


@blueprint.app_context_processor
def _for_forms() -> dict[str, object]:
    """Let forms of comments stand on any page."""
    return {"new_nonce": lambda: secrets.token_urlsafe(16), "speakers": speakers}


@blueprint.post("/<negotiation>/<revision>/para/<address>/comments")
@needs(Action.COMMENT_READ)
def write(negotiation: str, revision: str, address: str) -> ResponseReturnValue:
    """Open a thread on a paragraph, on words of it, or on an amendment to it."""
    begin_write()
    version = version_asked(negotiation, revision)
    found = version.revision.negotiation
    index, _ = index_of(session(), version, address)
    amendment = None
    if name := request.form.get("amendment", ""):
        amendment = amendments.find(session(), actor(), found, name)
        version, index = amendment.version, amendment.at  # it may have come to be on another one meanwhile
    require(actor(), Action.COMMENT_WRITE, found)
    try:
        made = commenting.comment(
            session(),
            actor(),
            _speaker(found),
            commenting.Place(version, index, _span(version, index), amendment),
            request.form.get("text", "").replace("\r\n", "\n"),
            _audience(),
            now=now(),
            nonce=sending(),
        )
    except InvalidText as error:
        return _refused(found, error)
    return redirect(address_of(found, made), 303)


@blueprint.get("/<negotiation>/comments/<comment>")
@needs(Action.COMMENT_READ)
def show(negotiation: str, comment: str) -> ResponseReturnValue:
    """Lead to a comment, where it stands."""
    found = known(negotiation)
    return redirect(address_of(found, commenting.find(session(), actor(), found, comment)))


@blueprint.post("/<negotiation>/comments/<comment>")
@needs(Action.COMMENT_READ)
def answer(negotiation: str, comment: str) -> ResponseReturnValue:
    """Answer in a thread, resolve it or open it again."""
    begin_write()
    found = known(negotiation)
    root = commenting.find(session(), actor(), found, comment)
    wanted = request.form.get("do", "")
    if wanted in ("resolve", "reopen"):
        commenting.resolve(session(), actor(), root, wanted == "resolve", now())
        return redirect(address_of(found, root), 303)
    require(actor(), Action.COMMENT_WRITE, found)
    try:
        made = commenting.reply(
            session(),
            actor(),
            _speaker(found),
            root,
            request.form.get("text", "").replace("\r\n", "\n"),
            now=now(),
            nonce=sending(),
        )
    except (InvalidText, Closed) as error:
        return _refused(found, error)
    return redirect(address_of(found, made), 303)


def address_of(found: Negotiation, comment: Comment) -> str:
    """Return where a comment stands: on the page of its amendment, or of all those to its paragraph."""
    anchor = f"comment-{comment.key}"
    amendment: Amendment | None = comment.amendment
    if amendment is not None:
        name = amendments.address_of(amendment)
        return url_for("amendments.show", negotiation=found.slug, amendment=name, _anchor=anchor)
    address = reading.addresses(session(), comment.version)[comment.index]
    return way(comment.version, "amendments.paragraph", address=address, _anchor=anchor)


def speakers(found: Negotiation) -> Sequence[Delegation]:
    """Return the delegations for which the reader may comment."""
    if "speakers" not in g:
        g.speakers = represented(session(), actor(), found.id, *DELEGATED)
    own: Sequence[Delegation] = g.speakers
    return own


def _speaker(found: Negotiation) -> Delegation | None:
    """Return the delegation for which a comment is written; None for those who conduct the negotiation."""
    delegations = {str(delegation.id): delegation for delegation in speakers(found)}
    said = request.form.get("delegation", "")
    if said in delegations:
        return delegations[said]
    conducts = may(actor(), Action.AMENDMENTS_CALL, found)
    if said or (len(delegations) != 1 and not conducts):
        raise InvalidText("Choose the delegation for which you speak.")
    return None if conducts else next(iter(delegations.values()))


def _span(version: LanguageVersion, index: int) -> tuple[int, int] | None:
    """Return where the words stand that a comment is about, None for the whole paragraph."""
    words = request.form.get("words", "").strip()
    if not words:
        return None
    text = reading.document(session(), version).paragraphs[index].text
    if text.count(words) != 1:
        raise InvalidText("The words do not stand once in the paragraph: copy them from it.")
    return text.index(words), text.index(words) + len(words)


def _refused(found: Negotiation, error: GcmtextError) -> ResponseReturnValue:
    """Say what is wrong, with all that was typed."""
    page = render_template(
        "comments/refused.html", negotiation=found, sentence=str(error), typed=request.form.to_dict()
    )
    return page, status_of(error)


def _audience() -> Visibility:
    said = request.form.get("audience", "")
    if said not in set(Visibility):
        raise InvalidText("Choose who is to read the comment.")
    return Visibility(said)
