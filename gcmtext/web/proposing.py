"""The form in which a delegation writes what it proposes: typed, previewed, kept as a draft, submitted."""

import secrets
from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gcmtext.db import Amendment, Delegation, Negotiation
from gcmtext.errors import Closed, Conflict, GcmtextError, InvalidText, NotAllowed, NotFound
from gcmtext.services import amending, amendments, reading
from gcmtext.services.biography import index_of
from gcmtext.services.calls import current_revision, require_open
from gcmtext.services.permissions import Action, may, require
from gcmtext.services.wordings import wording_of
from gcmtext.text.places import places
from gcmtext.text.proposals import INSERTS, MARKS, ProposalKind
from gcmtext.web.access import actor, begin_write, needs
from gcmtext.web.access import negotiation as known
from gcmtext.web.amendment_view import Redline, redline
from gcmtext.web.clock import now
from gcmtext.web.errors import status_of
from gcmtext.web.form import sending
from gcmtext.web.proposal_form import Form, Subject, form_of, kind_of, on_edition, typed_form, wording_in
from gcmtext.web.proposers import proposers
from gcmtext.web.store import session
from gcmtext.web.versions import page_about, version_asked

blueprint = Blueprint("proposing", __name__)


@blueprint.get("/<negotiation>/<revision>/para/<address>/propose")
@needs(Action.AMENDMENT_DRAFT)
def new(negotiation: str, revision: str, address: str) -> ResponseReturnValue:
    """Ask what is proposed for a paragraph."""
    subject = _subject(negotiation, revision, address)
    _delegations(subject.negotiation)
    try:
        require_open(subject.negotiation, subject.version.revision, now())
    except Closed as error:
        return _closed(subject, error)
    kind = kind_of(request.args.get("kind", ""))
    given = subject.base.paragraphs[subject.at].text
    if subject.parent is not None:
        proposal = wording_of(subject.parent).proposal
        kind, given = proposal.kind, proposal.text or given
    text = "" if kind in INSERTS | MARKS | {ProposalKind.ALTERNATIVE} and subject.parent is None else given
    form = Form(kind, _delegations(subject.negotiation)[0].id, text=text, nonce=secrets.token_urlsafe(16))
    return _page(subject, form)


@blueprint.post("/<negotiation>/<revision>/para/<address>/propose")
@needs(Action.AMENDMENT_DRAFT)
def create(negotiation: str, revision: str, address: str) -> ResponseReturnValue:
    """Preview what is typed, keep it as a draft, or submit it."""
    form = typed_form()
    wanted = request.form.get("do", "preview")
    if wanted != "preview":
        begin_write()
    subject = _subject(negotiation, revision, address)
    try:
        wording = wording_in(form, subject)
        if wanted == "preview":
            return _page(subject, form, shown=redline(subject.base, wording.proposal))
        delegation = _delegation(subject.negotiation, form.delegation)
        made = amending.draft(
            session(),
            actor(),
            subject.version,
            delegation,
            wording,
            now=now(),
            parent=subject.parent,
            nonce=sending(),
        )
        if wanted == "submit":
            amending.submit(session(), actor(), made, now())
    except (InvalidText, Conflict, Closed, NotAllowed) as error:
        return _page(subject, form, error)
    return redirect(_address(subject.negotiation, made), 303)


@blueprint.get("/<negotiation>/amendments/<amendment>/edit")
@needs(Action.AMENDMENT_DRAFT)
def edit(negotiation: str, amendment: str) -> ResponseReturnValue:
    """Ask for other words for an amendment."""
    subject, edited = _edited(negotiation, amendment)
    require(actor(), Action.AMENDMENT_DRAFT, edited)
    try:
        require_open(subject.negotiation, subject.version.revision, now())
    except Closed as error:
        return _closed(subject, error)
    return _page(subject, form_of(subject, edited))


