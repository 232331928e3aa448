"""The list of stakeholders that States consider on a non-objection basis."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from gcmtext.db import Accreditation, Delegation, Negotiation, Outcome
from gcmtext.errors import GcmtextError, InvalidText
from gcmtext.services import accreditation, participants
from gcmtext.services.permissions import Action, may
from gcmtext.web import access
from gcmtext.web.access import actor, needs
from gcmtext.web.clock import now
from gcmtext.web.errors import status_of
from gcmtext.web.form import day, end_of, typed
from gcmtext.web.store import session

blueprint = Blueprint("accreditation", __name__)


@blueprint.get("/<negotiation>/accreditation")
@needs(Action.ACCREDITATION_READ)
def show(negotiation: str) -> ResponseReturnValue:
    """Show the list: names, objections, outcomes."""
    return _page(access.negotiation(negotiation))


@blueprint.get("/<negotiation>/accreditation.json")
@needs(Action.ACCREDITATION_READ)
def show_json(negotiation: str) -> ResponseReturnValue:
    """Return the list."""
    found = access.negotiation(negotiation)
    return jsonify(
        negotiation=found.slug,
        names=[
            {
                "address": name.delegation.address,
                "name": name.delegation.name,
                "about": name.about,
                "deadline": name.deadline.isoformat(),
                "objections": [
                    {"state": made.delegation.short_name, "basis": made.basis or None}
                    for made in accreditation.standing(name)
                ],
                "outcome": name.outcome or None,
            }
            for name in accreditation.proposed(session(), found)
        ],
    )


@blueprint.post("/<negotiation>/accreditation")
@needs(Action.ACCREDITATION_PROPOSE)
def propose(negotiation: str) -> ResponseReturnValue:
    """Put a name on the list."""
    access.begin_write()
    found = access.negotiation(negotiation)
    said = {name: typed(name) for name in ("name", "short_name", "about", "deadline")}
    try:
        deadline = day(typed("deadline"))
        if deadline is None:
            raise InvalidText("Give the last day on which States can object.")
        accreditation.propose(
            session(),
            actor(),
            found,
            said["name"],
            said["short_name"],
            said["about"],
            end_of(deadline),
            now(),
        )
    except GcmtextError as error:
        return _page(found, said=said, refusals={"": str(error)}), status_of(error)
    return redirect(url_for("accreditation.show", negotiation=found.slug), 303)


@blueprint.post("/<negotiation>/accreditation/<address>/objection")
@needs(Action.ACCREDITATION_OBJECT)
def object_to(negotiation: str, address: str) -> ResponseReturnValue:
    """Object to a name for a State, or take the objection back."""
    access.begin_write()
    found = access.negotiation(negotiation)
    name = accreditation.on_the_list(session(), found, address)
    try:
        state = participants.participant(session(), found, typed("state"))
        if typed("do") == "take-back":
            accreditation.take_back(session(), actor(), name, state, now())
        else:
            accreditation.object_to(session(), actor(), name, state, typed("basis"), now())
    except GcmtextError as error:
        said = {f"basis-{address}": typed("basis")}
        return _page(found, said=said, refusals={address: str(error)}), status_of(error)
    return redirect(_address(found, name), 303)


@blueprint.post("/<negotiation>/accreditation/<address>")
@needs(Action.ACCREDITATION_DECIDE)
def decide(negotiation: str, address: str) -> ResponseReturnValue:
    """Say what became of a name."""
    access.begin_write()
    found = access.negotiation(negotiation)
    name = accreditation.on_the_list(session(), found, address)
    try:
        wanted = typed("outcome")
        if wanted not in set(Outcome):
            raise InvalidText("Say what became of it: press one of the buttons.")
        accreditation.decide(session(), actor(), name, Outcome(wanted), now())
    except GcmtextError as error:
        return _page(found, refusals={address: str(error)}), status_of(error)
    return redirect(_address(found, name), 303)


def _page(
    found: Negotiation, *, said: Mapping[str, str] | None = None, refusals: Mapping[str, str] | None = None
) -> str:
    return render_template(
        "accreditation/show.html",
        negotiation=found,
        names=accreditation.proposed(session(), found),
        standing=accreditation.standing,
        states=_own_states(found),
        outcomes=_outcomes,
        said=said or {},
        refusals=refusals or {},
        moment_now=now(),
    )


def _own_states(found: Negotiation) -> Sequence[Delegation]:
    """Return the States for which whoever asks can object."""
    if not may(actor(), Action.ACCREDITATION_OBJECT, found):
        return ()
    there = participants.participants(session(), found)
    return [state for state in there if may(actor(), Action.ACCREDITATION_OBJECT, state)]


def _outcomes(name: Accreditation) -> list[Outcome]:
    """Return what can become of a name at this moment."""
    if name.outcome:
        return []
    if accreditation.standing(name):
        return [Outcome.NOT_ACCREDITED, Outcome.WITHDRAWN]
    if now() > name.deadline:
        return [Outcome.ACCREDITED, Outcome.WITHDRAWN]
    return [Outcome.WITHDRAWN]


def _address(found: Negotiation, name: Accreditation) -> str:
    return url_for("accreditation.show", negotiation=found.slug, _anchor=f"name.{name.delegation.address}")
