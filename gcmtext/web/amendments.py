"""Amendments: all of them, one of them, and all those to one paragraph side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gcmtext.db import Amendment, AmendmentState, Delegation, LanguageVersion, Negotiation, StanceKind
from gcmtext.errors import InvalidText
from gcmtext.services import amending, amendments, reading
from gcmtext.services.actor import Role
from gcmtext.services.biography import index_of
from gcmtext.services.calls import are_taken
from gcmtext.services.commenting import threads
from gcmtext.services.compiling import compiled_at
from gcmtext.services.permissions import Action
from gcmtext.services.representing import represented
from gcmtext.services.stances import held_now, spoken_before, take_stance
from gcmtext.services.wordings import wording_of
from gcmtext.text.places import places
from gcmtext.web.access import actor, begin_write, needs
from gcmtext.web.access import negotiation as known
from gcmtext.web.amendment_view import Redline, as_json, entry_as_json, redline
from gcmtext.web.amendments_list import Chosen, chosen, elsewhere, listed, selected
from gcmtext.web.clock import now
from gcmtext.web.filters import STATES
from gcmtext.web.proposers import may_propose
from gcmtext.web.standing import Standing, standings
from gcmtext.web.store import session
from gcmtext.web.versions import page_about, version_asked, way
from gcmtext.web.working_view import as_json as working_as_json
from gcmtext.web.working_view import beside, working_view

blueprint = Blueprint("amendments", __name__)


@dataclass(frozen=True, slots=True)
class Named:
    """An amendment that stands in a short list, with what it would do and where."""

    amendment: Amendment
    redline: Redline


@blueprint.get("/<negotiation>/amendments")
@needs(Action.AMENDMENT_READ)
def index(negotiation: str) -> ResponseReturnValue:
    """Show the amendments to a revision: chosen by section, delegation, group, kind and state."""
    found = known(negotiation)
    picked = chosen(found, request.args, now())
    own = _own_names(found)
    shown = listed(session(), actor(), picked, own) if picked else None
    silent = own.difference(shown.own.delegations if shown and shown.own else ())
    return render_template(
        "amendments/index.html",
        negotiation=found,
        picked=picked,
        shown=shown,
        elsewhere=elsewhere(session(), picked, silent) if picked else (),
        states=STATES,
        drafts=_own_in_state(picked, AmendmentState.DRAFT),
        withdrawn=[
            named
            for named in _own_in_state(picked, AmendmentState.WITHDRAWN)
            if named.amendment.number is not None
        ],
        now=now(),
    )


@blueprint.get("/<negotiation>/amendments.json")
@needs(Action.AMENDMENT_READ)
def index_json(negotiation: str) -> ResponseReturnValue:
    """Return the amendments that the list shows, with what was chosen, and of how many."""
    found = known(negotiation)
    picked = chosen(found, request.args, now())
    if picked is None:
        return jsonify(negotiation=found.slug, revision=None, chosen={}, total=0, amendments=[])
    named = places(reading.document(session(), picked.version))
    these = selected(session(), actor(), picked)
    return jsonify(
        negotiation=found.slug,
        revision=picked.version.revision.slug,
        chosen=picked.filter.said,
        total=len(these.everyone),
        amendments=[entry_as_json(entry, named[entry.proposal.at].full_name) for entry in these.entries],
    )


@blueprint.get("/<negotiation>/amendments/<amendment>")
@needs(Action.AMENDMENT_READ)
def show(negotiation: str, amendment: str) -> ResponseReturnValue:
    """Show an amendment: what it changes, why, who stands how to it, its editions, what is said of it."""
    return _show(known(negotiation), amendment)


@blueprint.get("/<negotiation>/amendments/<amendment>.json")
@needs(Action.AMENDMENT_READ)
def show_json(negotiation: str, amendment: str) -> ResponseReturnValue:
    """Return an amendment."""
    found = amendments.find(session(), actor(), known(negotiation), amendment)
    return jsonify(as_json(found, reading.document(session(), found.version)))


@blueprint.post("/<negotiation>/amendments/<amendment>")
@needs(Action.AMENDMENT_READ)
def act(negotiation: str, amendment: str) -> ResponseReturnValue:
    """Submit, withdraw or discard an amendment, or say how a delegation stands to it."""
    begin_write()
    found = known(negotiation)
    one = amendments.find(session(), actor(), found, amendment)
    wanted = request.form.get("do", "")
    back = request.form.get("back", "")
    match wanted:
        case "submit":
            amending.submit(session(), actor(), one, now())
        case "withdraw":
            amending.withdraw(session(), actor(), one, now())
        case "discard":
            amending.discard(session(), actor(), one, now())
            return redirect(url_for("amendments.index", negotiation=found.slug), 303)
        case _:
            kind = StanceKind(wanted) if wanted in set(StanceKind) else None
            if kind is None and wanted != "nothing":
                raise InvalidText("Choose what to do with the amendment.")
            take_stance(session(), actor(), one, _own(found, request.form.get("delegation", "")), kind, now())
    name = amendments.address_of(one)
    if back == "paragraph":
        address = reading.addresses(session(), one.version)[one.at]
        return redirect(way(one.version, "amendments.paragraph", address=address, _anchor=f"am-{name}"), 303)
    return redirect(url_for("amendments.show", negotiation=found.slug, amendment=name), 303)


@blueprint.get("/<negotiation>/<revision>/para/<address>/amendments")
@needs(Action.AMENDMENT_READ)
def paragraph(negotiation: str, revision: str, address: str) -> ResponseReturnValue:
    """Show a paragraph with all its amendments side by side: who wants what where, and who agrees."""
    found, version, index, known_as = _paragraph(negotiation, revision, address)
    if known_as != address:
        return redirect(way(version, "amendments.paragraph", address=known_as), 301)
    seen = compiled_at(session(), actor(), version, index)
    view = working_view(seen, _own_names(found))
    return page_about(
        version,
        "amendments/paragraph.html",
        address=address,
        beside=beside(seen.base, seen.open, index),
        view=view,
        own=_supporters(found),
        threads=threads(session(), actor(), version, index=index),
        proposes=may_propose(version),
    )


@blueprint.get("/<negotiation>/<revision>/para/<address>/amendments.json")
@needs(Action.AMENDMENT_READ)
def paragraph_json(negotiation: str, revision: str, address: str) -> ResponseReturnValue:
    """Return a paragraph with all its amendments, the places in dispute, and who agrees."""
    found, version, index, _ = _paragraph(negotiation, revision, address)
    view = working_view(compiled_at(session(), actor(), version, index), _own_names(found))
    return jsonify(negotiation=found.slug, revision=version.revision.slug, **working_as_json(view))


def _show(found: Negotiation, name: str) -> ResponseReturnValue:
    one = amendments.find(session(), actor(), found, name)
    base = reading.document(session(), one.version)
    addresses = reading.addresses(session(), one.version)
    named = places(base)
    editions = [
        (edition, redline(base, wording_of(one, edition.number).proposal, named))
        for edition in reversed(amendments.editions_of(actor(), one))
    ]
    return page_about(
        one.version,
        "amendments/show.html",
        amendment=one,
        name=amendments.address_of(one),
        address=addresses[one.at],
        paragraph=base.paragraphs[one.at],
        shown=redline(base, wording_of(one).proposal, named),
        wording=wording_of(one),
        editions=editions,
        stances={kind: held_now(one, kind) for kind in StanceKind},
        earlier=spoken_before(one),
        own=[d for d in _supporters(found) if d.id != one.delegation_id],
        parent=session().get(Amendment, one.parent_id) if one.parent_id else None,
        children=amendments.to_it(session(), actor(), one),
        standing=_standing(one),
        threads=threads(session(), actor(), one.version, amendment=one),
        taken=are_taken(one.version.revision, now()),
        proposes=may_propose(one.version),
    )


def _paragraph(
    negotiation: str, revision: str, address: str
) -> tuple[Negotiation, LanguageVersion, int, str]:
    version = version_asked(negotiation, revision)
    found = version.revision.negotiation
    index, known_as = index_of(session(), version, address)
    return found, version, index, known_as


def _standing(one: Amendment) -> Standing:
    """Return how an amendment stands to those of others that the reader may see."""
    seen = compiled_at(session(), actor(), one.version, one.at)
    own = [entry for entry in seen.entries if entry.number == one.number]
    return standings(seen.near, {one.at: seen.collated}, own)[own[0].number] if own else Standing()


def _own_in_state(picked: Chosen | None, state: AmendmentState) -> Sequence[Named]:
    """Return the amendments in a state of those for whom the reader acts, on the revision that is shown."""
    if picked is None:
        return []
    rows = amendments.own(session(), actor(), picked.version, state)
    base = reading.document(session(), picked.version)
    named = places(base) if rows else ()
    return [Named(row, redline(base, wording_of(row).proposal, named)) for row in rows]


def _supporters(found: Negotiation) -> Sequence[Delegation]:
    """Return the delegations for which the reader may support, sponsor and oppose."""
    return represented(session(), actor(), found.id, Role.HEAD)


def _own_names(found: Negotiation) -> frozenset[str]:
    return frozenset(one.short_name for one in represented(session(), actor(), found.id))


def _own(found: Negotiation, said: str) -> Delegation:
    supporters = _supporters(found)
    named = [d for d in supporters if str(d.id) == said] or (supporters if not said else [])
    if len(named) != 1:
        raise InvalidText("Choose the delegation for which you speak.")
    return named[0]
