"""The form in which a delegation writes what it proposes: typed, previewed, kept as a draft, submitted."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from gcmtext.db import Amendment, Delegation, LanguageVersion, Negotiation
from gcmtext.errors import Closed, Conflict, GcmtextError, InvalidText, NotAllowed, NotFound
from gcmtext.services import amending, reading
from gcmtext.services.actor import Role
from gcmtext.services.amending import AMENDING_KINDS, Wording
from gcmtext.services.biography import index_of
from gcmtext.services.calls import current_revision, require_open
from gcmtext.services.permissions import Action, may, require
from gcmtext.text.model import Document
from gcmtext.text.naming import find_named
from gcmtext.text.normalise import clean
from gcmtext.text.places import places
from gcmtext.text.proposals import INSERTS, MARKS, Proposal, ProposalKind
from gcmtext.web.access import actor, begin_write, needs
from gcmtext.web.access import negotiation as known
from gcmtext.web.amendment_view import Redline, redline
from gcmtext.web.clock import now
from gcmtext.web.errors import status_of
from gcmtext.web.store import session

blueprint = Blueprint("proposing", __name__)

_BLANK_LINE = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Form:
    """What is typed: as it came, so that nothing is lost when it is refused.

    based_on: the edition that it was written on, 0 for a new amendment. nonce: names the form.
    """

    kind: ProposalKind
    delegation: int
    text: str = ""
    to: str = ""
    bases: str = ""
    words: str = ""
    rationale: str = ""
    based_on: int = 0
    nonce: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is amended: a paragraph of a revision, and the amendment that is amended or edited."""

    negotiation: Negotiation
    version: LanguageVersion
    base: Document
    at: int
    address: str
    parent: Amendment | None = None
    edited: Amendment | None = None


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
    kind = _kind(request.args.get("kind", ""))
    given = subject.base.paragraphs[subject.at].text
    if subject.parent is not None:
        proposal = amending.wording_of(subject.parent).proposal
        kind, given = proposal.kind, proposal.text or given
    text = "" if kind in INSERTS | MARKS | {ProposalKind.ALTERNATIVE} and subject.parent is None else given
    form = Form(kind, _delegations(subject.negotiation)[0].id, text=text, nonce=secrets.token_urlsafe(16))
    return _page(subject, form)


@blueprint.post("/<negotiation>/<revision>/para/<address>/propose")
@needs(Action.AMENDMENT_DRAFT)
def create(negotiation: str, revision: str, address: str) -> ResponseReturnValue:
    """Preview what is typed, keep it as a draft, or submit it."""
    form = _form()
    wanted = request.form.get("do", "preview")
    if wanted != "preview":
        begin_write()
    subject = _subject(negotiation, revision, address)
    try:
        wording = _wording(form, subject)
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
            nonce=form.nonce or None,
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
    return _page(subject, _form_of(subject, edited))


@blueprint.post("/<negotiation>/amendments/<amendment>/edit")
@needs(Action.AMENDMENT_DRAFT)
def save(negotiation: str, amendment: str) -> ResponseReturnValue:
    """Preview other words for an amendment, or keep them; where it was edited meanwhile, show both."""
    form = _form()
    wanted = request.form.get("do", "preview")
    if wanted != "preview":
        begin_write()
    subject, edited = _edited(negotiation, amendment)
    theirs = None
    try:
        wording = _wording(form, subject)
        if wanted == "preview":
            return _page(subject, form, shown=redline(subject.base, wording.proposal))
        amending.revise(
            session(), actor(), edited, wording, based_on=form.based_on, now=now(), nonce=form.nonce or None
        )
        if wanted == "submit":
            amending.submit(session(), actor(), edited, now())
    except (InvalidText, Conflict, Closed, NotAllowed) as error:
        if isinstance(error, Conflict) and form.based_on != edited.edition:
            theirs = _form_of(subject, edited)
            form = _on(form, edited.edition)
        return _page(subject, form, error, theirs=theirs)
    return redirect(_address(subject.negotiation, edited), 303)


