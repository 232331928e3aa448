"""`gcmtext export-revision`: a stored revision as a file."""

import sys
from collections.abc import Callable
from pathlib import Path

import click
from sqlalchemy.orm import Session

from gcmtext.cli.store import reading, who
from gcmtext.errors import InvalidText
from gcmtext.formats.markdown_writer import write_markdown
from gcmtext.services.reading import document, negotiation, revision, version
from gcmtext.text.addresses import slug
from gcmtext.text.model import Document
from gcmtext.views import as_json


def _json(text: Document) -> str:
    return as_json.dump(as_json.document(text)) + "\n"


def _plain(text: Document) -> str:
    """Return the words with their labels, a line for each paragraph and a blank one between two."""
    return "\n\n".join(f"{p.label} {p.text}".strip() for p in text.paragraphs) + "\n"


_ORIGINAL = "original"
_WRITERS: dict[str, Callable[[Document], str]] = {"markdown": write_markdown, "json": _json, "text": _plain}


@click.command("export-revision")
@click.argument("name", metavar="NEGOTIATION")
@click.argument("which", metavar="REVISION")
@click.option(
    "--format",
    "format_",
    type=click.Choice([*_WRITERS, _ORIGINAL]),
    default="markdown",
    show_default=True,
    help="What to write; original is the file as it was imported.",
)
@click.option("--language", default="", metavar="TAG", help="Which language, if not the working one.")
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Where to write it.")
def command(name: str, which: str, format_: str, language: str, output: Path | None) -> None:
    """Write REVISION of NEGOTIATION to a file, or to where the output goes."""
    with reading() as session:
        data = _exported(session, name, which, format_, language)
    if output is None:
        sys.stdout.buffer.write(data)
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise InvalidText(
            f"{output} cannot be written ({error.strerror}): choose another place for it."
        ) from None
    click.echo(f"Wrote {output} ({len(data):,} bytes).", err=True)


def _exported(session: Session, name: str, which: str, format_: str, language: str) -> bytes:
    where = negotiation(session, who(), slug(name))
    found = version(where, revision(where, slug(which)), language)
    if format_ == _ORIGINAL:
        return found.original.data
    return _WRITERS[format_](document(session, found)).encode()
