"""`gcmtext import`: files stored as the revisions of a negotiation."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import click
from sqlalchemy.orm import Session

from gcmtext.cli.options import by_option, visibility_option
from gcmtext.cli.progress import step
from gcmtext.cli.store import reading, who, writing
from gcmtext.db import Negotiation, Visibility
from gcmtext.errors import InvalidText, NotFound
from gcmtext.formats import read_bytes
from gcmtext.services.actor import Actor
from gcmtext.services.comparing import compared
from gcmtext.services.importing import Imported, import_revision, read_text, start_negotiation
from gcmtext.services.reading import negotiation as find_negotiation
from gcmtext.services.reading import neighbours, stated
from gcmtext.services.ready import Ready, made_ready
from gcmtext.text.addresses import slug
from gcmtext.text.compare import is_doubtful
from gcmtext.text.mistakes import mistakes
from gcmtext.text.model import Document

_PREPARED = (
    "Only those who conduct the negotiation see it yet: circulate it on its page “Visibility”, "
    "or import with --visibility."
)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A file that has been read, with the name and the day of the revision that it is to be."""

    path: Path
    data: bytes
    document: Document
    name: str
    issued: date | None


@click.command("import")
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--negotiation", "name", metavar="NAME", required=True, help="Its part of the address.")
@click.option("--title", help="Start the negotiation under this title, if it is not there yet.")
@click.option("--revision", metavar="NAME", help="What the revision is called, if the file does not say it.")
@click.option("--issued", metavar="DATE", help="The day it was circulated, as 2027-01-29.")
@click.option("--before", metavar="REVISION", help="Put them before this revision instead of last.")
@click.option("--language", metavar="TAG", help="The language, if the file does not show it: en, fr, zh, …")
@visibility_option
@by_option
def command(
    files: tuple[Path, ...],
    name: str,
    title: str | None,
    revision: str | None,
    issued: str | None,
    before: str | None,
    language: str | None,
    visibility: str,
    by: str,
) -> None:
    """Store FILES, oldest first, as revisions of a negotiation.

    Nothing is stored unless all of them can be. A file that is there already makes nothing new.
    """
    if len(files) > 1 and (revision or issued):
        raise InvalidText("A name and a date are those of one file: import the files one by one.")
    drafts = []
    for path in files:
        with step(f"Reading {path.name}"):
            drafts.append(_read(path, revision, issued, language))
    now = datetime.now(UTC)
    actor = who(by)
    with step("Comparing"):
        ready = _made_ready(actor, name, drafts, before)
    reports, is_new = [], False
    with writing() as session:
        language = drafts[0].document.language
        negotiation = _negotiation(session, actor, name, title, language, Visibility(visibility), now)
        for draft in drafts:
            with step(f"Storing {draft.path.name}"):
                imported = import_revision(
                    session,
                    actor,
                    negotiation,
                    draft.document,
                    (draft.path.name, draft.data),
                    name=draft.name,
                    issued=draft.issued,
                    before=before,
                    visibility=Visibility(visibility),
                    ready=ready,
                    now=now,
                )
                reports.append(_report(session, negotiation, draft, imported, now))
                is_new = is_new or imported.created
    for report in reports:
        click.echo(report)
    if is_new and Visibility(visibility) == Visibility.PREPARED:
        click.echo(_PREPARED)


def _read(path: Path, revision: str | None, issued: str | None, language: str | None) -> _Draft:
    data = read_bytes(path)
    document = read_text(data, path.name)
    if language:
        document = replace(document, language=language)
    name = revision or document.revision or document.symbol or path.stem
    return _Draft(path, data, document, name, _day(issued) if issued else _stated_day(document))


def _made_ready(actor: Actor, name: str, drafts: list[_Draft], before: str | None) -> Ready:
    """Return what can be compared before anybody has to wait for the files to be stored."""
    texts = [(slug(draft.name), draft.document) for draft in drafts]
    with reading() as session:
        try:
            negotiation = find_negotiation(session, actor, slug(name))
        except NotFound:
            negotiation = None
        return made_ready(session, negotiation, texts, before)


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise InvalidText(f"{words} is no date: write it as 2027-01-29.") from None


def _stated_day(document: Document) -> date | None:
    try:
        return date.fromisoformat(document.date)
    except ValueError:
        return None


def _negotiation(
    session: Session,
    actor: Actor,
    name: str,
    title: str | None,
    language: str,
    visibility: Visibility,
    now: datetime,
) -> Negotiation:
    """Return the negotiation of that name, started under a title if it is not there and there is one.

    One that is started is seen by those who are to see its first text.
    """
    try:
        return find_negotiation(session, actor, slug(name))
    except NotFound as error:
        if title is None:
            raise NotFound(f"{error} Give --title to start it.") from None
    return start_negotiation(session, actor, title, language, now, name=name, visibility=visibility)


def _report(
    session: Session, negotiation: Negotiation, draft: _Draft, imported: Imported, now: datetime
) -> str:
    """Return what is to be said about a file: what it became, how that differs, and what was noticed."""
    version = imported.version
    revision = version.revision
    if not imported.created:
        return f"{draft.path.name}: {revision.name} is there already, nothing new."
    lines = [f"{draft.path.name}: {revision.name}, {len(draft.document.paragraphs):,} paragraphs"]
    earlier, later = neighbours(negotiation, revision, version.language)
    for old, new in ((earlier, version), (version, later)):
        if old is not None and new is not None:
            result = compared(session, negotiation, old, new, now)
            lines += [
                f"  Note: {notice.message}" for notice in mistakes(stated(old), stated(new), result.figures)
            ]
            doubtful = sum(map(is_doubtful, result.comparison.alignment.links))
            lines.append(
                f"  {old.revision.name} → {new.revision.name}: {result.figures.same:,} same, "
                f"{result.figures.changed:,} differences"
                + (f", {doubtful} of the links in doubt" if doubtful else "")
            )
    lines += [f"  Note: {notice.message}" for notice in draft.document.notices]
    return "\n".join(lines)
