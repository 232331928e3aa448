"""`gcmtext digest`: what is new, by e-mail."""

from datetime import UTC, datetime

import click

from gcmtext.cli.store import engine_of
from gcmtext.db import Often, migrate
from gcmtext.db.engine import open_sessions
from gcmtext.services.digests import send_due
from gcmtext.settings import Settings


@click.group("digest")
def command() -> None:
    """Tell people by e-mail what is new, if they want it.

    `gcmtext serve` does so by itself: every hour, or once a day at the hour that GCMTEXT_DIGEST_HOUR names.
    """


@command.command("send")
def send() -> None:
    """Write to all who want it what is new since they were told last; the mail is delivered as all other."""
    settings = Settings.from_environment()
    now = datetime.now(UTC)
    with engine_of(settings) as engine:
        migrate.check(engine)
        sent = send_due(open_sessions(engine), settings, dict.fromkeys(Often, now), now)
    click.echo(f"{sent} written." if sent else "Nothing new to tell.")
