"""Several processes at one index: none loses anything, none sees an error, and death loses nothing.

With GCMTEXT_FULL_SIZE=1 each writer adds a thousand documents, and fifty are killed; it takes half an hour.
"""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from gcmtext.db.engine import begin_write, open_engine, open_sessions
from gcmtext.services import corpus
from gcmtext.services.actor import operator
from gcmtext.services.corpus import About
from gcmtext.services.importing import read_text
from gcmtext.services.indexing import follow_commit, verify
from gcmtext.services.search_address import Search
from gcmtext.services.searching import search

pytestmark = pytest.mark.slow
NOW = datetime(2027, 2, 1, tzinfo=UTC)
LIGHTS = {"lang": "en", "title": "Lights", "paras": [{"n": "1.", "k": "p", "t": "A light is a promise;"}]}
WRITERS = 4
DOCUMENTS, KILLS = (1_000, 50) if os.environ.get("GCMTEXT_FULL_SIZE") else (25, 8)
SECONDS = 60 * 60 if os.environ.get("GCMTEXT_FULL_SIZE") else 240


def write(url: str, writer: int) -> None:
    """Add documents, each in a transaction of its own."""
    engine = open_engine(url)
    for number in range(DOCUMENTS):
        text = f"# On lights\n\n1. Keeper {writer} shall keep light {number} lit.\n"
        with open_sessions(engine)() as session:
            begin_write(session)
            about = About(symbol=f"A/RES/{writer}/{number}", language="en", date="2026-11-02")
            corpus.add(session, operator("Clerk"), read_text(text.encode(), "lights.md"), about, NOW)
            session.commit()
            follow_commit(session)
    engine.dispose()


def look(url: str, done: Event) -> None:
    """Search until all is written; an error ends the process with another code than 0."""
    engine = open_engine(url)
    totals, longest = [0], 0.0
    while not done.is_set():
        began = time.perf_counter()
        with open_sessions(engine)() as session:
            totals.append(search(session, operator("Clerk"), Search("lit")).total)
        longest = max(longest, time.perf_counter() - began)
    assert totals == sorted(totals)
    print(f"{len(totals):,} searches, the longest {longest:.2f} s")
    engine.dispose()


def test_processes_write_and_search_at_once_and_all_is_found(database_url: str) -> None:
    context = get_context("spawn")
    done = context.Event()
    writers = [context.Process(target=write, args=(database_url, number)) for number in range(WRITERS)]
    readers = [context.Process(target=look, args=(database_url, done)) for _ in range(WRITERS)]
    began = time.perf_counter()
    for process in (*writers, *readers):
        process.start()
    for process in writers:
        process.join(SECONDS)
    done.set()
    print(f"written in {time.perf_counter() - began:.0f} s")
    for process in readers:
        process.join(SECONDS)
    assert [process.exitcode for process in (*writers, *readers)] == [0] * (2 * WRITERS)
    engine = open_engine(database_url)
    with open_sessions(engine)() as session:
        found = verify(session)
        assert (found.missing, found.left_over) == ((), ())
        assert search(session, operator("Clerk"), Search("lit")).total == WRITERS * DOCUMENTS
    engine.dispose()


def test_whoever_is_killed_while_indexing_loses_nothing(database_url: str, tmp_path: Path) -> None:
    environment = os.environ | {"GCMTEXT_DATABASE_URL": database_url, "GCMTEXT_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "gcmtext", "corpus", "add"]
    for number in range(KILLS):
        file = tmp_path / f"{number}.jsonl"
        lines = [json.dumps({**LIGHTS, "id": f"A/RES/{number}/{n}"}) for n in range(150)]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        process = subprocess.Popen(
            [*command, str(file)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(1.0 + 0.4 * (number % 8))
        process.send_signal(signal.SIGKILL)
        process.wait()
    engine = open_engine(database_url)
    with open_sessions(engine)() as session:
        found = verify(session)
        assert (found.missing, found.left_over) == ((), ())
        stored = len(corpus.documents(session))
        assert search(session, operator("Clerk"), Search("promise")).total == stored
    engine.dispose()
