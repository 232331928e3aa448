"""Who takes part: delegations, groups as time goes by, the list of stakeholders, roles, and what is shown."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from gcmtext.db import (
    Accreditation,
    AuditEvent,
    Delegation,
    DelegationKind,
    Negotiation,
    Outcome,
    Person,
    Role,
    RoleGrant,
    Visibility,
)
from gcmtext.db.engine import begin_write, open_sessions
from gcmtext.errors import Closed, Conflict, InvalidText, NotAllowed, NotFound
from gcmtext.services import accreditation, participants, reading, roles, showing
from gcmtext.services.actor import Actor, Grant, actor_of, anonymous, operator
from gcmtext.services.audit import verify
from gcmtext.services.countries import countries, country
from gcmtext.services.importing import start_negotiation
from gcmtext.services.participants import About

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
OPERATOR = operator("tests")
SPRING, SUMMER, AUTUMN = date(2027, 3, 1), date(2027, 6, 1), date(2027, 9, 1)


@pytest.fixture
def lights(session: Session) -> Negotiation:
    begin_write(session)
    return start_negotiation(session, OPERATOR, "On lights", "en", NOW, visibility=Visibility.DELEGATIONS)


def state(session: Session, lights: Negotiation, code: str) -> Delegation:
    return participants.add_delegation(session, OPERATOR, lights, About(DelegationKind.STATE, code=code), NOW)


def group(session: Session, lights: Negotiation, name: str = "Coastal States") -> Delegation:
    return participants.add_delegation(session, OPERATOR, lights, About("group", name), NOW)


def somebody(session: Session, name: str = "A. Keeper") -> Person:
    person = Person(email=f"{name}@example.org".casefold(), name=name, created_at=NOW, language="")
    session.add(person)
    session.flush()
    return person


def head(lights: Negotiation, delegation: Delegation) -> Actor:
    return Actor("A. Keeper", 7, grants=(Grant(Role.HEAD, lights.id, delegation.id),), at=NOW)


def trail(session: Session) -> list[tuple[str, str, str]]:
    assert list(verify(session)) == []
    events = session.scalars(select(AuditEvent).order_by(AuditEvent.number))
    return [(event.action, event.subject, event.delegation) for event in events]


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("ar", "جزر مارشال"),
        ("en", "Marshall Islands"),
        ("es", "Islas Marshall"),
        ("fr", "Îles Marshall"),
        ("ru", "Маршалловы о-ва"),
        ("zh", "马绍尔群岛"),
    ],
)
def test_countries_have_names_in_the_six_languages(language: str, name: str) -> None:
    assert country("mh", language) == name
    assert len(countries(language)) == 249
    assert country("EU", language) == country("XX", language) == ""


def test_a_state_is_named_by_its_code_and_a_group_as_it_is_called(
    session: Session, lights: Negotiation
) -> None:
    turkiye = state(session, lights, "tr")
    assert (turkiye.name, turkiye.short_name, turkiye.code, turkiye.address) == (
        "Türkiye",
        "Türkiye",
        "TR",
        "türkiye",
    )
    caricom = participants.add_delegation(
        session, OPERATOR, lights, About("group", "Caribbean Community", "CARICOM"), NOW
    )
    assert [d.short_name for d in participants.participants(session, lights)] == ["CARICOM", "Türkiye"]
    assert participants.participant(session, lights, "caricom") is caricom
    with pytest.raises(NotFound):
        participants.participant(session, lights, "cari")
    with pytest.raises(Conflict, match="there already"):
        state(session, lights, "TR")
    for about in (About("club", "A"), About("state", code="XX"), About("group"), About("group", "A" * 301)):
        with pytest.raises(InvalidText):
            participants.add_delegation(session, OPERATOR, lights, about, NOW)
    participants.change_delegation(
        session, OPERATOR, turkiye, About("state", "Republic of Türkiye", "Türkiye", "TR"), NOW
    )
    with pytest.raises(InvalidText, match="A group stays a group"):
        participants.change_delegation(session, OPERATOR, turkiye, About("group", "Türkiye"), NOW)
    assert trail(session)[1:] == [
        ("participants.edit", "on-lights/participants/türkiye", ""),
        ("participants.edit", "on-lights/participants/caricom", ""),
        ("participants.edit", "on-lights/participants/türkiye", ""),
    ]


def test_members_come_and_go_and_one_of_them_is_in_the_chair(session: Session, lights: Negotiation) -> None:
    coast, norway, india = group(session, lights), state(session, lights, "NO"), state(session, lights, "IN")

    def join(member: Delegation, since: date, until: date | None = None, chairs: bool = False) -> None:
        participants.join(session, OPERATOR, coast, member, NOW, since=since, until=until, chairs=chairs)

    with pytest.raises(InvalidText, match="does not belong to Coastal States all that time"):
        join(norway, SPRING, SUMMER, chairs=True)
    join(norway, SPRING)
    join(india, SPRING, AUTUMN)
    join(norway, SPRING, SUMMER, chairs=True)
    with pytest.raises(Conflict, match="Norway chairs Coastal States in that time"):
        join(india, date(2027, 5, 1), AUTUMN, chairs=True)
    join(india, SUMMER, AUTUMN, chairs=True)
    with pytest.raises(Conflict, match="does so in that time already"):
        join(norway, AUTUMN)
    with pytest.raises(InvalidText, match="ends before it begins"):
        join(norway, SUMMER, SPRING)
    with pytest.raises(InvalidText, match="A group has members"):
        participants.join(session, OPERATOR, norway, india, NOW, since=SPRING)
    terms = participants.memberships(session, lights)
    chairs = [t.member.short_name for t in terms if t.chairs and participants.holds(t, SUMMER)]
    assert chairs == ["India"]
    belonging = next(t for t in terms if t.member is india and not t.chairs)
    participants.leave(session, OPERATOR, belonging, date(2027, 7, 1), NOW)
    assert {t.until for t in terms if t.member is india} == {date(2027, 7, 1)}
    assert len(trail(session)) == 1 + 3 + 4 + 2


def test_no_two_delegations_are_called_the_same(session: Session, lights: Negotiation) -> None:
    """What each proposes is compiled under its short name."""
    norway, india = state(session, lights, "NO"), state(session, lights, "IN")
    for taken in ("Norway", "NORWAY"):
        with pytest.raises(Conflict, match="Norway is there already"):
            participants.change_delegation(session, OPERATOR, india, About("state", "India", taken), NOW)
    assert india.short_name == "India"
    participants.change_delegation(session, OPERATOR, norway, About("state", "Norway", "Norge"), NOW)
    with pytest.raises(Conflict, match="Norge is there already"):
        participants.add_delegation(session, OPERATOR, lights, About("state", "Another", "norge"), NOW)
    participants.change_delegation(session, OPERATOR, norway, About("state", "Norway", "norge"), NOW)
    assert norway.short_name == "norge"


def test_a_name_on_the_list_stands_unless_a_state_objects(session: Session, lights: Negotiation) -> None:
    norway, india = state(session, lights, "NO"), state(session, lights, "IN")
    deadline = NOW + WEEK

    def propose(name: str) -> accreditation.Accreditation:
        return accreditation.propose(session, OPERATOR, lights, name, "", "Keeps lights.", deadline, NOW)

    keepers, painters, owners = map(propose, ("Keepers", "Painters", "Owners"))
    assert [d.short_name for d in participants.participants(session, lights)] == ["India", "Norway"]
    with pytest.raises(NotAllowed):
        accreditation.object_to(session, OPERATOR, keepers, norway, "", NOW)
    with pytest.raises(NotAllowed):
        accreditation.object_to(session, head(lights, india), keepers, norway, "", NOW)
    accreditation.object_to(session, head(lights, norway), painters, norway, "They paint badly.", NOW)
    with pytest.raises(Conflict, match="has objected already"):
        accreditation.object_to(session, head(lights, norway), painters, norway, "", NOW)
    accreditation.object_to(session, head(lights, india), owners, india, "", NOW)
    accreditation.take_back(session, head(lights, india), owners, india, NOW + DAY)
    accreditation.object_to(session, head(lights, india), owners, india, "", NOW + DAY)
    accreditation.take_back(session, head(lights, india), owners, india, NOW + DAY)
    with pytest.raises(Conflict, match="cannot be accredited yet"):
        accreditation.decide(session, OPERATOR, keepers, Outcome.ACCREDITED, deadline)
    after = deadline + DAY
    with pytest.raises(Closed, match="deadline for Keepers is over"):
        accreditation.object_to(session, head(lights, norway), keepers, norway, "", after)
    with pytest.raises(Conflict, match="cannot be accredited: Norway objected"):
        accreditation.decide(session, OPERATOR, painters, Outcome.ACCREDITED, after)
    with pytest.raises(Conflict, match="Nobody objects to Keepers"):
        accreditation.decide(session, OPERATOR, keepers, Outcome.NOT_ACCREDITED, after)
    accreditation.decide(session, OPERATOR, keepers, Outcome.ACCREDITED, after)
    accreditation.decide(session, OPERATOR, painters, Outcome.NOT_ACCREDITED, after)
    with pytest.raises(Closed, match="not accredited since"):
        accreditation.take_back(session, head(lights, norway), painters, norway, after)
    assert [d.short_name for d in participants.participants(session, lights)] == [
        "India",
        "Keepers",
        "Norway",
    ]
    session.expire_all()
    listed = accreditation.proposed(session, reading.negotiation(session, OPERATOR, "on-lights"))
    assert [(a.delegation.name, len(a.objections), len(accreditation.standing(a))) for a in listed] == [
        ("Keepers", 0, 0),
        ("Owners", 1, 0),
        ("Painters", 1, 1),
    ]
    assert ("accreditation.object", "on-lights/accreditation/painters", "Norway") in trail(session)


def test_a_role_is_granted_once_and_revoked(session: Session, lights: Negotiation) -> None:
    keeper, norway = somebody(session), state(session, lights, "NO")
    imo = participants.add_delegation(session, OPERATOR, lights, About("organisation", "IMO"), NOW)
    held = roles.grant(session, OPERATOR, lights, keeper, Role.HEAD, norway, NOW)
    with pytest.raises(Conflict, match="has this role already"):
        roles.grant(session, OPERATOR, lights, keeper, Role.HEAD, norway, NOW)
    for role, whom in (
        (Role.HEAD, None),
        (Role.SECRETARIAT, norway),
        (Role.ADMINISTRATOR, None),
        (Role.HEAD, imo),
        (Role.OBSERVER, norway),
    ):
        with pytest.raises(InvalidText):
            roles.grant(session, OPERATOR, lights, keeper, role, whom, NOW)
    roles.grant(session, OPERATOR, lights, somebody(session, "B. Keeper"), Role.CO_FACILITATOR, None, NOW)
    assert [g.role for g in roles.grants(session, lights, NOW)] == ["co-facilitator", "head"]
    assert actor_of(session, keeper, NOW).delegations_in(lights.id) == {norway.id}
    assert roles.held(session, lights, held.id, NOW) is held
    roles.revoke(session, OPERATOR, lights, held, NOW + DAY)
    assert actor_of(session, keeper, NOW + DAY).grants == ()
    with pytest.raises(NotFound):
        roles.held(session, lights, held.id, NOW + DAY)
    with pytest.raises(NotFound):
        roles.grant(session, anonymous(NOW), lights, keeper, Role.HEAD, norway, NOW)


def test_what_is_shown_is_found_and_nothing_else(session: Session, lights: Negotiation) -> None:
    norway, keeper = state(session, lights, "NO"), somebody(session)
    roles.grant(session, OPERATOR, lights, keeper, Role.DELEGATE, norway, NOW)
    delegate, nobody = actor_of(session, keeper, NOW), anonymous(NOW)

    def seen() -> list[bool]:
        return [bool(reading.negotiations(session, who)) for who in (OPERATOR, delegate, nobody)]

    assert seen() == [True, True, False]
    showing.show(session, OPERATOR, lights, Visibility.PREPARED, None, NOW)
    assert seen() == [True, False, False]
    showing.show(session, OPERATOR, lights, Visibility.PUBLIC, (NOW + DAY).date(), NOW)
    assert seen() == [True, True, False]
    nobody = anonymous(NOW + DAY)
    assert seen() == [True, True, True]
    with pytest.raises(InvalidText, match="everybody"):
        showing.show(session, OPERATOR, lights, Visibility.PREPARED, SPRING, NOW)
    with pytest.raises(InvalidText):
        showing.show(session, OPERATOR, lights, Visibility.OWN, None, NOW)
    with pytest.raises(NotAllowed):
        showing.show(session, delegate, lights, Visibility.PREPARED, None, NOW)
    shown = [event for event in trail(session) if event[0] == "negotiation.show"]
    assert len(shown) == 2


def at_once(engine: Engine, first: Callable[[Session], object], then: Callable[[Session], object]) -> None:
    """Have somebody do something who has not finished when another begins."""
    sessions = open_sessions(engine)
    with sessions() as one, ThreadPoolExecutor(1) as pool:
        begin_write(one)
        first(one)

        def second() -> None:
            with sessions() as other:
                begin_write(other)
                then(other)
                other.commit()

        waiting = pool.submit(second)
        wait([waiting], timeout=0.3)
        one.commit()
        waiting.result(timeout=20)


def test_a_name_is_not_accredited_while_a_state_objects(session: Session, lights: Negotiation) -> None:
    kenya = state(session, lights, "KE")
    name = accreditation.propose(session, OPERATOR, lights, "Lamp League", "", "", NOW + DAY, NOW)
    identity, kenya_id, speaks = name.id, kenya.id, head(lights, kenya)
    session.commit()

    def objects(one: Session) -> None:
        there = one.get_one(Accreditation, identity)
        accreditation.object_to(one, speaks, there, one.get_one(Delegation, kenya_id), "", NOW)

    def accredits(other: Session) -> None:
        there = other.get_one(Accreditation, identity)
        assert accreditation.standing(there) == []
        accreditation.decide(other, OPERATOR, there, Outcome.ACCREDITED, NOW + 2 * DAY)

    with pytest.raises((Conflict, AssertionError), match=r"objected|Objection"):
        at_once(engine_of(session), objects, accredits)
    session.expire_all()
    assert session.get_one(Accreditation, identity).outcome == ""


def test_two_who_give_the_same_role_at_once_give_it_once(session: Session, lights: Negotiation) -> None:
    identity, person_id = lights.id, somebody(session).id
    session.commit()

    def gives(one: Session) -> None:
        where, whom = one.get_one(Negotiation, identity), one.get_one(Person, person_id)
        roles.grant(one, OPERATOR, where, whom, Role.SECRETARIAT, None, NOW)

    with pytest.raises(Conflict, match="already"):
        at_once(engine_of(session), gives, gives)
    assert len(session.scalars(select(RoleGrant)).all()) == 1


def test_two_do_not_take_the_chair_at_once(session: Session, lights: Negotiation) -> None:
    coastal = group(session, lights)
    members = [state(session, lights, code) for code in ("KE", "MX")]
    for member in members:
        participants.join(session, OPERATOR, coastal, member, NOW, since=SPRING)
    ids, of = [member.id for member in members], coastal.id
    session.commit()

    def presides(which: int) -> Callable[[Session], object]:
        return lambda one: participants.join(
            one,
            OPERATOR,
            one.get_one(Delegation, of),
            one.get_one(Delegation, which),
            NOW,
            since=SPRING,
            chairs=True,
        )

    with pytest.raises(Conflict, match="Kenya chairs"):
        at_once(engine_of(session), presides(ids[0]), presides(ids[1]))


def test_an_organisation_belongs_to_no_group(session: Session, lights: Negotiation) -> None:
    imo = participants.add_delegation(session, OPERATOR, lights, About("organisation", "IMO"), NOW)
    with pytest.raises(InvalidText, match="IMO is no State"):
        participants.join(session, OPERATOR, group(session, lights), imo, NOW, since=SPRING)


def engine_of(session: Session) -> Engine:
    found = session.get_bind()
    assert isinstance(found, Engine)
    return found
