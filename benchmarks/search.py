"""Search: what is found, how fast, beside SQLite FTS5, PostgreSQL and tantivy; and what it withstands."""

import gzip
import json
import os
import random
import re
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import islice, pairwise
from pathlib import Path

from sqlalchemy import create_engine, text

from benchmarks.tables import table
from gcmtext.search.embedded.engine import EmbeddedEngine
from gcmtext.search.engine import Engine
from gcmtext.search.entry import Entry
from gcmtext.search.highlights import highlights
from gcmtext.search.plan import plan
from gcmtext.search.postgresql.engine import PostgresqlEngine
from gcmtext.search.question import Answer, Dated, Question
from gcmtext.text.align import align
from gcmtext.text.analysis import forms
from gcmtext.text.closeness import by_closeness
from gcmtext.text.joined import All
from gcmtext.text.model import Kind, Paragraph
from gcmtext.text.query import read_query

PUBLIC = ("corpus",)
SURE = 0.9
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")


@dataclass(frozen=True, slots=True)
class Library:
    """Documents by name, each with the paragraphs it has words in."""

    documents: dict[str, list[Entry]]

    @classmethod
    def read(cls, *paths: Path) -> "Library":
        """Return the documents of files of JSON lines."""
        documents = {}
        for path in paths:
            for line in gzip.decompress(path.read_bytes()).splitlines():
                value = json.loads(line)
                day = date.fromisoformat(value["date"]).toordinal()
                facets = (
                    ("language", value["lang"]),
                    ("year", value["date"][:4]),
                    ("body", "General Assembly"),
                )
                documents[f"{value['id']}-{value['lang']}"] = [
                    Entry(index, value["lang"], one["t"], (*facets, ("kind", one["k"])), PUBLIC, day)
                    for index, one in enumerate(value["paras"])
                    if one["t"]
                ]
        return cls(documents)

    def entries(self) -> Iterator[tuple[str, Entry]]:
        """Yield all paragraphs with the documents they are in."""
        for name, entries in self.documents.items():
            for entry in entries:
                yield name, entry


def ask(engine: Engine, typed: str, limit: int = 20) -> tuple[Answer, Question]:
    """Return what is found for what somebody types."""
    question = Question(plan(read_query(typed), engine).node, PUBLIC, limit=limit)
    return engine.query(question), question


def phrases(library: Library, count: int, seed: int) -> list[tuple[str, str]]:
    """Return phrases of two to eight words (of Chinese characters) as they stand, with their language."""
    chance = random.Random(seed)
    entries = [entry for _, entry in library.entries()]
    found: list[tuple[str, str]] = []
    while len(found) < count:
        entry = chance.choice(entries)
        words = list(entry.text) if entry.language == "zh" else entry.text.split()
        size = chance.randint(2, 8)
        if len(words) > size:
            start = chance.randrange(len(words) - size)
            phrase = ("" if entry.language == "zh" else " ").join(words[start : start + size])
            if not re.search(r'["“”„«»*?]', phrase) and forms(phrase)[0]:
                found.append((phrase.strip(), entry.language))
    return found


def exactness(library: Library, engine: Engine, count: int) -> list[list[str]]:
    """Compare exact phrases with what reading every paragraph finds, by language."""
    read = {
        language: [
            ((name, entry.index), f" {' '.join(forms(entry.text)[0])} ")
            for name, entry in library.entries()
            if entry.language == language
        ]
        for language in LANGUAGES
    }
    tally = {language: [0, 0, 0] for language in LANGUAGES}
    for phrase, language in phrases(library, count, seed=7):
        sought = f" {' '.join(forms(phrase)[0])} "
        expected = {place for place, words in read[language] if sought in words}
        answer, _ = ask(engine, f'"{phrase}" language:{language}', limit=100_000)
        found = {(hit.object, hit.index) for hit in answer.hits}
        tally[language][0] += len(expected)
        tally[language][1] += len(expected - found)
        tally[language][2] += len(found - expected)
    return [[language, *(f"{n:,}" for n in figures)] for language, figures in tally.items()]


QUERIES: dict[str, Callable[[str, str], str]] = {
    "terms": lambda one, other: f"{one} {other}",
    "phrases": lambda one, other: f'"{one} {other}"',
    "prefixes": lambda one, other: f"{one[:4]}*",  # noqa: ARG005
}


def pairs(library: Library, count: int, seed: int) -> list[tuple[str, str]]:
    """Return pairs of words that stand beside each other, drawn as they occur."""
    chance = random.Random(seed)
    entries = [entry for _, entry in library.entries()]
    found = []
    while len(found) < count:
        words = [word for word in forms(chance.choice(entries).text)[0] if word.isalpha() and len(word) > 2]
        if len(words) > 2:
            at = chance.randrange(len(words) - 1)
            found.append((words[at], words[at + 1]))
    return found


def speed(
    asked: Sequence[str], find: Callable[[str], object], clock: Callable[[], float] = time.perf_counter
) -> list[str]:
    """Return p50, p95 and the most of what questions take, warm, in milliseconds."""
    for one in asked[:20]:
        find(one)
    times = []
    for one in asked:
        began = clock()
        find(one)
        times.append(1000 * (clock() - began))
    times.sort()
    return [f"{statistics.median(times):.1f}", f"{times[int(0.95 * len(times))]:.1f}", f"{times[-1]:.1f}"]


