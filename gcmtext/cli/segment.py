"""`gcmtext segment`: the paragraphs of one text."""

from pathlib import Path

import click

from gcmtext.cli.files import read_documents
from gcmtext.views import as_json


@click.command("segment")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "json_", is_flag=True, help="Print JSON for programs.")
def command(file: Path, json_: bool) -> None:
    """Show the paragraphs of FILE: kind, label, level and words, and what was left out."""
    [document] = read_documents([file])
    if json_:
        click.echo(as_json.dump(as_json.document(document)))
        return
    from gcmtext.cli.show_document import show_document

    show_document(document, file.name)
