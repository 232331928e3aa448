"""Who takes part: delegations, groups as time goes by, the list of stakeholders, roles, and what is shown."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from gcmtext.db import AuditEvent, Delegation, DelegationKind, Negotiation, Outcome, Person, Role, Visibility
from gcmtext.db.engine import begin_write
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
