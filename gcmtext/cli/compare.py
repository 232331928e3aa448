"""`gcmtext compare`: what changed between two texts."""

from datetime import UTC, datetime
from pathlib import Path

import click

from gcmtext.cli.files import issue_of, name_of, read_documents, refuse_to_overwrite, write_file
from gcmtext.cli.progress import step
from gcmtext.text.compare import Comparison, compare, summary
from gcmtext.text.mistakes import mistakes
from gcmtext.views import as_json


@click.command("compare")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--json", "json_", is_flag=True, help="Print JSON for programs.")
@click.option(
    "--html", type=click.Path(path_type=Path), metavar="OUT", help="Write one page to e-mail or print."
)
@click.option(
    "--docx", type=click.Path(path_type=Path), metavar="OUT", help="Write the new text with tracked changes."
)
@click.option("--all", "everything", is_flag=True, help="Show unchanged paragraphs as well.")
def command(
    old: Path, new: Path, json_: bool, html: Path | None, docx: Path | None, everything: bool
) -> None:
    """Show what changed from OLD to NEW, paragraph by paragraph and word by word.

    The two files may be of different formats.
    """
    refuse_to_overwrite([path for path in (html, docx) if path], [old, new])
    with step("Reading"):
        documents = read_documents([old, new])
    with step("Comparing"):
        comparison = compare(*documents)
    names = (name_of(documents[0], old), name_of(documents[1], new))
    figures = summary(comparison)
    notices = mistakes(issue_of(documents[0], old), issue_of(documents[1], new), figures)
    if html:
        from gcmtext.formats.html_report import write_html

        write_file(html, write_html(comparison, names).encode())
    if docx:
        from gcmtext.formats.docx_tracked import write_docx

        write_file(docx, write_docx(comparison, author=" → ".join(names), date=_date(comparison)))
    if json_:
        click.echo(as_json.dump(as_json.comparison(comparison, figures, notices)))
        return
    from gcmtext.cli.show_comparison import show_comparison, show_summary

    if html or docx:
        show_summary(comparison, figures, names, notices)
    else:
        show_comparison(comparison, figures, names, notices, everything)


def _date(comparison: Comparison) -> datetime:
    """Return the date of the new text, so that the same files give the same bytes; now if it has none."""
    try:
        return datetime.fromisoformat(comparison.new.date).replace(tzinfo=UTC)
    except ValueError:
        return datetime.now(UTC).replace(microsecond=0)
