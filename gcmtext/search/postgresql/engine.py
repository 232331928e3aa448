"""The four functions over a PostgreSQL database; see the package."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import Any

from psycopg.errors import QueryCanceled
from sqlalchemy import Connection, Engine, TextClause, delete, table, text
from sqlalchemy.exc import OperationalError

from gcmtext.search.engine import OBJECT, Holding, TooLong, holding
from gcmtext.search.entry import Entry
from gcmtext.search.postgresql.statement import Statement, passage, quoted
from gcmtext.search.question import Answer, Hit, Node, Question
from gcmtext.text.analysis import base, forms, stem

_LOCK, _TURN = 7_403_127, 7_403_128  # any numbers, as long as they stay, and no others of the program
# For the transaction of a question. Reading the whole table is taken for cheap, because nobody tells the
# planner what it takes to look for two thousand words in each tsvector; compiling takes longer than it saves.
SETTINGS = {
    "statement_timeout": "1700ms",
    "enable_seqscan": "off",
    "enable_indexscan": "off",
    "enable_indexonlyscan": "off",
    "enable_nestloop": "off",
    "max_parallel_workers_per_gather": "0",
    "plan_cache_mode": "force_custom_plan",
    "work_mem": "32MB",
    "jit": "off",
}
# What has been there before in another form is made anew, as if there had never been an index.
_SCHEMA = """
DROP SCHEMA IF EXISTS gcmtext_search CASCADE;
CREATE SCHEMA gcmtext_search;
CREATE TABLE gcmtext_search.object (name text COLLATE "C" PRIMARY KEY, facets text[] NOT NULL);
CREATE TABLE gcmtext_search.entry (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    object text NOT NULL COLLATE "C",
    index integer NOT NULL,
    day integer NOT NULL,
    wording bigint NOT NULL,
    circles text[] NOT NULL,
    facets text[] NOT NULL,
    own text[] NOT NULL,
    terms tsvector NOT NULL
);
CREATE INDEX entry_object ON gcmtext_search.entry (object);
CREATE INDEX entry_facets ON gcmtext_search.entry USING gin (facets) WITH (fastupdate = off);
CREATE INDEX entry_terms ON gcmtext_search.entry USING gin (terms) WITH (fastupdate = off);
CREATE TABLE gcmtext_search.word (form text COLLATE "C" PRIMARY KEY);
CREATE TABLE gcmtext_search.stem (term text COLLATE "C" PRIMARY KEY);
CREATE TABLE gcmtext_search.facet (name text, value text COLLATE "C", PRIMARY KEY (name, value));
"""
_MADE = "SELECT to_regclass('gcmtext_search.facet') IS NOT NULL"
_TABLES = [table(name, schema="gcmtext_search") for name in ("entry", "object", "word", "stem", "facet")]
_COMMON = """
SELECT term, share
FROM pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) AS known (term, share)
WHERE schemaname = 'gcmtext_search' AND tablename = 'entry' AND attname = 'terms' AND term IS NOT NULL
"""
_NEW_WORDS, _NEW_STEMS = (
    f"INSERT INTO gcmtext_search.{name} SELECT unnest(CAST(:terms AS text[])) ON CONFLICT DO NOTHING"
    for name in ("word", "stem")
)
_LIKE = {"*": "%", "?": "_", "%": r"\%", "_": r"\_", "\\": r"\\"}
_LOOKED_UP_EACH = 600.0  # seconds


class PostgresqlEngine:
    """The four functions over a PostgreSQL database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._made = False
        self._known: Mapping[str, float] = {}
        self._known_at = -_LOOKED_UP_EACH

    def index(self, objects: Mapping[str, Sequence[Entry]]) -> None:
        """Put objects in with all their entries, instead of those they have."""
        with self._writing() as connection:
            for statement in (
                "DELETE FROM gcmtext_search.entry WHERE object = ANY(:objects)",
                "DELETE FROM gcmtext_search.object WHERE name = ANY(:objects)",
            ):
                connection.execute(text(statement), {"objects": list(objects)})
            _copy(connection, objects.items())

    def remove(self, objects: Iterable[str]) -> None:
        """Take objects out; those that are not there make no difference."""
        self.index(dict.fromkeys(objects, ()))

    def query(self, question: Question) -> Answer:
        """Answer a question; raise TooLong for one that would take more than two seconds or so."""
        asked = Statement(self._common(), self._unused(question.node))
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
                    facet, _, value = name.partition("=")
                    counts[facet][value] = counts[facet].get(value, 0) + number
        return Answer(total, objects, tuple(hits), different if question.once else total, counts)

    def rebuild(self, objects: Iterable[tuple[str, Sequence[Entry]]]) -> None:
        """Hold these objects and no others; readers see what there was until all is in."""
        with self._writing() as connection:
            for each in _TABLES:
                connection.execute(delete(each))
            _copy(connection, objects)
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for each in _TABLES:
                connection.execute(text(f"VACUUM ANALYZE {each}"))

    def words(self, start: str) -> list[str]:
        """Return the forms that begin with `start`, in order, whoever may see them."""
        with self._reading() as connection:
            found = connection.execute(
                text("SELECT form FROM gcmtext_search.word WHERE starts_with(form, :start) ORDER BY form"),
                {"start": start},
            )
            return list(found.scalars())

    def matching(self, pattern: str, most: int) -> list[str]:
        """Return the first `most` forms, in order, that a pattern with * and ? stands for."""
        like = "".join(_LIKE.get(character, character) for character in pattern)
        start = pattern[: next((at for at, character in enumerate(pattern) if character in "*?"), None)]
        with self._reading() as connection:
            found = connection.execute(
                text(
                    "SELECT form FROM gcmtext_search.word WHERE starts_with(form, :start) AND form LIKE :like"
                    " ORDER BY form LIMIT :most"
                ),
                {"start": start, "like": like, "most": most},
            )
            return list(found.scalars())

    def values(self, name: str) -> list[str]:
        """Return the values of a facet, in order, whoever may see them."""
        with self._reading() as connection:
            found = connection.execute(
                text("SELECT value FROM gcmtext_search.facet WHERE name = :name ORDER BY value"),
                {"name": name},
            )
            return list(found.scalars())

    def counts(self, nodes: Sequence[Node], circles: Sequence[str]) -> list[int]:
        """Return how many entries match each of some nodes that somebody of these circles may see."""
        if not nodes:
            return []
        asked = Statement(self._common())
        statement = asked.counting(nodes, circles)
        with self._reading() as connection:
            return list(_in_time(connection, statement, asked.values)[0])

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

    def objects(self) -> dict[str, Holding]:
        """Return the objects that are held, each with what is held of it."""
        with self._reading() as connection:
            rows = connection.execute(
                text(
                    "SELECT object, count(*) AS entries, sum(wording) AS wordings"
                    " FROM gcmtext_search.entry GROUP BY object"
                )
            )
            return {row.object: holding(row.entries, int(row.wordings)) for row in rows}

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

    def _common(self) -> Mapping[str, float]:
        """Return how common the commonest terms are, as PostgreSQL knows it for its own plans."""
        if monotonic() - self._known_at > _LOOKED_UP_EACH:
            with self._reading() as connection:
                self._known = dict(connection.execute(text(_COMMON)).all())
            self._known_at = monotonic()
        return self._known

    def _unused(self, node: Node) -> frozenset[str]:
        """Return stems of a passage that no entry has: words are looked up by those of several languages."""
        stems = {term for words in passage(node) for term in words.any_of if "~" in term}
        if not stems:
            return frozenset()
        with self._reading() as connection:
            used = connection.execute(
                text("SELECT term FROM gcmtext_search.stem WHERE term = ANY(:stems)"),
                {"stems": sorted(stems)},
            )
            return frozenset(stems.difference(used.scalars()))

    def _make(self) -> None:
        """Make the tables if they are not there yet."""
        if self._made:
            return
        with self._engine.begin() as connection:
            if not connection.execute(text(_MADE)).scalar():
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            if not connection.execute(text(_MADE)).scalar():
                for statement in filter(str.strip, _SCHEMA.split(";")):
                    connection.execute(text(statement))
        self._made = True


