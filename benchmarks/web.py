"""How long the tracker takes to import a revision and to answer for its pages, at growing sizes.

Each text is a generated one in two states. An import is everything from the bytes of the second file to the
commit: reading, lineage to the first state, word changes. Pages are asked of the application in this process,
without a network, after a first time that fills what is kept; the best of RUNS is given. All figures are CPU
time of this process: the work of SQLite is in them, that of a PostgreSQL server is not. SQLite writes to a
temporary folder; PostgreSQL is the server that GCMTEXT_TEST_POSTGRESQL_URL names (see .ci/postgresql), left
out if it names none.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from uuid import uuid4

from docx import Document as WordDocument
from sqlalchemy import create_engine, make_url

from benchmarks.generate import as_markdown, generate
from benchmarks.tables import table
from gcmtext.app import create_app
from gcmtext.db import migrate
from gcmtext.db.engine import begin_write, open_engine, open_sessions
from gcmtext.services.actor import operator
from gcmtext.services.importing import import_revision, read_text, start_negotiation
from gcmtext.services.reading import negotiation
from gcmtext.settings import Settings
from gcmtext.text.model import Paragraph

SCALES = (1, 10, 100)
SEED = 200
RUNS = 5
PAGES = {
    "overview": "/text",
    "revision": "/text/rev-2",
    "revision, JSON": "/text/rev-2.json",
    "history of a paragraph": "/text/rev-2/para/p90",
    "compare": "/text/compare/rev-1/rev-2",
    "compare, JSON": "/text/compare/rev-1/rev-2.json",
    "lineage review": "/text/lineage/rev-1/rev-2",
}
NOW = datetime(2027, 2, 1, tzinfo=UTC)
OPERATOR = operator("benchmarks")


@dataclass(frozen=True)
class Measured:
    """What one size took on one database: paragraphs, and for each thing done the seconds and bytes."""

    paragraphs: int
    seconds: dict[str, float]
    megabytes: dict[str, float]


def run() -> str:
    """Return the tables."""
    with tempfile.TemporaryDirectory() as folder:
        databases = {"SQLite": measure_all(f"sqlite:///{folder}/it.sqlite3", Path(folder))}
        if url := os.environ.get("GCMTEXT_TEST_POSTGRESQL_URL"):
            with postgresql(url) as own:
                databases["PostgreSQL"] = measure_all(own, Path(folder))
    parts = []
    for name, sizes in databases.items():
        rows = [
            [what, *(f"{size.seconds[what] * 1000:,.0f}" if what in size.seconds else None for size in sizes)]
            for what in sizes[0].seconds
        ]
        head = [f"{name}: milliseconds of CPU", *(f"{size.paragraphs:,} paragraphs" for size in sizes)]
        parts.append(table(head, rows))
    sizes = databases["SQLite"]
    head = ["megabytes of the answer", *(f"{size.paragraphs:,} paragraphs" for size in sizes)]
    rows = [[what, *(size.megabytes[what] for size in sizes)] for what in PAGES]
    return "\n".join([*parts, table(head, rows)])


def measure_all(url: str, folder: Path) -> list[Measured]:
    """Return what each size takes, each in a database of its own tables."""
    found = []
    for scale in SCALES:
        engine = open_engine(url)
        migrate.upgrade(engine)
        engine.dispose()
        found.append(measure(url, folder, scale))
        empty(url)
    return found


def measure(url: str, folder: Path, scale: int) -> Measured:
    """Return what a text of one size takes."""
    case = generate(SEED, "heavy", scale)
    files = [(f"{name}.md", as_markdown(text).encode()) for name, text in (("1", case.old), ("2", case.new))]
    seconds = {}
    take(url, "text", "Rev.1", *files[0])
    seconds["import from Markdown"] = take(url, "text", "Rev.2", *files[1])
    if scale == SCALES[0]:
        take(url, "word", "Rev.1", "1.docx", as_word(case.old))
        seconds["import from Word"] = take(url, "word", "Rev.2", "2.docx", as_word(case.new))
    app = create_app(Settings(folder, url, "a key for measuring"))
    client = app.test_client()
    megabytes = {}
    for what, path in PAGES.items():
        path = client.get(path).headers.get("Location", path)
        answer = client.get(path)
        assert answer.status_code == 200, (what, answer.status_code)
        megabytes[what] = len(answer.data) / 2**20
        times = []
        for _ in range(RUNS):
            begun = time.process_time()
            client.get(path)
            times.append(time.process_time() - begun)
        seconds[what] = min(times)
    app.extensions["gcmtext_sessions"].kw["bind"].dispose()
    return Measured(len(case.new), seconds, megabytes)


def take(url: str, into: str, name: str, file: str, data: bytes) -> float:
    """Import a file as a revision; return the CPU seconds from its bytes to the commit."""
    engine = open_engine(url)
    with open_sessions(engine)() as session:
        if name == "Rev.1":
            start_negotiation(session, OPERATOR, into, "en", NOW)
            session.commit()
    with open_sessions(engine)() as session:
        begun = time.process_time()
        document = read_text(data, file)
        begin_write(session)
        import_revision(
            session,
            OPERATOR,
            negotiation(session, OPERATOR, into),
            document,
            (file, data),
            name=name,
            issued=None,
            now=NOW,
        )
        session.commit()
        seconds = time.process_time() - begun
    engine.dispose()
    return seconds


def as_word(paragraphs: tuple[Paragraph, ...]) -> bytes:
    """Return a text as a Word file with styles for headings and typed labels."""
    word = WordDocument()
    for p in paragraphs:
        words = f"{p.label} {p.text}".strip()
        if p.kind.value in ("title", "heading"):
            word.add_heading(words, p.level)
        else:
            word.add_paragraph(words)
    file = BytesIO()
    word.save(file)
    return file.getvalue()


@contextmanager
def postgresql(url: str) -> Iterator[str]:
    """Give a database of its own on a PostgreSQL server."""
    there = make_url(Settings.from_environment({"GCMTEXT_DATABASE_URL": url}).database_url)
    name = f"gcmtext_{uuid4().hex}"
    engine = create_engine(there, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
    try:
        yield there.set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')
        engine.dispose()


def empty(url: str) -> None:
    """Take everything out of a database."""
    from alembic import command

    from gcmtext.db.engine import begin_rebuild

    engine = open_engine(url)
    with begin_rebuild(engine) as connection:
        command.downgrade(migrate.config(connection), "base")
    engine.dispose()
