"""Signing in and out, codes, links, accounts, as programs see them."""

import re
from collections.abc import Iterator
from pathlib import Path
from time import process_time

import pyotp
import pytest
from applications import one
from flask import Flask
from flask.testing import FlaskClient
from services.persons import OTHER, PASSWORD
from sqlalchemy import func, select

from gcmtext.db import AuditEvent, OutgoingMail, Person, SignIn
from gcmtext.db.engine import begin_write
from gcmtext.services.accounts import DEMONSTRATION_PASSWORD, add_person, hashed
from gcmtext.services.actor import operator
from gcmtext.services.audit import verify
from gcmtext.services.importing import start_negotiation
from gcmtext.services.participants import About, add_delegation
from gcmtext.settings import Settings
from gcmtext.web.clock import now
from gcmtext.web.store import session

from .pages import page, words
from .signing_in import SECRET, as_role

AMINA = "amina@example.org"
OTHER_SECRET = SECRET[::-1]


def add(app: Flask, email: str = AMINA, *, administrator: bool = False, factor: str | None = None) -> int:
    with app.app_context():
        begin_write(session())
        person = add_person(
            session(), operator("tests"), email, "Amina Diallo", now(), is_administrator=administrator
        )
        person.password_hash, person.totp_secret = hashed(PASSWORD), factor
        session().commit()
        return person.id


def enter(client: FlaskClient, email: str = AMINA, password: str = PASSWORD, onward: str = "") -> str:
    """Sign in; return where that leads, "" if it is refused."""
    answer = client.post("/sign-in", data={"email": email, "password": password, "next": onward})
    assert answer.status_code in (303, 422, 429), answer.text
    return answer.headers.get("Location", "")


def token(client: FlaskClient) -> str:
    kept = client.get_cookie("sign-in")
    return kept.value if kept else ""


def mails(app: Flask) -> list[str]:
    with app.app_context():
        return list(session().scalars(select(OutgoingMail.text).order_by(OutgoingMail.id)))


def link_in(text: str) -> str:
    found = re.search(r"(/(?:reset|invitation)/\S+)", text)
    assert found
    return found[1]


