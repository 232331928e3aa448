"""What can be set from outside, in one frozen value read from GCMTEXT_* variables."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gcmtext.errors import InvalidText


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one installation.

    data_dir: GCMTEXT_DATA_DIR, the folder that holds all that is stored.
    database_url: GCMTEXT_DATABASE_URL, a database elsewhere; by default a SQLite file in data_dir.
    secret_key: GCMTEXT_SECRET_KEY, signs what browsers keep; made and kept in data_dir if not set.
    """

    data_dir: Path
    database_url: str
    secret_key: str = ""

    @classmethod
    def from_environment(
        cls, environment: Mapping[str, str] = os.environ, folder: str = "gcmtext"
    ) -> "Settings":
        """Return the settings that the environment gives, with defaults for what it leaves open.

        `folder` is what the data folder is called where its place is left open.

        Raises InvalidText for a database that is neither SQLite nor PostgreSQL.
        """
        data_dir = Path(environment.get("GCMTEXT_DATA_DIR") or _data_home(environment) / folder)
        url = environment.get("GCMTEXT_DATABASE_URL") or f"sqlite:///{data_dir / 'gcmtext.sqlite3'}"
        if url.startswith(("postgres://", "postgresql://")):
            url = "postgresql+psycopg://" + url.split("://", 1)[1]
        if not url.startswith(("sqlite:", "postgresql+psycopg:")):
            raise InvalidText(
                "GCMTEXT_DATABASE_URL names a database that is not supported: use postgresql://… or sqlite:///…."
            )
        return cls(data_dir, url, environment.get("GCMTEXT_SECRET_KEY", ""))


def _data_home(environment: Mapping[str, str]) -> Path:
    """Return the folder for the data of programs: XDG's, which other systems understand as well."""
    share = environment.get("XDG_DATA_HOME")
    return Path(share) if share else Path.home() / ".local" / "share"
