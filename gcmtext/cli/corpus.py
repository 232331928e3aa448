"""`gcmtext corpus`: adopted documents, added, listed and withdrawn."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy.orm import Session

from gcmtext.cli.options import by_option
from gcmtext.cli.progress import step
from gcmtext.cli.store import reading, who, writing
from gcmtext.db.engine import begin_write
from gcmtext.errors import GcmtextError
from gcmtext.formats import read_bytes
from gcmtext.formats.documents import read_document
from gcmtext.formats.json_lines import is_json_lines, raw_lines, read_line
from gcmtext.services import corpus
from gcmtext.services.corpus import About, Outcome
from gcmtext.services.indexing import follow
from gcmtext.text.model import Document
from gcmtext.text.segment import segment
from gcmtext.text.symbols import body_of

_SECONDS = 2.0  # of work that a crash may lose, and that others wait for


@click.group("corpus")
def command() -> None:
    """Add adopted documents to the corpus, list them, or withdraw them."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A document that is to be added: where it stands, its bytes, and what is said about it."""

    where: str
    data: bytes
    about: About
    is_line: bool


@command.command("add")
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="FILE…")
@click.option("--symbol", default="", help="Its symbol, as A/RES/73/195, if the file does not state it.")
@click.option("--title", default="", help="Its title, if the file does not state it.")
@click.option("--body", default="", help="Who adopted it, if the symbol does not say so.")
@click.option("--date", default="", metavar="DATE", help="The day it was adopted, as 2018-12-19.")
@click.option("--session", "session_", default="", help="In which session, if the symbol does not say so.")
@click.option("--status", default="", help="What it is: “adopted” if not given.")
@click.option("--language", default="", metavar="TAG", help="Its language: ar, en, es, fr, ru, zh, …")
@click.option("--version-of", "work", default="", metavar="SYMBOL", help="Of which document it is a version.")
@click.option("--again", is_flag=True, help="Read again what has been added from the same file before.")
@by_option
def add(
    files: tuple[Path, ...],
    symbol: str,
    title: str,
    body: str,
    date: str,
    session_: str,
    status: str,
    language: str,
    work: str,
    again: bool,
    by: str,
) -> None:
    """Add FILEs: Word, PDF, Akoma Ntoso, HTML, Markdown, plain text, or JSON lines with a document a line.

    A document that is there already is brought up to date. What has been added from the same file before is
    passed over, so that an interrupted run is taken up by running it again.
    """
    about = About(symbol, title, body, date, session_, status, language, work)
    counts = dict.fromkeys(Outcome, 0)
    refused: list[str] = []
    last = ""
    with step("Adding documents") as says, reading() as session:
        began = time.monotonic()
        writing_now = False
        for number, item in enumerate(_all_items(files, about), 1):
            if isinstance(item, GcmtextError):
                refused.append(str(item))
                continue
            if not writing_now:
                session.rollback()
                begin_write(session)
                began, writing_now = time.monotonic(), True
            says(f"{number:,} documents read, {item.where}")
            source = corpus.source_of(item.data, item.about)
            if not again and corpus.is_added(session, source):
                counts[Outcome.SAME] += 1
                continue
            try:
                with session.begin_nested():
                    added = _add(session, item, source, by)
            except GcmtextError as error:
                said = str(error)
                refused.append(said if said.startswith(item.where) else f"{item.where}: {said}")
                continue
            counts[added.outcome] += 1
            last = added.document.address
            if time.monotonic() - began > _SECONDS:
                session.commit()
                writing_now = False
        session.commit()
        says("putting them into the search index")
        follow(session, seconds=600)
    click.echo(
        f"{counts[Outcome.NEW]:,} new, {counts[Outcome.CHANGED]:,} changed, "
        f"{counts[Outcome.SAME]:,} there already." + (f" The last is at /corpus/{last}." if last else "")
    )
    for sentence in refused:
        click.echo(f"  Not added: {sentence}", err=True)
    if refused:
        raise click.exceptions.Exit(2)


@command.command("list")
@click.option("--json", "json_", is_flag=True, help="Print JSON for programs.")
def list_(json_: bool) -> None:
    """List the documents of the corpus, the latest first."""
    with reading() as session:
        held = corpus.documents(session)
    if json_:
        from gcmtext.views.as_json import dump

        click.echo(
            dump(
                {
                    "documents": [
                        {
                            "address": d.address,
                            "symbol": d.symbol,
                            "title": d.title,
                            "body": d.body,
                            "date": d.adopted.isoformat() if d.adopted else "",
                            "session": d.session,
                            "status": d.status,
                            "language": d.language,
                        }
                        for d in held
                    ]
                }
            )
        )
        return
    for d in held:
        day = d.adopted.isoformat() if d.adopted else ""
        click.echo(f"{day:10}  {d.symbol or d.address:18}  {d.language:5}  {d.title}")
    click.echo(f"{len(held):,} documents.")


@command.command("withdraw")
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT…")
@by_option
def withdraw(documents: tuple[str, ...], by: str) -> None:
    """Withdraw DOCUMENTs, by address or symbol: they are found no more. Adding brings them back."""
    now = datetime.now(UTC)
    with writing() as session:
        held = [corpus.named(session, name) for name in documents]
        for document in held:
            corpus.withdraw(session, who(by), document, now)
    for document in held:
        click.echo(f"{document.symbol or document.title} ({document.language}) is withdrawn.")


def _all_items(files: tuple[Path, ...], about: About) -> Iterator[_Item | GcmtextError]:
    """Yield what is in files, and why one cannot be read, or not further."""
    for path in files:
        try:
            yield from _items(path, about)
        except GcmtextError as error:
            yield error


def _items(path: Path, about: About) -> Iterator[_Item]:
    if not is_json_lines(path):
        yield _Item(path.name, read_bytes(path), about, is_line=False)
        return
    for number, line in raw_lines(path):
        yield _Item(f"{path.name}, line {number}", line, about, is_line=True)


def _add(session: Session, item: _Item, source: str, by: str) -> corpus.Added:
    document, about = _read(item)
    return corpus.add(session, who(by), document, about, datetime.now(UTC), source)


def _read(item: _Item) -> tuple[Document, About]:
    """Return the document of an item; what it states about itself counts where nothing was said."""
    if not item.is_line:
        return read_document(item.data, item.where), item.about
    read, stated = read_line(item.data, item.where)
    about = item.about
    return segment(read), replace(
        about,
        body=about.body or body_of(about.symbol or read.symbol) or stated["body"],
        session=about.session or stated["session"],
        status=about.status or stated["status"],
    )
