"""Who signs in, for how long, and what their token is worth afterwards."""

import statistics
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from gcmtext.db import AuditEvent, SignIn
from gcmtext.db.engine import begin_write
from gcmtext.errors import Conflict, InvalidText
from gcmtext.services import accounts
from gcmtext.services.accounts import (
    DEMONSTRATION_PASSWORD,
    add_person,
    checked_password,
    disable,
    enable,
    hashed,
    set_password,
    verified,
)
from gcmtext.services.actor import Actor, operator
from gcmtext.services.audit import verify
from gcmtext.services.mail import outbox
from gcmtext.services.signing_in import (
    IDLE,
    LONGEST,
    Browser,
    begin,
    check,
    end,
    end_everywhere,
    is_familiar,
    note_seen,
    person_of,
    sign_ins,
    signed_in,
)

from .persons import NOW, OTHER, PASSWORD, keeper

HERE = Browser("Firefox", "192.0.2.7")
AMINA = "amina@example.org"


@pytest.mark.parametrize(
    "password",
    ["", "short", "password1234", "123456789012", "qwertyuiop[]", "aaaaaaaaaaaaaaaa", "amina.diallo",
     "aminadiallo2027", "amina@example.org", "gcmtextgcmtext", DEMONSTRATION_PASSWORD, "x" * 201],
)  # fmt: skip
def test_what_is_short_or_easily_guessed_is_no_password(password: str) -> None:
    with pytest.raises(InvalidText):
        checked_password(password, "Amina Diallo", AMINA)


@pytest.mark.parametrize("password", [PASSWORD, "Отчего так тихо в порту", "港口的灯塔照亮了夜里的归航船只"])
def test_several_words_of_any_language_are_one(password: str) -> None:
    assert checked_password(password, "Amina Diallo", AMINA) == password


def test_a_password_is_the_same_however_it_is_typed() -> None:
    assert verified("cafe\u0301 by the harbour", hashed("café by the harbour"))
    assert not verified("Café by the harbour", hashed("café by the harbour"))
    assert not verified(PASSWORD, "no hash at all")


def test_who_has_the_password_signs_in_and_nobody_else(session: Session) -> None:
    person = keeper(session)
    assert check(session, " Amina@Example.org", PASSWORD, NOW, demonstration=False) is person
    assert check(session, AMINA, OTHER, NOW, demonstration=False) is None
    assert check(session, "nobody@example.org", PASSWORD, NOW, demonstration=False) is None
    person.disabled_at = NOW
    assert check(session, AMINA, PASSWORD, NOW, demonstration=False) is None


def test_the_password_of_the_demonstration_opens_nothing_elsewhere(session: Session) -> None:
    keeper(session, password=DEMONSTRATION_PASSWORD)
    assert check(session, AMINA, DEMONSTRATION_PASSWORD, NOW, demonstration=True)
    assert check(session, AMINA, DEMONSTRATION_PASSWORD, NOW, demonstration=False) is None


