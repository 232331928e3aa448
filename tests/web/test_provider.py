"""Signing in through a provider: a real one, in a process of its own, that does wrong when it is told to."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import lxml.html
import pyotp
import pytest
from applications import one, over, prepared
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect
from services.persons import PASSWORD
from sqlalchemy import select
from werkzeug.test import TestResponse

from gcmtext.db import AuditEvent, Person, SignIn
from gcmtext.services.audit import verify
from gcmtext.settings import Oidc, Settings
from gcmtext.web.store import session

from .conftest import serving
from .provider import CLIENT, SECRET
from .signing_in import SECRET as FACTOR
from .test_sign_in import AMINA, add

HERE = Path(__file__).parent
VERIFIED = {"email": "Amina@Example.org", "email_verified": True}


@dataclass
class Provider:
    """A provider, and what it is to say next."""

    address: str

    def says(self, *wrong: str, **claims: object) -> None:
        self.will(claims={**VERIFIED, **claims}, wrong=wrong, told={"sub": "248289761001"})

    def will(self, **what: Any) -> None:
        httpx.post(f"{self.address}/next", json=what).raise_for_status()

    def lets_in(self, address: str) -> str:
        """Return where the provider sends a browser back to, without the host."""
        page = lxml.html.document_fromstring(httpx.get(address).raise_for_status().text)
        return page.get_element_by_id("back").get("href").removeprefix("https://texts.example.org")


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    process = subprocess.Popen(
        [sys.executable, HERE / "provider.py"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert process.stdout is not None
        yield Provider(process.stdout.readline().strip())
    finally:
        process.terminate()
        process.communicate(timeout=20)


@pytest.fixture
def provider(running: Provider) -> Provider:
    running.says()
    return running


def over_provider(running: Provider, folder: Path, database_url: str = "sqlite://") -> Settings:
    oidc = Oidc(running.address, CLIENT, SECRET, "the Ministry")
    return Settings(folder, database_url, "a key for tests", "https://texts.example.org", oidc=oidc)


@pytest.fixture(scope="module")
def application(running: Provider, common_folder: Path) -> Flask:
    return prepared(over_provider(running, common_folder), common_folder)


@pytest.fixture
def settings(provider: Provider, database_url: str, tmp_path: Path) -> Settings:
    return over_provider(provider, tmp_path, database_url)


@pytest.fixture
def app(provider: Provider, application: Flask, database_url: str) -> Iterator[Flask]:  # noqa: ARG001
    with over(database_url, application) as app:
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return _client(app)


def _client(app: Flask) -> FlaskClient:
    client = app.test_client()
    # Cookies that are bound to a host are kept for TLS alone.
    client.environ_base["wsgi.url_scheme"] = "https"
    return client


def begun(client: FlaskClient, onward: str = "/") -> str:
    """Begin to sign in; return where the provider is asked."""
    answer = client.get("/sign-in/provider", query_string={"next": onward}, base_url="https://localhost")
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def come_back(client: FlaskClient, address: str) -> TestResponse:
    return client.get(address, base_url="https://localhost")


def enter(client: FlaskClient, provider: Provider, onward: str = "/") -> TestResponse:
    return come_back(client, provider.lets_in(begun(client, onward)))


def said(answer: TestResponse) -> str:
    """Return what is said on the page for signing in, as a notice."""
    page = lxml.html.document_fromstring(answer.text)
    assert "password" in {field.get("name") for field in page.iter("input")}
    return " ".join(page.xpath("string(//*[@role='alert'])").split())


def is_in(client: FlaskClient) -> bool:
    return client.get("/account", base_url="https://localhost").status_code == 200


def test_who_is_invited_comes_in_and_on(app: Flask, client: FlaskClient, provider: Provider) -> None:
    add(app)
    assert "Sign in through the Ministry" in client.get("/sign-in", base_url="https://localhost").text
    answer = enter(client, provider, "/account")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account")
    page = client.get("/account", base_url="https://localhost").text
    assert "the Ministry knows you" in page
    assert "through the Ministry" in page
    with app.app_context():
        assert session().scalars(select(SignIn)).one().provider == "the Ministry"
        events = session().scalars(select(AuditEvent).order_by(AuditEvent.number)).all()
        assert [event.after for event in events][1:] == [
            {"provider": "the Ministry"},
            {"signed in": True, "through": "the Ministry", "second factor there": False},
        ]
        assert not list(verify(session()))


def test_the_question_is_bound_to_its_answer(client: FlaskClient) -> None:
    first, second = (parse_qs(urlsplit(begun(client)).query) for _ in range(2))
    assert first["redirect_uri"] == ["https://texts.example.org/sign-in/provider/back"]
    assert set(first["scope"][0].split()) >= {"openid", "email"}
    for name in ("state", "nonce", "code_challenge"):
        assert first[name] != second[name]


def test_without_a_provider_there_is_no_such_page(settings: Settings) -> None:
    with one(replace(settings, oidc=None)) as app:
        client = _client(app)
        assert "/sign-in/provider" not in client.get("/sign-in").text
        assert client.get("/sign-in/provider").status_code == 404
        assert client.get("/sign-in/provider/back?state=x&code=y").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "claims", "status", "words"),
    [
        ((), {"nonce": "of another question"}, 502, "not signed as it should be"),
        ((), {"nonce": None}, 502, "not signed as it should be"),
        ((), {"iss": "https://other.example.org"}, 502, "not signed as it should be"),
        ((), {"aud": "another client"}, 502, "not signed as it should be"),
        ((), {"aud": ["gcmtext", "another"], "azp": "another"}, 502, "not signed as it should be"),
        ((), {"exp": 1_600_000_000}, 502, "not signed as it should be"),
        ((), {"exp": None}, 502, "not signed as it should be"),
        (("key",), {}, 502, "not signed as it should be"),
        (("unsigned",), {}, 502, "not signed as it should be"),
        (("iss",), {}, 502, "another provider than was asked"),
        (("redirects",), {}, 502, "does not answer as it should"),
        (("refuses",), {}, 422, "broken off there"),
        ((), {"email_verified": False}, 422, "has not verified your e-mail address"),
        ((), {"email_verified": "true"}, 422, "has not verified your e-mail address"),
        ((), {"email": None}, 422, "has not verified your e-mail address"),
        ((), {"email": "ben@example.org"}, 403, "Nobody has been invited as ben@example.org"),
    ],
)
def test_what_is_not_as_it_should_be_is_refused_with_a_sentence(
    app: Flask,
    client: FlaskClient,
    provider: Provider,
    wrong: tuple[str, ...],
    claims: dict[str, object],
    status: int,
    words: str,
) -> None:
    add(app)
    provider.says(*wrong, **claims)
    answer = enter(client, provider)
    assert answer.status_code == status
    assert words in said(answer)
    assert not is_in(client)
    with app.app_context():
        assert session().scalars(select(Person.email)).all() == [AMINA]


def test_a_provider_that_calls_itself_otherwise_is_not_asked(client: FlaskClient, provider: Provider) -> None:
    provider.says("description")
    answer = client.get("/sign-in/provider", base_url="https://localhost")
    assert answer.status_code == 502
    assert "calls itself otherwise" in said(answer)


def test_a_provider_that_is_away_leaves_the_password(settings: Settings) -> None:
    away = Oidc("http://127.0.0.1:9", CLIENT, SECRET, "the Ministry")
    with one(replace(settings, oidc=away)) as other:
        client = _client(other)
        answer = client.get("/sign-in/provider", base_url="https://localhost")
        assert answer.status_code == 502
        assert "sign in with a password" in said(answer)
        add(other)
        form = {"email": AMINA, "password": PASSWORD}
        assert client.post("/sign-in", data=form, base_url="https://localhost").status_code == 303


def test_an_answer_is_good_once(app: Flask, client: FlaskClient, provider: Provider) -> None:
    add(app)
    asked = begun(client)
    cookies = client.get_cookie("__Host-session", domain="localhost")
    assert cookies is not None
    answer = provider.lets_in(asked)
    assert come_back(client, answer).status_code == 303
    again = _client(app)
    # Whoever has the cookie of that moment as well comes too late: what is used up stands in the database.
    again.set_cookie("__Host-session", cookies.value, secure=True)
    for address in (answer, provider.lets_in(asked)):
        refused = come_back(again, address)
        assert refused.status_code == 422
        assert "begin again" in said(refused)
    assert not is_in(again)


def test_an_answer_is_used_up_by_a_failure_as_well(
    app: Flask, client: FlaskClient, provider: Provider
) -> None:
    add(app)
    asked = begun(client)
    cookies = client.get_cookie("__Host-session", domain="localhost")
    assert cookies is not None
    provider.says("key")
    assert come_back(client, provider.lets_in(asked)).status_code == 502
    provider.says()
    client.set_cookie("__Host-session", cookies.value, secure=True)
    assert come_back(client, provider.lets_in(asked)).status_code == 422


def test_an_answer_is_good_in_the_browser_that_asked(
    app: Flask, client: FlaskClient, provider: Provider
) -> None:
    add(app)
    answer = provider.lets_in(begun(client))
    other = _client(app)
    begun(other)
    assert come_back(other, answer).status_code == 422
    assert come_back(_client(app), answer).status_code == 422
    assert come_back(client, answer).status_code == 303


def test_the_address_is_asked_for_where_the_token_does_not_tell_it(
    app: Flask, client: FlaskClient, provider: Provider
) -> None:
    add(app)
    provider.will(told={**VERIFIED, "sub": "248289761001"}, method="client_secret_post")
    assert enter(client, provider).status_code == 303
    provider.will(told={**VERIFIED, "sub": "another"})
    other = _client(app)
    assert enter(other, provider).status_code == 502
    assert not is_in(other)


def test_who_is_known_is_known_by_more_than_an_address(
    app: Flask, client: FlaskClient, provider: Provider
) -> None:
    add(app)
    add(app, "ben@example.org")
    assert enter(client, provider).status_code == 303
    provider.says(email="ben@example.org")  # married, say: the same person under another address
    again = _client(app)
    assert enter(again, provider).status_code == 303
    assert AMINA in again.get("/account", base_url="https://localhost").text
    provider.says(sub="a successor")  # who has been given the address
    refused = enter(_client(app), provider)
    assert refused.status_code == 403
    assert "as somebody else than before" in said(refused)
    answer = client.post("/account/provider/forget", base_url="https://localhost")
    assert answer.status_code == 303
    assert enter(_client(app), provider).status_code == 303


def test_whose_account_has_ended_is_told_no_more_than_a_stranger(
    app: Flask, client: FlaskClient, provider: Provider
) -> None:
    identity = add(app)
    with app.app_context():
        person = session().get_one(Person, identity)
        person.disabled_at = person.created_at
        session().commit()
    answer = enter(client, provider)
    assert answer.status_code == 403
    assert "Nobody has been invited as amina@example.org" in said(answer)


def test_our_own_code_is_asked_for_whatever_the_provider_says(
    app: Flask, client: FlaskClient, provider: Provider
) -> None:
    add(app, administrator=True, factor=FACTOR)
    provider.says(amr=["pwd", "otp", "mfa"], acr="2")
    answer = enter(client, provider, "/people")
    assert answer.headers["Location"] == "/sign-in/code"
    assert not is_in(client)
    form = {"code": pyotp.TOTP(FACTOR).now()}
    answer = client.post("/sign-in/code", data=form, base_url="https://localhost")
    assert answer.headers["Location"] == "/people"
    with app.app_context():
        assert session().scalars(select(SignIn)).one().provider == "the Ministry"


def test_who_needs_a_second_factor_sets_one_up_first(
    app: Flask, client: FlaskClient, provider: Provider
) -> None:
    add(app, administrator=True)
    provider.says(amr=["mfa"])
    assert enter(client, provider, "/people").headers["Location"] == "/account/second-factor"
    assert client.get("/people", base_url="https://localhost").status_code == 403


@pytest.mark.parametrize("claims", [{"amr": ["pwd", "hwk"]}, {"acr": "https://refeds.org/profile/mfa"}])
@pytest.mark.parametrize("factor", [None, FACTOR])
def test_a_factor_that_the_settings_believe_in_is_enough(
    settings: Settings, provider: Provider, claims: dict[str, object], factor: str | None
) -> None:
    assert settings.oidc is not None
    believed = frozenset({"hwk", "https://refeds.org/profile/mfa"})
    with one(replace(settings, oidc=replace(settings.oidc, second_factor=believed))) as app:
        add(app, administrator=True, factor=factor)
        provider.says(**claims)
        client = _client(app)
        assert enter(client, provider, "/people").headers["Location"] == "/people"
        assert client.get("/people", base_url="https://localhost").status_code == 200
        provider.says(amr=["pwd"])
        other = _client(app)
        assert enter(other, provider, "/people").headers["Location"] != "/people"


def test_it_leads_to_no_other_site(app: Flask, client: FlaskClient, provider: Provider) -> None:
    add(app)
    assert enter(client, provider, "https://eve.example.net/").headers["Location"] == "/"


def test_it_can_be_tried_so_often(client: FlaskClient) -> None:
    for _ in range(300):
        client.get("/sign-in/provider/back?state=x&code=y", base_url="https://localhost")
    answer = client.get("/sign-in/provider/back?state=x&code=y", base_url="https://localhost")
    assert answer.status_code == 429
    assert "too often" in said(answer)


@pytest.mark.browser
def test_in_a_browser(
    page: Page, axe: Callable[[Page], None], provider: Provider, demo_folder: Path, tmp_path: Path
) -> None:
    settings = {
        "GCMTEXT_OIDC_ISSUER": provider.address,
        "GCMTEXT_OIDC_CLIENT_ID": CLIENT,
        "GCMTEXT_OIDC_CLIENT_SECRET": SECRET,
        "GCMTEXT_OIDC_NAME": "the Ministry",
    }
    with serving(demo_folder, tmp_path / "data", **settings) as server:
        provider.says(email="nobody@example.org")
        page.goto(f"{server}/sign-in?next=/account")
        axe(page)
        page.get_by_role("link", name="Sign in through the Ministry").click()
        page.get_by_role("link", name="Continue").click()
        expect(page.get_by_role("alert")).to_contain_text("Nobody has been invited as nobody@example.org")
        axe(page)
        provider.says(email="head@example.org")
        page.get_by_role("link", name="Sign in through the Ministry").click()
        page.get_by_role("link", name="Continue").click()
        page.wait_for_url(f"{server}/account")
        expect(page.get_by_role("main")).to_contain_text("the Ministry knows you")
        axe(page)
        page.set_viewport_size({"width": 390, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.get_by_role("button", name="Forget that account").click()
        expect(page.get_by_role("status")).to_have_text("Forgotten.")
