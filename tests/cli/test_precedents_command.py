"""`gcmtext precedents` as a person types it, and as a program does."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from services.test_precedents import KEPT, PAID, hold
from sqlalchemy import delete
from sqlalchemy.orm import Session

from cli.conftest import Run
from gcmtext.db import HeldWording, StoredFingerprint
from gcmtext.db.engine import open_engine, open_sessions


@pytest.fixture
def corpus(database_url: str) -> Iterator[Session]:
    """A corpus of two declarations on lights."""
    engine = open_engine(database_url)
    with open_sessions(engine)() as session:
        hold(session, "LIGHT/3", "2003-05-01", KEPT)
        hold(session, "LIGHT/4", "2004-05-01", PAID)
        session.commit()
        yield session
    engine.dispose()


@pytest.mark.usefixtures("corpus")
def test_programs_are_told_what_is_agreed_and_where_it_stands(tracker: Run, tmp_path: Path) -> None:
    file = tmp_path / "draft.md"
    file.write_text(f"# A draft\n\n1. We agree: {KEPT}\n\n2. {PAID.replace('is paid', 'should be paid')}\n")
    title, kept, paid = json.loads(tracker("precedents", file, "--json").stdout)["paragraphs"]
    assert title == {"index": 0, "text": "A draft", "coverage": 0, "runs": [], "near": []}
    assert kept["runs"] == [
        {"start": 10, "end": 89, "document": "light-3-en", "paragraph": "1"},
    ]
    assert kept["text"][10:89] == KEPT[:-1]
    assert kept["coverage"] == round(16 / 18, 4)
    assert (paid["near"][0]["document"], paid["near"][0]["paragraph"]) == ("light-4-en", "1")
    assert ["delete", "is"] in paid["near"][0]["changes"]
    assert set(paid) == {"index", "text", "coverage", "runs", "near"}


@pytest.mark.usefixtures("corpus")
def test_people_see_runs_with_their_sources_and_what_deviates(tracker: Run, tmp_path: Path) -> None:
    file = tmp_path / "draft.txt"
    file.write_text(f"Moreover, {KEPT}\n\n{PAID.replace('each', 'in each')}\n\nNothing here is agreed.\n")
    said = " ".join(tracker("precedents", file).stdout.split())
    assert "of 43 words are agreed language" in said
    assert "{=Every light on the coast shall be kept burning" in said
    assert "1 LIGHT/3, 1 (2003-05-01)" in said
    assert "~ LIGHT/4, 1 (2004-05-01)" in said
    assert "{+in +}each month" in said
    assert "Nothing here" not in said


@pytest.mark.usefixtures("corpus")
def test_text_comes_through_a_pipe(environment: dict[str, str], database_url: str) -> None:
    def asked(data: bytes, code: int) -> subprocess.CompletedProcess[bytes]:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "gcmtext", "precedents", "-", "--json"],
            input=data,
            capture_output=True,
            env=environment | {"GCMTEXT_DATABASE_URL": database_url},
            timeout=60,
        )
        assert done.returncode == code, done.stderr
        return done

    (one,) = json.loads(asked(KEPT.encode(), 0).stdout)["paragraphs"]
    assert one["coverage"] == 1
    assert b"standard input.txt is empty" in asked(b"", 2).stderr
    assert b"Word" in asked(b"PK\x03\x04[Content_Types].xml word/document.xml", 2).stderr


def test_an_empty_corpus_is_said(tracker: Run, tmp_path: Path) -> None:
    file = tmp_path / "draft.txt"
    file.write_text(KEPT)
    assert "The corpus is empty" in tracker("precedents", file).stderr


def test_fingerprints_that_are_lost_are_noticed_and_made_anew(tracker: Run, corpus: Session) -> None:
    tracker("index", "rebuild")
    assert "nothing lacks fingerprints" in tracker("index", "verify").stdout
    corpus.execute(delete(HeldWording))
    corpus.execute(delete(StoredFingerprint))
    corpus.commit()
    assert "Without fingerprints: 2 wordings" in tracker("index", "verify", code=1).stdout
    assert "2 wordings of the corpus have fingerprints" in tracker("index", "rebuild").stdout
    tracker("index", "verify")
