"""What can be set, what is refused, and that the documentation says so."""

import re
from pathlib import Path

import pytest

import gcmtext
from gcmtext.errors import InvalidText
from gcmtext.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = Path(gcmtext.__file__).parent
_NAMES = re.compile(r"GCMTEXT_[A-Z0-9_]*[A-Z0-9]")


def test_every_setting_is_documented_and_every_documented_setting_is_there() -> None:
    known = set(_NAMES.findall((PACKAGE / "settings.py").read_text(encoding="utf-8")))
    rows = re.findall(
        r"^\| `(GCMTEXT_\w+)`", (ROOT / "docs" / "settings.md").read_text(encoding="utf-8"), re.M
    )
    assert set(rows) == known
    assert len(rows) == len(set(rows))


def test_nothing_reads_the_environment_but_the_settings() -> None:
    reading = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if re.search(r"environ\b|getenv", path.read_text(encoding="utf-8"))
    }
    assert reading == {"settings.py"}


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("GCMTEXT_SECRET_KEY", "secret", "can be guessed"),
        ("GCMTEXT_SECRET_KEY", "x" * 64, "can be guessed"),
        ("GCMTEXT_SECRET_KEY", "changeme" * 8, "can be guessed"),
        ("GCMTEXT_DATABASE_URL", "mysql://localhost/texts", "not supported"),
        ("GCMTEXT_BASE_URL", "texts.example.org", "address of the first page"),
        ("GCMTEXT_BASE_URL", "https://example.org/texts", "address of the first page"),
        ("GCMTEXT_PROXIES", "one", "how many proxies"),
        ("GCMTEXT_SMTP_URL", "mail.example.org", "is an address such as"),
        ("GCMTEXT_OIDC_ISSUER", "login.example.org", "address of a provider"),
        ("GCMTEXT_OIDC_ISSUER", "http://login.example.org", "address of a provider"),
        ("GCMTEXT_OIDC_ISSUER", "https://login.example.org", "CLIENT_ID and GCMTEXT_OIDC_CLIENT_SECRET"),
        ("GCMTEXT_SMTP_URL", "smtp://mail.example.org", "needs a sender"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(name: str, value: str, words: str) -> None:
    with pytest.raises(InvalidText, match=words):
        Settings.from_environment({name: value})


def test_an_address_by_tls_says_so() -> None:
    settings = Settings.from_environment({"GCMTEXT_BASE_URL": "https://texts.example.org/"})
    assert settings.base_url == "https://texts.example.org"
    assert settings.is_behind_tls
    assert not Settings.from_environment({}).is_behind_tls


def test_a_provider_is_called_by_its_host_and_believed_about_nothing_more() -> None:
    given = {
        "GCMTEXT_OIDC_ISSUER": "https://login.example.org/realms/ministry",
        "GCMTEXT_OIDC_CLIENT_ID": "texts",
        "GCMTEXT_OIDC_CLIENT_SECRET": "known to two",
    }
    oidc = Settings.from_environment(given).oidc
    assert oidc is not None
    assert (oidc.name, oidc.second_factor) == ("login.example.org", frozenset())
    more = {"GCMTEXT_OIDC_NAME": "the Ministry", "GCMTEXT_OIDC_SECOND_FACTOR": " mfa  hwk "}
    oidc = Settings.from_environment(given | more).oidc
    assert oidc is not None
    assert (oidc.name, oidc.second_factor) == ("the Ministry", {"mfa", "hwk"})
    assert Settings.from_environment({}).oidc is None