def _alike(text: str) -> str:
    """Return a page without what is new each time: the token of its forms."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", text)


def test_signing_in_and_out(app: Flask, client: FlaskClient) -> None:
    add(app)
    assert "Sign in" in words(page(client, "/").find(".//header"))
    assert enter(client, " AMINA@example.org") == "/"
    assert "Amina Diallo" in words(page(client, "/").find(".//header"))
    before = token(client)
    answer = client.post("/sign-out")
    assert answer.headers["Location"] == "/"
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert token(client) == ""
    client.set_cookie("sign-in", before)
    assert client.get("/account").status_code == 403


def test_what_was_typed_is_kept_except_the_password(app: Flask, client: FlaskClient) -> None:
    add(app)
    answer = client.post("/sign-in", data={"email": AMINA, "password": OTHER})
    assert answer.status_code == 422
    assert "do not belong together" in answer.text
    assert f'value="{AMINA}"' in answer.text
    assert OTHER not in answer.text
    unknown = client.post("/sign-in", data={"email": "zoe@example.org", "password": OTHER})
    assert _alike(unknown.text.replace("zoe@example.org", AMINA)) == _alike(answer.text)


@pytest.mark.parametrize(
    ("asked", "leads"),
    [
        ("/seafarers", "/seafarers"),
        ("https://evil.example", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/\r\nSet-Cookie: x=y", "/"),
        ("", "/"),
    ],
)
def test_it_leads_on_to_this_site_alone(app: Flask, client: FlaskClient, asked: str, leads: str) -> None:
    add(app)
    assert enter(client, onward=asked) == leads


def test_a_token_that_was_planted_is_worth_nothing(app: Flask, client: FlaskClient) -> None:
    """Whoever plants a cookie before somebody signs in does not know the one that counts afterwards."""
    add(app)
    client.get("/sign-in")
    client.set_cookie("sign-in", "planted")
    form = client.get_cookie("session")
    assert enter(client) == "/"
    assert token(client) not in ("", "planted")
    first = token(client)
    assert client.get_cookie("session") != form
    enter(client)
    assert token(client) != first
    thief = app.test_client()
    thief.set_cookie("sign-in", "planted")
    assert thief.get("/account").status_code == 403


def test_the_cookie_is_for_this_site_and_no_script(app: Flask, client: FlaskClient) -> None:
    add(app)
    answer = client.post("/sign-in", data={"email": AMINA, "password": PASSWORD})
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("sign-in="))
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))


def test_behind_tls_the_cookie_is_bound_to_the_host(database_url: str, tmp_path: Path) -> None:
    with one(Settings(tmp_path, database_url, "a key for tests", "https://texts.example.org")) as app:
        add(app)
        answer = app.test_client().post("/sign-in", data={"email": AMINA, "password": PASSWORD})
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if "sign-in=" in c)
    assert cookie.startswith("__Host-sign-in=")
    assert "Secure" in cookie


def test_the_password_of_the_demonstration_is_refused(app: Flask, client: FlaskClient) -> None:
    identity = add(app)
    with app.app_context():
        session().get_one(Person, identity).password_hash = hashed(DEMONSTRATION_PASSWORD)
        session().commit()
    assert enter(client, password=DEMONSTRATION_PASSWORD) == ""


def test_every_form_needs_its_token(database_url: str, tmp_path: Path) -> None:
    with one(Settings(tmp_path, database_url, "a key for tests")) as app:
        app.config["WTF_CSRF_ENABLED"] = True
        add(app)
        client = app.test_client()
        forms = [
            rule.rule.replace("<int:identity>", "1").replace("<token>", "x")
            for rule in app.url_map.iter_rules()
            if "POST" in (rule.methods or ()) and rule.endpoint.partition(".")[0] in
            ("sign_in", "links", "account", "people")
        ]  # fmt: skip
        assert len(forms) > 14
        for form in forms:
            answer = client.post(form, data={"email": AMINA, "password": PASSWORD})
            assert answer.status_code == 400, form
            assert "CSRF" in answer.text


def test_a_second_factor_is_asked_for_and_no_code_opens_twice(app: Flask, client: FlaskClient) -> None:
    add(app, factor=SECRET)
    assert enter(client, onward="/seafarers") == "/sign-in/code"
    assert token(client) == ""
    assert client.get("/account").status_code == 403
    assert "Six digits" in page(client, "/sign-in/code").text_content()
    code = pyotp.TOTP(SECRET).now()
    wrong = client.post("/sign-in/code", data={"code": "000000" if code != "000000" else "111111"})
    assert wrong.status_code == 422
    assert client.post("/sign-in/code", data={"code": code}).headers["Location"] == "/seafarers"
    assert client.get("/account").status_code == 200
    other = app.test_client()
    assert enter(other) == "/sign-in/code"
    assert other.post("/sign-in/code", data={"code": code}).status_code == 422


def test_codes_are_not_to_be_guessed(app: Flask, client: FlaskClient) -> None:
    add(app, factor=SECRET)
    enter(client)
    answers = [client.post("/sign-in/code", data={"code": "12345"}).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]
    assert app.test_client().get("/sign-in/code").status_code == 302


def test_who_must_have_a_second_factor_has_no_roles_without_it(app: Flask, client: FlaskClient) -> None:
    add(app, administrator=True)
    assert enter(client) == "/account/second-factor"
    assert client.get("/people").status_code == 403
    shown = page(client, "/account/second-factor")
    secret = "".join(shown.xpath("//code")[0].text_content().split())
    assert shown.xpath("//*[local-name()='svg']")
    answer = client.post("/account/second-factor", data={"code": "12"})
    assert answer.status_code == 422
    assert secret in answer.text.replace(" ", "")
    answer = client.post("/account/second-factor", data={"code": pyotp.TOTP(secret).now()})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    codes = re.findall(r"<code>([a-z0-9-]{29})</code>", answer.text)
    assert len(codes) == 10
    assert client.get("/people").status_code == 200
    other = app.test_client()
    enter(other)
    assert other.post("/sign-in/code", data={"code": codes[0]}).status_code == 303
    enter(other)
    assert other.post("/sign-in/code", data={"code": codes[0]}).status_code == 422


def test_whoever_finds_a_browser_open_puts_no_second_factor_in_the_place_of_one(
    app: Flask, client: FlaskClient
) -> None:
    identity = add(app)
    enter(client)
    shown = page(client, "/account/second-factor")
    secret = "".join(shown.xpath("//code")[0].text_content().split())
    assert client.post("/account/second-factor", data={"code": pyotp.TOTP(secret).now()}).status_code == 200
    assert client.get("/account/second-factor").headers["Location"] == "/account#page.second-factor"
    with app.app_context():
        begin_write(session())
        session().scalars(select(SignIn)).one().offered = OTHER_SECRET
        session().commit()
    answer = client.post("/account/second-factor", data={"code": pyotp.TOTP(OTHER_SECRET).now()})
    assert answer.status_code == 409
    with app.app_context():
        assert session().get_one(Person, identity).totp_secret == secret


def test_what_is_done_to_an_account_is_in_the_audit_trail(app: Flask, client: FlaskClient) -> None:
    identity = add(app, factor=SECRET)
    client.post("/reset", data={"email": AMINA})
    enter(client)
    client.post("/sign-in/code", data={"code": pyotp.TOTP(SECRET).now()})
    answer = client.post("/account/recovery-codes", data={"renewal": PASSWORD})
    codes = re.findall(r"<code>([a-z0-9-]{29})</code>", answer.text)
    enter(other := app.test_client())
    assert other.post("/sign-in/code", data={"code": codes[0]}).status_code == 303
    as_role(administrator := app.test_client(), "administrator")
    administrator.post(f"/people/{identity}/remove-factor")
    administrator.post(f"/people/{identity}/remove-factor")
    with app.app_context():
        events = session().scalars(select(AuditEvent).order_by(AuditEvent.number)).all()
        said = [(e.actor, e.action, e.after) for e in events if e.subject == f"people/{identity}"]
        assert list(verify(session())) == []
    assert said[1:] == [
        ("", "account.sign-in", {"password": "link for a new one"}),
        ("Amina Diallo", "account.sign-in", {"signed in": True}),
        ("Amina Diallo", "account.use", {"recovery codes": "new"}),
        ("Amina Diallo", "account.sign-in", {"recovery code": "used"}),
        ("Amina Diallo", "account.sign-in", {"signed in": True}),
        ("A. Keeper", "people.manage", None),
    ]


def test_failures_on_one_account_keep_nobody_else_out(app: Flask, client: FlaskClient) -> None:
    add(app)
    add(app, "ben@example.org")
    answers = [client.post("/sign-in", data={"email": AMINA, "password": OTHER}) for _ in range(12)]
    assert [a.status_code for a in answers] == [422] * 10 + [429] * 2
    assert answers[-1].headers["Retry-After"]
    assert "tried too often" in answers[-1].text
    assert f'value="{AMINA}"' in answers[-1].text
    assert enter(client, "ben@example.org") == "/"
    # From elsewhere the owner of the account comes in as before.
    elsewhere = app.test_client()
    elsewhere.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    assert enter(elsewhere) == "/"


def test_many_machines_that_guess_do_not_keep_the_owner_out(app: Flask, client: FlaskClient) -> None:
    add(app)
    assert enter(client) == "/"
    for number in range(70):
        machine = app.test_client()
        machine.environ_base["REMOTE_ADDR"] = f"198.51.{number}.7"
        machine.post("/sign-in", data={"email": AMINA, "password": OTHER})
    stranger = app.test_client()
    stranger.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    assert stranger.post("/sign-in", data={"email": AMINA, "password": PASSWORD}).status_code == 429
    assert enter(client) == "/"


def test_the_account_page(app: Flask, client: FlaskClient) -> None:
    add(app)
    enter(client)
    other = app.test_client()
    enter(other)
    shown = client.get("/account.json").json
    assert shown["email"] == AMINA
    assert [found["here"] for found in shown["sign_ins"]] == [False, True]
    assert "digest" not in str(shown)
    answer = client.post("/account/details", data={"name": "", "language": ""})
    assert answer.status_code == 422
    client.post("/account/details", data={"name": "Amina D.", "language": "en"})
    assert "Amina D." in words(page(client, "/account").find(".//h1"))
    form = {"current": OTHER, "password": OTHER}
    assert "not your password" in client.post("/account/password", data=form).text
    assert (
        "easily guessed"
        in client.post("/account/password", data={"current": PASSWORD, "password": "amina.amina1"}).text
    )
    done = client.post("/account/password", data={"current": PASSWORD, "password": OTHER})
    assert done.headers["Location"] == "/account?done=password#page.password"
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 403
    assert enter(other, password=PASSWORD) == ""
    assert enter(other, password=OTHER) == "/"


def test_signing_out_of_one_browser_and_of_all(app: Flask, client: FlaskClient) -> None:
    add(app)
    first, second, stranger = client, app.test_client(), app.test_client()
    enter(first)
    enter(second)
    add(app, "ben@example.org")
    enter(stranger, "ben@example.org")
    with app.app_context():
        ids = list(session().scalars(select(SignIn.id).order_by(SignIn.id)))
    assert stranger.post(f"/account/sign-ins/{ids[0]}/end").status_code == 404
    assert first.post(f"/account/sign-ins/{ids[1]}/end").status_code == 303
    assert second.get("/account").status_code == 403
    enter(second)
    assert first.post("/account/sign-out-everywhere").status_code == 303
    assert second.get("/account").status_code == 403
    assert first.get("/account").status_code == 403
    assert stranger.get("/account").status_code == 200


def test_a_forgotten_password(app: Flask, client: FlaskClient) -> None:
    add(app)
    known = client.post("/reset", data={"email": AMINA})
    unknown = client.post("/reset", data={"email": "zoe@example.org"})
    assert _alike(known.text) == _alike(unknown.text)
    [mail] = mails(app)
    link = link_in(mail)
    refused = client.post(link, data={"password": "short"})
    assert refused.status_code == 422
    assert refused.headers["Cache-Control"] == "no-store"
    assert client.post(link, data={"password": OTHER}).headers["Location"] == "/sign-in"
    assert enter(client, password=OTHER) == "/"
    assert client.post(link, data={"password": PASSWORD}).status_code == 404
    assert client.get(link).status_code == 404


def test_a_link_names_the_host_that_is_set_and_none_that_is_asked_for(
    database_url: str, tmp_path: Path
) -> None:
    with one(Settings(tmp_path, database_url, "a key for tests", "https://texts.example.org")) as app:
        add(app)
        app.test_client().post("/reset", data={"email": AMINA}, headers={"Host": "evil.example"})
        assert "https://texts.example.org/reset/" in mails(app)[0]
        assert "evil" not in mails(app)[0]


def test_nobody_is_showered_with_links(app: Flask, client: FlaskClient) -> None:
    add(app)
    answers = [client.post("/reset", data={"email": AMINA}).status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]
    assert len(mails(app)) == 3


def test_an_invitation(own_demo: Flask) -> None:
    client = as_role(own_demo.test_client(), "administrator")
    shown = page(client, "/people")
    place = shown.xpath("//select[@name='for']//option[contains(., 'Mexico')]/@value")[0]
    wrong = client.post("/people/invite", data={"email": AMINA, "role": "secretariat", "for": place})
    assert wrong.status_code == 422
    assert f'value="{AMINA}"' in wrong.text
    answer = client.post("/people/invite", data={"email": AMINA, "role": "delegate", "for": place})
    assert answer.status_code == 200
    link = link_in(mails(own_demo)[0])
    assert link in answer.text
    assert "A. Keeper invites you" in page(client, "/outbox").text_content()
    guest = own_demo.test_client()
    assert "Mexico" in page(guest, link).text_content()
    refused = guest.post(link, data={"name": "", "password": "short"})
    assert refused.status_code == 422
    assert refused.text.count('class="wrong"') == 2
    assert (
        guest.post(link, data={"name": "Amina Diallo", "password": PASSWORD}).headers["Location"]
        == "/seafarers"
    )
    assert guest.get("/account").status_code == 200
    assert guest.get("/people").status_code == 403
    assert guest.post(link, data={"name": "Eve", "password": PASSWORD}).status_code == 404
    with own_demo.app_context():
        assert not list(verify(session()))


def test_the_secretariat_invites_to_its_negotiation(own_demo: Flask) -> None:
    client = as_role(own_demo.test_client(), "secretariat")
    shown = page(client, "/seafarers/invite")
    kenya = shown.xpath("//select[@name='for']/option[contains(., 'Kenya')]/@value")[0]
    for email, role, delegation, status in (
        ("amina", "delegate", kenya, 422),
        (AMINA, "administrator", "", 422),
        (AMINA, "delegate", "", 422),
        (AMINA, "delegate", "999999", 422),
        ("head@example.org", "head", kenya, 409),
        (AMINA, "head", kenya, 200),
    ):
        answer = client.post("/seafarers/invite", data={"email": email, "role": role, "for": delegation})
        assert answer.status_code == status
        assert status == 200 or f'value="{email}"' in answer.text
    assert "Kenya" in page(own_demo.test_client(), link_in(mails(own_demo)[0])).text_content()
    assert as_role(own_demo.test_client(), "head").get("/seafarers/invite").status_code == 403


def test_ending_an_account(app: Flask, client: FlaskClient) -> None:
    identity = add(app)
    enter(client)
    administrator = as_role(app.test_client(), "administrator")
    assert administrator.post(f"/people/{identity}/disable").status_code == 303
    assert client.get("/account").status_code == 403
    assert enter(client) == ""
    assert "ended on" in page(administrator, "/people").text_content()
    administrator.post(f"/people/{identity}/enable")
    assert enter(client) == "/"
    assert client.post(f"/people/{identity}/disable").status_code == 403
    assert administrator.post("/people/99999999999/disable").status_code == 404


@pytest.mark.parametrize("address", ["/people", "/people.json", "/outbox", "/outbox.json"])
def test_only_who_administers_sees_people_and_mail(own_demo: Flask, address: str) -> None:
    assert own_demo.test_client().get(address).status_code == 403
    for role in ("secretariat", "co-facilitator", "delegate"):
        assert as_role(own_demo.test_client(), role).get(address).status_code == 403
    assert as_role(own_demo.test_client(), "administrator").get(address).status_code == 200


def test_who_is_asked_to_sign_in_comes_back(own_demo: Flask) -> None:
    answer = own_demo.test_client().get("/people")
    assert answer.status_code == 403
    assert 'href="/sign-in?next=/people"' in answer.text.replace("%2F", "/")


def test_a_reading_visit_writes_every_few_minutes_at_most(app: Flask, client: FlaskClient) -> None:
    add(app)
    enter(client)
    with app.app_context():
        found = session().scalars(select(SignIn)).one()
        seen, found.seen_at = found.seen_at, found.seen_at.replace(year=found.seen_at.year)
        session().commit()
    client.get("/account")
    with app.app_context():
        assert session().scalars(select(SignIn.seen_at)).one() == seen


def test_what_people_do_to_their_accounts_stands_in_the_trail(app: Flask, client: FlaskClient) -> None:
    add(app)
    enter(client)
    client.post("/account/details", data={"name": "Amina D.", "language": ""})
    client.post("/sign-out")
    with app.app_context():
        assert session().scalar(select(func.count()).select_from(AuditEvent)) == 4
        assert not list(verify(session()))


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    assert PASSWORD not in caplog.text
    assert OTHER not in caplog.text


@pytest.mark.slow
def test_ten_thousand_failures_on_one_account_do_not_slow_the_others(app: Flask, client: FlaskClient) -> None:
    add(app)
    add(app, "ben@example.org")

    def seconds() -> float:
        begun = process_time()
        assert enter(app.test_client(), "ben@example.org") == "/"
        return process_time() - begun

    before = min(seconds() for _ in range(9))
    for _ in range(10_000):
        client.post("/sign-in", data={"email": AMINA, "password": OTHER})
    after = min(seconds() for _ in range(9))
    assert after < 1.5 * before


def test_who_accepts_before_the_negotiation_is_circulated_is_told_so(app: Flask) -> None:
    with app.app_context():
        begin_write(session())
        lights = start_negotiation(session(), operator("tests"), "On lights", "en", now())
        about = About("state", code="MX")
        mexico = add_delegation(session(), operator("tests"), lights, about, now()).id
        session().commit()
    secretariat = as_role(app.test_client(), "secretariat")
    assert "Circulate it" in page(secretariat, "/on-lights/participants").text_content()
    for email, role, whom in ((AMINA, "head", mexico), ("ben@example.org", "co-facilitator", "")):
        secretariat.post("/on-lights/invite", data={"email": email, "role": role, "for": str(whom)})
    for_head, for_chair = mails(app)
    guest = app.test_client()
    answer = guest.post(link_in(for_head), data={"name": "Amina Diallo", "password": PASSWORD})
    assert answer.headers["Location"] == "/"
    assert "You will find “On lights” here once it is circulated" in page(guest, "/").text_content()
    answer = app.test_client().post(link_in(for_chair), data={"name": "Ben Otieno", "password": PASSWORD})
    assert answer.headers["Location"] == "/account/second-factor"
