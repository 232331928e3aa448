"""Who takes part in a negotiation: delegations, groups and their members."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from gcmtext.db import Delegation, DelegationKind, Membership, Negotiation
from gcmtext.errors import GcmtextError, InvalidText, NotFound
from gcmtext.services import participants, roles
from gcmtext.services.countries import countries, country
from gcmtext.services.participants import About, holds
from gcmtext.services.permissions import Action, may
from gcmtext.text.language import LANGUAGES
from gcmtext.web import access
from gcmtext.web.access import actor, needs
from gcmtext.web.clock import now
from gcmtext.web.errors import status_of
from gcmtext.web.form import day, typed
from gcmtext.web.store import session

blueprint = Blueprint("participants", __name__)

Refusals = Mapping[str, str]


@blueprint.get("/<negotiation>/participants")
@needs(Action.PARTICIPANTS_READ)
def index(negotiation: str) -> ResponseReturnValue:
    """Show who takes part, kind by kind, groups with their members."""
    return _index(access.negotiation(negotiation), About(""), "")


@blueprint.get("/<negotiation>/participants.json")
@needs(Action.PARTICIPANTS_READ)
def index_json(negotiation: str) -> ResponseReturnValue:
    """Return who takes part."""
    found = access.negotiation(negotiation)
    terms = participants.memberships(session(), found)
    return jsonify(
        negotiation=found.slug,
        participants=[_as_json(d, terms) for d in participants.participants(session(), found)],
    )


@blueprint.post("/<negotiation>/participants")
@needs(Action.PARTICIPANTS_EDIT)
def add(negotiation: str) -> ResponseReturnValue:
    """Add a participant."""
    access.begin_write()
    found = access.negotiation(negotiation)
    about = _about()
    try:
        added = participants.add_delegation(session(), actor(), found, about, now())
    except GcmtextError as error:
        return _index(found, about, str(error)), status_of(error)
    return redirect(_address(found, added), 303)


@blueprint.get("/<negotiation>/participants/<address>")
@needs(Action.PARTICIPANTS_READ)
def show(negotiation: str, address: str) -> ResponseReturnValue:
    """Show one participant: to what it belongs, or who belongs to it, and who acts for it."""
    found = access.negotiation(negotiation)
    return _page(found, participants.participant(session(), found, address))


@blueprint.get("/<negotiation>/participants/<address>.json")
@needs(Action.PARTICIPANTS_READ)
def show_json(negotiation: str, address: str) -> ResponseReturnValue:
    """Return one participant, with its short names in the six languages if it is a State."""
    found = access.negotiation(negotiation)
    delegation = participants.participant(session(), found, address)
    names = {language: country(delegation.code, language) for language in LANGUAGES}
    return jsonify(
        negotiation=found.slug,
        **_as_json(delegation, participants.memberships(session(), found)),
        names=names if delegation.code else {},
    )


@blueprint.post("/<negotiation>/participants/<address>")
@needs(Action.PARTICIPANTS_EDIT)
def change(negotiation: str, address: str) -> ResponseReturnValue:
    """Change what is said of a participant."""
    access.begin_write()
    found = access.negotiation(negotiation)
    delegation = participants.participant(session(), found, address)
    about = _about()
    try:
        participants.change_delegation(session(), actor(), delegation, about, now())
    except GcmtextError as error:
        return _page(found, delegation, about=about, refusals={"about": str(error)}), status_of(error)
    return redirect(_address(found, delegation), 303)


@blueprint.post("/<negotiation>/participants/<address>/members")
@needs(Action.PARTICIPANTS_EDIT)
def join(negotiation: str, address: str) -> ResponseReturnValue:
    """Say that somebody belongs to a group, or chairs it, from one day until before another."""
    access.begin_write()
    found = access.negotiation(negotiation)
    group = participants.participant(session(), found, address)
    try:
        member = _named(participants.participants(session(), found), typed("member"))
        since, until = day(typed("since")), day(typed("until"))
        if since is None:
            raise InvalidText("Give the day from which it holds.")
        participants.join(
            session(),
            actor(),
            group,
            member,
            now(),
            since=since,
            until=until,
            chairs=typed("as") == "chair",
        )
    except GcmtextError as error:
        return _page(found, group, refusals={"member": str(error)}), status_of(error)
    return redirect(_address(found, group) + "#page.members", 303)


@blueprint.post("/<negotiation>/participants/<address>/members/<int:identity>")
@needs(Action.PARTICIPANTS_EDIT)
def leave(negotiation: str, address: str, identity: int) -> ResponseReturnValue:
    """Say before which day a membership, or the chair, ends."""
    access.begin_write()
    found = access.negotiation(negotiation)
    group = participants.participant(session(), found, address)
    terms = participants.memberships(session(), found)
    term = next((t for t in terms if t.id == identity and t.group_id == group.id), None)
    if term is None:
        raise NotFound("There is nothing at this address.")
    try:
        participants.leave(session(), actor(), term, day(typed("until")) or now().date(), now())
    except GcmtextError as error:
        return _page(found, group, refusals={f"until-{term.id}": str(error)}), status_of(error)
    return redirect(_address(found, group) + "#page.members", 303)


def _index(found: Negotiation, about: About, refusal: str) -> str:
    there = participants.participants(session(), found)
    today = now().date()
    terms = [t for t in participants.memberships(session(), found) if holds(t, today)]
    return render_template(
        "participants/index.html",
        negotiation=found,
        by_kind={kind: [d for d in there if d.kind == kind] for kind in DelegationKind},
        total=len(there),
        members=_by_group(t for t in terms if not t.chairs),
        chairs={t.group_id: t.member for t in terms if t.chairs},
        about=about,
        refusal=refusal,
        countries=countries(found.language),
        kinds=tuple(DelegationKind),
    )


def _page(
    found: Negotiation,
    delegation: Delegation,
    *,
    about: About | None = None,
    refusals: Refusals | None = None,
) -> str:
    terms = participants.memberships(session(), found)
    shows_people = may(actor(), Action.ROLES_READ, found)
    people = roles.grants(session(), found, now()) if shows_people else ()
    d = delegation
    return render_template(
        "participants/show.html",
        negotiation=found,
        delegation=d,
        people=[grant for grant in people if grant.delegation_id == d.id],
        shows_people=shows_people,
        members=[t for t in terms if t.group_id == d.id],
        groups=[t for t in terms if t.member_id == d.id],
        others=[
            o
            for o in participants.participants(session(), found)
            if o.id != d.id and o.kind in participants.BELONGING
        ],
        about=about or About(d.kind, d.name, d.short_name, d.code),
        refusals=refusals or {},
        countries=countries(found.language),
        kinds=tuple(DelegationKind),
        today=now().date(),
        names={language: country(d.code, language) for language in LANGUAGES} if d.code else {},
    )


def _about() -> About:
    return About(typed("kind"), typed("name"), typed("short_name"), typed("code"))


def _named(there: Sequence[Delegation], address: str) -> Delegation:
    found = next((d for d in there if d.address == address), None)
    if found is None:
        raise InvalidText("Choose the delegation.")
    return found


def _by_group(terms: Any) -> dict[int, list[Delegation]]:
    found: dict[int, list[Delegation]] = {}
    for term in terms:
        found.setdefault(term.group_id, []).append(term.member)
    return found


def _as_json(delegation: Delegation, terms: Sequence[Membership]) -> dict[str, Any]:
    return {
        "address": delegation.address,
        "kind": delegation.kind,
        "name": delegation.name,
        "short_name": delegation.short_name,
        "code": delegation.code or None,
        "members": [_term(t, t.member) for t in terms if t.group_id == delegation.id],
        "groups": [_term(t, t.group) for t in terms if t.member_id == delegation.id],
    }


def _term(term: Membership, other: Delegation) -> dict[str, Any]:
    def iso(value: date | None) -> str | None:
        return value.isoformat() if value else None

    return {
        "address": other.address,
        "chairs": term.chairs,
        "since": iso(term.since),
        "until": iso(term.until),
    }


def _address(found: Negotiation, delegation: Delegation) -> str:
    return url_for("participants.show", negotiation=found.slug, address=delegation.address)