def hostile(count: int, seed: int) -> Iterator[str]:
    """Yield what nobody should type, and what people do."""
    chance = random.Random(seed)
    signs = '" “ ( ) - * ? ~ = <-> & | :*'.split()
    signs += "OR AND NOT NEAR/3 NEAR/99 date:2015.. date:x label: symbol:* kind:".split()
    words = "the states s* *a* *e*n* migr* 国 联合国 1 A/RES/70/1 ﷺ ' \\ % ;-- { [a-z] \x00 \u202e".split(" ")
    pieces = [*signs, *words, "a" * 500]
    for _ in range(count):
        size = chance.choice((1, 2, 3, 5, 8, 30))
        yield chance.choice((" ", "")).join(chance.choice(pieces) for _ in range(size))


def withstands(engine: Engine, count: int) -> list[list[str]]:
    """Ask hostile questions; return how many there were, how many failed, and the longest.

    One that was given up because it would have taken too long has failed.
    """
    longest, failed = (0.0, ""), 0
    for typed in hostile(count, seed=11):
        began = time.perf_counter()
        try:
            ask(engine, typed)
        except Exception as error:
            failed += 1
            print(repr(typed), error)
        longest = max(longest, (time.perf_counter() - began, typed))
    return [[f"{count:,}", str(failed), f"{longest[0]:.2f}", f"`{longest[1][:40]!r}`"]]


def predecessors(library: Library, engine: Engine, folder: Path) -> list[list[str]]:
    """Look for the paragraphs of resolutions; return how often that of the last one is in front.

    Which paragraph came from which is told by the aligner, where it is sure. Of the same wording in several
    documents one counts; the resolution looked from is left out. Looked for among all, those of later years
    too, and among what had been adopted until then, as whoever drafted it could.
    """
    rows = []
    texts = {(name, entry.index): entry.text for name, entry in library.entries()}
    days = {name: entries[0].day for name, entries in library.documents.items()}
    for chain in sorted(path for path in folder.iterdir() if path.is_dir()):
        names = [f"{'/'.join(path.stem.split('_')[1:])}-en" for path in sorted(chain.glob("v*.txt"))]
        found, cases = [0, 0], 0
        for old, new in pairwise(name for name in names if name in library.documents):
            for before, after in _links(library.documents[old], library.documents[new]):
                cases += 1
                node = plan(read_query(after), engine).node
                for place, asked in enumerate((node, All((node, Dated(1, days[new] - 1))))):
                    answer = engine.query(Question(asked, PUBLIC, limit=60))
                    held = [(texts[hit.object, hit.index], days[hit.object]) for hit in answer.hits]
                    order = by_closeness(after, held)
                    others = dict.fromkeys(held[n][0] for n in order if answer.hits[n].object != new)
                    found[place] += before in islice(others, 3)
        if cases:
            rows.append([chain.name, f"{cases:,}", *(f"{100 * n / cases:.1f}" for n in found)])
    return rows


def _links(old: list[Entry], new: list[Entry]) -> list[tuple[str, str]]:
    """Return pairs of paragraphs of eight words and more of which one came from the other for certain."""

    def paragraphs(entries: list[Entry]) -> tuple[Paragraph, ...]:
        return tuple(Paragraph(n, Kind.TEXT, "", 0, entry.text) for n, entry in enumerate(entries))

    links = align(paragraphs(old), paragraphs(new)).links
    return [
        (old[link.old[0]].text, new[link.new[0]].text)
        for link in links
        if len(link.old) == len(link.new) == 1
        and link.confidence > SURE
        and len(forms(new[link.new[0]].text)[0]) >= 8
    ]


@contextmanager
def postgresql() -> Iterator[str | None]:
    """Give the URL of a database of its own, None where there is no server."""
    url = os.environ.get("GCMTEXT_TEST_POSTGRESQL_URL", "").replace("postgresql://", "postgresql+psycopg://")
    if not url:
        yield None
        return
    server = create_engine(url, isolation_level="AUTOCOMMIT")
    name = f"gcmtext_benchmark_{os.getpid()}"
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield url.rsplit("/", 1)[0] + f"/{name}"
    finally:
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        server.dispose()


class Fts5:
    """SQLite FTS5 as it comes, with the tokenizer for Unicode."""

    def __init__(self, library: Library, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "fts5.sqlite3")
        self._database.execute("CREATE VIRTUAL TABLE entry USING fts5(text, name UNINDEXED)")
        rows = ((entry.text, name) for name, entry in library.entries())
        self._database.executemany("INSERT INTO entry VALUES (?, ?)", rows)
        self._database.commit()

    def find(self, typed: str) -> list[tuple[str]]:
        """Return the best twenty with highlights, and count all."""
        self._database.execute("SELECT count(*) FROM entry WHERE entry MATCH ?", (typed,)).fetchone()
        select = "SELECT highlight(entry, 0, '<', '>') FROM entry WHERE entry MATCH ? ORDER BY rank LIMIT 20"
        return self._database.execute(select, (typed,)).fetchall()


