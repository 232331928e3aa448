"""`gcmtext demo`: the demonstration negotiation, ready to look at."""

from dataclasses import replace
from datetime import UTC, datetime

import click

from gcmtext.cli.options import port_option
from gcmtext.cli.progress import step
from gcmtext.cli.store import engine_of, place_of, who
from gcmtext.db import migrate
from gcmtext.db.engine import begin_write, open_sessions
from gcmtext.resources import drafts_dir
from gcmtext.services.accounts import DEMONSTRATION_PASSWORD
from gcmtext.services.demonstration import load_demonstration
from gcmtext.services.demonstration_people import accounts
from gcmtext.services.indexing import follow_commit
from gcmtext.settings import Settings

_PAGES = ("", "/{last}", "/compare/{first}/{last}")


@click.command("demo")
@click.option("--no-serve", is_flag=True, help="Only load it; serve it later with gcmtext serve.")
@port_option
def command(no_serve: bool, port: int) -> None:
    """Load the demonstration negotiation, if it is not there yet, and serve it.

    It has a data folder of its own, unless GCMTEXT_DATA_DIR or GCMTEXT_DATABASE_URL says where.
    """
    settings = Settings.from_environment(folder="gcmtext-demo")
    with step("Loading the demonstration"):
        paths = _load(settings)
    click.echo(f"The demonstration negotiation is in {place_of(settings)}.")
    if no_serve:
        return
    from gcmtext.cli.serve import serve

    click.echo(f"Sign in with the password “{DEMONSTRATION_PASSWORD}” as")
    for account in accounts(drafts_dir()):
        said = ", ".join(filter(None, [account.role.value, account.delegation]))
        click.echo(f"  {account.email:<30} {said}")
    click.echo("Open in a browser:")
    serve(replace(settings, is_demonstration=True), "127.0.0.1", port, paths)


def _load(settings: Settings) -> list[str]:
    """Load the demonstration if it is not there yet; return the paths of pages to look at."""
    with engine_of(settings) as engine:
        migrate.upgrade(engine)
        with open_sessions(engine)() as session:
            begin_write(session)
            negotiation = load_demonstration(session, who(), drafts_dir(), datetime.now(UTC))
            session.commit()
            follow_commit(session)
            slugs = [revision.slug for revision in negotiation.revisions]
            name = negotiation.slug
    return [name + page.format(first=slugs[0], last=slugs[-1]) for page in _PAGES]
