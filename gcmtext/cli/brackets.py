"""`gcmtext brackets`: what in a text is not agreed."""

import sys
from dataclasses import asdict
from pathlib import Path

import click
from rich.table import Table

from gcmtext.cli.files import read_documents
from gcmtext.cli.terminal import new_console, show_notices
from gcmtext.views import as_json
from gcmtext.views.bracketing import BracketedText, bracketed

UNBALANCED = 1


@click.command("brackets")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "json_", is_flag=True, help="Print JSON for programs.")
def command(file: Path, json_: bool) -> None:
    """Count the square brackets of FILE by paragraph and section, and check that each has its partner.

    The exit code is 1 if one has none.
    """
    [document] = read_documents([file])
    found = bracketed(document)
    if json_:
        click.echo(as_json.dump(_as_json(found)))
    else:
        _show(found)
    if not found.bracketing.is_balanced:
        sys.exit(UNBALANCED)


def _as_json(found: BracketedText) -> dict[str, object]:
    return {
        "pairs": len(found.bracketing.pairs),
        "balanced": found.bracketing.is_balanced,
        "paragraphs": [
            {
                "index": p.index,
                "label": p.label,
                "pairs": found.bracketing.count(p.index),
                "depth": found.bracketing.deepest[p.index],
                "clean": found.bracketing.is_clean(p.index),
            }
            for p in found.document.paragraphs
        ],
        "sections": [asdict(section) for section in found.sections],
        "notices": [asdict(notice) for notice in found.notices],
    }


def _show(found: BracketedText) -> None:
    console = new_console()
    show_notices(console, found.notices)
    table = Table(box=None, pad_edge=False, show_edge=False)
    table.add_column("Paragraph")
    table.add_column("Brackets", justify="right")
    table.add_column("Deep", justify="right")
    for section in found.sections:
        if section.open and section.heading:
            table.add_row(f"[bold]{_safe(section.heading)}[/bold]", f"[bold]{section.pairs}[/bold]", "")
        for index in range(section.start, section.stop):
            if not found.bracketing.is_clean(index):
                table.add_row(
                    _safe(found.names[index]),
                    str(found.bracketing.count(index)),
                    str(found.bracketing.deepest[index]),
                )
    if found.open:
        console.print(table)
    total = len(found.document.paragraphs)
    console.print(
        f"{len(found.bracketing.pairs):,} pairs of brackets; {len(found.open):,} of {total:,} paragraphs are "
        f"open, {total - len(found.open):,} clean."
    )


def _safe(words: str) -> str:
    """Return words in which the console sees no styles."""
    return words.replace("[", r"\[")
