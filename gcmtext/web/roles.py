"""Who has which role in a negotiation, and who may know of what."""

from collections.abc import Mapping

from flask import Blueprint, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from gcmtext.db import Negotiation, Revision, Visibility
from gcmtext.errors import GcmtextError, InvalidText, NotFound
from gcmtext.services import accounts, participants, reading, roles, showing
from gcmtext.services.actor import Role
from gcmtext.services.permissions import Action
from gcmtext.web import access
from gcmtext.web.access import actor, needs
from gcmtext.web.clock import now
from gcmtext.web.errors import status_of
from gcmtext.web.form import day, typed
from gcmtext.web.store import session

blueprint = Blueprint("roles", __name__)


@blueprint.get("/<negotiation>/roles")
@needs(Action.ROLES_READ)
def show(negotiation: str) -> ResponseReturnValue:
    """Show who has which role."""
    return _page(access.negotiation(negotiation))


@blueprint.get("/<negotiation>/roles.json")
@needs(Action.ROLES_READ)
def show_json(negotiation: str) -> ResponseReturnValue:
    """Return who has which role."""
    found = access.negotiation(negotiation)
    return jsonify(
        negotiation=found.slug,
        roles=[
            {
                "name": held.person.name,
                "role": held.role,
                "delegation": held.delegation.address if held.delegation else None,
                "since": held.since.isoformat(),
            }
            for held in roles.grants(session(), found, now())
        ],
    )


@blueprint.post("/<negotiation>/roles")
@needs(Action.ROLES_GRANT)
def grant(negotiation: str) -> ResponseReturnValue:
    """Give somebody a role."""
    access.begin_write()
    found = access.negotiation(negotiation)
    said = {name: typed(name) for name in ("email", "role", "for")}
    about = "email"
    try:
        person = accounts.person(session(), said["email"])
        about = "role"
        if said["role"] not in roles.GRANTED:
            raise InvalidText("Choose a role.")
        about = "for"
        whom = participants.participant(session(), found, said["for"]) if said["for"] else None
        roles.grant(session(), actor(), found, person, Role(said["role"]), whom, now())
    except GcmtextError as error:
        status = 422 if isinstance(error, NotFound) else status_of(error)
        sentence = str(error) if about != "email" else _UNKNOWN
        return _page(found, said, {about: sentence}), status
    return redirect(url_for("roles.show", negotiation=found.slug), 303)


@blueprint.post("/<negotiation>/roles/<int:identity>")
@needs(Action.ROLES_GRANT)
def revoke(negotiation: str, identity: int) -> ResponseReturnValue:
    """End a role that somebody has."""
    access.begin_write()
    found = access.negotiation(negotiation)
    held = roles.held(session(), found, identity, now())
    roles.revoke(session(), actor(), found, held, now())
    return redirect(url_for("roles.show", negotiation=found.slug), 303)


@blueprint.get("/<negotiation>/visibility")
@needs(Action.NEGOTIATION_SHOW)
def visibility(negotiation: str) -> ResponseReturnValue:
    """Show who may know of a negotiation and of each revision."""
    return _visibility(access.negotiation(negotiation))


@blueprint.get("/<negotiation>/visibility.json")
@needs(Action.NEGOTIATION_SHOW)
def visibility_json(negotiation: str) -> ResponseReturnValue:
    """Return who may know of a negotiation and of each revision."""
    found = access.negotiation(negotiation)

    def said(of: Negotiation | Revision) -> dict[str, str | None]:
        return {
            "visibility": of.visibility,
            "public_from": of.public_from.isoformat() if of.public_from else None,
        }

    return jsonify(
        negotiation=found.slug,
        **said(found),
        revisions=[{"revision": r.slug, "name": r.name, **said(r)} for r in found.revisions],
    )


@blueprint.post("/<negotiation>/visibility")
@needs(Action.NEGOTIATION_SHOW)
def show_to(negotiation: str) -> ResponseReturnValue:
    """Say who may know of a negotiation, or of one of its revisions."""
    access.begin_write()
    found = access.negotiation(negotiation)
    which = typed("revision")
    of: Negotiation | Revision = reading.revision(found, which) if which else found
    try:
        wanted = typed("visibility")
        if wanted not in showing.STEPS:
            raise InvalidText("Choose who may see it.")
        showing.show(session(), actor(), of, Visibility(wanted), day(typed("public_from")), now())
    except GcmtextError as error:
        said = {"visibility": typed("visibility"), "public_from": typed("public_from")}
        return _visibility(found, which, said, str(error)), status_of(error)
    return redirect(url_for("roles.visibility", negotiation=found.slug, _anchor=f"shown.{which}"), 303)


_UNKNOWN = "Nobody signs in with this address: invite them first."


def _page(
    found: Negotiation, said: Mapping[str, str] | None = None, refusals: Mapping[str, str] | None = None
) -> str:
    return render_template(
        "roles/show.html",
        negotiation=found,
        held=roles.grants(session(), found, now()),
        granted=roles.GRANTED,
        delegations=participants.participants(session(), found),
        said=said or {},
        refusals=refusals or {},
    )


def _visibility(
    found: Negotiation, which: str = "", said: Mapping[str, str] | None = None, refusal: str = ""
) -> str:
    return render_template(
        "roles/visibility.html",
        negotiation=found,
        steps=showing.STEPS,
        at=now(),
        which=which,
        said=said or {},
        refusal=refusal,
    )
