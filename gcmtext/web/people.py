"""People and their accounts, for whoever administers; the mail that goes to them."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from gcmtext.db import Delegation, Negotiation, Person
from gcmtext.errors import Conflict, GcmtextError, InvalidText, NotFound
from gcmtext.services import accounts, invitations, mail, second_factor
from gcmtext.services.actor import DELEGATED, Role
from gcmtext.services.mail import checked_address
from gcmtext.services.permissions import Action
from gcmtext.web import access, limits
from gcmtext.web.access import actor, begin_write, needs
from gcmtext.web.clock import now
from gcmtext.web.errors import refused
from gcmtext.web.form import number
from gcmtext.web.limits import WHILE, Bound
from gcmtext.web.links import absolute
from gcmtext.web.store import session

blueprint = Blueprint("people", __name__)


@blueprint.get("/people")
@needs(Action.PEOPLE_MANAGE)
def show() -> ResponseReturnValue:
    """Show who has an account."""
    return _page({}, {})


@blueprint.get("/people.json")
@needs(Action.PEOPLE_MANAGE)
def show_json() -> ResponseReturnValue:
    """Return who has an account; no secrets."""
    return jsonify(
        people=[
            {
                "id": person.id,
                "email": person.email,
                "name": person.name,
                "administrator": person.is_administrator,
                "second_factor": person.totp_secret is not None,
                "disabled": person.disabled_at.isoformat() if person.disabled_at else None,
            }
            for person in accounts.people(session())
        ]
    )


@blueprint.post("/people/invite")
@needs(Action.PEOPLE_MANAGE)
def invite() -> ResponseReturnValue:
    """Send somebody an invitation, to any role anywhere."""
    typed, refusals, link = _invited(lambda: _place(request.form.get("for", "")))
    return _page({}, {}, invited=typed["email"], link=link) if link else _page(typed, refusals)


@blueprint.get("/<negotiation>/invite")
@needs(Action.ROLES_GRANT)
def invite_within(negotiation: str) -> ResponseReturnValue:
    """Ask whom to invite to a negotiation."""
    return _page_within(access.negotiation(negotiation), {}, {})


@blueprint.post("/<negotiation>/invite")
@needs(Action.ROLES_GRANT)
def send_within(negotiation: str) -> ResponseReturnValue:
    """Send somebody an invitation to a role in a negotiation."""

    def place() -> tuple[Negotiation | None, Delegation | None]:
        chosen = request.form.get("for", "")
        identity = access.negotiation(negotiation).id
        return _place(f"{identity}/{chosen}" if chosen else str(identity))

    typed, refusals, link = _invited(place)
    found = access.negotiation(negotiation)
    if link:
        return _page_within(found, {}, {}, invited=typed["email"], link=link)
    return _page_within(found, typed, refusals)


@blueprint.post("/people/<int:identity>/disable")
@needs(Action.PEOPLE_MANAGE)
def disable(identity: int) -> ResponseReturnValue:
    """Keep a person from signing in."""
    begin_write()
    accounts.disable(session(), actor(), _person(identity), now())
    return _back(identity)


@blueprint.post("/people/<int:identity>/enable")
@needs(Action.PEOPLE_MANAGE)
def enable(identity: int) -> ResponseReturnValue:
    """Let a person sign in again."""
    begin_write()
    accounts.enable(session(), actor(), _person(identity), now())
    return _back(identity)


@blueprint.post("/people/<int:identity>/remove-factor")
@needs(Action.PEOPLE_MANAGE)
def remove_factor(identity: int) -> ResponseReturnValue:
    """Take the second factor of a person away: the telephone is lost, and the recovery codes as well."""
    begin_write()
    second_factor.remove(session(), actor(), _person(identity), now())
    return _back(identity)


@blueprint.get("/outbox")
@needs(Action.OUTBOX_READ)
def outbox() -> ResponseReturnValue:
    """Show the mail of the last 30 days, with what has not gone out yet in full."""
    return render_template("people/outbox.html", messages=mail.outbox(session()))


@blueprint.get("/outbox.json")
@needs(Action.OUTBOX_READ)
def outbox_json() -> ResponseReturnValue:
    """Return the mail of the last 30 days."""
    return jsonify(
        messages=[
            {
                "to": message.to,
                "subject": message.subject,
                "text": message.text or None,
                "written": message.created_at.isoformat(),
                "sent": message.sent_at.isoformat() if message.sent_at else None,
                "tries": message.tries,
                "fault": message.fault or None,
            }
            for message in mail.outbox(session())
        ]
    )


def _person(identity: int) -> Person:
    found = session().get(Person, identity) if identity < 2**31 else None
    if found is None:
        raise NotFound("There is nobody at this address.")
    return found


def _place(chosen: str) -> tuple[Negotiation | None, Delegation | None]:
    """Return the negotiation, and the delegation, that a choice stands for: "", "7", or "7/12"."""
    if not chosen:
        return None, None
    first, _, second = chosen.partition("/")
    negotiation = session().get(Negotiation, number(first))
    delegation = session().get(Delegation, number(second)) if second else None
    if negotiation is None or (second and delegation is None):
        raise InvalidText("Choose a negotiation or a delegation from the list.")
    return negotiation, delegation


def _invited(
    place: Callable[[], tuple[Negotiation | None, Delegation | None]],
) -> tuple[dict[str, str], dict[str, GcmtextError], str]:
    """Return what was typed, what is wrong with it by field, and the link of the invitation that was sent."""
    typed = {field: request.form.get(field, "").replace("\0", "") for field in ("email", "role", "for")}
    limits.count(Bound(f"invite {actor().person_id}", 200, WHILE))
    begin_write()
    field = "email"
    try:
        checked_address(typed["email"])
        field = "role"
        negotiation, delegation = place()
        link = invitations.invite(
            session(),
            actor(),
            typed["email"],
            typed["role"],
            negotiation,
            delegation,
            lambda token: absolute("links.invitation", token),
            now(),
        )
    except Conflict as error:
        return typed, {"email": error}, ""
    except InvalidText as error:
        return typed, {field: error}, ""
    return typed, {}, link


def _page_within(
    found: Negotiation, typed: dict[str, str], refusals: dict[str, GcmtextError], **more: Any
) -> ResponseReturnValue:
    of_it = select(Delegation).where(Delegation.negotiation_id == found.id)
    page = render_template(
        "people/invite.html",
        negotiation=found,
        typed=typed,
        refusals={field: str(error) for field, error in refusals.items()},
        delegations=session().scalars(of_it.order_by(Delegation.short_name)).all(),
        roles=invitations.INVITED,
        **more,
    )
    return refused(page, next(iter(refusals.values()), None))


def _back(identity: int) -> ResponseReturnValue:
    return redirect(url_for("people.show", _anchor=f"person.{identity}"), 303)


def _page(typed: dict[str, str], refusals: dict[str, GcmtextError], **more: Any) -> ResponseReturnValue:
    negotiations = session().scalars(select(Negotiation).order_by(Negotiation.title)).all()
    delegations = session().scalars(select(Delegation).order_by(Delegation.short_name)).all()
    page = render_template(
        "people/show.html",
        people=accounts.people(session()),
        me=actor().person_id,
        typed=typed,
        refusals={field: str(error) for field, error in refusals.items()},
        negotiations=negotiations,
        delegations={n.id: [d for d in delegations if d.negotiation_id == n.id] for n in negotiations},
        roles=(Role.ADMINISTRATOR, *invitations.INVITED),
        delegated=DELEGATED,
        **more,
    )
    return refused(page, next(iter(refusals.values()), None))
