"""The four functions over a PostgreSQL database; see the package."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from psycopg.errors import QueryCanceled
from sqlalchemy import Connection, Engine, TextClause, text
from sqlalchemy.exc import OperationalError

from gcmtext.search.engine import OBJECT, TooLong
from gcmtext.search.entry import Entry
from gcmtext.search.postgresql.statement import Statement, quoted
from gcmtext.search.question import Answer, Hit, Node, Question
from gcmtext.text.analysis import base, forms, stem

_LOCK, _TURN = 7_403_127, 7_403_128  # any numbers, as long as they stay, and no others of the program
# For the transaction of a question. Reading the whole table is taken for cheap, because nobody tells the
# planner what it takes to look for two thousand words in each tsvector; compiling takes longer than it saves.
_FOR_QUESTIONS = (
    "SELECT set_config('statement_timeout', '1900ms', TRUE), set_config('enable_seqscan', 'off', TRUE),"
    " set_config('work_mem', '32MB', TRUE), set_config('jit', 'off', TRUE)"
)
_SCHEMA = """
CREATE SCHEMA IF NOT EXISTS gcmtext_search;
CREATE TABLE IF NOT EXISTS gcmtext_search.entry (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    object text NOT NULL COLLATE "C",
    index integer NOT NULL,
    day integer NOT NULL,
    wording bigint NOT NULL,
    circles text[] NOT NULL,
    facets text[] NOT NULL,
    terms tsvector NOT NULL
);
CREATE INDEX IF NOT EXISTS entry_object ON gcmtext_search.entry (object);
CREATE INDEX IF NOT EXISTS entry_facets ON gcmtext_search.entry USING gin (facets) WITH (fastupdate = off);
CREATE INDEX IF NOT EXISTS entry_terms ON gcmtext_search.entry USING gin (terms) WITH (fastupdate = off);
CREATE TABLE IF NOT EXISTS gcmtext_search.word (form text COLLATE "C" PRIMARY KEY);
"""
_MADE = "SELECT to_regclass('gcmtext_search.word') IS NOT NULL"


class PostgresqlEngine:
    """The four functions over a PostgreSQL database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._made = False

    def index(self, objects: Mapping[str, Sequence[Entry]]) -> None:
        """Put objects in with all their entries, instead of those they have."""
        with self._writing() as connection:
            connection.execute(
                text("DELETE FROM gcmtext_search.entry WHERE object = ANY(:objects)"),
                {"objects": list(objects)},
            )
            _copy(connection, objects.items())

    def remove(self, objects: Iterable[str]) -> None:
        """Take objects out; those that are not there make no difference."""
        self.index(dict.fromkeys(objects, ()))

    def query(self, question: Question) -> Answer:
        """Answer a question."""
        asked = Statement()
        statement = asked.of(question)
        hits: list[Hit] = []
        counts: dict[str, dict[str, int]] = {name: {} for name in question.counted}
        total = objects = different = 0
        with self._reading() as connection:
            for what, name, number, score in _in_time(connection, statement, asked.values):
                if what == "hit":
                    hits.append(Hit(name, number, score))
                elif what == "total":
                    total, objects = number, int(score)
                elif what == "different":
                    different = number
                else:
                    counts[what][name] = number
        return Answer(total, objects, tuple(hits), different if question.once else total, counts)

    def rebuild(self, objects: Iterable[tuple[str, Sequence[Entry]]]) -> None:
        """Hold these objects and no others; readers see what there was until all is in."""
        with self._writing() as connection:
            connection.execute(text("DELETE FROM gcmtext_search.entry"))
            connection.execute(text("DELETE FROM gcmtext_search.word"))
            _copy(connection, objects)
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE gcmtext_search.entry"))

    def words(self, start: str) -> list[str]:
        """Return the forms that begin with `start`, in order, whoever may see them."""
        with self._reading() as connection:
            found = connection.execute(
                text("SELECT form FROM gcmtext_search.word WHERE starts_with(form, :start) ORDER BY form"),
                {"start": start},
            )
            return list(found.scalars())

    def values(self, name: str) -> list[str]:
        """Return the values of a facet, in order, whoever may see them."""
        with self._reading() as connection:
            found = connection.execute(
                text(
                    "SELECT DISTINCT substr(facet, :start) FROM gcmtext_search.entry, unnest(facets) AS facet"
                    " WHERE starts_with(facet, :name)"
                ),
                {"name": f"{name}=", "start": len(name) + 2},
            )
            return sorted(found.scalars())

    def count(self, node: Node, circles: Sequence[str]) -> int:
        """Return how many entries match that somebody of these circles may see."""
        return self.query(Question(node, tuple(circles), limit=0)).total

    @contextmanager
    def turn(self, seconds: float) -> Iterator[bool]:
        """Give whether it is our turn to make the index follow, having waited so long for others."""
        with self._engine.connect() as connection:
            connection.execute(text(f"SET LOCAL lock_timeout = {max(int(seconds * 1000), 1)}"))
            try:
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_TURN})"))
            except OperationalError:
                yield False
            else:
                yield True

    def is_made(self) -> bool:
        """Return whether there is an index, even if nothing is in it."""
        with self._engine.connect() as connection:
            return bool(connection.execute(text(_MADE)).scalar())

    def objects(self) -> dict[str, int]:
        """Return the objects that are held, each with the number of its entries."""
        with self._reading() as connection:
            rows = connection.execute(
                text("SELECT object, count(*) AS entries FROM gcmtext_search.entry GROUP BY object")
            )
            return {row.object: row.entries for row in rows}

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """Give a transaction in which nobody else writes to the index."""
        self._make()
        with self._engine.begin() as connection:
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        self._make()
        with self._engine.connect() as connection:
            yield connection

    def _make(self) -> None:
        """Make the tables if they are not there yet."""
        if self._made:
            return
        with self._engine.begin() as connection:
            if not connection.execute(text(_MADE)).scalar():
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
                for statement in filter(str.strip, _SCHEMA.split(";")):
                    connection.execute(text(statement))
        self._made = True


