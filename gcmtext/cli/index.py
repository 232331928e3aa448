"""`gcmtext index`: the search index, made anew or checked."""

import click

from gcmtext.cli.progress import step
from gcmtext.cli.store import reading
from gcmtext.services import indexing


@click.group("index")
def command() -> None:
    """Make the search index anew, or check that it holds what is stored."""


@command.command("rebuild")
def rebuild() -> None:
    """Make the search index anew from all that is stored; searching goes on meanwhile."""
    with step("Making the search index"), reading() as session:
        count = indexing.rebuild(session)
    click.echo(f"{count:,} paragraphs are in the search index.")


@command.command("verify")
def verify() -> None:
    """Check that the search index holds all that is stored, and nothing else; exit code 1 if not."""
    with step("Checking the search index"), reading() as session:
        found = indexing.verify(session)
    for name in found.missing:
        click.echo(f"Missing or not whole: {name}")
    for name in found.left_over:
        click.echo(f"No longer stored: {name}")
    if found.missing or found.left_over:
        click.echo("Make it anew with “gcmtext index rebuild”.")
        raise click.exceptions.Exit(1)
    click.echo("The search index holds all that is stored, and nothing else.")
