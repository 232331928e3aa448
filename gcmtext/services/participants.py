"""Who takes part in a negotiation: delegations, groups, and who belongs to them from when to when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased, contains_eager

from gcmtext.db import Accreditation, Delegation, DelegationKind, Membership, Negotiation, Outcome
from gcmtext.errors import Conflict, InvalidText, NotFound
from gcmtext.services.actor import Actor
from gcmtext.services.audit import record
from gcmtext.services.countries import country
from gcmtext.services.indexing import to_be_indexed
from gcmtext.services.permissions import Action, require
from gcmtext.services.searched_remarks import remarks_of
from gcmtext.services.turns import take_turn
from gcmtext.text.addresses import slug

LONGEST_NAME, LONGEST_SHORT_NAME = 300, 80
# Who can belong to a group. An observer can: the State of Palestine has chaired the Group of 77.
BELONGING = frozenset({DelegationKind.STATE, DelegationKind.GROUP, DelegationKind.OBSERVER})


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a delegation, as typed; of a State, a code says what is left open."""

    kind: str
    name: str = ""
    short_name: str = ""
    code: str = ""


def participants(session: Session, negotiation: Negotiation) -> Sequence[Delegation]:
    """Return who takes part, by short name; no stakeholder whose name is still, or no longer, on a list."""
    return session.scalars(
        select(Delegation)
        .outerjoin(Delegation.accreditation)
        .options(contains_eager(Delegation.accreditation))
        .where(
            Delegation.negotiation_id == negotiation.id,
            or_(Accreditation.id.is_(None), Accreditation.outcome == Outcome.ACCREDITED.value),
        )
        .order_by(Delegation.short_name, Delegation.id)
    ).all()


def participant(session: Session, negotiation: Negotiation, address: str) -> Delegation:
    """Return who takes part under an address; raise NotFound if nobody does."""
    found = next((d for d in participants(session, negotiation) if d.address == address), None)
    if found is None:
        raise NotFound(f"Nobody takes part under the address “{address}”.")
    return found


def memberships(session: Session, negotiation: Negotiation) -> Sequence[Membership]:
    """Return who has belonged to which group and chaired it, in one query; the latest first."""
    group, member = aliased(Delegation), aliased(Delegation)
    return session.scalars(
        select(Membership)
        .join(group, Membership.group)
        .join(member, Membership.member)
        .options(
            contains_eager(Membership.group.of_type(group)), contains_eager(Membership.member.of_type(member))
        )
        .where(group.negotiation_id == negotiation.id)
        .order_by(member.short_name, Membership.since.desc(), Membership.id)
    ).all()


def holds(membership: Membership, day: date) -> bool:
    """Return whether a membership holds on a day."""
    return membership.since <= day and (membership.until is None or membership.until > day)


def add_delegation(
    session: Session, actor: Actor, negotiation: Negotiation, about: About, now: datetime
) -> Delegation:
    """Return a new participant.

    Raises NotAllowed for who may not add one, InvalidText for what cannot be, Conflict if it is there.
    """
    require(actor, Action.PARTICIPANTS_EDIT, negotiation)
    added = new_delegation(session, negotiation, about, now)
    of = subject(negotiation, added)
    record(session, actor, Action.PARTICIPANTS_EDIT, of, None, _said(added), now, negotiation=negotiation)
    return added


