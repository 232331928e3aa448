"""`gcmtext audit`: the audit trail, checked and written out."""

import sys
from pathlib import Path

import click
from sqlalchemy import select

from gcmtext.cli.store import reading, who
from gcmtext.db import AuditEvent, AuditHead
from gcmtext.errors import Conflict, InvalidText
from gcmtext.services import trail
from gcmtext.services.audit import verify
from gcmtext.services.reading import negotiation as find_negotiation
from gcmtext.services.trail import Wanted
from gcmtext.text.addresses import slug

_WRITERS = {"jsonl": trail.json_lines, "csv": trail.csv_rows}


@click.group("audit")
def command() -> None:
    """Check the audit trail, or write it to a file."""


@command.command("verify")
@click.option(
    "--seen",
    metavar="NUMBER:HASH",
    help="The end of the trail as it was seen earlier: it must still stand there.",
)
def verify_(seen: str | None) -> None:
    """Check that nothing in the audit trail was changed, left out or put elsewhere.

    Says where the trail does not hold, and then ends with status 2. Says where it ends: kept elsewhere and
    given back with --seen, this also finds a trail that somebody has made anew.
    """
    with reading() as session:
        found = [f"Event {broken.number}: {broken.what}." for broken in verify(session)]
        head = session.get(AuditHead, 1)
        if seen is not None:
            number, hash_ = _seen(seen)
            there = session.scalar(select(AuditEvent.hash).where(AuditEvent.number == number))
            if number and there != hash_:
                found.append(f"Event {number}: is not the one that was seen.")
    for sentence in found:
        click.echo(sentence)
    if found or head is None:
        raise Conflict("The audit trail does not hold: ask who keeps the backups of the database.")
    click.echo(f"The audit trail holds: {head.number:,} events. It ends at {head.number}:{head.hash}")


@command.command("export")
@click.option(
    "--format",
    "format_",
    type=click.Choice([*_WRITERS]),
    default="jsonl",
    show_default=True,
    help="JSON, one event a line, or a table.",
)
@click.option("--negotiation", "name", metavar="NAME", help="Only that of one negotiation.")
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Where to write it.")
def export(format_: str, name: str | None, output: Path | None) -> None:
    """Write the audit trail to a file, or to where the output goes, the oldest event first."""
    with reading() as session:
        found = find_negotiation(session, who(), slug(name)) if name else None
        rows = _WRITERS[format_](session, found, Wanted())
        if output is None:
            for row in rows:
                sys.stdout.buffer.write(row.encode())
            return
        try:
            with output.open("w", encoding="utf-8", newline="") as file:
                file.writelines(rows)
        except OSError as error:
            raise InvalidText(
                f"{output} cannot be written ({error.strerror}): choose another place for it."
            ) from None
    click.echo(f"Wrote {output}.", err=True)


def _seen(words: str) -> tuple[int, str]:
    number, _, hash_ = words.partition(":")
    if not (number.isascii() and number.isdigit() and len(number) < 10 and len(hash_) == 64):
        raise InvalidText("Give the end of the trail as “gcmtext audit verify” says it, such as 128:9f86d0….")
    return int(number), hash_
