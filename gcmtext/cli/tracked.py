"""`gcmtext tracked`: the tracked changes of one file."""

from pathlib import Path

import click

from gcmtext.cli.files import read_documents
from gcmtext.cli.progress import step
from gcmtext.formats import read_bytes
from gcmtext.formats.tracked_changes import read_submitted
from gcmtext.text.tracked import against
from gcmtext.views import as_json
from gcmtext.views.tracked import as_json as tracked_as_json


@click.command("tracked")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--base",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The text it was made on: what differs from it without being tracked is shown as well.",
)
@click.option("--json", "json_", is_flag=True, help="Print JSON for programs.")
@click.option("--all", "everything", is_flag=True, help="Show unchanged paragraphs as well.")
def command(file: Path, base: Path | None, json_: bool, everything: bool) -> None:
    """Show the tracked changes and comments of FILE: who changed what, paragraph by paragraph."""
    with step("Reading"):
        document = read_documents([base])[0] if base else None
        tracked = read_submitted(read_bytes(file), file.name, document)
        if document is not None:
            tracked = against(document, tracked)
    if json_:
        click.echo(as_json.dump(tracked_as_json(tracked)))
        return
    from gcmtext.cli.show_tracked import show_tracked

    show_tracked(tracked, file.name, everything)