def test_one_hash_is_computed_whoever_it_is(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """Observed where the library is called: known, unknown, disabled, without a password."""
    keeper(session)
    keeper(session, "ben@example.org", name="Ben").disabled_at = NOW
    keeper(session, "chen@example.org", name="Chen").password_hash = None
    accounts._decoy()
    computed: list[str] = []
    original = PasswordHasher.verify

    def observed(self: PasswordHasher, stored: str, password: str) -> bool:
        computed.append(stored.rsplit("$", 2)[0])
        return original(self, stored, password)

    monkeypatch.setattr(PasswordHasher, "verify", observed)
    for email in (AMINA, "ben@example.org", "chen@example.org", "nobody@example.org"):
        computed.clear()
        check(session, email, OTHER, NOW, demonstration=False)
        assert len(computed) == 1
        assert computed[0] == hashed("x").rsplit("$", 2)[0]


@pytest.fixture
def full_price(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hashes as they are outside of tests."""
    monkeypatch.setattr(accounts, "_hasher", PasswordHasher())
    accounts._decoy.cache_clear()
    yield
    accounts._decoy.cache_clear()


@pytest.mark.slow
@pytest.mark.usefixtures("full_price")
def test_it_takes_as_long_for_a_name_that_nobody_has(session: Session) -> None:
    """Coarse: the medians of many differ by less than a tenth."""
    keeper(session)

    def seconds(email: str) -> float:
        begun = time.process_time()
        check(session, email, OTHER, NOW, demonstration=False)
        return time.process_time() - begun

    seconds(AMINA)
    pairs = [(seconds(AMINA), seconds("nobody@example.org")) for _ in range(60)]
    known, unknown = (statistics.median(side) for side in zip(*pairs, strict=True))
    assert abs(known - unknown) < 0.1 * known


def test_a_hash_of_an_older_way_is_made_anew(session: Session) -> None:
    person = keeper(session)
    person.password_hash = PasswordHasher(time_cost=1, memory_cost=1024).hash(PASSWORD)
    session.commit()
    begin_write(session)
    begin(session, person, HERE, NOW, password=PASSWORD)
    assert person.password_hash.startswith(hashed("x").rsplit("$", 2)[0])
    assert verified(PASSWORD, person.password_hash)


def test_a_token_is_good_until_somebody_signs_out(session: Session) -> None:
    person = keeper(session)
    begin_write(session)
    token = begin(session, person, HERE, NOW)
    found = signed_in(session, token, NOW)
    assert found is not None
    assert found.person is person
    assert token not in repr(vars(found))
    end(session, Actor(person.name, person.id), found, NOW)
    assert person_of(session, token, NOW) is None
    assert person_of(session, found.digest, NOW) is None
    assert not list(verify(session))


def test_a_token_ends_by_itself(session: Session) -> None:
    person = keeper(session)
    begin_write(session)
    token = begin(session, person, HERE, NOW)
    assert person_of(session, token, NOW + IDLE - timedelta(seconds=1))
    assert person_of(session, token, NOW + IDLE) is None
    now = NOW
    while now < NOW + LONGEST:
        assert person_of(session, token, now)
        note_seen(session, session.scalars(select(SignIn.id)).one(), now)
        now += IDLE - timedelta(minutes=1)
    assert person_of(session, token, NOW + LONGEST) is None


def test_it_takes_one_query_to_know_who_asks(session: Session, engine: Engine) -> None:
    person = keeper(session)
    begin_write(session)
    token = begin(session, person, HERE, NOW)
    session.commit()
    session.expunge_all()
    counted: list[str] = []
    session.execute(select(1))
    event.listen(engine, "before_cursor_execute", lambda *args: counted.append(args[2]))
    found = person_of(session, token, NOW)
    assert found is not None
    assert found.name == "Amina Diallo"
    assert len(counted) == 1


def test_signing_out_everywhere_and_a_new_password_end_the_others(session: Session) -> None:
    person = keeper(session)
    actor = Actor(person.name, person.id)
    begin_write(session)
    first, second = (begin(session, person, HERE, NOW) for _ in range(2))
    keep = signed_in(session, first, NOW)
    set_password(session, actor, person, OTHER, NOW, keep=keep)
    assert person_of(session, first, NOW)
    assert person_of(session, second, NOW) is None
    assert check(session, AMINA, PASSWORD, NOW, demonstration=False) is None
    assert check(session, AMINA, OTHER, NOW, demonstration=False)
    [notice] = outbox(session)
    assert (notice.to, "2027-07-12 at 09:30 UTC" in notice.text) == (AMINA, True)
    end_everywhere(session, actor, person, NOW)
    assert person_of(session, first, NOW) is None
    assert not sign_ins(session, person, NOW)


def test_whoever_is_disabled_is_signed_out_at_once(session: Session) -> None:
    person, administrator = keeper(session), keeper(session, "ada@example.org", is_administrator=True)
    actor = Actor("Ada", administrator.id, is_administrator=True)
    begin_write(session)
    token = begin(session, person, HERE, NOW)
    disable(session, actor, person, NOW)
    assert person_of(session, token, NOW) is None
    enable(session, actor, person, NOW)
    assert person_of(session, token, NOW) is None
    with pytest.raises(Conflict, match="your own account"):
        disable(session, actor, administrator, NOW)


def test_an_address_one_signs_in_from_becomes_familiar(session: Session) -> None:
    person = keeper(session)
    assert not is_familiar(session, AMINA, HERE.address, NOW)
    session.rollback()
    begin_write(session)
    begin(session, person, HERE, NOW)
    assert is_familiar(session, AMINA, HERE.address, NOW)
    assert not is_familiar(session, AMINA, "198.51.100.1", NOW)
    assert not is_familiar(session, AMINA, HERE.address, NOW + timedelta(days=31))


def test_the_trail_names_who_came_and_went_and_holds_no_secret(session: Session) -> None:
    begin_write(session)
    person = add_person(session, operator("root"), AMINA, "Amina Diallo", NOW, is_administrator=True)
    set_password(session, operator("root"), person, PASSWORD, NOW)
    token = begin(session, person, HERE, NOW)
    said = [
        f"{e.actor} {e.action} {e.subject} {e.before} {e.after} {e.source}"
        for e in session.scalars(select(AuditEvent))
    ]
    assert not outbox(session)
    assert len(said) == 3
    assert "Amina Diallo account.sign-in people/1" in said[-1]
    assert not [words for words in said if PASSWORD in words or token in words or "argon2" in words]
    assert not list(verify(session))


@pytest.mark.parametrize("email", ["amina", "amina@example.org\r\nBcc: eve@example.org", ""])
def test_an_account_has_an_address(session: Session, email: str) -> None:
    begin_write(session)
    with pytest.raises(InvalidText):
        add_person(session, operator("root"), email, "Amina Diallo", NOW)


def test_an_address_has_one_account(session: Session) -> None:
    keeper(session)
    with pytest.raises(Conflict):
        add_person(session, operator("root"), "AMINA@example.org", "Amina", NOW)
