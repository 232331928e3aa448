"""`gcmtext demo`: the demonstration negotiation, ready to look at."""

from dataclasses import replace
from datetime import UTC, datetime

import click

from gcmtext.cli.options import port_option
from gcmtext.cli.progress import step
from gcmtext.cli.store import engine_of, place_of, who
from gcmtext.cli.terminal import columns
from gcmtext.db import migrate
from gcmtext.db.engine import begin_write, open_sessions
from gcmtext.resources import drafts_dir
from gcmtext.services.accounts import DEMONSTRATION_PASSWORD
from gcmtext.services.demonstration import load_demonstration
from gcmtext.services.demonstration_people import accounts
from gcmtext.services.indexing import follow_commit
from gcmtext.settings import Settings

_PAGES = {
    "": "the negotiation from above",
    "/final-draft": "its latest text",
    "/compare/zero-draft/final-draft": "what has changed since the zero draft",
    "/rev-1/compilation": "all amendments to Rev.1 in one text",
    "/amendments?revision=rev-1": "the same, one by one",
}
_PAGES_OF_THE_HOUSE = {"search": "agreed language, drafts and amendments, searched"}


@click.command("demo")
@click.option("--no-serve", is_flag=True, help="Only load it; serve it later with gcmtext serve.")
@port_option
def command(no_serve: bool, port: int) -> None:
    """Load the demonstration negotiation, if it is not there yet, and serve it.

    It has a data folder of its own, unless GCMTEXT_DATA_DIR or GCMTEXT_DATABASE_URL says where.
    """
    settings = Settings.from_environment(folder="gcmtext-demo")
    with step("Loading the demonstration"):
        name = _load(settings)
    click.echo(f"The demonstration negotiation is in {place_of(settings)}.")
    if no_serve:
        return
    from gcmtext.cli.serve import serve

    click.echo(f"Sign in with the password “{DEMONSTRATION_PASSWORD}” as")
    for line in columns(
        (account.email, ", ".join(filter(None, [account.role.value, account.delegation])))
        for account in accounts(drafts_dir())
    ):
        click.echo(line)
    click.echo("Open in a browser:")
    pages = {name + path: shown for path, shown in _PAGES.items()} | _PAGES_OF_THE_HOUSE
    serve(replace(settings, is_demonstration=True), "127.0.0.1", port, pages)


def _load(settings: Settings) -> str:
    """Load the demonstration if it is not there yet; return the name of its negotiation in addresses."""
    with engine_of(settings) as engine:
        migrate.upgrade(engine)
        with open_sessions(engine)() as session:
            begin_write(session)
            negotiation = load_demonstration(session, who(), drafts_dir(), datetime.now(UTC))
            session.commit()
            follow_commit(session)
            return negotiation.slug
