"""`gcmtext search`: paragraphs by their words."""

import click

from gcmtext.cli.store import reading, who
from gcmtext.search.question import Order
from gcmtext.services.found import Found
from gcmtext.services.search_address import Search
from gcmtext.services.searching import MOST_HITS, Result, Results, as_json, search
from gcmtext.text.addresses import spoken
from gcmtext.views.as_json import dump


@click.command("search")
@click.argument("query", metavar="QUERY")
@click.option("--limit", type=click.IntRange(0, MOST_HITS), default=20, help="How many paragraphs to show.")
@click.option("--exact", is_flag=True, help="Words as they stand, without their inflections.")
@click.option("--newest", is_flag=True, help="The newest first, instead of those that fit best.")
@click.option("--json", "json_", is_flag=True, help="Print JSON for programs.")
def command(query: str, limit: int, exact: bool, newest: bool, json_: bool) -> None:
    """Find the paragraphs of the corpus and of all revisions that fit QUERY.

    All words in any inflection; "words in quotation marks" as they stand; OR, NOT, NEAR/5, prefix*, symbol:…
    The whole language is on the page docs/search.md.
    """
    asked = Search(query, exact=exact, order=Order.NEWEST if newest else Order.RELEVANCE, limit=limit)
    with reading() as session:
        results = search(session, who(), asked)
    for notice in results.notices:
        click.echo(notice, err=True)
    if json_:
        click.echo(dump(as_json(results)))
    else:
        _show(results)


def _show(results: Results) -> None:
    for result in results.results:
        found = result.found
        name = spoken(found.paragraph, found.label)
        called = f"paragraph {name}" if name and not name[0].isalpha() else name
        source = ", ".join(filter(None, (found.symbol or found.name, called, str(found.date or ""))))
        click.echo(click.style(source, bold=True) + f"  {_address(found)}")
        click.echo(f"  {_marked(result)}\n")
    click.echo(f"{_counted(results.total, 'paragraph')} in {_counted(results.documents, 'document')}.")
    if results.instead:
        click.echo(f"Did you mean: {results.instead}")


def _counted(number: int, name: str) -> str:
    return f"{number:,} {name}" if number == 1 else f"{number:,} {name}s"


def _address(found: Found) -> str:
    """Return the address of the page on which a paragraph stands."""
    if found.within == "corpus":
        return f"/corpus/{found.document}#{found.paragraph}"
    return f"/{found.document}#{found.paragraph}" if found.within == "revision" else f"/{found.document}"


def _marked(result: Result) -> str:
    """Return the text with its highlights underlined where the terminal can."""
    text, at, pieces = result.found.text, 0, []
    for start, end in result.highlights:
        pieces += [text[at:start], click.style(text[start:end], underline=True)]
        at = end
    return "".join([*pieces, text[at:]])
