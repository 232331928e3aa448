"""A link opens a door once, for a time, for what it says."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from gcmtext.db import Delegation, Negotiation, OutgoingMail, Person, RoleGrant, Ticket
from gcmtext.db.engine import begin_write
from gcmtext.errors import Conflict, InvalidText, NotAllowed, NotFound
from gcmtext.services.accounts import disable
from gcmtext.services.actor import Actor, Grant, Role, operator
from gcmtext.services.audit import verify
from gcmtext.services.invitations import accept, ask_reset, invitation, invite, reset, reset_link, resets
from gcmtext.services.signing_in import Browser, begin, check, person_of

from .persons import NOW, OTHER, PASSWORD, keeper

AMINA = "amina@example.org"


def link(token: str) -> str:
    return f"https://texts.example.org/invitation/{token}"


def token_of(address: str) -> str:
    return address.rpartition("/")[2]


@pytest.fixture
def lights(session: Session) -> Negotiation:
    found = Negotiation(
        slug="lights", title="Lights", language="en", created_at=NOW, visibility="prepared", revisions=[]
    )
    session.add(found)
    session.flush()
    session.add(
        Delegation(
            negotiation_id=found.id, kind="state", name="Mexico", short_name="Mexico", code="MX",
            address="mexico", created_at=NOW,
        )
    )  # fmt: skip
    session.commit()
    begin_write(session)
    return found


def test_an_invitation_brings_an_account_and_a_role(session: Session, lights: Negotiation) -> None:
    mexico = session.scalars(select(Delegation)).one()
    conducts = Actor("Ben", 7, grants=(Grant(Role.SECRETARIAT, lights.id),), at=NOW)
    address = invite(session, conducts, "Amina@example.org", "delegate", lights, mexico, link, NOW)
    mail = session.scalars(select(OutgoingMail)).one()
    assert address in mail.text
    assert mail.to == AMINA
    token = token_of(address)
    assert token not in str(session.scalars(select(Ticket.digest)).all())
    assert invitation(session, token, NOW).delegation is mexico
    with pytest.raises(InvalidText):
        accept(session, token, "Amina Diallo", "short", "192.0.2.7", NOW)
    person = accept(session, token, "Amina Diallo", PASSWORD, "192.0.2.7", NOW)
    assert check(session, AMINA, PASSWORD, NOW, demonstration=False) is person
    held = session.scalars(select(RoleGrant)).one()
    assert (held.person_id, held.role, held.delegation_id) == (person.id, "delegate", mexico.id)
    with pytest.raises(NotFound, match="has been used"):
        accept(session, token, "Eve", OTHER, "192.0.2.8", NOW)
    assert not list(verify(session))


def test_an_administrator_is_invited_by_an_administrator_alone(session: Session, lights: Negotiation) -> None:
    conducts = Actor("Ben", 7, grants=(Grant(Role.SECRETARIAT, lights.id),), at=NOW)
    with pytest.raises(NotAllowed):
        invite(session, conducts, AMINA, "administrator", None, None, link, NOW)
    with pytest.raises(InvalidText):
        invite(session, conducts, AMINA, "administrator", lights, None, link, NOW)
    address = invite(session, operator("root"), AMINA, "administrator", None, None, link, NOW)
    assert accept(session, token_of(address), "Amina", PASSWORD, "", NOW).is_administrator


@pytest.mark.parametrize(
    ("role", "with_delegation"), [("delegate", False), ("secretariat", True), ("king", False)]
)
def test_a_role_goes_with_the_rest(
    session: Session, lights: Negotiation, role: str, with_delegation: bool
) -> None:
    mexico = session.scalars(select(Delegation)).one() if with_delegation else None
    with pytest.raises(InvalidText):
        invite(session, operator("root"), AMINA, role, lights, mexico, link, NOW)


def test_a_link_is_too_old_after_a_week_and_void_once_there_is_a_later_one(
    session: Session, lights: Negotiation
) -> None:
    first, second = (
        token_of(invite(session, operator("root"), AMINA, "secretariat", lights, None, link, NOW))
        for _ in range(2)
    )
    with pytest.raises(NotFound):
        invitation(session, first, NOW)
    assert invitation(session, second, NOW + timedelta(days=7) - timedelta(seconds=1))
    with pytest.raises(NotFound):
        invitation(session, second, NOW + timedelta(days=7))
    with pytest.raises(NotFound):
        resets(session, second, NOW)
    with pytest.raises(NotFound):
        invitation(session, "\ud800", NOW)


def test_who_has_an_account_is_not_invited(session: Session, lights: Negotiation) -> None:
    keeper(session)
    with pytest.raises(Conflict):
        invite(session, operator("root"), AMINA, "secretariat", lights, None, link, NOW)


def test_a_forgotten_password_is_set_anew_once(session: Session) -> None:
    person = keeper(session)
    begin_write(session)
    signed = begin(session, person, Browser("", ""), NOW)
    ask_reset(session, " AMINA@example.org ", link, "192.0.2.7", NOW)
    mail = session.scalars(select(OutgoingMail)).one().text
    token = next(word for word in mail.split() if word.startswith("https://")).rpartition("/")[2]
    assert resets(session, token, NOW) is person
    reset(session, token, OTHER, "192.0.2.7", NOW)
    assert check(session, AMINA, OTHER, NOW, demonstration=False) is person
    assert person_of(session, signed, NOW) is None
    with pytest.raises(NotFound):
        reset(session, token, PASSWORD, "192.0.2.7", NOW)


def test_nobody_learns_who_has_an_account(session: Session) -> None:
    begin_write(session)
    ask_reset(session, "nobody@example.org", link, "192.0.2.7", NOW)
    ask_reset(session, "no address", link, "192.0.2.7", NOW)
    assert session.scalar(select(OutgoingMail.id)) is None


def test_an_ended_account_stays_ended(session: Session) -> None:
    person = keeper(session)
    administrator = Actor("Ada", 99, is_administrator=True)
    begin_write(session)
    token = token_of(reset_link(session, administrator, person, link, NOW))
    disable(session, administrator, person, NOW)
    ask_reset(session, AMINA, link, "192.0.2.7", NOW)
    assert session.scalar(select(OutgoingMail.id)) is None
    with pytest.raises(Conflict):
        reset(session, token, OTHER, "", NOW)
    assert session.scalars(select(Person.disabled_at)).one() == NOW


def test_an_invitation_elsewhere_leaves_those_that_were_there(session: Session, lights: Negotiation) -> None:
    beacons = Negotiation(
        slug="beacons", title="Beacons", language="en", created_at=NOW, visibility="prepared", revisions=[]
    )
    session.add(beacons)
    session.flush()
    who = operator("tests")
    first = invite(session, who, AMINA, "secretariat", lights, None, link, NOW)
    other = invite(session, who, AMINA, "secretariat", beacons, None, link, NOW)
    again = invite(session, who, AMINA, "co-facilitator", lights, None, link, NOW)
    assert invitation(session, token_of(other), NOW).negotiation is beacons
    assert invitation(session, token_of(again), NOW).role is Role.CO_FACILITATOR
    with pytest.raises(NotFound):
        invitation(session, token_of(first), NOW)