@blueprint.post("/<negotiation>/amendments/<amendment>/edit")
@needs(Action.AMENDMENT_DRAFT)
def save(negotiation: str, amendment: str) -> ResponseReturnValue:
    """Preview other words for an amendment, or keep them; where it was edited meanwhile, show both."""
    form = typed_form()
    wanted = request.form.get("do", "preview")
    if wanted != "preview":
        begin_write()
    subject, edited = _edited(negotiation, amendment)
    theirs = None
    try:
        wording = wording_in(form, subject)
        if wanted == "preview":
            return _page(subject, form, shown=redline(subject.base, wording.proposal))
        # What cannot be submitted is not edited either: what is compared below is what is stored.
        with session().begin_nested():
            amending.revise(
                session(), actor(), edited, wording, based_on=form.based_on, now=now(), nonce=sending()
            )
            if wanted == "submit":
                amending.submit(session(), actor(), edited, now())
    except (InvalidText, Conflict, Closed, NotAllowed) as error:
        if isinstance(error, Conflict) and form.based_on != edited.edition:
            theirs = form_of(subject, edited)
            form = on_edition(form, edited.edition)
        return _page(subject, form, error, theirs=theirs)
    return redirect(_address(subject.negotiation, edited), 303)


@blueprint.post("/<negotiation>/<revision>/para/<address>/redline")
@needs(Action.AMENDMENT_DRAFT)
def preview(negotiation: str, revision: str, address: str) -> ResponseReturnValue:
    """Return the redline of what is being typed, for the script that shows it beside the field."""
    subject = _subject(negotiation, revision, address)
    try:
        shown = redline(subject.base, wording_in(typed_form(), subject).proposal)
    except GcmtextError as error:
        return render_template("amendments/refused.html", sentence=str(error))
    return render_template("amendments/redline.html", version=subject.version, shown=shown)


def _page(
    subject: Subject,
    form: Form,
    error: GcmtextError | None = None,
    *,
    shown: Redline | None = None,
    theirs: Form | None = None,
) -> ResponseReturnValue:
    named = places(subject.base)
    return (
        page_about(
            subject.version,
            "amendments/edit.html",
            paragraph=subject.base.paragraphs[subject.at],
            place=named[subject.at],
            address=subject.address,
            parent=subject.parent,
            edited=subject.edited,
            form=form,
            shown=shown,
            theirs=theirs,
            refusal=str(error) if error else "",
            delegations=_delegations(subject.negotiation),
            submits=_may_submit(subject),
            kinds=tuple(ProposalKind),
        ),
        status_of(error) if error else 200,
    )


def _closed(subject: Subject, error: Closed) -> ResponseReturnValue:
    """Say that nothing is taken on a revision, and lead to where it is."""
    page = page_about(
        subject.version,
        "amendments/closed.html",
        address=subject.address,
        current=current_revision(subject.negotiation, now()),
        sentence=str(error),
    )
    return page, status_of(error)


def _subject(negotiation: str, revision: str, address: str) -> Subject:
    version = version_asked(negotiation, revision)
    found = version.revision.negotiation
    index, address = index_of(session(), version, address)
    parent = None
    if number := request.args.get("amends", ""):
        parent = amendments.find(session(), actor(), found, number)
        if parent.version_id != version.id:
            raise NotFound(f"Amendment {number} is not on this revision.")
    return Subject(found, version, reading.document(session(), version), index, address, parent=parent)


def _edited(negotiation: str, name: str) -> tuple[Subject, Amendment]:
    found = known(negotiation)
    edited = amendments.find(session(), actor(), found, name)
    version = edited.version
    addresses = reading.addresses(session(), version)
    base = reading.document(session(), version)
    return Subject(found, version, base, edited.at, addresses[edited.at], edited=edited), edited


def _delegations(negotiation: Negotiation) -> Sequence[Delegation]:
    """Return the delegations for which the reader may draft amendments; NotAllowed if there are none."""
    found = proposers(negotiation)
    if not found:
        raise NotAllowed("Only those who act for a State or a group of States propose amendments.")
    return found


def _delegation(negotiation: Negotiation, identity: int) -> Delegation:
    found = next((d for d in _delegations(negotiation) if d.id == identity), None)
    if found is None:
        raise InvalidText("Choose the delegation for which you propose this.")
    return found


def _may_submit(subject: Subject) -> bool:
    if subject.edited is not None:
        return may(actor(), Action.AMENDMENT_SUBMIT, subject.edited)
    return any(may(actor(), Action.AMENDMENT_SUBMIT, d) for d in _delegations(subject.negotiation))


def _address(negotiation: Negotiation, amendment: Amendment) -> str:
    name = amendments.address_of(amendment)
    return url_for("amendments.show", negotiation=negotiation.slug, amendment=name)
