"""`gcmtext precedents`: what of a text is agreed language."""

import sys
from pathlib import Path

import click

from gcmtext.cli.files import read_documents
from gcmtext.cli.progress import step
from gcmtext.cli.store import reading
from gcmtext.errors import InvalidText
from gcmtext.formats import MAX_BYTES, read_source
from gcmtext.services.actor import operator
from gcmtext.services.precedents import is_empty, precedents
from gcmtext.text.model import Document
from gcmtext.text.segment import segment
from gcmtext.views import as_json

_PIPE = Path("-")


@click.command("precedents")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--json", "json_", is_flag=True, help="Print JSON for programs.")
def command(file: Path, json_: bool) -> None:
    """Show what of FILE (- for text on the standard input) is agreed language, paragraph by paragraph.

    Looks in the documents of the corpus for runs of eight words and more that stand there word for word, and
    for paragraphs that are nearly the same.
    """
    with step("Reading"):
        document = _read_pipe() if file == _PIPE else read_documents([file])[0]
    texts = [paragraph.text for paragraph in document.paragraphs]
    besides = frozenset({document.symbol} - {""})
    with step("Looking in the corpus"), reading() as session:
        empty = is_empty(session)
        found = precedents(session, operator("command line"), texts, besides)
    if empty:
        click.echo("The corpus is empty: add adopted documents with “gcmtext corpus add FILE”.", err=True)
    if json_:
        click.echo(as_json.dump(as_json.precedents(found)))
        return
    from gcmtext.cli.show_precedents import show_precedents

    show_precedents(document, found)


def _read_pipe() -> Document:
    """Return what the standard input holds, as plain text."""
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    document = segment(read_source(data, "standard input.txt"))
    if not document.paragraphs:
        raise InvalidText("The standard input holds no words: give it the text.")
    return document
