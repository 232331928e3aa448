"""The list of stakeholders that States consider on a non-objection basis.

As in the modalities of such conferences: a list is drawn up and submitted to Member States; a name to which
a State objects before the deadline does not stand; the State says why on a voluntary basis. The list of
proposed as well as of final names is for all delegations to see.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, selectinload

from gcmtext.db import Accreditation, Delegation, DelegationKind, Negotiation, Objection, Outcome
from gcmtext.errors import Closed, Conflict, InvalidText, NotFound
from gcmtext.services.actor import Actor
from gcmtext.services.audit import record
from gcmtext.services.participants import About, new_delegation
from gcmtext.services.permissions import Action, require
from gcmtext.services.turns import take_turn

LONGEST = 2000


def proposed(session: Session, negotiation: Negotiation) -> Sequence[Accreditation]:
    """Return the names on the list with the objections to them, by name; takes three queries."""
    return session.scalars(
        select(Accreditation)
        .join(Accreditation.delegation)
        .options(
            contains_eager(Accreditation.delegation),
            selectinload(Accreditation.objections).joinedload(Objection.delegation),
        )
        .where(Delegation.negotiation_id == negotiation.id)
        .order_by(Delegation.name)
    ).all()


def on_the_list(session: Session, negotiation: Negotiation, address: str) -> Accreditation:
    """Return a name on the list; raise NotFound if it is not there."""
    found = next((a for a in proposed(session, negotiation) if a.delegation.address == address), None)
    if found is None:
        raise NotFound(f"“{address}” is not on the list.")
    return found


def standing(accreditation: Accreditation) -> list[Objection]:
    """Return the objections that have not been taken back."""
    return [objection for objection in accreditation.objections if objection.withdrawn_at is None]


def propose(
    session: Session,
    actor: Actor,
    negotiation: Negotiation,
    name: str,
    short_name: str,
    about: str,
    deadline: datetime,
    now: datetime,
) -> Accreditation:
    """Put a stakeholder on the list, to which States can object before a deadline.

    Raises NotAllowed for who may not, InvalidText for what cannot be, Conflict for a name that is there.
    """
    require(actor, Action.ACCREDITATION_PROPOSE, negotiation)
    if deadline <= now:
        raise InvalidText("The deadline is over: give States time to look at the list.")
    added = Accreditation(
        delegation=new_delegation(
            session, negotiation, About(DelegationKind.STAKEHOLDER, name, short_name), now
        ),
        about=_words(about),
        proposed_at=now,
        deadline=deadline,
        outcome="",
        objections=[],
    )
    session.add(added)
    after = {"name": added.delegation.name, "about": added.about, "deadline": deadline.isoformat()}
    of = subject(added)
    record(session, actor, Action.ACCREDITATION_PROPOSE, of, None, after, now, negotiation=negotiation)
    return added


def object_to(
    session: Session,
    actor: Actor,
    accreditation: Accreditation,
    state: Delegation,
    basis: str,
    now: datetime,
) -> Objection:
    """Have a State object to a name on the list; what it says of the basis is up to it.

    Raises NotAllowed for who does not act for the State, Closed after the deadline, Conflict where it has
    objected already.
    """
    require(actor, Action.ACCREDITATION_OBJECT, state)
    _take_turn(session, accreditation)
    _check_open(accreditation, now)
    held = next((o for o in accreditation.objections if o.delegation_id == state.id), None)
    if held is not None and held.withdrawn_at is None:
        raise Conflict(f"{state.short_name} has objected already.")
    made = held or Objection(delegation_id=state.id, delegation=state)
    made.basis, made.made_at, made.withdrawn_at = _words(basis), now, None
    if held is None:
        accreditation.objections.append(made)
    _record(session, actor, made, accreditation, None, {"objects": True, "basis": made.basis}, now)
    return made


def take_back(
    session: Session, actor: Actor, accreditation: Accreditation, state: Delegation, now: datetime
) -> None:
    """Have a State take its objection back; raise Closed once an outcome is there, NotFound without one."""
    require(actor, Action.ACCREDITATION_OBJECT, state)
    _take_turn(session, accreditation)
    if accreditation.outcome:
        raise Closed(f"{accreditation.delegation.name}: {accreditation.outcome} since. It stays so.")
    made = next((o for o in standing(accreditation) if o.delegation_id == state.id), None)
    if made is None:
        raise NotFound(f"{state.short_name} has not objected.")
    made.withdrawn_at = now
    _record(session, actor, made, accreditation, {"objects": True, "basis": made.basis}, None, now)


def decide(
    session: Session, actor: Actor, accreditation: Accreditation, outcome: Outcome, now: datetime
) -> None:
    """Say what became of a name: accredited if nobody objected until the deadline, else not.

    Raises Conflict where the list does not allow it, Closed where the outcome is there.
    """
    require(actor, Action.ACCREDITATION_DECIDE, accreditation.delegation.negotiation)
    _take_turn(session, accreditation)
    name = accreditation.delegation.name
    if accreditation.outcome:
        raise Closed(f"{name}: {accreditation.outcome} since. It stays so.")
    objecting = ", ".join(objection.delegation.short_name for objection in standing(accreditation))
    if outcome is Outcome.ACCREDITED and objecting:
        raise Conflict(f"{name} cannot be accredited: {objecting} objected.")
    if outcome is Outcome.ACCREDITED and now <= accreditation.deadline:
        raise Conflict(f"{name} cannot be accredited yet: States can object until the deadline.")
    if outcome is Outcome.NOT_ACCREDITED and not objecting:
        raise Conflict(f"Nobody objects to {name}: only a State can keep it off the list.")
    accreditation.outcome, accreditation.decided_at = outcome.value, now
    record(
        session,
        actor,
        Action.ACCREDITATION_DECIDE,
        subject(accreditation),
        {"outcome": ""},
        {"outcome": outcome.value},
        now,
        negotiation=accreditation.delegation.negotiation,
    )


def subject(accreditation: Accreditation) -> str:
    """Return what the audit trail calls a name on the list."""
    delegation = accreditation.delegation
    return f"{delegation.negotiation.slug}/accreditation/{delegation.address}"


def _take_turn(session: Session, accreditation: Accreditation) -> None:
    """Wait for others who object or decide, and see what they did."""
    take_turn(session, accreditation.delegation.negotiation_id)
    session.scalars(
        select(Accreditation)
        .where(Accreditation.id == accreditation.id)
        .options(selectinload(Accreditation.objections))
        .execution_options(populate_existing=True)
    ).one()


def _check_open(accreditation: Accreditation, now: datetime) -> None:
    name = accreditation.delegation.name
    if accreditation.outcome:
        raise Closed(f"{name}: {accreditation.outcome} since. It stays so.")
    if now > accreditation.deadline:
        raise Closed(f"The deadline for {name} is over: ask the co-facilitators.")


def _record(
    session: Session,
    actor: Actor,
    objection: Objection,
    accreditation: Accreditation,
    before: dict[str, object] | None,
    after: dict[str, object] | None,
    now: datetime,
) -> None:
    record(
        session,
        actor,
        Action.ACCREDITATION_OBJECT,
        subject(accreditation),
        before,
        after,
        now,
        negotiation=accreditation.delegation.negotiation,
        delegation=objection.delegation,
    )


def _words(typed: str) -> str:
    words = typed.replace("\0", "").strip()
    if len(words) > LONGEST:
        raise InvalidText(f"This has {len(words):,} characters, and {LONGEST:,} is the most: shorten it.")
    return words
