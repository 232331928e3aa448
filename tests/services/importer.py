"""What processes do in tests of imports: each imports one text into a database of its own accord."""

from datetime import UTC, datetime
from multiprocessing.synchronize import Barrier

from gcmtext.db.engine import begin_write, open_engine, open_sessions
from gcmtext.errors import GcmtextError
from gcmtext.services.importing import import_revision, read_text
from gcmtext.services.reading import negotiation

NOW = datetime(2027, 2, 1, tzinfo=UTC)


def file_of(seed: int, paragraphs: int) -> bytes:
    """Return a text; those of different seeds share most of their words."""
    lines = [
        f"{n}. Light {n} on coast {n % 17} shall be kept by keeper {(n * 31 + seed * (n % 5 == 0)) % 97}."
        for n in range(1, paragraphs + 1)
    ]
    return "\n\n".join(["# On lights", *lines, ""]).encode()


def store(url: str, into: str, name: str, data: bytes, start: Barrier | None = None) -> str:
    """Import a text as a revision, once all others are ready; return what was said, "" if it is stored."""
    engine = open_engine(url)
    document = read_text(data, "lights.md")
    if start is not None:
        start.wait(30)
    try:
        with open_sessions(engine)() as session:
            begin_write(session)
            found = negotiation(session, into)
            import_revision(session, found, document, ("lights.md", data), name=name, issued=None, now=NOW)
            session.commit()
    except GcmtextError as error:
        return f"{type(error).__name__}: {error}"
    finally:
        engine.dispose()
    return ""