class Tantivy:
    """tantivy as it comes."""

    def __init__(self, library: Library, folder: Path) -> None:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", stored=True)
        self._index = tantivy.Index(builder.build(), path=str(folder))
        writer = self._index.writer(num_threads=2)
        for _, entry in library.entries():
            document = tantivy.Document()
            document.add_text("text", entry.text)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()
        self._schema = self._index.schema

    def find(self, typed: str) -> object:
        """Return the best twenty with highlights, and count all."""
        import tantivy

        query = self._index.parse_query(typed, ["text"], conjunction_by_default=True)
        found = self._searcher.search(query, 20, count=True)
        marks = tantivy.SnippetGenerator.create(self._searcher, query, self._schema, "text")
        return [marks.snippet_from_doc(self._searcher.doc(address)).to_html() for _, address in found.hits]


def with_highlights(engine: Engine, library: Library) -> Callable[[str], object]:
    """Return what finds the best twenty with highlights."""
    texts = {(name, entry.index): entry for name, entry in library.entries()}

    def find(typed: str) -> object:
        answer, question = ask(engine, typed)
        held = [texts[hit.object, hit.index] for hit in answer.hits]
        return [highlights(entry.text, entry.language, question.node) for entry in held]

    return find


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """Return how long something takes, in seconds, and what it gives."""
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


def one_change(engine: Engine, library: Library) -> float:
    """Return after how many seconds a changed paragraph is found."""
    name, entries = next(iter(library.documents.items()))
    new = Entry(0, "en", "Lighthouseless coasts shall be lit.", entries[0].facets, PUBLIC, entries[0].day)
    seconds, _ = timed(lambda: (engine.index({name: [new, *entries[1:]]}), ask(engine, "lighthouseless")))
    assert ask(engine, "lighthouseless")[0].total == 1
    return seconds


def run() -> str:
    """Return the tables; without the folder of real texts there are none."""
    return "\n".join(tables())


def tables() -> Iterator[str]:
    """Yield the tables, each as soon as it is measured."""
    folder = Path(os.environ.get("GCMTEXT_CORPUS", ""))
    if not (folder / "search").is_dir():
        return
    library = Library.read(folder / "search" / "ga_en.jsonl.gz")
    parallel = Library.read(*(folder / "parallel6" / f"ga_{language}.jsonl.gz" for language in LANGUAGES))
    asked = {
        kind: [make(*pair) for pair in pairs(library, 200, seed)]
        for seed, (kind, make) in enumerate(QUERIES.items(), 3)
    }
    with tempfile.TemporaryDirectory() as temporary, postgresql() as url:
        base = Path(temporary)
        embedded = EmbeddedEngine(base / "embedded")
        finders: dict[str, tuple[float, Callable[[str], object]]] = {}
        seconds, _ = timed(lambda: embedded.rebuild(library.documents.items()))
        finders["gcmtext, embedded (whoosh, one process)"] = seconds, with_highlights(embedded, library)
        engines: list[tuple[str, Engine]] = [("embedded", embedded)]
        if url:
            engine = PostgresqlEngine(create_engine(url))
            seconds, _ = timed(lambda: engine.rebuild(library.documents.items()))
            finders["gcmtext, PostgreSQL"] = seconds, with_highlights(engine, library)
            engines.append(("PostgreSQL", engine))
        for name, yardstick in (("SQLite FTS5", Fts5), ("tantivy", Tantivy)):
            (base / name).mkdir()
            seconds, held = timed(lambda made=yardstick, place=base / name: made(library, place))
            finders[name] = seconds, held.find  # type: ignore[attr-defined]
        yield table(
            ["predecessors", "paragraphs", "among the first three of all, %", "of earlier ones, %"],
            predecessors(library, embedded, folder / "chains"),
        )
        rows = []
        for name, (seconds, find) in finders.items():
            rows.append([name, f"{seconds:.1f}", *(" / ".join(speed(asked[kind], find)) for kind in QUERIES)])
        yield table(["engine", "indexing, s", *(f"{kind}: p50 / p95 / most, ms" for kind in QUERIES)], rows)
        find = finders["gcmtext, embedded (whoosh, one process)"][1]
        used = [" / ".join(speed(asked[kind], find, time.process_time)) for kind in QUERIES]
        yield table(
            ["embedded, time of the processor", *(f"{kind}: p50 / p95 / most, ms" for kind in QUERIES)],
            [["", *used]],
        )
        changes = [[name, f"{one_change(engine, library):.3f}"] for name, engine in engines]
        yield table(["engine", "one changed paragraph found after, s"], changes)
        for name, engine in engines:
            yield table(
                [f"{name}: hostile questions", "failed", "longest, s", "that one"], withstands(engine, 10_000)
            )
            engine.rebuild(parallel.documents.items())
            yield table(
                [f"{name}: exact phrases", "paragraphs that hold one", "not found", "found wrongly"],
                exactness(parallel, engine, 600),
            )
