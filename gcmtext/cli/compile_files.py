"""`gcmtext compile`: what delegations send, as one attributed text."""

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click

from gcmtext.cli import BAD_INPUT
from gcmtext.cli.files import read_documents, refuse_to_overwrite, write_file
from gcmtext.cli.gathering import Gathered, Sent, by_author, gather, read_names
from gcmtext.cli.progress import step
from gcmtext.errors import GcmtextError, InvalidText
from gcmtext.formats import read_bytes
from gcmtext.formats.profile_files import load_profile
from gcmtext.formats.submissions import read_submission
from gcmtext.text.collate import Compilation, collate, order
from gcmtext.text.model import Document, Notice
from gcmtext.text.profiles import Profile
from gcmtext.text.proposals import Proposal, ProposalKind, Submission, combined

_FILES_FOR_ANOTHER_PROCESS = 8
_OUT = click.Path(path_type=Path)


@dataclass(frozen=True, slots=True)
class _Read:
    """A file that was read, or why it could not be. fault: "" if it could."""

    sent: Sent
    submission: Submission
    notices: tuple[Notice, ...] = ()
    fault: str = ""


@click.command("compile")
@click.argument("base", type=_OUT)
@click.argument("files", nargs=-1, required=True, metavar="DELEGATION=FILE …")
@click.option(
    "--profile",
    "profile_name",
    default="ga",
    show_default=True,
    metavar="NAME",
    help="How proposals are marked: ga, who, itu, plain, or a file of your own.",
)
@click.option("--names", type=_OUT, metavar="FILE", help="A mapping of files to delegations.")
@click.option("--authors", is_flag=True, help="Take each author of tracked changes for a delegation.")
@click.option("--docx", type=_OUT, metavar="OUT", help="Write a Word file with brackets and names.")
@click.option(
    "--tracked",
    type=_OUT,
    metavar="OUT",
    help="Write a Word file with tracked changes, each by its delegation.",
)
@click.option("--html", type=_OUT, metavar="OUT", help="Write one page: the text, and who is where.")
@click.option("--markdown", type=_OUT, metavar="OUT", help="Write it as Markdown.")
@click.option("--json", "json_", is_flag=True, help="Print JSON for programs.")
def command(
    base: Path,
    files: tuple[str, ...],
    profile_name: str,
    names: Path | None,
    authors: bool,
    docx: Path | None,
    tracked: Path | None,
    html: Path | None,
    markdown: Path | None,
    json_: bool,
) -> None:
    """Compile what delegations propose on BASE into one attributed text from which nothing is missing.

    Files are given as "Mexico=mexico.docx", or a folder of them. A file that cannot be read is left out, with
    a sentence that says why; the exit code is then 2.
    """
    profile = load_profile(profile_name)
    mapping = read_names(names)
    gathered = gather(files, mapping, base)
    sent = gathered.sent
    written = [path for path in (docx, tracked, html, markdown) if path]
    refuse_to_overwrite(written, [base, *(s.path for s in sent)])
    if authors:
        sent = tuple(own for one in sent for own in by_author(one))
    with step(f"Reading {base.name}"):
        [document] = read_documents([base])
    read = list(_twice(list(_combined(document, _read_all(document, sent)))))
    for line in (*map(_report, read), *_not_compiled(gathered)):
        click.echo(line, err=True)
    with step("Compiling"):
        compilation = collate(
            document,
            _submissions(document, read),
            [replace(n, message=f"{r.sent.path.name}: {n.message}") for r in read for n in r.notices]
            + [Notice("left-out", r.fault) for r in read if r.fault],
        )
    _write(compilation, profile, mapping.short, docx, html, markdown)
    if tracked:
        from gcmtext.formats.docx_tracked import write_compilation

        write_file(tracked, write_compilation(compilation, _date(document)))
    from gcmtext.cli.show_compilation import show_compilation, summary

    if json_:
        from gcmtext.views import as_json
        from gcmtext.views.compilation_json import compilation as compilation_as_json

        click.echo(as_json.dump(compilation_as_json(compilation)))
    if json_ or written:
        click.echo(summary(compilation), err=True)
    else:
        show_compilation(compilation, profile, mapping.short)
    if any(one.fault for one in read):
        sys.exit(BAD_INPUT)


