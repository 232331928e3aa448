"""What can be set from outside, in one frozen value read from GCMTEXT_* variables."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from gcmtext.errors import InvalidText

_SHORTEST_KEY = 32
_FEWEST_CHARACTERS = 10
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Oidc:
    """A provider through which people sign in, by OpenID Connect.

    issuer: GCMTEXT_OIDC_ISSUER, its address, under which it describes itself.
    client_id, client_secret: GCMTEXT_OIDC_CLIENT_ID and GCMTEXT_OIDC_CLIENT_SECRET, what it knows us by.
    name: GCMTEXT_OIDC_NAME, what people call it; by default its host.
    second_factor: GCMTEXT_OIDC_SECOND_FACTOR, the values of `amr` or `acr` by which it vouches for a second
        factor; none: it is not believed about that.
    """

    issuer: str
    client_id: str
    client_secret: str
    name: str
    second_factor: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one installation.

    data_dir: GCMTEXT_DATA_DIR, the folder that holds all that is stored.
    database_url: GCMTEXT_DATABASE_URL, a database elsewhere; by default a SQLite file in data_dir.
    secret_key: GCMTEXT_SECRET_KEY, signs what browsers keep; made and kept in data_dir if not set.
    base_url: GCMTEXT_BASE_URL, where people reach the pages, without a slash at the end; https:// says that
        they do so by TLS, through a proxy.
    proxies: GCMTEXT_PROXIES, how many proxies stand before the program; each says whom it speaks for.
    smtp_url: GCMTEXT_SMTP_URL, the server that sends e-mail; "" keeps it in the outbox.
    mail_from: GCMTEXT_MAIL_FROM, whom e-mail comes from.
    digest_hour: GCMTEXT_DIGEST_HOUR, the hour (UTC) after which people are told by e-mail what is new.
    oidc: a provider through which people sign in; None without one.
    is_demonstration: set by `gcmtext demo` alone; everybody knows the passwords.
    """

    data_dir: Path
    database_url: str
    secret_key: str = ""
    base_url: str = ""
    proxies: int = 0
    smtp_url: str = ""
    mail_from: str = ""
    digest_hour: int = 5
    oidc: Oidc | None = None
    is_demonstration: bool = False

    @classmethod
    def from_environment(
        cls, environment: Mapping[str, str] = os.environ, folder: str = "gcmtext"
    ) -> "Settings":
        """Return the settings that the environment gives, with defaults for what it leaves open.

        `folder` is what the data folder is called where its place is left open.

        Raises InvalidText for what cannot be: a database that is neither SQLite nor PostgreSQL, a key that
        can be guessed, an address or a number that is none.
        """
        data_dir = Path(environment.get("GCMTEXT_DATA_DIR") or _data_home(environment) / folder)
        url = environment.get("GCMTEXT_DATABASE_URL") or f"sqlite:///{data_dir / 'gcmtext.sqlite3'}"
        if url.startswith(("postgres://", "postgresql://")):
            url = "postgresql+psycopg://" + url.split("://", 1)[1]
        if not url.startswith(("sqlite:", "postgresql+psycopg:")):
            raise InvalidText(
                "GCMTEXT_DATABASE_URL names a database that is not supported: use postgresql://… or sqlite:///…."
            )
        return cls(
            data_dir,
            url,
            _secret(environment.get("GCMTEXT_SECRET_KEY", "")),
            _address(environment.get("GCMTEXT_BASE_URL", "")),
            _number(environment.get("GCMTEXT_PROXIES", "")),
            _smtp(environment.get("GCMTEXT_SMTP_URL", ""), environment.get("GCMTEXT_MAIL_FROM", "")),
            environment.get("GCMTEXT_MAIL_FROM", ""),
            _hour(environment.get("GCMTEXT_DIGEST_HOUR", "")),
            _oidc(environment),
        )

    @property
    def is_behind_tls(self) -> bool:
        """Whether people reach the pages by TLS alone."""
        return self.base_url.startswith("https://")


def _secret(key: str) -> str:
    """Return a key that nobody can guess."""
    if key and (len(key) < _SHORTEST_KEY or len(set(key)) < _FEWEST_CHARACTERS):
        raise InvalidText(
            f"GCMTEXT_SECRET_KEY can be guessed: give it {_SHORTEST_KEY} random characters or more, or leave "
            "it out, so that one is made."
        )
    return key


def _address(url: str) -> str:
    parts = urlsplit(url)
    if url and (parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/")):
        raise InvalidText(
            "GCMTEXT_BASE_URL is the address of the first page, such as https://texts.example.org."
        )
    return url.rstrip("/")


def _number(words: str) -> int:
    if words and not (words.isascii() and words.isdigit() and len(words) < 3):
        raise InvalidText("GCMTEXT_PROXIES is how many proxies stand before the program, such as 1.")
    return int(words or "0")


def _hour(words: str) -> int:
    if words and not (words.isascii() and words.isdigit() and len(words) < 3 and int(words) < 24):
        raise InvalidText("GCMTEXT_DIGEST_HOUR is an hour of the day in UTC, from 0 to 23.")
    return int(words or "5")


def _smtp(url: str, mail_from: str) -> str:
    parts = urlsplit(url)
    if url and (parts.scheme not in ("smtp", "smtps") or not parts.hostname):
        raise InvalidText(
            "GCMTEXT_SMTP_URL is an address such as smtp://name:password@mail.example.org:587; with smtps:// "
            "TLS comes first."
        )
    if url and "@" not in mail_from:
        raise InvalidText("E-mail needs a sender: set GCMTEXT_MAIL_FROM.")
    return url


def _oidc(environment: Mapping[str, str]) -> Oidc | None:
    issuer = environment.get("GCMTEXT_OIDC_ISSUER", "").strip()
    client_id = environment.get("GCMTEXT_OIDC_CLIENT_ID", "")
    client_secret = environment.get("GCMTEXT_OIDC_CLIENT_SECRET", "")
    if not issuer:
        return None
    parts = urlsplit(issuer)
    if not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)):
        raise InvalidText("GCMTEXT_OIDC_ISSUER is the address of a provider: https://login.example.org.")
    if not client_id or not client_secret:
        raise InvalidText(
            "A provider must know who asks: set GCMTEXT_OIDC_CLIENT_ID and GCMTEXT_OIDC_CLIENT_SECRET."
        )
    return Oidc(
        issuer,
        client_id,
        client_secret,
        environment.get("GCMTEXT_OIDC_NAME", "").strip() or parts.hostname or issuer,
        frozenset(environment.get("GCMTEXT_OIDC_SECOND_FACTOR", "").split()),
    )


def _data_home(environment: Mapping[str, str]) -> Path:
    """Return the folder for the data of programs: XDG's, which other systems understand as well."""
    share = environment.get("XDG_DATA_HOME")
    return Path(share) if share else Path.home() / ".local" / "share"
