"""What processes do in tests: each writes to a database of its own accord."""

from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing.synchronize import Barrier

from sqlalchemy.orm import Session

from gcmtext.db.engine import begin_write, open_engine, open_sessions
from gcmtext.errors import GcmtextError
from gcmtext.services.actor import operator
from gcmtext.services.importing import import_revision, read_text
from gcmtext.services.lineage import correct
from gcmtext.services.reading import negotiation, versions_in
from gcmtext.text.corrections import Decision, Verb

NOW = datetime(2027, 2, 1, tzinfo=UTC)
OPERATOR = operator("A. Keeper")


def file_of(seed: int, paragraphs: int) -> bytes:
    """Return a text; those of different seeds share most of their words."""
    lines = [
        f"{n}. Light {n} on coast {n % 17} shall be kept by keeper {(n * 31 + seed * (n % 5 == 0)) % 97}."
        for n in range(1, paragraphs + 1)
    ]
    return "\n\n".join(["# On lights", *lines, ""]).encode()


def store(url: str, into: str, name: str, data: bytes, start: Barrier | None = None) -> str:
    """Import a text as a revision, once all others are ready; return what was said, "" if it is stored."""
    document = read_text(data, "lights.md")

    def work(session: Session) -> None:
        found = negotiation(session, OPERATOR, into)
        import_revision(
            session, OPERATOR, found, document, ("lights.md", data), name=name, issued=None, now=NOW
        )

    return write(url, work, start)


def decide(url: str, into: str, by: str, start: Barrier) -> str:
    """Correct the first lineage of a negotiation, not knowing of other corrections; return what was said."""

    def work(session: Session) -> None:
        (_, old), (_, new), *_ = versions_in(negotiation(session, OPERATOR, into), "en")
        decision = Decision(Verb.DELETED, (1,), ())
        correct(session, operator(by), old, new, decision, reason="", seen=0, now=NOW)

    return write(url, work, start)


def write(url: str, work: Callable[[Session], None], start: Barrier | None) -> str:
    """Do something that writes, in one transaction; return the refusal, "" if there is none."""
    engine = open_engine(url)
    if start is not None:
        start.wait(60)
    try:
        with open_sessions(engine)() as session:
            begin_write(session)
            work(session)
            session.commit()
    except GcmtextError as error:
        return f"{type(error).__name__}: {error}"
    finally:
        engine.dispose()
    return ""
