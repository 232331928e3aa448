"""Who takes part in the demonstration, and who can sign in to it: from a file that comes with the program."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy.orm import Session

from gcmtext.db import Delegation, DelegationKind, Negotiation, Outcome, Role
from gcmtext.services.accounts import DEMONSTRATION_PASSWORD, add_person, hashed
from gcmtext.services.accreditation import decide, object_to, propose
from gcmtext.services.actor import Actor, Grant
from gcmtext.services.participants import About, add_delegation, join
from gcmtext.services.roles import grant

_PEOPLE = "participants.yaml"
_SINCE, _BEFORE = date(2026, 1, 1), date(2025, 1, 1)
_AT_ONCE = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can be tried out, with the short name of the delegation that they act for."""

    email: str
    name: str
    role: Role
    delegation: str = ""


def accounts(drafts: Path) -> list[Account]:
    """Return who can sign in to the demonstration, with the password that everybody knows."""
    return [
        Account(f"{said['sign in']}@example.org", said["name"], Role(said["role"]), said.get("for", ""))
        for said in _read(drafts)["people"]
    ]


def load_people(session: Session, actor: Actor, started: Negotiation, drafts: Path, now: datetime) -> None:
    """Add the delegations, groups, stakeholders and people of the demonstration to its negotiation."""
    said = _read(drafts)
    known: dict[str, Delegation] = {}
    for about in [
        *(About(DelegationKind.STATE, code=code) for code in said["states"]),
        *(
            About(other["kind"], other["name"], other.get("short", other["name"]), other.get("code", ""))
            for other in said["others"]
        ),
    ]:
        added = add_delegation(session, actor, started, about, now)
        known[added.short_name] = known[added.code or added.short_name] = added
    for group in said["groups"]:
        _load_group(session, actor, group, known, now)
    heads: dict[str, Actor] = {}
    password = hashed(DEMONSTRATION_PASSWORD)
    for account in accounts(drafts):
        administers = account.role is Role.ADMINISTRATOR
        person = add_person(session, actor, account.email, account.name, now, is_administrator=administers)
        person.password_hash = password
        if not administers:
            delegation = known[account.delegation] if account.delegation else None
            grant(session, actor, started, person, account.role, delegation, now)
            if account.role is Role.HEAD and delegation is not None:
                heads[account.delegation] = Actor(
                    person.name,
                    person.id,
                    actor.source,
                    (Grant(Role.HEAD, started.id, delegation.id),),
                )
    for name in said["list"]:
        _load_name(session, actor, started, name, heads, now)


def _load_group(
    session: Session, actor: Actor, said: Mapping[str, Any], known: Mapping[str, Delegation], now: datetime
) -> None:
    group = known[said["group"]]
    for code in said["members"]:
        join(session, actor, group, known[code], now, since=_BEFORE)
    if "before" in said:
        join(session, actor, group, known[said["before"]], now, since=_BEFORE, until=_SINCE, chairs=True)
    if "chair" in said:
        join(session, actor, group, known[said["chair"]], now, since=_SINCE, chairs=True)


def _load_name(
    session: Session,
    actor: Actor,
    started: Negotiation,
    said: Mapping[str, Any],
    heads: Mapping[str, Actor],
    now: datetime,
) -> None:
    name, about = said["name"], said["about"]
    deadline = now + (timedelta(days=said["days"]) or _AT_ONCE)
    added = propose(session, actor, started, name, name, about, deadline, now)
    if "objects" in said:
        head = heads[said["objects"]["state"]]
        state = session.get_one(Delegation, head.grants[0].delegation_id)
        object_to(session, head, added, state, said["objects"]["basis"], now)
    if "outcome" in said:
        decide(session, actor, added, Outcome(said["outcome"]), deadline + _AT_ONCE)


def _read(drafts: Path) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((drafts / _PEOPLE).read_text(encoding="utf-8"))
    return read
