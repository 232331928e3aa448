"""A code from a telephone opens once; so does each of the codes for the day it is lost."""

import multiprocessing
from datetime import datetime, timedelta

import pyotp
import pytest
from sqlalchemy.orm import Session

from gcmtext.db import Person, SignIn
from gcmtext.db.engine import begin_write, open_engine, open_sessions
from gcmtext.errors import InvalidText
from gcmtext.services.actor import Actor, Grant, Role, operator
from gcmtext.services.second_factor import (
    RECOVERY_CODES,
    codes_left,
    confirm,
    is_required,
    offer,
    passes,
    remove,
    renew_codes,
    uri,
)
from gcmtext.services.signing_in import Browser, begin, signed_in

from .persons import NOW, keeper

HALF_MINUTE = timedelta(seconds=30)


def code(person: Person, now: datetime) -> str:
    assert person.totp_secret is not None
    return pyotp.TOTP(person.totp_secret).at(now)


def set_up(session: Session) -> tuple[Person, SignIn, list[str]]:
    person = keeper(session)
    begin_write(session)
    found = signed_in(session, begin(session, person, Browser("", ""), NOW), NOW)
    assert found is not None
    secret = offer(found)
    assert offer(found) == secret
    codes = confirm(session, Actor(person.name, person.id), found, pyotp.TOTP(secret).at(NOW), NOW)
    return person, found, codes


@pytest.mark.parametrize(
    ("actor", "required"),
    [
        (operator("root"), True),
        (Actor("a", 1, grants=(Grant(Role.CO_FACILITATOR, 1),)), True),
        (Actor("a", 1, grants=(Grant(Role.SECRETARIAT, 1),)), True),
        (Actor("a", 1, grants=(Grant(Role.HEAD, 1, 1),)), False),
        (Actor("a", 1), False),
    ],
)
def test_who_conducts_a_negotiation_needs_one(actor: Actor, required: bool) -> None:
    assert is_required(actor) is required


def test_it_is_set_up_by_the_first_right_code(session: Session) -> None:
    person = keeper(session)
    begin_write(session)
    found = signed_in(session, begin(session, person, Browser("", ""), NOW), NOW)
    assert found is not None
    with pytest.raises(InvalidText):
        confirm(session, Actor(person.name, person.id), found, "000000", NOW)
    secret = offer(found)
    assert person.totp_secret is None
    wrong = f"{(int(pyotp.TOTP(secret).at(NOW)) + 1) % 10**6:06}"
    with pytest.raises(InvalidText, match="wrong"):
        confirm(session, Actor(person.name, person.id), found, wrong, NOW + timedelta(hours=1))
    codes = confirm(session, Actor(person.name, person.id), found, pyotp.TOTP(secret).at(NOW), NOW)
    assert person.totp_secret == secret
    assert found.offered == ""
    assert len(set(codes)) == RECOVERY_CODES == codes_left(session, person)


def test_a_code_opens_once_and_no_earlier_one_does_after_it(session: Session) -> None:
    person, _, _ = set_up(session)
    assert not passes(session, person, code(person, NOW), NOW), "the one that proved it"
    later = NOW + 10 * HALF_MINUTE
    assert passes(session, person, code(person, later), later)
    assert not passes(session, person, code(person, later), later)
    assert not passes(session, person, code(person, later - HALF_MINUTE), later)
    assert passes(session, person, f" {code(person, later + HALF_MINUTE)[:3]} {code(person, later + HALF_MINUTE)[3:]}", later)  # fmt: skip  # noqa: E501
    assert not passes(session, person, code(person, later + 9 * HALF_MINUTE), later)
    assert not passes(session, person, "", later)
    assert not passes(session, person, "１２３４５６", later)


def test_a_recovery_code_opens_once(session: Session) -> None:
    person, _, codes = set_up(session)
    assert passes(session, person, codes[0].upper().replace("-", " "), NOW)
    assert not passes(session, person, codes[0], NOW)
    assert codes_left(session, person) == RECOVERY_CODES - 1
    other = keeper(session, "ben@example.org", name="Ben")
    assert not passes(session, other, codes[1], NOW)
    renewed = renew_codes(session, Actor(person.name, person.id), person, NOW)
    assert not passes(session, person, codes[1], NOW)
    assert passes(session, person, renewed[1], NOW)


def test_without_one_no_code_opens(session: Session) -> None:
    person, _, codes = set_up(session)
    remove(session, Actor(person.name, person.id), person, NOW)
    later = NOW + 10 * HALF_MINUTE
    assert person.totp_secret is None
    assert not passes(session, person, codes[0], later)
    assert not passes(session, person, "000000", later)


def test_what_a_telephone_reads() -> None:
    person = Person(email="amina@example.org", name="Amina")
    assert uri(person, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP").startswith(
        "otpauth://totp/gcmtext:amina%40example.org?secret=JBSWY3"
    )


def try_code(url: str, typed: str, when: datetime, outcomes: "multiprocessing.Queue[bool]") -> None:
    engine = open_engine(url)
    with open_sessions(engine)() as session:
        begin_write(session)
        outcomes.put(passes(session, session.get_one(Person, 1), typed, when))
        session.commit()
    engine.dispose()


def test_of_two_who_use_a_code_at_once_one_does(session: Session, database_url: str) -> None:
    person, _, codes = set_up(session)
    session.commit()
    context = multiprocessing.get_context("spawn")
    outcomes: multiprocessing.Queue[bool] = context.Queue()
    later = NOW + 10 * HALF_MINUTE
    for typed in (code(person, later), codes[0]):
        processes = [
            context.Process(target=try_code, args=(database_url, typed, later, outcomes)) for _ in range(2)
        ]
        for process in processes:
            process.start()
        assert sorted(outcomes.get(timeout=60) for _ in processes) == [False, True]
        for process in processes:
            process.join(30)
