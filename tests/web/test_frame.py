"""What surrounds every request: TLS, proxies, how often, and what is said about it."""

import re
import subprocess
import sys
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from applications import one
from flask import Flask
from flask.testing import FlaskClient
from processes import environment

from gcmtext.settings import Settings
from gcmtext.web import limits

from .signing_in import as_role


def test_behind_tls_cookies_and_browsers_come_by_tls_alone(database_url: str, tmp_path: Path) -> None:
    settings = Settings(tmp_path, database_url, "a key for tests", "https://texts.example.org", proxies=1)
    with one(settings) as app:
        app.config["WTF_CSRF_ENABLED"] = True
        client = as_role(app.test_client(), "administrator")
        answer = client.get("/new", headers={"X-Forwarded-Proto": "https"})
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_without_tls_nothing_is_promised(client: FlaskClient) -> None:
    answer = as_role(client, "administrator").get("/new")
    assert "Strict-Transport-Security" not in answer.headers
    assert "Secure" not in answer.headers["Set-Cookie"]
    assert "HttpOnly" in answer.headers["Set-Cookie"]


@pytest.mark.parametrize(("proxies", "seen"), [(0, "127.0.0.1"), (1, "203.0.113.9"), (2, "198.51.100.7")])
def test_as_many_proxies_are_believed_as_there_are(
    database_url: str, tmp_path: Path, proxies: int, seen: str
) -> None:
    with one(Settings(tmp_path, database_url, "a key for tests", proxies=proxies)) as app:
        app.add_url_rule("/whence", view_func=limits.network)
        answer = app.test_client().get("/whence", headers={"X-Forwarded-For": "198.51.100.7, 203.0.113.9"})
    assert answer.text == seen


def test_addresses_of_one_household_count_together(app: Flask) -> None:
    def network(address: str) -> str:
        with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
            return limits.network()

    assert network("2001:db8::1") == network("2001:db8::ffff:1") == "2001:db8::/64"
    assert network("2001:db8:0:1::1") != network("2001:db8::1")


def test_who_imports_too_often_is_told_how_long_to_wait(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(limits._WORK, "import", 2)
    as_role(client, "administrator").post("/new", data={"title": "Lights", "language": "en"})
    statuses = []
    for _ in range(3):
        answer = client.post("/lights/import.json")
        statuses.append(answer.status_code)
    assert statuses == [422, 422, 429]
    assert re.fullmatch(r"This was tried too often: try again in \d+ minutes\.", answer.json["error"])
    assert 0 < int(answer.headers["Retry-After"]) <= 1200
    page = client.post("/lights/import")
    assert page.status_code == 429
    assert "Too often" in page.text
    assert client.get("/lights").status_code == 200


def test_only_comparisons_that_are_new_count(own_demo: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits._WORK, "comparison", 1)
    client = own_demo.test_client()
    assert client.get("/seafarers/compare/zero-draft/rev-2.json").status_code == 200
    assert client.get("/seafarers/compare/zero-draft/rev-2").status_code == 200
    assert client.get("/seafarers/compare/zero-draft/rev-3.json").status_code == 429


def test_a_weak_key_is_refused_at_the_start(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gcmtext", "init"],
        env=environment(tmp_path) | {"GCMTEXT_SECRET_KEY": "secret"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert "GCMTEXT_SECRET_KEY can be guessed" in done.stderr


def test_a_real_server_ignores_what_nobody_vouches_for(server: str) -> None:
    with urlopen(Request(server + "/seafarers", headers={"X-Forwarded-Proto": "https"})) as answer:  # noqa: S310
        assert "Strict-Transport-Security" not in answer.headers
        assert "; Secure" not in (answer.headers["Set-Cookie"] or "")