def _in_time(connection: Connection, statement: TextClause, values: Mapping[str, object]) -> Sequence[Any]:
    """Return the rows of a statement; raise TooLong if it takes longer than anybody should wait."""
    connection.execute(text(_FOR_QUESTIONS))
    try:
        return connection.execute(statement, values).all()
    except OperationalError as error:
        if isinstance(error.orig, QueryCanceled):
            raise TooLong from None
        raise


def _copy(connection: Connection, objects: Iterable[tuple[str, Sequence[Entry]]]) -> None:
    """Write the entries of objects, and the words in them."""
    words: set[str] = set()
    cursor = connection.connection.cursor()
    with cursor.copy(
        "COPY gcmtext_search.entry (object, index, day, wording, circles, facets, terms) FROM STDIN"
    ) as copy:
        for name, entries in objects:
            for entry in entries:
                facets = [f"{facet}={value}" for facet, value in ((OBJECT, name), *entry.facets)]
                terms = _tsvector(entry, words)
                copy.write_row(
                    (name, entry.index, entry.day, entry.wording, list(entry.seen_by), facets, terms)
                )
    if words:
        connection.execute(
            text(
                "INSERT INTO gcmtext_search.word SELECT unnest(CAST(:words AS text[])) ON CONFLICT DO NOTHING"
            ),
            {"words": sorted(words)},
        )


def _tsvector(entry: Entry, words: set[str]) -> str:
    """Return the terms of an entry with their positions; its forms are added to `words`."""
    parts, wholes = forms(entry.text)
    language = base(entry.language)
    positions: defaultdict[str, list[str]] = defaultdict(list)
    for at, form in enumerate(parts, 1):
        positions[form].append(str(at))
        if stemmed := stem(form, language):
            positions[stemmed].append(str(at))
        words.add(form)
    for whole in wholes:
        positions[whole.form].append(str(whole.at + 1))
        words.add(whole.form)
    return " ".join(f"{quoted(term)}:{','.join(at)}" for term, at in positions.items())