@blueprint.post("/<negotiation>/<revision>/para/<address>/redline")
@needs(Action.AMENDMENT_DRAFT)
def preview(negotiation: str, revision: str, address: str) -> ResponseReturnValue:
    """Return the redline of what is being typed, for the script that shows it beside the field."""
    subject = _subject(negotiation, revision, address)
    try:
        shown = redline(subject.base, _wording(_form(), subject).proposal)
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
        render_template(
            "amendments/edit.html",
            negotiation=subject.negotiation,
            version=subject.version,
            revision=subject.version.revision,
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
    page = render_template(
        "amendments/closed.html",
        negotiation=subject.negotiation,
        version=subject.version,
        revision=subject.version.revision,
        address=subject.address,
        current=current_revision(subject.negotiation, now()),
        sentence=str(error),
    )
    return page, status_of(error)


def _subject(negotiation: str, revision: str, address: str) -> Subject:
    found = known(negotiation)
    version = reading.version(found, reading.revision(found, revision), request.args.get("language", ""))
    index, address = index_of(session(), version, address)
    parent = None
    if number := request.args.get("amends", ""):
        parent = amending.find(session(), actor(), found, number)
        if parent.version_id != version.id:
            raise NotFound(f"Amendment {number} is not on this revision.")
    return Subject(found, version, reading.document(session(), version), index, address, parent=parent)


def _edited(negotiation: str, name: str) -> tuple[Subject, Amendment]:
    found = known(negotiation)
    edited = amending.find(session(), actor(), found, name)
    version = edited.version
    addresses = reading.addresses(session(), version)
    base = reading.document(session(), version)
    return Subject(found, version, base, edited.at, addresses[edited.at], edited=edited), edited


def _form() -> Form:
    given: Mapping[str, str] = request.form
    said = given.get("delegation", "")
    based_on = given.get("based_on", "")
    return Form(
        kind=_kind(given.get("kind", "")),
        delegation=int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0,
        text=given.get("text", "").replace("\r\n", "\n"),
        to=given.get("to", ""),
        bases=given.get("bases", ""),
        words=given.get("words", ""),
        rationale=given.get("rationale", "").replace("\r\n", "\n"),
        based_on=int(based_on) if based_on.isascii() and based_on.isdigit() and len(based_on) < 7 else 0,
        nonce=given.get("nonce", "")[:64],
    )


def _on(form: Form, edition: int) -> Form:
    """Return what was typed, to be put in the place of an edition that has come meanwhile."""
    return replace(form, based_on=edition, nonce=secrets.token_urlsafe(16))


def _form_of(subject: Subject, edited: Amendment) -> Form:
    """Return an amendment as it stands, to be edited."""
    wording = amending.wording_of(edited)
    proposal = wording.proposal
    text = subject.base.paragraphs[proposal.at].text
    addresses = reading.addresses(session(), subject.version)
    to = "" if proposal.to is None or proposal.to == len(addresses) else addresses[proposal.to]
    return Form(
        kind=proposal.kind,
        delegation=edited.delegation_id,
        text="\n\n".join(proposal.parts) or proposal.text or "",
        to=to,
        bases=", ".join(addresses[index] for index in proposal.bases if index != proposal.at),
        words=text[slice(*proposal.span)] if proposal.span else "",
        rationale=wording.rationale,
        based_on=edited.edition,
        nonce=secrets.token_urlsafe(16),
    )


def _wording(form: Form, subject: Subject) -> Wording:
    """Return what is proposed, and why; raise InvalidText where what is typed does not say it."""
    wording = Wording(_proposal(form, subject), form.rationale, subject.version.language)
    amending.require_short(wording)
    return wording


def _proposal(form: Form, subject: Subject) -> Proposal:
    """Return what is proposed; raise InvalidText where what is typed does not say it."""
    at, base = subject.at, subject.base
    text = clean(form.text)
    match form.kind:
        case ProposalKind.DELETE:
            return Proposal(form.kind, at)
        case ProposalKind.SPLIT:
            parts = tuple(filter(None, map(clean, _BLANK_LINE.split(form.text))))
            if len(parts) < 2:
                raise InvalidText("Set a blank line where the paragraph is to be split.")
            return Proposal(form.kind, at, parts=parts)
        case ProposalKind.MERGE:
            others = _named(form.bases, subject, "Name the paragraphs that are to be merged with this one.")
            return Proposal(form.kind, at, text, bases=tuple(sorted({at, *others})))
        case ProposalKind.MOVE:
            to = _named(form.to, subject, "")[:1] if form.to.strip() else (len(base.paragraphs),)
            same = text in ("", base.paragraphs[at].text)
            return Proposal(form.kind, at, None if same else text, to=to[0])
        case ProposalKind.RESERVE | ProposalKind.RETAIN:
            return Proposal(form.kind, at, span=_span(clean(form.words), base.paragraphs[at].text))
        case _:
            return Proposal(form.kind, at, text)


def _named(said: str, subject: Subject, otherwise: str) -> Sequence[int]:
    found = find_named(said, subject.base, reading.addresses(session(), subject.version))
    if not found and otherwise:
        raise InvalidText(otherwise)
    return found


def _span(words: str, text: str) -> tuple[int, int] | None:
    """Return where words stand in a text, None for all of it; raise InvalidText unless it is certain."""
    if not words or words == text:
        return None
    times = text.count(words)
    if times != 1:
        why = "do not stand in the paragraph" if times == 0 else f"stand in it {times} times"
        raise InvalidText(f"The words {why}: copy as many as are needed to tell which are meant.")
    start = text.index(words)
    return start, start + len(words)


def _delegations(negotiation: Negotiation) -> Sequence[Delegation]:
    """Return the delegations for which the reader may draft amendments; NotAllowed if there are none."""
    ids = actor().delegations_in(negotiation.id, Role.HEAD, Role.DELEGATE)
    found = session().scalars(
        select(Delegation)
        .where(Delegation.id.in_(ids), Delegation.kind.in_(AMENDING_KINDS))
        .order_by(Delegation.short_name)
    )
    delegations = found.all()
    if not delegations:
        raise NotAllowed("Only those who act for a State or a group of States propose amendments.")
    return delegations


def _delegation(negotiation: Negotiation, identity: int) -> Delegation:
    found = next((d for d in _delegations(negotiation) if d.id == identity), None)
    if found is None:
        raise InvalidText("Choose the delegation for which you propose this.")
    return found


def _may_submit(subject: Subject) -> bool:
    if subject.edited is not None:
        return may(actor(), Action.AMENDMENT_SUBMIT, subject.edited)
    return any(may(actor(), Action.AMENDMENT_SUBMIT, d) for d in _delegations(subject.negotiation))


def _kind(said: str) -> ProposalKind:
    return ProposalKind(said) if said in set(ProposalKind) else ProposalKind.CHANGE


def _address(negotiation: Negotiation, amendment: Amendment) -> str:
    name = amending.address_of(amendment)
    return url_for("amendments.show", negotiation=negotiation.slug, amendment=name)
