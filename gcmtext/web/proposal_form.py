"""What is typed into the form of a proposal, and the proposal that it makes."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import request

from gcmtext.db import Amendment, LanguageVersion, Negotiation
from gcmtext.errors import InvalidText
from gcmtext.services import reading
from gcmtext.services.wordings import Wording, require_short, wording_of
from gcmtext.text.model import Document
from gcmtext.text.naming import find_named
from gcmtext.text.normalise import clean
from gcmtext.text.proposals import Proposal, ProposalKind
from gcmtext.web.form import number
from gcmtext.web.store import session

_BLANK_LINE = re.compile(r"\n[ \t]*\n")


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


def typed_form() -> Form:
    """Return what this request brings."""
    given: Mapping[str, str] = request.form
    return Form(
        kind=kind_of(given.get("kind", "")),
        delegation=number(given.get("delegation", "")),
        text=given.get("text", "").replace("\r\n", "\n"),
        to=given.get("to", ""),
        bases=given.get("bases", ""),
        words=given.get("words", ""),
        rationale=given.get("rationale", "").replace("\r\n", "\n"),
        based_on=max(number(given.get("based_on", "")), 0),
        nonce=given.get("nonce", "")[:64],
    )


def form_of(subject: Subject, edited: Amendment) -> Form:
    """Return an amendment as it stands, to be edited."""
    wording = wording_of(edited)
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


def on_edition(form: Form, edition: int) -> Form:
    """Return what was typed, to be put in the place of an edition that has come meanwhile."""
    return replace(form, based_on=edition, nonce=secrets.token_urlsafe(16))


def wording_in(form: Form, subject: Subject) -> Wording:
    """Return what is proposed, and why; raise InvalidText where what is typed does not say it."""
    wording = Wording(_proposal(form, subject), form.rationale, subject.version.language)
    require_short(wording)
    return wording


def kind_of(said: str) -> ProposalKind:
    """Return the kind of proposal that is named, a change where none is."""
    return ProposalKind(said) if said in set(ProposalKind) else ProposalKind.CHANGE


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
