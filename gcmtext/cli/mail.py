"""`gcmtext mail`: e-mail that waits to be delivered."""

from datetime import UTC, datetime

import click

from gcmtext.cli.store import engine_of
from gcmtext.db import migrate
from gcmtext.db.engine import open_sessions
from gcmtext.errors import InvalidText
from gcmtext.services.mail import deliver
from gcmtext.settings import Settings


@click.group("mail")
def command() -> None:
    """Deliver e-mail.

    `gcmtext serve` does so by itself, every few seconds.
    """


@command.command("send")
def send() -> None:
    """Deliver what is due, once, by the server that GCMTEXT_SMTP_URL names."""
    settings = Settings.from_environment()
    if not settings.smtp_url:
        raise InvalidText("No server for e-mail is named: set GCMTEXT_SMTP_URL and GCMTEXT_MAIL_FROM.")
    with engine_of(settings) as engine:
        migrate.check(engine)
        went, stayed = deliver(open_sessions(engine), settings, datetime.now(UTC))
    click.echo(f"{went} delivered, {stayed} to be tried again.")
