"""Who acts in which roles and for whom, as time goes by."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from gcmtext.db import (
    Accreditation,
    Delegation,
    DelegationKind,
    Membership,
    Negotiation,
    Outcome,
    Person,
    RoleGrant,
)
from gcmtext.services.actor import Actor, Grant, Role, actor_of, anonymous, operator

NOW = datetime(2027, 7, 12, 9, 30, tzinfo=UTC)
YEAR = timedelta(days=365)


@pytest.fixture
def lights(session: Session) -> Negotiation:
    negotiation = Negotiation(slug="lights", title="On lights", language="en", created_at=NOW)
    session.add(negotiation)
    session.flush()
    return negotiation


@pytest.fixture
def keeper(session: Session) -> Person:
    person = Person(email="keeper@example.org", name="A. Keeper", created_at=NOW)
    session.add(person)
    session.flush()
    return person


def delegation(session: Session, of: Negotiation, kind: DelegationKind, name: str) -> Delegation:
    made = Delegation(
        negotiation_id=of.id,
        kind=kind.value,
        name=name,
        short_name=name,
        address=name.lower().replace(" ", "-"),
        created_at=NOW,
    )
    session.add(made)
    session.flush()
    return made


def grant(
    session: Session,
    person: Person,
    role: Role,
    of: Negotiation,
    to: Delegation | None = None,
    since: datetime = NOW - YEAR,
    until: datetime | None = None,
) -> None:
    session.add(
        RoleGrant(
            person_id=person.id,
            role=role.value,
            negotiation_id=of.id,
            delegation_id=to.id if to else None,
            since=since,
            until=until,
        )
    )
    session.flush()


def test_a_person_has_the_roles_that_were_granted(
    session: Session, lights: Negotiation, keeper: Person
) -> None:
    norway = delegation(session, lights, DelegationKind.STATE, "Norway")
    grant(session, keeper, Role.HEAD, lights, norway)
    grant(session, keeper, Role.SECRETARIAT, lights, until=NOW)
    grant(session, keeper, Role.CO_FACILITATOR, lights, since=NOW + timedelta(seconds=1))
    found = actor_of(session, keeper, NOW, "192.0.2.7")
    assert found == Actor(
        "A. Keeper", keeper.id, "192.0.2.7", (Grant(Role.HEAD, lights.id, norway.id),), False, NOW
    )
    assert found.roles_in(lights.id) == {Role.HEAD, Role.PERSON, Role.PUBLIC}
    assert found.roles_in(lights.id + 1) == {Role.PERSON, Role.PUBLIC}
    assert found.delegations_in(lights.id) == {norway.id}
    assert found.delegations_in(lights.id, Role.DELEGATE) == frozenset()


def test_the_chair_of_a_group_acts_for_it_while_it_chairs(
    session: Session, lights: Negotiation, keeper: Person
) -> None:
    group = delegation(session, lights, DelegationKind.GROUP, "Coastal States")
    norway = delegation(session, lights, DelegationKind.STATE, "Norway")
    grant(session, keeper, Role.DELEGATE, lights, norway)
    session.add(Membership(group_id=group.id, member_id=norway.id, since=date(2020, 1, 1)))
    session.add(
        Membership(
            group_id=group.id,
            member_id=norway.id,
            chairs=True,
            since=date(2027, 7, 12),
            until=date(2027, 8, 1),
        )
    )
    session.flush()

    def acting_for(at: datetime) -> frozenset[int]:
        return actor_of(session, keeper, at).delegations_in(lights.id)

    assert acting_for(NOW - timedelta(days=1)) == {norway.id}
    assert acting_for(NOW) == {norway.id, group.id}
    assert acting_for(datetime(2027, 8, 1, tzinfo=UTC)) == {norway.id}


@pytest.mark.parametrize("outcome", ["", *Outcome])
def test_nobody_acts_for_a_stakeholder_that_is_not_accredited(
    session: Session, lights: Negotiation, keeper: Person, outcome: str
) -> None:
    keepers = delegation(session, lights, DelegationKind.STAKEHOLDER, "Keepers of Lights")
    session.add(
        Accreditation(delegation_id=keepers.id, about="", proposed_at=NOW, deadline=NOW, outcome=outcome)
    )
    grant(session, keeper, Role.OBSERVER, lights, keepers)
    acts = bool(actor_of(session, keeper, NOW).grants)
    assert acts is (outcome == Outcome.ACCREDITED)


def test_who_has_been_disabled_is_nobody(session: Session, lights: Negotiation, keeper: Person) -> None:
    grant(session, keeper, Role.SECRETARIAT, lights)
    keeper.is_administrator = True
    keeper.disabled_at = NOW
    assert actor_of(session, keeper, NOW) == anonymous(NOW)


def test_it_takes_one_query(session: Session, keeper: Person) -> None:
    asked: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *args: asked.append(args[2]))
    actor_of(session, keeper, NOW)
    assert len(asked) == 1


def test_the_operator_may_do_everything_and_nobody_little() -> None:
    assert operator("root").roles_in(1) == {Role.ADMINISTRATOR, Role.PUBLIC}
    assert anonymous().roles_in(1) == {Role.PUBLIC}
