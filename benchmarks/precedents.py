"""Precedents in a corpus of real resolutions: nothing overlooked, and how long it takes.

The corpus is `search/ga_en.jsonl.gz` in the folder that GCMTEXT_CORPUS names, but for the latest HELD_BACK
documents: their paragraphs are asked for. The truth is brute force: every run of eight words of each of them
is looked for in every paragraph of the corpus. Times are those of the clock, on SQLite and PostgreSQL, of a
service that has been asked before; the time to load is everything that adding a document does.
"""

import gzip
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from benchmarks.peers import corpus as corpus_folder
from benchmarks.tables import table
from benchmarks.web import empty, postgresql
from gcmtext.db import CorpusDocument, CorpusParagraph, StoredFingerprint, migrate
from gcmtext.db.engine import begin_write, open_engine, open_sessions
from gcmtext.services import corpus
from gcmtext.services.actor import operator
from gcmtext.services.fingerprinting import missing, rebuild
from gcmtext.services.precedents import precedents
from gcmtext.text.agreed import Precedents
from gcmtext.text.fingerprint import GUARANTEED, read_words
from gcmtext.text.model import Document, Kind, Paragraph

FILE = "search/ga_en.jsonl.gz"
HELD_BACK = 60
ASKED, SINGLE = 1_500, 300
REVISION = 300
AT_ONCE = 50
NOW = datetime(2027, 2, 1, tzinfo=UTC)
OPERATOR = operator("benchmarks")


def run() -> str:
    """Return the tables."""
    folder = corpus_folder()
    if folder is None or not (folder / FILE).exists():
        return f"## Precedents\n\nGCMTEXT_CORPUS names no folder with {FILE}: precedents are not measured."
    with gzip.open(folder / FILE, "rt", encoding="utf-8") as lines:
        documents = sorted((document_of(json.loads(line)) for line in lines), key=lambda d: d.date)
    held, asked = documents[:-HELD_BACK], documents[-HELD_BACK:]
    texts = [p.text for document in asked for p in document.paragraphs]
    texts = random.Random(1).sample(texts, min(ASKED, len(texts)))
    print("Looking by brute force …", file=sys.stderr)
    truth = agreed_words(texts, held)
    columns: dict[str, dict[str, object]] = {}
    with tempfile.TemporaryDirectory() as temporary:
        columns["SQLite"] = measure(f"sqlite:///{temporary}/it.sqlite3", held, texts, truth)
        if url := os.environ.get("GCMTEXT_TEST_POSTGRESQL_URL"):
            with postgresql(url) as own:
                columns["PostgreSQL"] = measure(own, held, texts, truth)
    first = next(iter(columns.values()))
    rows = [[what, *(column[what] for column in columns.values())] for what in first]
    return table(["Precedents", *columns], rows)


def document_of(line: dict[str, Any]) -> Document:
    """Return a resolution of the collection as a text."""
    paragraphs = tuple(
        Paragraph(index, Kind.HEADING if p["k"] == "h" else Kind.TEXT, p["n"].strip("."), 1, p["t"])
        for index, p in enumerate(line["paras"])
    )
    return Document(line["title"], "en", paragraphs, symbol=line["id"], date=line["date"])


def agreed_words(texts: Sequence[str], held: Sequence[Document]) -> list[set[int]]:
    """Return which words of each text stand in a run of eight that a paragraph of the corpus has."""
    numbers = [read_words(text).numbers for text in texts]
    wanted = {one[at : at + GUARANTEED] for one in numbers for at in range(len(one) - GUARANTEED + 1)}
    there = set()
    for text in {p.text for document in held for p in document.paragraphs}:
        own = read_words(text).numbers
        there |= wanted.intersection(own[at : at + GUARANTEED] for at in range(len(own) - GUARANTEED + 1))
    return [
        {
            place
            for at in range(len(one) - GUARANTEED + 1)
            if one[at : at + GUARANTEED] in there
            for place in range(at, at + GUARANTEED)
        }
        for one in numbers
    ]


def measure(
    url: str, held: Sequence[Document], texts: Sequence[str], truth: Sequence[set[int]]
) -> dict[str, object]:
    """Return what the corpus and the questions take on one database."""
    engine = open_engine(url)
    migrate.upgrade(engine)
    sessions = open_sessions(engine)
    begun = time.perf_counter()
    for start in range(0, len(held), AT_ONCE):
        with sessions() as session:
            begin_write(session)
            for document in held[start : start + AT_ONCE]:
                corpus.add(session, OPERATOR, document, corpus.About(), NOW)
            session.commit()
    figures: dict[str, object] = {"add the documents, s": time.perf_counter() - begun}
    with sessions() as session:
        begin_write(session)
        begun = time.perf_counter()
        wordings = rebuild(session)
        figures["make all fingerprints anew, s"] = time.perf_counter() - begun
        session.commit()
        assert missing(session) == 0
        figures["paragraphs"] = count(session, CorpusParagraph)
        figures["distinct wordings"] = wordings
        figures["fingerprints"] = count(session, StoredFingerprint)
        figures |= ask(session, texts, truth)
    engine.dispose()
    empty(url)
    return figures


def ask(session: Session, texts: Sequence[str], truth: Sequence[set[int]]) -> dict[str, object]:
    """Return how long questions take, and how right the answers are."""
    times = []
    for text in texts[:SINGLE]:
        begun = time.perf_counter()
        precedents(session, OPERATOR, [text])
        times.append((time.perf_counter() - begun) * 1000)
    times.sort()
    begun = time.perf_counter()
    precedents(session, OPERATOR, texts[-REVISION:])
    whole = time.perf_counter() - begun
    found = precedents(session, OPERATOR, texts)
    covered = [words_in_runs(one) for one in found]
    agreed = sum(map(len, truth))
    return {
        "one paragraph, ms, half of them": times[len(times) // 2],
        "one paragraph, ms, 95 in 100": times[len(times) * 95 // 100],
        "one paragraph, ms, the slowest": times[-1],
        f"{REVISION} paragraphs, s": whole,
        "words asked for": sum(len(read_words(text)) for text in texts),
        "of them agreed, by brute force": agreed,
        "found of these, share": 1 - sum(len(t - c) for t, c in zip(truth, covered, strict=True)) / agreed,
        "words given as agreed that are not": sum(len(c - t) for t, c in zip(truth, covered, strict=True)),
        "runs that do not stand where they are said to": sum(
            not stands(session, one.text[run.start : run.end], run.place.document, run.place.paragraph)
            for one in found
            for run in one.runs
        ),
    }


def words_in_runs(found: Precedents) -> set[int]:
    """Return which words of a text stand in its runs."""
    spans = read_words(found.text).spans
    return {
        place
        for place, (start, end) in enumerate(spans)
        if any(run.start <= start and end <= run.end for run in found.runs)
    }


def stands(session: Session, run: str, document: str, paragraph: str) -> bool:
    """Return whether a run stands in a paragraph, word for word."""
    text = session.scalar(
        select(CorpusParagraph.text)
        .join(CorpusDocument, CorpusDocument.id == CorpusParagraph.document_id)
        .where(CorpusDocument.address == document, CorpusParagraph.address == paragraph)
    )
    wanted, there = " ".join(read_words(run).folded), " ".join(read_words(text or "").folded)
    return f" {wanted} " in f" {there} "


def count(session: Session, model: type[CorpusParagraph | StoredFingerprint]) -> int:
    """Return how many rows a table has."""
    return session.scalar(select(func.count()).select_from(model)) or 0
