"""`gcmtext read-back`: what one delegation wants, from a compilation."""

import json
from pathlib import Path

import click

from gcmtext.errors import InvalidText
from gcmtext.formats import read_bytes
from gcmtext.views import as_json
from gcmtext.views.compilation_json import read_back_json


@click.command("read-back")
@click.argument("compilation", type=click.Path(path_type=Path))
@click.argument("delegation")
@click.option("--json", "json_", is_flag=True, help="Print JSON for programs.")
def command(compilation: Path, delegation: str, json_: bool) -> None:
    """Print the whole text that DELEGATION wants, word for word as it sent it.

    COMPILATION is the file that `gcmtext compile --json` printed.
    """
    try:
        given = json.loads(read_bytes(compilation))
    except ValueError:
        raise InvalidText(
            f"{compilation.name} is no compilation: give the file that `gcmtext compile --json` printed."
        ) from None
    paragraphs = read_back_json(given, delegation)
    if json_:
        click.echo(as_json.dump({"delegation": delegation, "paragraphs": paragraphs}))
        return
    for paragraph in paragraphs:
        label = f"{paragraph['label']}\t" if paragraph["label"] else ""
        click.echo(f"{label}{paragraph['text']}")
