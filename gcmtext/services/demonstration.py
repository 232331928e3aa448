"""The demonstration negotiation: drafts that come with the program, imported as anybody would."""

from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from gcmtext.db import CorpusDocument, Negotiation, Person, Visibility
from gcmtext.errors import Conflict
from gcmtext.services.actor import Actor
from gcmtext.services.corpus import About, add, source_of
from gcmtext.services.demonstration_amendments import load_amendments
from gcmtext.services.demonstration_people import load_people
from gcmtext.services.importing import import_revision, read_text, start_negotiation
from gcmtext.services.reading import negotiation

SLUG = "seafarers"
_BODY = "Illustrative"


def load_demonstration(session: Session, actor: Actor, drafts: Path, now: datetime) -> Negotiation:
    """Return the demonstration negotiation, made of the files in a folder if it is not there yet.

    The folder "corpus" beside them is the corpus of the demonstration; it is loaded where there is none yet.
    What is there stays as it is, whatever people have done to it meanwhile. Raises Conflict where people or
    negotiations are that are none of it: everybody knows the passwords of its accounts.
    """
    slugs = session.scalars(select(Negotiation.slug)).all()
    if SLUG not in slugs and (slugs or session.scalar(select(Person.id).limit(1))):
        raise Conflict(
            "There are negotiations or accounts of your own here, and everybody knows the passwords of the "
            "demonstration: name an empty folder with GCMTEXT_DATA_DIR, or none."
        )
    if session.scalar(select(CorpusDocument.id).limit(1)) is None:
        _load_corpus(session, actor, drafts / "corpus", now)
    if SLUG in slugs:
        return negotiation(session, actor, SLUG)
    files = [(path.name, path.read_bytes()) for path in sorted(drafts.glob("[0-9]*.md"))]
    texts = [read_text(data, name) for name, data in files]
    started = start_negotiation(
        session, actor, texts[0].title, texts[0].language, now, name=SLUG, visibility=Visibility.PUBLIC
    )
    for file, text in zip(files, texts, strict=True):
        issued = date.fromisoformat(text.date)
        import_revision(
            session,
            actor,
            started,
            text,
            file,
            name=text.revision,
            issued=issued,
            visibility=Visibility.PUBLIC,
            now=now,
        )
    load_people(session, actor, started, drafts, now)
    load_amendments(session, actor, negotiation(session, actor, SLUG), drafts, now)
    return started


def _load_corpus(session: Session, actor: Actor, folder: Path, now: datetime) -> None:
    for path in sorted(folder.glob("*.md")):
        data = path.read_bytes()
        about = About(body=_BODY)
        source = source_of(data, about)
        add(session, actor, read_text(data, path.name), about, now, source)
