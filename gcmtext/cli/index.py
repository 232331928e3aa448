"""`gcmtext index`: the search index and the fingerprints of the corpus, made anew or checked."""

import click

from gcmtext.cli.progress import step
from gcmtext.cli.store import reading, writing
from gcmtext.services import fingerprinting, indexing


@click.group("index")
def command() -> None:
    """Make the search index and the fingerprints of the corpus anew, or check that they are whole."""


@command.command("rebuild")
def rebuild() -> None:
    """Make index and fingerprints anew from all that is stored; searching goes on meanwhile."""
    with step("Making the search index"), reading() as session:
        count = indexing.rebuild(session)
    click.echo(f"{count:,} paragraphs are in the search index.")
    with step("Making the fingerprints of the corpus"), writing() as session:
        count = fingerprinting.rebuild(session)
    click.echo(f"{count:,} wordings of the corpus have fingerprints.")


@command.command("verify")
def verify() -> None:
    """Check that index and fingerprints hold all that is stored, and nothing else; exit code 1 if not."""
    with step("Checking the search index"), reading() as session:
        found = indexing.verify(session)
        lacking = fingerprinting.missing(session)
    for name in found.missing:
        click.echo(f"Missing or not whole: {name}")
    for name in found.left_over:
        click.echo(f"No longer stored: {name}")
    if lacking:
        click.echo(f"Without fingerprints: {lacking:,} wordings of the corpus")
    if found.missing or found.left_over or lacking:
        click.echo("Make it anew with “gcmtext index rebuild”.")
        raise click.exceptions.Exit(1)
    click.echo("The search index holds all that is stored, and nothing else; nothing lacks fingerprints.")