def new_delegation(session: Session, negotiation: Negotiation, about: About, now: datetime) -> Delegation:
    """Return a delegation that is stored; whoever calls has asked whether it may be, and records it."""
    kind, name, short_name, code = checked(about, negotiation.language)
    address = slug(short_name)[:80]
    if not address:
        raise InvalidText("A short name has letters or digits.")
    _require_free(session, negotiation, short_name, None)
    added = Delegation(
        negotiation=negotiation,
        kind=kind.value,
        name=name,
        short_name=short_name,
        code=code,
        address=address,
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(added)
    except IntegrityError:
        raise Conflict(f"{short_name} is there already: it takes part, or is on the list.") from None
    return added


def _require_free(
    session: Session, negotiation: Negotiation, short_name: str, own: Delegation | None
) -> None:
    """Raise Conflict if another delegation is called so: what each proposes is told apart by it."""
    take_turn(session, negotiation.id)
    rows = session.execute(
        select(Delegation.id, Delegation.short_name).where(Delegation.negotiation_id == negotiation.id)
    )
    for identity, taken in rows:
        if taken.casefold() == short_name.casefold() and (own is None or identity != own.id):
            raise Conflict(f"{taken} is there already: it takes part, or is on the list.")


def change_delegation(
    session: Session, actor: Actor, delegation: Delegation, about: About, now: datetime
) -> None:
    """Change what is said of a participant; its address stays. Raises as `add_delegation` does."""
    require(actor, Action.PARTICIPANTS_EDIT, delegation)
    before = _said(delegation)
    kind, name, short_name, code = checked(about, delegation.negotiation.language)
    if kind != delegation.kind and DelegationKind.GROUP in (kind, delegation.kind):
        raise InvalidText("A group stays a group, and nothing else becomes one: add it anew.")
    _require_free(session, delegation.negotiation, short_name, delegation)
    delegation.kind, delegation.name, delegation.short_name, delegation.code = kind, name, short_name, code
    after = _said(delegation)
    if after != before:
        for searched, identity in remarks_of(session, delegation.id):
            to_be_indexed(session, searched, identity)
        of = subject(delegation.negotiation, delegation)
        record(
            session,
            actor,
            Action.PARTICIPANTS_EDIT,
            of,
            before,
            after,
            now,
            negotiation=delegation.negotiation,
        )


def checked(about: About, language: str) -> tuple[DelegationKind, str, str, str]:
    """Return what is said of a delegation as it is kept; raise InvalidText, with what to do."""
    if about.kind not in set(DelegationKind):
        raise InvalidText("Say what kind of delegation it is.")
    code = about.code.strip().upper()
    known = country(code, language) if code else ""
    if code and not known:
        raise InvalidText(f"{code[:10]} is the code of no country: choose it from the list.")
    name = _line(about.name or about.short_name or known, LONGEST_NAME, "name")
    short_name = _line(about.short_name or known or about.name, LONGEST_SHORT_NAME, "short name")
    return DelegationKind(about.kind), name, short_name, code


def join(
    session: Session,
    actor: Actor,
    group: Delegation,
    member: Delegation,
    now: datetime,
    *,
    since: date,
    until: date | None = None,
    chairs: bool = False,
) -> Membership:
    """Say that a delegation belongs to a group, or chairs it, from one day until before another.

    Raises NotAllowed for who may not, InvalidText for what cannot be, Conflict for what is said already, and
    for two in the chair at once.
    """
    require(actor, Action.PARTICIPANTS_EDIT, group)
    if group.kind != DelegationKind.GROUP or member.negotiation_id != group.negotiation_id or member is group:
        raise InvalidText("A group has members, and they take part in the same negotiation.")
    if member.kind not in BELONGING:
        raise InvalidText(
            f"{member.short_name} is no State: only States, their groups and observers belong to a group."
        )
    if until is not None and until <= since:
        raise InvalidText("It ends before it begins: give a later day.")
    take_turn(session, group.negotiation_id)
    of_group = select(Membership).where(Membership.group_id == group.id)
    there = session.scalars(of_group.execution_options(populate_existing=True)).all()
    in_that_time = [m for m in there if m.chairs is chairs and _overlap(m, since, until)]
    if any(m.member_id == member.id for m in in_that_time):
        raise Conflict(f"{member.short_name} does so in that time already.")
    if chairs and in_that_time:
        who = session.get_one(Delegation, in_that_time[0].member_id).short_name
        raise Conflict(f"{who} chairs {group.short_name} in that time: say first when that ends.")
    if chairs and not _covered([m for m in there if m.member_id == member.id and not m.chairs], since, until):
        raise InvalidText(f"{member.short_name} does not belong to {group.short_name} all that time.")
    added = Membership(
        group_id=group.id,
        member_id=member.id,
        since=since,
        until=until,
        chairs=chairs,
        group=group,
        member=member,
    )
    session.add(added)
    _record(session, actor, added, None, _term(added), now)
    return added


def leave(session: Session, actor: Actor, membership: Membership, until: date, now: datetime) -> None:
    """Say before which day a membership, or the chair, ends; whoever leaves a group no longer chairs it.

    Raises InvalidText for a day on which it had not begun.
    """
    require(actor, Action.PARTICIPANTS_EDIT, membership.group)
    if until <= membership.since:
        raise InvalidText("It ends before it begins: give a later day.")
    ending = [membership]
    if not membership.chairs:
        query = select(Membership).where(
            Membership.group_id == membership.group_id,
            Membership.member_id == membership.member_id,
            Membership.chairs,
            Membership.since < until,
            or_(Membership.until.is_(None), Membership.until > until),
        )
        ending += session.scalars(query).all()
    for term in ending:
        before = _term(term)
        term.until = until
        _record(session, actor, term, before, _term(term), now)


def subject(negotiation: Negotiation, delegation: Delegation) -> str:
    """Return what the audit trail calls a participant."""
    return f"{negotiation.slug}/participants/{delegation.address}"


def _overlap(term: Membership, since: date, until: date | None) -> bool:
    return (until is None or term.since < until) and (term.until is None or term.until > since)


def _covered(terms: Iterable[Membership], since: date, until: date | None) -> bool:
    return any(
        term.since <= since and (term.until is None or (until is not None and until <= term.until))
        for term in terms
    )


def _record(
    session: Session,
    actor: Actor,
    term: Membership,
    before: dict[str, Any] | None,
    after: dict[str, Any],
    now: datetime,
) -> None:
    negotiation = term.group.negotiation
    of = subject(negotiation, term.group)
    record(session, actor, Action.PARTICIPANTS_EDIT, of, before, after, now, negotiation=negotiation)


def _term(term: Membership) -> dict[str, Any]:
    return {
        "chair" if term.chairs else "member": term.member.short_name,
        "since": term.since.isoformat(),
        "until": term.until.isoformat() if term.until else None,
    }


def _said(delegation: Delegation) -> dict[str, Any]:
    return {
        "kind": str(delegation.kind),
        "name": delegation.name,
        "short name": delegation.short_name,
        "code": delegation.code,
    }


def _line(words: str, most: int, what: str) -> str:
    line = " ".join(words.split())
    if not line or not line.isprintable():
        raise InvalidText(f"Give the {what}.")
    if len(line) > most:
        raise InvalidText(f"The {what} has {len(line)} characters, and {most} is the most: shorten it.")
    return line
