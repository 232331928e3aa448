"""`gcmtext lineage`: the links between two revisions, shown and corrected."""

from datetime import UTC, datetime

import click
from sqlalchemy.orm import Session

from gcmtext.cli.options import by_option
from gcmtext.cli.show_lineage import ShownLineage, as_json, in_words, show_lineage
from gcmtext.cli.store import reading, who, writing
from gcmtext.errors import InvalidText
from gcmtext.services.comparing import chain
from gcmtext.services.lineage import alignment_of, correct, steps
from gcmtext.services.outline import Outline, outline
from gcmtext.services.reading import document, negotiation, revision, version
from gcmtext.text.addresses import slug
from gcmtext.text.corrections import Decision, Verb
from gcmtext.text.naming import find_named
from gcmtext.views.as_json import dump

_LANGUAGE = click.option(
    "--language", default="", metavar="TAG", help="Which language, if not the working one."
)


@click.group("lineage")
def command() -> None:
    """Show or correct what became of the paragraphs of one revision in the next."""


@command.command("show")
@click.argument("name", metavar="NEGOTIATION")
@click.argument("old")
@click.argument("new")
@_LANGUAGE
@click.option("--json", "json_", is_flag=True, help="Print JSON for programs.")
def show(name: str, old: str, new: str, language: str, json_: bool) -> None:
    """Show the links from OLD to NEW with kind and confidence, those in doubt first."""
    with reading() as session:
        found = _lineage(session, name, old, new, language)
    if json_:
        click.echo(dump(as_json(found)))
    else:
        show_lineage(found)


@command.command("correct")
@click.argument("name", metavar="NEGOTIATION")
@click.argument("old")
@click.argument("new")
@_LANGUAGE
@click.option("--link", multiple=True, metavar="OLD=NEW", help="These became those: 12=13,14.")
@click.option("--unlink", multiple=True, metavar="OLD=NEW", help="These did not become those.")
@click.option("--inserted", multiple=True, metavar="NEW", help="These came from nowhere.")
@click.option("--deleted", multiple=True, metavar="OLD", help="Of these nothing became.")
@by_option
@click.option("--reason", default="", metavar="TEXT", help="Why.")
def correct_(
    name: str,
    old: str,
    new: str,
    language: str,
    link: tuple[str, ...],
    unlink: tuple[str, ...],
    inserted: tuple[str, ...],
    deleted: tuple[str, ...],
    by: str,
    reason: str,
) -> None:
    """Correct the lineage from OLD to NEW. It is kept who did it, when and why.

    Paragraphs are named by labels ("12 bis", "13 (a)") or addresses ("13-a", "p45").
    """
    sides = [
        *((Verb.UNLINK, *_sides(words)) for words in unlink),
        *((Verb.LINK, *_sides(words)) for words in link),
        *((Verb.INSERTED, "", words) for words in inserted),
        *((Verb.DELETED, words, "") for words in deleted),
    ]
    if not sides:
        raise InvalidText("Say what is to be corrected: --link, --unlink, --inserted or --deleted.")
    with writing() as session:
        found = _lineage(session, name, old, new, language)
        decisions = [
            Decision(verb, _indices(found.old, olds), _indices(found.new, news)) for verb, olds, news in sides
        ]
        for number, decision in enumerate(decisions, len(found.step.decided)):
            correct(
                session,
                who(by),
                found.step.old,
                found.step.new,
                decision,
                reason=reason,
                seen=number,
                now=datetime.now(UTC),
            )
    for decision in decisions:
        click.echo(f"Corrected: {in_words(found, decision.verb, decision.old, decision.new)}")


def _lineage(session: Session, name: str, old: str, new: str, language: str) -> ShownLineage:
    """Return the lineage between two revisions; raise InvalidText unless they follow each other."""
    where = negotiation(session, who(), slug(name))
    before, after = (version(where, revision(where, slug(words)), language) for words in (old, new))
    between = chain(where, before, after)[1:-1]
    if between:
        raise InvalidText(
            f"Between {before.revision.name} and {after.revision.name} there is "
            f"{', '.join(v.revision.name for v in between)}: go from each to the next."
        )
    (step,) = steps(session, (before, after), datetime.now(UTC))
    alignment = alignment_of(step.stored, step.decided, document(session, before), document(session, after))
    return ShownLineage(step, outline(session, before), outline(session, after), alignment)


def _sides(words: str) -> tuple[str, str]:
    old, sign, new = words.partition("=")
    if not sign:
        raise InvalidText(f"“{words}” names no two sides: write OLD=NEW, such as 12=13,14.")
    return old, new


def _indices(outline: Outline, words: str) -> tuple[int, ...]:
    return find_named(words, outline.document, outline.addresses)
