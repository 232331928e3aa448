"""`gcmtext user`: accounts, and among them the first."""

from datetime import UTC, datetime

import click

from gcmtext.cli.store import reading, who, writing
from gcmtext.services import accounts, invitations
from gcmtext.settings import Settings

_password_option = click.option("--password", is_flag=True, help="Ask for a password here.")


@click.group("user")
def command() -> None:
    """Add, list, end and reset accounts; the first administrator is added here."""


@command.command("add")
@click.argument("email")
@click.option("--name", required=True, help="As others know the person.")
@click.option("--administrator", is_flag=True, help="May do everything, and invite others.")
@_password_option
def add(email: str, name: str, administrator: bool, password: bool) -> None:
    """Add somebody who signs in with EMAIL; print a link by which they choose a password."""
    now = datetime.now(UTC)
    chosen = _asked(name, email) if password else ""
    with writing() as session:
        added = accounts.add_person(session, who(), email, name, now, is_administrator=administrator)
        if chosen:
            accounts.set_password(session, who(), added, chosen, now)
            said = f"{added.name} signs in with {added.email}."
        else:
            link = invitations.reset_link(session, who(), added, _link, now)
            said = f"{added.name} chooses a password within an hour, once, at\n  {link}"
    click.echo(said)


@command.command("list")
def list_() -> None:
    """List everybody, one a line: address, name, and what is to be known of the account."""
    with reading() as session:
        for person in accounts.people(session):
            facts = {
                "administrator": person.is_administrator,
                "second factor": person.totp_secret is not None,
                "no password": person.password_hash is None,
                "ended": person.disabled_at is not None,
            }
            click.echo(
                "\t".join([person.email, person.name, ", ".join(f for f, is_so in facts.items() if is_so)])
            )


@command.command("disable")
@click.argument("email")
def disable(email: str) -> None:
    """Keep somebody from signing in, and end it where they have."""
    with writing() as session:
        ended = accounts.person(session, email)
        accounts.disable(session, who(), ended, datetime.now(UTC))
    click.echo(f"{ended.name} no longer signs in.")


@command.command("reset")
@click.argument("email")
@_password_option
def reset(email: str, password: bool) -> None:
    """Print a link by which somebody chooses a new password; or ask for it here."""
    now = datetime.now(UTC)
    chosen = _asked(email) if password else ""
    with writing() as session:
        found = accounts.person(session, email)
        if chosen:
            accounts.set_password(session, who(), found, chosen, now)
            said = f"{found.name} has a new password, and is signed out everywhere."
        else:
            link = invitations.reset_link(session, who(), found, _link, now)
            said = f"{found.name} chooses a password within an hour, once, at\n  {link}"
    click.echo(said)


def _asked(*known: str) -> str:
    """Ask for a password twice; raise InvalidText for one that will not do."""
    typed: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return accounts.checked_password(typed, *known)


def _link(token: str) -> str:
    """Return an address on the site that the settings name, else where `serve` listens by default."""
    return f"{Settings.from_environment().base_url or 'http://127.0.0.1:8000'}/reset/{token}"