def _in_time(connection: Connection, statement: TextClause, values: Mapping[str, object]) -> Sequence[Any]:
    """Return the rows of a statement; raise TooLong if it takes longer than anybody should wait."""
    settings = ", ".join(f"set_config('{name}', '{value}', TRUE)" for name, value in SETTINGS.items())
    connection.execute(text(f"SELECT {settings}"))
    try:
        return connection.execute(statement, values).all()
    except OperationalError as error:
        if isinstance(error.orig, QueryCanceled):
            raise TooLong from None
        raise


def _copy(connection: Connection, objects: Iterable[tuple[str, Sequence[Entry]]]) -> None:
    """Write the entries of objects, and the words in them."""
    words: set[str] = set()
    stems: set[str] = set()
    values: set[tuple[str, str]] = set()
    shared: list[tuple[str, list[str]]] = []
    cursor = connection.connection.cursor()
    with cursor.copy(
        "COPY gcmtext_search.entry (object, index, day, wording, circles, facets, own, terms) FROM STDIN"
    ) as copy:
        for name, entries in objects:
            facets = [_facets(name, entry) for entry in entries]
            common = frozenset.intersection(*map(frozenset, facets)) if facets else frozenset[str]()
            shared.append((name, sorted(common)))
            for entry, held in zip(entries, facets, strict=True):
                values.update(entry.facets)
                own = [facet for facet in held if facet not in common]
                terms = _tsvector(entry, words, stems)
                copy.write_row(
                    (name, entry.index, entry.day, entry.wording, list(entry.seen_by), held, own, terms)
                )
    with cursor.copy("COPY gcmtext_search.object (name, facets) FROM STDIN") as copy:
        for row in shared:
            copy.write_row(row)
    for statement, new in ((_NEW_WORDS, words), (_NEW_STEMS, stems)):
        if new:
            connection.execute(text(statement), {"terms": sorted(new)})
    if values:
        connection.execute(
            text(
                "INSERT INTO gcmtext_search.facet SELECT * FROM unnest(CAST(:names AS text[]),"
                " CAST(:values AS text[])) ON CONFLICT DO NOTHING"
            ),
            dict(zip(("names", "values"), map(list, zip(*sorted(values), strict=True)), strict=True)),
        )


def _facets(name: str, entry: Entry) -> list[str]:
    """Return the facets of an entry, each once, that of its object among them."""
    return list(dict.fromkeys(f"{facet}={value}" for facet, value in ((OBJECT, name), *entry.facets)))


def _tsvector(entry: Entry, words: set[str], stems: set[str]) -> str:
    """Return the terms of an entry with their positions; they are added to `words` and `stems`."""
    parts, wholes = forms(entry.text)
    language = base(entry.language)
    positions: defaultdict[str, list[str]] = defaultdict(list)
    for at, form in enumerate(parts, 1):
        positions[form].append(str(at))
        if stemmed := stem(form, language):
            positions[stemmed].append(str(at))
            stems.add(stemmed)
        words.add(form)
    for whole in wholes:
        positions[whole.form].append(str(whole.at + 1))
        words.add(whole.form)
    return " ".join(f"{quoted(term)}:{','.join(at)}" for term, at in positions.items())