def _read_all(base: Document, sent: Sequence[Sent]) -> list[_Read]:
    """Return what each file proposes, in the order of the delegations and of the names of their files."""
    in_order = sorted(sent, key=lambda s: (order(s.delegation), s.path.name, str(s.path)))
    work = partial(_read, base)
    processes = min(os.cpu_count() or 1, len(in_order) // _FILES_FOR_ANOTHER_PROCESS)
    if processes < 2:
        return list(_counted(map(work, in_order), len(in_order)))
    with ProcessPoolExecutor(processes) as pool:
        return list(_counted(pool.map(work, in_order), len(in_order)))


def _counted(found: Iterable[_Read], total: int) -> Iterator[_Read]:
    """Yield what is read, and say at a terminal how far it is."""
    for number, one in enumerate(found, start=1):
        if sys.stderr.isatty():
            sys.stderr.write(f"\rReading {number} of {total}: {one.sent.path.name[:40]}\033[K")
        yield one
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K")


def _read(base: Document, sent: Sent) -> _Read:
    try:
        data = read_bytes(sent.path)
        submission, notices = read_submission(data, sent.path.name, base, sent.delegation, sent.author)
    except GcmtextError as error:
        return _Read(sent, Submission(sent.delegation, ()), fault=str(error))
    return _Read(sent, submission, notices)


def _combined(base: Document, read: list[_Read]) -> Iterator[_Read]:
    """Yield the files; those of one delegation that contradict each other with what is the matter."""
    for one in read:
        others = [r for r in read if r.sent.delegation == one.sent.delegation and not r.fault]
        if one.fault or len(others) < 2:
            yield one
            continue
        files = " and ".join(r.sent.path.name for r in others)
        try:
            combined(base, [r.submission for r in others])
        except InvalidText as error:
            fault = f"{one.sent.path.name}: {files} contradict each other. {error} Give the one that counts."
            yield replace(one, fault=fault)
        else:
            notice = Notice("several-files", f"{one.sent.delegation} sent {files}: they count together.")
            yield replace(one, notices=(*one.notices, notice))


def _twice(read: Sequence[_Read]) -> Iterator[_Read]:
    """Yield the files; those that propose the same as one of another delegation say so.

    Such is a text that several send, or one file that came twice under two names.
    """
    first: dict[frozenset[Proposal], Sent] = {}
    for one in read:
        proposed = frozenset(replace(proposal, note="") for proposal in one.submission.proposals)
        before = first.setdefault(proposed, one.sent)
        if not proposed or before.delegation == one.sent.delegation:
            yield one
            continue
        message = (
            f"It proposes exactly what {before.delegation} does ({before.path.name}). If it is the same file "
            "sent twice, take one away, or let --names say that both are from one delegation."
        )
        yield replace(one, notices=(*one.notices, Notice("same-proposals", message)))


def _submissions(base: Document, read: Sequence[_Read]) -> Iterator[Submission]:
    found: dict[str, list[Submission]] = {}
    for one in read:
        if not one.fault:
            found.setdefault(one.sent.delegation, []).append(one.submission)
    return (combined(base, several) for several in found.values())


_SAID = {
    ProposalKind.CHANGE: ("change", "changes"),
    ProposalKind.DELETE: ("deletion", "deletions"),
    ProposalKind.INSERT_BEFORE: ("new paragraph", "new paragraphs"),
    ProposalKind.INSERT_AFTER: ("new paragraph", "new paragraphs"),
    ProposalKind.ALTERNATIVE: ("alternative", "alternatives"),
    ProposalKind.MOVE: ("move", "moves"),
    ProposalKind.SPLIT: ("split", "splits"),
    ProposalKind.MERGE: ("merger", "mergers"),
    ProposalKind.RESERVE: ("reservation", "reservations"),
    ProposalKind.RETAIN: ("wish to retain", "wishes to retain"),
}


def _report(one: _Read) -> str:
    if one.fault:
        return f"{one.sent.delegation}: left out. {one.fault}"
    counts = Counter(_SAID[proposal.kind] for proposal in one.submission.proposals)
    said = [f"{number} {forms[number > 1]}" for forms, number in counts.items()]
    lines = [f"{one.sent.delegation} ({one.sent.path.name}): {', '.join(said) or 'proposes nothing'}"]
    return "\n".join([*lines, *(f"  Note: {notice.message}" for notice in one.notices)])


def _not_compiled(gathered: Gathered) -> Iterator[str]:
    """Yield what a person should know of files that were not there, or are no texts."""
    for name in gathered.missing:
        yield f"Note: {name} is in the mapping and was not among the files."
    if gathered.passed_over:
        yield f"Note: not read, as no texts: {', '.join(gathered.passed_over)}."


def _write(
    compilation: Compilation,
    profile: Profile,
    short: Mapping[str, str],
    docx: Path | None,
    html: Path | None,
    markdown: Path | None,
) -> None:
    from gcmtext.text.rendering import render

    rendered = render(compilation, profile, short) if docx or markdown else ()
    if docx:
        from gcmtext.formats.compilation.word import write_docx

        with step("Writing the Word file"):
            data = write_docx(rendered, profile, compilation.base, _date(compilation.base))
        write_file(docx, data)
    if markdown:
        from gcmtext.formats.compilation.markdown import write_markdown

        write_file(markdown, write_markdown(rendered, profile).encode())
    if html:
        from gcmtext.formats.compilation.page import write_page

        with step("Writing the page"):
            page = write_page(compilation, profile, short)
        write_file(html, page.encode())


def _date(base: Document) -> datetime:
    """Return the date of the base, so that the same files give the same bytes."""
    try:
        return datetime.fromisoformat(base.date).replace(tzinfo=UTC)
    except ValueError:
        return datetime(2000, 1, 1, tzinfo=UTC)
